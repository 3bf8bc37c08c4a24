from __future__ import annotations

from datetime import timedelta

import pytest
from warmcall.config.library import Library
from warmcall.domain.countdown import Countdown, CountdownState
from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import Mode, QuestionState
from warmcall.services.practice_interviews import (
    CLOSE_MINUTES,
    MINUTES,
    QUESTIONS,
    practice_interview,
    practice_summary,
)

from tests.conftest import Bench
from tests.examples import NOW, interview, only, question, state_of

LISTED = (question("a"), question("b", state=QuestionState.ASKED), question("who", referral=True))


def test_a_rehearsal_is_an_interview_marked_as_practice_on_the_short_clock(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner", "minutes": "30"})
    services, meeting = practice_interview(bench.services)
    assert only(services.store.all(Interview)) == meeting
    assert meeting.practice
    assert (meeting.mode, meeting.countdown.minutes) == (Mode.PHONE, 5)
    assert [question.minutes for question in meeting.checklist] == [1] * 5
    assert meeting.checklist[-1].referral
    assert services.library.cadence.close_minutes == 1
    assert (services.store.profile and services.store.profile.name, services.store.target) == (
        "Robin Vale",
        bench.store.target,
    )
    assert only(services.store.all(Contact)).title == "Media Planner"


def test_without_a_profile_or_a_target_there_is_one_to_rehearse_all_the_same(bench: Bench) -> None:
    services, meeting = practice_interview(bench.services)
    assert meeting.countdown.minutes == 5
    assert services.store.contact(meeting.contact_id) is not None


def test_nothing_done_in_it_reaches_the_real_store_its_history_or_the_writer(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin Vale"})
    bench.services.address_book.add({"name": "Mei Tanaka"})
    before, saved = state_of(bench.store), list(bench.saved)
    services, meeting = practice_interview(bench.services)
    at = services.interviewing
    at.start(meeting.id)
    bench.clock.forward(minutes=1)
    services.interview_notes.write(meeting.id, meeting.checklist[0].id, "By accident")
    services.checklists.mark(meeting.id, meeting.checklist[0].id, QuestionState.ASKED)
    at.extend(meeting.id)
    services.unfinished.keep("a form", "A form", {"what": "half a word"})
    services.address_book.add({"name": "Ana Ruiz"})
    services.profile_editing.save({"name": "Somebody else"})
    at.end(meeting.id)
    assert (state_of(bench.store), bench.saved) == (before, saved)
    assert bench.services.history.undo() == "add Mei Tanaka"


def test_the_meeting_itself_cannot_be_undone(bench: Bench) -> None:
    services, meeting = practice_interview(bench.services)
    assert services.history.undo() == ""
    assert services.store.get(Interview, meeting.id) == meeting


def test_the_short_clock_bears_its_questions_with_the_close(bench: Bench, library: Library) -> None:
    short = practice_interview(bench.services)[0].library
    cadence = short.cadence
    assert (cadence.minutes_asked, cadence.close_minutes) == (MINUTES, CLOSE_MINUTES) == (5, 1)
    assert cadence.questions_min <= cadence.questions_max == QUESTIONS
    assert cadence.extension_minutes == library.cadence.extension_minutes
    for bank in short.banks.values():
        assert {question.minutes for question in bank.questions} == {1}


def test_five_minutes_asked_for_are_not_the_last_five() -> None:
    countdown = Countdown(minutes=MINUTES).start(NOW)
    close = timedelta(minutes=CLOSE_MINUTES)
    assert countdown.state(NOW, close) is CountdownState.RUNNING
    assert countdown.extend(5).state(NOW + timedelta(minutes=6), close) is CountdownState.RUNNING
    assert countdown.state(NOW + timedelta(minutes=4), close) is CountdownState.CLOSE


@pytest.mark.parametrize(
    ("notes", "asked", "close_asked", "answers", "words"),
    [
        ({}, 1, False, 0, 0),
        ({"b": "two words", "": "general"}, 1, False, 2, 3),
        ({"a": "one", "who": " "}, 2, False, 1, 1),
        ({"who": "Ana Ruiz"}, 2, True, 1, 2),
    ],
)
def test_what_came_of_it_is_time_questions_close_and_notes(
    notes: dict[str, str], asked: int, close_asked: bool, answers: int, words: int
) -> None:
    ended = NOW + timedelta(minutes=4)
    countdown = Countdown(minutes=5).start(NOW).stop(ended)
    summary = practice_summary(interview(checklist=LISTED, notes=notes, countdown=countdown, ended_at=ended))
    assert (summary.spent, summary.limit) == (timedelta(minutes=4), timedelta(minutes=5))
    assert (summary.asked, summary.questions, summary.close_asked) == (asked, 3, close_asked)
    assert (summary.answers, summary.words) == (answers, words)
