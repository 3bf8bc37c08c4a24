"""Address cards: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as phones and address books write them.

Cards are read by their lines and not by a strict parser, since most of what is found in files breaks a rule:
lines folded within a letter, quoted-printable with soft breaks, parameters without names, several encodings
in one file, cards that end too soon.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from warmcall.domain.found_people import (
    FileKind,
    FoundPeople,
    FoundPerson,
    LeftReason,
    LeftRow,
)
from warmcall.domain.names import FAMILY_FIRST
from warmcall.domain.vocabulary import Permission, Source
from warmcall.formats.decoding import decoded
from warmcall.formats.found_dates import day_written
from warmcall.formats.found_values import PersonBuilder, clean_line
from warmcall.formats.unreadable import UnreadableFile

_PROPERTY = re.compile(rb"(?:[A-Za-z0-9_-]+\.)?([A-Za-z][A-Za-z0-9_-]*)\s*([;:])")
_QUOTED_PRINTABLE = re.compile(rb"[;=,]\s*quoted-printable\b", re.IGNORECASE)
_BASE64 = re.compile(rb";\s*(?:encoding=)?(?:b|base64)\s*[;:]", re.IGNORECASE)
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B"})
_VALUES = frozenset({"URL", "URI", "INLINE", "CONTENT-ID", "CID"})
_PIECE = re.compile(r"\\.|;|[^\\;]+|\\", re.DOTALL)
_NAME_IN_LIST = re.compile(r"(?:\\.|[^\\,])+", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_YEARS_LEFT_OUT = re.compile(r"1604-?(\d\d)-?(\d\d)")
_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_NO_CALL = frozenset({"FAX", "PAGER", "MODEM", "BBS", "TEXT-ONLY"})

_DROPPED = frozenset(
    {
        "BEGIN", "END", "VERSION", "PRODID", "UID", "REV", "PHOTO", "LOGO", "SOUND", "KEY", "SORT-STRING",
        "CLASS", "MAILER", "FN", "N", "LABEL", "LANG", "GENDER", "CLIENTPIDMAP", "SOURCE", "NAME",
        "PROFILE", "AGENT", "KIND", "MEMBER", "FBURL", "CALURI", "CALADRURI", "GEO", "XML", "CREATED",
        "LANGUAGE",
    }
)  # fmt: skip
"""What says nothing for the notes: pictures, keys, the bookkeeping of programs. Other names without X- do."""

_NOTED = {
    "ADR": "Address", "BDAY": "Birthday", "ANNIVERSARY": "Anniversary", "ROLE": "Role",
    "CATEGORIES": "Categories", "IMPP": "Messaging", "RELATED": "Related", "HOBBY": "Hobby",
    "INTEREST": "Interest", "EXPERTISE": "Expertise",
}  # fmt: skip

OWN_PROPERTY = "X-WARMCALL-"
"""How the names of properties begin that only cards of warmcall have."""

_PERMISSIONS = {permission.value: permission for permission in Permission}

_CARD_TEXT = 100

_HEAD_BYTES = 5000
"""How far the value of a property is looked for."""

_MARK_BYTES = 60
"""Longer lines neither begin nor end a card."""


class _Property(NamedTuple):
    """A property: its group, name and parameters in capitals, and its value with the escapes still in it."""

    group: str
    name: str
    parameters: dict[str, list[str]]
    value: str

    @property
    def types(self) -> set[str]:
        return set(self.parameters.get("TYPE", ()))

    def preference(self) -> int:
        """Return the place among those of its name: 1 to 100 as in vCard 4.0, 1 for PREF, 101 for none."""
        given = self.parameters.get("PREF", [""])[0]
        if given.isdecimal() and given.isascii() and len(given) <= 3:
            return int(given)
        return 1 if "PREF" in self.types else 101


def is_vcard(data: bytes) -> bool:
    """Return whether a file holds cards: one begins near its start, in any encoding."""
    start = data[:4000].replace(b"\0", b"").upper()
    return any(line.strip(b"\xef\xbb\xbf\xff\xfe \t") == b"BEGIN:VCARD" for line in start.splitlines())


def people_in_vcards(data: bytes, encoding: str = "") -> FoundPeople:
    """Return the people of a file of cards. `encoding` is that of cards that name none, empty to see it.

    Raises:
        UnreadableFile: if no card is in it.
    """
    file = decoded(data, encoding)
    people: list[FoundPerson] = []
    left: list[LeftRow] = []
    # Cards of other encodings than UTF-16 and UTF-32 are kept as bytes: each may name one of its own.
    wide = file.encoding.startswith(("utf-16", "utf-32"))
    text = file.text.encode("utf-8", "replace") if wide else data
    fallback = "utf-8" if wide else file.encoding
    for line, raw, whole in _cards(text):
        properties = [found for content in _unfolded(raw) if (found := _property(content, fallback))]
        name = next((clean_line(_text(entry)) for entry in properties if entry.name == "FN"), "")
        if not whole:
            left.append(LeftRow(line=line, reason=LeftReason.CUT_SHORT, text=name[:_CARD_TEXT]))
            continue
        kinds = {
            entry.value.strip().casefold() for entry in properties if entry.name in ("KIND", _APPLE_KIND)
        }
        if "group" in kinds:
            left.append(LeftRow(line=line, reason=LeftReason.GROUP, text=name[:_CARD_TEXT]))
            continue
        person = _person(line, properties)
        if person is None:
            text_left = next(
                (clean_line(_text(entry)) for entry in properties if entry.name in ("EMAIL", "TEL")), ""
            )
            left.append(LeftRow(line=line, reason=LeftReason.NO_NAME, text=text_left[:_CARD_TEXT]))
        else:
            people.append(person)
    if not people and not left:
        raise UnreadableFile("no address card is in it", "export it again as vCard (.vcf)")
    return FoundPeople(
        kind=FileKind.VCARD,
        people=tuple(people),
        left=tuple(left),
        encoding=file.encoding,
        encoding_sure=file.sure,
    )


_APPLE_KIND = "X-ADDRESSBOOKSERVER-KIND"


def _cards(data: bytes) -> Iterator[tuple[int, list[bytes], bool]]:
    """Yield each card: the number of its first line, its lines, and whether it begins and ends."""
    lines: list[bytes] = []
    start = depth = 0
    begun = False
    previous = b""
    for number, line in enumerate(re.split(rb"\r\n|\n|\r", data.removeprefix(b"\xef\xbb\xbf")), 1):
        mark = line.strip().upper().replace(b" ", b"") if len(line) < _MARK_BYTES else b""
        if mark.endswith(b"BEGIN:VCARD") and (mark == b"BEGIN:VCARD" or mark.startswith(b"AGENT")):
            # vCard 2.1 puts the card of an assistant into the card.
            if depth and (mark.startswith(b"AGENT") or previous.startswith(b"AGENT")):
                depth += 1
            else:
                if depth:
                    yield start, lines, False
                lines, start, depth, begun = [], number, 1, True
        elif mark == b"END:VCARD":
            depth = max(0, depth - 1)
            if not depth:
                yield start or number, lines, begun
                lines, start, begun = [], 0, False
        elif depth < 2 and (depth or mark or len(line) >= _MARK_BYTES):
            if not depth:
                start, depth = number, 1
            lines.append(line)
        previous = mark
    if depth:
        yield start, lines, False


def _unfolded(lines: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the content lines of a card, each put together from the lines it was folded into.

    A line that begins no property goes on with the one before it. In vCard 2.1 folding keeps the space, in
    later versions it goes.
    """
    old = any(line.strip().upper().replace(b" ", b"") == b"VERSION:2.1" for line in lines)
    parts: list[bytes] = []
    quoted = binary = False
    for line in lines:
        if quoted and parts[-1].endswith(b"="):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif line[:1] in (b" ", b"\t") and parts:
            parts.append(b" " + line.lstrip() if old and not binary else line[1:])
        elif parts and not _PROPERTY.match(line):
            if line.strip():
                parts.append(line.strip() if binary else b"\n" + line)
        else:
            if parts:
                yield b"".join(parts)
            parts = [line]
            head = line.partition(b":")[0] + b":"
            quoted, binary = bool(_QUOTED_PRINTABLE.search(head)), bool(_BASE64.search(head))
    if parts:
        yield b"".join(parts)


def _property(content: bytes, fallback: str) -> _Property | None:
    """Return the property of one content line; None if it is none, or holds a picture or the like."""
    head, value = _split_head(content)
    parts = _split_unquoted(head.decode("utf-8", "replace"), ";")
    group, _, name = parts[0].strip().rpartition(".")
    parameters: dict[str, list[str]] = {}
    for part in parts[1:]:
        key, equals, given = part.partition("=")
        key, given = key.strip().upper(), given.strip()
        if equals and "(" not in key:
            values = [given_value.strip().strip('"') for given_value in _split_unquoted(given, ",")]
            values = (
                [word.strip() for given_value in values for word in given_value.split(",")]
                if key == "TYPE"
                else values
            )
        else:
            word = part.strip().upper()
            key = "ENCODING" if word in _ENCODINGS else "VALUE" if word in _VALUES else "TYPE"
            values = [word]
        parameters.setdefault(key, []).extend(
            value.upper() if key in ("TYPE", "ENCODING") else value for value in values
        )
    coding = parameters.get("ENCODING", [""])[0]
    name = name.upper()
    if name in ("PHOTO", "LOGO", "SOUND", "KEY") or not name:
        return None
    if coding == "QUOTED-PRINTABLE":
        value = quopri.decodestring(value)
    elif coding in ("B", "BASE64"):
        try:
            value = base64.b64decode(value)
        except (binascii.Error, ValueError):
            return None
    charset = parameters.get("CHARSET", [""])[0]
    return _Property(group.upper(), name, parameters, _decoded_value(value, charset, fallback))


def _decoded_value(value: bytes, charset: str, fallback: str) -> str:
    """Return a value in the encoding it names, else in UTF-8, else in that of the file."""
    for encoding in filter(None, (charset, "utf-8", fallback, "cp1252")):
        try:
            return value.decode(encoding)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return value.decode("utf-8", "replace")


def _split_head(content: bytes) -> tuple[bytes, bytes]:
    """Return what stands before and after the first colon that is not in quotes, or the very first."""
    quoted = False
    for index, byte in enumerate(content[:_HEAD_BYTES]):
        if byte == 0x22:
            quoted = not quoted
        elif byte == 0x3A and not quoted:
            return content[:index], content[index + 1 :]
    head, _, value = content.partition(b":")
    return head, value


def _split_unquoted(text: str, sign: str) -> list[str]:
    """Return the parts of `text` between `sign`, where it is not in quotes or brackets."""
    if '"' not in text and "(" not in text:
        return text.split(sign)
    parts, start, quoted, depth = [], 0, False, 0
    for index, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter in "()" and not quoted:
            depth = max(0, depth + (1 if letter == "(" else -1))
        elif letter == sign and not quoted and not depth:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]


def _parts(value: str) -> list[str]:
    """Return the components of a structured value, between semicolons, without their escapes."""
    parts = [""]
    for piece in _PIECE.findall(value):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return [_unescaped(part).strip() for part in parts]


def _unescaped(value: str) -> str:
    return (
        _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value) if "\\" in value else value
    )


def _text(entry: _Property) -> str:
    return _unescaped(entry.value)


def _person(line: int, properties: Sequence[_Property]) -> FoundPerson | None:
    """Return the person of a card; None if the card names nobody."""
    built = PersonBuilder(line, Source.OTHER)
    labels = {
        entry.group: match[1] if (match := _LABEL.fullmatch(_text(entry))) else _text(entry)
        for entry in properties
        if entry.name == "X-ABLABEL" and entry.group
    }
    built.set("name", _name(properties))
    for entry in properties:
        label = labels.get(entry.group, "") if entry.group else ""
        _add(built, entry, label)
    return built.person()


def _name(properties: Sequence[_Property]) -> str:
    """Return the name as it is shown, else put together from its parts."""
    for entry in properties:
        shown = clean_line(_text(entry)) if entry.name == "FN" else ""
        if shown:
            return shown
    for entry in properties:
        if entry.name == "N":
            given = [clean_line(part.replace(",", " ")) for part in _parts(entry.value)]
            family, first, more, prefix, suffix = [*given, "", "", "", "", ""][:5]
            order = [family, first] if FAMILY_FIRST.search(family) else [prefix, first, more, family, suffix]
            name = " ".join(filter(None, order))
            if name:
                return name
    return ""


def _add(built: PersonBuilder, entry: _Property, label: str) -> None:
    """Add what one property says."""
    name = entry.name
    if name in ("TEL", "EMAIL"):
        kinds = [
            kind.capitalize()
            for kind in sorted(entry.types - {"PREF", "INTERNET", "VOICE"})
            if "(" not in kind
        ]
        heading = label or " ".join([*kinds, "phone" if name == "TEL" else "email"]).capitalize()
        if name == "EMAIL":
            built.email(heading, _text(entry), entry.preference())
        elif entry.types & _NO_CALL or "fax" in label.casefold():
            built.more(heading, _text(entry).removeprefix("tel:"))
        else:
            built.phone(heading, _text(entry), entry.preference())
    elif name == "ORG":
        organization, *units = [clean_line(part) for part in _parts(entry.value)]
        built.line_field("organization", "Organization", organization)
        built.more("Department", ", ".join(filter(None, units)))
    elif name == "TITLE":
        built.line_field("title", "Title", _text(entry))
    elif name == "NOTE":
        built.notes(_text(entry))
    elif name in ("URL", "X-SOCIALPROFILE", "SOCIALPROFILE", "X-LINKEDIN"):
        built.link(_text(entry))
    elif name == "NICKNAME":
        first = next(iter(_NAME_IN_LIST.findall(entry.value)), "")
        built.line_field("goes_by", "Nickname", _unescaped(first))
    elif name == "X-ANDROID-CUSTOM":
        kind, value, *_ = [*_parts(entry.value), ""]
        if kind.endswith("/nickname"):
            built.line_field("goes_by", "Nickname", value)
        else:
            built.more(kind.rpartition("/")[2].capitalize(), value)
    elif name.startswith(OWN_PROPERTY):
        _add_own(built, name.removeprefix(OWN_PROPERTY), clean_line(_text(entry)))
    elif name == "TZ":
        if "/" in entry.value:
            built.zone("Time zone", _text(entry))
        else:
            built.more("Time zone", _text(entry))
    elif name == "BDAY" and (match := _YEARS_LEFT_OUT.fullmatch(entry.value.strip())):
        built.more("Birthday", f"{match[1]}-{match[2]}")
    elif name == "ADR":
        built.more(label or "Address", ", ".join(filter(None, map(clean_line, _parts(entry.value)))))
    elif name in _NOTED:
        built.more(label or _NOTED[name], _text(entry))
    elif name not in _DROPPED and not name.startswith("X-"):
        built.more(label or name.capitalize(), _text(entry))


def _add_own(built: PersonBuilder, key: str, value: str) -> None:
    """Add what only cards of warmcall say."""
    field = key.lower().replace("-", "_")
    if field in ("kind", "source", "news"):
        built.word(field, field, value)
    elif field in ("found", "why", "referrer"):
        built.line_field(field, field, value)
    elif field == "connected_on":
        built.connected_on(field, value, day_written(value, day_first=True))
    elif field == "may_use_name" and value in _PERMISSIONS:
        built.set(field, _PERMISSIONS[value])
