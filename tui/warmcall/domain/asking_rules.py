"""The rule that one person of an organization is asked in writing at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from warmcall.domain.business_days import Calendar
from warmcall.domain.cadence import Cadence
from warmcall.domain.records import Attempt, Contact
from warmcall.domain.vocabulary import Outcome

_ANSWERS = frozenset(
    {
        Outcome.SCHEDULED,
        Outcome.TALK_NOW,
        Outcome.CALL_BACK,
        Outcome.REPLIED,
        Outcome.DECLINED,
        Outcome.REFERRED,
    }
)
"""Outcomes that are an answer, whatever it says."""


class ActiveAsk(msgspec.Struct, frozen=True):
    """A written ask still open: to whom, when it was sent, and from which day another may be asked."""

    contact: Contact
    sent_at: datetime
    another_from: date


def active_ask(
    colleagues: Iterable[Contact],
    attempts_by_contact: Mapping[str, Sequence[Attempt]],
    now: datetime,
    cadence: Cadence,
    calendar: Calendar,
) -> ActiveAsk | None:
    """Return the written ask to one of `colleagues` that is still open, or None.

    They are all at one organization, whichever of its names they have for it. Career centres advise to ask
    one at a time: colleagues talk, and two asks at once look like a mailing. An ask is open until it is
    answered, for at most `written_other_person_days` business days, counted by the noon rule; a later call
    that nobody took is no answer. Of several open asks the one open longest is returned.
    """
    still_open = [
        ask
        for colleague in colleagues
        if (ask := _open_ask(colleague, attempts_by_contact.get(colleague.id, ()), now, cadence, calendar))
    ]
    return max(still_open, key=lambda ask: (ask.another_from, ask.sent_at), default=None)


def unanswered_since(attempts: Sequence[Attempt]) -> datetime | None:
    """Return when the last ask was written, if there was no answer since; else None."""
    sent_at = max((attempt.at for attempt in attempts if attempt.outcome is Outcome.SENT), default=None)
    if sent_at is None or any(attempt.outcome in _ANSWERS and attempt.at >= sent_at for attempt in attempts):
        return None
    return sent_at


def _open_ask(
    contact: Contact, attempts: Sequence[Attempt], now: datetime, cadence: Cadence, calendar: Calendar
) -> ActiveAsk | None:
    sent_at = unanswered_since(attempts)
    if sent_at is None:
        return None
    another_from = calendar.after(sent_at, cadence.written_other_person_days)
    return ActiveAsk(contact, sent_at, another_from) if calendar.day_of(now) < another_from else None
