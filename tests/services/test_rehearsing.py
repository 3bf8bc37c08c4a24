from __future__ import annotations

from tests.conftest import Made
from tests.examples import only, state_of
from tui.domain.records import Contact, Interview
from tui.domain.vocabulary import Mode, QuestionState
from tui.services.rehearsing import rehearsal


def test_a_rehearsal_is_an_interview_marked_as_practice_on_the_short_clock(made: Made) -> None:
    made.desk.targeting.save({"name": "Robin Vale", "role": "Media Planner", "minutes": "30"})
    desk, meeting = rehearsal(made.desk)
    assert only(desk.book.all(Interview)) == meeting
    assert meeting.practice
    assert (meeting.mode, meeting.countdown.minutes) == (Mode.PHONE, 5)
    assert [one.minutes for one in meeting.checklist] == [1] * 5
    assert meeting.checklist[-1].referral
    assert desk.library.cadence.close_minutes == 1
    assert (desk.book.profile and desk.book.profile.name, desk.book.target) == (
        "Robin Vale",
        made.book.target,
    )
    assert only(desk.book.all(Contact)).title == "Media Planner"


def test_without_a_profile_or_a_target_there_is_one_to_rehearse_all_the_same(made: Made) -> None:
    desk, meeting = rehearsal(made.desk)
    assert meeting.countdown.minutes == 5
    assert desk.book.contact(meeting.contact_id) is not None


def test_nothing_done_at_it_reaches_the_real_book_its_history_or_the_writer(made: Made) -> None:
    made.desk.targeting.save({"name": "Robin Vale"})
    made.desk.address_book.add({"name": "Mei Tanaka"})
    before, saved = state_of(made.book), list(made.saved)
    desk, meeting = rehearsal(made.desk)
    at = desk.interviewing
    at.start(meeting.id)
    made.clock.forward(minutes=1)
    at.write_notes(meeting.id, meeting.checklist[0].id, "By accident")
    at.mark(meeting.id, meeting.checklist[0].id, QuestionState.ASKED)
    at.extend(meeting.id)
    desk.unfinished.keep("a form", "A form", {"what": "half a word"})
    desk.address_book.add({"name": "Ana Ruiz"})
    desk.targeting.save({"name": "Somebody else"})
    at.end(meeting.id)
    assert (state_of(made.book), made.saved) == (before, saved)
    assert made.desk.history.undo() == "add Mei Tanaka"


def test_the_meeting_itself_cannot_be_taken_back(made: Made) -> None:
    desk, meeting = rehearsal(made.desk)
    assert desk.history.undo() == ""
    assert desk.book.get(Interview, meeting.id) == meeting
