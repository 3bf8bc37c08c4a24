"""The look back at a week: reached, filled, left, and never pressing."""

from __future__ import annotations

from datetime import date

from warmcall.domain.records import Week
from warmcall.domain.vocabulary import Outcome, TargetChange
from warmcall.presentation.weeks import CHANGES_QUESTION, LEARNED_QUESTION
from warmcall.screens.people.shortlist import ShortlistScreen
from warmcall.screens.queue.screen import QueueScreen
from warmcall.screens.queue.week_form import WeekForm
from warmcall.screens.queue.week_review import WeekScreen
from warmcall.services.calling import CallResult

from tests.conftest import Bench
from tests.examples import local
from tests.screens.driving import app_over, driven
from tests.screens.test_pictures import EIGHTY, Compares, pressing

MONDAY = date(2026, 11, 23)


async def test_two_minutes_on_a_friday(demo: Bench) -> None:
    demo.clock.move_to(local("2026-11-27 16:00"))
    async with driven(demo) as at:
        assert "R looks back at it" in at.line_of("Your week")
        await at.press("R")
        assert at.shows(WeekScreen)
        assert at.line_of("Asked 0 of 5").split()[:6] == ["Asked", "0", "of", "5", "people", "○○○○○"]
        await at.press("enter")
        await at.type("They plan in flights; vSx are letters ")
        at.one(WeekForm, "week-form").flush()  # as it is shortly after a letter
        await at.settle()
        await at.type("here.")
        await at.press("enter", "a", "enter")
        assert at.shows(QueueScreen)
        week = demo.services.weeks.week(MONDAY)
        assert (week.learned, week.changes) == (
            "They plan in flights; vSx are letters here.", TargetChange.A_LITTLE,
        )  # fmt: skip
        assert week.reviewed
        assert "Your week" not in at.panel("quiet")
        await at.press("u")
        assert "Your week" in at.panel("quiet")


async def test_each_question_stands_right_above_its_field(demo: Bench) -> None:
    async with driven(demo, size=(60, 20)) as at:
        await at.press("R")
        for question, label in ((LEARNED_QUESTION, "Learned "), (CHANGES_QUESTION, "Target ")):
            asked = at.lines.index(at.line_of(question))
            assert at.lines[asked + 1].strip().startswith(label)


async def test_a_week_off_and_never_again_are_a_key_each_and_undone_by_one(demo: Bench) -> None:
    demo.clock.move_to(local("2026-11-27 16:00"))
    weeks = demo.services.weeks
    async with driven(demo, size=(100, 30)) as at:
        await at.press("R", "v")
        assert weeks.is_off(MONDAY)
        assert at.line_of("Week off: it")
        assert "u undoes it" in at.last_said
        await at.read()
        assert "v No week off" in at.footer
        await at.press("u")
        assert not weeks.is_off(MONDAY)
        await at.press("N")
        assert not weeks.offers()
        await at.press("N", "q")
        assert weeks.is_offered()
        await at.press("R", "N", "escape")
        assert at.shows(QueueScreen)
        assert "Your week" not in at.panel("quiet")


async def test_a_wide_queue_says_in_its_title_how_many_were_asked(demo: Bench) -> None:
    async with driven(demo, size=(120, 40)) as at:
        assert "╭─ Owed ─" in at.text
        demo.services.calling.record(at.contact("Luis Ortega").id, CallResult(outcome=Outcome.VOICEMAIL))
        await at.settle()
        assert "╭─ Owed · asked 1 of 5 this week ─" in at.text
        await at.press("u")
        assert "╭─ Owed ─" in at.text


async def test_the_weeks_before_and_the_next_one_are_a_key_away(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("R", "left")
        assert "Mon 16 to Fri 20 Nov" in at.text
        await at.press("e")
        await at.type("Ask by phone.")
        await at.press("escape", "right")
        assert "Mon 23 to Fri 27 Nov" in at.text
        assert "Ask by phone." in at.line_of("16 Nov")
        await at.press("right", "right")
        assert "Mon 30 Nov to Fri 4 Dec" in at.text
        assert "next week" in at.last_said
        await at.press("x")
        assert "still to come" in at.last_said
        assert max(week.monday for week in at.store.all(Week)) == date(2026, 11, 16)
        await at.press("v")
        assert demo.services.weeks.is_off(date(2026, 11, 30))
        await at.press("Y")
        assert at.copied[-1].startswith("Your week · Mon 30 Nov to Fri 4 Dec")


async def test_the_rest_of_the_goal_comes_from_the_shortlist_and_one_comes_back(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("R", "S")
        assert at.shows(ShortlistScreen)
        await at.press("q")
        assert at.shows(WeekScreen)


async def test_words_typed_outlive_a_line_that_drops_and_another_screen(demo: Bench) -> None:
    async with driven(demo, size=(60, 20)) as at:
        await at.press("R", "e")
        await at.type("Half of it is checking.")
        await at.cut_off()
        assert demo.services.weeks.week(MONDAY).learned == "Half of it is checking."
        await at.press("escape", "6", "1")
        assert at.shows(QueueScreen)


def test_the_week_looks_as_it_did(demo: Bench, snap_compare: Compares) -> None:
    demo.clock.move_to(local("2026-11-27 16:00"))
    assert snap_compare(app_over(demo), terminal_size=EIGHTY, run_before=pressing(demo, "R"))
