"""Help: the keys that are active now; one key filters them, Enter runs the selected one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.filter_line import FilterLine
from warmcall.widgets.keys import ActiveKey
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows

_HINT = "filter: a key, a name or what it does; {help.run} runs it, {dialog.leave} clears"


class HelpDialog(Dialog[ActiveKey | None]):
    """Lists keys; gives back the one that was chosen to be run."""

    TITLE_WORDS = "The keys here and now"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "run", "Run", id="help.run", tooltip="Run the command under the cursor"),
        Binding("slash", "filter", "Filter", id="help.filter", tooltip="By key, name or what it does"),
        Binding(
            "escape,q",
            "leave",
            "Close",
            show=False,
            id="dialog.leave",
            tooltip="The filter first, then the list",
        ),
    ]

    def __init__(self, services: Services, keys: Sequence[ActiveKey]) -> None:
        super().__init__(services)
        self._keys = keys

    def body(self) -> ComposeResult:
        """Lay out the filter, the keys that have its words, and the whole text about the selected one."""
        yield FilterLine(self.with_keys(_HINT), id="typed", enter_label="Run")
        yield Rows((Column(13), Column(weight=2, at_most=23), Column(weight=3)), id="keys", enter_label=None)
        yield Panel(id="about")

    def on_mount(self) -> None:
        """Show all keys."""
        self._show()
        self._list.focus()

    def label_of(self, action: str) -> str:
        """Return what the key for help does while help is open."""
        return "close" if action == "app.help" else ""

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        return self._list.disabled_reason("choose") if action == "run" else ""

    def on_key(self, event: events.Key) -> None:
        """Move through what is found while the words are still being typed."""
        if self._filter.has_focus and event.key in ("up", "down"):
            event.stop()
            self._list.action_move(1 if event.key == "down" else -1)

    def on_input_changed(self) -> None:
        """Filter with every letter."""
        self._show()
        self._list.action_first()

    def on_input_submitted(self) -> None:
        """Run the selected key."""
        self.action_run()

    def on_filter_line_cleared(self) -> None:
        """Show all keys again."""
        self.action_leave()

    def action_filter(self) -> None:
        """Begin to filter, or to filter by other words."""
        self._filter.open()

    def action_run(self) -> None:
        """Run the selected key, or say that there is none."""
        self._list.action_choose()

    def action_leave(self) -> None:
        """Close the filter if it is open, else the list."""
        if self._filter.close():
            self._show()
            self._list.focus()
        else:
            self.dismiss(None)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show the whole text about the selected key, which its row may cut."""
        event.stop()
        self._show_about(event.key)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Give back the key that was chosen."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(self._keys[int(event.key)])

    def _show(self) -> None:
        words = self._filter.value.casefold().split()
        rows = []
        for index, key in enumerate(self._keys):
            cells = (" ".join(key.keys), key.label, key.about)
            if all(word in " ".join(cells).casefold() for word in words):
                styled = ((cells[0], "bold $primary"), cells[1], (cells[2], "$muted"))
                is_dim = bool(key.disabled_reason)
                rows.append(Row(str(index), cells if is_dim else styled, "dim" if is_dim else ""))
        self._filter.show_found(len(rows), len(self._keys))
        self._list.show(rows)
        self._show_about(self._list.key if rows else "")

    def _show_about(self, row_key: str) -> None:
        about = self._keys[int(row_key)].about if row_key else "No key here has these words"
        self.query_one("#about", Panel).show(about)

    @property
    def _filter(self) -> FilterLine:
        return self.query_one("#typed", FilterLine)

    @property
    def _list(self) -> Rows:
        return self.query_one("#keys", Rows)
