"""Lines that go on stand under the words they belong to."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from warmcall.widgets.hanging_text import HangingText, indents_of
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart

from tests.widgets.stage import staged

LABEL = ("Place  ", "$muted")


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (["one two three four five six"], ["one two three four five", "six"]),
        ([LABEL, "one two three four five six"], ["Place  one two three", "       four five six"]),
        ([LABEL, "one\ntwo\n\nthree"], ["Place  one", "       two", "", "three"]),
        ([LABEL, "one\n", LABEL, "two"], ["Place  one", "Place  two"]),
        ([("Title", "bold"), "\n", "one two three four five six"],
         ["Title", "one two three four five", "six"]),
        ([("☎", "$primary"), " one two three four five six"], ["☎ one two three four", "  five six"]),
        (["· one two three four five six"], ["· one two three four", "  five six"]),
        (["  12. one two three four five six"], ["  12. one two three four", "      five six"]),
        (["  one two three four five six"], ["  one two three four", "  five six"]),
        (["[x] one two three four five six"], ["[x] one two three four", "    five six"]),
        ([("A label of many words ", "bold"), "one two three"], ["A label of many words", "one two three"]),
        ([("A long label ", "bold"), "one two three four"], ["A long label one two", "three four"]),
        ([LABEL, "/a-path-that-fits-no-line"], ["Place  /a-path-that-fits", "       -no-line"]),
        ([LABEL, ""], ["Place"]),
    ],
)  # fmt: skip
async def test_lines_go_on_under_the_text_after_a_label_or_a_bullet(
    parts: Sequence[RichPart], lines: list[str]
) -> None:
    async with staged(Panel(*parts), (24, 6)) as at:
        assert "\n".join(at.lines).rstrip().split("\n") == lines


_texts = st.text("ab ·1.\n佐", max_size=30)
_parts = st.one_of(_texts, st.tuples(st.text("ab ", max_size=9), st.just("bold")))


@given(st.lists(_parts), st.integers(10, 40))
def test_every_word_is_kept_and_no_line_is_wider_than_it_may_be(parts: list[RichPart], width: int) -> None:
    content = Content.assemble(*parts)
    text = HangingText(content, indents_of(parts))
    broken = text._at(width, {})
    assert "".join(broken.plain.split()) == "".join(content.plain.split())
    assert all(line.cell_length <= width for line in broken.wrap(width))
    assert text.get_height({}, width) == len(broken.wrap(width))
