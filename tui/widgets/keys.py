"""The keys that are active now, from the bindings themselves: for the footer, the help and the palette."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key, key_to_character
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import TextArea

_SIGNS = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "Enter", "escape": "Esc",
    "backspace": "Backspace", "space": "Space", "tab": "Tab", "shift+tab": "S-Tab", "home": "Home",
    "end": "End", "pageup": "PgUp", "pagedown": "PgDn", "f1": "F1",
}  # fmt: skip


_LEAVING = ("leave", "back")
_MOVING = ("move(", "first", "last", "page", "scroll", "tab(", "next_tab")
"""Actions that everybody guesses; they come last where keys are listed."""


class ActiveKey(NamedTuple):
    """One thing a key does now. `keys` are all its keys as shown; `why_not` is empty if it can act."""

    keys: tuple[str, ...]
    label: str
    tooltip: str
    shown: bool
    why_not: str
    action: str
    node: DOMNode


def key_sign(binding: Binding) -> str:
    """Return a key as it is shown: "Enter", "^s", "?"."""
    if binding.key_display:
        return binding.key_display
    key = binding.key
    if key in _SIGNS:
        return _SIGNS[key]
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+')}"
    return format_key(key)


def active_keys(screen: Screen[Any]) -> list[ActiveKey]:
    """Return what the keys do on `screen` at this moment, the innermost first.

    Keys that a text field would take as text are left out, and so are the editing keys that Textual's own
    widgets bring, which have no id.
    """
    focused = screen.focused
    found: dict[tuple[str, int], ActiveKey] = {}
    for key, active in screen.active_bindings.items():
        binding, node = active.binding, active.node
        if not binding.id or not binding.description or node is None:
            continue
        if focused is not None and _taken_as_text(focused, key):
            continue
        place = (binding.action, id(node))
        sign = key_sign(binding)
        present = found.get(place)
        if present is None:
            label = _asked(node, "label_of", binding.action) or binding.description
            why_not = _asked(node, "why_not", binding.action)
            found[place] = ActiveKey(
                (sign,), label, binding.tooltip, binding.show, why_not, binding.action, node
            )
        elif sign not in present.keys:
            found[place] = present._replace(keys=(*present.keys, sign))
    nodes = list(dict.fromkeys(id(one.node) for one in found.values()))
    return sorted(
        found.values(),
        key=lambda one: (one.action.startswith(_MOVING), nodes.index(id(one.node)), *_rank(one)),
    )


def _taken_as_text(focused: Widget, key: str) -> bool:
    """Return whether `focused` writes what the key stands for instead of letting it be a command."""
    if key == "enter":
        return isinstance(focused, TextArea)
    sign = format_key(key)
    character = sign if len(sign) == 1 and key not in _SIGNS else key_to_character(key)
    return focused.check_consume_key(key, character)


def _rank(one: ActiveKey) -> tuple[bool, int, int]:
    """Return the place among the keys of one node: its own class before what it inherits, leaving last."""
    leaving = one.action in _LEAVING
    for distance, kind in enumerate(type(one.node).__mro__):
        for index, binding in enumerate(vars(kind).get("BINDINGS", ())):
            if isinstance(binding, Binding) and binding.action == one.action:
                return (leaving, distance, index)
    return (leaving, 99, 0)


def _asked(node: DOMNode, method: str, action: str) -> str:
    answer = getattr(node, method, None)
    return str(answer(action)) if callable(answer) else ""
