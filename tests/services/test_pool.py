from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from warmcall.domain.records import Contact, FollowUp, PoolPerson
from warmcall.domain.vocabulary import ContactKind, FollowUpKind, Outcome, Source
from warmcall.services.calling import CallResult

from tests.conftest import Bench
from tests.examples import adding, local, only, pool_person, state_of

PEOPLE = ("ivo", "nora", "kei", "lia", "sam", "ben")


@pytest.fixture
def pool(bench: Bench) -> Bench:
    """Six people in the pool, on Monday 23 November 2026 at nine, and a target."""
    bench.services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner"})
    bench.store.apply(adding(*(pool_person(id=name, name=name.title()) for name in PEOPLE)))
    return bench


def put(bench: Bench, **fields: Any) -> PoolPerson:
    person = pool_person(**fields)
    bench.store.apply(adding(person))
    return person


def test_whoever_is_chosen_is_a_contact_of_the_same_id_with_all_that_was_known(bench: Bench) -> None:
    dana = bench.services.address_book.add({"name": "Dana Whitfield"})
    bench.services.profile_editing.save({"role": "Media Planner"})
    put(
        bench,
        title="Planning Director",
        organization="Northgate",
        phone="+1 312 555 0142",
        email="nora@example.com",
        emails=("nora@example.com", "n.feld@example.org"),
        links=("linkedin.com/in/norafeld", "example.com/nora"),
        connected_on=date(2019, 3, 4),
        referrer="dana whitfield",
        notes="Met once.\nexample.com/nora",
        earlier_work="Buyer, Halyard",
        found="the Media Club",
    )
    chosen = only(bench.services.pool.choose(["nora"]))
    nora = bench.store.require(Contact, "nora")
    assert chosen.contact.id == nora.id
    assert bench.store.get(PoolPerson, "nora") is None
    assert (nora.kind, nora.organization, nora.title) == (
        ContactKind.HIRING_MANAGER,
        "Northgate",
        "Planning Director",
    )
    assert (nora.phone, nora.email, nora.found) == ("+1 312 555 0142", "nora@example.com", "the Media Club")
    assert (nora.referrer_id, nora.source) == (dana.id, Source.REFERRAL)
    target = bench.store.target
    assert target is not None
    assert nora.target_id == target.id
    assert nora.connected_on == date(2019, 3, 4)
    assert nora.notes.splitlines() == [
        "Met once.",
        "example.com/nora",
        "linkedin.com/in/norafeld",
        "before: Buyer, Halyard",
        "n.feld@example.org",
    ]
    owed = only(bench.store.open_of_contact("nora"))
    assert (owed.kind, owed.why) == (FollowUpKind.CALL, "named by Dana Whitfield")


def test_a_referrer_who_is_not_in_people_stays_in_the_notes(bench: Bench) -> None:
    put(bench, referrer="Somebody Else", source=Source.EVENT)
    contact = only(bench.services.pool.choose(["nora"])).contact
    assert (contact.notes, contact.referrer_id, contact.source) == ("named by Somebody Else", "", "event")


def test_choosing_is_one_change_and_undo_puts_all_back_into_the_pool(pool: Bench) -> None:
    before = state_of(pool.store)
    assert [person.contact.id for person in pool.services.pool.choose(["nora", "gone", "ivo"])] == [
        "nora",
        "ivo",
    ]
    assert pool.services.history.undo() == "choose 2 people"
    assert {id_: _unstamped(record) for id_, record in state_of(pool.store).items()} == {
        id_: _unstamped(record) for id_, record in before.items()
    }


def _unstamped(record: Any) -> Any:
    return msgspec.structs.replace(record, changed_at=record.created_at)


def test_calls_are_spread_over_the_weeks_days_as_the_goal_has_room(pool: Bench) -> None:
    pool.services.address_book.add({"name": "Mei"})
    luis = pool.services.address_book.add({"name": "Luis"})
    pool.services.calling.record(luis.id, CallResult(outcome=Outcome.VOICEMAIL))
    assert pool.services.pool.asks_left() == 3
    days = [person.day.day for person in pool.services.pool.choose(PEOPLE[:5])]
    assert days == [24, 25, 26, 30, 1]
    assert pool.services.pool.asks_left() == 0


def test_after_the_hours_of_calls_the_first_day_is_the_next(pool: Bench) -> None:
    pool.clock.move_to(local("2026-11-27 17:30"))
    assert pool.services.pool.asks_this_week() is False
    assert [person.day.day for person in pool.services.pool.choose(["nora"])] == [30]
    assert pool.services.pool.asks_left() == 4


def test_a_week_off_has_no_first_call(pool: Bench) -> None:
    pool.services.weeks.set_off(date(2026, 11, 23), True)
    assert pool.services.pool.asks_left() == 0
    assert [person.day.day for person in pool.services.pool.choose(["nora"])] == [30]


def test_a_contact_with_nothing_owed_gets_the_call_and_one_who_has_it_is_left_out(pool: Bench) -> None:
    mei = pool.services.address_book.add({"name": "Mei"})
    assert pool.services.pool.choose([mei.id]) == []
    pool.services.following_up.delete(only(pool.store.open_of_contact(mei.id)).id)
    assert only(pool.services.pool.choose([mei.id])).contact == mei
    assert only(pool.store.open_of_contact(mei.id)).kind is FollowUpKind.CALL


def test_never_kind_and_deleting_are_one_change_each(pool: Bench) -> None:
    service, history = pool.services.pool, pool.services.history
    assert only(person.id for person in pool.store.all(PoolPerson) if person.id == "nora")
    never = service.never("nora")
    assert never is not None
    assert never.never
    back = service.put_back("nora")
    assert back is not None
    assert not back.never
    service.set_kind("nora", ContactKind.HIRING_MANAGER)
    assert service.kind(pool.store.require(PoolPerson, "nora")) is ContactKind.HIRING_MANAGER
    assert service.delete("nora") is not None
    assert service.delete("nora") is None
    assert service.never("nora") is None
    assert [history.undo() for _ in range(4)] == [
        "delete Nora",
        "edit Nora",
        "ask again Nora",
        "never ask Nora",
    ]
    mei = pool.services.address_book.add({"name": "Mei"})
    service.set_kind(mei.id, ContactKind.CONNECTOR)
    assert pool.store.require(Contact, mei.id).kind is ContactKind.CONNECTOR


def test_nothing_is_chosen_where_nothing_may_be_written(pool: Bench) -> None:
    pool.services.history.read_only = "the file is from a newer version"
    assert pool.services.pool.choose(["nora"]) == []
    assert list(pool.store.all(FollowUp)) == []
