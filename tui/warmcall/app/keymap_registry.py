"""Every key that the app declares, where it is active, and the table of them all."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from warmcall.app.app import WarmcallApp
from warmcall.config.keymap import Keyboard
from warmcall.domain.keymap import REPLY, DeclaredKey, Keys, Place, keys_in_force
from warmcall.screens.help import HelpDialog
from warmcall.screens.interview.pane import Pane
from warmcall.widgets.form import Choice, Form
from warmcall.widgets.keys import bindings_of, key_display, key_displays, own_node_classes, replace_key_ids

PLACES: Mapping[str, str] = {
    "app": "Everywhere",
    "screen": "On every screen",
    "dialog": "In a dialog",
    "help": "Help",
    "rows": "In a list",
    "page": "On a page to read",
    "queue": "Queue",
    "calendar": "Queue and Interview",
    "people": "People",
    "person": "On a person",
    "attempts": "Attempts",
    "call": "Call",
    "outcome": "How a call ended",
    "interview": "Interview",
    "before": "Interview, before",
    "during": "Interview, during",
    "capture": "Interview, during and after",
    "after": "Interview, after",
    "held": "Interview open elsewhere",
    "captures": "What is captured",
    "briefing": "The page to read",
    "question": "Adding questions",
    "target": "Target",
    "message": "A message",
    "mail_address": "A mail link",
    "when": "Putting off",
    "form": "A form",
    "choice": "A field to choose in",
    "picker": "A name being found",
    "notes": "A text",
    "area": "A text in a form",
    "debrief": "The debrief",
    "practice": "Practising a call",
    "rehearsal": "Practising an interview",
    "rehearsed": "A practised interview over",
    "first": "The first screen",
    "resume": "An interview running at the start",
    "ended": "An interview never ended",
    "missed": "An interview never begun",
    "unsaved": "Something not saved",
}
"""Where the keys are whose ids begin with a word, as the table calls it, in its order."""

_COMMANDS = ("escape", "tab", "shift+tab", "backspace")

_TAKES_LETTERS = (Input, TextArea, Choice)
"""What takes letters for itself, so that no letter can be a key of its own."""


def keyboard() -> Keyboard:
    """Return what a keymap is checked against."""
    texts = (binding for kind in (Input, TextArea) for binding in Binding.make_bindings(kind.BINDINGS))
    return Keyboard(tuple(declared_keys()), frozenset(binding.key for binding in texts))


def declared_keys() -> Iterator[DeclaredKey]:
    """Yield every key of the app, once for each place where it is active."""
    yield from _keys_of(WarmcallApp, ("app",))
    for kind in own_node_classes():
        if issubclass(kind, Screen):
            root: Place = () if issubclass(kind, ModalScreen) else ("app",)
            yield from _within(kind, (*root, kind.__name__), (kind,))


def table(keymap: Mapping[str, Keys]) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Yield for each place its name, and the id, the keys and the meaning of each key there.

    The keys are those in force under `keymap`, as they are shown on the screen.
    """
    known = key_displays(keymap)
    by_id: dict[str, list[DeclaredKey]] = {}
    for key in declared_keys():
        by_id.setdefault(key.id, []).append(key)
    for word, place in PLACES.items():
        rows = [
            (id_, _signs(found, keymap), replace_key_ids(_meaning(found[0]), lambda id_: known.get(id_, "")))
            for id_, found in by_id.items()
            if id_.partition(".")[0] == word and not id_.startswith(REPLY)
        ]
        if word == "call":
            rows.append((f"{REPLY}…", "a … z", "What they say, as the script has it"))
        yield place, rows


def lines(keymap: Mapping[str, Keys]) -> Iterator[str]:
    """Yield the table as plain text, a heading for each place; keys that `keymap` gives are marked."""
    yield "Keys by id, for keymap.yaml; * marks those it gives. `dialog.leave` and a few others have more"
    yield "keys in some places than in others: a keymap gives them the same in all."
    for place, rows in table(keymap):
        yield ""
        yield place
        for id_, own, meaning in rows:
            yield f"  {'*' if id_ in keymap else ' '} {id_:<26} {own or 'none':<12} {meaning}"


def _signs(found: Iterable[DeclaredKey], keymap: Mapping[str, Keys]) -> str:
    keys = dict.fromkeys(key for other_key in found for key in keys_in_force(other_key, keymap))
    return " ".join(key_display(Binding(key, "", "")) for key in keys)


def _meaning(key: DeclaredKey) -> str:
    return f"{key.label}: {key.tooltip}" if key.tooltip else key.label


def _within(kind: type[DOMNode], place: Place, around: tuple[type[Any], ...]) -> Iterator[DeclaredKey]:
    """Yield the keys of a class, and those of what may be inside it."""
    yield from _keys_of(kind, place)
    for inner in _inside(kind):
        alike = any(issubclass(inner, outer) or issubclass(outer, inner) for outer in around)
        if not alike and not (issubclass(inner, Pane) and any(issubclass(outer, Pane) for outer in around)):
            yield from _within(inner, (*place, inner.__name__), (*around, inner))


def _inside(kind: type[DOMNode]) -> list[type[Widget]]:
    """Return the widgets of ours that the modules of a class name: what it may be made of."""
    modules = [sys.modules[base.__module__] for base in kind.__mro__ if _is_ours(base)]
    things = (thing for module in modules for thing in vars(module).values())
    found = (
        kind for kind in things if isinstance(kind, type) and issubclass(kind, Widget) and _is_ours(kind)
    )
    return [kind for kind in dict.fromkeys(found) if not issubclass(kind, Screen)]


def _is_ours(kind: type[Any]) -> bool:
    return kind.__module__.partition(".")[0] == "warmcall"


def _keys_of(kind: type[DOMNode], place: Place) -> Iterator[DeclaredKey]:
    """Yield the keys that a class has, inherited ones included."""
    for binding, keys in bindings_of(kind):
        everywhere = issubclass(kind, App) and binding.priority
        yield DeclaredKey(
            id=str(binding.id),
            keys=keys,
            label=binding.description,
            tooltip=binding.tooltip,
            place=() if everywhere else place,
            typing=issubclass(kind, _TAKES_LETTERS) or _has_to_work_while_typing(kind, keys),
            first=binding.priority or issubclass(kind, _TAKES_LETTERS),
        )


def _has_to_work_while_typing(kind: type[DOMNode], keys: Keys) -> bool:
    """Return whether all `keys` of a class are such as texts leave alone, and it may be around a text."""
    commands = {key for key in keys if key.startswith("ctrl+") or (key[0] == "f" and key[1:].isdigit())}
    if issubclass(kind, HelpDialog):
        return bool(keys) and {*keys} <= {*commands, *_COMMANDS, "enter"}
    if issubclass(kind, ModalScreen | Form):
        return bool(keys) and {*keys} <= {*commands, *_COMMANDS}
    return bool(keys) and issubclass(kind, App | Screen) and {*keys} <= {*commands, "escape", "backspace"}
