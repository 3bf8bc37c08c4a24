"""What a person is recognized by exactly: profile, address, number, or the name with the organization.

People who only resemble each other are none of its business: `duplicates` finds those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import unquote

import msgspec

from warmcall.domain.found_people import FoundPerson
from warmcall.domain.names import recognized_by
from warmcall.domain.organizations import organization_key
from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.text_folding import COUNTRY_CODE, folded, respelled

_FIGURES_MIN = 7
"""A number with fewer figures is an extension or a short number, which many people have."""

_NORTH_AMERICAN = 11
"""How many figures a North American number has with the 1 before it."""

_EXTENSION = re.compile(r"[\s,;]*(?:x|ext\.?|extension|#)\s*(\d+)\s*$", re.IGNORECASE)
_NO_FIGURE = re.compile(r"\D+")
_TO_FIGURES = {code: None for code in range(128) if not chr(code).isdecimal()}
_PROFILE = re.compile(r"(?:[\w-]+\.)?linkedin\.com/(?:in|pub)/([^/?#\s]+)", re.IGNORECASE)
_USUAL_PROFILE = re.compile(r"https://www\.linkedin\.com/in/([\w-]+)/?", re.ASCII)
_WEB = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
_ADDRESS_IN_TEXT = re.compile(r"[^@\s<>()\[\],;:\"]+@[^@\s<>()\[\],;:\"]+\.[^@\s<>()\[\],;:\".]+")
_LINK_IN_TEXT = re.compile(r"(?:https?://|www\.|[\w-]*\.?linkedin\.com/)[^\s<>\"]+", re.IGNORECASE)
_FIGURE = re.compile("[0-9]")
_NUMBER_LINE = re.compile(r"\+?[0-9][0-9 ().\-/]{6,}(?:\s*(?:x|ext\.?)\s*[0-9]+)?(?=\s*$)", re.MULTILINE)
_SHARED_MAILBOXES = frozenset(
    {"info", "office", "contact", "hello", "mail", "post", "team", "jobs", "careers", "press", "sales", "hr"}
    | {"kontakt", "buero", "admin", "support", "enquiries", "inquiries", "reception", "service"}
)
"""Mailboxes that the people of an organization, or of a family, share."""


_ONE_DAY = timedelta(days=1)
"""By how much a day may differ for the zone it was written in."""


class KeyKind(StrEnum):
    """What two people have in common that makes them the same, the surest first."""

    RECORD = "record"
    PROFILE = "profile"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    ORGANIZATION = "organization"
    CONNECTED_ON = "connected_on"
    NAME = "name"


class PhoneKey(msgspec.Struct, frozen=True, gc=False):
    """The figures of a number: `national` without zeros and country code, `whole` with the code, if known.

    An extension belongs to both: those who share a switchboard differ in it.
    """

    national: str
    whole: str = ""


class PersonKeys(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Everything a person is recognized by, as it is compared; `record_id` is empty if not stored yet."""

    names: tuple[str, ...]
    organization: str = ""
    profiles: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[PhoneKey, ...] = ()
    links: tuple[str, ...] = ()
    connected_on: date | None = None
    record_id: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether nothing but a name is known."""
        return not (self.organization or self.profiles or self.emails or self.phones or self.links)


def name_keys(name: str, goes_by: str = "") -> tuple[str, ...]:
    """Return what a name is compared by: without case, accents and title, also with ae for ä and its like."""
    names = recognized_by(name, goes_by)
    if name.isascii() and goes_by.isascii():
        return names
    other, also = respelled(name), respelled(goes_by)
    if other is name and also is goes_by:
        return names
    return tuple(dict.fromkeys((*names, *recognized_by(other, also))))


def email_key(address: str) -> str:
    """Return what a mail address is compared by; empty if it is none."""
    text = address.strip().removeprefix("mailto:")
    return folded(text) if "@" in text else ""


def phone_key(number: str) -> PhoneKey | None:
    """Return the figures a number is compared by; None if it has too few to be that of one person.

    The zero in brackets of "+44 (0)20 …" is dialled within the country only; the country code follows "+",
    "00", what North America dials (011), or is the 1 before ten figures (ITU-T E.164).
    """
    text = number.strip()
    match = _EXTENSION.search(text) if "x" in text.lower() or "#" in text else None
    extension = match[1] if match else ""
    if match:
        text = text[: match.start()]
    figures = figures_in(text.replace("(0)", "", 1))
    if len(figures) < _FIGURES_MIN:
        return None
    after = f"x{extension}" if extension else ""
    if text.lstrip("( ").startswith("+"):
        abroad = figures
    elif figures.startswith(("00", "011")):
        abroad = figures.removeprefix("011") if figures.startswith("011") else figures[2:]
    else:
        abroad = figures if len(figures) == _NORTH_AMERICAN and figures.startswith("1") else ""
    if abroad and (code := COUNTRY_CODE.match(abroad)):
        national = abroad[code.end() :].lstrip("0")
        return PhoneKey(f"{national}{after}", f"{code[0]}{national}{after}")
    return PhoneKey(f"{figures.lstrip('0')}{after}")


def figures_in(text: str) -> str:
    """Return the figures of a text one after the other."""
    return text.translate(_TO_FIGURES) if text.isascii() else _NO_FIGURE.sub("", text)


def profile_key(link: str) -> str:
    """Return the name of the LinkedIn profile a link leads to; empty if it leads elsewhere."""
    if usual := _USUAL_PROFILE.fullmatch(link):
        return usual[1].lower()
    match = _PROFILE.search(link)
    return folded(unquote(match[1])) if match else ""


def profile_link(notes: str) -> str:
    """Return the first LinkedIn profile that `notes` name, without what every address begins with."""
    match = _PROFILE.search(notes)
    return _WEB.sub("", match[0]) if match else ""


def link_key(link: str) -> str:
    """Return what another link is compared by; empty for a bare site, which colleagues share."""
    host, _, path = _WEB.sub("", link.strip()).partition("/")
    path = path.rstrip("/")
    return f"{host.lower()}/{path}" if host and path else ""


def keys_of(
    person: Contact | PoolPerson | FoundPerson, organization_key_of: Callable[[str], str] = organization_key
) -> PersonKeys:
    """Return everything `person` is recognized by.

    `organization_key_of` may know the other names of organizations too.
    A contact has one address and one number; the others, and links, are looked for in the notes.
    """
    if isinstance(person, Contact):
        notes = person.notes
        emails: tuple[str, ...] = (person.email, *(_ADDRESS_IN_TEXT.findall(notes) if "@" in notes else ()))
        phones: tuple[str, ...] = (person.phone, *numbers_in(notes))
        links: tuple[str, ...] = tuple(links_in(notes))
        record_id = person.id
    else:
        emails = person.emails or ((person.email,) if person.email else ())
        phones = person.phones or ((person.phone,) if person.phone else ())
        links = person.links
        record_id = person.id if isinstance(person, PoolPerson) else person.record_id
    organization = person.organization
    profiles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    if len(links) == 1:
        profile = profile_key(links[0])
        profiles = (profile,) if profile else ()
        others = () if profile else _each_once(map(link_key, links))
    elif links:
        profiles = _each_once(profile_key(link) for link in links)
        others = _each_once(link_key(link) for link in links if not profile_key(link))
    return PersonKeys(
        names=name_keys(person.name, person.goes_by),
        organization=organization_key_of(organization) if organization else "",
        profiles=profiles,
        emails=_each_once(map(email_key, emails)) if emails else (),
        phones=tuple(dict.fromkeys(filter(None, map(phone_key, phones)))) if phones else (),
        links=others,
        connected_on=person.connected_on,
        record_id=record_id,
    )


def numbers_in(notes: str) -> list[str]:
    """Return the telephone numbers with which lines of `notes` end; most notes have no figure."""
    return _NUMBER_LINE.findall(notes) if _FIGURE.search(notes) else []


def links_in(notes: str) -> list[str]:
    """Return the links in `notes`; most notes can have none."""
    may_have = "." in notes and ("/" in notes or "www." in notes.lower())
    return _LINK_IN_TEXT.findall(notes) if may_have else []


def _each_once(values: Iterator[str] | map[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


def names_agree(one: PersonKeys, other: PersonKeys) -> bool:
    """Return whether two names can be those of one person who is known by them.

    They are the same, or the words that only one of them has are initials or beginnings of the other's: those
    of "R. Vale" and "Robin Vale", "Mei" and "Mei Tanaka", but not "Anna Müller" and "Peter Müller".
    """
    return any(_words_agree(a.split(), b.split()) for a in one.names for b in other.names)


def _words_agree(one: list[str], other: list[str]) -> bool:
    rest = [word.rstrip(".") for word in one if word not in other]
    left = [word.rstrip(".") for word in other if word not in one]
    if len(rest) == len(one):
        return False
    fewer, more = (rest, left) if len(rest) <= len(left) else (left, rest)
    return all(any(a.startswith(b) or b.startswith(a) for b in more) for a in fewer)


def _share_a_word(one: PersonKeys, other: PersonKeys) -> bool:
    words = {word for name in one.names for word in name.split() if len(word) > 1}
    return any(word in words for name in other.names for word in name.split())


def same_person(one: PersonKeys, other: PersonKeys) -> KeyKind | None:
    """Return what makes two people the same; None if nothing exact does.

    An address says so only if the names have a word in common, and a number, another link or a mailbox such
    as info@ only if they agree: colleagues share a switchboard, and families a telephone. Two people whose
    LinkedIn profiles differ are not the same for their name and organization. Without an organization, and
    with nothing but the name on one side, the name of two words or more decides, unless they were met on
    other days.
    """
    if one.record_id and one.record_id == other.record_id:
        return KeyKind.RECORD
    if _meet(one.profiles, other.profiles):
        return KeyKind.PROFILE
    for address in one.emails:
        if address in other.emails:
            shared = address.partition("@")[0] in _SHARED_MAILBOXES
            if names_agree(one, other) or (not shared and _share_a_word(one, other)):
                return KeyKind.EMAIL
    if any(is_same_number(a, b) for a in one.phones for b in other.phones) and names_agree(one, other):
        return KeyKind.PHONE
    if _meet(one.links, other.links) and names_agree(one, other):
        return KeyKind.LINK
    if not _meet(one.names, other.names) or (one.profiles and other.profiles):
        return None
    if one.organization and one.organization == other.organization:
        return KeyKind.ORGANIZATION
    if one.connected_on and one.connected_on == other.connected_on:
        return KeyKind.CONNECTED_ON
    if one.organization or other.organization or not (one.is_bare or other.is_bare):
        return None
    if one.connected_on and other.connected_on and abs(one.connected_on - other.connected_on) > _ONE_DAY:
        return None
    both_bare = one.is_bare and other.is_bare
    return KeyKind.NAME if both_bare or " " in one.names[0] else None


def _meet(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return bool(one and other) and any(value in other for value in one)


def is_same_number(one: PhoneKey, other: PhoneKey) -> bool:
    """Return whether two numbers are the same, as far as they say their country."""
    if one.whole and other.whole:
        return one.whole == other.whole
    return one.national == other.national


class KeyIndex:
    """People by their keys: whoever is the same as a person is found without looking at all of them."""

    def __init__(self) -> None:
        self._keys: dict[str, PersonKeys] = {}
        self._ids: dict[object, str | list[str]] = {}

    def __contains__(self, person_id: str) -> bool:
        return person_id in self._keys

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, person_id: str, keys: PersonKeys) -> None:
        """Add a person, or what is now known of one who is here."""
        if person_id in self._keys:
            self.remove(person_id)
        self._keys[person_id] = keys
        ids = self._ids
        for entry in _entries(keys):
            present = ids.setdefault(entry, person_id)
            if isinstance(present, list):
                present.append(person_id)
            elif present != person_id:
                ids[entry] = [present, person_id]

    def remove(self, person_id: str) -> None:
        """Remove a person who is here."""
        keys = self._keys.pop(person_id)
        for entry in _entries(keys):
            present = self._ids[entry]
            if isinstance(present, list):
                present.remove(person_id)
                if not present:
                    del self._ids[entry]
            else:
                del self._ids[entry]

    def has_any(self, entries: list[object]) -> bool:
        """Return whether anybody here has one of the entries, and so may be the same."""
        ids = self._ids
        return any(entry in ids for entry in entries)

    def keys(self, person_id: str) -> PersonKeys:
        """Return the keys of a person who is here."""
        return self._keys[person_id]

    def same(self, keys: PersonKeys) -> list[tuple[str, KeyKind]]:
        """Return who is the same as the person of `keys`, with what says so, the surest first."""
        found: dict[str, KeyKind] = {}
        if keys.record_id and keys.record_id in self._keys:
            found[keys.record_id] = KeyKind.RECORD
        for entry in _entries(keys):
            present = self._ids.get(entry)
            if present is None:
                continue
            for person_id in present if isinstance(present, list) else (present,):
                if person_id not in found and (kind := same_person(keys, self._keys[person_id])):
                    found[person_id] = kind
        if len(found) < 2:
            return list(found.items()) if found else []
        return sorted(found.items(), key=lambda entry: _ORDER[entry[1]])


_ORDER = {kind: place for place, kind in enumerate(KeyKind)}


def only_profile(person: FoundPerson) -> str:
    """Return the LinkedIn profile of somebody found if they have one link, and it is that; else nothing."""
    return profile_key(person.links[0]) if len(person.links) == 1 else ""


def entries_of(
    person: FoundPerson,
    organization_key_of: Callable[[str], str] = organization_key,
    with_names: bool = True,
) -> list[object]:
    """Return the entries of somebody found, as of their keys; those who share none are not the same.

    Among people who all have a profile nobody is the same by name: entries without names are enough there.
    """
    if person.phones or len(person.links) > 1 or len(person.emails) > 1:
        return _entries(keys_of(person, organization_key_of))
    day = person.connected_on
    entries: list[object] = []
    for link in person.links:
        if profile := profile_key(link):
            entries.append(f"p:{profile}")
        elif other := link_key(link):
            entries.append(f"l:{other}")
    for address in person.emails:
        if known := email_key(address):
            entries.append(known)
    if not with_names:
        return entries
    organization = organization_key_of(person.organization) if person.organization else ""
    for key in name_keys(person.name, person.goes_by):
        entries.append((key, organization))
        if day is not None:
            entries.append((key, day))
    return entries


def _entries(keys: PersonKeys) -> list[object]:
    """Return the entries of a person in an index, of which those who are the same have one in common."""
    organization, day = keys.organization, keys.connected_on
    entries: list[object] = []
    for name in keys.names:
        entries.append((name, organization))
        if day is not None:
            entries.append((name, day))
    if keys.profiles:
        entries += [f"p:{profile}" for profile in keys.profiles]
    if keys.emails:
        entries += keys.emails
    if keys.phones:
        entries += dict.fromkeys(f"t:{number.national}" for number in keys.phones)
    if keys.links:
        entries += [f"l:{link}" for link in keys.links]
    return entries
