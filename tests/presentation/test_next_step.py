"""The one thing to do now, and how."""

from __future__ import annotations

from datetime import timedelta

import pytest
from warmcall.domain.countdown import Countdown
from warmcall.domain.records import AnyRecord
from warmcall.domain.vocabulary import FollowUpKind, Outcome, Permission, QuestionState, Source
from warmcall.domain.when import When
from warmcall.presentation.next_step import next_json, next_lines, next_thing

from tests.conftest import Bench
from tests.examples import (
    NOW,
    REFERRER,
    adding,
    attempt,
    contact,
    follow_up,
    interview,
    profile,
    question,
    target,
)

LUIS = contact(
    organization="Parkway & Sons", title="Account Director", phone="+1 312 555 0142",
    email="luis@example.com", zone="Asia/Tokyo", source=Source.REFERRAL, referrer_id="dana",
    may_use_name=Permission.ASK_LATER,
)  # fmt: skip
CALL = follow_up(FollowUpKind.CALL, "2026-11-20", id="call", why="try 2 of 3")


def lines_for(bench: Bench, *records: AnyRecord) -> list[str]:
    bench.store.apply(adding(profile(), target(), REFERRER, *records))
    thing = next_thing(bench.services)
    assert thing is not None
    next_json(bench.services, thing)
    return next_lines(bench.services, thing, thing.entry.follow_up.id)


def test_a_call_has_the_number_the_time_there_what_to_be_careful_of_and_the_first_words(bench: Bench) -> None:
    lines = lines_for(bench, LUIS, CALL, attempt("2026-11-17 10:05", Outcome.VOICEMAIL))
    assert lines[:7] == [
        "Now: call Luis Ortega, Account Director, Parkway & Sons",
        "Due: 3 days late",
        "Why: try 2 of 3",
        "Number: +1 312 555 0142",
        "Time: 00:00 there, 09:00 here",
        "Careful: outside working hours",
        "Careful: ask Dana first: may I use your name?",
    ]
    assert lines[7].startswith("Say: Hello Luis, this is Robin Vale.")
    assert lines[8] == "They may say:"
    assert len(lines[9:-1]) > 3
    assert all(line.startswith("  ") for line in lines[9:-1])
    assert lines[-1] == "Then: warmcall log luis OUTCOME says how it ended"


@pytest.mark.parametrize(
    ("kind", "fields", "line"),
    [
        (FollowUpKind.CALL, {"email": "l@example.com"}, "Send: to l@example.com"),
        (FollowUpKind.THANK_YOU, {"email": "l@example.com", "phone": "1"}, "Send: to l@example.com"),
        (FollowUpKind.CHECK_IN, {"phone": "1"}, "Send: as a message, or by phone: 1"),
    ],
    ids=["a call to somebody without a number", "thanks", "a check-in"],
)  # fmt: skip
def test_a_letter_says_which_one_it_is_where_it_goes_and_how_it_begins(
    bench: Bench, kind: FollowUpKind, fields: dict[str, str], line: str
) -> None:
    lines = lines_for(bench, contact(**fields), follow_up(kind, id="f"))
    labels = {text.partition(":")[0] for text in lines}
    assert labels >= {"Draft", "Begins", "Subject"} - ({"Subject"} if "email" not in fields else set())
    assert line in lines
    assert next(text for text in lines if text.startswith("Begins: ")).partition(", ")[0].endswith(" Luis")
    assert lines[-1] == "Then: warmcall draft f prints all of it, warmcall sent f says it is sent"


def test_a_meeting_has_when_who_they_are_what_is_not_ready_and_the_questions(bench: Bench) -> None:
    meeting = interview("2026-11-23 14:00", checklist=(question("day"), question("pay")), place="Room 2")
    owed = follow_up(FollowUpKind.INTERVIEW, "2026-11-23 14:00", interview_id="meeting", id="meet")
    lines = lines_for(bench, LUIS, meeting, owed)
    assert lines[1:4] == [
        "Due: 14:00, in 5 hours",
        "Why: by phone",
        "When: Mon 23 Nov 14:00 (05:00 theirs), by phone · 20 minutes · Room 2",
    ]
    for label in ("Who they are:", "How you met:", "  What about day?", "  What about pay?"):
        assert label in lines
    assert any(line.startswith("Not ready yet, ") for line in lines)


def test_what_is_neither_called_nor_written_is_done(bench: Bench) -> None:
    lines = lines_for(bench, LUIS, follow_up(FollowUpKind.OTHER, id="f 1", note="lend a book"))
    assert lines == [
        "Now: lend a book: Luis Ortega, Account Director, Parkway & Sons",
        "Due: today",
        "Then: warmcall done 'f 1' says it is done",
    ]


def test_an_interview_that_is_going_on_comes_before_all_that_is_late(bench: Bench) -> None:
    asked, still_open = question("day", state=QuestionState.ASKED), question("pay")
    started = Countdown(started_at=NOW - timedelta(minutes=5))
    going = interview(NOW, countdown=started, checklist=(asked, still_open))
    owed = follow_up(FollowUpKind.INTERVIEW, When(NOW), interview_id="meeting", id="meet")
    lines = lines_for(bench, LUIS, CALL, going, owed)
    assert lines[0].startswith("Now: interview Luis Ortega")
    assert lines[1:] == [
        "Due: now",
        "Why: by phone",
        "Running: 15 min left",
        "Still to ask:",
        "  What about pay?",
        "Then: warmcall interview note WORDS takes down what they say, warmcall interview end ends it",
    ]


def test_what_is_owed_to_somebody_deleted_is_still_to_be_done(bench: Bench) -> None:
    lines = lines_for(bench, follow_up(FollowUpKind.CALL, id="f", contact_id="gone"))
    assert lines[0] == "Now: call a deleted contact"
    assert lines[-1] == "Then: warmcall done f says it is done"


def test_nothing_is_to_be_done_before_it_is_due(bench: Bench) -> None:
    bench.store.apply(adding(LUIS, follow_up(FollowUpKind.CALL, "2026-11-24")))
    assert next_thing(bench.services) is None
