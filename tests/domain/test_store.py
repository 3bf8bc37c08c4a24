from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from warmcall.domain.change import Change, Edit, inverse
from warmcall.domain.countdown import Countdown
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview, Profile, Target
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Outcome

from tests.examples import (
    NOW,
    Step,
    adding,
    attempt,
    change,
    contact,
    follow_up,
    interview,
    local,
    planned_changes,
    profile,
    state_of,
    steps,
    target,
)
from tests.profiles import modest

CALL = FollowUpKind.CALL


def back(applied: Change) -> Change:
    return Change(f"back {applied.id}", applied.at, applied.label, inverse(applied.edits))


@modest
@given(steps)
def test_the_store_does_what_a_plain_mapping_of_records_would(plan: list[list[Step]]) -> None:
    changes, states = planned_changes(plan)
    store = Store()
    store.referred_by("")  # from now on it is kept in step
    for applied, state in zip(changes, states[1:], strict=True):
        store.apply(applied)
        assert state_of(store) == state
        for referrer_id in ("contacts-a", "contacts-b", "luis", "gone"):
            named = [other for other in store.all(Contact) if other.referrer_id == referrer_id]
            assert store.referred_by(referrer_id) == named
        for kind in (Attempt, Interview, FollowUp):
            for contact_id in ("contacts-a", "contacts-b", "gone", "nobody"):
                expected = {
                    record.id
                    for record in state.values()
                    if type(record) is kind and record.contact_id == contact_id
                }
                assert {record.id for record in store.of_contact(kind, contact_id)} == expected


@modest
@given(steps)
def test_taking_changes_back_leads_through_the_same_states(plan: list[list[Step]]) -> None:
    changes, states = planned_changes(plan)
    store = Store(states[-1].values())
    for applied, state in zip(reversed(changes), reversed(states[:-1]), strict=True):
        store.apply(back(applied))
        assert state_of(store) == state


@modest
@given(steps)
def test_taking_a_change_twice_is_taking_it_once(plan: list[list[Step]]) -> None:
    changes, states = planned_changes(plan)
    store = Store()
    for applied in changes:
        store.apply(applied)
        store.apply(applied)
    assert state_of(store) == states[-1]


def test_an_edit_of_a_record_that_is_not_here_does_nothing() -> None:
    store = Store()
    store.apply(change((contact(), contact(name="Luis O."))))
    store.apply(change((contact(), None)))
    assert store.empty


def test_a_removed_record_is_gone_everywhere() -> None:
    call = follow_up(CALL)
    store = Store([contact(), call])
    store.apply(change((call, None)))
    assert store.get(FollowUp, call.id) is None
    assert store.of_contact(FollowUp, "luis") == []
    assert list(store.open_follow_ups()) == []
    assert store.count(FollowUp) == 0


def test_a_follow_up_moved_to_another_contact_belongs_to_that_one_alone() -> None:
    call = follow_up(CALL, id="call")
    moved = follow_up(CALL, id="call", contact_id="mei")
    store = Store([call])
    store.apply(change((call, moved)))
    assert store.of_contact(FollowUp, "luis") == []
    assert store.of_contact(FollowUp, "mei") == [moved]


def test_one_record_edited_twice_in_a_change_gets_both_edits() -> None:
    store = Store()
    store.apply(
        change((None, contact()), (contact(), contact(phone="1")), (contact(), contact(email="a@b.c")))
    )
    assert store.contact("luis") == contact(phone="1", email="a@b.c")


@pytest.mark.parametrize(
    "bad", [{"kind": "tea"}, {"name": None}, {"created_at": "2026-11-23T15:00:00"}, {"name": 7}]
)
def test_a_change_that_would_break_a_record_is_not_made_at_all(bad: dict[str, Any]) -> None:
    store = Store([contact()])
    notified: list[Change] = []
    store.listen(notified.append)
    edits = (*adding(target()).edits, Edit("contacts", "luis", {}, bad))
    with pytest.raises(msgspec.ValidationError):
        store.apply(Change("c", NOW, "bad", edits))
    assert list(store.all(Target)) == []
    assert store.contact("luis") == contact()
    assert notified == []


def test_listeners_are_notified_once_a_change_is_made() -> None:
    store = Store()
    notified: list[tuple[Change, int]] = []
    store.listen(lambda applied: notified.append((applied, store.count(Contact))))
    store.listen(lambda applied: notified.append((applied, store.count(Contact))))
    applied = adding(contact())
    store.apply(applied)
    assert notified == [(applied, 1), (applied, 1)]


def test_records_come_oldest_first() -> None:
    names = ["b", "c", "a"]
    store = Store(contact(id=name) for name in names)
    store.apply(change((contact(id="b"), contact(id="b", phone="1"))))
    assert [contact.id for contact in store.all(Contact)] == names


def test_an_empty_book_knows_nobody() -> None:
    store = Store()
    assert store.empty
    assert (store.profile, store.target, store.running(), store.contact("luis")) == (None, None, None, None)
    assert store.get(Profile, "profile") is None


def test_the_target_is_the_one_the_profile_names_else_the_newest() -> None:
    first, second = target(id="first"), target(id="second")
    assert Store([first, second]).target == second
    assert Store([first, second, profile(target_id="first")]).target == first
    assert Store([first, second, profile(target_id="gone")]).target == second
    assert Store([profile(target_id="gone")]).target is None


def test_an_interview_that_runs_comes_before_those_paused_and_the_last_started_first() -> None:
    started = Countdown().start(local("2026-11-23 14:00"))
    later = Countdown().start(local("2026-11-23 15:00"))
    store = Store(
        [
            interview(id="planned"),
            interview(id="running", countdown=started),
            interview(id="paused", countdown=started.pause(local("2026-11-23 15:05"))),
            interview(id="paused later", countdown=later.pause(local("2026-11-23 15:05"))),
            interview(id="over", countdown=later.stop(local("2026-11-23 15:20"))),
        ]
    )
    assert [going.id for going in store.going()] == ["running", "paused later", "paused"]
    assert store.running() == store.going()[0]
    assert Store().running() is None


def test_it_knows_whom_somebody_named() -> None:
    named = contact(id="mei", referrer_id="luis")
    assert Store([contact(), named, contact(id="tom")]).referred_by("luis") == [named]


def test_what_is_done_is_not_open() -> None:
    open_one = follow_up(CALL, id="open")
    store = Store([open_one, follow_up(CALL, id="done", done_at=NOW)])
    assert list(store.open_follow_ups()) == [open_one]


def test_attempts_of_one_contact_come_in_the_order_they_were_made() -> None:
    tries = [attempt(f"2026-11-{day} 10:00", Outcome.NO_ANSWER) for day in (20, 18, 19)]
    assert Store(tries).of_contact(Attempt, "luis") == tries
