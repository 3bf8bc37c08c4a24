"""YAML that people write: its value, the line of every part of it, and what is wrong in it."""

from __future__ import annotations

from typing import Any

import msgspec

Path = tuple[str, ...]
"""The keys that lead to a part of a YAML text, items of a list by their index from 0."""


class Problem(msgspec.Struct, frozen=True):
    """Something wrong in a file that a person wrote. The file is not used, unless it is only a warning.

    `line` counts from 1; `fix` says what to do about it.
    """

    file: str
    line: int
    what: str
    fix: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what}; {self.fix}"


class YamlFault(Exception):
    """The text is not YAML that can be used; `line` counts from 1, `fix` says what to do."""

    def __init__(self, line: int, what: str, fix: str) -> None:
        self.line = line
        self.what = what
        self.fix = fix
        super().__init__(f"line {line}: {what}; {fix}")


class YamlSource(msgspec.Struct, frozen=True):
    """The value of a YAML text, and the line of each part of it, from 1, by its path."""

    value: Any
    lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """Return the line of the part at `path`; if there is none, of the nearest part that contains it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str) -> YamlSource:
    """Return the one document in `text`; mappings have text keys, and no key twice.

    Raises:
        YamlFault: if it is not YAML, uses aliases or tags of its own, or has a key twice.
    """
    from warmcall.config.yaml_parser import parsed  # most of the plain commands read no YAML

    return parsed(text)
