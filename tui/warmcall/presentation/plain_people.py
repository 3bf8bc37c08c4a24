"""People as lines of text, to be read in a pipe or heard: a line each, and one person whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from warmcall.config.zones import zone_named
from warmcall.domain.id_prefixes import short_ids
from warmcall.domain.queue import due_order, entry
from warmcall.domain.records import Contact, FollowUp, Organization, PoolPerson
from warmcall.domain.vocabulary import Posting, Stage
from warmcall.presentation import wording
from warmcall.presentation.duplicates import was_merged
from warmcall.presentation.full_record import field_texts
from warmcall.presentation.openings import whole as whole_opening
from warmcall.presentation.owed import owed_reason, plain_due_words
from warmcall.presentation.person import Event, events_with, introduction_words
from warmcall.presentation.targets import served
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart

Line = list[RichPart]
"""One line of text, in parts with their styles."""


def people_lines(
    services: Services, people: Sequence[Contact], pool: Sequence[PoolPerson] = ()
) -> list[Line]:
    """Return a line for each of these, with ids as short as they can be among all people."""
    store = services.store
    every = (*store.all(Contact), *(store.all(PoolPerson) if pool else ()))
    short = short_ids(person.id for person in every)
    width = max((len(short[person.id]) for person in (*people, *pool)), default=0)
    tried = services.stages.tried()
    return [
        *(
            _person_line(services, contact, tried.get(contact.id, Stage.NEW), short[contact.id], width)
            for contact in people
        ),
        *(pool_line(person, short[person.id], width) for person in pool),
    ]


def _person_line(services: Services, contact: Contact, stage: Stage, short_id: str, width: int) -> Line:
    """Return a contact in one line: short id, name, work, stage, and what is owed first."""
    owed = services.address_book.next_step(contact.id)
    coming = owed_line(services, owed) if owed is not None else "nothing owed"
    return _line(short_id, width, contact.name, [wording.work(contact), wording.STAGE[stage], coming])


def pool_line(person: PoolPerson, short_id: str, width: int) -> Line:
    """Return somebody in the pool in one line."""
    return _line(short_id, width, person.name, [wording.work(person), wording.POOL])


def owed_line(services: Services, owed: FollowUp) -> str:
    """Return what is owed to somebody who is named already: "call today, try 2 of 3"."""
    now, calendar = services.time.now(), services.time.calendar
    when, reason = plain_due_words(entry(owed, now, calendar), now, calendar), owed_reason(services, owed)
    what = wording.own_text(owed) or wording.FOLLOW_UP_KIND[owed.kind]
    return ", ".join(filter(None, [f"{what} {when}", "" if reason == what else reason]))


def whole_person(services: Services, contact: Contact, short_ids: Mapping[str, str]) -> list[Line]:
    """Return all that is known of a contact, as the page of a person has it, without signs.

    `short_ids` are those of all open follow-ups.
    """
    store, calendar = services.store, services.time.calendar
    owed = sorted(store.open_of_contact(contact.id), key=lambda one: due_order(one, calendar))
    to_do: list[Line] = [[f"{short_ids.get(one.id, one.id)}  {owed_line(services, one)}"] for one in owed]
    heard = [
        line
        for one in services.openings.of_contact(contact.id)
        for line in _lines(whole_opening(services, one))
    ]
    advised: list[Line] = [
        [f"{'followed' if one.is_followed else 'not followed yet'}: {one.words}"]
        for one in services.advice.given()
        if one.contact_id == contact.id
    ]
    return [
        [(contact.name, "bold")],
        *_facts(services, contact),
        *_section("Notes", _lines([contact.notes.strip()])),
        *_section("To do", to_do or [_NOTHING_OWED]),
        *_section("Openings", heard),
        *_section("Advice", advised),
        *_section("History, the newest first", list(_history(services, contact))),
    ]


def whole_pool_person(person: PoolPerson) -> list[Line]:
    """Return all that is known of somebody in the pool."""
    source = wording.SOURCE[person.source] + (f": {person.found}" if person.found else "")
    fields = (
        ("Id", person.id),
        ("Goes by", person.goes_by),
        ("Kind", person.kind.replace("_", " ") if person.kind else ""),
        ("Title", person.title),
        ("Organization", person.organization),
        ("Phone", ", ".join(person.phones) or person.phone),
        ("Email", ", ".join(person.emails) or person.email),
        ("Links", ", ".join(person.links)),
        ("Zone", person.zone),
        ("Source", f"named by {person.referrer}" if person.referrer else source),
        ("Connected on", person.connected_on.isoformat() if person.connected_on else ""),
        ("Why", person.why),
        ("Worked before", person.earlier_work),
        ("Stage", "in the pool, never on the shortlist" if person.never else "in the pool"),
    )
    facts: list[Line] = [[f"{label}: {text}"] for label, text in fields if text.strip()]
    return [
        [(person.name, "bold")],
        *facts,
        *_section("Notes", _lines([person.notes.strip()])),
    ]


_NOTHING_OWED: Line = ["nothing owed"]


def _facts(services: Services, contact: Contact) -> Iterator[Line]:
    """Yield the id and the fields of a contact, with what follows from other records."""
    zone = zone_named(contact.zone)
    named = ", ".join(person.name for person in services.store.referred_by(contact.id))
    for label, text in (
        ("Id", contact.id),
        *field_texts(services, contact),
        ("Their time", f"{services.time.now().astimezone(zone):%H:%M}" if zone else "unknown"),
        ("Where they work", _about_place(services.directory.index.find(contact.organization))),
        ("Serves", served(services, contact)),
        ("Named to you", named),
        *(
            ("Introduction", introduction_words(services, contact, other))
            for other in services.following_up.introductions.of(contact)
        ),
        ("Merged", was_merged(services, services.store.merged_into(contact.id))),
    ):
        if text:
            yield [f"{label}: {text}"]


def _about_place(organization: Organization | None) -> str:
    """Return how much it is wanted to work there, and whether openings are posted; empty if not said."""
    if organization is None:
        return ""
    wanted = f"wanted {organization.wanted} of 3" if organization.wanted > 0 else ""
    posted = wording.POSTING[organization.posting] if organization.posting is not Posting.UNKNOWN else ""
    return ", ".join(filter(None, [wanted, posted]))


def _history(services: Services, contact: Contact) -> Iterator[Line]:
    now, calendar = services.time.now(), services.time.calendar
    added = f"{wording.moment(contact.created_at, now, calendar)} · added"
    events: list[Event] = [(contact.created_at, added, []), *events_with(services, contact, in_words=True)]
    for _, line, details in sorted(events, key=lambda event: event[0], reverse=True):
        yield [line]
        headings = False
        for parts in _lines(details):
            is_heading = parts[0][1:] == ("$muted",)
            headings = headings or is_heading
            yield ["    " if headings and not is_heading else "  ", *parts]


def _line(short_id: str, width: int, name: str, texts: Iterable[str]) -> Line:
    rest = "".join(f" · {text}" for text in texts if text)
    return [f"{short_id:<{width}}  ", (name, "bold"), rest]


def _section(title: str, lines: Sequence[Line]) -> list[Line]:
    """Return lines under a title and a blank line; nothing without any."""
    return [[""], [(title, "bold")], *lines] if lines else []


def _lines(parts: Sequence[RichPart]) -> list[Line]:
    """Return `parts` line by line, without blank lines."""
    lines: list[Line] = [[]]
    for part in parts:
        text, style = (part, "") if isinstance(part, str) else part
        first, *others = text.split("\n")
        lines[-1].append((first, style))
        lines.extend([[(other, style)] for other in others])
    filled: list[Line] = [[part for part in line if part[0]] for line in lines]
    return [line for line in filled if "".join(part[0] for part in line).strip()]
