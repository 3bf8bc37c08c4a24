"""Parses YAML that people write, and remembers the line of every part of it."""

from __future__ import annotations

from typing import Any

import yaml

from warmcall.config.yaml_source import Path, YamlFault, YamlSource

_TAGS = "tag:yaml.org,2002:"

_MOST_LEVELS = 2000
"""Nesting deeper than this is refused. Nobody writes as much, and the parser survives ten times that."""

_TOO_DEEP = ("this is nested too deep", "use fewer levels")

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parsed(text: str) -> YamlSource:
    """Return the one document in `text`; mappings have text keys, and no key twice.

    Raises:
        YamlFault: if it is not YAML, uses aliases or tags of its own, or has a key twice.
    """
    try:
        _refuse_depth(text)
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
            lines: dict[Path, int] = {(): 1}
            value = None if node is None else _value(node, (), lines, loader, set())
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        line = min(line, len(text.splitlines()) or 1)
        what = f"this is not YAML: {error.problem or error.context}"
        raise YamlFault(line, what, "check the indentation, colons and quotes there") from error
    except yaml.YAMLError as error:
        raise YamlFault(
            1, "this is not YAML: a character it does not allow", "save it as plain UTF-8"
        ) from error
    except RecursionError as error:
        raise YamlFault(1, *_TOO_DEEP) from error
    return YamlSource(value, lines)


def _refuse_depth(text: str) -> None:
    """Refuse a text nested so deep that the parser, which is written in C, would crash.

    Levels are counted only in a text with so many brackets, or such a long line, that it may be too deep.

    Raises:
        YamlFault: if it is too deep.
    """
    longest = max(map(len, text.splitlines()), default=0)
    if text.count("[") + text.count("{") + longest < _MOST_LEVELS:
        return
    level = 0
    events: Any = yaml.parse(text, Loader=_LOADER)
    for event in events:
        level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if level > _MOST_LEVELS:
            raise YamlFault(event.start_mark.line + 1, *_TOO_DEEP)


def _value(node: Any, path: Path, lines: dict[Path, int], loader: Any, seen: set[int]) -> Any:
    """Return the value of a node, and add the lines of its parts to `lines`.

    `seen` has the ids of the nodes so far: one that comes again is an alias.

    Raises:
        YamlFault: if it has an alias, a tag or a repeated key.
    """
    if id(node) in seen:
        line = YamlSource(None, lines).line_of(path)
        raise YamlFault(line, "“*” repeats another part of the file", "write it out here")
    seen.add(id(node))
    line = lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, line, loader)
    plain = "map" if isinstance(node, yaml.MappingNode) else "seq"
    if node.tag != f"{_TAGS}{plain}":
        raise YamlFault(line, f"the tag “{node.tag}” has no meaning here", "leave it out")
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, str(at)), lines, loader, seen) for at, item in enumerate(node.value)]
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlFault(line, "a key is not a word", "write one word before the colon")
        key = str(key_node.value)
        if key in result:
            inside = f"{'.'.join(path)}: " if path else ""
            raise YamlFault(line, f"{inside}“{key}” is there twice", "keep one of them")
        lines[(*path, key)] = line
        result[key] = _value(value_node, (*path, key), lines, loader, seen)
    return result


def _scalar(node: Any, line: int, loader: Any) -> Any:
    try:
        return loader.construct_object(node)
    except yaml.YAMLError:
        raise
    except Exception as error:  # PyYAML passes on the errors of int, float and date
        raise YamlFault(line, f"“{node.value[:40]}” cannot be read", "put quotes around it") from error
