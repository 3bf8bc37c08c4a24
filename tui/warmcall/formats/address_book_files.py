"""Contacts for other address books: vCard 3.0 (RFC 2426), and CSV with Google's headings since 2023.

Phones and khard read the cards. What only warmcall knows stands in properties that begin with X-WARMCALL,
which others ignore.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from warmcall.domain.names import FAMILY_FIRST, family_name
from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.sanitize import many_lines, one_line
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import News, Permission, Source
from warmcall.formats.content_lines import (
    CONTENT,
    FolderItem,
    FoundItem,
    ItemKind,
    components,
    fingerprint_of,
    second_after,
)
from warmcall.formats.tables import defused, exported_people
from warmcall.formats.vcard import OWN_PROPERTY

Person = Contact | PoolPerson

_LINE_OCTETS = 75
"""The most octets of a line of a card; longer ones are folded (RFC 2426, section 2.6)."""

_UID_START = "warmcall-"
_BOOKKEEPING = frozenset({"REV", "PRODID", "X-KIND", "X-RADICALE-NAME", CONTENT})
"""What servers and address books, khard among them, write of themselves: when, and which program it was."""

CARDS = ItemKind(
    ending=".vcf",
    component="VCARD",
    label="FN",
    revised="REV",
    is_ours=lambda uid: uid.startswith(_UID_START),
    is_bookkeeping=lambda _component, name: name in _BOOKKEEPING,
)
"""Cards, among which those of warmcall have a UID that begins with warmcall-."""

_TO_ESCAPE = re.compile(r"([\\;,])")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]+")

GOOGLE_COLUMNS = (
    "First Name", "Middle Name", "Last Name", "Phonetic First Name", "Phonetic Middle Name",
    "Phonetic Last Name", "Name Prefix", "Name Suffix", "Nickname", "File As", "Organization Name",
    "Organization Title", "Organization Department", "Birthday", "Notes", "Photo", "Labels",
    "E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value", "Website 1 - Label",
    "Website 1 - Value",
)  # fmt: skip


def vcards(store: Store, with_pool: bool = False) -> str:
    """Return a card for each contact, sorted by name, with CRLF line ends."""
    return "".join(
        _text((*_card(person, store), f"REV:{_utc(person.changed_at)}", "END:VCARD"))
        for person in exported_people(store, with_pool)
    )


def card_items(store: Store, with_pool: bool = False) -> list[FolderItem]:
    """Return a card for each contact, each as a file of its own."""

    def item(person: Person) -> FolderItem:
        lines = tuple(_card(person, store))
        (component,) = components(_text((*lines, "END:VCARD")).encode("utf-8", "replace"))
        fingerprint = fingerprint_of(component, CARDS)

        def render(replaced: FoundItem | None) -> bytes:
            changed = person.changed_at
            if replaced is not None and replaced.revised is not None:
                is_same = replaced.fingerprint == fingerprint
                changed = replaced.revised if is_same else max(changed, second_after(replaced.revised))
            end = (f"{CONTENT}:{fingerprint}", f"REV:{_utc(changed)}", "END:VCARD")
            return _text((*lines, *end)).encode("utf-8", "replace")

        return FolderItem(component.value("UID"), one_line(person.name), fingerprint, render)

    return [item(person) for person in exported_people(store, with_pool)]


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(instant: datetime) -> str:
    """Return an instant in UTC as cards have it."""
    return f"{instant.year:04}-{instant:%m-%dT%H:%M:%SZ}"


def _uid(person: Person) -> str:
    return f"{_UID_START}{one_line(person.id)}"


def google_csv(store: Store, with_pool: bool = False) -> str:
    """Return the contacts, sorted by name, as Google exports and imports them."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, GOOGLE_COLUMNS, restval="")
    writer.writeheader()
    for person in exported_people(store, with_pool):
        first, last = _google_name(person.name)
        link = next(iter(_links(person)), "")
        row = {
            "First Name": first,
            "Last Name": last,
            "Nickname": person.goes_by,
            "Organization Name": person.organization,
            "Organization Title": person.title,
            "Notes": person.notes,
            "Labels": "* myContacts",
            "E-mail 1 - Value": person.email,
            "Phone 1 - Value": person.phone,
            "Website 1 - Value": link,
        }
        writer.writerow({name: defused(text) if name != "Labels" else text for name, text in row.items()})
    return out.getvalue()


def _card(person: Person, store: Store) -> Iterator[str]:
    """Yield the lines of a card without its date and its end, not folded yet."""
    name = one_line(person.name)
    first, last = _google_name(name)
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"N:{_escaped(last)};{_escaped(first)};;;"
    yield f"FN:{_escaped(name)}"
    for property_name, text in (
        ("NICKNAME", person.goes_by),
        ("ORG", person.organization),
        ("TITLE", person.title),
        ("TEL;TYPE=VOICE", person.phone),
        ("EMAIL;TYPE=INTERNET", person.email),
        ("TZ;VALUE=text", person.zone),
    ):
        if text:
            yield f"{property_name}:{_escaped(one_line(text))}"
    for link in _links(person):
        yield f"URL:{_escaped(link)}"
    if person.notes:
        yield f"NOTE:{_escaped(many_lines(person.notes))}"
    for key, text in _own_fields(person, store):
        yield f"{OWN_PROPERTY}{key}:{_escaped(one_line(text))}"
    yield f"UID:{_escaped(_uid(person))}"


def _own_fields(person: Person, store: Store) -> Iterator[tuple[str, str]]:
    """Yield what other programs have no property for."""
    if person.kind is not None:
        yield "KIND", person.kind.value
    if person.source is not Source.OTHER:
        yield "SOURCE", person.source.value
    if person.news is not News.OTHER:
        yield "NEWS", person.news.value
    if person.may_use_name is not Permission.NOT_ASKED:
        yield "MAY-USE-NAME", person.may_use_name.value
    yield from (pair for pair in (("FOUND", person.found), ("WHY", person.why)) if pair[1])
    if person.connected_on is not None:
        yield "CONNECTED-ON", person.connected_on.isoformat()
    if isinstance(person, PoolPerson):
        referrer = person.referrer
    else:
        known = store.contact(person.referrer_id)
        referrer = known.name if known is not None else ""
    if referrer:
        yield "REFERRER", referrer


def _links(person: Person) -> Iterable[str]:
    """Return the links of a person, those in the notes included, each once."""
    own = person.links if isinstance(person, PoolPerson) else ()
    return dict.fromkeys((*map(one_line, own), *_LINK.findall(many_lines(person.notes))))


def _google_name(name: str) -> tuple[str, str]:
    """Return the given and the family name, which together are `name` again; all as given name if unsure."""
    words = name.split(" ")
    if len(words) < 2 or not all(words) or "," in name:
        return name, ""
    if FAMILY_FIRST.search(name):
        return (words[1], words[0]) if len(words) == 2 and FAMILY_FIRST.search(words[0]) else (name, "")
    last = family_name(words)
    first = name.removesuffix(f" {last}")
    return (first, last) if f"{first} {last}" == name else (name, "")


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(r"\\\1", text).replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line folded to at most 75 octets each, never within a letter."""
    if len(line) * 4 <= _LINE_OCTETS or len(line.encode("utf-8", "replace")) <= _LINE_OCTETS:
        return line
    pieces: list[str] = []
    start = octets = 0
    for at, letter in enumerate(line):
        size = len(letter.encode("utf-8", "replace"))
        if octets + size > _LINE_OCTETS:
            pieces.append(line[start:at])
            start, octets = at, 1
        octets += size
    return "\r\n ".join([*pieces, line[start:]])
