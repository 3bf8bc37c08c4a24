"""Who led to whom: the tree of referrals, from the first contact to the last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from warmcall.domain.records import Contact


class Branch(msgspec.Struct, frozen=True, gc=False):
    """A contact and those whose names they gave. `depth` is 0 for the first of a chain.

    `leads` says for each depth from 1 to that of the contact whether more follow at that depth below, so
    that lines can be drawn; the last one is about the contact itself.
    """

    contact: Contact
    depth: int
    leads: tuple[bool, ...]
    below: int


def referral_tree(contacts: Iterable[Contact]) -> list[Branch]:
    """Return everybody in the order of the tree, each under who gave their name, in the order of adding.

    Chains come first, the longest before others, and then those who were neither named by anybody nor named
    anybody. Whoever is named by somebody who is gone begins a chain; of people who named each other in a
    circle, the one added first does.
    """
    everybody = sorted(contacts, key=lambda contact: (contact.created_at, contact.id))
    by_id = {contact.id: contact for contact in everybody}
    below: dict[str, list[Contact]] = {}
    roots: list[Contact] = []
    for contact in everybody:
        if contact.referrer_id in by_id and contact.referrer_id != contact.id:
            below.setdefault(contact.referrer_id, []).append(contact)
        else:
            roots.append(contact)
    reached: set[str] = set()
    chains: list[list[Branch]] = []
    alone: list[Branch] = []

    def walk(first: Contact) -> list[Branch]:
        found: list[Branch] = []
        waiting: list[tuple[Contact, int, tuple[bool, ...]]] = [(first, 0, ())]
        reached.add(first.id)
        while waiting:
            contact, depth, leads = waiting.pop()
            named = [other for other in below.get(contact.id, ()) if other.id not in reached]
            reached.update(other.id for other in named)
            found.append(Branch(contact, depth, leads, len(named)))
            for at in range(len(named) - 1, -1, -1):
                waiting.append((named[at], depth + 1, (*leads, at < len(named) - 1)))
        return found

    for root in roots:
        if root.id in below:
            chains.append(walk(root))
        else:
            alone.append(Branch(root, 0, (), 0))
    for people in below.values():
        for contact in people:
            if contact.id not in reached:
                chains.append(walk(_first_of_circle(contact, by_id)))
    chains.sort(key=lambda chain: (-length(chain), chain[0].contact.created_at, chain[0].contact.id))
    return [*(branch for chain in chains for branch in chain), *alone]


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


def chains_in(tree: Iterable[Branch]) -> list[list[Branch]]:
    """Return the chains of a tree that have at least two people."""
    chains: list[list[Branch]] = []
    first: Branch | None = None
    for branch in tree:
        if branch.depth == 0:
            first = branch
            continue
        if first is not None:
            chains.append([first])
            first = None
        chains[-1].append(branch)
    return chains
