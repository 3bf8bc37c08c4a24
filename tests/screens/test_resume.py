from __future__ import annotations

import pytest

from tests.conftest import Made
from tests.examples import only
from tests.screens.driving import Driver, driven
from tui.domain.records import Interview
from tui.screens.forms import FormDialog
from tui.screens.queue import QueueScreen
from tui.screens.resume import ResumeDialog
from tui.widgets.notes_editor import NotesEditor
from tui.widgets.rows import Rows


@pytest.fixture
def running(known: Made) -> Made:
    """A desk with an interview that began five minutes ago, at its third question."""
    mei = next(iter(known.book.open_follow_ups())).contact_id
    meeting = known.desk.interviewing.begin_now(mei)
    assert meeting is not None
    known.desk.interviewing.write_notes(meeting.id, "field-changing", "to video")
    known.desk.interviewing.go_to(meeting.id, "field-changing")
    known.clock.forward(minutes=5)
    return known


def at_the_same_question(at: Driver) -> bool:
    """Return whether the interview shows its third question with the notes to it."""
    editor = at.one(NotesEditor, "during-editor")
    return (at.one(Rows, "during-list").key, editor.text) == ("field-changing", "to video")


async def test_the_interview_goes_on_at_the_same_question_with_the_right_time(running: Made) -> None:
    async with driven(running) as at:
        assert "Resume with Mei Tanaka, 15:00 left?" in at.text
        await at.forward(minutes=1)
        await at.press("enter")
        assert "[4 Interview]" in at.top
        assert at.top.endswith(" 14:00 left")
        assert at_the_same_question(at)


@pytest.mark.parametrize("key", ["escape", "l"])
async def test_it_can_wait_and_the_fourth_screen_has_it(running: Made, key: str) -> None:
    async with driven(running) as at:
        await at.press(key)
        assert at.shows(QueueScreen)
        assert at.top.endswith(" 15:00 left")
        await at.press("4")
        assert at_the_same_question(at)


async def test_x_ends_it_at_once_and_asks_for_the_debrief(running: Made) -> None:
    async with driven(running) as at:
        await at.press("x")
        assert at.shows(FormDialog)
        assert "Debrief: what did you learn?" in at.text
        assert only(at.book.all(Interview)).ended_at == at.clock.now()


async def test_a_time_run_over_while_away_is_said_as_it_is(running: Made) -> None:
    running.clock.forward(minutes=17, seconds=30)
    async with driven(running) as at:
        assert at.shows(ResumeDialog)
        assert "Resume with Mei Tanaka, over by 2:30?" in at.text


async def test_a_paused_interview_comes_back_paused(running: Made) -> None:
    running.desk.interviewing.pause_or_go_on(only(running.book.all(Interview)).id)
    running.clock.forward(hours=3)
    async with driven(running) as at:
        assert "Resume with Mei Tanaka, paused, 15:00 left?" in at.text


async def test_nothing_is_offered_when_nothing_runs(known: Made) -> None:
    async with driven(known) as at:
        assert at.shows(QueueScreen)
