from __future__ import annotations

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
