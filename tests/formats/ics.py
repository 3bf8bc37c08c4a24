"""A small reader of calendar files that shares no code with the library that writes them."""

from __future__ import annotations

from typing import NamedTuple


class Component(NamedTuple):
    """One BEGIN…END: its properties by name with parameters ("DTSTART;VALUE=DATE"), and what is inside."""

    name: str
    lines: dict[str, str]
    inside: list[Component]

    def text(self, name: str) -> str:
        """Return a text without its escapes."""
        return unescaped(self.lines[name])


def read(text: str) -> Component:
    """Return the calendar of `text`; every line has to be one of the format."""
    data = text.encode("utf-8")
    assert data.endswith(b"\r\n")
    physical = data.removesuffix(b"\r\n").split(b"\r\n")
    for line in physical:
        assert len(line) <= 75, line
        assert b"\r" not in line
        assert b"\n" not in line
        line.decode("utf-8")
    unfolded: list[bytes] = []
    for line in physical:
        if line.startswith(b" "):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    stack = [Component("", {}, [])]
    for other_data in unfolded:
        name, colon, value = other_data.decode("utf-8").partition(":")
        assert colon, other_data
        if name == "BEGIN":
            stack.append(Component(value, {}, []))
        elif name == "END":
            ended = stack.pop()
            assert ended.name == value
            stack[-1].inside.append(ended)
        else:
            assert name not in stack[-1].lines, name
            stack[-1].lines[name] = value
    (root,) = stack
    (calendar,) = root.inside
    assert calendar.name == "VCALENDAR"
    return calendar


def unescaped(text: str) -> str:
    """Return a text with its escapes undone."""
    bench, signs = "", iter(text)
    for sign in signs:
        if sign == "\\":
            after = next(signs)
            bench += "\n" if after in "nN" else after
        else:
            bench += sign
    return bench
