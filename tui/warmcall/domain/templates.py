"""Filling templates: `{contact.first_name}` from a fixed list of names, `[…]` left out when empty.

A template is text, never code: a name is looked up in a mapping and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from warmcall.domain.about_me import background_clause, education, introduction
from warmcall.domain.articles import with_article
from warmcall.domain.connections import connection, may_name
from warmcall.domain.names import GAP_SIGNS, first_name, written_name
from warmcall.domain.number_words import spelled
from warmcall.domain.records import Contact, Profile, Target

PLACEHOLDERS: dict[str, str] = {
    "me.name": "your name",
    "me.first_name": "your name",
    "me.background": "your background",
    "me.intro": "your background",
    "me.school": "your school",
    "me.degree": "your degree",
    "me.education": "your school and degree",
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
    "contact.phone": "their number",
    "contact.email": "their email",
    "contact.why": "why you ask them",
    "contact.referrer": "who named them",
    "contact.referrer_first_name": "who named them",
    "contact.connection": "how you found them",
    "met.count": "how many people",
    "met.when": "when you spoke",
    "met.month": "the month you spoke",
    "attempt.when": "the day you wrote",
    "meeting.when": "the day",
    "meeting.weekday": "the day",
    "meeting.date": "the date",
    "meeting.time": "the time",
    "meeting.how": "how you meet",
    "meeting.place": "the place",
    "meeting.where": "the place, or the number",
    "meeting.minutes": "minutes",
    "meeting.starred_1": "one thing they said",
    "meeting.starred_2": "another thing they said",
    "meeting.starred_3": "a third thing they said",
    "meeting.named": "whom they named",
    "meeting.promised": "what you promised",
    "meeting.advice": "what they advised",
    "follow_up.note": "the reason you write",
    "follow_up.since": "what has happened since",
    "decision.what": "What I decided",
    "decision.part": "which part, in your own words",
    "helped.named": "whom they named",
    "promise.closing": "what comes next",
    "about.name": "the person it is about",
    "about.first_name": "the person it is about",
    "about.organization": "where they work",
    "about.when": "the day you met them",
    "about.weekday": "the day you met them",
    "about.minutes": "minutes",
    "about.told": "that you said who named them",
    "slots.both": "three times, in theirs and in yours",
    "questions.first": "your first question?",
    "questions.second": "your second question?",
}
"""Every name a template may use, with the words its gap shows."""

Values = Mapping[str, str]

_NAME = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SPACES = re.compile(r"[ \t]{2,}")
_GAP = re.compile("‹[^‹›]*›")
_DOUBLE_STOP = re.compile(r"([?!…]|(?<!\.)\.)\.(?!\.)")
"""The full stop of a template after a value that ends with one, or with another sign that ends a sentence."""

NOTE_IN_GAP_MAX = 160
"""How many characters of a note stand in the gap in which it is recast; a longer one is cut."""

_INSIDE_GAP = str.maketrans({"‹": "‘", "›": "’", "“": "‘", "”": "’", '"': "’"})
"""How signs are written inside a gap, which ends with the first ”› and holds no other gap."""


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


def recast(note: str, ask: str = "say it to them") -> str:
    """Return the gap in which `note` stands until the user has said it in other words; empty without a note.

    It is ‹say it to them: “…”›; signs in the note that would end the gap are replaced.
    """
    line = " ".join(note.translate(_INSIDE_GAP).split()).rstrip(" .")
    shown = line if len(line) <= NOTE_IN_GAP_MAX else f"{line[: NOTE_IN_GAP_MAX - 1].rstrip()}…"
    return f"‹{ask}: “{shown}”›" if line else ""


def first_gap(text: str) -> str:
    """Return the first gap still to be filled in `text`, with its signs; empty if there is none."""
    match = _GAP.search(text)
    return match.group() if match else ""


def gaps_in(text: str) -> list[str]:
    """Return all gaps still to be filled in `text`, with their signs, in order."""
    return _GAP.findall(text)


def has_gap(text: str) -> bool:
    """Return whether a gap is still to be filled in `text`."""
    return bool(first_gap(text))


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
    text = _DOUBLE_STOP.sub(r"\1", _NAME.sub(value, _SPACES.sub(" ", chosen)))
    return Filled("\n".join(line.rstrip() for line in text.strip().split("\n")), tuple(gaps))


def greeting_name(contact: Contact) -> str:
    """Return what to call `contact`: what they go by, else their given name."""
    return contact.goes_by.translate(GAP_SIGNS).strip() or first_name(contact.name)


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
    return _facts(
        {
            "me.name": profile.name,
            "me.first_name": first_name(profile.name),
            "me.background": background_clause(profile.background),
            "me.intro": introduction(profile.background, profile.school, profile.degree),
            "me.school": profile.school,
            "me.degree": profile.degree,
            "me.education": education(profile.school, profile.degree),
            "me.phone": profile.phone,
            "me.email": profile.email,
            "me.minutes": spelled(profile.minutes),
        }
    )


def target_values(target: Target | None) -> dict[str, str]:
    """Return the values of the target, by placeholder."""
    if target is None:
        return {}
    return _facts(
        {
            "target.role": target.role,
            "target.a_role": with_article(target.role),
            "target.industry": target.industry,
            "target.place": target.place,
            "target.why": target.why,
        }
    )


def contact_values(contact: Contact, referrer: Contact | None, profile: Profile | None) -> dict[str, str]:
    """Return the values of the contact, by placeholder, and of the referrer if they may be named."""
    named = referrer if referrer is not None and may_name(contact) else None
    return _facts(
        {
            "contact.name": written_name(contact.name),
            "contact.first_name": greeting_name(contact),
            "contact.title": contact.title,
            "contact.organization": contact.organization,
            "contact.phone": contact.phone,
            "contact.email": contact.email,
            "contact.why": contact.why,
            "contact.referrer": written_name(named.name) if named else "",
            "contact.referrer_first_name": greeting_name(named) if named else "",
            "contact.connection": connection(contact, referrer, profile),
        }
    )


def about_values(person: Contact | None) -> dict[str, str]:
    """Return the values of the person a message is about, by placeholder."""
    if person is None:
        return {}
    return _facts(
        {
            "about.name": written_name(person.name),
            "about.first_name": greeting_name(person),
            "about.organization": person.organization,
            "about.told": "it was you who suggested it" if may_name(person) else "",
        }
    )


def _facts(values: dict[str, str]) -> dict[str, str]:
    """Return `values`, in which the signs ‹ › are part of a fact and no gap, with other signs for them."""
    return {name: value.translate(GAP_SIGNS) for name, value in values.items()}
