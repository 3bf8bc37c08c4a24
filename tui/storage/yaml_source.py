"""YAML that people write, with the line of everything in it."""

from __future__ import annotations

from typing import Any

import msgspec
import yaml

Path = tuple[str, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlFault(Exception):
    """The text is no YAML that can be used; `line` counts from 1."""

    def __init__(self, line: int, what: str, mend: str) -> None:
        self.line = line
        self.what = what
        self.mend = mend
        super().__init__(f"line {line}: {what}; {mend}")


class Source(msgspec.Struct, frozen=True):
    """The value of a YAML text, and the line of each part of it by its path."""

    value: Any
    lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """Return the line of the part at `path`, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str) -> Source:
    """Return the one document in `text`; mappings have text keys, and no key twice.

    Raises:
        YamlFault: if it is not YAML, uses aliases, or has a key twice.
    """
    try:
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
            lines: dict[Path, int] = {(): 1}
            value = None if node is None else _value(node, (), lines, loader)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = f"this is not YAML: {error.problem or error.context}"
        raise YamlFault(line, what, "check the indentation, colons and quotes there") from error
    except yaml.YAMLError as error:
        raise YamlFault(
            1, "this is not YAML: a character it does not allow", "save it as plain UTF-8"
        ) from error
    except RecursionError as error:
        raise YamlFault(1, "this is nested too deep", "use fewer levels") from error
    return Source(value, lines)


def _value(node: Any, path: Path, lines: dict[Path, int], loader: Any) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in result:
                raise YamlFault(line, f"“{key}” stands twice", "keep one of them")
            lines[(*path, key)] = line
            result[key] = _value(value_node, (*path, key), lines, loader)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_value(one, (*path, str(at)), lines, loader) for at, one in enumerate(node.value)]
    return loader.construct_object(node)
