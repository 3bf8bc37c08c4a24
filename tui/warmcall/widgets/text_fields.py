"""What is typed or pasted into a text, whole and harmless, for the two kinds of text fields."""

from __future__ import annotations

import unicodedata

from textual import events
from textual.widgets import Input, TextArea

from warmcall.domain.sanitize import many_lines, one_line

_TEXT_TOO = frozenset({"Zs", "Cf", "Co", "Cn"})
"""Kinds of characters that Python calls not printable and that are text all the same: spaces other than
the usual one, joiners, private signs, and signs newer than this Python."""


def typed(event: events.Key) -> str:
    """Return the character that a key types; empty for a key that is a command."""
    character = event.character
    if character is None or len(character) != 1:
        return ""
    if character.isprintable():
        return character
    harmless = many_lines(character) == character
    return character if harmless and unicodedata.category(character) in _TEXT_TOO else ""


class Line(Input):
    """A line of text that takes every character there is, and a paste of several lines as one.

    Its cursor does not blink.
    """

    def __init__(self, text: str = "", hint: str = "", id: str | None = None, replaced: bool = False) -> None:
        """Begin with `text`, which is typed over if it is to be `replaced`."""
        super().__init__(
            text, placeholder=f"({hint})" if hint else "", compact=True, select_on_focus=replaced, id=id
        )
        self.cursor_blink = False

    def on_key(self, event: events.Key) -> None:
        """Type a character that Textual would pass over."""
        letter = typed(event)
        if letter and not event.is_printable:
            event.stop()
            event.prevent_default()
            self.replace(letter, *sorted(self.selection))

    def on_paste(self, event: events.Paste) -> None:
        """Take a paste in as one line."""
        event.stop()
        event.prevent_default()
        self._take_in(event.text)

    def action_paste(self) -> None:
        """Paste what was copied here last."""
        self._take_in(self.app.clipboard)

    def _take_in(self, text: str) -> None:
        start, end = sorted(self.selection)
        self.replace(one_line(" ".join(text.splitlines())), start, end)


class PlainTextArea(TextArea):
    """A text of several lines that takes every character there is; a paste of controls shows them."""

    def on_resize(self) -> None:
        """Break the lines for the width there is once all is laid out; Textual takes the one before."""
        self.call_after_refresh(self._break_lines_anew)

    def watch_show_vertical_scrollbar(self) -> None:
        """Break the lines for the width that a scrollbar leaves, or gives back."""
        self.call_after_refresh(self._break_lines_anew)

    def on_key(self, event: events.Key) -> None:
        """Type a character, those that Textual would pass over among them."""
        letter = typed(event)
        if letter and not self.read_only:
            event.stop()
            event.prevent_default()
            self.put(self.begun(letter))

    def on_paste(self, event: events.Paste) -> None:
        """Take a paste in."""
        event.stop()
        event.prevent_default()
        self.put(self.bearable(many_lines(event.text)))

    def action_paste(self) -> None:
        """Paste what was copied here last."""
        self.put(self.bearable(many_lines(self.app.clipboard)))

    def action_undo(self) -> None:
        """Take back what was typed last in this text, or say that there is nothing, or why it is not done."""
        before = self.text
        if self.read_only:
            self.refuse()
            return
        super().action_undo()
        if self.text == before:
            self.notify("Nothing to undo in this text", markup=False, timeout=4)

    def action_redo(self) -> None:
        """Type again what was taken back last in this text, or say that there is nothing, or why not."""
        before = self.text
        if self.read_only:
            self.refuse()
            return
        super().action_redo()
        if self.text == before:
            self.notify("Nothing to redo in this text", markup=False, timeout=4)

    def _break_lines_anew(self) -> None:
        """Have Textual break the lines, as it does when the width of a tab changes, and place the cursor."""
        if self.is_attached and self.wrap_width > 0:
            width = self.indent_width
            self.set_reactive(TextArea.indent_width, width + 1)
            self.indent_width = width
            if self.has_focus:
                self.app.cursor_position = self.cursor_screen_offset

    def refuse(self) -> None:
        """Say that nothing may be written here now."""
        self.notify("Nothing may be written here now", markup=False, timeout=4)

    def put(self, text: str) -> None:
        """Put `text` where the cursor is, in place of what is selected."""
        if text and not self.read_only:
            self.replace(text, *self.selection, maintain_selection_offset=False)

    def begun(self, letter: str) -> str:
        """Return a letter as it is put in; a text may have something to put before it."""
        return letter

    def bearable(self, text: str) -> str:
        """Return a paste as it is put in."""
        return text
