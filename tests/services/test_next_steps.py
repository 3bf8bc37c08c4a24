"""Nobody is left with nothing owed to them without a word, and their next step is one call away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from warmcall.config.library import Library
from warmcall.domain.change import Change, ChangeKind
from warmcall.domain.records import Attempt, Contact, FollowUp
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import Channel, FollowUpKind, Mode, Outcome, Stage
from warmcall.domain.when import When
from warmcall.services.calling import CallResult
from warmcall.services.services import Services

from tests.conftest import Bench
from tests.examples import local
from tests.profiles import modest
from tests.services.test_history import Doing, doings

CALL, CHECK_IN, OTHER = FollowUpKind.CALL, FollowUpKind.CHECK_IN, FollowUpKind.OTHER
THANKS = FollowUpKind.THANK_YOU


@pytest.fixture
def luis(bench: Bench) -> Contact:
    return bench.services.address_book.add({"name": "Luis"})


def owed(bench: Bench, contact: Contact) -> list[FollowUpKind]:
    return [follow_up.kind for follow_up in bench.store.open_of_contact(contact.id)]


def first_id(services: Services, contact_id: str, *kinds: FollowUpKind) -> str:
    return services.store.open_of_contact(contact_id, *kinds)[0].id


def left(bench: Bench, change: Change | None = None) -> list[str]:
    """Return whom a change, or the last one, left with nothing owed, by name."""
    return [contact.name for contact in bench.services.next_steps.left_without(change or bench.saved[-1])]


def try_it(services: Services, contact_id: str, outcome: Outcome, channel: Channel = Channel.PHONE) -> None:
    services.calling.record(contact_id, CallResult(outcome=outcome, channel=channel))


def meet(services: Services, contact_id: str) -> None:
    """Hold a meeting, thank them, and so have the first check-in in the queue."""
    meeting = services.interviewing.start_now(contact_id)
    assert meeting is not None
    services.interviewing.end(meeting.id)
    services.following_up.done(first_id(services, contact_id, THANKS))


def forget_call(services: Services, contact_id: str) -> None:
    services.following_up.delete(first_id(services, contact_id))


def forget_check_in(services: Services, contact_id: str) -> None:
    meet(services, contact_id)
    services.following_up.delete(first_id(services, contact_id, CHECK_IN))


def call_without_outcome(services: Services, contact_id: str) -> None:
    services.following_up.done(first_id(services, contact_id))


def forget_second_try(services: Services, contact_id: str) -> None:
    try_it(services, contact_id, Outcome.NO_ANSWER)
    services.following_up.delete(first_id(services, contact_id))


def number_found(services: Services, contact_id: str) -> None:
    try_it(services, contact_id, Outcome.WRONG_NUMBER)
    services.following_up.done(first_id(services, contact_id))


def referred(services: Services, contact_id: str) -> None:
    services.calling.record(contact_id, CallResult(outcome=Outcome.REFERRED, person="Mei"))


def delete_attempt(services: Services, contact_id: str) -> None:
    services.following_up.done(first_id(services, contact_id))
    try_it(services, contact_id, Outcome.NO_ANSWER)
    (attempt,) = services.store.of_contact(Attempt, contact_id)
    services.attempts.delete(attempt.id)


def forget_meeting(services: Services, contact_id: str) -> None:
    services.interviewing.arrange(contact_id, local("2026-11-26 14:00"), Mode.PHONE, "")
    services.following_up.delete_all(
        [follow_up.id for follow_up in services.store.open_of_contact(contact_id)]
    )


@pytest.mark.parametrize(
    ("lose", "planned"),
    [
        (forget_call, [CALL]),
        (forget_check_in, [CHECK_IN]),
        (call_without_outcome, [CALL]),
        (forget_second_try, [CALL]),
        (number_found, [CALL]),
        (referred, [CALL]),
        (delete_attempt, [CALL]),
        (forget_meeting, [FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM]),
    ],
)
def test_whoever_is_left_with_nothing_is_found_and_the_next_step_planned(
    bench: Bench, luis: Contact, lose: Callable[[Services, str], None], planned: list[FollowUpKind]
) -> None:
    lose(bench.services, luis.id)
    assert left(bench) == ["Luis"]
    assert owed(bench, luis) == []
    steps = bench.services.next_steps.plan([luis.id])
    assert [step.kind for step in steps] == owed(bench, luis) == planned
    assert bench.services.next_steps.plan([luis.id]) == []
    assert bench.services.history.undo() == "next step with Luis"
    assert owed(bench, luis) == []


def test_the_first_check_in_counts_from_the_meeting_and_a_later_one_from_today(
    bench: Bench, luis: Contact
) -> None:
    forget_check_in(bench.services, luis.id)
    assert [step.why for step in bench.services.next_steps.plan([luis.id])] == ["30 days after you met"]
    bench.services.history.undo()
    bench.clock.forward(days=31)
    assert [step.why for step in bench.services.next_steps.plan([luis.id])] == [
        "90 days after your last word"
    ]


def one_of_two(services: Services, contact_id: str) -> None:
    services.calling.record(
        contact_id, CallResult(outcome=Outcome.SCHEDULED, at=When(local("2026-11-27 14:00")))
    )
    services.following_up.delete(first_id(services, contact_id))


def declined(services: Services, contact_id: str) -> None:
    try_it(services, contact_id, Outcome.DECLINED)


def held(services: Services, contact_id: str) -> None:
    for _ in range(3):
        try_it(services, contact_id, Outcome.VOICEMAIL, Channel.VOICEMAIL)


def while_they_talk(services: Services, contact_id: str) -> None:
    services.interviewing.start_now(contact_id)
    services.following_up.delete_all(
        [follow_up.id for follow_up in services.store.open_of_contact(contact_id)]
    )


def delete_contact(services: Services, contact_id: str) -> None:
    services.address_book.delete(contact_id)


def undo_adding(services: Services, contact_id: str) -> None:
    forget_call(services, contact_id)
    services.next_steps.plan([contact_id])
    services.history.undo()


def edit_what_was_done(services: Services, contact_id: str) -> None:
    done = first_id(services, contact_id)
    services.following_up.done(done)
    services.following_up.keep_draft(done, "", "words")


@pytest.mark.parametrize(
    "keep",
    [one_of_two, declined, held, while_they_talk, delete_contact, undo_adding, edit_what_was_done],
)
def test_nobody_is_found_where_something_is_owed_or_nothing_ought_to_be(
    bench: Bench, luis: Contact, keep: Callable[[Services, str], None]
) -> None:
    keep(bench.services, luis.id)
    assert left(bench) == []


def test_what_another_session_did_was_said_there(bench: Bench, luis: Contact, library: Library) -> None:
    there = Bench(library, store=Store([luis, *bench.store.all(FollowUp)]), session="there")
    forget_call(there.services, luis.id)
    assert left(there) == ["Luis"]
    changes: list[Change] = []
    bench.store.listen(changes.append)
    bench.services.history.apply_remote(there.saved[-1].edits)
    assert owed(bench, luis) == []
    assert left(bench, changes[-1]) == []


@settings(modest, max_examples=30)
@given(doings)
def test_nobody_is_forgotten_in_silence_whatever_is_done(
    library: Library, calls: list[tuple[str, int, str]]
) -> None:
    doing = Doing(library)
    store, services = doing.bench.store, doing.services
    before: set[str] = set()

    def check(change: Change) -> None:
        nonlocal before
        with_nothing = {
            contact.id for contact in store.all(Contact) if services.next_steps.nothing_owed(contact.id)
        }
        known = {contact.id for contact in store.all(Contact)}
        forgotten = {id_ for id_ in before & known & with_nothing if not fine(id_, change)}
        assert forgotten <= {contact.id for contact in services.next_steps.left_without(change)}
        before = {follow_up.contact_id for follow_up in store.open_follow_ups()}

    def fine(contact_id: str, change: Change) -> bool:
        tried = any(edit.table == "attempts" for edit in change.edits)
        stage = services.address_book.stage(contact_id)
        undone = change.kind is ChangeKind.UNDO
        return undone or stage is Stage.DECLINED or (tried and stage is Stage.HELD)

    store.listen(check)
    for what, number, text in calls:
        doing.do(what, number, text)
