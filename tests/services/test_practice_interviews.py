from __future__ import annotations

from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import Mode, QuestionState
from warmcall.services.practice_interviews import practice_interview

from tests.conftest import Bench
from tests.examples import only, state_of


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
