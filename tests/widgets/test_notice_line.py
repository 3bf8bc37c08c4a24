"""A notice is whole, wherever it can be, and never covers more than it may."""

from __future__ import annotations

import pytest
from warmcall.widgets.notice_line import NoticeLine

from tests.widgets.stage import staged

PATH = "Written to /home/robin/.local/share/warmcall/interview.txt, ready to print"


@pytest.mark.parametrize(
    ("width", "text", "warning", "lines"),
    [
        (40, "Done. u undoes it", False, [" Done. u undoes it"]),
        (40, "The line is gone", True, [" ! The line is gone"]),
        (30, "One two three four five six", True, [" ! One two three four five", "   six"]),
        (
            40,
            PATH,
            False,
            [" Written to /home/robin/.local/share/wa", " rmcall/interview.txt, ready to print"],
        ),
        (40, "One\ntwo", False, [" One", " two"]),
        (40, "a\x1b[31m [bold]b[/]", False, [" a␛[31m [bold]b[/]"]),
        (12, "one two three four five six seven", False, [" one two", " three four", " five six…"]),
        (20, "佐藤 由美: held", False, [" 佐藤 由美: held"]),
    ],
)
async def test_a_notice_is_broken_into_at_most_three_indented_lines_and_none_of_it_is_a_command(
    width: int, text: str, warning: bool, lines: list[str]
) -> None:
    line = NoticeLine()
    async with staged(line, (width, 6)) as at:
        line.show(text, warning)
        await at.pilot.pause()
        assert [item for item in at.lines if item] == lines
        assert at.lines[-1] == lines[-1]
        line.hide()
        await at.pilot.pause()
        assert not any(at.lines)
