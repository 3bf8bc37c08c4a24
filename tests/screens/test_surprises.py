"""What comes up by itself is not answered by a key that was on its way to what was there before."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from warmcall.config.library import Library
from warmcall.domain.change import Change
from warmcall.domain.records import Contact, Interview
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Mode
from warmcall.screens.interview.one_at_a_time import RunningDialog
from warmcall.screens.interview.resume import MissedDialog, ResumeDialog
from warmcall.screens.interview.screen import InterviewScreen
from warmcall.screens.people.screen import PeopleScreen
from warmcall.screens.profile.first_run import FirstRun
from warmcall.screens.unsaved import UnsavedDialog
from warmcall.storage.session_view import ExternalChanges
from warmcall.terminal.key_queue import SURPRISE_SECONDS
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import local, only
from tests.screens.driving import Driver, driven, key_event

SOON, LATER = 0.9 * SURPRISE_SECONDS, SURPRISE_SECONDS


class Seconds:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def with_luis(running: Bench) -> Bench:
    """Services with an interview with Mei Tanaka that runs, and Luis Ortega to be called."""
    running.services.address_book.add({"name": "Luis Ortega", "phone": "+1 312 555 0177"})
    return running


def report(at: Driver, *changes: Change) -> None:
    """Let the writer report what another session changed."""
    edits = tuple(edit for change in changes for edit in change.edits)
    at.app.save_status._on_external_changes(ExternalChanges(edits))


def run_with_luis_elsewhere(at: Driver, library: Library) -> Bench:
    """Let another session start an interview with Luis."""
    luis = at.contact("Luis Ortega")
    there = Bench(library, store=Store([luis]), session="there")
    there.clock.move_to(at.clock.now())
    there.services.interviewing.start_now(luis.id)
    report(at, *there.saved)
    return there


def ending_of(at: Driver, library: Library, interview: Interview) -> list[Change]:
    """Return the changes by which another session ends an interview."""
    contact = at.store.require(Contact, interview.contact_id)
    there = Bench(library, store=Store([contact, interview]), session="there")
    there.clock.move_to(at.clock.now())
    there.services.interviewing.end(interview.id)
    return there.saved


async def test_the_offer_to_resume_is_not_answered_before_it_can_be_read(
    running: Bench, seconds: Seconds
) -> None:
    async with driven(running, monotonic=seconds) as at:
        await at.press("enter", "x", "l")
        seconds.now = SOON
        await at.press("enter", "x", "escape")
        assert at.shows(ResumeDialog)
        seconds.now = LATER
        await at.press("l")
        assert not at.shows(ResumeDialog)


async def test_the_first_screen_of_a_new_user_too(bench: Bench, seconds: Seconds) -> None:
    async with driven(bench, monotonic=seconds) as at:
        await at.press("d", "enter", "escape")
        assert at.shows(FirstRun)
        seconds.now = LATER
        await at.press("l")
        assert not at.shows(FirstRun)


async def test_the_question_what_became_of_a_meeting_too(known: Bench, seconds: Seconds) -> None:
    mei = only(known.store.all(Contact))
    known.services.interviewing.arrange(mei.id, local("2026-11-23 10:00"), Mode.PHONE, "")
    known.clock.move_to(local("2026-11-23 12:00"))
    async with driven(known, monotonic=seconds) as at:
        seconds.now = 10.0
        at.one(Rows, "queue").go(at.owed("Mei Tanaka", FollowUpKind.INTERVIEW).id)
        await at.press("enter", "n", "y", "m", "escape")
        assert at.shows(MissedDialog)
        seconds.now += LATER
        await at.press("n")
        assert not at.shows(MissedDialog)


async def test_what_to_do_about_unsaved_changes_too(known: Bench, seconds: Seconds) -> None:
    async with driven(known, monotonic=seconds) as at:
        seconds.now = 10.0
        with patch.object(at.app.save_status.writer, "drain", return_value=False):
            await at.press("q", "x", "w", "q")
            assert at.shows(UnsavedDialog)
            assert at.focused == ""
            seconds.now += LATER
            await at.press("q")
            assert not at.shows(UnsavedDialog)


async def test_which_of_two_interviews_goes_on_is_not_answered_by_a_key_that_was_on_its_way(
    with_luis: Bench, library: Library, seconds: Seconds
) -> None:
    async with driven(with_luis, monotonic=seconds) as at:
        seconds.now = 10.0
        await at.press("l")
        run_with_luis_elsewhere(at, library)
        await at.settle()
        await at.forward(seconds=1)
        assert at.shows(RunningDialog)
        await at.press("x", "w", "g", "escape")
        assert (at.shows(RunningDialog), len(at.store.going())) == (True, 2)
        seconds.now += LATER
        await at.press("x")
        assert (at.shows(RunningDialog), len(at.store.going())) == (False, 1)


async def test_a_key_typed_before_it_but_delivered_after_it_does_not_answer(
    with_luis: Bench, library: Library, seconds: Seconds
) -> None:
    async with driven(with_luis, monotonic=seconds) as at:
        seconds.now = 10.0
        await at.press("l")
        run_with_luis_elsewhere(at, library)
        await at.settle()
        at.app.post_message(key_event("j"))
        at.app.post_message(key_event("x"))
        await at.forward(seconds=1)
        assert (at.shows(RunningDialog), len(at.store.going())) == (True, 2)


async def test_when_another_session_closes_a_question_letters_do_not_go_to_the_screen_below(
    with_luis: Bench, library: Library, seconds: Seconds
) -> None:
    async with driven(with_luis, monotonic=seconds) as at:
        seconds.now = 10.0
        await at.press("l", "2", "/", *"Luis", "enter", "i", "s")
        assert at.shows(RunningDialog)
        (mei,) = at.store.going()
        report(at, *ending_of(at, library, mei))
        await at.settle()
        assert not at.shows(RunningDialog)
        await at.press("s")
        assert list(at.store.going()) == []
        seconds.now += LATER
        await at.press("s")
        assert len(at.store.going()) == 1


async def test_when_another_session_ends_the_interview_words_in_a_note_run_no_command(
    running: Bench, library: Library, seconds: Seconds
) -> None:
    async with driven(running, monotonic=seconds) as at:
        seconds.now = 10.0
        await at.press("enter", "enter", *"wor")
        (mei,) = at.store.going()
        report(at, *ending_of(at, library, mei))
        await at.settle()
        await at.press(*"d2 q")
        assert (at.app.is_running, at.shows(InterviewScreen)) == (True, True)
        seconds.now += LATER
        await at.press("2")
        assert at.shows(PeopleScreen)


async def test_what_a_key_opens_is_never_delayed_and_neither_are_keys_with_ctrl(
    with_luis: Bench, seconds: Seconds
) -> None:
    async with driven(with_luis, monotonic=seconds) as at:
        seconds.now = 10.0
        await at.press("l", "2", "/", *"Luis", "enter", "c", "o", "t", "x")
        assert [at.store.require(Contact, meeting.contact_id).name for meeting in at.store.going()] == [
            "Luis Ortega"
        ]
    async with driven(with_luis, monotonic=seconds) as at:
        assert at.shows(ResumeDialog)
        await at.press("ctrl+q")
        assert not at.app.is_running
