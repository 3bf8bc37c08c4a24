"""Who led to whom: the tree of referrals, from the first contact to the last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

import msgspec

from warmcall.domain.records import Contact


class Branch(msgspec.Struct, frozen=True, gc=False):
    """A contact in a chain of people who named one another. `depth` is 0 for the first of a chain.

    `leads` says for each depth from 1 to that of the contact whether more follow at that depth below, so
    that lines can be drawn; the last one is about the contact itself. `below` is how many they named.
    """

    contact_id: str
    depth: int
    leads: tuple[bool, ...]
    below: int


class ReferralChains(NamedTuple):
    """The chains, the longest before others, each in the order of its tree; and the ids of those in none."""

    chains: Sequence[Sequence[Branch]]
    alone: Sequence[str]


def referral_chains(contacts: Iterable[Contact]) -> ReferralChains:
    """Return everybody, in a chain each under who gave their name, in the order of adding.

    Who is alone was neither named by anybody nor named anybody. Whoever is named by somebody who is gone
    begins a chain; of people who named each other in a circle, the one added first does.
    """
    everybody = sorted(contacts, key=attrgetter("created_at", "id"))
    with_referrer = [contact for contact in everybody if contact.referrer_id]
    named = {contact.referrer_id for contact in with_referrer}
    givers = {contact.id: contact for contact in everybody if contact.id in named}
    below: dict[str, list[Contact]] = {}
    for contact in with_referrer:
        if contact.referrer_id in givers and contact.referrer_id != contact.id:
            below.setdefault(contact.referrer_id, []).append(contact)
    inside = {contact.id for people in below.values() for contact in people}
    reached: set[str] = set()

    def walk(first: Contact) -> list[Branch]:
        found: list[Branch] = []
        waiting: list[tuple[Contact, int, tuple[bool, ...]]] = [(first, 0, ())]
        reached.add(first.id)
        while waiting:
            contact, depth, leads = waiting.pop()
            below_it = [other for other in below.get(contact.id, ()) if other.id not in reached]
            reached.update(other.id for other in below_it)
            found.append(Branch(contact.id, depth, leads, len(below_it)))
            for at in range(len(below_it) - 1, -1, -1):
                waiting.append((below_it[at], depth + 1, (*leads, at < len(below_it) - 1)))
        return found

    roots = (giver for id_, giver in givers.items() if id_ in below and id_ not in inside)
    chains = [(root, walk(root)) for root in roots]
    inside.update(below)
    for people in below.values():
        for contact in people:
            if contact.id not in reached:
                first = _first_of_circle(contact, givers)
                chains.append((first, walk(first)))
    chains.sort(key=lambda chain: (-length(chain[1]), chain[0].created_at, chain[0].id))
    alone = [contact.id for contact in everybody if contact.id not in inside]
    return ReferralChains([chain for _, chain in chains], alone)


def _first_of_circle(contact: Contact, by_id: Mapping[str, Contact]) -> Contact:
    """Return who was added first of the circle of people to which going up from `contact` leads."""
    passed: dict[str, Contact] = {}
    while contact.id not in passed:
        passed[contact.id] = contact
        contact = by_id[contact.referrer_id]
    circle = list(passed.values())[list(passed).index(contact.id) :]
    return min(circle, key=lambda member: (member.created_at, member.id))


def length(chain: Iterable[Branch]) -> int:
    """Return how many people stand one under another in a chain at most."""
    return 1 + max((branch.depth for branch in chain), default=-1)
