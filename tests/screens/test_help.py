from __future__ import annotations

import pytest
from warmcall.screens.help import HelpDialog
from warmcall.screens.queue.screen import QueueScreen
from warmcall.screens.when_form import WhenDialog
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.screens.driving import driven


@pytest.mark.parametrize("key", ["?", "f1"])
async def test_help_opens_and_closes_on_the_same_key(demo: Bench, key: str) -> None:
    async with driven(demo) as at:
        await at.press(key)
        assert "The keys here and now" in at.text
        await at.press(key)
        assert at.shows(QueueScreen)


async def test_typing_filters_by_key_label_and_description_and_enter_runs(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("?", "/")
        await at.type("put off")
        assert [row.texts[1] for row in at.one(Rows, "keys").rows] == ["Snooze"]
        await at.press("backspace", "backspace", "backspace", "backspace")
        await at.type(" it off")
        await at.press("enter")
        assert at.shows(WhenDialog)


async def test_enter_does_nothing_while_the_filter_finds_nothing(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("?", "/")
        await at.type("xyzzy")
        await at.press("enter")
        assert at.shows(HelpDialog)
        assert list(at.one(Rows, "keys").rows) == []


async def test_a_key_that_cannot_act_is_listed_with_the_reason(demo: Bench) -> None:
    async with driven(demo, size=(120, 40)) as at:
        await at.press("?", "/")
        await at.type("thank")
        assert "not now: The thank-you to" in at.flat


async def test_the_reply_letters_are_listed_with_their_replies(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("6", "3", "y", "?", "/")
        await at.type("hiring")
        await at.press("enter")
        assert "[3 Call]" in at.top
        assert "that's fine" in at.flat


async def test_help_over_a_form_lists_the_keys_of_the_form(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("a", "f1")
        rows = {row.texts[0]: row.texts[1] for row in at.one(Rows, "keys").rows}
        assert rows["^s"] == "Save"
        assert rows["Esc"] == "Cancel"
        assert not any(len(key) == 1 for keys in rows for key in keys.split())


async def test_the_palette_finds_and_runs_an_action_by_its_name(demo: Bench) -> None:
    async with driven(demo) as at:
        for key in (":", "ctrl+p"):
            await at.press(key)
            await at.type("snooze")
            await at.press("enter")
            assert at.shows(WhenDialog)
            await at.press("escape")
            assert at.shows(QueueScreen)
