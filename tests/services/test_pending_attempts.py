from __future__ import annotations

import pytest
from warmcall.domain.records import Attempt, Contact
from warmcall.domain.vocabulary import Channel, Outcome
from warmcall.services.calling import CallResult
from warmcall.services.pending_attempts import PendingAttempts

from tests.conftest import Bench
from tests.examples import only


@pytest.fixture
def luis(bench: Bench) -> Contact:
    return bench.services.address_book.add({"name": "Luis"})


@pytest.fixture
def service(bench: Bench) -> PendingAttempts:
    return bench.services.pending_attempts


def attempts(bench: Bench, contact: Contact) -> list[Attempt]:
    return bench.store.of_contact(Attempt, contact.id)


def test_a_note_begins_an_attempt_that_the_outcome_completes(
    bench: Bench, luis: Contact, service: PendingAttempts
) -> None:
    service.note(luis.id, " ", Channel.PHONE)
    assert service.pending(luis.id) is None
    service.note(luis.id, "asks", Channel.PHONE)
    service.note(luis.id, "asks for email", Channel.PHONE)
    pending_attempt = service.pending(luis.id)
    assert pending_attempt is not None
    assert (pending_attempt.note, pending_attempt.outcome) == ("asks for email", None)
    assert service.completed(luis.id) == []
    bench.clock.forward(minutes=4)
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.REPLIED))
    attempt = only(attempts(bench, luis))
    assert (attempt.id, attempt.note, attempt.at) == (pending_attempt.id, "asks for email", bench.clock.now())
    assert service.pending(luis.id) is None
    assert service.completed(luis.id) == [attempt]


def test_the_notes_of_one_call_are_undone_together(
    bench: Bench, luis: Contact, service: PendingAttempts
) -> None:
    for text in ("a", "ab", "abc", ""):
        service.note(luis.id, text, Channel.PHONE)
    bench.services.history.undo()
    assert attempts(bench, luis) == []


def test_attempts_come_oldest_first(bench: Bench, luis: Contact, service: PendingAttempts) -> None:
    for _ in range(3):
        bench.services.calling.record(luis.id, CallResult(outcome=Outcome.NO_ANSWER))
        bench.clock.forward(days=1)
    times = [attempt.at for attempt in service.completed(luis.id)]
    assert times == sorted(times)
