"""The editor for what people say: plain text, saved while it is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from tui.domain.inert import many_lines
from tui.domain.notes import both

SAVE_AFTER_SECONDS = 0.4
"""A letter reaches the writer at most half a second after it was typed."""


class NotesEditor(TextArea):
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
        Binding(
            "ctrl+underscore",
            "undo",
            "Undo typing",
            show=False,
            key_display="^_",
            id="notes.undo",
            tooltip="As in a shell; ^z goes to the shell itself",
        ),
    ]

    class Typed(Message):
        """There is text that is not saved yet."""

    class Left(Message):
        """The editor is to be left."""

    class Refused(Message):
        """A letter was typed where nothing may be written now."""

    class Stepped(Message):
        """The next (1) or previous (-1) question is wanted."""

        def __init__(self, by: int) -> None:
            self.by = by
            super().__init__()

    def __init__(
        self, id: str | None = None, labels: tuple[str, str] = ("Next question", "Previous")
    ) -> None:
        super().__init__(compact=True, highlight_cursor_line=False, id=id)
        self.cursor_blink = False
        self._labels = labels
        self._waiting = False
        self._shown = ""
        self._key = ""

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
        characters in it are made visible.
        """
        if key == self._key and self.unsaved:
            return
        text = many_lines(text)
        self._key = key
        self._shown = text
        if text != self.text:
            self.load_text(text)
            self.move_cursor(self.document.end)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Keep letters from being commands in here, even while nothing may be written."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Say that a letter is not taken, rather than let it be a command."""
        if self.read_only and (event.is_printable or event.key == "enter"):
            event.stop()
            self.post_message(self.Refused())

    def on_text_area_changed(self) -> None:
        """Ask to be saved soon, once for a burst of letters."""
        if self.text != self._shown and not self._waiting:
            self._waiting = True
            self.set_timer(SAVE_AFTER_SECONDS, self._ask)

    def taken(self) -> str:
        """Return the text, which the caller now saves."""
        self._shown = self.text
        return self.text

    def taken_with(self, theirs: str) -> str:
        """Return the text as `taken`, put together with what another session made of it meanwhile."""
        shown = self._shown
        return both(shown, self.taken(), many_lines(theirs))

    @property
    def unsaved(self) -> bool:
        """Whether there is text that was not taken to be saved."""
        return self.text != self._shown

    def action_out(self) -> None:
        """Say that the editor is to be left."""
        self.post_message(self.Left())

    def action_step(self, by: int) -> None:
        """Say that another question is wanted."""
        self.post_message(self.Stepped(by))

    def _ask(self) -> None:
        self._waiting = False
        if self.unsaved:
            self.post_message(self.Typed())
