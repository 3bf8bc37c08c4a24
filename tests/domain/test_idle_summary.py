from __future__ import annotations

from datetime import timedelta

import pytest
from warmcall.domain.idle_summary import IdleSummary, idle_summary
from warmcall.domain.queue import first_of_kind, queue
from warmcall.domain.records import AnyRecord, FollowUp
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Outcome

from tests.examples import CALENDAR, NOW, attempt, contact, follow_up, interview, local

ANA, MEI, OWEN = (contact(id=name.lower(), name=name) for name in ("Ana", "Mei", "Owen"))
CALL, CHECK_IN = FollowUpKind.CALL, FollowUpKind.CHECK_IN


def met(who: str, at: str) -> AnyRecord:
    return interview(at, id=f"met {who}", contact_id=who, ended_at=local(at))


def tried(who: str, at: str, outcome: Outcome) -> AnyRecord:
    return attempt(at, outcome, contact_id=who, id=f"{who} {at}")


def wrote(who: str, at: str, kind: FollowUpKind = CHECK_IN, dropped: bool = False) -> AnyRecord:
    return follow_up(kind, id=f"{who} {at}", contact_id=who, done_at=local(at), dropped=dropped)


@pytest.mark.parametrize(
    ("records", "name", "since"),
    [
        ([], None, ""),
        ([tried("ana", "2026-11-02 10:00", Outcome.VOICEMAIL)], None, ""),
        ([met("ana", "2026-11-02 10:00"), met("mei", "2026-11-03 10:00")], "Ana", "2026-11-02 10:00"),
        (
            [
                met("ana", "2026-11-02 10:00"), met("mei", "2026-11-03 10:00"),
                wrote("ana", "2026-11-05 10:00"),
            ],
            "Mei", "2026-11-03 10:00",
        ),
        (
            [
                met("ana", "2026-11-02 10:00"), met("mei", "2026-11-03 10:00"),
                wrote("ana", "2026-11-05 10:00", dropped=True),
                tried("ana", "2026-11-06 10:00", Outcome.NO_ANSWER),
            ],
            "Ana", "2026-11-02 10:00",
        ),
        (
            [
                met("ana", "2026-11-02 10:00"), met("mei", "2026-11-03 10:00"),
                tried("ana", "2026-11-06 10:00", Outcome.SENT),
            ],
            "Mei", "2026-11-03 10:00",
        ),
        (
            [
                met("ana", "2026-11-02 10:00"), met("mei", "2026-11-03 10:00"),
                tried("ana", "2026-11-02 12:00", Outcome.DECLINED),
            ],
            "Mei", "2026-11-03 10:00",
        ),
        ([met("ana", "2026-11-16 09:00"), met("mei", "2026-11-22 10:00")], "Ana", "2026-11-16 09:00"),
        ([met("ana", "2026-11-16 09:01")], None, ""),
        ([met("ana", "2026-11-02 10:00"), wrote("ana", "2026-11-22 10:00")], None, ""),
        (
            [
                met("ana", "2026-11-02 10:00"), met("mei", "2026-11-03 10:00"),
                interview("2026-11-30 10:00", id="next", contact_id="ana"),
            ],
            "Mei", "2026-11-03 10:00",
        ),
        ([met("gone", "2026-11-01 10:00"), met("mei", "2026-11-03 10:00")], "Mei", "2026-11-03 10:00"),
    ],
)  # fmt: skip
def test_who_was_met_and_has_been_without_a_word_for_longest(
    records: list[AnyRecord], name: str | None, since: str
) -> None:
    found = idle_summary(Store([ANA, MEI, OWEN, *records]), NOW)
    assert (found.silent.name if found.silent else None) == name
    assert found.since == (local(since) if since else None)


LATER = {"created_at": NOW + timedelta(days=1)}


@pytest.mark.parametrize(
    ("records", "name"),
    [
        ([ANA, contact(id="mei", name="Mei", **LATER)], "Ana"),
        ([ANA, contact(id="mei", name="Mei", referrer_id="ana", **LATER)], "Mei"),
        ([ANA, MEI, follow_up(CALL, contact_id="ana")], "Ana"),
        ([ANA, MEI, OWEN, follow_up(CALL, "2026-12-01", contact_id="owen", id="o"),
          follow_up(CALL, "2026-12-02", contact_id="mei", id="a")], "Owen"),
        ([ANA, MEI, follow_up(CHECK_IN, contact_id="ana")], "Mei"),
        ([ANA, MEI, met("ana", "2026-11-02 10:00")], "Mei"),
        ([ANA, MEI, tried("ana", "2026-11-02 10:00", Outcome.VOICEMAIL)], "Mei"),
        (
            [
                ANA, MEI, tried("mei", "2026-11-02 10:00", Outcome.VOICEMAIL),
                tried("ana", "2026-11-03 10:00", Outcome.VOICEMAIL),
            ],
            "Mei",
        ),
        (
            [
                ANA, MEI, tried("mei", "2026-11-02 10:00", Outcome.DECLINED),
                tried("ana", "2026-11-03 10:00", Outcome.VOICEMAIL),
            ],
            "Ana",
        ),
        ([ANA, tried("ana", "2026-11-03 10:00", Outcome.DECLINED)], None),
        ([ANA, follow_up(CHECK_IN, contact_id="ana")], None),
    ],
)  # fmt: skip
def test_whom_to_call_next_is_the_first_in_the_queue_else_new_a_referral_first_else_held(
    records: list[AnyRecord], name: str | None
) -> None:
    owed = [record for record in records if isinstance(record, FollowUp)]
    entries = queue(owed, NOW, CALENDAR)
    found = idle_summary(Store(records), NOW, first_of_kind(entries, CALL))
    assert (found.to_call.name if found.to_call else None) == name


def test_of_nobody_there_is_nothing_to_say() -> None:
    assert idle_summary(Store(), NOW) == IdleSummary()
