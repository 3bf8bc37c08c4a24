from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.advice_given import advice_given
from warmcall.domain.reasons import (
    Named,
    Reason,
    ReasonKind,
    news_since,
    reason_in,
    reasons_to_write,
    with_reason,
    without_quoted,
)
from warmcall.domain.records import Capture, Debrief, FollowUp, Interview, Target
from warmcall.domain.templates import gap
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind

from tests.examples import CALENDAR, contact, follow_up, interview, local, question, target, when
from tests.profiles import modest

PROMISE, OTHER, CHECK_IN = FollowUpKind.PROMISE, FollowUpKind.OTHER, FollowUpKind.CHECK_IN
REPORT = FollowUpKind.TELL_REFERRER
ENDED = local("2026-11-24 14:20")
IN_DECEMBER = local("2026-12-24 09:00")
GAP = gap("follow_up.note")


def met(**fields: Any) -> Interview:
    """Return the meeting with Luis on Tuesday 24 November 2026."""
    return interview("2026-11-24 14:00", **({"ended_at": ENDED, "target_id": "target"} | fields))


def noted(text: str, **more: Any) -> Interview:
    """Return the meeting with a note under a question, starred or not."""
    return met(checklist=(question("a", **more),), notes={"a": text})


def found(
    interviews: Sequence[Interview] = (),
    follow_ups: Sequence[FollowUp] = (),
    named: Sequence[Named] = (),
    aim: Target | None = None,
    then: Target | None = None,
    now: datetime = IN_DECEMBER,
) -> tuple[Reason, ...]:
    advice = advice_given((), follow_ups, lambda _id: follow_ups)
    return reasons_to_write(contact(), interviews, follow_ups, advice, named, aim, then, now, CALENDAR)


def done(kind: FollowUpKind, note: str, **more: Any) -> FollowUp:
    return follow_up(kind, "2026-11-26", **({"note": note, "done_at": local("2026-11-26 10:00")} | more))


@pytest.mark.parametrize(
    ("owed", "words", "source"),
    [
        (
            done(PROMISE, "send the article."),
            "I hope you found the article useful",
            "a promise kept: send the article, Thursday 26 November",
        ),
        (
            done(PROMISE, "the article", body="Dear Luis"),
            "I hope you found the article useful",
            "a promise kept: the article, Thursday 26 November",
        ),
        (
            done(OTHER, "mend the resume: two lines\n on the shop"),
            "I've changed my resume as you advised",
            "advice followed: two lines on the shop, Thursday 26 November",
        ),
        (
            done(OTHER, "Mend the resume"),
            "I've changed my resume as you advised",
            "advice followed: Mend the resume, Thursday 26 November",
        ),
        (
            done(OTHER, "go to the club", interview_id="meeting"),
            "I've taken your advice, ‹say what you did: “go to the club”›",
            "advice followed, Thursday 26 November",
        ),
        (
            done(OTHER, "read the trade paper"),
            "Since we spoke, ‹say what you did: “read the trade paper”›",
            "done, Thursday 26 November",
        ),
    ],
)
def test_what_was_done_since_the_meeting_is_a_reason(owed: FollowUp, words: str, source: str) -> None:
    assert found([met()], [owed]) == (Reason(words, source, ReasonKind.ADVICE, when("2026-11-26 10:00")),)


@pytest.mark.parametrize(
    "owed",
    [
        done(PROMISE, "their list", waiting=True),
        done(PROMISE, "not after all", dropped=True),
        done(PROMISE, " . "),
        follow_up(PROMISE, "2026-11-26", note="not yet"),
        done(PROMISE, "before we met", done_at=local("2026-11-20 10:00")),
        done(OTHER, "find a number that works", attempt_id="a"),
        done(FollowUpKind.CONFIRM, "confirmed"),
    ],
)
def test_what_was_not_done_for_them_is_none(owed: FollowUp) -> None:
    assert found([met()], [owed]) == ()


def test_without_a_meeting_nothing_was_done_since() -> None:
    planned = interview("2026-12-30 14:00")
    assert found([planned, met(cancelled=True), met(practice=True)], [done(PROMISE, "the article")]) == ()


ANA = contact(id="ana", name="Ana Ruiz", referrer_id="luis")


def test_having_met_the_person_they_named_is_a_reason() -> None:
    with_ana = interview("2026-12-01 10:00", contact_id="ana", ended_at=local("2026-12-01 10:20"))
    earlier = interview("2026-11-27 10:00", contact_id="ana", ended_at=local("2026-11-27 10:20"))
    (reason,) = found([met()], named=[(ANA, [earlier, with_ana])])
    assert reason.words == "I've talked with Ana Ruiz, whose name you gave me"
    assert reason.source == "you met Ana Ruiz Tuesday 1 December"
    assert (reason.kind, reason.when) == (ReasonKind.MET, when("2026-12-01 10:20"))


@pytest.mark.parametrize(
    "meeting",
    [
        interview("2026-12-30 10:00"),
        interview("2026-12-01 10:00", ended_at=ENDED, cancelled=True),
        interview("2026-12-01 10:00", ended_at=ENDED, practice=True),
    ],
)
def test_a_meeting_not_held_with_them_is_none(meeting: Interview) -> None:
    assert found([met()], named=[(ANA, [meeting])]) == ()


def test_whoever_heard_of_the_meeting_is_not_given_it_as_a_reason() -> None:
    with_ana = [interview("2026-12-01 10:00", ended_at=local("2026-12-01 10:20"))]
    open_word, reported = follow_up(REPORT, "2026-12-02", about_id="ana"), done(REPORT, "", about_id="ana")
    assert len(found([met()], [open_word], [(ANA, with_ana)])) == 1
    assert found([met()], [reported], [(ANA, with_ana)]) == ()
    assert len(found([met()], [done(REPORT, "", about_id="tom")], [(ANA, with_ana)])) == 1


LATER = local("2026-12-03 10:00")


@pytest.mark.parametrize(
    ("aim", "then", "words"),
    [
        (
            target(changed_at=LATER, industry="advertising", place="Chicago"),
            None,
            "Our talk helped me see more clearly what I aim at,"
            " the work of a Media Planner in advertising in Chicago",
        ),
        (
            target(id="new", role="Editor", changed_at=LATER),
            target(),
            "I aim at the work of an Editor now, and no longer at that of a Media Planner",
        ),
        (target(id="new", role="Editor", changed_at=LATER), None, "I aim at the work of an Editor now"),
        (target(id="new", role="media planner", changed_at=LATER), target(), ""),
        (target(changed_at=ENDED), None, ""),
        (target(created_at=LATER, changed_at=LATER), None, ""),
        (target(changed_at=LATER, role=" "), None, ""),
        (None, target(), ""),
    ],
)
def test_a_target_changed_since_is_a_reason(aim: Target | None, then: Target | None, words: str) -> None:
    assert [reason.words for reason in found([met()], aim=aim, then=then)] == ([words] if words else [])
    assert found([], aim=aim, then=then) == ()


def test_what_the_debrief_says_of_the_target_is_a_reason() -> None:
    (reason,) = found([met(debrief=Debrief(changes="smaller agencies first."))])
    assert reason.words == "Our talk changed what I aim at, ‹say it to them: “smaller agencies first”›"
    assert reason.source == "your debrief, Tuesday 24 November"


@pytest.mark.parametrize(
    ("due", "now", "is_one"),
    [
        ("2026-11-30", "2026-11-30 08:00", True),
        ("2026-11-30", "2026-11-29 23:00", False),
        ("2026-11-30 15:00", "2026-11-30 14:59", False),
        ("2026-11-30 15:00", "2026-11-30 15:00", True),
    ],
)
def test_what_they_promised_is_a_reason_once_it_is_due(due: str, now: str, is_one: bool) -> None:
    owed = follow_up(PROMISE, due, note="the media kit", waiting=True)
    reasons = found([met()], [owed], now=local(now))
    words = ["I'd still be glad of the media kit"]
    assert [reason.words for reason in reasons] == (words if is_one else [])
    if is_one:
        assert reasons[0].source == "Luis promised it for Monday 30 November"


@pytest.mark.parametrize(
    ("note", "now", "words"),
    [
        (
            "Busy now. The club meets on Thu 3 Dec. Guests pay.",
            "2026-11-28 09:00",
            "You mentioned 3 December when we spoke, and I thought of it",
        ),
        (
            "budgets are made in May",
            "2027-04-20 09:00",
            "You mentioned May when we spoke, and I thought of it",
        ),
        (
            "budgets are made in May",
            "2027-07-30 09:00",
            "You mentioned May when we spoke, and I thought of it",
        ),
        ("budgets are made in May", "2027-04-16 09:00", ""),
        ("budgets are made in May", "2027-08-01 09:00", ""),
        ("it began on 3 November", "2026-11-28 09:00", ""),
        ("it may take 3 days", "2026-11-28 09:00", ""),
    ],
)
def test_a_day_they_mentioned_is_a_reason_when_it_is_near(note: str, now: str, words: str) -> None:
    reasons = found([noted(note)], now=local(now))
    assert [(reason.words, reason.kind) for reason in reasons] == (
        [(words, ReasonKind.DATE)] if words else []
    )


def test_a_starred_answer_is_worth_coming_back_to_and_advice_first() -> None:
    meeting = met(
        checklist=(
            question("a", starred=True),
            question("b", ask="What would you recommend?", starred=True),
            question("c", starred=True),
            question("d"),
        ),
        notes={"a": "read\nspreadsheets.", "b": "start small", "c": "third", "d": "you should not"},
    )
    assert [reason.words for reason in found([meeting])] == [
        "Your advice has stayed with me, ‹say it to them: “start small”›",
        "I keep coming back to what you said, ‹say it to them: “read spreadsheets”›",
    ]


def test_being_kept_on_file_is_a_reason() -> None:
    meeting = met(captured=(Capture(id="c", kind=CaptureKind.ON_FILE),))
    assert [reason.words for reason in found([meeting])] == [
        "You said you'd keep me on file, and I'd like to keep you up to date"
    ]


def test_the_strongest_comes_first_and_of_one_kind_the_newest() -> None:
    meeting = met(
        checklist=(question("a", starred=True),),
        notes={"a": "come on 20 December"},
        debrief=Debrief(changes="x"),
    )
    owed = [
        follow_up(PROMISE, "2026-12-01", note="the kit", waiting=True),
        done(PROMISE, "the older"),
        done(OTHER, "newer", done_at=local("2026-12-05 10:00"), interview_id="meeting"),
    ]
    with_ana = [interview("2026-12-01 10:00", ended_at=local("2026-12-01 10:20"))]
    reasons = found([meeting], owed, [(ANA, with_ana)])
    assert [reason.kind for reason in reasons] == [ReasonKind.ADVICE, *ReasonKind]
    assert [reason.words for reason in reasons[:2]] == [
        "I've taken your advice, ‹say what you did: “newer”›",
        "I hope you found the older useful",
    ]


def test_a_reason_used_once_is_not_proposed_again() -> None:
    kept = done(PROMISE, "the article")
    (reason,) = found([met()], [kept])
    used = done(CHECK_IN, f" {reason.words.upper()}. ")
    assert found([met()], [kept, used]) == ()
    assert found([met()], [kept, follow_up(CHECK_IN, "2027-01-01", note=reason.words)]) == (reason,)


def test_a_long_note_is_cut() -> None:
    (reason,) = found([noted("word " * 100, starred=True)])
    assert len(reason.words) < 220
    assert reason.words.endswith("…”›")


def test_news_leaves_out_what_is_the_reason_already() -> None:
    owed = [done(PROMISE, "the first"), done(OTHER, "two"), done(PROMISE, "the third")]
    reasons = found([noted("starred", starred=True)], owed)
    first, third = "I hope you found the first useful", "I hope you found the third useful"
    assert news_since(reasons, "") == f"{first}. {third}"
    assert news_since(reasons, f"{first}.") == third
    assert news_since(found([noted("starred", starred=True)]), "") == ""


@pytest.mark.parametrize(
    ("text", "old", "new", "whole"),
    [
        (f"I write: {GAP}.", "", "I read it.", "I write: I read it."),
        (f"I write: {GAP}.", "", "the fair", "I write: ‹say it in a sentence: “the fair”›."),
        ("I write: I read it.", "I read it", "I saw it", "I write: I saw it."),
        ("I write: I read it, I read it.", "I read it", "I saw it", None),
        ("A thing or two.", "I", "I saw it", None),
        (f"I write: {GAP}.", "", " ", None),
        ("No place.", "I read it", "I saw it", None),
    ],
)
def test_a_reason_goes_where_the_gap_or_the_old_one_is(
    text: str, old: str, new: str, whole: str | None
) -> None:
    assert with_reason(text, old, new) == whole


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Dear Luis,\n\nI write: I read it.\n\nBye", "I read it"),
        ("I write: I read it. And more", "I read it. And more"),
        (f"I write: {GAP}.", ""),
        ("I write: .", ""),
        ("Dear Luis, I read it.", ""),
    ],
)
def test_a_reason_typed_into_the_gap_is_found(text: str, reason: str) -> None:
    assert reason_in(text, f"Dear Luis,\n\nI write: {GAP}.\n\nBye") == reason
    assert reason_in(text, "no gap") == ""
    assert reason_in("I read it, and that is why", f"{GAP}, and that is why") == "I read it"


def test_an_answer_that_is_the_reason_is_not_quoted_twice() -> None:
    values = {"me.name": "Robin", "meeting.starred_1": "start small", "meeting.starred_2": "read a lot"}
    assert without_quoted(values, "Your advice has stayed with me, start small") == {
        "me.name": "Robin",
        "meeting.starred_1": "read a lot",
    }
    assert without_quoted(values, "") == values


@modest
@given(st.text(max_size=80), st.booleans())
def test_no_note_breaks_it(text: str, starred: bool) -> None:
    meeting = noted(text, starred=starred)
    owed = [done(PROMISE, text), done(OTHER, text), follow_up(PROMISE, note=text, waiting=True)]
    for reason in found([meeting], owed):
        assert "\n" not in reason.words
