from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given

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
    modest,
    profile,
    state_of,
    steps,
    target,
    told,
)
from tui.domain.book import Book
from tui.domain.change import Change, Edit, inverse
from tui.domain.countdown import Countdown
from tui.domain.records import Attempt, Contact, FollowUp, Interview, Profile, Target
from tui.domain.vocabulary import FollowUpKind, Outcome

CALL = FollowUpKind.CALL


def back(taken: Change) -> Change:
    return Change(f"back {taken.id}", taken.at, taken.label, inverse(taken.edits))


@modest
@given(steps)
def test_the_book_does_what_a_plain_mapping_of_records_would(plan: list[list[Step]]) -> None:
    changes, states = told(plan)
    book = Book()
    for taken, state in zip(changes, states[1:], strict=True):
        book.apply(taken)
        assert state_of(book) == state
        for kind in (Attempt, Interview, FollowUp):
            for contact_id in ("contacts-a", "contacts-b", "gone", "nobody"):
                expected = {
                    one.id for one in state.values() if type(one) is kind and one.contact_id == contact_id
                }
                assert {one.id for one in book.of_contact(kind, contact_id)} == expected


@modest
@given(steps)
def test_taking_changes_back_leads_through_the_same_states(plan: list[list[Step]]) -> None:
    changes, states = told(plan)
    book = Book(states[-1].values())
    for taken, state in zip(reversed(changes), reversed(states[:-1]), strict=True):
        book.apply(back(taken))
        assert state_of(book) == state


@modest
@given(steps)
def test_taking_a_change_twice_is_taking_it_once(plan: list[list[Step]]) -> None:
    changes, states = told(plan)
    book = Book()
    for taken in changes:
        book.apply(taken)
        book.apply(taken)
    assert state_of(book) == states[-1]


def test_an_edit_of_a_record_that_is_not_here_does_nothing() -> None:
    book = Book()
    book.apply(change((contact(), contact(name="Luis O."))))
    book.apply(change((contact(), None)))
    assert book.empty


def test_a_record_taken_out_is_gone_everywhere() -> None:
    call = follow_up(CALL)
    book = Book([contact(), call])
    book.apply(change((call, None)))
    assert book.get(FollowUp, call.id) is None
    assert book.of_contact(FollowUp, "luis") == []
    assert list(book.open_follow_ups()) == []
    assert book.count(FollowUp) == 0


def test_a_follow_up_moved_to_another_contact_belongs_to_that_one_alone() -> None:
    call = follow_up(CALL, id="call")
    moved = follow_up(CALL, id="call", contact_id="mei")
    book = Book([call])
    book.apply(change((call, moved)))
    assert book.of_contact(FollowUp, "luis") == []
    assert book.of_contact(FollowUp, "mei") == [moved]


def test_one_record_edited_twice_in_a_change_gets_both_edits() -> None:
    book = Book()
    book.apply(
        change((None, contact()), (contact(), contact(phone="1")), (contact(), contact(email="a@b.c")))
    )
    assert book.contact("luis") == contact(phone="1", email="a@b.c")


@pytest.mark.parametrize(
    "bad", [{"kind": "tea"}, {"name": None}, {"created_at": "2026-11-23T15:00:00"}, {"name": 7}]
)
def test_a_change_that_would_break_a_record_is_not_taken_at_all(bad: dict[str, Any]) -> None:
    book = Book([contact()])
    heard: list[Change] = []
    book.listen(heard.append)
    edits = (*adding(target()).edits, Edit("contacts", "luis", {}, bad))
    with pytest.raises(msgspec.ValidationError):
        book.apply(Change("c", NOW, "bad", edits))
    assert list(book.all(Target)) == []
    assert book.contact("luis") == contact()
    assert heard == []


def test_listeners_hear_of_a_change_once_it_is_taken() -> None:
    book = Book()
    heard: list[tuple[Change, int]] = []
    book.listen(lambda taken: heard.append((taken, book.count(Contact))))
    book.listen(lambda taken: heard.append((taken, book.count(Contact))))
    taken = adding(contact())
    book.apply(taken)
    assert heard == [(taken, 1), (taken, 1)]


def test_records_come_oldest_first() -> None:
    names = ["b", "c", "a"]
    book = Book(contact(id=name) for name in names)
    book.apply(change((contact(id="b"), contact(id="b", phone="1"))))
    assert [one.id for one in book.all(Contact)] == names


def test_an_empty_book_knows_nobody() -> None:
    book = Book()
    assert book.empty
    assert (book.profile, book.target, book.running(), book.contact("luis")) == (None, None, None, None)
    assert book.get(Profile, "profile") is None


def test_the_target_is_the_one_the_profile_names_else_the_newest() -> None:
    first, second = target(id="first"), target(id="second")
    assert Book([first, second]).target == second
    assert Book([first, second, profile(target_id="first")]).target == first
    assert Book([first, second, profile(target_id="gone")]).target == second
    assert Book([profile(target_id="gone")]).target is None


def test_the_running_interview_is_the_one_started_last_and_not_stopped() -> None:
    started = Countdown().start(local("2026-11-23 14:00"))
    later = Countdown().start(local("2026-11-23 15:00"))
    book = Book(
        [
            interview(id="planned"),
            interview(id="earlier", countdown=started),
            interview(id="running", countdown=later.pause(local("2026-11-23 15:05"))),
            interview(id="over", countdown=later.stop(local("2026-11-23 15:20"))),
        ]
    )
    running = book.running()
    assert running is not None
    assert running.id == "running"


def test_it_knows_whom_somebody_named() -> None:
    named = contact(id="mei", referrer_id="luis")
    assert Book([contact(), named, contact(id="tom")]).referred_by("luis") == [named]


def test_what_is_done_is_not_open() -> None:
    open_one = follow_up(CALL, id="open")
    book = Book([open_one, follow_up(CALL, id="done", done_at=NOW)])
    assert list(book.open_follow_ups()) == [open_one]


def test_attempts_of_one_contact_come_in_the_order_they_were_made() -> None:
    tries = [attempt(f"2026-11-{day} 10:00", Outcome.NO_ANSWER) for day in (20, 18, 19)]
    assert Book(tries).of_contact(Attempt, "luis") == tries
