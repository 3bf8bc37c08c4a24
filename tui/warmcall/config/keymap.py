"""The user's own keys: a YAML file that gives keys by the id of what they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from warmcall.config.library import Problem
from warmcall.config.paths import Paths
from warmcall.config.yaml_source import YamlFault, YamlSource, read_yaml
from warmcall.domain.key_names import NoSuchKey, key_named
from warmcall.domain.keymap import DeclaredKey, KeymapEntry, Keys, usable
from warmcall.domain.sanitize import one_line

Keymap = dict[str, Keys]
"""Keys as the screens call them, by the id of what they do; none for what is to have no key."""

_HOW = "write a key such as x or ctrl+s, or a list of keys such as [x, F5]"


class Keyboard(msgspec.Struct, frozen=True):
    """What the app declares: every key in every place, and the keys that a text keeps for itself."""

    declared: tuple[DeclaredKey, ...]
    editing: frozenset[str]


def read_keymap(
    paths: Paths, named: str, keyboard: Callable[[], Keyboard]
) -> tuple[Keymap, tuple[Problem, ...]]:
    """Return the keys that the keymap gives, and a problem for each entry that cannot be used.

    `named` is the file that the settings name, if any. `keyboard` is asked only if there is a file; that
    there is none is a problem only if one is named.
    """
    path = paths.config_folder
    try:
        path = paths.keymap_file(named)
        source = read_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, (_misnamed(paths, named, "is not there"),) if named else ()
    except YamlFault as fault:
        fix = f'{fault.fix}; signs such as "?" and "[" need quotes around them'
        return {}, (Problem(str(path), fault.line, fault.what, fix),)
    except (OSError, UnicodeDecodeError) as error:
        what = f"it cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})"
        return {}, (Problem(str(path), 1, what, "make it a readable text file"),)
    except (RuntimeError, ValueError) as error:
        return {}, (_misnamed(paths, named, f"cannot be read ({error})"),)
    if source.value is None:
        return {}, ()
    if not isinstance(source.value, dict):
        return {}, (
            Problem(str(path), 1, "this is no list of keys by name", "write lines like queue.done: x"),
        )
    entries: list[KeymapEntry] = []
    problems: list[Problem] = []
    for id_, value in source.value.items():
        try:
            entries.append(KeymapEntry(id_, _keys(id_, value, source), source.line_of((id_,))))
        except YamlFault as fault:
            problems.append(Problem(str(path), fault.line, fault.what, fault.fix))
    known = keyboard()
    good, wrong = usable(entries, known.declared, known.editing)
    problems += [Problem(str(path), fault.entry.line, fault.what, fault.fix) for fault in wrong]
    return {entry.id: entry.keys for entry in good}, tuple(sorted(problems, key=lambda problem: problem.line))


def _misnamed(paths: Paths, named: str, what: str) -> Problem:
    """Return what is wrong with the file that the settings name, with the line where they name it."""
    try:
        line = read_yaml(paths.config_file.read_text(encoding="utf-8")).line_of(("keymap",))
    except (OSError, ValueError, YamlFault):  # it was sound when the name was read from it
        line = 1
    shown = one_line(named)[:80]
    return Problem(str(paths.config_file), line, f"the keymap “{shown}” {what}", "name a file that is there")


def _keys(id_: str, value: Any, source: YamlSource) -> Keys:
    """Return the keys that an entry names.

    Raises:
        YamlFault: if one of them is none, with its line.
    """
    keys = []
    for at, item in enumerate(value if isinstance(value, list) else [value]):
        line = source.line_of((id_, str(at)))
        if isinstance(item, bool) or item is None:
            raise YamlFault(line, f"{id_}: this is no key as it stands", "put quotes around the key")
        if not isinstance(item, str | int):
            raise YamlFault(line, f"{id_}: this is no key", _HOW)
        try:
            keys.append(key_named(str(item)))
        except NoSuchKey as error:
            raise YamlFault(line, f"{id_}: {error.what}", error.fix) from error
    return tuple(dict.fromkeys(keys))
