"""What is sent for a change of cells, and that an emulated terminal shows exactly those cells."""

from __future__ import annotations

import operator
from typing import Any

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warmcall.terminal.frame_diff import FrameDiff, Piece, Run, erases_in_color
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


class PlainErasing(pyte.Screen):
    """A terminal such as GNU screen: it erases in its own background, and no cells within a row."""

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        """Erase in a row."""
        style, self.cursor.attrs = self.cursor.attrs, self.default_char
        super().erase_in_line(how, private)
        self.cursor.attrs = style

    def erase_in_display(self, how: int = 0, *rest: Any, **more: Any) -> None:
        """Erase rows."""
        style, self.cursor.attrs = self.cursor.attrs, self.default_char
        super().erase_in_display(how, *rest, **more)
        self.cursor.attrs = style

    def erase_characters(self, count: int | None = None) -> None:
        """Erase nothing."""


def emulator(erases_in_color: bool = True) -> tuple[pyte.Screen, pyte.Stream]:
    """An emulated terminal full of rubbish, in the state that Textual puts one into."""
    screen = (pyte.Screen if erases_in_color else PlainErasing)(COLUMNS, ROWS)
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
        ("1;3;38;5;252;48;5;236", "1;38;5;252;48;5;236", "\x1b[23m"),
        ("4;31;42", "31;42", "\x1b[24m"),
        ("4;21;31;42", "21;31;42", "\x1b[24;21m"),
        ("1;7;38;5;252", "2;38;5;252", "\x1b[22;27;2m"),
        ("9;31;42", "31;42", "\x1b[0;31;42m"),
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


def test_blanks_are_those_of_their_background_whatever_stands_beside_them() -> None:
    (first,), (_, second), (third, _) = (
        cells_of(*run)[1] for run in [(" ", INK), ("é ", INK), (" x", cell_style_of("1;38;5;9;48;5;236"))]
    )
    assert first is second is third
    assert first == Cell(" ", cell_style_of("48;5;236"))
    assert cells_of(" ", cell_style_of("4;31")) == ("", (Cell(" ", cell_style_of("4;31")),))


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
    assert sent(text("ab", "")) == "\x1b[m\x1b[2J\x1b[Hab\r"


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("abc", "abc", ""),
        ("abc", "abX", "abX\r"),
        ("abcdefg", "XbcdefX", "X\x1b[7GX\r"),
        ("abcd", "XbcX", "XbcX\r"),
        ("abcdef", "ab", "ab\x1b[K\r"),
        ("abc", "ab", "ab \r"),
        ("美b", "好b", "好\r"),
        ("美b", "xyb", "xy\r"),
        ("xyb", "美b", "美\r"),
        ("e\u0301b", "a\u0301b", "a\u0301\x1b[2Gb\r"),
        ("☎\ufe0fb", "☎\ufe0fc", "\x1b[3Gc\r"),
        ("abcd", "☎\ufe0fcd", "  \x1b[2D☎\ufe0f\x1b[3Gc\r"),
        ("e\u0301cd", "acd", "ac\r"),
        ("abcdefghijkl", "abcdefghijkX", "\x1b[12GX\r"),
    ],
)
def test_only_what_differs_is_sent(before: str, after: str, codes: str) -> None:
    assert sent(text(before), text(after)) == codes


@pytest.mark.parametrize(
    ("to", "codes"),
    [
        ((5, 1), ""),
        ((6, 1), "\x1b[C"),
        ((9, 1), "\x1b[4C"),
        ((4, 1), "\b"),
        ((2, 1), "\b\b\b"),
        ((1, 1), "\x1b[2G"),
        ((0, 1), "\r"),
        ((5, 2), "\v"),
        ((5, 0), "\x1b[A"),
        ((4, 2), "\v\b"),
        ((4, 3), "\v\v\b"),
        ((0, 2), "\v\r"),
        ((0, 0), "\x1b[H"),
        ((11, 3), "\v\v\x1b[6C"),
    ],
)
def test_the_cursor_takes_the_shortest_way(to: tuple[int, int], codes: str) -> None:
    thrift = FrameDiff()
    thrift.draw(SIZE, text("ab"), (5, 1), True)
    assert thrift.draw(SIZE, text("ab"), to, True) == codes


def test_from_far_along_a_row_the_next_one_is_reached_without_its_number() -> None:
    thrift = FrameDiff()
    thrift.draw((200, 60), [(0, 0, [("a", PLAIN)])], (190, 40), True)
    assert thrift.draw((200, 60), [(0, 0, [("a", PLAIN)])], (150, 41), True) == "\v\x1b[40D"


def test_a_move_from_the_last_column_names_the_column_to_go_to() -> None:
    assert sent(text("a" * COLUMNS), text("a" * 11 + "b"), cursor=(10, 0)) == "ab\x1b[11G"


INK_CODES = "\x1b[38;5;252;48;5;236m"
PAPER = "\x1b[48;5;236m"
RED = cell_style_of("38;5;1;48;5;236")


def leave_plain(thrift: FrameDiff, sign: str = "-") -> None:
    """Draw a frame that leaves the plain style: another sign in the last row."""
    thrift.draw(SIZE, [(0, ROWS - 1, [(sign, PLAIN)])], (0, 0), False)


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ([("abcdef", INK)], [("a", INK), (" " * 11, INK)], f"\x1b[C{PAPER}\x1b[K\r"),
        ([("abcdefghijkl", INK)], [("a" + " " * 10 + "l", INK)], f"\x1b[C{PAPER}\x1b[10X\r"),
        ([("abcdefgh", INK)], [("ab   fgh", INK)], f"\x1b[3G{PAPER}   \r"),
        ([("a  d  g", INK)], [("       ", INK)], f"{PAPER}\x1b[7X"),
        ([("abcdefghi", INK)], [("       xy", INK)], f"{INK_CODES}       xy\r"),
        ([("abcdefghij", INK)], [("        xy", INK)], f"{PAPER}\x1b[8X\x1b[9G\x1b[38;5;252mxy\r"),
        ([("a  d  gh", INK)], [("       h", INK)], f"{PAPER}\x1b[7X"),
        ([("abcdefghijkl", INK)], [("X          l", INK)], f"{INK_CODES}X\x1b[10X\r"),
        ([("abcdefghijkl", PLAIN)], [(" " * 11 + "l", PLAIN)], "\x1b[11X"),
        ([("ab", INK), ("cdefgh", RED)], [("  ", INK), ("      ", RED)], f"{PAPER}\x1b[8X"),
        ([("abcdefgh美i", INK)], [("         bi", INK)], f"{PAPER}\x1b[8X\x1b[9G\x1b[38;5;252m b\r"),
        ([("abcdef", cell_style_of("4"))], [("      ", cell_style_of("4"))], "\x1b[4m      \r"),
    ],
)
def test_long_blanks_are_erased_in_their_background(before: list[Run], after: list[Run], codes: str) -> None:
    thrift = FrameDiff()
    thrift.draw(SIZE, [(0, 0, before)], (0, 0), False)
    leave_plain(thrift)
    assert thrift.draw(SIZE, [(0, 0, after)], (0, 0), False) == codes


def test_a_terminal_that_erases_in_its_own_colour_is_written_blanks_on_coloured_paper() -> None:
    thrift = FrameDiff(erases_in_color=False)
    assert thrift.draw(SIZE, text("ab", style=INK), (0, 0), True).startswith("\x1b[m\x1b[2J\x1b[H")
    assert thrift.draw(SIZE, text("ab", style=INK), (0, 1), True) == "\x1b[B"
    leave_plain(thrift)
    assert thrift.draw(SIZE, [(0, 0, [(" " * COLUMNS, INK)])], (0, 0), False) == f"{PAPER}  \r"
    leave_plain(thrift, "+")
    assert thrift.draw(SIZE, text("abcdefghi"), (0, 0), True) == "abcdefghi\x1b[K\r"
    assert thrift.draw(SIZE, text("        i"), (0, 0), True) == " " * 8 + "\r"


def test_the_screen_is_wiped_in_the_background_that_is_shown_most() -> None:
    assert sent([(0, 0, [("ab".ljust(COLUMNS), INK)])]) == (f"\x1b[m{PAPER}\x1b[2J\x1b[H\x1b[38;5;252mab\r")


def test_what_differs_only_in_the_colour_of_a_blanks_letter_is_not_sent_again() -> None:
    thrift = FrameDiff()
    thrift.draw(SIZE, [(0, 0, [("a", INK), (" " * 11, INK)])], (0, 0), True)
    bold_blanks = (" " * 11, cell_style_of("1;38;5;1;48;5;236"))
    assert thrift.draw(SIZE, [(0, 0, [("a", INK), bold_blanks])], (0, 0), True) == ""


def test_a_background_or_a_colour_that_stays_is_not_set_again() -> None:
    rows = [("ab", INK), ("cd", RED), ("ef", cell_style_of("38;5;1;48;5;9"))]
    codes = sent([(0, 0, [(" " * 6, PLAIN)])], [(0, 0, rows)], whole=False)
    assert codes == f"{INK_CODES}ab\x1b[38;5;1mcd\x1b[48;5;9mef\r"


def test_a_column_is_written_in_one_style_before_the_next_one() -> None:
    thrift = FrameDiff()
    left, right = ("aaa", INK), ("bbb", RED)
    thrift.draw((200, 60), [(0, y, [(" " * 200, INK)]) for y in range(60)], (150, 40), True)
    codes = thrift.draw((200, 60), [(150, y, [left, right]) for y in (40, 41, 42)], (150, 40), False)
    down, up = "\v\b\b\b", "\x1b[A\b\b\b"
    ink = "\x1b[38;5;252m"
    assert codes == f"{ink}aaa{down}aaa{down}aaa\x1b[38;5;1mbbb{up}bbb{up}bbb\x1b[6D"


def test_many_cells_are_written_style_by_style_from_the_top() -> None:
    thrift = FrameDiff()
    thrift.draw((200, 60), [(0, y, [(" " * 200, INK)]) for y in range(60)], (0, 0), True)
    codes = thrift.draw((200, 60), [(150, y, [("a", INK), ("b", RED)]) for y in range(60)], (0, 0), False)
    down = "\v\b"
    first, second = (f"{letter}" + f"{down}{letter}" * 59 for letter in "ab")
    assert codes == f"\x1b[151G\x1b[38;5;252m{first}\x1b[59A\x1b[38;5;1m{second}\x1b[H"


def test_a_frame_begins_in_the_style_that_the_one_before_it_left() -> None:
    thrift = FrameDiff()
    caret = cell_style_of("7;38;2;1;2;3;48;2;4;5;6")

    def typed(words: str) -> str:
        cursor = (len(words), 0)
        return thrift.draw(SIZE, [(0, 0, [(words, TRUE), (" ", caret)])], cursor, False)

    typed("a")
    assert typed("ab") == "\x1b[27mb\x1b[7m \b"
    assert typed("abc") == "\x1b[27mc\x1b[7m \b"
    thrift.forget()
    assert typed("abcd").startswith("\x1b[m")


@pytest.mark.parametrize(
    ("environ", "in_color"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "linux"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({}, True),
        ({"TERM": "screen-256color"}, False),
        ({"TERM": "screen-256color", "TMUX": "socket,1,0"}, True),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "screen.xterm-256color", "TMUX": "socket,1,0"}, False),
        ({"TERM": "xterm-256color", "STY": "1.tty"}, False),
        ({"TERM": "vt100"}, False),
    ],
)
def test_whether_a_terminal_erases_in_colour(environ: dict[str, str], in_color: bool) -> None:
    assert erases_in_color(environ) == in_color


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
    assert thrift.draw((COLUMNS, 3), text("ab"), (0, 0), True) == "\x1b[m\x1b[2J\x1b[Hab\r"


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
@given(
    st.lists(grid, min_size=1, max_size=4),
    st.integers(0, COLUMNS - 1),
    st.integers(0, ROWS - 1),
    st.booleans(),
)
def test_after_each_frame_the_terminal_shows_that_frame(
    grids: list[list[list[Run]]], x: int, y: int, in_color: bool
) -> None:
    screen, stream = emulator(in_color)
    thrift = FrameDiff(in_color)
    for rows in grids:
        stream.feed(thrift.draw(SIZE, pieces_of(rows), (x, y), True))
        assert shown(screen) == drawn_afresh(rows)
        assert (screen.cursor.x, screen.cursor.y) == (x, y)


@settings(modest, max_examples=30)
@given(grid, st.lists(piece, max_size=6), st.booleans())
def test_pieces_over_a_frame_show_as_if_all_were_drawn_again(
    rows: list[list[Run]], pieces: list[Piece], in_color: bool
) -> None:
    screen, stream = emulator(in_color)
    thrift = FrameDiff(in_color)
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
