"""The user's keymap: a YAML file that gives keys to bindings by their id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from warmcall.config.library import Problem
from warmcall.config.paths import Paths
from warmcall.config.safe_files import FileRefused, read_text
from warmcall.config.yaml_source import YamlFault, YamlSource, read_yaml
from warmcall.domain.key_names import NoSuchKey, key_named
from warmcall.domain.keymap import Keyboard, KeymapEntry, Keys, usable
from warmcall.domain.sanitize import one_line

Keymap = dict[str, Keys]
"""Keys in Textual's names by the id of their binding; an empty tuple means no key."""

_KEY_FIX = "write a key such as x or ctrl+s, or a list of keys such as [x, F5]"


def read_keymap(
    paths: Paths, named: str, keyboard: Callable[[], Keyboard]
) -> tuple[Keymap, tuple[Problem, ...]]:
    """Return the keys in the user's keymap, and a problem for each entry that cannot be used.

    `named` is the file named in the settings, empty if none is; a missing file is a problem only if it is
    named. `keyboard` returns the bindings and keys to check against, and is called only if there is a file.
    """
    path = paths.config_folder
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
            Problem(str(path), 1, "this is no list of keys by name", "write lines like queue.done: x"),
        )
    entries: list[KeymapEntry] = []
    problems: list[Problem] = []
    for id_, value in source.value.items():
        try:
            entries.append(KeymapEntry(id_, _keys(id_, value, source), source.line_of((id_,))))
        except YamlFault as fault:
            problems.append(Problem(str(path), fault.line, fault.what, fault.fix))
    kept, faults = usable(entries, keyboard())
    problems += [Problem(str(path), fault.entry.line, fault.what, fault.fix) for fault in faults]
    return {entry.id: entry.keys for entry in kept}, tuple(sorted(problems, key=lambda problem: problem.line))


def _file_problem(paths: Paths, named: str, what: str) -> Problem:
    """Return a problem with the file named in the settings, at the line that names it."""
    try:
        line = read_yaml(read_text(paths.config_file)).line_of(("keymap",))
    except (OSError, YamlFault):  # the settings could be read a moment ago
        line = 1
    shown = one_line(named)[:80]
    return Problem(str(paths.config_file), line, f"the keymap “{shown}” {what}", "name a file that is there")


def _keys(id_: str, value: Any, source: YamlSource) -> Keys:
    """Return the keys of an entry, in Textual's names.

    Raises:
        YamlFault: if one of them is not a key, with its line.
    """
    keys = []
    for at, item in enumerate(value if isinstance(value, list) else [value]):
        line = source.line_of((id_, str(at)))
        if isinstance(item, bool) or item is None:
            raise YamlFault(line, f"{id_}: this is no key as it stands", "put quotes around the key")
        if not isinstance(item, str | int):
            raise YamlFault(line, f"{id_}: this is no key", _KEY_FIX)
        try:
            keys.append(key_named(str(item)))
        except NoSuchKey as error:
            raise YamlFault(line, f"{id_}: {error.what}", error.fix) from error
    return tuple(dict.fromkeys(keys))
