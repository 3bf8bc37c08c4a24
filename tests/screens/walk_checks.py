"""What holds on every screen and in every dialog, whatever the names, the size and the marks drawn."""

from __future__ import annotations

import unicodedata
from functools import cache

from rich.cells import cell_len, split_graphemes
from textual.dom import DOMNode
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea
from warmcall.app.keymap import Keyboard, Place
from warmcall.app.keymap_registry import keyboard
from warmcall.screens.base import TabScreen
from warmcall.screens.dialog import Dialog
from warmcall.widgets.bars import KeyBar
from warmcall.widgets.keys import bindings_of
from warmcall.widgets.notice_line import NoticeLine
from warmcall.widgets.rows import Row, Rows

from tests.screens.driving import WIDE_CHARACTER_REST, Driver

Size = tuple[int, int]

USABLE, SMALL = (50, 14), (40, 10)
"""Below the one a screen says that the window is small; a dialog still shows its keys down to the other."""


def in_cells(line: str) -> list[str]:
    """Return `line` cell by cell; the second one of a wide character has a sign of its own."""
    return [
        part
        for start, end, width in split_graphemes(line)[0]
        for part in (line[start:end], *[WIDE_CHARACTER_REST] * (width - 1))
        if width
    ]


def check_inert(strips: list[Strip], where: str) -> None:
    """Check that nothing drawn moves the terminal's cursor, colours its text or turns it round."""
    for strip in strips:
        assert not any(segment.control for segment in strip), where
        bad = [item for item in strip.text if unicodedata.category(item) in ("Cc", "Cf")]
        assert not set(bad) - {"\u200d"}, f"{bad} in {where}: {strip.text!r}"


def check_size(at: Driver, strips: list[Strip], where: str) -> None:
    """Check that every line of the window is drawn, and is as wide as the window."""
    width, height = at.app.size
    assert len(strips) == height, where
    for strip in strips:
        assert cell_len(strip.text) == width, f"{where}: {strip.text!r}"
        assert len(in_cells(strip.text)) == width, f"{where}: {strip.text!r}"


def check_bars(at: Driver, strips: list[Strip], where: str) -> None:
    """Check that the bars of a screen are there, and that the box of a dialog is whole."""
    if isinstance(at.app.screen, TabScreen):
        if at.app.size.width < USABLE[0] or at.app.size.height < USABLE[1]:
            return
        top = strips[0].text.rstrip()
        assert top.startswith((" warmcall ", " Practice", "  1 ", " [1 ")), where
        assert strips[-1].text.strip(), where
    elif has_box(at):
        box = at.app.screen.query_one("#box").region
        notice = at.app.screen.query_one(NoticeLine)
        for y, strip in enumerate(strips[box.y : box.bottom], box.y):
            if notice.display and box.bottom == at.app.size.height and y == box.bottom - 1:
                continue  # in a low window a notice may stand over the border
            line = in_cells(strip.text)
            assert line[box.x][0] in "╭│╰", f"{where}: {strip.text!r}"
            assert line[box.right - 1][0] in "╮│╯", f"{where}: {strip.text!r}"


def check_lists(at: Driver, strips: list[Strip], where: str) -> int:
    """Check that every row of every list has its columns where they belong; return how many rows."""
    checked = 0
    for rows in at.app.screen.query(Rows):
        if not rows.display or not rows.region or _is_covered(at) or _is_scrolled_by_box(rows):
            continue
        assert at.app.screen.region.contains_region(rows.region), f"{where}: {rows} is pushed out"
        starts, region, top = _columns(rows), rows.region, int(rows.scroll_offset.y)
        width = rows.scrollable_content_region.width
        for y in range(min(region.height, len(rows.rows) - top)):
            row = rows.rows[top + y]
            line = in_cells(strips[region.y + y].crop(region.x, region.x + width).text)
            assert len(line) == width, f"{where}: {line}"
            own = starts[: row.excerpt_from] if row.excerpt else starts
            for start in [] if row.heading else own:
                assert line[start - 1] in (" ", "▸"), f"{where}: {''.join(line)}"
                assert line[start] != WIDE_CHARACTER_REST, f"{where}: {''.join(line)}"
            checked += not row.heading
    return checked


def _is_covered(at: Driver) -> bool:
    """Return whether the screen says only that the window is too small."""
    return any(label.display for label in at.app.screen.query("#too-small"))


def _is_scrolled_by_box(rows: Rows) -> bool:
    """Return whether the box of a dialog, which has too little room for all of it, scrolls the list."""
    box = rows.parent
    return isinstance(box, Widget) and box.id == "box" and box.max_scroll_y > 0


def _columns(rows: Rows) -> list[int]:
    """Return the cells in which the columns of a list begin, as a row of one letter each shows them."""
    count, width = len(rows._columns), rows.scrollable_content_region.width
    text = "".join(part for part, *_ in rows._spans(Row("", ("a",) * count), width))
    text = " " * (1 + bool(rows._marked)) + text
    return [at for at, letter in enumerate(text) if letter == "a"]


def check_hints(at: Driver, strips: list[Strip], where: str) -> None:
    """Check that the bottom line has something to say, and shows it whole, in a window of some use."""
    least = SMALL if has_box(at) else USABLE
    (width, height), bars = at.app.size, at.app.screen.query(KeyBar)
    if width < least[0] or height < least[1] or not bars:
        return
    hints, region = bars.first().render().plain.strip(), bars.first().region
    assert hints, where
    assert region.y < height, where
    assert strips[region.y].text[region.x : region.right].strip() == hints, where


def check_keys(at: Driver, where: str) -> None:
    """Check that the registry has every key of every widget here in a place that the widget is in."""
    for node in at.app.screen.walk_children(with_self=True):
        path = tuple(type(part) for part in reversed(node.ancestors_with_self))
        assert not _undeclared(path), f"{where}: {type(node).__name__} {_undeclared(path)}"


@cache
def _undeclared(path: tuple[type[DOMNode], ...]) -> list[str]:
    """Return the keys of the last kind of widget that no place along `path` declares, by their ids."""
    names = [{kind.__name__ for kind in part.__mro__} for part in path]

    def is_path(place: Place) -> bool:
        parts = iter(names)
        inside = all(any(name in part for part in parts) for name in place if name != "app")
        return inside and (place in ((), ("app",)) or place[-1] in names[-1])

    ids = {str(binding.id) for binding, _ in bindings_of(path[-1])}
    return sorted(ids - {key.id for key in _keyboard().declared if key.id in ids and is_path(key.place)})


@cache
def _keyboard() -> Keyboard:
    """Return every key the app declares, collected once."""
    return keyboard()


class Picture:
    """What a person at the screen would miss if it were gone: the words, the focus, the cursor."""

    def __init__(self, at: Driver, strips: list[Strip]) -> None:
        region = at.app.screen.query("#box").first().region if has_box(at) else at.app.screen.region
        lines = [strip.text.rstrip() for strip in strips]
        self.words = [line[region.x : region.right] for line in lines[region.y : region.bottom]]
        self.focused = at.app.focused
        writing = isinstance(self.focused, TextArea | Input)
        self.cursor = at.app.cursor_position if writing else Offset()


def check_same(before: Picture, after: Picture, where: str) -> None:
    """Check that nothing was lost between two pictures."""
    assert after.words == before.words, where
    assert after.focused is before.focused, where
    assert after.cursor == before.cursor, where


def has_box(at: Driver) -> bool:
    """Return whether a box lies over the screen."""
    return isinstance(at.app.screen, Dialog) and bool(at.app.screen.query("#box"))


async def resized(at: Driver, size: Size) -> None:
    """Make the window that size.

    A text that is wrapped anew can change the height of its pane, which is laid out a second time.
    """
    await at.pilot.resize_terminal(*size)
    await at.settle()
    await at.settle()
