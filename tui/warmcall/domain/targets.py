"""Which targets a person serves, and which of them a call or a letter to them is about."""

from __future__ import annotations

from collections.abc import Container, Iterable

from warmcall.domain.records import Contact


def targets_of(contact: Contact, known: Container[str]) -> tuple[str, ...]:
    """Return the ids of those of the `known` targets that `contact` serves, their own first."""
    ids = dict.fromkeys((contact.target_id, *contact.also_for))
    return tuple([id_ for id_ in ids if id_ in known])


def serves(contact: Contact, target_id: str, known: Container[str]) -> bool:
    """Return whether `contact` counts for a target.

    Somebody who serves none of those `known` counts for each: they were added before there was a target, or
    theirs was deleted, and nobody is to be lost for that.
    """
    if contact.target_id in (target_id, "") and not contact.also_for:
        return True
    if contact.target_id == target_id or target_id in contact.also_for:
        return True
    return contact.target_id not in known and not any(id_ in known for id_ in contact.also_for)


def target_id_for(contact: Contact, present_id: str, known: Container[str]) -> str:
    """Return the target spoken of with `contact`: the present one if they serve it, else their own."""
    if serves(contact, present_id, known):
        return present_id
    return targets_of(contact, known)[0]


def talk_target_id(recorded_id: str, contact: Contact, present_id: str, known: Container[str]) -> str:
    """Return the target that a talk with `contact` counts for: the one recorded with it, if it is `known`.

    Else it is the one spoken of with them.
    """
    return recorded_id if recorded_id in known else target_id_for(contact, present_id, known)


def target_fields(target_ids: Iterable[str]) -> dict[str, object]:
    """Return the fields of a contact who serves these targets: the first not empty is their own."""
    ids = tuple(dict.fromkeys(filter(None, target_ids)))
    return {"target_id": ids[0] if ids else "", "also_for": ids[1:]}
