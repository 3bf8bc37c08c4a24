"""The bottom line: what the keys do now."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from warmcall.domain.sanitize import one_line
from warmcall.widgets.keys import ActiveKey, active_keys

GAP = "  "


def fitting(hints: list[tuple[str, str]], last: tuple[str, str] | None, width: int) -> list[tuple[str, str]]:
    """Return as many of `hints` (key, label) as fit whole into `width` cells, `last` always among them."""
    tail = [last] if last else []
    room = width - 1 - sum(_size(hint) for hint in tail)
    chosen: list[tuple[str, str]] = []
    for hint in hints:
        room -= _size(hint)
        if room < 0:
            break
        chosen.append(hint)
    return chosen + tail


def _size(hint: tuple[str, str]) -> int:
    return cell_len(hint[0]) + 1 + cell_len(hint[1]) + len(GAP)


class KeyBar(Widget):
    """Shows the active keys that fit whole; one that cannot act now is dim."""

    DEFAULT_CSS = """
    KeyBar { height: 1; dock: bottom; background: $panel; }
    """

    class Pressed(Message):
        """The hint of a key was clicked."""

        def __init__(self, key: ActiveKey) -> None:
            self.key = key
            super().__init__()

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, _screen: Screen[Any]) -> None:
        self.call_after_refresh(self.refresh)

    def on_click(self, event: events.Click) -> None:
        """Have the key run whose hint was clicked."""
        begin = 1
        for hint, key in self._hints():
            if begin <= event.x < begin + _size(hint) - len(GAP):
                self.post_message(self.Pressed(key))
            begin += _size(hint)

    def render(self) -> Content:
        """Draw the hints."""
        parts: list[str | tuple[str, str]] = [" "]
        for (key, label), other_key in self._hints():
            dim = bool(other_key.disabled_reason)
            parts += [(key, "dim" if dim else "bold $primary"), (f" {label}{GAP}", "dim" if dim else "")]
        return Content.assemble(*parts)

    def _hints(self) -> list[tuple[tuple[str, str], ActiveKey]]:
        """Return the hints that show, each with its key, from the left."""
        keys = [key for key in active_keys(self.screen) if key.shown and key.keys]
        helping = next((key for key in keys if key.action.endswith("help")), None)
        by_hint = {_hint(key): key for key in keys if key is not helping}
        last = _hint(helping) if helping else None
        shown = fitting(list(by_hint), last, self.size.width)
        if helping and last:
            by_hint[last] = helping
        return [(hint, by_hint[hint]) for hint in shown]


def _hint(key: ActiveKey) -> tuple[str, str]:
    return key.keys[0], one_line(key.label)
