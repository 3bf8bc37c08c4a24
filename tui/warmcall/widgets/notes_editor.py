"""The editor for what people say: plain text that is saved while it is typed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from warmcall.domain.sanitize import many_lines
from warmcall.domain.text_merge import both
from warmcall.widgets.debounce import Debounce
from warmcall.widgets.text_area import PlainTextArea

LONGEST_LINE = 2_000
"""Characters of a pasted line; a longer one is broken, since wrapping it again would delay every letter."""

_PIECE = re.compile(rf".{{1,{LONGEST_LINE - 1}}}(?:\s|$)|.{{1,{LONGEST_LINE}}}")


class NotesEditor(PlainTextArea):
    """A text editor that posts a message when there is something to save, and when the user leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "out",
            "Leave notes",
            id="notes.leave",
            tooltip="Leave the text; what you wrote is saved",
        ),
        Binding("tab", "step(1)", "Next", id="notes.next", tooltip="Go to the next without leaving the text"),
        Binding("shift+tab", "step(-1)", "Previous", show=False, id="notes.previous"),
        Binding("ctrl+underscore", "undo", "Undo typing", show=False, key_display="^_", id="notes.undo",
                tooltip="In this text only; {app.undo} undoes the rest, and {app.shell} goes to the shell"),
        Binding("ctrl+y", "redo", "Redo typing", show=False, id="notes.redo",
                tooltip="Redo what was undone here"),
    ]  # fmt: skip

    class SaveRequested(Message):
        """There is text that is not saved yet."""

    class Left(Message):
        """The user leaves the editor."""

    class EditRejected(Message):
        """The user tried to type or undo while the text cannot be edited."""

    class LongLinesBroken(Message):
        """Lines of a paste were longer than LONGEST_LINE, and were broken."""

    class Stepped(Message):
        """The user asks for the next (1) or the previous (-1) question."""

        def __init__(self, by: int) -> None:
            self.by = by
            super().__init__()

    def __init__(
        self,
        id: str | None = None,
        labels: tuple[str, str] = ("Next question", "Previous"),
        line_prefix: Callable[[], str] = lambda: "",
        keeps_focus: bool = False,
        leave_label: str = "",
    ) -> None:
        """Make an empty editor.

        `labels` name what Tab and Shift+Tab go to, and `leave_label` what Esc does, if it is not notes.
        `line_prefix` gives what is inserted before the first letter of a line. With `keeps_focus` the editor
        keeps the focus when it is hidden, and whoever hides it moves the focus.
        """
        super().__init__(compact=True, highlight_cursor_line=False, id=id)
        self.cursor_blink = False
        self._labels = labels
        self._leave_label = leave_label
        self._line_prefix = line_prefix
        self._keeps_focus = keeps_focus
        self._save = Debounce(self, self._request_save)
        self._saved_text = ""
        self._key = ""
        self._histories: dict[str, tuple[str, Any]] = {}

    def label_of(self, action: str) -> str:
        """Return what Tab and Shift+Tab go to."""
        labels = {"step(1)": self._labels[0], "step(-1)": self._labels[1], "out": self._leave_label}
        return labels.get(action, "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide Shift+Tab where it goes to the same place as Tab."""
        if action == "step" and parameters == (-1,) and self._labels[1] == self._labels[0]:
            return False
        return super().check_action(action, parameters)

    def show(self, key: str, text: str) -> None:
        """Show `text`, which belongs to `key`, with the cursor at its end.

        Unsaved letters typed under the same key stay, since they are newer than `text`. Control characters
        are made visible. What was typed under a key can still be undone when that key is shown again.
        """
        if key == self._key and self.unsaved:
            return
        text = many_lines(text)
        if key != self._key:
            self._histories[self._key] = (self.text, self.history)
            before, history = self._histories.pop(key, ("", None))
            self.history = dataclasses.replace(self.history)
            if text != self.text:
                self._load(text)
            if history is not None and before == text:
                self.history = history
                self.history.checkpoint()
        elif text != self.text:
            self._load(text)
        self._key = key
        self._saved_text = text

    def on_hide(self, event: events.Hide) -> None:
        """Keep the focus if asked to: a late Hide event of an earlier layout must not lose letters."""
        if self._keeps_focus:
            event.prevent_default()

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Keep letters from being commands in here, even while the text cannot be edited."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Reject a letter while the text cannot be edited, rather than let it be a command."""
        if self.read_only and (event.is_printable or event.key == "enter"):
            event.stop()
            self.reject_edit()

    def on_text_area_changed(self) -> None:
        """Ask for a save soon, once for a burst of letters."""
        if self.unsaved:
            self._save.start()

    def mark_saved(self) -> str:
        """Return the text, which the caller saves now, and regard it as saved."""
        self._saved_text = self.text
        return self._saved_text

    def merge_and_mark_saved(self, theirs: str) -> str:
        """As `mark_saved`, but return the text merged with what another session has saved meanwhile."""
        base = self._saved_text
        return both(base, self.mark_saved(), many_lines(theirs))

    @property
    def unsaved(self) -> bool:
        """Whether there is text that was not saved."""
        return self.text != self._saved_text

    def prepare_typed(self, character: str) -> str:
        """Insert the line prefix before the first letter of a line."""
        row, _ = self.cursor_location
        first = self.selection.is_empty and not self.document.get_line(row) and not character.isspace()
        return f"{self._line_prefix()}{character}" if first else character

    def prepare_pasted(self, text: str) -> str:
        """Break lines longer than LONGEST_LINE, between words where there are any."""
        if all(len(line) <= LONGEST_LINE for line in text.split("\n")):
            return text
        self.post_message(self.LongLinesBroken())
        return "\n".join(
            line if len(line) <= LONGEST_LINE else "\n".join(_PIECE.findall(line))
            for line in text.split("\n")
        )

    def reject_edit(self) -> None:
        """Leave it to the screen, which knows the reason, to say that the text cannot be edited."""
        self.post_message(self.EditRejected())

    def action_out(self) -> None:
        """Leave the editor."""
        self.post_message(self.Left())

    def action_step(self, by: int) -> None:
        """Ask for another question."""
        self.post_message(self.Stepped(by))

    def _load(self, text: str) -> None:
        self.load_text(text)
        self.move_cursor(self.document.end)

    def _request_save(self) -> None:
        if self.unsaved:
            self.post_message(self.SaveRequested())
