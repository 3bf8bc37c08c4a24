"""The keys that are active now, from the bindings themselves: for the footer, the help and the palette."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol, cast

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key, key_to_character
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import TextArea

_SIGNS = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "Enter", "escape": "Esc",
    "backspace": "Backspace", "space": "Space", "tab": "Tab", "home": "Home", "end": "End",
    "pageup": "PgUp", "pagedown": "PgDn", "delete": "Del", "insert": "Ins",
}  # fmt: skip


_LEAVING = ("leave", "back")
_MOVING = ("move(", "first", "last", "page", "scroll", "tab(", "next_tab")
"""Actions that everybody guesses; they come last where keys are listed."""


_ID = re.compile(r"\{([a-z_]+\.[a-z0-9_]+)\}")

UNBOUND = "unbound:"
"""What the keys that nobody can press begin with: they stand for none where the user wants none."""


class ActiveKey(NamedTuple):
    """One thing a key does now.

    `keys` are all its keys as shown, none if the user took them away; `declared` is its tooltip with ids for
    keys; `disabled_reason` is empty if it can act.
    """

    keys: tuple[str, ...]
    label: str
    declared: str
    shown: bool
    disabled_reason: str
    action: str
    node: DOMNode

    @property
    def tooltip(self) -> str:
        """What it does, the keys in it as the user has them."""
        return with_keys(self.node.app, self.declared)


def key_sign(binding: Binding) -> str:
    """Return a key as it is shown: "Enter", "^s", "?"."""
    if binding.key_display:
        return binding.key_display
    modifiers, _, key = binding.key.rpartition("+")
    sign = _SIGNS.get(key) or (key.upper() if key[:1] == "f" and key[1:].isdigit() else format_key(key))
    return {"": "", "ctrl": "^", "shift": "S-", "ctrl+shift": "^S-"}.get(modifiers, f"{modifiers}+") + sign


def declared_in(kind: type[DOMNode]) -> Iterator[tuple[Binding, tuple[str, ...]]]:
    """Yield what a class has a key for, and its keys, as Textual puts them together from all its bases."""
    by_key: dict[str, Binding] = {}
    for base in reversed(kind.__mro__):
        by_key |= {binding.key: binding for binding in Binding.make_bindings(vars(base).get("BINDINGS", ()))}
    by_id: dict[str, list[Binding]] = {}
    for binding in by_key.values():
        if binding.id:
            by_id.setdefault(binding.id, []).append(binding)
    for found in by_id.values():
        yield found[0], tuple(binding.key for binding in found)


def every_class() -> list[type[DOMNode]]:
    """Return every class of ours that may have keys, bases before what is made of them."""
    found: dict[type[DOMNode], None] = {}
    waiting: list[type[DOMNode]] = [DOMNode]
    while waiting:
        kind = waiting.pop(0)
        waiting += kind.__subclasses__()
        if kind.__module__.partition(".")[0] == "warmcall":
            found[kind] = None
    return list(found)


def keymap_for_textual(keymap: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return `keymap`, keys by id, as Textual takes it: it knows no way to have no key."""
    return {id_: ",".join(keys) or f"{UNBOUND}{id_}" for id_, keys in keymap.items()}


def signs(keymap: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return by id how what it does is called in a sentence: its first key, else its label in quotes."""
    found: dict[str, str] = {}
    for kind in every_class():
        for binding in vars(kind).get("BINDINGS", ()):
            first = next(iter(keymap.get(binding.id, binding.key.split(","))), "")
            own = binding.key_display if binding.id not in keymap else None
            sign = key_sign(binding.with_key(first, own)) if first else f"“{binding.description}”"
            found.setdefault(binding.id, sign)
    return found


class HasSigns(Protocol):
    """An app that knows how its keys are called, by their ids, as `signs` gives them."""

    key_signs: Mapping[str, str]


def sign_of(app: App[Any], id_: str) -> str:
    """Return how the key of that id is called in a sentence of `app`; empty if there is no such id."""
    return cast("HasSigns", app).key_signs.get(id_, "")


def with_keys(app: App[Any], words: str) -> str:
    """Return `words` of our own, each {id} in them replaced by how it is called in a sentence of `app`."""
    return named(words, lambda id_: sign_of(app, id_)) if "{" in words else words


def named(words: str, sign: Callable[[str], str]) -> str:
    """Return `words` of our own, each {id} in them replaced by what `sign` gives, if it gives anything."""
    return _ID.sub(lambda found: sign(found[1]) or found[0], words)


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
        own = () if key.startswith(UNBOUND) else (key_sign(binding),)
        present = found.get(place)
        if present is None:
            label = _asked(node, "label_of", binding.action) or binding.description
            disabled_reason = _asked(node, "disabled_reason", binding.action)
            found[place] = ActiveKey(
                own, label, binding.tooltip, binding.show, disabled_reason, binding.action, node
            )
        else:
            found[place] = present._replace(keys=tuple(dict.fromkeys((*present.keys, *own))))
    nodes = list(dict.fromkeys(id(key.node) for key in found.values()))
    return sorted(
        found.values(),
        key=lambda key: (key.action.startswith(_MOVING), nodes.index(id(key.node)), *_rank(key)),
    )


def _taken_as_text(focused: Widget, key: str) -> bool:
    """Return whether `focused` writes what the key stands for instead of letting it be a command."""
    if key == "enter":
        return isinstance(focused, TextArea)
    sign = format_key(key)
    character = sign if len(sign) == 1 and key not in _SIGNS else key_to_character(key)
    return focused.check_consume_key(key, character)


def _rank(key: ActiveKey) -> tuple[bool, int, int]:
    """Return the place among the keys of one node: its own class before what it inherits, leaving last."""
    leaving = key.action in _LEAVING
    for distance, kind in enumerate(type(key.node).__mro__):
        for index, binding in enumerate(vars(kind).get("BINDINGS", ())):
            if isinstance(binding, Binding) and binding.action == key.action:
                return (leaving, distance, index)
    return (leaving, 99, 0)


def _asked(node: DOMNode, method: str, action: str) -> str:
    answer = getattr(node, method, None)
    return str(answer(action)) if callable(answer) else ""
