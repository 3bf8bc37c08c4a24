"""Help: every key that is active, filtered as one types, run on Enter."""

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
    """Gives back the key whose row was chosen."""

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
        """Lay out what was typed, and the keys that fit it."""
        yield Panel(id="typed")
        yield Rows((Column(16), Column(20), Column(weight=1)), id="keys", enter_label=None)
        yield Panel(id="about")

    def on_mount(self) -> None:
        """Show all keys."""
        self._show()

    def label_of(self, action: str) -> str:
        """Return what the key for help does where help is shown."""
        return "close" if action == "app.help" else ""

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        return self.query_one("#keys", Rows).disabled_reason("choose") if action == "run" else ""

    def on_key(self, event: events.Key) -> None:
        """Filter with every letter but the one that closes help again."""
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
        """Choose the row under the cursor, or say that there is none."""
        self.query_one("#keys", Rows).action_choose()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show whole what is said of the key under the cursor, which its row may cut."""
        event.stop()
        self._tell(event.key)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Give back the key of the row."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(self._keys[int(event.key)])

    def _show(self) -> None:
        wanted = self._typed.casefold().split()
        rows = []
        for at, key in enumerate(self._keys):
            cells = (" ".join(key.keys), key.label, _about(key))
            if all(word in " ".join(cells).casefold() for word in wanted):
                rows.append(Row(str(at), cells, "dim" if key.disabled_reason else ""))
        self.query_one("#typed", Panel).show(
            ("filter  ", "$muted"), self._typed or self.with_keys("type to filter, {help.run} runs it")
        )
        listed = self.query_one("#keys", Rows)
        listed.show(rows)
        self._tell(listed.key if rows else "")

    def _tell(self, row: str) -> None:
        words = _about(self._keys[int(row)]) if row else "No key here fits these words"
        self.query_one("#about", Panel).show(words)


def _about(key: ActiveKey) -> str:
    """Return what is said of a key: why it cannot act now, or what it does."""
    return f"not now: {key.disabled_reason}" if key.disabled_reason else key.tooltip
