"""Two people who may be one, in words: the reason, the two side by side, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from warmcall.domain.duplicates import Likeness, Resemblance
from warmcall.domain.organizations import organization_key
from warmcall.domain.person_merge import AnyPerson
from warmcall.domain.queue import entry
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview, MergedPerson, PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.domain.text_folding import folded, folded_words
from warmcall.presentation import wording
from warmcall.presentation.captures import PERMISSION
from warmcall.presentation.owed import short_due_words
from warmcall.services.duplicates import Pair
from warmcall.services.people_merging import Merged, TakenApart
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart

SAME, DIFFERENT, ONLY_ONE = "=", "≠", "+"
"""The signs between two values: the same, different, and known of one only."""

LEGEND = f"   {SAME} the same   {DIFFERENT} different   {ONLY_ONE} known of one"

IN_POOL = "in the pool"

LOOKING = "Looking through everybody…"
NOBODY = "Nobody here looks like another one."
ANY_TWO = "on somebody in People merges any two"
"""What the key does that merges by hand."""

_REASON = {
    Likeness.PROFILE: "the same LinkedIn profile",
    Likeness.ADDRESS: "the same address",
    Likeness.NUMBER: "the same number",
    Likeness.LINK: "the same link",
    Likeness.NAME_AND_WORK: "same name, same place of work",
    Likeness.NAME: "same name",
    Likeness.INITIALS: "initials",
    Likeness.TURNED: "name in another order",
    Likeness.LONGER: "one name is part of the other",
    Likeness.SPELLING: "nearly the same name",
    Likeness.CHOSEN: "chosen by you",
}


def reason(why: Resemblance, *people: AnyPerson) -> str:
    """Return why two people may be one: "Bill is short for William, other place of work"."""
    one, other, full = (_as_written(name, people) for name in (why.one, why.other, why.full))
    if why.kind is Likeness.SHORT_FORM:
        words = f"{one} and {other} are short for {full}" if full else f"{one} is short for {other}"
    elif why.kind is Likeness.WRITTEN:
        words = f"{one} and {other} are one name"
    else:
        words = _REASON[why.kind]
        places = {organization_key(person.organization) for person in people}
        if why.kind is Likeness.SPELLING and len(people) == 2 and len(places) == 1 and places != {""}:
            words = f"{words}, same place"
    return f"{words}, other place of work" if why.elsewhere else words


def _as_written(name: str, people: Sequence[AnyPerson]) -> str:
    """Return a folded given name as one of the people has it, else with a capital."""
    written = (word.strip(",.") for person in people for word in f"{person.name} {person.goes_by}".split())
    return next((word for word in written if folded(word) == name), name.capitalize())


def standing(services: Services, person: AnyPerson) -> str:
    """Return the stage of a contact, or that somebody is in the pool."""
    if isinstance(person, PoolPerson):
        return IN_POOL
    return wording.STAGE[services.address_book.stage(person.id)]


def is_here(services: Services, found: Sequence[tuple[AnyPerson, Resemblance]]) -> str:
    """Return who of a name is here: "Zoë Müller is here already · in the pool · Planner, Tern".

    `found` are those who may be meant, the surest first; nothing is said if there are none.
    """
    if not found:
        return ""
    person, why = found[0]
    if why.kind in _SURE:
        return _here(services, person, f"{person.name} is here already", "", len(found))
    return _here(services, person, f"Perhaps {person.name} is meant", reason(why, person), len(found))


_SURE = (Likeness.PROFILE, Likeness.ADDRESS, Likeness.NUMBER, Likeness.NAME_AND_WORK, Likeness.NAME)
"""What leaves little doubt that somebody is meant."""


def namesakes(services: Services, added: Contact, found: Sequence[tuple[AnyPerson, Resemblance]]) -> str:
    """Return the warning that `added` may be here already, with the ids, a line each."""
    lines = [f"{is_here(services, [each])} · id {one_line(each[0].id)}" for each in found]
    contacts = [person.id for person, _ in found if isinstance(person, Contact)]
    fix = f"; if they are one: warmcall merge-people {contacts[0]} {added.id}" if contacts else ""
    return "\n".join([*lines, f"Both are kept{fix}."])


def has_it(services: Services, people: Sequence[AnyPerson], what: str) -> str:
    """Return who has an address, or a number: "Zoë Müller has this address · met · Planner, Tern"."""
    return _here(services, people[0], f"{people[0].name} has this {what}", "", len(people)) if people else ""


def _here(services: Services, person: AnyPerson, who: str, why: str, count: int) -> str:
    more = f"and {count - 1} more" if count > 1 else ""
    known = (who, standing(services, person), wording.work(person), why, more)
    return one_line(" · ".join(filter(None, known)))


def head(pairs: int, left: int) -> str:
    """Return how many pairs there are, and how many people were not looked at yet."""
    count = f"{pairs:,} {'pairs' if pairs != 1 else 'pair'} of people who may be one"
    return f"{count} · {left:,} people left to look at" if left else count


def pair_cells(services: Services, pair: Pair) -> tuple[RichPart, ...]:
    """Return the cells of a pair in a list: both names, and the reason."""
    left, right = (services.people_merging.person(id_) for id_ in (pair.left_id, pair.right_id))
    if left is None or right is None:
        return ("", "", "")
    return left.name, right.name, (reason(pair.why, left, right), "$muted")


class Fact(NamedTuple):
    """One thing known of either of two people: its name, what is known of both, and the sign between."""

    label: str
    left: str
    sign: RichPart
    right: str


def side_by_side(services: Services, pair: Pair) -> list[Fact]:
    """Return what is known of two people, thing by thing; nothing if one of them is gone.

    The sign is = where they are the same, ≠ where they differ, + where one is missing.
    """
    left, right = (services.people_merging.person(id_) for id_ in (pair.left_id, pair.right_id))
    if left is None or right is None:
        return []
    mine, theirs = _known(services, left), _known(services, right)
    return [
        Fact(label, mine[label] or "–", _sign(mine[label], theirs[label]), theirs[label] or "–")
        for label in mine
        if mine[label] or theirs[label]
    ]


def _sign(mine: str, theirs: str) -> tuple[str, str]:
    if not mine or not theirs:
        return ONLY_ONE, "$success"
    return (SAME, "$muted") if folded_words(mine) == folded_words(theirs) else (DIFFERENT, "bold $warning")


def _known(services: Services, person: AnyPerson) -> dict[str, str]:
    in_pool = isinstance(person, PoolPerson)
    phones = (person.phones if isinstance(person, PoolPerson) else ()) or (person.phone,)
    emails = (person.emails if isinstance(person, PoolPerson) else ()) or (person.email,)
    source = "" if person.source == "other" else wording.SOURCE[person.source]
    found = {
        "name": person.name,
        "called": person.goes_by,
        "title": person.title,
        "works at": person.organization,
        "phone": ", ".join(phones),
        "email": ", ".join(emails),
        "links": ", ".join(person.links) if isinstance(person, PoolPerson) else "",
        "who": wording.KIND[person.kind] if person.kind is not None else "",
        "came from": ": ".join(filter(None, [source, person.found])),
        "named by": _referrer(services, person),
        "connected": _day(person.connected_on),
        "stage": "pool" if in_pool else standing(services, person),
        "next": _next(services, person),
        "so far": _so_far(services, person),
        "why": person.why,
        "notes": person.notes,
    }
    return {label: one_line(" ".join(text.split())) for label, text in found.items()}


def _day(day: date | None) -> str:
    return f"{wording.plain_day(day)} {day.year}" if day else ""


def _referrer(services: Services, person: AnyPerson) -> str:
    if isinstance(person, PoolPerson):
        return person.referrer
    referrer = services.store.contact(person.referrer_id)
    permission = PERMISSION[person.may_use_name]
    return " · ".join(filter(None, [referrer.name, permission])) if referrer else ""


def _next(services: Services, person: AnyPerson) -> str:
    owed = services.address_book.next_step(person.id) if isinstance(person, Contact) else None
    return _step(services, owed) if owed else ""


def _step(services: Services, owed: FollowUp) -> str:
    now, calendar = services.time.now(), services.time.calendar
    return f"{wording.FOLLOW_UP_KIND[owed.kind]} {short_due_words(entry(owed, now, calendar), now, calendar)}"


def _so_far(services: Services, person: AnyPerson) -> str:
    """Return how much belongs to a contact: "2 attempts, 1 interview"."""
    counted = (
        ("attempt", len(services.store.of_contact(Attempt, person.id))),
        ("interview", len(services.store.of_contact(Interview, person.id))),
        ("owed", len(services.store.open_of_contact(person.id))),
    )
    return ", ".join(
        f"{count} {what}{'s' if count > 1 and what != 'owed' else ''}" for what, count in counted if count
    )


def merged(services: Services, done: Merged) -> str:
    """Return that two people are one now, and which of the next steps were closed."""
    kept, other = one_line(done.kept.name), one_line(done.other_name)
    now, calendar = services.time.now(), services.time.calendar
    steps = ", ".join(
        f"{wording.FOLLOW_UP_KIND[step.kind]} {wording.short_moment(step.due, now, calendar)}"
        for step in done.closed
    )
    who = f"{kept} is listed once now" if kept == other else f"{kept} and {other} are one person now"
    return f"{who}; closed: {steps}" if steps else who


def apart(done: TakenApart) -> str:
    """Return that two people are two again."""
    kept, back = one_line(done.kept.name), one_line(done.back.name)
    where = "the pool" if isinstance(done.back, PoolPerson) else "People"
    return f"{back} is back in {where}" if kept == back else f"{back} is apart from {kept} again, in {where}"


def was_merged(services: Services, records: Sequence[MergedPerson]) -> str:
    """Return who was merged into somebody, the last first, with the day: "Zoe Mueller, Mon 23 Nov"."""
    now, calendar = services.time.now(), services.time.calendar
    today = calendar.day_of(now)
    return ", ".join(
        f"{one_line(str(record.original.get('name', '')))}, "
        f"{wording.day(calendar.day_of(record.created_at), today)}"
        for record in records
    )
