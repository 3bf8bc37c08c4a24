"""Text fields of one line and of several, which take every character that is typed or pasted harmlessly."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Region
from textual.widgets import Input, TextArea

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
        """Begin with `text`; with `select_on_focus` the first letter typed replaces it."""
        super().__init__(
            text,
            placeholder=f"({hint})" if hint else "",
            compact=True,
            select_on_focus=select_on_focus,
            id=id,
        )
        self.cursor_blink = False

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


class PlainTextArea(TextArea):
    """A text of several lines; control characters in a paste become visible signs.

    Subclasses may change what is typed and pasted: `prepare_typed`, `prepare_pasted`.
    """

    def on_resize(self) -> None:
        """Break the lines for the width there is once all is laid out; Textual takes the one before."""
        self.call_after_refresh(self._break_lines_again)

    def watch_show_vertical_scrollbar(self) -> None:
        """Break the lines for the width that a scrollbar leaves, or gives back."""
        self.call_after_refresh(self._break_lines_again)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Scroll to the cursor, unless an undo or redo has yet to place it.

        Textual 8.2.8 changes the text first, which may hide the scrollbar and so scroll to where the cursor
        was, on a line that is gone: https://github.com/Textualize/textual/issues/6686.
        """
        row, _ = self.cursor_location
        if row >= self.document.line_count:
            return Offset(0, 0)
        return super().scroll_cursor_visible(center, animate)

    def on_key(self, event: events.Key) -> None:
        """Type a character, even one that Textual would ignore."""
        character = typed_character(event)
        if character and not self.read_only:
            event.stop()
            event.prevent_default()
            self.replace_selection(self.prepare_typed(character))

    def on_paste(self, event: events.Paste) -> None:
        """Insert what is pasted."""
        event.stop()
        event.prevent_default()
        self.replace_selection(self.prepare_pasted(many_lines(event.text)))

    def action_paste(self) -> None:
        """Paste what was copied last in this app."""
        self.replace_selection(self.prepare_pasted(many_lines(self.app.clipboard)))

    def action_undo(self) -> None:
        """Undo what was typed last in this text, or say why that cannot be done."""
        before = self.text
        if self.read_only:
            self.reject_edit()
            return
        super().action_undo()
        if self.text == before:
            self.notify("Nothing to undo in this text", markup=False, timeout=4)

    def action_redo(self) -> None:
        """Redo what was undone last in this text, or say why that cannot be done."""
        before = self.text
        if self.read_only:
            self.reject_edit()
            return
        super().action_redo()
        if self.text == before:
            self.notify("Nothing to redo in this text", markup=False, timeout=4)

    def _break_lines_again(self) -> None:
        """Have Textual break the lines, as it does when the width of a tab changes, and place the cursor."""
        if self.is_attached and self.wrap_width > 0:
            width = self.indent_width
            self.set_reactive(TextArea.indent_width, width + 1)
            self.indent_width = width
            if self.has_focus:
                self.app.cursor_position = self.cursor_screen_offset

    def reject_edit(self) -> None:
        """Say that this text cannot be edited now."""
        self.notify("You cannot write here now", markup=False, timeout=4)

    def replace_selection(self, text: str) -> None:
        """Insert `text` at the cursor, in place of what is selected."""
        if text and not self.read_only:
            self.replace(text, *self.selection, maintain_selection_offset=False)

    def prepare_typed(self, character: str) -> str:
        """Return what is inserted for a character typed."""
        return character

    def prepare_pasted(self, text: str) -> str:
        """Return what is inserted for a text pasted."""
        return text
