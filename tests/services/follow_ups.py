"""What is owed to people, and how a meeting is now, for the tests of services."""

from __future__ import annotations

from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.vocabulary import FollowUpKind

from tests.conftest import Bench
from tests.examples import only, when

SOON = when("2026-11-25")


def owed(bench: Bench, contact: Contact, *kinds: FollowUpKind) -> list[FollowUp]:
    """Return what is open for a contact, of those kinds or of any."""
    found = bench.store.of_contact(FollowUp, contact.id)
    return [
        follow_up
        for follow_up in found
        if follow_up.done_at is None and (not kinds or follow_up.kind in kinds)
    ]


def get(bench: Bench, follow_up: FollowUp) -> FollowUp:
    found = bench.store.get(FollowUp, follow_up.id)
    assert found is not None
    return found


def added(bench: Bench, contact: Contact, kind: FollowUpKind, note: str = "") -> FollowUp:
    known = {follow_up.id for follow_up in bench.store.of_contact(FollowUp, contact.id)}
    bench.services.following_up.add(contact.id, kind, SOON, note)
    return only(
        follow_up for follow_up in bench.store.of_contact(FollowUp, contact.id) if follow_up.id not in known
    )


def now_is(bench: Bench, meeting: Interview) -> Interview:
    found = bench.store.get(Interview, meeting.id)
    assert found is not None
    return found
