"""What to show when nothing is due: who has not been in contact for longest, and whom to call next."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from warmcall.domain.message import PURPOSE_OF
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Outcome

SILENT_AFTER = timedelta(days=7)
"""How long after the last contact somebody met counts as silent: an answer may take a week."""

_NO_CONTACT = (None, Outcome.NO_ANSWER, Outcome.WRONG_NUMBER)
"""Outcomes of an attempt that reached nobody."""


class IdleSummary(msgspec.Struct, frozen=True):
    """The two people to show; None if there is nobody.

    `silent` is the person met with whom the last contact, at `since`, is longest ago: SILENT_AFTER or more,
    and no meeting planned. `to_call` is whom the first call in the queue is to; without one, who could be
    called although no follow-up is open: somebody new, those with a referrer first, else somebody held.
    """

    silent: Contact | None = None
    since: datetime | None = None
    to_call: Contact | None = None


def idle_summary(store: Store, now: datetime, first_call: FollowUp | None = None) -> IdleSummary:
    """Return the summary for all records in `store` at `now` (aware, UTC).

    `first_call` is the first call in the queue, None if there is none.
    """
    owed = {follow_up.contact_id for follow_up in store.open_follow_ups()}
    met = {interview.contact_id for interview in store.all(Interview) if interview.was_held}
    planned = {
        interview.contact_id
        for interview in store.all(Interview)
        if interview.is_planned and not interview.practice
    }
    last_attempt = {attempt.contact_id: attempt for attempt in _completed(store)}
    last_contact = _last_contacts(store)
    refused = {id_ for id_, attempt in last_attempt.items() if attempt.outcome is Outcome.DECLINED}
    silent = min(
        (
            contact
            for id_ in met - refused - planned
            if now - last_contact[id_] >= SILENT_AFTER and (contact := store.contact(id_))
        ),
        key=lambda contact: (last_contact[contact.id], contact.id),
        default=None,
    )
    idle = [contact for contact in store.all(Contact) if contact.id not in owed and contact.id not in met]
    new = [contact for contact in idle if contact.id not in last_attempt]
    held = [contact for contact in idle if contact.id in last_attempt and contact.id not in refused]
    queued = store.contact(first_call.contact_id) if first_call else None
    to_call = (
        queued
        or min(
            new, key=lambda contact: (not contact.referrer_id, contact.created_at, contact.id), default=None
        )
        or min(held, key=lambda contact: (last_attempt[contact.id].at, contact.id), default=None)
    )
    return IdleSummary(silent, last_contact[silent.id] if silent else None, to_call)


def _completed(store: Store) -> list[Attempt]:
    """Return the attempts with an outcome, oldest first."""
    completed = (attempt for attempt in store.all(Attempt) if attempt.outcome is not None)
    return sorted(completed, key=lambda attempt: attempt.at)


def _last_contacts(store: Store) -> dict[str, datetime]:
    """Return the instant of the last contact with each person, by id; without those never reached."""
    found: dict[str, datetime] = {}

    def add(contact_id: str, at: datetime) -> None:
        found[contact_id] = max(found.get(contact_id, at), at)

    for attempt in store.all(Attempt):
        if attempt.outcome not in _NO_CONTACT:
            add(attempt.contact_id, attempt.at)
    for meeting in store.all(Interview):
        if meeting.was_held and meeting.ended_at is not None:
            add(meeting.contact_id, meeting.ended_at)
    for follow_up in store.all(FollowUp):
        spoke = follow_up.kind in PURPOSE_OF or follow_up.letter or follow_up.kind is FollowUpKind.CALL
        if follow_up.done_at is not None and not follow_up.dropped and spoke:
            add(follow_up.contact_id, follow_up.done_at)
    return found
