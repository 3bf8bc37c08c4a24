from __future__ import annotations

import pytest
from warmcall.domain.records import Contact, Interview
from warmcall.screens.interview.panes import InterviewPanes
from warmcall.screens.interview.prep_pane import PrepPane
from warmcall.screens.palette import PaletteDialog
from warmcall.screens.practice.interview import InterviewPractice, PracticeSummaryDialog
from warmcall.screens.queue.screen import QueueScreen
from warmcall.services.practice_interviews import INTERVIEW_RUNS
from warmcall.services.services import Services
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import only, state_of
from tests.screens.driving import Driver, app_over, driven


def practised(at: Driver) -> tuple[Services, Interview]:
    """Return the services of the practice on the screen, and its interview."""
    (screen,) = (
        interview_practice
        for interview_practice in at.app.screen_stack
        if isinstance(interview_practice, InterviewPractice)
    )
    return screen.services, only(screen.services.store.all(Interview))


async def test_it_has_the_panes_of_the_interview_and_says_that_it_is_practice(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("I")
        assert isinstance(at.app.screen.query_one(InterviewPanes).current, PrepPane)
        assert at.top == " Practice · an interview with nobody, nothing is kept · q leaves"
        assert "Alex Moreau · Media Planner, Calder & Rowe" in at.text
        assert "5 questions, about 5 of 5 minutes" in at.text
        await at.press("s")
        assert at.top.startswith(" Practice · ")
        assert at.top.endswith(" 5:00 left")
        assert "question 1 of 5 · 1:00 each · on pace" in at.text
        assert practised(at)[1].practice


async def test_the_short_clock_runs_and_keeps_its_last_minute_for_the_close(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("I", "s")
        await at.forward(seconds=70)
        assert at.top.endswith(" 3:50 left")
        assert "Last five minutes" not in at.text
        await at.forward(minutes=3)
        assert at.panel("close-text").startswith("Say “")
        await at.forward(minutes=1)
        assert at.panel("close-text").startswith("Time is up")
        assert at.top.endswith(" over by 0:10")


async def test_notes_marks_and_undo_are_those_of_the_practice(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("I", "s", "enter")
        await at.type("By accident")
        await at.press("tab")
        services, meeting = practised(at)
        assert meeting.notes == {meeting.checklist[0].id: "By accident"}
        await at.press("escape", "*")
        assert [question.starred for question in practised(at)[1].checklist] == [
            False,
            True,
            False,
            False,
            False,
        ]
        await at.press("u")
        assert at.last_said == "Undone: star"
        assert not any(question.starred for question in practised(at)[1].checklist)
        await at.press("U")
        assert at.last_said == "Done again: star"
        assert services is not at.services


async def test_the_summary_shows_time_questions_close_and_notes_and_can_start_another(
    known: Bench,
) -> None:
    async with driven(known) as at:
        await at.press("I", "s", "enter")
        await at.type("By accident")
        await at.press("escape", "j", "space")
        await at.forward(minutes=4, seconds=30)
        await at.press("x")
        assert at.shows(PracticeSummaryDialog)
        assert "Time      4:30 of 5:00, kept" in at.text
        assert "Questions 2 of 5 asked" in at.text
        assert "Close     who else to talk to was not asked" in at.text
        assert "Notes     1 answer, 2 words" in at.text
        await at.press("enter")
        assert at.shows(InterviewPractice)
        assert "5 questions, about 5 of 5 minutes" in at.text
        assert practised(at)[1].notes == {}
        await at.press("s")
        await at.press("G", "k", "space")
        await at.forward(minutes=6)
        await at.press("x")
        assert "Time      6:00 of 5:00, over by 1:00" in at.text
        assert "Close     asked who else to talk to" in at.text
        assert "Notes     none" in at.text
        await at.press("q")
        assert at.shows(QueueScreen)


async def test_leaving_a_running_practice_shows_the_summary_first(known: Bench) -> None:
    async with driven(known) as at:
        for key in ("q", "escape", "backspace"):
            await at.press("I", key)
            assert at.shows(QueueScreen), key
            await at.press("I", "s", key)
            assert at.shows(PracticeSummaryDialog), key
            await at.press(key)
            assert at.shows(QueueScreen), key


async def test_nothing_of_it_reaches_the_real_store_its_history_or_the_file(known: Bench) -> None:
    before, saved = state_of(known.store), list(known.saved)
    async with driven(known) as at:
        await at.press("I", "space", "a")
        await at.type("And on Fridays?")
        await at.press("enter", "e")
        await at.type("half a word")
        await at.press("ctrl+s", "s", "enter")
        await at.type("By accident")
        at.app.flush()
        await at.press("escape", "r")
        await at.type("Ana Ruiz")
        await at.press("ctrl+s", "p")
        await at.type("send the list")
        await at.press("ctrl+s", "+", "w", "w", "space", "u", "x")
        assert at.shows(PracticeSummaryDialog)
        await at.press("enter", "s", "enter")
        await at.type("left in the midst")
        await at.cut_off()
        assert (state_of(known.store), known.saved) == (before, saved)
        assert [contact.name for contact in at.store.all(Contact)] == ["Mei Tanaka"]
        await at.press("escape", "q", "q")
        assert at.shows(QueueScreen)
        assert " left" not in at.top
        assert "Alex Moreau" not in at.text
        await at.press("u")
        assert at.last_said == "Undone: add Mei Tanaka"


async def test_keys_that_lead_elsewhere_do_nothing_in_practice(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("I")
        for key in ("1", "2", "3", "6", "]", "c", "i", "f", "t", "m", "P", "I"):
            await at.press(key)
            assert at.shows(InterviewPractice), key
        await at.press("?")
        assert "Start the clock" in at.text
        await at.press("escape", "b")
        assert "To read before you meet" in at.text
        await at.press("escape", ":")
        offered = [row.texts[0] for row in at.one(Rows, "keys").rows]
        assert any(item.startswith("Start the clock") for item in offered)
        assert not [item for item in offered if item.startswith(("People", "Call", "Practise"))]


async def test_while_an_interview_runs_practice_is_refused_with_the_reason(known: Bench) -> None:
    known.services.interviewing.start_now(only(known.store.all(Contact)).id)
    async with driven(known) as at:
        await at.press("l", "I")
        assert at.last_said == INTERVIEW_RUNS
        assert at.shows(QueueScreen)
        assert at.top.endswith(" 20:00 left")


async def test_the_palette_offers_it_by_its_name(known: Bench) -> None:
    async with driven(known, size=(120, 40)) as at:
        await at.press(":")
        assert at.shows(PaletteDialog)
        await at.type("practise an interview")
        await at.app.workers.wait_for_complete()
        await at.settle()
        await at.press("enter")
        await at.settle()
        assert at.shows(InterviewPractice)


async def test_started_from_the_command_line_leaving_it_ends_the_app(known: Bench) -> None:
    app = app_over(known, practice_only="interview")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, InterviewPractice)
        await pilot.press("s", "x", "enter")
        await pilot.pause()
        assert isinstance(app.screen, InterviewPractice)
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0
    assert not app.is_running


@pytest.mark.parametrize("size", [(60, 20), (40, 10), (200, 60)])
async def test_it_says_that_it_is_practice_and_how_long_it_lasts_at_every_size(
    known: Bench, size: tuple[int, int]
) -> None:
    async with driven(known, size=size) as at:
        await at.press("I", "s")
        await at.forward(seconds=5)
        assert at.top.startswith(" Practice")
        assert at.top.endswith(" 4:55 left")
