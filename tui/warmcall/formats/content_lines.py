"""Content lines: the grammar that iCalendar (RFC 5545, 3.1) and vCard (RFC 2426, 2.6) share.

Items, the events or cards of a calendar or an address book, are compared by what they say. How a program
folds and sorts their lines, and when it last wrote them, makes no difference: see `fingerprint_of`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import msgspec

CONTENT = "X-WARMCALL-CONTENT"
"""The property that holds the fingerprint of an item as warmcall wrote it, so that edits by others show."""

LARGEST_SEQUENCE = 2**31 - 1
"""The largest integer that the format allows (RFC 5545, 3.3.8)."""

_FINGERPRINT_DIGITS = 32
_FOLD = re.compile(rb"\r?\n[ \t]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_INSTANT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)Z")
_LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
_DEEPEST = 8
"""How deep components may stand in each other: a calendar, an event, an alarm, and room."""


class ItemKind(msgspec.Struct, frozen=True):
    """One kind of item, such as events.

    `ending` is that of its files, `component` the name between BEGIN and END, `label` the property that it is
    called by, and `revised` the one that says when it last changed. `is_ours` says of a UID whether it is one
    of warmcall's, and `is_bookkeeping` of a component and a property in it whether it is left out when items
    are compared.
    """

    ending: str
    component: str
    label: str
    revised: str
    is_ours: Callable[[str], bool]
    is_bookkeeping: Callable[[str, str], bool]


class FoundItem(msgspec.Struct, frozen=True):
    """An item that was read: its UID, what it says, and what it said when warmcall wrote it, if it did.

    `sequence` is 0 and `revised` None where it has none that can be read.
    """

    uid: str
    label: str
    fingerprint: str
    written: str = ""
    revised: datetime | None = None
    sequence: int = 0

    @property
    def is_as_written(self) -> bool:
        """Whether nobody has changed it since warmcall wrote it."""
        return self.fingerprint == self.written


class FolderItem(msgspec.Struct, frozen=True):
    """An item as it is now: its UID, a label to call it by, what it says, and `render`.

    That returns the content of its file, with a later date and number than those of the item it replaces.
    """

    uid: str
    label: str
    fingerprint: str
    render: Callable[[FoundItem | None], bytes]


class Component(msgspec.Struct, frozen=True):
    """What stands between BEGIN and END: its name, its properties with name and value, and what is in it.

    The first text of a property is its name with parameters in one form and order, without quotes.
    """

    name: str
    properties: list[tuple[str, str]]
    inside: list[Component]

    def value(self, name: str) -> str:
        """Return the value of the first property of that name; empty if there is none."""
        found = (value for head, value in self.properties if head.partition(";")[0] == name)
        return next(found, "")


def components(data: bytes) -> list[Component]:
    """Return the components of a file; none if it does not follow the grammar or is not UTF-8."""
    try:
        lines = _FOLD.sub(b"", data.removeprefix(b"\xef\xbb\xbf")).decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return []
    stack = [Component("", [], [])]
    for line in filter(None, (line.removesuffix("\r") for line in lines)):
        head, colon, value = _split(line)
        if not colon:
            return []
        if head == "BEGIN":
            stack.append(Component(value.strip().upper(), [], []))
            if len(stack) > _DEEPEST:
                return []
        elif head == "END":
            ended = stack.pop()
            if not stack or ended.name != value.strip().upper():
                return []
            stack[-1].inside.append(ended)
        else:
            stack[-1].properties.append((head, _ESCAPED.sub(_same_escape, value)))
    return stack[0].inside if len(stack) == 1 and not stack[0].properties else []


def found_items(data: bytes, kind: ItemKind) -> list[FoundItem]:
    """Return the items of a file, whoever wrote them, in their order; the UID may be empty."""
    return [
        FoundItem(
            uid=component.value("UID").strip(),
            label=_ESCAPED.sub(
                lambda match: " " if match[1] in "nN" else match[1], component.value(kind.label)
            ),
            fingerprint=fingerprint_of(component, kind),
            written=component.value(CONTENT).strip(),
            revised=_instant(component.value(kind.revised)),
            sequence=_sequence(component.value("SEQUENCE")),
        )
        for component in _walk(components(data))
        if component.name == kind.component
    ]


def fingerprint_of(component: Component, kind: ItemKind) -> str:
    """Return what a component says in 32 hexadecimal digits.

    The order of its properties, the folding of lines, the spelling of escapes and bookkeeping change nothing.
    """
    digest = hashlib.sha256(repr(_compared(component, kind)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:_FINGERPRINT_DIGITS]


def second_after(instant: datetime) -> datetime:
    """Return the second that follows `instant`, or the last that can be written."""
    return min(instant, _LAST - timedelta(seconds=1)) + timedelta(seconds=1)


def _compared(component: Component, kind: ItemKind) -> tuple[object, ...]:
    properties = sorted(
        (head, value)
        for head, value in component.properties
        if not kind.is_bookkeeping(component.name, head.partition(";")[0])
    )
    return component.name, properties, sorted(_compared(inner, kind) for inner in component.inside)


def _walk(found: list[Component]) -> Iterator[Component]:
    """Yield components: those of the file, and what stands directly in a calendar."""
    for component in found:
        yield component
        if component.name == "VCALENDAR":
            yield from component.inside


def _split(line: str) -> tuple[str, str, str]:
    """Return the name of a property with its parameters in one form, the colon after it, and its value."""
    pieces: list[str] = []
    start, quoted = 0, False
    for at, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter in ";:" and not quoted:
            pieces.append(line[start:at])
            start = at + 1
            if letter == ":":
                name, *parameters = pieces
                plain = sorted(_parameter(parameter) for parameter in parameters)
                return ";".join([name.strip().upper(), *plain]), ":", line[start:]
    return line, "", ""


def _parameter(text: str) -> str:
    name, _, value = text.partition("=")
    return f"{name.strip().upper()}={value.replace(chr(34), '')}"


def _same_escape(match: re.Match[str]) -> str:
    """Return an escape as all programs write it: a comma needs none, and a line break is a small n."""
    return {",": ",", "N": "\\n"}.get(match[1], match[0])


def _instant(text: str) -> datetime | None:
    match = _INSTANT.fullmatch(text.strip())
    if match is None:
        return None
    with suppress(ValueError):
        return datetime(*map(int, match.groups()), tzinfo=UTC)  # type: ignore[misc, arg-type]
    return None


def _sequence(text: str) -> int:
    text = text.strip()
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_SEQUENCE))
    return min(int(text), LARGEST_SEQUENCE) if is_number else 0
