"""What is worth saying when nothing is due: who has heard nothing for longest, whom to call next."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tui.domain.book import Book
from tui.domain.message import PURPOSE_OF
from tui.domain.records import Attempt, Contact, FollowUp, Interview
from tui.domain.vocabulary import FollowUpKind, Outcome

_NO_WORD = (None, Outcome.NO_ANSWER, Outcome.WRONG_NUMBER)
"""Outcomes of an attempt that reached nobody."""


class Quiet(msgspec.Struct, frozen=True):
    """`silent` is who was met and has been without a word for longest, the last of them at `since`.

    `to_call` is who could be called next although nothing is owed to them: somebody new, those with a
    referrer first, else somebody held. Each is None if there is nobody.
    """

    silent: Contact | None = None
    since: datetime | None = None
    to_call: Contact | None = None


def quiet(book: Book) -> Quiet:
    """Return what `book` has to say of silence."""
    owed = {one.contact_id for one in book.open_follow_ups()}
    met = {one.contact_id for one in book.all(Interview) if one.ended_at is not None}
    last = {one.contact_id: one for one in sorted(_tries(book), key=lambda one: one.at)}
    words = _last_words(book)
    refused = {id_ for id_, one in last.items() if one.outcome is Outcome.DECLINED}
    silent = min(
        (one for id_ in met - refused if id_ in words and (one := book.contact(id_))),
        key=lambda one: (words[one.id], one.id),
        default=None,
    )
    idle = [one for one in book.all(Contact) if one.id not in owed and one.id not in met]
    new = (one for one in idle if one.id not in last)
    held = (one for one in idle if one.id in last and one.id not in refused)
    to_call = min(new, key=lambda one: (not one.referrer_id, one.created_at, one.id), default=None)
    to_call = to_call or min(held, key=lambda one: (last[one.id].at, one.id), default=None)
    return Quiet(silent, words[silent.id] if silent else None, to_call)


def _tries(book: Book) -> list[Attempt]:
    return [one for one in book.all(Attempt) if one.outcome is not None]


def _last_words(book: Book) -> dict[str, datetime]:
    """Return when there last was a word with each contact there ever was one with."""
    found: dict[str, datetime] = {}

    def take(contact_id: str, at: datetime) -> None:
        found[contact_id] = max(found.get(contact_id, at), at)

    for attempt in book.all(Attempt):
        if attempt.outcome not in _NO_WORD:
            take(attempt.contact_id, attempt.at)
    for meeting in book.all(Interview):
        if meeting.ended_at is not None:
            take(meeting.contact_id, meeting.ended_at)
    for one in book.all(FollowUp):
        spoke = one.kind in PURPOSE_OF or one.kind is FollowUpKind.CALL
        if one.done_at is not None and not one.dropped and spoke:
            take(one.contact_id, one.done_at)
    return found
