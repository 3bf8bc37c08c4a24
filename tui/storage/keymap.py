"""The user's own keys: a YAML file that gives keys by the id of what they do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from tui.domain.key_names import NoSuchKey, key_named
from tui.domain.keymap import DeclaredKey, Entry, Keys, usable
from tui.storage.library import Problem
from tui.storage.yaml_source import Source, YamlFault, read_yaml

Keymap = dict[str, Keys]
"""Keys as the screens call them, by the id of what they do; none for what is to have no key."""

_HOW = "write a key such as x or ctrl+s, or a list of keys such as [x, F5]"


class Keyboard(msgspec.Struct, frozen=True):
    """What the app declares: every key in every place, and the keys that a text keeps for itself."""

    declared: tuple[DeclaredKey, ...]
    editing: frozenset[str]


def read_keymap(
    path: Path, keyboard: Callable[[], Keyboard], wanted: bool = False
) -> tuple[Keymap, tuple[Problem, ...]]:
    """Return the keys that the file at `path` gives, and a problem for each entry that cannot be used.

    `keyboard` is asked only if there is a file. That there is none is a problem only if one is `wanted`.
    """
    try:
        source = read_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        missing = Problem(str(path), 1, "the keymap named in config.yaml is not there", "put it there")
        return {}, (missing,) if wanted else ()
    except YamlFault as fault:
        mend = f'{fault.mend}; signs such as "?" and "[" need quotes around them'
        return {}, (Problem(str(path), fault.line, fault.what, mend),)
    except (OSError, UnicodeDecodeError) as error:
        what = f"it cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})"
        return {}, (Problem(str(path), 1, what, "make it a readable text file"),)
    if source.value is None:
        return {}, ()
    if not isinstance(source.value, dict):
        return {}, (
            Problem(str(path), 1, "this is no list of keys by name", "write lines like queue.done: x"),
        )
    entries: list[Entry] = []
    problems: list[Problem] = []
    for id_, value in source.value.items():
        try:
            entries.append(Entry(id_, _keys(id_, value, source), source.line_of((id_,))))
        except YamlFault as fault:
            problems.append(Problem(str(path), fault.line, fault.what, fault.mend))
    known = keyboard()
    good, wrong = usable(entries, known.declared, known.editing)
    problems += [Problem(str(path), one.entry.line, one.what, one.mend) for one in wrong]
    return {entry.id: entry.keys for entry in good}, tuple(sorted(problems, key=lambda one: one.line))


def _keys(id_: str, value: Any, source: Source) -> Keys:
    """Return the keys that an entry names.

    Raises:
        YamlFault: if one of them is none, with its line.
    """
    keys = []
    for at, one in enumerate(value if isinstance(value, list) else [value]):
        line = source.line_of((id_, str(at)))
        if isinstance(one, bool) or one is None:
            raise YamlFault(line, f"{id_}: this is no key as it stands", "put quotes around the key")
        if not isinstance(one, str | int):
            raise YamlFault(line, f"{id_}: this is no key", _HOW)
        try:
            keys.append(key_named(str(one)))
        except NoSuchKey as error:
            raise YamlFault(line, f"{id_}: {error.what}", error.mend) from error
    return tuple(dict.fromkeys(keys))
