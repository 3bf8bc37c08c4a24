"""Text fields of one line, which take every character that is typed or pasted harmlessly."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input

from warmcall.domain.sanitize import many_lines, one_line

_TEXT_CATEGORIES = frozenset({"Zs", "Cf", "Co", "Cn"})
"""Unicode categories that Python calls not printable and that are text all the same: spaces other than the
usual one, joiners, private characters, and characters newer than this Python."""


def typed_character(event: events.Key) -> str:
    """Return the character that a key types; empty for a key that is a command."""
    character = event.character
    if character is None or len(character) != 1:
        return ""
    if character.isprintable():
        return character
    harmless = many_lines(character) == character
    return character if harmless and unicodedata.category(character) in _TEXT_CATEGORIES else ""


class Line(Input):
    """A line of text without a blinking cursor; a paste of several lines becomes one line."""

    def __init__(
        self, text: str = "", hint: str = "", id: str | None = None, select_on_focus: bool = False
    ) -> None:
        """Begin with `text`; with `select_on_focus` the first letter typed replaces it.

        No message says that it begins so: nobody has changed it.
        """
        hint = f"({hint})" if hint else ""
        super().__init__(placeholder=hint, compact=True, select_on_focus=select_on_focus, id=id)
        self.cursor_blink = False
        with self.prevent(Input.Changed):
            self.value = text

    def on_focus(self) -> None:
        """Scroll back to the caret, wherever it was left."""
        self.show_caret()

    def on_blur(self, _event: events.Blur) -> None:
        """Show the beginning, which says what it is."""
        self._show_beginning()

    def watch_selection(self) -> None:
        """Show the beginning of what is put into the line from elsewhere."""
        if not self.has_focus:
            self._show_beginning()

    def _show_beginning(self) -> None:
        self.scroll_to(x=0, animate=False, force=True)

    def show_caret(self) -> None:
        """Scroll to the caret."""
        cell = cell_len(self.value[: self.cursor_position])
        self.scroll_to_region(Region(cell, 0, 1, 1), force=True, animate=False)

    def render_line(self, y: int) -> Strip:
        """Draw the line; without a caret Textual draws the same through a console, in ten times the time."""
        words = self.value or self.placeholder
        cells = self.scrollable_content_region.width + 1  # the last one is for a caret at the end
        if y or self.has_focus or self.scroll_offset.x or not words.isprintable() or cell_len(words) > cells:
            return super().render_line(y)
        style = self.rich_style
        shown = style if self.value else style + self.get_component_rich_style("input--placeholder")
        return Strip([Segment(words, shown)]).extend_cell_length(cells, style)

    def on_key(self, event: events.Key) -> None:
        """Type a character that Textual would ignore."""
        character = typed_character(event)
        if character and not event.is_printable:
            event.stop()
            event.prevent_default()
            self.replace(character, *sorted(self.selection))

    def on_paste(self, event: events.Paste) -> None:
        """Insert what is pasted as one line."""
        event.stop()
        event.prevent_default()
        self._insert_as_one_line(event.text)

    def action_paste(self) -> None:
        """Paste what was copied last in this app."""
        self._insert_as_one_line(self.app.clipboard)

    def _insert_as_one_line(self, text: str) -> None:
        start, end = sorted(self.selection)
        self.replace(one_line(" ".join(text.splitlines())), start, end)
