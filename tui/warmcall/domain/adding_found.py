"""What a person found in a file adds to the same person here; nothing is overwritten.

Work that the file gives otherwise is news. Of somebody in the pool it is set, and what was known before is
kept as `earlier_work`; of a contact what is on record stays, and the news is a line in the notes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

import msgspec

from warmcall.domain.found_people import FoundPerson
from warmcall.domain.organizations import organization_key
from warmcall.domain.person_keys import (
    PersonKeys,
    email_key,
    is_same_number,
    keys_of,
    link_key,
    phone_key,
    profile_key,
)
from warmcall.domain.records import Contact, PoolPerson, replace
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import News, Permission, Source

_FILLED = ("goes_by", "zone", "found", "why")
"""Fields of one line that are filled where nothing is in them."""


class Added(msgspec.Struct, frozen=True):
    """A person with what a file adds; `news` is the work that is new of them, empty if there is none."""

    person: Contact | PoolPerson | FoundPerson
    news: str = ""


def work_of(person: Contact | PoolPerson | FoundPerson) -> str:
    """Return where somebody works and as what, in one text; empty if neither is known."""
    return ", ".join(filter(None, (person.title, person.organization)))


def added_to_pool_person(
    person: PoolPerson, row: FoundPerson, origin: str, day: date, known_work: Collection[str] = ()
) -> Added:
    """Return `person` with what `row` adds, which was read on `day` from a file that `origin` names.

    A file that gives the work known as `earlier_work`, or other `known_work`, is older than what is known,
    and changes no work. One that does not say when people were met is no newer than LinkedIn's, which does:
    its word is a note.
    """
    changes = _pool_fields(person, row)
    news = ""
    known = (*known_work, person.earlier_work)
    if is_other_work(person, row) and not _is_one_of(work_of(row), known):
        if person.connected_on and not row.connected_on:
            changes["notes"] = _with_lines(changes["notes"], _work_line(person.notes, origin, row))
        else:
            news = work_of(row)
            changes |= _new_work(person, row)
            changes |= {"earlier_work": work_of(person), "work_changed_on": day}
    return Added(replace(person, **changes), news)


def added_to_contact(
    contact: Contact, row: FoundPerson, origin: str, known_work: Collection[str] = ()
) -> Added:
    """Return `contact` with what `row` adds; work that is new is a line of the notes, said by `origin`.

    `origin` names the file and the day, such as "LinkedIn, 29 Nov 2026".
    """
    changes: dict[str, Any] = {name: getattr(row, name) for name in _FILLED if not getattr(contact, name)}
    keys = keys_of(contact)
    lines = row.notes.splitlines()
    if not contact.email:
        changes["email"] = row.email
    elif row.email and email_key(row.email) not in keys.emails:
        lines.append(f"Email: {row.email}")
    if not contact.phone:
        changes["phone"] = row.phone
    elif row.phone and row.phone not in contact.notes and not _has_number(keys, contact.phone, row.phone):
        lines.append(f"Phone: {row.phone}")
    lines += _other_name(contact, row)
    if row.referrer and not contact.referrer_id and folded(row.referrer) not in folded(contact.notes):
        lines.append(f"Named by: {row.referrer}")
    news = ""
    if is_other_work(contact, row):
        line = _work_line(contact.notes, origin, row)
        if line and not _is_one_of(work_of(row), known_work):
            news = work_of(row)
            lines += line
    else:
        changes["organization"] = contact.organization or row.organization
        changes["title"] = contact.title or row.title
    changes["notes"] = _with_lines(contact.notes, lines)
    changes["news"] = contact.news or row.news
    changes["connected_on"] = contact.connected_on or row.connected_on
    return Added(replace(contact, **changes), news)


def added_to_found(person: FoundPerson, row: FoundPerson) -> FoundPerson:
    """Return a person of a file with what another row adds about the same one; other work is a note."""
    changes = _pool_fields(person, row)
    if is_other_work(person, row):
        changes["notes"] = _with_lines(changes["notes"], [work_of(row)])
    return msgspec.structs.replace(person, **changes)


def is_other_work(person: Contact | PoolPerson | FoundPerson, row: FoundPerson) -> bool:
    """Return whether both say where somebody works, or as what, and not the same."""
    ours, theirs = person.organization, row.organization
    if ours and theirs and ours != theirs and organization_key(ours) != organization_key(theirs):
        return True
    return bool(person.title and row.title and not _is_same_text(person.title, row.title))


def _pool_fields(person: PoolPerson | FoundPerson, row: FoundPerson) -> dict[str, Any]:
    """Return the fields that `row` fills or adds to, except those of work where the two differ in it."""
    changes: dict[str, Any] = {name: getattr(row, name) for name in _FILLED if not getattr(person, name)}
    changes["referrer"] = person.referrer or row.referrer
    if person.may_use_name is Permission.NOT_ASKED:
        changes["may_use_name"] = row.may_use_name
    if person.kind is None:
        changes["kind"] = row.kind
    if person.source is Source.OTHER:
        changes["source"] = row.source
    if person.news is News.OTHER:
        changes["news"] = row.news
    if person.connected_on is None:
        changes["connected_on"] = row.connected_on
    changes["never"] = person.never or row.never
    if not is_other_work(person, row):
        changes["organization"] = person.organization or row.organization
        changes["title"] = person.title or row.title
        if row.earlier_work and not person.earlier_work:
            changes |= {"earlier_work": row.earlier_work, "work_changed_on": row.work_changed_on}
    emails = _with_values(person.emails, row.emails, email_key)
    phones = _with_values(person.phones, row.phones, _figures)
    links = _with_values(person.links, row.links, _any_link_key)
    changes |= {"emails": emails, "phones": phones, "links": links}
    changes["email"] = person.email or (emails[0] if emails else "")
    changes["phone"] = person.phone or (phones[0] if phones else "")
    lines = row.notes.splitlines()
    for heading, value, values, first in (
        ("Email", row.email, emails, changes["email"]), ("Phone", row.phone, phones, changes["phone"])
    ):  # fmt: skip
        if value in values and value != first and value not in person.notes:
            lines.append(f"{heading}: {value}")
    changes["notes"] = _with_lines(person.notes, [*lines, *_other_name(person, row)])
    return changes


def _new_work(person: PoolPerson, row: FoundPerson) -> dict[str, Any]:
    """Return the work of `row`; a title that belonged to another organization does not stay."""
    if row.organization and organization_key(row.organization) != organization_key(person.organization):
        return {"organization": row.organization, "title": row.title}
    return {"title": row.title} if row.title else {}


def _work_line(notes: str, origin: str, row: FoundPerson) -> list[str]:
    """Return the line that says the work of `row`, unless the notes have one that ends the same."""
    said = f": now {work_of(row)}"
    return [] if any(line.rstrip().endswith(said) for line in notes.splitlines()) else [f"{origin}{said}"]


def _is_same_text(one: str, other: str) -> bool:
    return one == other or folded(one).split() == folded(other).split()


def _is_one_of(work: str, known: Collection[str]) -> bool:
    return any(_is_same_text(work, other) for other in known)


def _has_number(keys: PersonKeys, present: str, other: str) -> bool:
    number = phone_key(other)
    return other == present if number is None else any(is_same_number(number, known) for known in keys.phones)


def _figures(number: str) -> str:
    key = phone_key(number)
    return key.national if key is not None else ""


def _any_link_key(link: str) -> str:
    return profile_key(link) or link_key(link)


def _with_values(
    ours: tuple[str, ...], theirs: tuple[str, ...], key: Callable[[str], object]
) -> tuple[str, ...]:
    """Return the values of both, those that are the same by `key` once."""
    if not theirs or ours == theirs:
        return ours
    found: dict[object, str] = {}
    for value in (*ours, *theirs):
        found.setdefault(key(value) or value, value)
    return tuple(found.values())


def _other_name(person: Contact | PoolPerson | FoundPerson, row: FoundPerson) -> list[str]:
    """Return a line with the name in the file, if it is another one and not what they go by."""
    if person.name == row.name or _is_same_text(person.name, row.name):
        return []
    known = keys_of(person).names
    return [] if set(known) & set(keys_of(row).names) else [f"Also: {row.name}"]


def _with_lines(notes: str, lines: list[str]) -> str:
    """Return `notes` with those of `lines` that are not in them."""
    known = {line.strip() for line in notes.splitlines()} if lines else set()
    new = [line for line in dict.fromkeys(lines) if line.strip() and line.strip() not in known]
    return "\n".join([*([notes] if notes else []), *new]) if new else notes
