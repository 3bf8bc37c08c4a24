from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import msgspec
import pytest
from warmcall.domain.asking_rules import ActiveAsk, active_ask
from warmcall.domain.cadence import Cadence
from warmcall.domain.call_slots import Slot, slot_to_try, slots_tried
from warmcall.domain.records import Attempt, Contact
from warmcall.domain.vocabulary import Channel, DayPart, Outcome

from tests.examples import CALENDAR, attempt, contact, local

FIGURES = Cadence()
MORNING, AFTERNOON, ANY = DayPart.MORNING, DayPart.AFTERNOON, DayPart.ANY
NO_ANSWER, VOICEMAIL, SENT = Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.SENT

MON_9, MON_12, TUE_10, WED_15, THU_11 = (
    attempt(at, NO_ANSWER)
    for at in (
        "2026-11-16 09:00",
        "2026-11-16 12:00",
        "2026-11-17 10:00",
        "2026-11-18 15:00",
        "2026-11-19 11:59",
    )
)
LEFT = attempt("2026-11-20 16:00", VOICEMAIL, channel=Channel.VOICEMAIL)


@pytest.mark.parametrize(
    ("attempts", "slots", "to_try"),
    [
        ([], [], ANY),
        ([MON_9], [Slot(0, MORNING)], AFTERNOON),
        ([MON_12], [Slot(0, AFTERNOON)], MORNING),
        ([LEFT], [Slot(4, AFTERNOON)], MORNING),
        ([MON_9, MON_12], [Slot(0, MORNING), Slot(0, AFTERNOON)], MORNING),
        ([MON_12, TUE_10], [Slot(0, AFTERNOON), Slot(1, MORNING)], AFTERNOON),
        ([TUE_10, MON_9], [Slot(0, MORNING), Slot(1, MORNING)], AFTERNOON),
        (
            [MON_9, TUE_10, WED_15],
            [Slot(0, MORNING), Slot(1, MORNING), Slot(2, AFTERNOON)],
            MORNING,
        ),
        (
            [MON_12, WED_15, THU_11],
            [Slot(0, AFTERNOON), Slot(2, AFTERNOON), Slot(3, MORNING)],
            AFTERNOON,
        ),
        ([attempt("2026-11-16 09:00", NO_ANSWER, channel=Channel.IN_PERSON)], [], ANY),
        ([attempt("2026-11-16 09:00", SENT, channel=Channel.EMAIL)], [], ANY),
        ([attempt("2026-11-16 09:00", None)], [], ANY),
        *(
            ([attempt("2026-11-16 09:00", outcome)], [], ANY)
            for outcome in Outcome
            if outcome not in (NO_ANSWER, VOICEMAIL)
        ),
        ([MON_9, attempt("2026-11-17 14:00", Outcome.CALL_BACK)], [Slot(0, MORNING)], AFTERNOON),
    ],
)
def test_the_part_of_the_day_not_tried_last_is_next(
    attempts: list[Attempt], slots: list[Slot], to_try: DayPart
) -> None:
    assert slots_tried(attempts, CALENDAR) == tuple(slots)
    assert slot_to_try(attempts, CALENDAR) is to_try


def test_days_and_hours_are_those_of_the_calendar() -> None:
    evening = [attempt("2026-11-16 18:30", NO_ANSWER)]
    there = msgspec.structs.replace(CALENDAR, zone=ZoneInfo("Asia/Tokyo"))
    assert slots_tried(evening, CALENDAR) == (Slot(0, AFTERNOON),)
    assert slots_tried(evening, there) == (Slot(1, MORNING),)
    assert slot_to_try(evening, there) is AFTERNOON


MEI = contact(id="mei", name="Mei Tanaka", organization="Parkway & Sons")
NORA = contact(id="nora", name="Nora Lind", organization="Parkway and Sons, Inc.")
LUIS = contact(organization="Parkway & Sons")


def written(at: str, who: str = "mei", outcome: Outcome | None = SENT) -> Attempt:
    channel = Channel.EMAIL if outcome is SENT else Channel.PHONE
    return attempt(at, outcome, contact_id=who, channel=channel)


def asked(
    now: str, *attempts: Attempt, contact: Contact = LUIS, figures: Cadence = FIGURES
) -> ActiveAsk | None:
    by_contact: dict[str, list[Attempt]] = {}
    for other_attempt in attempts:
        by_contact.setdefault(other_attempt.contact_id, []).append(other_attempt)
    colleagues = [other for other in (LUIS, MEI, NORA) if other.id != contact.id]
    return active_ask(colleagues, by_contact, local(now), figures, CALENDAR)


@pytest.mark.parametrize(
    ("sent", "now", "another_from"),
    [
        ("2026-11-16 10:00", "2026-11-16 10:05", date(2026, 11, 19)),
        ("2026-11-16 10:00", "2026-11-18 23:59", date(2026, 11, 19)),
        ("2026-11-16 10:00", "2026-11-19 00:00", None),
        ("2026-11-16 12:00", "2026-11-19 18:00", date(2026, 11, 20)),
        ("2026-11-16 12:00", "2026-11-20 08:00", None),
        ("2026-11-24 10:00", "2026-11-29 18:00", date(2026, 11, 30)),
        ("2026-11-24 10:00", "2026-11-30 08:00", None),
        ("2026-11-21 10:00", "2026-11-25 18:00", date(2026, 11, 27)),
    ],
)
def test_a_written_ask_is_open_for_three_business_days(
    sent: str, now: str, another_from: date | None
) -> None:
    found = asked(now, written(sent))
    assert found == (ActiveAsk(MEI, local(sent), another_from) if another_from else None)


@pytest.mark.parametrize(
    ("attempts", "still_open"),
    [
        ([], False),
        ([written("2026-11-16 10:00")], True),
        ([written("2026-11-16 10:00", outcome=None)], False),
        ([written("2026-11-16 10:00", outcome=VOICEMAIL)], False),
        ([written("2026-11-16 10:00"), written("2026-11-17 10:00", outcome=NO_ANSWER)], True),
        ([written("2026-11-16 10:00"), written("2026-11-17 10:00", outcome=VOICEMAIL)], True),
        ([written("2026-11-16 10:00"), written("2026-11-17 10:00", outcome=Outcome.WRONG_NUMBER)], True),
        ([written("2026-11-16 10:00"), written("2026-11-17 10:00", outcome=None)], True),
        *(
            ([written("2026-11-16 10:00"), written("2026-11-17 10:00", outcome=answer)], False)
            for answer in Outcome
            if answer not in (NO_ANSWER, VOICEMAIL, SENT, Outcome.WRONG_NUMBER)
        ),
        ([written("2026-11-13 10:00", outcome=Outcome.REPLIED), written("2026-11-16 10:00")], True),
        ([written("2026-11-16 10:00", "nora")], True),
        ([written("2026-11-16 10:00", "luis")], False),
    ],
)
def test_an_answer_of_any_kind_closes_it_and_only_colleagues_count(
    attempts: list[Attempt], still_open: bool
) -> None:
    found = asked("2026-11-17 11:00", *attempts)
    assert bool(found) is still_open
    if found:
        assert found.contact.id == attempts[0].contact_id


def test_writing_again_opens_it_again_and_the_one_open_longest_counts() -> None:
    first, again = written("2026-11-09 10:00"), written("2026-11-16 10:00")
    assert asked("2026-11-17 11:00", again, first) == ActiveAsk(MEI, again.at, date(2026, 11, 19))
    later = written("2026-11-17 10:00", "nora")
    assert asked("2026-11-17 11:00", again, later) == ActiveAsk(NORA, later.at, date(2026, 11, 20))
    assert asked("2026-11-17 11:00", again, later, contact=NORA) == ActiveAsk(
        MEI, again.at, date(2026, 11, 19)
    )


def test_the_figures_decide_for_how_long() -> None:
    none = Cadence(written_other_person_days=0)
    assert asked("2026-11-16 11:00", written("2026-11-16 10:00"), figures=none) is None
    six = Cadence(written_other_person_days=6)
    assert asked("2026-11-20 11:00", written("2026-11-16 10:00"), figures=six) is not None
