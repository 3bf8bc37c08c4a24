from __future__ import annotations

from datetime import date, timedelta

import pytest
from warmcall.domain.business_days import Calendar
from warmcall.domain.cadence import (
    Cadence,
    FollowUpPlan,
    Plan,
    after_attempt,
    after_interview,
    check_in,
    for_meeting,
    for_new_contact,
    for_promise,
    last_meeting,
    superseded,
)
from warmcall.domain.records import Attempt
from warmcall.domain.vocabulary import Channel, DayPart, FollowUpKind, Outcome
from warmcall.domain.when import When

from tests.examples import CALENDAR, CHICAGO, attempt, follow_up, interview, local, only, when

FIGURES = Cadence()
MORNING, AFTERNOON, ANY = DayPart.MORNING, DayPart.AFTERNOON, DayPart.ANY
CALL, OTHER = FollowUpKind.CALL, FollowUpKind.OTHER
NO_ANSWER, VOICEMAIL, SENT = Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.SENT


def earlier(*outcomes: Outcome) -> list[Attempt]:
    """Return attempts in the weeks before, the first one first."""
    return [
        attempt(local("2026-11-02 09:00") + timedelta(days=number), outcome)
        for number, outcome in enumerate(outcomes)
    ]


def plan_after(at: str, outcome: Outcome | None, *before: Outcome, organization: str = "") -> Plan:
    return after_attempt(attempt(at, outcome), earlier(*before), organization, FIGURES, CALENDAR)


@pytest.mark.parametrize(
    ("at", "before", "due", "part", "why", "moved"),
    [
        ("2026-11-23 10:05", 0, "2026-11-24", AFTERNOON, "try 2 of 5, no answer Mon 23 Nov", ""),
        ("2026-11-23 11:59", 1, "2026-11-24", AFTERNOON, "try 3 of 5, no answer Mon 23 Nov", ""),
        (
            "2026-11-23 12:00",
            0,
            "2026-11-25",
            MORNING,
            "try 2 of 5, no answer Mon 23 Nov",
            "; after noon, so it counts from Tue 24 Nov",
        ),
        (
            "2026-11-23 13:00",
            3,
            "2026-11-25",
            MORNING,
            "try 5 of 5, no answer Mon 23 Nov",
            "; after noon, so it counts from Tue 24 Nov",
        ),
        ("2026-11-24 09:00", 0, "2026-11-25", AFTERNOON, "try 2 of 5, no answer Tue 24 Nov", ""),
        (
            "2026-11-24 15:00",
            0,
            "2026-11-27",
            MORNING,
            "try 2 of 5, no answer Tue 24 Nov",
            "; after noon, so it counts from Wed 25 Nov; Thu 26 Nov is a holiday",
        ),
        (
            "2026-11-25 10:00",
            0,
            "2026-11-27",
            AFTERNOON,
            "try 2 of 5, no answer Wed 25 Nov",
            "; Thu 26 Nov is a holiday",
        ),
        (
            "2026-11-25 14:00",
            0,
            "2026-11-30",
            MORNING,
            "try 2 of 5, no answer Wed 25 Nov",
            "; after noon, so it counts from Fri 27 Nov; Thu 26 Nov is a holiday",
        ),
        (
            "2026-11-26 10:00",
            0,
            "2026-11-30",
            AFTERNOON,
            "try 2 of 5, no answer Thu 26 Nov",
            "; on a holiday, so it counts from Fri 27 Nov",
        ),
        ("2026-11-27 10:00", 0, "2026-11-30", AFTERNOON, "try 2 of 5, no answer Fri 27 Nov", ""),
        (
            "2026-11-27 14:00",
            0,
            "2026-12-01",
            MORNING,
            "try 2 of 5, no answer Fri 27 Nov",
            "; after noon, so it counts from Mon 30 Nov",
        ),
        (
            "2026-11-28 10:00",
            0,
            "2026-12-01",
            AFTERNOON,
            "try 2 of 5, no answer Sat 28 Nov",
            "; on a weekend, so it counts from Mon 30 Nov",
        ),
        (
            "2026-11-29 16:00",
            0,
            "2026-12-01",
            MORNING,
            "try 2 of 5, no answer Sun 29 Nov",
            "; on a weekend, so it counts from Mon 30 Nov",
        ),
    ],
)
def test_no_answer_is_tried_again_at_another_time_of_day(
    at: str, before: int, due: str, part: DayPart, why: str, moved: str
) -> None:
    owed = only(plan_after(at, NO_ANSWER, *[NO_ANSWER] * before).owed)
    assert owed == FollowUpPlan(kind=CALL, due=when(due), part=part, why=why + moved)


@pytest.mark.parametrize(
    ("at", "before", "due", "part", "why", "moved"),
    [
        ("2026-11-17 10:05", 0, "2026-11-20", AFTERNOON, "try 2 of 3, voicemail Tue 17 Nov", ""),
        (
            "2026-11-17 12:05",
            1,
            "2026-11-23",
            MORNING,
            "try 3 of 3, voicemail Tue 17 Nov",
            "; after noon, so it counts from Wed 18 Nov",
        ),
        (
            "2026-11-23 10:05",
            0,
            "2026-11-27",
            AFTERNOON,
            "try 2 of 3, voicemail Mon 23 Nov",
            "; Thu 26 Nov is a holiday",
        ),
        (
            "2026-11-28 10:05",
            0,
            "2026-12-03",
            AFTERNOON,
            "try 2 of 3, voicemail Sat 28 Nov",
            "; on a weekend, so it counts from Mon 30 Nov",
        ),
    ],
)
def test_a_voicemail_is_given_three_business_days(
    at: str, before: int, due: str, part: DayPart, why: str, moved: str
) -> None:
    owed = only(plan_after(at, VOICEMAIL, *[VOICEMAIL] * before).owed)
    assert owed == FollowUpPlan(kind=CALL, due=when(due), part=part, why=why + moved)


@pytest.mark.parametrize(
    ("outcome", "before", "hold"),
    [
        (NO_ANSWER, [NO_ANSWER] * 4, "5 calls without an answer"),
        (NO_ANSWER, [VOICEMAIL, *[NO_ANSWER] * 4], "5 calls without an answer"),
        (VOICEMAIL, [VOICEMAIL] * 2, "3 voicemails without an answer"),
        (VOICEMAIL, [VOICEMAIL, NO_ANSWER, VOICEMAIL], "3 voicemails without an answer"),
        (SENT, [SENT], "2 messages without an answer"),
        (NO_ANSWER, [NO_ANSWER] * 3, ""),
        (NO_ANSWER, [*[NO_ANSWER] * 4, Outcome.CALL_BACK], ""),
        (VOICEMAIL, [VOICEMAIL, VOICEMAIL, Outcome.REPLIED], ""),
        (VOICEMAIL, [VOICEMAIL, NO_ANSWER], ""),
        (SENT, [SENT, Outcome.REPLIED], ""),
        (SENT, [VOICEMAIL, NO_ANSWER], ""),
    ],
)
def test_silence_is_held_after_the_last_try(outcome: Outcome, before: list[Outcome], hold: str) -> None:
    plan = plan_after("2026-11-23 10:05", outcome, *before)
    assert plan.hold == hold
    assert bool(plan.owed) == (hold == "")


def test_what_was_written_leads_to_somebody_else_and_then_to_writing_again() -> None:
    plan = plan_after("2026-11-16 10:00", SENT, organization="Parkway & Sons")
    assert plan == Plan(
        (
            FollowUpPlan(
                kind=OTHER,
                due=when("2026-11-19"),
                note="ask another person at Parkway & Sons",
                why="no answer to what you wrote Mon 16 Nov",
                waiting=True,
            ),
            FollowUpPlan(
                kind=CALL,
                due=when("2026-11-25"),
                why="no answer to what you wrote Mon 16 Nov: write again, or call",
                waiting=True,
            ),
        )
    )


def test_what_moved_the_day_is_said_of_both_that_follow_from_writing() -> None:
    other, again = plan_after("2026-11-20 13:00", SENT, organization="Parkway & Sons").owed
    counted = "after noon, so it counts from Mon 23 Nov"
    assert (other.due, again.due) == (when("2026-11-27"), when("2026-12-03"))
    assert other.why == f"no answer to what you wrote Fri 20 Nov; {counted}; Thu 26 Nov is a holiday"
    assert again.why == (
        f"no answer to what you wrote Fri 20 Nov: write again, or call; {counted}; Thu 26 Nov is a holiday"
    )


@pytest.mark.parametrize(
    ("holidays", "said"),
    [
        ([], ""),
        (["2026-12-24"], "; Thu 24 Dec is a holiday"),
        (["2026-12-24", "2026-12-25"], "; Thu 24 Dec and Fri 25 Dec are holidays"),
        (
            ["2026-12-24", "2026-12-25", "2026-12-28"],
            "; Thu 24 Dec and Fri 25 Dec and Mon 28 Dec are holidays",
        ),
        (["2026-12-26", "2026-12-27"], ""),
    ],
)
def test_holidays_are_said_only_where_they_were_skipped(holidays: list[str], said: str) -> None:
    days = {date.fromisoformat(holiday) for holiday in holidays}
    calendar = Calendar(CHICAGO, lambda day: "a holiday" if day in days else "")
    plan = after_attempt(attempt("2026-12-23 10:00", NO_ANSWER), [], "", FIGURES, calendar)
    assert only(plan.owed).why == f"try 2 of 5, no answer Wed 23 Dec{said}"


def test_a_noon_set_by_the_user_is_named_by_its_hour() -> None:
    calendar = Calendar(CHICAGO, noon_hour=lambda: 15)
    plan = after_attempt(attempt("2026-11-23 15:00", NO_ANSWER), [], "", FIGURES, calendar)
    assert (
        only(plan.owed).why == "try 2 of 5, no answer Mon 23 Nov; after 15:00, so it counts from Tue 24 Nov"
    )


def test_without_an_organization_there_is_nobody_else_to_write_to() -> None:
    assert [planned.kind for planned in plan_after("2026-11-16 10:00", SENT).owed] == [CALL]


def test_a_call_back_is_due_when_they_said() -> None:
    tried = attempt("2026-11-23 10:05", Outcome.CALL_BACK)
    for due in (when("2026-11-24 14:00"), when("2026-11-24")):
        plan = after_attempt(tried, [], "", FIGURES, CALENDAR, due)
        why = "asked on Mon 23 Nov to be called back"
        assert plan == Plan((FollowUpPlan(kind=CALL, due=due, why=why),))


def test_a_call_back_without_a_time_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time"):
        plan_after("2026-11-23 10:05", Outcome.CALL_BACK)


def test_an_attempt_under_way_is_refused() -> None:
    with pytest.raises(ValueError, match="no outcome"):
        plan_after("2026-11-23 10:05", None)


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.VOICEMAIL, Channel.IN_PERSON])
def test_what_they_asked_for_in_writing_is_written_the_same_day(channel: Channel) -> None:
    tried = attempt("2026-11-24 16:00", Outcome.REPLIED, channel=channel)
    owed = only(after_attempt(tried, [], "", FIGURES, CALENDAR).owed)
    assert (owed.kind, owed.due, owed.why) == (CALL, when("2026-11-24"), "they asked you to write")


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.MESSAGE])
def test_a_reply_makes_it_our_turn_the_next_business_day(channel: Channel) -> None:
    why = "they wrote back: settle a time"
    tried = attempt("2026-11-24 16:00", Outcome.REPLIED, channel=channel)
    plan = after_attempt(tried, [], "", FIGURES, CALENDAR)
    assert plan == Plan((FollowUpPlan(kind=CALL, due=when("2026-11-25"), why=why),))
    before_thanksgiving = attempt("2026-11-25 16:00", Outcome.REPLIED, channel=channel)
    owed = only(after_attempt(before_thanksgiving, [], "", FIGURES, CALENDAR).owed)
    assert (owed.due, owed.why) == (when("2026-11-27"), f"{why}; Thu 26 Nov is a holiday")


def test_a_wrong_number_asks_for_a_better_one() -> None:
    owed = only(plan_after("2026-11-27 10:00", Outcome.WRONG_NUMBER).owed)
    assert (owed.kind, owed.due, owed.note) == (OTHER, when("2026-11-30"), "find a number that works")
    assert owed.why == "wrong number"
    later = only(plan_after("2026-11-26 10:00", Outcome.WRONG_NUMBER).owed)
    assert (later.due, later.why) == (when("2026-11-30"), "wrong number; Thu 26 Nov is a holiday")


@pytest.mark.parametrize("outcome", [Outcome.DECLINED, Outcome.REFERRED, Outcome.SCHEDULED, Outcome.TALK_NOW])
def test_an_answer_that_settles_it_owes_no_further_try(outcome: Outcome) -> None:
    assert plan_after("2026-11-23 10:05", outcome) == Plan()


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_plan(outcome: Outcome) -> None:
    tried = attempt("2026-11-23 10:05", outcome)
    plan = after_attempt(tried, [], "Parkway", FIGURES, CALENDAR, when("2026-11-24 14:00"))
    assert all(CALENDAR.day_of(planned.due) >= CALENDAR.day_of(tried.at) for planned in plan.owed)
    assert all(planned.why for planned in plan.owed)


@pytest.mark.parametrize(
    ("now", "referred", "due", "why"),
    [
        ("2026-11-23 18:00", False, "2026-11-23", "new"),
        ("2026-11-26 10:00", False, "2026-11-27", "new; Thu 26 Nov is a holiday"),
        ("2026-11-28 10:00", False, "2026-11-30", "new"),
        ("2026-11-23 10:00", True, "2026-11-25", "new"),
        ("2026-11-25 10:00", True, "2026-11-30", "new; Thu 26 Nov is a holiday"),
    ],
)
def test_a_new_contact_is_called_soon(now: str, referred: bool, due: str, why: str) -> None:
    owed = for_new_contact(referred, local(now), FIGURES, CALENDAR, "new")
    assert owed == FollowUpPlan(kind=CALL, due=when(due), why=why)


@pytest.mark.parametrize(
    ("meeting", "now", "confirm", "why"),
    [
        ("2026-12-03 14:00", "2026-11-23 09:00", "2026-12-02", "you meet Thu 3 Dec"),
        ("2026-11-30 09:00", "2026-11-23 09:00", "2026-11-27", "you meet Mon 30 Nov"),
        (
            "2026-11-27 09:00",
            "2026-11-23 09:00",
            "2026-11-25",
            "you meet Fri 27 Nov; Thu 26 Nov is a holiday",
        ),
        ("2026-11-25 09:00", "2026-11-23 09:00", "2026-11-24", "you meet Wed 25 Nov"),
        ("2026-11-24 09:00", "2026-11-23 09:00", None, ""),
        ("2026-11-23 14:00", "2026-11-23 09:00", None, ""),
        ("2026-11-30 09:00", "2026-11-28 09:00", None, ""),
    ],
)
def test_a_meeting_is_confirmed_the_business_day_before_if_there_is_one(
    meeting: str, now: str, confirm: str | None, why: str
) -> None:
    owed = for_meeting(local(meeting), local(now), FIGURES, CALENDAR)
    agreed = {"2026-11-23": "agreed Mon 23 Nov", "2026-11-28": "agreed Sat 28 Nov"}[now[:10]]
    assert owed[0] == FollowUpPlan(kind=FollowUpKind.INTERVIEW, due=when(meeting), why=agreed)
    due = [when(confirm)] if confirm else []
    assert list(owed[1:]) == [
        FollowUpPlan(kind=FollowUpKind.CONFIRM, due=instant, why=why) for instant in due
    ]


@pytest.mark.parametrize("ended", ["2026-11-23 14:20", "2026-11-27 16:40", "2026-10-31 15:00"])
def test_the_thank_you_is_due_exactly_24_hours_after_the_meeting(ended: str) -> None:
    thanks = only(after_interview(local(ended), False, FIGURES, CALENDAR))
    assert thanks.kind is FollowUpKind.THANK_YOU
    assert thanks.due == When(local(ended) + timedelta(hours=24))


def test_a_word_to_whoever_named_them_is_owed_the_day_after() -> None:
    _, report = after_interview(local("2026-11-27 23:50"), True, FIGURES, CALENDAR)
    assert (report.kind, report.due) == (FollowUpKind.TELL_REFERRER, when("2026-11-28"))


def test_a_promise_without_a_day_is_due_in_two_business_days() -> None:
    assert for_promise(local("2026-11-25 15:00"), FIGURES, CALENDAR) == when("2026-11-30")


@pytest.mark.parametrize(
    ("first", "due", "why"),
    [
        (True, "2026-12-23", "30 days after you met"),
        (False, "2027-02-22", "90 days after your last word"),
    ],
)
def test_check_ins_come_after_30_days_and_then_every_90(first: bool, due: str, why: str) -> None:
    owed = check_in(local("2026-11-23 17:00"), first, FIGURES, CALENDAR)
    assert owed == FollowUpPlan(kind=FollowUpKind.CHECK_IN, due=when(due), why=why)


def test_the_figures_decide() -> None:
    figures = Cadence(no_answer_days=4, no_answer_attempts=2, thank_you_hours=6)
    plan = after_attempt(attempt("2026-11-16 10:00", NO_ANSWER), [], "", figures, CALENDAR)
    assert (only(plan.owed).due, only(plan.owed).why[:10]) == (when("2026-11-20"), "try 2 of 2")
    thanks = only(after_interview(local("2026-11-16 10:00"), False, figures, CALENDAR))
    assert thanks.due == when("2026-11-16 16:00")


@pytest.mark.parametrize(
    ("outcome", "settled"),
    [
        (Outcome.NO_ANSWER, ["call", "other by cadence"]),
        (Outcome.SENT, ["call"]),
        (Outcome.DECLINED, ["call", "other by cadence"]),
    ],
)
def test_an_attempt_settles_the_open_calls_and_what_the_last_one_left(
    outcome: Outcome, settled: list[str]
) -> None:
    open_ones = [
        follow_up(CALL, id="call"),
        follow_up(CALL, id="call done", done_at=local("2026-11-20 10:00")),
        follow_up(OTHER, id="other by cadence", attempt_id="a1"),
        follow_up(OTHER, id="other of mine"),
        follow_up(FollowUpKind.PROMISE, id="promise", attempt_id="a1"),
        follow_up(FollowUpKind.INTERVIEW, id="interview"),
    ]
    assert [follow_up.id for follow_up in superseded(open_ones, outcome)] == settled


def test_the_last_meeting_is_the_one_that_ended_last() -> None:
    first = interview(id="first", ended_at=local("2026-11-20 10:20"))
    second = interview(id="second", ended_at=local("2026-11-21 10:20"))
    planned = interview("2026-12-01 10:00", id="planned")
    assert last_meeting([second, planned, first]) == second
    assert last_meeting([planned]) is None


@pytest.mark.parametrize(("minutes", "seconds"), [(20, 180), (30, 180), (10, 90), (0, 0)])
def test_a_short_meeting_keeps_less_for_the_close(minutes: int, seconds: int) -> None:
    assert FIGURES.close_of(minutes).total_seconds() == seconds
