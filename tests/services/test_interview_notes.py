from __future__ import annotations

import pytest
from warmcall.domain.records import Interview
from warmcall.domain.vocabulary import QuestionState
from warmcall.services.interview_notes import InterviewNotes

from tests.conftest import Bench
from tests.services.follow_ups import now_is


@pytest.fixture
def service(bench: Bench) -> InterviewNotes:
    return bench.services.interview_notes


def test_notes_are_kept_by_question_and_undone_by_question(
    bench: Bench, meeting: Interview, service: InterviewNotes
) -> None:
    first, second = meeting.checklist[0].id, meeting.checklist[1].id
    for text in ("Sold", "Sold air", "Sold airtime"):
        service.write(meeting.id, first, text)
    service.write(meeting.id, second, "Checking")
    service.write(meeting.id, "", "Likes tea")
    assert now_is(bench, meeting).notes == {first: "Sold airtime", second: "Checking", "": "Likes tea"}
    bench.services.history.undo()
    bench.services.history.undo()
    assert now_is(bench, meeting).notes == {first: "Sold airtime"}
    bench.services.history.undo()
    assert now_is(bench, meeting).notes == {}


def test_one_undo_takes_back_at_most_a_minute_of_typing(
    bench: Bench, meeting: Interview, service: InterviewNotes
) -> None:
    first, history = meeting.checklist[0].id, bench.services.history
    words = ["one", "two", "three", "four", "five", "six", "seven"]
    for count in range(1, len(words) + 1):
        service.write(meeting.id, first, " ".join(words[:count]))
        bench.clock.forward(seconds=25)
    found = []
    while now_is(bench, meeting).notes:
        found.append(now_is(bench, meeting).notes[first])
        assert history.undo() == "notes"
    assert found == ["one two three four five six seven", "one two three four five six", "one two three"]
    for text in reversed(found):
        assert history.redo() == "notes"
        assert now_is(bench, meeting).notes[first] == text


def test_what_was_typed_before_going_to_another_question_and_back_is_a_step_of_its_own(
    bench: Bench, meeting: Interview, service: InterviewNotes
) -> None:
    first, second = meeting.checklist[0].id, meeting.checklist[1].id
    bench.services.checklists.mark(meeting.id, first, QuestionState.ASKED)
    service.write(meeting.id, first, "before")
    service.go_to(meeting.id, second)
    service.go_to(meeting.id, first)
    service.write(meeting.id, first, "before and after")
    bench.services.history.undo()
    assert now_is(bench, meeting).notes == {first: "before"}


def test_a_clock_set_back_begins_another_step(
    bench: Bench, meeting: Interview, service: InterviewNotes
) -> None:
    service.write(meeting.id, "", "one")
    bench.clock.forward(seconds=-3600)
    service.write(meeting.id, "", "one two")
    bench.services.history.undo()
    assert now_is(bench, meeting).notes == {"": "one"}


def test_minutes_on_the_notes_are_turned_on_and_off(
    bench: Bench, meeting: Interview, service: InterviewNotes
) -> None:
    service.toggle_minutes(meeting.id)
    assert now_is(bench, meeting).stamped
    assert bench.services.history.undo() == "minutes on the notes"
    assert not now_is(bench, meeting).stamped
    service.toggle_minutes(meeting.id)
    service.toggle_minutes(meeting.id)
    assert not now_is(bench, meeting).stamped


def test_a_question_left_with_notes_counts_as_asked(
    bench: Bench, meeting: Interview, service: InterviewNotes
) -> None:
    first, second, third = (question.id for question in meeting.checklist[:3])
    bench.services.interviewing.start(meeting.id)
    service.write(meeting.id, first, "Sold airtime")
    service.go_to(meeting.id, second)
    service.go_to(meeting.id, third)
    after = now_is(bench, meeting)
    assert after.current == third
    assert [question.state for question in after.checklist[:3]] == [
        QuestionState.ASKED,
        QuestionState.OPEN,
        QuestionState.OPEN,
    ]


def test_which_question_the_eye_is_on_is_nothing_to_undo(
    bench: Bench, meeting: Interview, service: InterviewNotes
) -> None:
    bench.services.interviewing.start(meeting.id)
    service.go_to(meeting.id, meeting.checklist[2].id)
    assert bench.services.history.undo() == "start the interview"
