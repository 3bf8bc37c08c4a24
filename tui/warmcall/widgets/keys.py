"""The keys that are active now, taken from the bindings: for the key bar, the help and the palette."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, Protocol, cast

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key
from textual.screen import Screen
from textual.widget import Widget

from warmcall.widgets.key_names import sign

_DISPLAYS = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "Enter", "escape": "Esc",
    "backspace": "Backspace", "space": "Space", "tab": "Tab", "home": "Home", "end": "End",
    "pageup": "PgUp", "pagedown": "PgDn", "delete": "Del", "insert": "Ins",
}  # fmt: skip
"""How keys are shown that Textual would show otherwise."""

_LEAVING = ("leave", "back")
_MOVING = ("move(", "first", "last", "page", "scroll", "tab(", "next_tab")
"""What the actions begin with that everybody guesses; they come last where keys are listed."""

_ID = re.compile(r"\{([a-z_]+\.[a-z0-9_]+)\}")

UNBOUND = "unbound:"
"""The beginning of keys that nobody can press: they stand for the key the user took away from an action."""


class ActiveKey(NamedTuple):
    """An action that a key does now.

    `keys` are all its keys as shown, none if the user took them away. `tooltip_template` is its tooltip with
    ids in place of keys. `disabled_reason` is empty if it can act.
    """

    keys: tuple[str, ...]
    label: str
    tooltip_template: str
    shown: bool
    disabled_reason: str
    action: str
    node: DOMNode

    @property
    def dim(self) -> bool:
        """Whether its hint is dim: it cannot act now, and its node does not keep the hint as it is."""
        return bool(self.disabled_reason) and not _call_if_present(self.node, "keeps_hint", self.action)

    @property
    def tooltip(self) -> str:
        """What the action does, with keys as the user has them."""
        return with_keys(self.node.app, self.tooltip_template)

    @property
    def about(self) -> str:
        """Why the action cannot be done now, or else what it does."""
        return f"not now: {self.disabled_reason}" if self.disabled_reason else self.tooltip


def key_display(binding: Binding) -> str:
    """Return a key as it is shown: "Enter", "^s", "?"."""
    return binding.key_display or display_of_key(binding.key)


@cache
def display_of_key(name: str) -> str:
    """Return the key that Textual calls `name` as it is shown."""
    modifiers, _, key = name.rpartition("+")
    shown = _DISPLAYS.get(key) or (key.upper() if key[:1] == "f" and key[1:].isdigit() else format_key(key))
    return {"": "", "ctrl": "^", "shift": "S-", "ctrl+shift": "^S-"}.get(modifiers, f"{modifiers}+") + shown


def bindings_of(node_class: type[DOMNode]) -> Iterator[tuple[Binding, tuple[str, ...]]]:
    """Yield each binding of a class and its keys, put together from all its bases as Textual does.

    A key of a class replaces that key of its bases; within one class, several bindings may share a key.
    """
    by_key: dict[str, list[Binding]] = {}
    for base in reversed(node_class.__mro__):
        own: dict[str, list[Binding]] = {}
        for binding in Binding.make_bindings(vars(base).get("BINDINGS", ())):
            own.setdefault(binding.key, []).append(binding)
        by_key |= own
    by_id: dict[str, list[Binding]] = {}
    for sharing in by_key.values():
        for binding in sharing:
            if binding.id:
                by_id.setdefault(binding.id, []).append(binding)
    for found in by_id.values():
        yield found[0], tuple(binding.key for binding in found)


def own_node_classes() -> list[type[DOMNode]]:
    """Return every class of warmcall that may have bindings, bases before their subclasses.

    Those of one base are in the order of their modules and names, whichever was imported first.
    """
    found: dict[type[DOMNode], None] = {}
    waiting: list[type[DOMNode]] = [DOMNode]
    while waiting:
        node_class = waiting.pop(0)
        waiting += sorted(node_class.__subclasses__(), key=lambda kind: (kind.__module__, kind.__qualname__))
        if node_class.__module__.partition(".")[0] == "warmcall":
            found[node_class] = None
    return list(found)


def keymap_for_textual(keymap: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return `keymap`, keys by id, in Textual's form, which cannot say that an action has no key."""
    return {id_: ",".join(keys) or f"{UNBOUND}{id_}" for id_, keys in keymap.items()}


def key_displays(keymap: Mapping[str, Iterable[str]], named: Iterable[Binding] = ()) -> dict[str, str]:
    """Return for each id what a sentence calls its key: the first key, or the label in quotes without one.

    The keys are those of all classes imported so far, and those `named`.
    """
    found: dict[str, str] = {}
    declared = (binding for kind in own_node_classes() for binding in vars(kind).get("BINDINGS", ()))
    for binding in (*declared, *named):
        first = next(iter(keymap.get(binding.id, binding.key.split(","))), "")
        display = binding.key_display if binding.id not in keymap else None
        shown = (display or display_of_key(first)) if first else f"“{binding.description}”"
        found.setdefault(binding.id, shown)
    return found


class KeyDisplays:
    """What a sentence calls each key under a keymap, as `key_displays` says.

    Classes are imported when they are first used, so a key that none of them had so far is looked for again,
    and at last in all: `import_all` is called then.
    """

    def __init__(
        self,
        keymap: Mapping[str, Iterable[str]],
        named: Iterable[Binding],
        import_all: Callable[[], object],
    ) -> None:
        self._keymap = keymap
        self._named = tuple(named)
        self._import_all = import_all
        self._has_all = False
        self._shown: Mapping[str, str] = {}

    def of(self, id_: str) -> str:
        """Return what a sentence calls the key of that id; empty if there is no such id."""
        if id_ not in self._shown:
            self._shown = key_displays(self._keymap, self._named)
        if id_ not in self._shown and not self._has_all:
            self._has_all = True
            self._import_all()
            self._shown = key_displays(self._keymap, self._named)
        return self._shown.get(id_, "")


class HasKeyDisplays(Protocol):
    """An app that knows what sentences call its keys."""

    key_displays: KeyDisplays


def key_display_of(app: App[Any], id_: str) -> str:
    """Return what a sentence calls the key of that id in `app`; empty if there is no such id."""
    return cast("HasKeyDisplays", app).key_displays.of(id_)


def with_keys(app: App[Any], words: str) -> str:
    """Return `words`, which come from no user and no file, with each {id} replaced by its key in `app`."""
    return replace_key_ids(words, lambda id_: key_display_of(app, id_)) if "{" in words else words


def replace_key_ids(words: str, display: Callable[[str], str]) -> str:
    """Return `words` with each {id} replaced by what `display` returns for it, unless that is empty."""
    return _ID.sub(lambda found: display(found[1]) or found[0], words)


def active_keys(screen: Screen[Any], shown_only: bool = False) -> list[ActiveKey]:
    """Return what the keys do on `screen` at this moment, those of the innermost widget first.

    Keys that type text into the focused field are left out, and so are the editing keys of Textual's own
    widgets, which have no id. With `shown_only` so are those that the bar does not show; whether they can act
    is not asked then.
    """
    focused = screen.focused
    found: dict[tuple[str, int], ActiveKey] = {}
    for key, active in screen.active_bindings.items():
        binding, node = active.binding, active.node
        if not binding.id or not binding.description or node is None:
            continue
        if focused is not None and _types_text(focused, key):
            continue
        place = (binding.action, id(node))
        shown = () if key.startswith(UNBOUND) else (key_display(binding),)
        present = found.get(place)
        if present is None:
            label = _call_if_present(node, "label_of", binding.action) or binding.description
            asked = binding.show or not shown_only
            disabled_reason = _call_if_present(node, "disabled_reason", binding.action) if asked else ""
            found[place] = ActiveKey(
                shown, label, binding.tooltip, binding.show, disabled_reason, binding.action, node
            )
        else:
            found[place] = present._replace(keys=tuple(dict.fromkeys((*present.keys, *shown))))
    nodes = list(dict.fromkeys(id(key.node) for key in found.values()))
    return sorted(
        (key for key in found.values() if key.shown or not shown_only),
        key=lambda key: (key.action.startswith(_MOVING), nodes.index(id(key.node)), *_rank(key)),
    )


def _types_text(focused: Widget, key: str) -> bool:
    """Return whether the key types text into `focused` instead of being a command."""
    if key == "enter":
        return any(kind.__name__ == "TextArea" for kind in type(focused).__mro__)  # importing it takes long
    return focused.check_consume_key(key, sign(key) or None)


def _rank(key: ActiveKey) -> tuple[bool, int, int]:
    """Return the order among the keys of one node: its own class before its bases, leaving it last."""
    leaving = key.action in _LEAVING
    for distance, node_class in enumerate(type(key.node).__mro__):
        for index, binding in enumerate(vars(node_class).get("BINDINGS", ())):
            if isinstance(binding, Binding) and binding.action == key.action:
                return (leaving, distance, index)
    return (leaving, 99, 0)


def _call_if_present(node: DOMNode, name: str, action: str) -> Any:
    method = getattr(node, name, None)
    return method(action) if callable(method) else ""
