"""The editor for what people say: plain text, saved while it is typed."""

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
from warmcall.widgets.text_fields import PlainTextArea

SAVE_AFTER_SECONDS = 0.4
"""A letter reaches the writer at most half a second after it was typed."""

LONGEST_LINE = 2_000
"""Letters of a pasted line: a longer one is broken, since wrapping it anew would hold up every letter."""

_PIECE = re.compile(rf".{{1,{LONGEST_LINE - 1}}}(?:\s|$)|.{{1,{LONGEST_LINE}}}")


class NotesEditor(PlainTextArea):
    """A text editor that says when there is something to save, and when it is to be left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "out",
            "Keys again",
            id="notes.leave",
            tooltip="Out of the text; what you wrote is saved",
        ),
        Binding("tab", "step(1)", "Next", id="notes.next", tooltip="Go on without leaving the text"),
        Binding("shift+tab", "step(-1)", "Previous", id="notes.previous"),
        Binding("ctrl+underscore", "undo", "Undo typing", show=False, key_display="^_", id="notes.undo",
                tooltip="In this text alone; {app.undo} is for the rest, and {app.shell} goes to the shell"),
        Binding("ctrl+y", "redo", "Redo typing", show=False, id="notes.redo", tooltip="Type it again"),
    ]  # fmt: skip

    class Typed(Message):
        """There is text that is not saved yet."""

    class Left(Message):
        """The editor is to be left."""

    class Refused(Message):
        """Something was to be typed, or undone, where nothing may be written now."""

    class Broken(Message):
        """Lines of a paste were too long, and were broken."""

    class Stepped(Message):
        """The next (1) or previous (-1) question is wanted."""

        def __init__(self, by: int) -> None:
            self.by = by
            super().__init__()

    def __init__(
        self,
        id: str | None = None,
        labels: tuple[str, str] = ("Next question", "Previous"),
        minute: Callable[[], str] = lambda: "",
        stays: bool = False,
    ) -> None:
        """Make an empty editor; `minute` is asked what a line begins with, when its first letter is typed.

        One that `stays` keeps the focus when it is hidden: whoever hides it moves the focus.
        """
        super().__init__(compact=True, highlight_cursor_line=False, id=id)
        self.cursor_blink = False
        self._labels = labels
        self._minute = minute
        self._stays = stays
        self._waiting = False
        self._shown = ""
        self._key = ""
        self._left: dict[str, tuple[str, Any]] = {}

    def label_of(self, action: str) -> str:
        """Return what lies before and behind this text."""
        return {"step(1)": self._labels[0], "step(-1)": self._labels[1]}.get(action, "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out a way that leads to the same place as the other."""
        if action == "step" and parameters == (-1,) and self._labels[1] == self._labels[0]:
            return False
        return super().check_action(action, parameters)

    def show(self, key: str, text: str) -> None:
        """Show `text`, which belongs to `key`, the cursor at its end.

        Letters typed under the same key and not saved yet stay; they are newer than `text`. Control
        characters in it are made visible. What was typed under a key can be undone when it comes again.
        """
        if key == self._key and self.unsaved:
            return
        text = many_lines(text)
        if key != self._key:
            self._left[self._key] = (self.text, self.history)
            before, history = self._left.pop(key, ("", None))
            self.history = dataclasses.replace(self.history)
            if text != self.text:
                self._load(text)
            if history is not None and before == text:
                self.history = history
                self.history.checkpoint()
        elif text != self.text:
            self._load(text)
        self._key = key
        self._shown = text

    def on_hide(self, event: events.Hide) -> None:
        """Keep the focus: a layout done before it came may tell of itself after it, and letters follow."""
        if self._stays:
            event.prevent_default()

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Keep letters from being commands in here, even while nothing may be written."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Say that a letter is not taken, rather than let it be a command."""
        if self.read_only and (event.is_printable or event.key == "enter"):
            event.stop()
            self.refuse()

    def on_text_area_changed(self) -> None:
        """Ask to be saved soon, once for a burst of letters."""
        if not self._waiting and self.text != self._shown:
            self._waiting = True
            self.set_timer(SAVE_AFTER_SECONDS, self._ask)

    def taken(self) -> str:
        """Return the text, which the caller now saves."""
        self._shown = self.text
        return self._shown

    def taken_with(self, theirs: str) -> str:
        """Return the text as `taken`, put together with what another session made of it meanwhile."""
        shown = self._shown
        return both(shown, self.taken(), many_lines(theirs))

    @property
    def unsaved(self) -> bool:
        """Whether there is text that was not taken to be saved."""
        return self.text != self._shown

    def begun(self, letter: str) -> str:
        """Put the minute before the first letter of a line."""
        row, _ = self.cursor_location
        first = self.selection.is_empty and not self.document.get_line(row) and not letter.isspace()
        return f"{self._minute()}{letter}" if first else letter

    def bearable(self, text: str) -> str:
        """Break lines that are too long to be wrapped at every letter, between words if there are any."""
        if all(len(line) <= LONGEST_LINE for line in text.split("\n")):
            return text
        self.post_message(self.Broken())
        return "\n".join(
            line if len(line) <= LONGEST_LINE else "\n".join(_PIECE.findall(line))
            for line in text.split("\n")
        )

    def refuse(self) -> None:
        """Say to whoever knows why that nothing may be written here now."""
        self.post_message(self.Refused())

    def action_out(self) -> None:
        """Say that the editor is to be left."""
        self.post_message(self.Left())

    def action_step(self, by: int) -> None:
        """Say that another question is wanted."""
        self.post_message(self.Stepped(by))

    def _load(self, text: str) -> None:
        self.load_text(text)
        self.move_cursor(self.document.end)

    def _ask(self) -> None:
        self._waiting = False
        if self.unsaved:
            self.post_message(self.Typed())
