from __future__ import annotations

import pytest
from textual.widgets import Input
from warmcall.widgets.filter_line import FilterLine

from tests.widgets.stage import staged


async def test_the_line_is_hidden_until_it_is_opened_and_begins_empty_each_time() -> None:
    line = FilterLine("filter: words")
    async with staged(line) as stage:
        assert not line.display
        line.open()
        await stage.press("m", "e", "i")
        assert line.value == "mei"
        line.open()
        assert (line.value, line.has_focus) == ("", True)


async def test_closing_empties_the_line_and_says_whether_it_was_open() -> None:
    line = FilterLine("filter: words")
    async with staged(line):
        assert not line.close()
        line.open()
        line.value = "mei"
        assert line.close()
        assert (line.value, line.display) == ("", False)


@pytest.mark.parametrize(
    ("words", "found", "shown"),
    [
        ("", (12, 12), " (filter: words)"),
        ("mei", (3, 12), " mei                            3 of 12"),
        ("m" * 40, (0, 12), f" {'m' * 29}  0 of 12"),
    ],
)
async def test_it_says_what_was_found_and_keeps_the_caret_in_view(
    words: str, found: tuple[int, int], shown: str
) -> None:
    line = FilterLine("filter: words")
    async with staged(line) as stage:
        line.styles.padding = (0, 1)
        line.open()
        line.value = words
        line.show_found(*found)
        await stage.pilot.pause()
        assert stage.lines[0] == shown


async def test_escape_asks_to_clear_and_enter_or_down_leads_into_the_list() -> None:
    line = FilterLine("filter: words")
    async with staged(line) as stage:
        line.open()
        for key, asked in (
            ("escape", FilterLine.Cleared),
            ("enter", Input.Submitted),
            ("down", Input.Submitted),
        ):
            await stage.press(key)
            assert [type(item) for item in stage.received(FilterLine.Cleared, Input.Submitted)] == [asked]
