"""Filling templates: `{contact.first_name}` from a fixed list of names, `[…]` left out when empty.

A template is text, never code: a name is looked up in a mapping and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from warmcall.domain.records import Contact, Profile, Target
from warmcall.domain.vocabulary import Permission, Source

PLACEHOLDERS: dict[str, str] = {
    "me.name": "your name",
    "me.first_name": "your name",
    "me.background": "your background",
    "me.school": "your school",
    "me.degree": "your degree",
    "me.phone": "your phone number",
    "me.email": "your email",
    "me.minutes": "minutes",
    "target.role": "the role you aim at",
    "target.a_role": "the role you aim at",
    "target.industry": "your industry",
    "target.place": "your place",
    "target.why": "why you want it",
    "contact.name": "their name",
    "contact.first_name": "their name",
    "contact.title": "their title",
    "contact.organization": "their organization",
    "contact.referrer": "who named them",
    "contact.referrer_first_name": "who named them",
    "contact.connection": "how you found them",
    "meeting.weekday": "the day",
    "meeting.date": "the date",
    "meeting.time": "the time",
    "meeting.how": "how you meet",
    "meeting.place": "the place",
    "meeting.minutes": "minutes",
    "meeting.starred_1": "one thing they said",
    "meeting.starred_2": "another thing they said",
    "meeting.starred_3": "a third thing they said",
    "meeting.named": "whom they named",
    "meeting.promised": "what you promised",
    "meeting.advice": "what they advised",
    "follow_up.note": "the reason you write",
    "follow_up.since": "what has happened since",
    "about.name": "the person you met",
    "about.first_name": "the person you met",
    "about.organization": "where they work",
    "about.told": "that you said who named them",
}
"""Every name a template may use, with the words its gap shows."""

Values = Mapping[str, str]

_NAME = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SPACES = re.compile(r"[ \t]{2,}")

_CONNECTIONS = {
    Source.PROFESSOR: "One of my professors gave me your name",
    Source.PLACEMENT_OFFICE: "The placement office gave me your name",
    Source.ASSOCIATION: "I found your name through the association",
    Source.BUSINESS_NEWS: "I read about you in the business news",
    Source.ALUMNI: "I found your name through the alumni office",
    Source.EVENT: "We were at the same event",
    Source.ONLINE: "I found your profile online",
}

_UNNAMED = "Someone in the field gave me your name"
"""The connection where whoever named the contact must not be named, or not yet."""

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


_HONORIFICS = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "herr", "frau", "sir", "dame"})


class Filled(msgspec.Struct, frozen=True):
    """Filled text, with the names of the placeholders left as gaps, in order of appearance."""

    text: str
    gaps: tuple[str, ...]


def placeholders(template: str) -> Iterator[str]:
    """Yield every placeholder name in `template`, known or not."""
    return (match.group(1) for match in _NAME.finditer(template))


def gap(name: str) -> str:
    """Return the text shown for a placeholder without a value: ‹your name›."""
    return f"‹{PLACEHOLDERS.get(name, name)}›"


def has_gap(text: str) -> bool:
    """Return whether a gap is still to be filled in `text`."""
    return bool(re.search("‹[^‹›]*›", text))


def fill(template: str, values: Values) -> Filled:
    """Fill `template`: a part in brackets with a missing value is left out; elsewhere that is a gap."""
    gaps: list[str] = []

    def optional(match: re.Match[str]) -> str:
        inner = match.group(1)
        return inner if all(values.get(name, "").strip() for name in placeholders(inner)) else ""

    def value(match: re.Match[str]) -> str:
        found = values.get(match.group(1), "").strip()
        if not found:
            gaps.append(match.group(1))
        return found or gap(match.group(1))

    chosen = _OPTIONAL.sub(optional, template)
    text = _NAME.sub(value, _SPACES.sub(" ", chosen))
    return Filled("\n".join(line.rstrip() for line in text.strip().split("\n")), tuple(gaps))


def spelled(number: int) -> str:
    """Return a number from 0 to 99 in words, any other in figures."""
    if not 0 <= number < 100:
        return str(number)
    if number < 20:
        return _UNITS[number]
    tens, unit = divmod(number, 10)
    return _TENS[tens] + (f"-{_UNITS[unit]}" if unit else "")


def with_article(role: str) -> str:
    """Return `role` with "a" or "an" before it, by how its first letters sound."""
    role = role.strip()
    if not role:
        return ""
    low = role.lower()
    like_you = re.match(r"(u[bcfhjkqrstnv][aeiou]|u[iknsx]\b|eu|one\b)", low)
    silent = re.match(r"(hono|hour|heir)", low)
    spelt_out = re.match(r"[FHLMNRSX][A-Z0-9&/-]", role)
    vowel = low[0] in "aeiou" and not like_you
    return f"{'an' if vowel or silent or spelt_out else 'a'} {role}"


def first_name(name: str) -> str:
    """Return the name to greet with: the first word, or a title and the last word ("Dr. Wu")."""
    words = name.split()
    if len(words) > 1 and words[0].rstrip(".").casefold() in _HONORIFICS:
        return f"{words[0]} {words[-1]}"
    return words[0] if words else ""


def template_faults(template: str) -> Iterator[tuple[str, str]]:
    """Yield the faults of `template`: what is wrong, and how to fix it."""
    for name in placeholders(template):
        if name not in PLACEHOLDERS:
            group = name.partition(".")[0]
            near = [known for known in PLACEHOLDERS if known.startswith(f"{group}.")] or list(PLACEHOLDERS)
            listed = ", ".join(f"{{{known}}}" for known in near)
            yield f"unknown placeholder {{{name}}}", f"use one of: {listed}"
    rest = _OPTIONAL.sub("", _NAME.sub("", template))
    for sign in "{}[]":
        if sign in rest:
            yield f"a “{sign}” stands alone", "write {name} for a value and [ … ] around what may be left out"


def profile_values(profile: Profile | None) -> dict[str, str]:
    """Return the values of the profile, by placeholder."""
    if profile is None:
        return {}
    return {
        "me.name": profile.name,
        "me.first_name": first_name(profile.name),
        "me.background": profile.background,
        "me.school": profile.school,
        "me.degree": profile.degree,
        "me.phone": profile.phone,
        "me.email": profile.email,
        "me.minutes": spelled(profile.minutes),
    }


def target_values(target: Target | None) -> dict[str, str]:
    """Return the values of the target, by placeholder."""
    if target is None:
        return {}
    return {
        "target.role": target.role,
        "target.a_role": with_article(target.role),
        "target.industry": target.industry,
        "target.place": target.place,
        "target.why": target.why,
    }


def may_name(contact: Contact) -> bool:
    """Return whether the referrer of `contact` may be named to them: not after a no, nor before asking."""
    return contact.may_use_name not in (Permission.NO, Permission.ASK_LATER)


def contact_values(contact: Contact, referrer: Contact | None) -> dict[str, str]:
    """Return the values of the contact, by placeholder, and of the referrer if they may be named."""
    connection = _CONNECTIONS.get(contact.source, "")
    if referrer is not None and not may_name(contact):
        connection, referrer = _UNNAMED, None
    elif referrer is not None:
        connection = f"{referrer.name} gave me your name"
    return {
        "contact.name": contact.name,
        "contact.first_name": first_name(contact.name),
        "contact.title": contact.title,
        "contact.organization": contact.organization,
        "contact.referrer": referrer.name if referrer else "",
        "contact.referrer_first_name": first_name(referrer.name) if referrer else "",
        "contact.connection": connection,
    }


def about_values(person: Contact | None) -> dict[str, str]:
    """Return the values of the person a message is about, by placeholder."""
    if person is None:
        return {}
    return {
        "about.name": person.name,
        "about.first_name": first_name(person.name),
        "about.organization": person.organization,
        "about.told": "it was you who suggested it" if may_name(person) else "",
    }
