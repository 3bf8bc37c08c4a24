from __future__ import annotations

import pytest
from warmcall.domain.records import Interview
from warmcall.domain.vocabulary import FollowUpKind, Mode
from warmcall.screens.interview.resume import MissedDialog, NeverEndedDialog, ResumeDialog
from warmcall.screens.queue.screen import QueueScreen
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import local, only
from tests.screens.driving import Driver, driven


@pytest.fixture
def running(known: Bench) -> Bench:
    """Services with an interview that began five minutes ago, at its third question."""
    mei = next(iter(known.store.open_follow_ups())).contact_id
    meeting = known.services.interviewing.start_now(mei)
    assert meeting is not None
    known.services.interview_notes.write(meeting.id, "field-changing", "to video")
    known.services.interview_notes.go_to(meeting.id, "field-changing")
    known.clock.forward(minutes=5)
    return known


def at_the_same_question(at: Driver) -> bool:
    """Return whether the interview shows its third question with the notes to it."""
    editor = at.one(NotesEditor, "during-editor")
    return (at.one(Rows, "during-list").key, editor.text) == ("field-changing", "to video")


async def test_the_interview_goes_on_at_the_same_question_with_the_right_time(running: Bench) -> None:
    async with driven(running) as at:
        assert "Resume with Mei Tanaka, 15:00 left?" in at.text
        await at.forward(minutes=1)
        await at.press("enter")
        assert "[4 Interview]" in at.top
        assert at.top.endswith(" 14:00 left")
        assert at_the_same_question(at)


@pytest.mark.parametrize("key", ["escape", "l"])
async def test_it_can_wait_and_is_on_the_interview_screen(running: Bench, key: str) -> None:
    async with driven(running) as at:
        await at.press(key)
        assert at.shows(QueueScreen)
        assert at.top.endswith(" 15:00 left")
        await at.press("4")
        assert at_the_same_question(at)


async def test_x_ends_it_at_once_and_offers_the_debrief(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("x")
        assert "Debrief  e  while it is fresh: what did you learn?" in at.text
        assert only(at.store.all(Interview)).ended_at == at.clock.now()


async def test_time_that_ran_over_while_away_is_shown(running: Bench) -> None:
    running.clock.forward(minutes=17, seconds=30)
    async with driven(running) as at:
        assert at.shows(ResumeDialog)
        assert "Resume with Mei Tanaka, over by 2:30?" in at.text


async def test_a_paused_interview_comes_back_paused(running: Bench) -> None:
    running.services.interviewing.toggle_pause(only(running.store.all(Interview)).id)
    running.clock.forward(hours=3)
    async with driven(running) as at:
        assert "Resume with Mei Tanaka, paused, 15:00 left?" in at.text


async def test_nothing_is_offered_when_nothing_runs(known: Bench) -> None:
    async with driven(known) as at:
        assert at.shows(QueueScreen)


@pytest.fixture
def left_running(running: Bench) -> Bench:
    """Services with that interview left running: its last note at 9:00 yesterday, as of Tuesday 8:00."""
    running.clock.move_to(local("2026-11-24 08:00"))
    return running


async def test_an_interview_never_ended_is_ended_as_of_its_last_note_and_debriefed(
    left_running: Bench,
) -> None:
    async with driven(left_running) as at:
        assert "was never ended: last note yesterday 09:00. End it as of yesterday 09:00?" in at.flat
        assert "The thank-you is due today 09:00" in at.flat
        await at.press("enter")
        assert "Debrief" in at.text
        assert "[4 Interview]" in at.top
        assert only(at.store.all(Interview)).ended_at == local("2026-11-23 09:00")
        await at.press("escape", "u")
        assert at.store.running() is not None


async def test_a_thank_you_that_is_late_by_then_is_mentioned_kindly(left_running: Bench) -> None:
    left_running.clock.forward(days=1)
    async with driven(left_running) as at:
        assert "The thank-you was due yesterday 09:00: late is better than never" in at.flat
        await at.press("x", "escape", "1")
        assert "23 h late" in at.line_of("✉ Mei Tanaka")


async def test_an_interview_still_going_on_is_resumed_and_not_asked_about_again(left_running: Bench) -> None:
    async with driven(left_running) as at:
        await at.press("r")
        assert at_the_same_question(at)
        await at.press("1", "4")
        assert not at.shows(NeverEndedDialog)
        assert at_the_same_question(at)


@pytest.mark.parametrize("open_it", ["4", "enter"])
async def test_an_interview_never_ended_is_asked_about_again_where_it_is_opened(
    left_running: Bench, open_it: str
) -> None:
    async with driven(left_running) as at:
        await at.press("l")
        assert "never ended" in at.line_of("◷ Mei Tanaka")
        await at.press("g")
        at.one(Rows, "queue").go(at.owed("Mei Tanaka", FollowUpKind.INTERVIEW).id)
        await at.press(open_it)
        assert at.shows(NeverEndedDialog)
        await at.press("l")
        assert at_the_same_question(at)
        await at.press("1", "4", "x")
        assert "Debrief" in at.text
        assert only(at.store.all(Interview)).ended_at == local("2026-11-23 09:00")


@pytest.fixture
def missed(known: Bench) -> Bench:
    """Services with a meeting with Mei Tanaka at 10:00, as of 12:00."""
    mei = next(iter(known.store.open_follow_ups())).contact_id
    known.services.interviewing.arrange(mei, local("2026-11-23 10:00"), Mode.PHONE, "")
    known.clock.move_to(local("2026-11-23 12:00"))
    return known


async def open_missed(at: Driver) -> None:
    assert "2 h late" in at.line_of("◷ Mei Tanaka")
    at.one(Rows, "queue").go(at.owed("Mei Tanaka", FollowUpKind.INTERVIEW).id)
    await at.press("enter")
    assert at.shows(MissedDialog)
    assert "planned for today 10:00, and the clock was never started" in at.flat


async def test_a_meeting_held_without_the_clock_is_debriefed(missed: Bench) -> None:
    async with driven(missed) as at:
        await open_missed(at)
        await at.press("y")
        assert "Debrief" in at.text
        assert only(at.store.all(Interview)).ended_at == local("2026-11-23 10:20")
        assert " Mei Tanaka · today 10:00 · interview by phone" in at.lines


async def test_a_meeting_that_did_not_take_place_leads_back_to_a_call(missed: Bench) -> None:
    async with driven(missed) as at:
        await open_missed(at)
        await at.press("n")
        assert at.last_said == "A call to Mei Tanaka is in the queue. u undoes it"
        assert "No interview is planned with Mei Tanaka." in at.text
        await at.press("1")
        assert "not held Mon 23 Nov" in at.line_of("☎ Mei Tanaka")
        await at.press("u")
        assert "◷ Mei Tanaka" in at.text


async def test_a_meeting_that_did_not_take_place_can_be_moved(missed: Bench) -> None:
    async with driven(missed) as at:
        await open_missed(at)
        await at.press("m")
        await at.type("fri 9am")
        await at.press("ctrl+s")
        assert only(at.store.all(Interview)).at == local("2026-11-27 09:00")


async def test_a_meeting_never_started_can_still_be_started(missed: Bench) -> None:
    async with driven(missed) as at:
        await open_missed(at)
        await at.press("escape")
        assert "[4 Interview]" in at.top
        await at.press("s")
        assert at.store.running() is not None
