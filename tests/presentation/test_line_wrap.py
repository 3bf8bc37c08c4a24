"""Long lines broken between words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.presentation.line_wrap import wrapped
from warmcall.widgets.rich_text import RichPart


def shown(lines: list[list[RichPart]]) -> list[str]:
    return ["".join(part if isinstance(part, str) else part[0] for part in line) for line in lines]


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("one two three", 20, ["one two three"]),
        ("one two three", 8, ["one two", "three"]),
        ("  one two three", 10, ["  one two", "  three"]),
        ("5c6f  call Luis Ortega today", 20, ["5c6f  call Luis", "      Ortega today"]),
        ("unbreakablylong word", 8, ["unbreakablylong", "word"]),
        ("佐藤 由美さんに電話", 8, ["佐藤 由", "美さんに", "電話"]),
        ("", 8, [""]),
        ("anything", 0, ["anything"]),
    ],
)
def test_a_line_breaks_between_words_and_stays_under_its_beginning(
    text: str, columns: int, lines: list[str]
) -> None:
    assert shown(wrapped([text], columns)) == lines


def test_each_word_keeps_its_style() -> None:
    line: list[RichPart] = ["a  ", ("late by", "$warning"), " · call"]
    assert wrapped(line, 9) == [
        ["a  ", ("late", "$warning")],
        ["   ", ("by", "$warning"), " ", "·"],
        ["   ", "call"],
    ]


@given(st.lists(st.text(alphabet="ab c", max_size=9), max_size=6), st.integers(1, 30))
def test_no_letter_is_lost_and_no_line_is_wider_but_for_a_long_word(texts: list[str], columns: int) -> None:
    lines = shown(wrapped(list(texts), columns))
    assert "".join("".join(lines).split()) == "".join("".join(texts).split())
    longest = max(map(len, "".join(texts).split()), default=0)
    assert all(len(line) <= max(columns, longest + columns // 2) for line in lines)
