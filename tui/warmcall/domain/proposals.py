"""What the queue proposes beyond what is owed: research before the first call, and both kinds of people."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from warmcall.domain.records import Attempt, Contact, Interview
from warmcall.domain.store import Store
from warmcall.domain.targets import serves
from warmcall.domain.vocabulary import ContactKind

MET_BEFORE_OTHER_KIND = 2
"""After so many meetings with one kind of people, the other kind tells more than one more of the same."""

PROPOSED_FOR = timedelta(days=14)
"""How long after the last such meeting the other kind is proposed; later it would only nag."""


class ProposalKind(StrEnum):
    """What is proposed."""

    RESEARCH = "research"
    HIRING_MANAGER = "hiring_manager"
    PRACTITIONER = "practitioner"


class Proposal(msgspec.Struct, frozen=True):
    """One proposal. `met` is how many people of the other kind were met, `contact` whom to ask, if known."""

    kind: ProposalKind
    met: int = 0
    contact: Contact | None = None


def proposal(store: Store, now: datetime) -> Proposal | None:
    """Return what to propose at `now` (aware, UTC), or None.

    Research comes before anybody is asked: it is proposed while there is somebody to call, nobody was tried
    and nothing is noted. Then those who do the job and those who hire for it are best both met.
    """
    target = store.target
    researched = target is not None and bool(target.research.strip())
    if not researched and store.count(Contact) and not store.count(Attempt) and not store.count(Interview):
        return Proposal(ProposalKind.RESEARCH)
    met = met_by_kind(store)
    doers, managers = met[ContactKind.PRACTITIONER], met[ContactKind.HIRING_MANAGER]
    if len(doers) >= MET_BEFORE_OTHER_KIND and not managers:
        return _other_kind(store, ProposalKind.HIRING_MANAGER, doers, now)
    if len(managers) >= MET_BEFORE_OTHER_KIND and not doers:
        return _other_kind(store, ProposalKind.PRACTITIONER, managers, now)
    return None


def met_by_kind(store: Store) -> dict[ContactKind, dict[str, datetime]]:
    """Return for each kind the people met for the present target, by id, with when they were met last."""
    target = store.target
    met: dict[ContactKind, dict[str, datetime]] = {kind: {} for kind in ContactKind}
    for meeting in store.all(Interview):
        contact = store.contact(meeting.contact_id)
        if not meeting.was_held or meeting.ended_at is None or contact is None:
            continue
        if target is None or store.target_id_of(meeting, contact) == target.id:
            latest = met[contact.kind].get(contact.id, meeting.ended_at)
            met[contact.kind][contact.id] = max(latest, meeting.ended_at)
    return met


def _other_kind(store: Store, kind: ProposalKind, met: dict[str, datetime], now: datetime) -> Proposal | None:
    """Return the proposal to ask somebody of `kind`; None once one is being asked, or after PROPOSED_FOR."""
    if now - max(met.values()) > PROPOSED_FOR:
        return None
    target, known = store.target, store.target_ids
    wanted = ContactKind(kind)  # found out once, not for each of thousands
    people = [
        contact
        for contact in store.all(Contact)
        if contact.kind is wanted and (target is None or serves(contact, target.id, known))
    ]
    if any(store.of_contact(Attempt, contact.id) for contact in people):
        return None
    first = min(people, key=lambda contact: (not contact.referrer_id, contact.created_at), default=None)
    return Proposal(kind, len(met), first)
