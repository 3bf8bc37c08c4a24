"""What is sent for a change of cells, and that an emulated terminal shows exactly those cells."""

from __future__ import annotations

import operator
from typing import Any

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warmcall.terminal.frame_diff import FrameDiff, Piece, Run
from warmcall.terminal.screen_cells import BLANK, Cell, NotCells, Row, cells_of, join, put
from warmcall.terminal.styles import PLAIN, CellStyle, cell_style_of, style_change

from tests.profiles import modest
from tests.terminal.walking import cells

COLUMNS, ROWS = 12, 4
SIZE = (COLUMNS, ROWS)
BOLD = cell_style_of("1")
INK = cell_style_of("38;5;252;48;5;236")
TRUE = cell_style_of("38;2;1;2;3;48;2;4;5;6")
PENS = [
    PLAIN,
    BOLD,
    INK,
    TRUE,
    cell_style_of("1;3;38;5;252;48;5;236"),
    cell_style_of("7;31"),
    cell_style_of("4;9;90;103"),
]
LETTERS = ["a", "b", " ", " ", " ", "é", "─", "美", "e\u0301", "│", "😀"]


def emulator() -> tuple[pyte.Screen, pyte.Stream]:
    """An emulated terminal full of rubbish, in the state that Textual puts one into."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l\x1b[44m" + "".join(f"\x1b[{y + 1}H{'#' * COLUMNS}" for y in range(ROWS)))
    return screen, stream


def shown(screen: pyte.Screen) -> list[list[Any]]:
    return cells(screen)


def drawn_afresh(rows: list[list[Run]]) -> list[list[Any]]:
    """What an emulated terminal shows if every text is written out with a pen of its own."""
    screen, stream = emulator()
    stream.feed("\x1b[m\x1b[2J")
    for y, runs in enumerate(rows):
        stream.feed(
            f"\x1b[{y + 1}H" + "".join(f"{style_change(PLAIN, style)}{text}\x1b[m" for text, style in runs)
        )
    return shown(screen)


def pieces_of(rows: list[list[Run]]) -> list[Piece]:
    return [(0, y, runs) for y, runs in enumerate(rows)]


def sent(*frames: list[Piece], whole: bool = True, cursor: tuple[int, int] = (0, 0)) -> str:
    """What is sent for the last of several frames, each over the one before it."""
    thrift = FrameDiff()
    return [thrift.draw(SIZE, frame, cursor, whole) for frame in frames][-1]


def text(*lines: str, style: CellStyle = PLAIN) -> list[Piece]:
    return [(0, y, [(line.ljust(COLUMNS), style)]) for y, line in enumerate(lines)]


# Styles.


@pytest.mark.parametrize(
    ("codes", "style"),
    [
        ("", PLAIN),
        ("39;49", PLAIN),
        ("1;3;31;42", CellStyle(frozenset({"1", "3"}), "31", "42")),
        ("4;96;107", CellStyle(frozenset({"4"}), "96", "107")),
        ("38;5;1;48;5;4", CellStyle(frozenset(), "38;5;1", "48;5;4")),
        ("7;38;2;1;31;41;48;2;4;5;6", CellStyle(frozenset({"7"}), "38;2;1;31;41", "48;2;4;5;6")),
        ("53", CellStyle(frozenset({"53"}))),
    ],
)
def test_a_cell_style_is_read_from_its_codes(codes: str, style: CellStyle) -> None:
    assert cell_style_of(codes) == style


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("1;31", "1;31", ""),
        ("1;31", "", "\x1b[m"),
        ("31", "1;31", "\x1b[1m"),
        ("1;31", "31", "\x1b[22m"),
        ("31;42", "31;43", "\x1b[43m"),
        ("31;42", "31", "\x1b[49m"),
        ("38;5;252;48;5;236", "38;5;253;48;5;236", "\x1b[38;5;253m"),
        ("1;38;5;252;48;5;236", "38;5;252;48;5;236", "\x1b[22m"),
        ("1;2;31", "1;31", "\x1b[22;1m"),
        ("1;2;38;5;252;48;5;236", "2;38;5;9;48;5;236", "\x1b[22;2;38;5;9m"),
        ("1;3;38;5;252;48;5;236", "1;38;5;252;48;5;236", "\x1b[0;1;38;5;252;48;5;236m"),
        ("3;38;5;252;48;5;236", "1;3", "\x1b[0;1;3m"),
    ],
)
def test_from_one_style_to_another_only_the_difference_is_sent(before: str, after: str, codes: str) -> None:
    assert style_change(cell_style_of(before), cell_style_of(after)) == codes


# Cells.


@pytest.mark.parametrize(
    ("words", "joins", "cells"),
    [
        ("ab", "", [Cell("a", INK), Cell("b", INK)]),
        ("─é", "", [Cell("─", INK), Cell("é", INK)]),
        ("美b", "", [Cell("美", INK, 2), Cell("", INK, 0), Cell("b", INK)]),
        ("e\u0301b", "", [Cell("e\u0301", INK, 1, sure=False), Cell("b", INK)]),
        ("\u0301b", "\u0301", [Cell("b", INK)]),
        ("☎\ufe0f", "", [Cell("☎\ufe0f", INK, 2, sure=False), Cell("", INK, 0)]),
        ("👩\u200d🚀", "", [Cell("👩\u200d🚀", INK, 2, sure=False), Cell("", INK, 0)]),
        ("\xad", "", [Cell("\xad", INK, 1, sure=False)]),
    ],
)
def test_a_text_takes_as_many_cells_as_it_is_wide(words: str, joins: str, cells: list[Cell]) -> None:
    assert cells_of(words, INK) == (joins, tuple(cells))


def test_all_texts_share_the_cells_of_a_character_in_a_style() -> None:
    first, second, bold = (cells_of(*run)[1] for run in [("a美é", INK), ("éa美", INK), ("a美é", BOLD)])
    a, wide, right_half, accented = first
    assert all(map(operator.is_, second, (accented, a, wide, right_half)))
    assert all(map(operator.is_not, first, bold))


def test_the_cells_of_a_thousand_texts_are_kept_however_many_were_drawn() -> None:
    for number in range(3000):
        cells_of(f"another text, {number}", INK)
    assert cells_of.cache_info().currsize <= 1024


@pytest.mark.parametrize("words", ["a\x1b[2J", "a\nb", "\t", "\x7f", "\x9b31m"])
def test_control_characters_are_no_cells(words: str) -> None:
    with pytest.raises(NotCells):
        cells_of(words, PLAIN)


@pytest.mark.parametrize(
    ("before", "x", "words", "after"),
    [
        ("abcd", 1, "XY", "aXYd"),
        ("abcd", 3, "XY", "abcX"),
        ("abcd", 5, "XY", "abcd"),
        ("美cd", 1, "X", " Xcd"),
        ("a美d", 0, "XY", "XY d"),
        ("abcd", 3, "美", "abc "),
        ("美cd", 0, "好", "好cd"),
    ],
)
def test_half_a_wide_character_becomes_a_blank(before: str, x: int, words: str, after: str) -> None:
    row: Row = list(cells_of(before, PLAIN)[1])
    put(row, x, cells_of(words, PLAIN)[1])
    assert row == list(cells_of(after, PLAIN)[1])


def test_a_mark_that_begins_a_text_joins_the_character_before_it() -> None:
    row: Row = list(cells_of("美d", PLAIN)[1])
    join(row, 2, "\u0301")
    assert row[0] == Cell("美\u0301", PLAIN, 2, sure=False)


# What is sent.


def test_the_first_frame_wipes_the_screen_and_leaves_blank_ends_out() -> None:
    assert sent(text("ab", "")) == "\x1b[m\x1b[2J\x1b[Hab\x1b[H"


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("abc", "abc", ""),
        ("abc", "abX", "abX\x1b[H"),
        ("abcdefg", "XbcdefX", "X\x1b[7GX\x1b[H"),
        ("abcd", "XbcX", "XbcX\x1b[H"),
        ("abcdef", "ab", "ab\x1b[K\x1b[H"),
        ("abc", "ab", "ab \x1b[H"),
        ("美b", "好b", "好\x1b[H"),
        ("美b", "xyb", "xy\x1b[H"),
        ("xyb", "美b", "美\x1b[H"),
        ("e\u0301b", "a\u0301b", "a\u0301\x1b[2Gb\x1b[H"),
        ("☎\ufe0fb", "☎\ufe0fc", "\x1b[3Gc\x1b[H"),
        ("abcd", "☎\ufe0fcd", "  \x1b[2D☎\ufe0f\x1b[3Gc\x1b[H"),
        ("e\u0301cd", "acd", "ac\x1b[H"),
        ("abcdefghijkl", "abcdefghijkX", "\x1b[12GX\x1b[H"),
    ],
)
def test_only_what_differs_is_sent(before: str, after: str, codes: str) -> None:
    assert sent(text(before), text(after)) == codes


def test_moves_within_a_row_or_a_column_are_short() -> None:
    before, after = text("abcdefghij", "k"), text("abcdefghiX", "k")
    after[1] = (0, 1, [("k".ljust(10) + "YZ", PLAIN)])
    assert sent(before, after, cursor=(11, 2)) == "\x1b[1;10HX\x1b[BYZ\x1b[3;12H"


def test_a_move_from_the_last_column_names_the_column_to_go_to() -> None:
    assert sent(text("a" * COLUMNS), text("a" * 11 + "b"), cursor=(10, 0)) == "ab\x1b[11G"


def test_a_blank_end_on_coloured_paper_is_written_not_erased() -> None:
    assert "\x1b[K" not in sent(text("abcdef", style=INK), text("a", style=INK))


def test_only_a_move_of_the_cursor_is_a_move_alone() -> None:
    thrift = FrameDiff()
    thrift.draw(SIZE, text("ab"), (0, 0), True)
    assert thrift.draw(SIZE, text("ab"), (1, 0), True) == "\x1b[C"
    assert thrift.draw(SIZE, text("ab"), (1, 0), True) == ""


def test_what_is_forgotten_is_sent_again() -> None:
    thrift = FrameDiff()
    first = thrift.draw(SIZE, text("ab"), (0, 0), True)
    thrift.forget()
    assert thrift.draw(SIZE, text("ab"), (0, 0), True) == first


def test_a_piece_over_a_forgotten_screen_is_sent_whole_without_wiping_the_rest() -> None:
    assert sent([(2, 1, [("ab", PLAIN)])], whole=False) == "\x1b[m\x1b[2;3Hab\x1b[H"


def test_another_size_is_drawn_from_nothing() -> None:
    thrift = FrameDiff()
    thrift.draw(SIZE, text("ab"), (0, 0), True)
    assert thrift.draw((COLUMNS, 3), text("ab"), (0, 0), True) == "\x1b[m\x1b[2J\x1b[Hab\x1b[H"


def test_a_frame_with_control_characters_is_refused_and_changes_nothing() -> None:
    thrift = FrameDiff()
    thrift.draw(SIZE, text("ab"), (0, 0), True)
    with pytest.raises(NotCells):
        thrift.draw(SIZE, [*text("xy"), (0, 1, [("\x1b[2J", PLAIN)])], (0, 0), True)
    assert thrift.draw(SIZE, text("ab"), (0, 0), True) == ""


# On an emulated terminal.


def row_of(units: list[tuple[str, CellStyle]]) -> list[Run]:
    """As many of `units` as fit into a row, and blanks after them."""
    runs: list[Run] = []
    room = COLUMNS
    for letter, style in units:
        room -= len(cells_of(letter, style)[1])
        if room < 0:
            break
        runs.append((letter, style))
    used = sum(len(cells_of(letter, style)[1]) for letter, style in runs)
    return [*runs, (" " * (COLUMNS - used), units[0][1] if units else PLAIN)]


unit = st.tuples(st.sampled_from(LETTERS), st.sampled_from(PENS))
row = st.lists(unit, max_size=COLUMNS).map(row_of)
grid = st.lists(row, min_size=ROWS, max_size=ROWS)
piece = st.tuples(st.integers(0, COLUMNS - 1), st.integers(0, ROWS - 1), st.lists(unit, max_size=5))


@settings(modest, max_examples=30)
@given(st.lists(grid, min_size=1, max_size=4), st.integers(0, COLUMNS - 1), st.integers(0, ROWS - 1))
def test_after_each_frame_the_terminal_shows_that_frame(grids: list[list[list[Run]]], x: int, y: int) -> None:
    screen, stream = emulator()
    thrift = FrameDiff()
    for rows in grids:
        stream.feed(thrift.draw(SIZE, pieces_of(rows), (x, y), True))
        assert shown(screen) == drawn_afresh(rows)
        assert (screen.cursor.x, screen.cursor.y) == (x, y)
        assert screen.cursor.attrs == screen.default_char


@settings(modest, max_examples=30)
@given(grid, st.lists(piece, max_size=6))
def test_pieces_over_a_frame_show_as_if_all_were_drawn_again(
    rows: list[list[Run]], pieces: list[Piece]
) -> None:
    screen, stream = emulator()
    thrift = FrameDiff()
    stream.feed(thrift.draw(SIZE, pieces_of(rows), (0, 0), True))
    for other_piece in pieces:
        stream.feed(thrift.draw(SIZE, [other_piece], (0, 0), False))
    afresh, everything = emulator()
    model: list[Row] = []
    for y in range(ROWS):
        line: Row = [BLANK] * COLUMNS
        at = 0
        for words, style in rows[y]:
            at = put(line, at, cells_of(words, style)[1])
        for x, of, runs in pieces:
            at = x
            for words, style in runs if of == y else ():
                at = put(line, at, cells_of(words, style)[1])
        model.append(line)
    everything.feed("\x1b[m\x1b[2J")
    for y, line in enumerate(model):
        for x, cell in enumerate(line):
            if cell is not None and cell.width:
                everything.feed(f"\x1b[{y + 1};{x + 1}H{style_change(PLAIN, cell.style)}{cell.text}\x1b[m")
    assert shown(screen) == shown(afresh)
