"""What a command has done, in words: what it was, and what follows in the queue, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from warmcall.domain.id_prefixes import short_ids
from warmcall.domain.queue import due_order
from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.sanitize import one_line
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Outcome
from warmcall.presentation import wording
from warmcall.presentation.call import outcome_effect
from warmcall.services.calling import CallPlan
from warmcall.services.services import Services

FOLLOW_UPS_SHOWN = 10
"""How many things that follow are said at most, each on a line; of more only the number."""


def person_words(services: Services, contact: Contact) -> str:
    """Return a person with their id: "Luis Ortega (id 3f2a)"."""
    ids = short_ids(other.id for other in services.store.all(Contact))
    return f"{one_line(contact.name)} (id {ids.get(contact.id, contact.id)})"


def interview_words(services: Services, interview: Interview) -> str:
    """Return an interview with its id: "the interview with Mei Tanaka (id 07c1)"."""
    contact = services.store.contact(interview.contact_id)
    ids = short_ids(other.id for other in services.store.all(Interview))
    name = one_line(contact.name) if contact else "a deleted contact"
    return f"the interview with {name} (id {ids.get(interview.id, interview.id)})"


def follow_up_words(services: Services, follow_up: FollowUp) -> str:
    """Return a follow-up with its id: "call Luis Ortega (id 77bb)"."""
    contact = services.store.contact(follow_up.contact_id)
    return one_line(f"{wording.what(follow_up, contact)} (id {short_id(services.store, follow_up)})")


def next_lines(services: Services, follow_ups: Sequence[FollowUp]) -> list[str]:
    """Return what is to be done next, a line each, the first due first.

    Each has the id, when, what, and why: "next: 77bb  tomorrow · call Luis Ortega · try 2 of 5".
    """
    calendar = services.time.calendar
    ordered = sorted(follow_ups, key=lambda follow_up: due_order(follow_up, calendar))
    lines = [_next_line(services, follow_up) for follow_up in ordered[:FOLLOW_UPS_SHOWN]]
    more = len(ordered) - FOLLOW_UPS_SHOWN
    return [*lines, f"next: {more} more, with warmcall due"] if more > 0 else lines


def _next_line(services: Services, follow_up: FollowUp) -> str:
    contact = services.store.contact(follow_up.contact_id)
    due = wording.due(follow_up, services.time.now(), services.time.calendar)
    why = wording.why(follow_up, services.store.contact(follow_up.about_id))
    words = " · ".join(filter(None, [due, wording.what(follow_up, contact), why]))
    return one_line(f"next: {short_id(services.store, follow_up)}  {words}")


def short_id(store: Store, follow_up: FollowUp) -> str:
    """Return the short form of an id, as selecting a follow-up reads it; of one that is done the whole."""
    ids = short_ids(other.id for other in store.all(FollowUp) if other.done_at is None)
    return ids.get(follow_up.id, follow_up.id)


def logged_effect(services: Services, plan: CallPlan, outcome: Outcome) -> str:
    """Return what an attempt did besides adding to the queue: "held, not lost: …"; empty if nothing."""
    if plan.kept is not None or plan.hold or outcome is Outcome.DECLINED:
        return outcome_effect(services, plan, outcome)
    if plan.settled is not None:
        return f"“{wording.FOLLOW_UP_KIND[plan.settled.kind]}” is done"
    if plan.referred is not None and not plan.owed:
        return outcome_effect(services, plan, outcome)
    if outcome is Outcome.WRONG_NUMBER:
        return "the number is removed"
    return ""


def meeting_words(interview: Interview, services: Services) -> str:
    """Return when and how an interview is to be: "Tue 1 Dec 14:00, by video, https://…"."""
    at = wording.moment(interview.at, services.time.now(), services.time.calendar)
    return one_line(", ".join(filter(None, [at, wording.MODE[interview.mode], interview.place])))
