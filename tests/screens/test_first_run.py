from __future__ import annotations

import pytest

from tests.conftest import Made
from tests.screens.driving import driven
from tui.screens.first_run import DEMO, FirstRun
from tui.screens.forms import FormDialog
from tui.screens.queue import QueueScreen


@pytest.mark.parametrize("key", ["enter", "s"])
async def test_start_asks_for_the_first_facts_and_saves_what_was_filled(made: Made, key: str) -> None:
    async with driven(made) as at:
        await at.press(key)
        await at.type("Robin Vale")
        await at.press("ctrl+s")
        assert at.shows(QueueScreen)
        profile, target = at.book.profile, at.book.target
        assert profile is not None
        assert target is not None
        assert (profile.name, profile.minutes, target.role) == ("Robin Vale", 20, "")
        assert len(made.done) == 1


async def test_a_form_left_leads_back_to_the_first_screen(made: Made) -> None:
    async with driven(made) as at:
        await at.press("enter", "escape")
        assert at.shows(FirstRun)
        assert made.saved == []


async def test_d_ends_with_the_wish_for_the_sample_data(made: Made) -> None:
    async with driven(made) as at:
        await at.press("d")
    assert at.app.return_value == DEMO
    assert made.saved == []


async def test_l_goes_straight_in(made: Made) -> None:
    async with driven(made) as at:
        await at.press("l")
        assert at.shows(QueueScreen)
        assert made.saved == []


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+q"])
async def test_quitting_at_once_writes_nothing(made: Made, key: str) -> None:
    async with driven(made) as at:
        await at.press(key)
        assert not at.app.is_running
    assert made.saved == []


async def test_the_minutes_asked_for_are_checked(made: Made) -> None:
    async with driven(made) as at:
        await at.press("enter", "tab", "tab", "tab", "tab", "tab")
        await at.type("0")
        await at.press("enter")
        assert at.shows(FormDialog)
        assert "minutes: a number from 5 to 120" in at.text
        await at.press("backspace", "ctrl+s")
        assert at.book.profile is not None


async def test_someone_who_has_begun_is_not_welcomed_again(known: Made) -> None:
    async with driven(known) as at:
        assert at.shows(QueueScreen)


async def test_what_is_wrong_with_the_files_is_said_at_the_start(made: Made) -> None:
    async with driven(made, notices=("scripts/mine.yaml, line 3: [bold]",)) as at:
        assert at.said == ["scripts/mine.yaml, line 3: [bold]"]


async def test_more_than_three_things_wrong_are_told_of_a_line_each_and_the_rest_counted(made: Made) -> None:
    notices = tuple(f"keymap.yaml, line {line}: no such key" for line in range(1, 7))
    async with driven(made, notices=notices, toasts=True) as at:
        for line in (1, 2, 3):
            assert f"keymap.yaml, line {line}: no such key" in at.text
        assert "and 3 more: `warmcall check` lists all" in at.text
        assert "line 4" not in at.text
        assert "␊" not in at.text


async def test_the_first_screen_is_not_left_by_the_keys_of_the_others(made: Made) -> None:
    async with driven(made) as at:
        await at.press("1", "2", "3", "4", "6", "[", "]")
        assert at.shows(FirstRun)
