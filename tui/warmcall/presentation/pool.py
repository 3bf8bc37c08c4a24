"""Somebody in the pool as text: what is known of them, and why they would be asked."""

from __future__ import annotations

from collections.abc import Callable

from warmcall.domain.records import PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.presentation import shortlist, signs, wording
from warmcall.presentation.counts import counted
from warmcall.presentation.duplicates import was_merged
from warmcall.presentation.found import excerpt
from warmcall.services.search import Found
from warmcall.services.services import Services
from warmcall.widgets.rich_text import Excerpt, RichPart


def pool_page(services: Services, person: PoolPerson, with_keys: Callable[[str], str]) -> list[RichPart]:
    """Return the same as `pool_summary` under the name, for a page of its own."""
    return [(one_line(person.name), "bold"), "\n", *pool_summary(services, person, with_keys)]


def pool_summary(services: Services, person: PoolPerson, with_keys: Callable[[str], str]) -> list[RichPart]:
    """Return what is known of somebody in the pool, the reasons for asking them, and the key that does.

    `with_keys` puts the user's keys in the place of their ids in a text.
    """
    sign, style = signs.POOL
    source = wording.SOURCE[person.source] + (f": {person.found}" if person.found else "")
    kind = wording.KIND[services.pool.kind(person)]
    parts: list[RichPart] = [f"{wording.work(person)}\n"] if wording.work(person) else []
    parts += [(f"{sign} {wording.POOL}", style), (one_line(f" · {kind} · {source}") + "\n", "$muted")]
    parts += [
        part for phone in person.phones or (person.phone,) if phone for part in (signs.CALL, f" {phone}\n")
    ]
    parts += [
        part for email in person.emails or (person.email,) if email for part in (signs.WRITE, f" {email}\n")
    ]
    since = f"since {shortlist.month(person.connected_on)}" if person.connected_on else ""
    for label, text in (
        ("called", person.goes_by),
        ("known", since),
        ("before", person.earlier_work),
        ("merged", was_merged(services, services.store.merged_into(person.id))),
        ("links", ", ".join(link for link in person.links if link not in person.notes)),
        ("named", f"by {person.referrer}" if person.referrer else ""),
        ("why", person.why),
    ):
        if text:
            parts += [(f"{label:<7}", "$muted"), f"{one_line(text)}\n"]
    place = services.shortlist.place(person.id)
    if place is not None:
        asked = shortlist.being_asked(services, place)
        parts += ["\n", ("Why ask them", "bold"), f"\n{shortlist.why(services, place)}.\n"]
        parts += [(f"{shortlist.weights(services, place)}\n", "$muted")] if place.points else []
        parts += [(f"{asked}: one person at a time\n", "$warning")] if asked else []
    if person.never:
        parts += [(with_keys("never on the shortlist: {pool.never} lets them onto it again\n"), "$muted")]
    parts += ["\n", (with_keys("nothing is owed: {pool.choose} adds them to the queue\n"), "$muted")]
    if person.notes.strip():
        parts += ["\n", ("Notes\n", "bold"), f"{person.notes.strip()}\n"]
    return parts


def pool_excerpt(found: Found) -> Excerpt:
    """Return a few words around what was found of somebody in the pool, after the mark of the pool."""
    mark = f"{signs.POOL[0]} {wording.POOL} · "
    text, start, end = excerpt(found)
    return Excerpt(mark + text, len(mark) + start, len(mark) + end)


def pool_words(count: int) -> str:
    """Return how many are in the pool: "3,124 people are in the pool"."""
    return f"{counted(count, 'person is', 'people are')} in the pool"


def in_pool_only(person: PoolPerson, with_keys: Callable[[str], str]) -> str:
    """Return why a key for contacts cannot act on somebody in the pool."""
    return (
        f"{one_line(person.name)} is in the pool: {with_keys('{people.choose} adds them to the queue first')}"
    )
