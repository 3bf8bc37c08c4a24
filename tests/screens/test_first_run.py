from __future__ import annotations

import pytest
from warmcall.screens.forms import FormDialog
from warmcall.screens.profile.first_run import DEMO, FirstRun
from warmcall.screens.queue.screen import QueueScreen
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.screens.driving import driven


@pytest.mark.parametrize("key", ["enter", "s"])
async def test_start_asks_for_the_first_facts_and_saves_what_was_filled(bench: Bench, key: str) -> None:
    async with driven(bench) as at:
        await at.press(key)
        await at.type("Robin Vale")
        await at.press("ctrl+s")
        assert at.shows(QueueScreen)
        profile, target = at.store.profile, at.store.target
        assert profile is not None
        assert target is not None
        assert (profile.name, profile.minutes, target.role) == ("Robin Vale", 20, "")
        assert len(bench.done) == 1


async def test_a_form_left_leads_back_to_the_first_screen(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("enter", "escape")
        assert at.shows(FirstRun)
        assert bench.saved == []


async def test_d_ends_the_app_with_the_choice_of_sample_data(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("d")
    assert at.app.return_value == DEMO
    assert bench.saved == []


async def test_l_skips_the_form(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("l")
        assert at.shows(QueueScreen)
        assert bench.saved == []


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+q"])
async def test_quitting_at_once_writes_nothing(bench: Bench, key: str) -> None:
    async with driven(bench) as at:
        await at.press(key)
        assert not at.app.is_running
    assert bench.saved == []


async def test_the_minutes_asked_for_are_checked(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("enter", *["tab"] * 9)
        await at.type("0")
        await at.press("enter")
        assert at.shows(FormDialog)
        assert "minutes: a number from 5 to 120" in at.text
        await at.press("backspace", "ctrl+s")
        assert at.store.profile is not None


async def test_the_first_screen_does_not_come_back(known: Bench) -> None:
    async with driven(known) as at:
        assert at.shows(QueueScreen)


async def test_problems_of_the_files_show_at_the_start(bench: Bench) -> None:
    async with driven(bench, notices=("scripts/mine.yaml, line 3: [bold]",)) as at:
        assert at.said == ["scripts/mine.yaml, line 3: [bold]"]


async def test_of_several_problems_the_first_shows_and_a_key_lists_all(bench: Bench) -> None:
    notices = tuple(f"keymap.yaml, line {line}: no such key" for line in range(1, 7))
    async with driven(bench, notices=notices) as at:
        assert at.lines[-2:] == [" ! keymap.yaml, line 1: no such key", "   5 more: M lists all"]
        await at.press("M")
        assert [row.cells[1] for row in at.one(Rows, "notices").rows] == [f"! {item}" for item in notices]


async def test_the_first_screen_is_not_left_by_the_keys_of_the_others(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("1", "2", "3", "4", "5", "6", "[", "]")
        assert at.shows(FirstRun)
