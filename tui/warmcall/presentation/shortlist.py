"""What is said of the shortlist: the reasons of each place, the words looked for, what the choice lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Sequence
from datetime import date

from warmcall.domain.day_names import MONTHS
from warmcall.domain.names import first_name
from warmcall.domain.person_keys import profile_link
from warmcall.domain.ranking import Point, PointKind
from warmcall.domain.records import Contact, Organization, PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import ContactKind, Stage
from warmcall.presentation import wording
from warmcall.presentation.counts import counted
from warmcall.services.organizations import OrganizationsBy
from warmcall.services.pool import ChosenPerson
from warmcall.services.services import Services
from warmcall.services.shortlist import Place
from warmcall.widgets.rich_text import RichPart

_KINDS = {
    ContactKind.PRACTITIONER: ("does it", "do it"),
    ContactKind.HIRING_MANAGER: ("hires", "hire"),
    ContactKind.CONNECTOR: ("can introduce", "can introduce"),
}
"""What people of a kind do, of one and of several."""

_ORDER = (
    PointKind.TITLE, PointKind.WORD, PointKind.HIRES, PointKind.WANTED, PointKind.INTRODUCTION,
    PointKind.SCHOOL, PointKind.MET, PointKind.KNOWN, PointKind.LEVEL, PointKind.DOES, PointKind.GAP,
)  # fmt: skip
"""The order in which reasons are said."""


_NAMED_FROM = 72
"""The width from which the head of the shortlist begins with its name."""


def role(services: Services) -> str:
    """Return the job that people are to fit; empty if none is aimed at."""
    phrases = services.pool.aim().phrases
    return one_line(phrases[0].text) if phrases else ""


def head(services: Services, width: int) -> str:
    """Return how many fit, out of how many, and how many are proposed for which week; for `width` cells."""
    shortlist = services.shortlist
    this_week, left = services.pool.asks_this_week(), services.pool.asks_left()
    week = "this week" if this_week and left else "next week" if this_week or left else "the week after"
    fit = "fits" if len(shortlist.ids) == 1 else "fit"
    name = "Shortlist · " if width >= _NAMED_FROM else ""
    out_of = f"{len(shortlist.ids):,} of {shortlist.considered:,}"
    return f"{name}{out_of} {fit} {role(services)} · {shortlist.proposed()} for {week}"


def chosen_count(count: int) -> str:
    """Return how many are chosen: "3 chosen"; empty if nobody is."""
    return f"{count:,} chosen" if count else ""


def why_empty(services: Services, ready: bool) -> str:
    """Return why nobody is listed, empty if somebody is; the list is `ready` once everybody was looked at."""
    shortlist = services.shortlist
    people = counted(shortlist.considered, "person", "people")
    if not role(services):
        return "No job is aimed at yet, so nobody can fit it."
    if not ready:
        return f"Looking through {people}…"
    if len(shortlist.ids):
        return ""
    if shortlist.considered:
        return f"Nobody of {people} fits {role(services)} yet."
    return "Nobody is here to choose from yet."


def looked_for(services: Services) -> str:
    """Return the words that titles are compared with, as the user wrote them."""
    return one_line("words: " + ", ".join(phrase.text.lower() for phrase in services.pool.aim().phrases))


def wanted_places(services: Services) -> str:
    """Return how many organizations are wanted."""
    wanted = sum(1 for organization in services.store.all(Organization) if organization.wanted)
    return f"places: {wanted} on your list" if wanted else "no place on your list yet"


def mark(place: Place, chosen: Container[str]) -> str:
    """Return the sign before a row: chosen, free, or held back."""
    return "[✓]" if place.id in chosen else "[-]" if place.asked_id else "[ ]"


def short_reasons(services: Services, place: Place) -> str:
    """Return the reasons in a few words, "title · on list · school"; or who is being asked there now."""
    if place.asked_id:
        return being_asked(services, place)
    found = {point.kind: point for point in place.points}
    words = [
        _SHORT[kind](found[kind])
        for kind in _ORDER
        if kind in found and kind in _SHORT and not (kind is PointKind.WORD and PointKind.TITLE in found)
    ]
    return one_line(" · ".join(words))


def being_asked(services: Services, place: Place) -> str:
    """Return who is being asked where somebody works: "Mei is being asked there"; empty if nobody is."""
    asked = services.store.contact(place.asked_id)
    if asked is None:
        return ""
    is_new = services.address_book.stage(asked.id) is Stage.NEW
    what = "is in the queue there" if is_new else "is being asked there"
    return one_line(f"{wording.short_name(asked)} {what}")


_SHORT: dict[PointKind, Callable[[Point], str]] = {
    PointKind.TITLE: lambda _point: "title",
    PointKind.WORD: lambda _point: "word",
    PointKind.HIRES: lambda _point: "hires",
    PointKind.WANTED: lambda _point: "on list",
    PointKind.INTRODUCTION: lambda point: first_name(point.text) or point.text,
    PointKind.SCHOOL: lambda _point: "school",
    PointKind.MET: lambda _point: "met before",
    PointKind.KNOWN: lambda point: f"{point.amount} years",
}


def _long(point: Point, rank: str) -> str:
    """Return one reason in words; `rank` says which of the organizations wanted somebody's is."""
    match point.kind:
        case PointKind.TITLE | PointKind.WORD:
            return f"“{point.text}” in the title"
        case PointKind.LEVEL:
            return f"“{point.text}”, a level near the job"
        case PointKind.DOES:
            return "does the job"
        case PointKind.HIRES:
            return "hires for it"
        case PointKind.WANTED:
            return f"{rank} on your list, {'●' * point.amount}"
        case PointKind.INTRODUCTION:
            return f"{point.text} can introduce you"
        case PointKind.MET:
            return "you met before"
        case PointKind.SCHOOL:
            return f"{point.text}, your school" if point.text else "your school"
        case PointKind.KNOWN:
            return f"known for {point.amount} years"
        case PointKind.GAP:
            return "nobody of their kind was asked yet"


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def _rank(services: Services, place: Place) -> str:
    """Return which organization somebody works at of those wanted, the most first: "Two Lamps is third"."""
    person = services.shortlist.person(place.id)
    if person is None or not any(point.kind is PointKind.WANTED for point in place.points):
        return ""
    at, record = services.shortlist.organization_of(person), services.directory.record
    listed = services.organizations.sorted(OrganizationsBy.WANTED)
    wanted = [found for found in listed if (kept := record(found)) is not None and kept.wanted]
    rank = wanted.index(at) if at in wanted else len(wanted)
    ordinal = _ORDINALS[rank] if rank < len(_ORDINALS) else f"number {rank + 1}"
    return f"{person.organization} is {ordinal}"


def _sorted(points: Sequence[Point]) -> list[Point]:
    """Return the reasons in the order they are said, those of one kind as they are."""
    return sorted(points, key=lambda point: _ORDER.index(point.kind))


def why(services: Services, place: Place) -> str:
    """Return the reasons as one sentence; the kind, one of them, is said apart. Says if there is none."""
    words: list[str] = []
    by_title = [point.text for point in place.points if point.kind is PointKind.TITLE]
    by_word = [f"“{point.text}”" for point in place.points if point.kind is PointKind.WORD]
    if by_title:
        words.append(f"the title has all of “{by_title[0]}”")
    elif by_word:
        *most, last = by_word
        words.append(f"{', '.join(most)} and {last} in the title" if most else f"{last} in the title")
    said = (PointKind.TITLE, PointKind.WORD, PointKind.DOES, PointKind.HIRES)
    rank = _rank(services, place)
    words += [_long(point, rank) for point in _sorted(place.points) if point.kind not in said]
    return one_line("; ".join(words)) if words else "nothing in what is known speaks for asking them"


def weights(services: Services, place: Place) -> str:
    """Return every reason with its weight, and their sum, which is the place: "4 … + 2 … = 6"."""
    rank = _rank(services, place)
    words = " + ".join(f"{point.weight} {_long(point, rank)}" for point in _sorted(place.points))
    return one_line(f"{words} = {place.score}") if words else "no reason, 0"


def known(person: PoolPerson | Contact) -> str:
    """Return since when somebody is known, and how they can be reached."""
    links = person.links if isinstance(person, PoolPerson) else (profile_link(person.notes),)
    lacking = " and ".join(
        name for name, value in (("phone", person.phone), ("email", person.email)) if not value.strip()
    )
    since = person.connected_on
    texts = (
        f"connected {month(since)}" if since else "",
        person.phone,
        person.email,
        f"no {lacking}".replace(" and ", ", no ") if lacking else "",
        *(link.removeprefix("https://").removeprefix("www.") for link in links[:1]),
    )
    return one_line(" · ".join(filter(None, texts)))


def month(day: date) -> str:
    """Return the month of a day: "Mar 2019"."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def explanation(services: Services, place: Place, with_weights: bool) -> list[RichPart]:
    """Return who somebody is, why they are where they are, and who is being asked there."""
    person = services.shortlist.person(place.id)
    if person is None:
        return []
    asked = being_asked(services, place) or "nobody there is being asked now"
    reasons = f"Weights: {weights(services, place)}" if with_weights else f"Why: {why(services, place)}"
    kind = _KINDS[place.kind][0]
    return [
        (one_line(person.name), "bold"),
        (f" · {kind} · {known(person)}\n", "$muted"),
        f"{reasons}. {asked[:1].upper()}{asked[1:]}.",
    ]


def mix(services: Services, kinds: Sequence[ContactKind]) -> str:
    """Return what the people chosen can help with, what the choice lacks, and how many asks are left."""
    left = services.pool.asks_left()
    week = "this week" if services.pool.asks_this_week() else "next week"
    room = f"{counted(left, 'ask', 'asks')} left {week}." if left else f"{week.capitalize()} has its asks."
    if not kinds:
        return room
    number = Counter(kinds)
    said = ", ".join(
        f"{number[kind]} {_KINDS[kind][number[kind] > 1]}" for kind in ContactKind if number[kind]
    )
    lacks = ""
    if not number[ContactKind.HIRING_MANAGER]:
        lacks = " Add a manager?"
    elif not number[ContactKind.PRACTITIONER]:
        lacks = " Add somebody who does it?"
    return f"Chosen: {said}.{lacks} {room}"


def added(services: Services, chosen: Sequence[ChosenPerson]) -> str:
    """Return who was chosen and when they are to be called: "Nora Feld Mon 30, Ivo Santos tomorrow"."""
    today = services.time.calendar.day_of(services.time.now())
    if len(chosen) == 1:
        return one_line(
            f"{chosen[0].contact.name} is in the queue, to be called {wording.day(chosen[0].day, today)}"
        )
    days = list(dict.fromkeys(wording.short_day(person.day, today) for person in chosen))
    return f"{len(chosen)} are in the queue: {', '.join(days)}"
