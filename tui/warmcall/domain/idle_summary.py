"""What is worth saying when nothing is due: who has heard nothing for longest, whom to call next."""

from __future__ import annotations

from datetime import datetime

import msgspec

from warmcall.domain.message import PURPOSE_OF
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Outcome

_NO_WORD = (None, Outcome.NO_ANSWER, Outcome.WRONG_NUMBER)
"""Outcomes of an attempt that reached nobody."""


class IdleSummary(msgspec.Struct, frozen=True):
    """`silent` is who was met and has been without a word for longest, the last of them at `since`.

    `to_call` is who could be called next although nothing is owed to them: somebody new, those with a
    referrer first, else somebody held. Each is None if there is nobody.
    """

    silent: Contact | None = None
    since: datetime | None = None
    to_call: Contact | None = None


def idle_summary(store: Store) -> IdleSummary:
    """Return what `store` has to say of silence."""
    owed = {follow_up.contact_id for follow_up in store.open_follow_ups()}
    met = {interview.contact_id for interview in store.all(Interview) if interview.ended_at is not None}
    last = {attempt.contact_id: attempt for attempt in sorted(_tries(store), key=lambda attempt: attempt.at)}
    words = _last_words(store)
    refused = {id_ for id_, attempt in last.items() if attempt.outcome is Outcome.DECLINED}
    silent = min(
        (contact for id_ in met - refused if id_ in words and (contact := store.contact(id_))),
        key=lambda contact: (words[contact.id], contact.id),
        default=None,
    )
    idle = [contact for contact in store.all(Contact) if contact.id not in owed and contact.id not in met]
    new = (contact for contact in idle if contact.id not in last)
    held = (contact for contact in idle if contact.id in last and contact.id not in refused)
    to_call = min(
        new, key=lambda contact: (not contact.referrer_id, contact.created_at, contact.id), default=None
    )
    to_call = to_call or min(held, key=lambda contact: (last[contact.id].at, contact.id), default=None)
    return IdleSummary(silent, words[silent.id] if silent else None, to_call)


def _tries(store: Store) -> list[Attempt]:
    return [attempt for attempt in store.all(Attempt) if attempt.outcome is not None]


def _last_words(store: Store) -> dict[str, datetime]:
    """Return when there last was a word with each contact there ever was one with."""
    found: dict[str, datetime] = {}

    def take(contact_id: str, at: datetime) -> None:
        found[contact_id] = max(found.get(contact_id, at), at)

    for attempt in store.all(Attempt):
        if attempt.outcome not in _NO_WORD:
            take(attempt.contact_id, attempt.at)
    for meeting in store.all(Interview):
        if meeting.ended_at is not None:
            take(meeting.contact_id, meeting.ended_at)
    for follow_up in store.all(FollowUp):
        spoke = follow_up.kind in PURPOSE_OF or follow_up.kind is FollowUpKind.CALL
        if follow_up.done_at is not None and not follow_up.dropped and spoke:
            take(follow_up.contact_id, follow_up.done_at)
    return found
