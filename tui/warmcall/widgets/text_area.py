"""Texts of several lines, which take every character that is typed or pasted harmlessly."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.widgets import TextArea

from warmcall.domain.sanitize import many_lines
from warmcall.widgets.text_fields import typed_character


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
