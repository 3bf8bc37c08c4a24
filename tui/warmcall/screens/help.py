"""Help: the keys that are active now, filtered by typing; Enter runs the selected one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.keys import ActiveKey
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows


class HelpDialog(Dialog[ActiveKey | None]):
    """Lists keys; gives back the one that was chosen to be run."""

    TITLE_WORDS = "The keys here and now"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "run", "Run", id="help.run", tooltip="Do what the key under the cursor does"),
        Binding("escape", "leave", "Close", show=False, id="dialog.leave", tooltip="Back, doing nothing"),
    ]

    def __init__(self, services: Services, keys: Sequence[ActiveKey]) -> None:
        super().__init__(services)
        self._keys = keys
        self._typed = ""

    def body(self) -> ComposeResult:
        """Lay out the words typed, the keys that have them, and the whole text about the selected one."""
        yield Panel(id="typed")
        yield Rows((Column(16), Column(20), Column(weight=1)), id="keys", enter_label=None)
        yield Panel(id="about")

    def on_mount(self) -> None:
        """Show all keys."""
        self._show()

    def label_of(self, action: str) -> str:
        """Return what the key for help does while help is open."""
        return "close" if action == "app.help" else ""

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        return self.query_one("#keys", Rows).disabled_reason("choose") if action == "run" else ""

    def on_key(self, event: events.Key) -> None:
        """Filter with every letter except the key that closes help."""
        active = self.active_bindings.get(event.key)
        if active is not None and active.binding.id == "app.help":
            return
        if event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.character and event.is_printable:
            self._typed += event.character
        else:
            return
        event.stop()
        event.prevent_default()
        self._show()

    def action_run(self) -> None:
        """Run the selected key, or say that there is none."""
        self.query_one("#keys", Rows).action_choose()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show the whole text about the selected key, which its row may cut."""
        event.stop()
        self._show_about(event.key)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Give back the key that was chosen."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(self._keys[int(event.key)])

    def _show(self) -> None:
        words = self._typed.casefold().split()
        rows = []
        for index, key in enumerate(self._keys):
            cells = (" ".join(key.keys), key.label, key.about)
            if all(word in " ".join(cells).casefold() for word in words):
                rows.append(Row(str(index), cells, "dim" if key.disabled_reason else ""))
        self.query_one("#typed", Panel).show(
            ("filter  ", "$muted"), self._typed or self.with_keys("type to filter, {help.run} runs it")
        )
        rows_widget = self.query_one("#keys", Rows)
        rows_widget.show(rows)
        self._show_about(rows_widget.key if rows else "")

    def _show_about(self, row_key: str) -> None:
        about = self._keys[int(row_key)].about if row_key else "No key here fits these words"
        self.query_one("#about", Panel).show(about)
