"""The user's keymap: a YAML file that gives keys to bindings by their id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from warmcall.config.layouts import LAYOUTS
from warmcall.config.paths import Paths
from warmcall.config.safe_files import FileRefused, read_text
from warmcall.config.yaml_source import Problem, YamlFault, YamlSource, read_yaml
from warmcall.domain.sanitize import one_line

Keys = tuple[str, ...]

Keymap = dict[str, Keys]
"""Keys in Textual's names by the id of their binding; an empty tuple means no key."""


class KeymapEntry(msgspec.Struct, frozen=True):
    """The keys that a user gives to an id, as written, each with its line, and the line of the entry."""

    id: str
    keys: tuple[tuple[str, int], ...]
    line: int


CheckKeymap = Callable[[Sequence[KeymapEntry]], tuple[Keymap, Iterable[YamlFault]]]
"""Returns the keys of the entries that can be used together, and what is wrong with the others."""

_KEY_FIX = "write a key such as x or ctrl+s, or a list of keys such as [x, F5]"


def read_keymap(paths: Paths, named: str, check: CheckKeymap) -> tuple[Keymap, tuple[Problem, ...]]:
    """Return the keys in the user's keymap, and a problem for each entry that cannot be used.

    `named` is the file or the layout named in the settings, empty if none is; a missing file is a problem
    only if it is named. `check` knows which keys and ids there are, and is called only if there is a file.
    """
    path = paths.config_folder
    named = "" if named in LAYOUTS else named
    try:
        path = paths.keymap_file(named)
        source = read_yaml(read_text(path))
    except FileNotFoundError:
        return {}, (_file_problem(paths, named, "is not there"),) if named else ()
    except YamlFault as fault:
        fix = f'{fault.fix}; signs such as "?" and "[" need quotes around them'
        return {}, (Problem(str(path), fault.line, fault.what, fix),)
    except FileRefused as refused:
        return {}, (Problem(str(path), 1, refused.what, refused.fix),)
    except (RuntimeError, ValueError) as error:
        return {}, (_file_problem(paths, named, f"cannot be read ({error})"),)
    if source.value is None:
        return {}, ()
    if not isinstance(source.value, dict):
        return {}, (
            Problem(str(path), 1, "this is not a list of keys by id", "write lines like queue.done: x"),
        )
    entries: list[KeymapEntry] = []
    faults: list[YamlFault] = []
    for id_, value in source.value.items():
        try:
            entries.append(KeymapEntry(id_, _keys(id_, value, source), source.line_of((id_,))))
        except YamlFault as fault:
            faults.append(fault)
    keymap, unusable = check(entries)
    faults = sorted([*faults, *unusable], key=lambda fault: fault.line)
    return keymap, tuple(Problem(str(path), fault.line, fault.what, fault.fix) for fault in faults)


def _file_problem(paths: Paths, named: str, what: str) -> Problem:
    """Return a problem with the file named in the settings, at the line that names it."""
    try:
        line = read_yaml(read_text(paths.config_file)).line_of(("keymap",))
    except (OSError, YamlFault):  # the settings could be read a moment ago
        line = 1
    shown = one_line(named)[:80]
    return Problem(
        str(paths.config_file),
        line,
        f"the keymap “{shown}” {what}",
        f"name a file that is there, or one of {', '.join(LAYOUTS)}",
    )


def _keys(id_: str, value: Any, source: YamlSource) -> tuple[tuple[str, int], ...]:
    """Return the keys of an entry as written, each with its line.

    Raises:
        YamlFault: if one of them is not a text or a number, with its line.
    """
    keys = []
    for at, item in enumerate(value if isinstance(value, list) else [value]):
        line = source.line_of((id_, str(at)))
        if isinstance(item, bool) or item is None:
            raise YamlFault(line, f"{id_}: YAML does not read this as a key", "put quotes around it")
        if not isinstance(item, str | int):
            raise YamlFault(line, f"{id_}: this is not a key", _KEY_FIX)
        keys.append((str(item), line))
    return tuple(keys)
