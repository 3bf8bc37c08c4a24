"""How the user came to a contact, as the sentence that a call or a letter begins with.

It says exactly where the name came from (`Contact.found`), since a name or a place they know is why people
listen on: https://www.careeronestop.org/JobSearch/Network/informational-interviews.aspx teaches to begin so.
"""

from __future__ import annotations

import re

from warmcall.domain.names import written_name
from warmcall.domain.person_keys import profile_link
from warmcall.domain.records import Contact, Profile
from warmcall.domain.vocabulary import News, Permission, Source

UNNAMED = "Someone in the field suggested I talk to you"
"""The connection where whoever named the contact must not be named, or not yet."""


_HEARD = re.compile(
    r"your (?:\w+ ){0,2}?(?:talk|lecture|webinar|podcast|episode|interview|keynote|panel|speech)(?:e?s)?\b",
    re.IGNORECASE,
)
_WATCHED = re.compile(r"your (?:\w+ ){0,2}?(?:video|film|channel|demo)s?\b", re.IGNORECASE)
"""How what was found online begins where it is not read: “your talk on …”, “your second video”."""


def may_name(contact: Contact) -> bool:
    """Return whether the referrer of `contact` may be named to them: not after a no, nor before asking."""
    return contact.may_use_name not in (Permission.NO, Permission.ASK_LATER)


def connection(contact: Contact, referrer: Contact | None, profile: Profile | None) -> str:
    """Return how the user came to `contact`, as a sentence without its full stop; empty if that is not known.

    `referrer` is the contact who named them, if any; the school of `profile` is named where both went there.
    """
    words = _connection(contact, referrer, profile)
    return f"{words[:1].upper()}{words[1:]}"


def _connection(contact: Contact, referrer: Contact | None, profile: Profile | None) -> str:
    """Return the connection as it was entered, which may begin with a small letter."""
    if referrer is not None:
        return f"{written_name(referrer.name)} suggested I talk to you" if may_name(contact) else UNNAMED
    found, school = contact.found.strip(), profile.school.strip() if profile else ""
    match contact.source:
        case Source.PROFESSOR if found:
            return f"{found}, who taught me, suggested I talk to you"
        case Source.PROFESSOR if "professor" in contact.title.casefold():
            return "I was a student of yours"
        case Source.PROFESSOR:
            return "One of my professors suggested I talk to you"
        case Source.PLACEMENT_OFFICE:
            office = found or (f"The careers office at {school}" if school else "The careers office")
            return f"{office} gave me your name"
        case Source.ASSOCIATION:
            return f"I found you through {found or 'your association'}"
        case Source.BUSINESS_NEWS:
            return _news(contact, found)
        case Source.ALUMNI:
            return f"We both went to {school}" if school else "We went to the same school"
        case Source.EVENT:
            return f"We met at {found}" if found else "We met briefly at an event"
        case Source.ONLINE if contact.connected_on is not None and not found:
            where = " on LinkedIn" if profile_link(contact.notes) else ""
            return f"We've been connected{where} since {contact.connected_on.year}"
        case Source.ONLINE:
            return _online(found)
        case Source.REFERRAL:
            return ""
        case Source.OTHER:
            return f"I found you through {found}" if found else ""


def _news(contact: Contact, found: str) -> str:
    place = f" in {found}" if found else ""
    match contact.news:
        case News.PROMOTED:
            return f"I read{place} of your promotion"
        case News.HIRED if contact.organization.strip():
            return f"I read{place} that you've joined {contact.organization.strip()}"
        case News.HIRED:
            return f"I read{place} of your new position"
        case News.OTHER:
            return f"I read about you{place or ' in the business news'}"


def _online(found: str) -> str:
    """Return how they were found online: by something of theirs (“your …”), else through a place."""
    if not found:
        return "I came across your profile"
    if not found.casefold().startswith("your "):
        return f"I found you through {found}"
    found = f"y{found[1:]}"
    if _HEARD.match(found):
        return f"I heard {found}"
    return f"I watched {found}" if _WATCHED.match(found) else f"I read {found}"
