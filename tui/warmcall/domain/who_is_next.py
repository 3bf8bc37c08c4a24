"""An organization by the people there: the ways in, who is being asked, and who is next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from warmcall.domain.asking_rules import active_ask, unanswered_since
from warmcall.domain.business_days import Calendar
from warmcall.domain.cadence import Cadence
from warmcall.domain.queue import due_order
from warmcall.domain.records import Attempt, Contact, FollowUp, PoolPerson
from warmcall.domain.vocabulary import FollowUpKind, Outcome, Source, Stage


class WayIn(StrEnum):
    """The ways into an organization, the best first.

    They are who was met, whom a meeting is set with, and then, by where their name came from, everybody else
    but those who said no; last come people known of, to whom nothing is owed.
    """

    MET = "met"
    SET = "set"
    NAMED = "named"
    ALUMNI = "alumni"
    PROFESSOR = "professor"
    PLACEMENT_OFFICE = "office"
    ASSOCIATION = "association"
    EVENT = "event"
    NEWS = "news"
    ONLINE = "online"
    OTHER = "known"
    POOL = "pool"


_BY_SOURCE: Mapping[Source, WayIn] = {
    Source.REFERRAL: WayIn.NAMED,
    Source.ALUMNI: WayIn.ALUMNI,
    Source.PROFESSOR: WayIn.PROFESSOR,
    Source.PLACEMENT_OFFICE: WayIn.PLACEMENT_OFFICE,
    Source.ASSOCIATION: WayIn.ASSOCIATION,
    Source.EVENT: WayIn.EVENT,
    Source.BUSINESS_NEWS: WayIn.NEWS,
    Source.ONLINE: WayIn.ONLINE,
    Source.OTHER: WayIn.OTHER,
}

_HAVE_MET = frozenset({Stage.MET, Stage.THANKED, Stage.IN_TOUCH})
_CALL_GOES_ON = frozenset({Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.CALL_BACK, Outcome.REPLIED})


def way_in(source: Source, stage: Stage) -> WayIn | None:
    """Return which way in a contact is whose name came from `source`, and who is at `stage`.

    None if they said no.
    """
    if stage in _HAVE_MET:
        return WayIn.MET
    if stage is Stage.SCHEDULED:
        return WayIn.SET
    return None if stage is Stage.DECLINED else _BY_SOURCE[source]


def best_first(ways: Mapping[WayIn, int]) -> tuple[tuple[WayIn, int], ...]:
    """Return the ways in that somebody is, with how many are, the best first."""
    return tuple((way, ways[way]) for way in WayIn if ways.get(way))


class PersonThere(msgspec.Struct, frozen=True):
    """A contact at an organization, with the attempts at them and what is due to them first."""

    contact: Contact
    stage: Stage
    attempts: Sequence[Attempt] = ()
    step: FollowUp | None = None


class Wait(StrEnum):
    """What the next person waits for."""

    NOTHING = ""
    ANSWER = "answer"
    MEETING = "meeting"
    CALL = "call"


class Turn(msgspec.Struct, frozen=True):
    """Whose turn it is at an organization.

    `asked` is who is being asked there now, or will be met. `silent_since` is when they were written to, if
    they have not answered. `next` is who has not been asked yet, and would be next, None if nobody is left;
    they wait for what `wait` says, and for the answer to something written until the day `another_from`.
    """

    asked: PersonThere | None = None
    silent_since: datetime | None = None
    next: Contact | PoolPerson | None = None
    wait: Wait = Wait.NOTHING
    another_from: date | None = None


def turn_of(
    people: Sequence[PersonThere],
    pool: Iterable[PoolPerson],
    now: datetime,
    cadence: Cadence,
    calendar: Calendar,
) -> Turn:
    """Return whose turn it is among the contacts and the pool people of one organization.

    One of them is asked at a time. Another may be asked three business days after something was written
    without an answer, once a meeting is over, or once the calls to somebody end.
    """
    attempts = {person.contact.id: person.attempts for person in people}
    asks = active_ask((person.contact for person in people), attempts, now, cadence, calendar)
    planned = [person for person in people if person.stage is Stage.SCHEDULED]
    called = [person for person in people if person.stage is Stage.ASKED and _is_being_called(person)]
    silent = [
        person for person in people if person.stage is Stage.ASKED and unanswered_since(person.attempts)
    ]
    written_to = [person for person in silent if asks is not None and person.contact.id == asks.contact.id]
    asked = min(planned, key=lambda person: _due(person, calendar), default=None) or next(
        iter([*written_to, *called, *sorted(silent, key=_last_at, reverse=True)]), None
    )
    wait = Wait.NOTHING
    if planned:
        wait = Wait.MEETING
    elif asks is not None:
        wait = Wait.ANSWER
    elif called:
        wait = Wait.CALL
    return Turn(
        asked,
        unanswered_since(asked.attempts) if asked is not None and not planned else None,
        _not_asked_yet(people, pool, calendar),
        wait,
        asks.another_from if asks is not None and wait is Wait.ANSWER else None,
    )


def _not_asked_yet(
    people: Iterable[PersonThere], pool: Iterable[PoolPerson], calendar: Calendar
) -> Contact | PoolPerson | None:
    """Return who comes next of those not asked: the contact due first, else of the pool who is best known.

    That is somebody of whom it was said whether they do the job or hire for it, who can be reached, and whom
    one has known for longest.
    """
    new = [person for person in people if person.stage is Stage.NEW]
    if new:
        return min(new, key=lambda person: _due(person, calendar)).contact
    known_of = (person for person in pool if not person.never)
    return min(
        known_of,
        key=lambda person: (
            person.kind is None,
            not (person.email or person.phone),
            person.connected_on or date.max,
            person.name,
            person.id,
        ),
        default=None,
    )


def _is_being_called(person: PersonThere) -> bool:
    """Return whether calls to somebody go on: they have not ended, and the next step is in the queue."""
    last = max(
        (attempt for attempt in person.attempts if attempt.outcome is not None),
        key=lambda attempt: attempt.at,
        default=None,
    )
    goes_on = last is not None and last.outcome in _CALL_GOES_ON
    return goes_on and person.step is not None and person.step.kind is FollowUpKind.CALL


def _last_at(person: PersonThere) -> datetime:
    return max(attempt.at for attempt in person.attempts)


def _due(person: PersonThere, calendar: Calendar) -> tuple[bool, Any, str]:
    step = person.step
    return step is None, due_order(step, calendar) if step is not None else 0, person.contact.id
