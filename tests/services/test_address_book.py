from __future__ import annotations

from datetime import date

import pytest
from warmcall.domain.names import recognized_by
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview, Opening
from warmcall.domain.vocabulary import ContactKind, FollowUpKind, News, Outcome, Source, Stage
from warmcall.services.calling import CallResult
from warmcall.services.services import Services

from tests.conftest import Bench
from tests.examples import adding, contact, only, state_of, when


def add(services: Services, name: str, **fields: str) -> Contact:
    return services.address_book.add({"name": name} | fields)


def calls(bench: Bench, contact: Contact) -> list[FollowUp]:
    return bench.store.of_contact(FollowUp, contact.id)


def test_a_new_contact_is_called_today(bench: Bench) -> None:
    luis = add(
        bench.services, " Luis Ortega ", organization=" Parkway ", kind="hiring_manager", source="event"
    )
    assert (luis.name, luis.organization) == ("Luis Ortega", "Parkway")
    assert (luis.kind, luis.source) == (ContactKind.HIRING_MANAGER, Source.EVENT)
    call = only(calls(bench, luis))
    assert (call.kind, call.due, call.why) == (
        FollowUpKind.CALL,
        when("2026-11-23"),
        "new: not called yet",
    )
    assert len(bench.saved) == 1


def test_a_referral_is_called_within_two_business_days_and_says_by_whom(bench: Bench) -> None:
    dana = add(bench.services, "Dana")
    luis = add(bench.services, "Luis", referrer_id=dana.id, source="online")
    assert (luis.source, luis.referrer_id) == (Source.REFERRAL, dana.id)
    call = only(calls(bench, luis))
    assert (call.due, call.why) == (when("2026-11-25"), "named by Dana")


def test_a_referrer_nobody_knows_is_no_referral(bench: Bench) -> None:
    luis = add(bench.services, "Luis", referrer_id="gone")
    assert only(calls(bench, luis)).due == when("2026-11-23")


def test_a_new_contact_belongs_to_the_target_aimed_at(bench: Bench) -> None:
    bench.services.profile_editing.save({"role": "Media Planner"})
    target = bench.store.target
    assert target is not None
    assert add(bench.services, "Luis").target_id == target.id


_CALLED = (
    "Mei Tanaka",
    "Tanaka, Mei",
    "Dr. Mei Tanaka",
    "Zoë",
    "Zoe",
    "O`Neil",
    "O'Neil",
    "Mei ‹T›",
    "Mei ‘T’",
)


@pytest.mark.parametrize("name", _CALLED)
def test_whoever_is_recognized_by_a_name_is_found_whether_asked_once_or_again(
    bench: Bench, name: str
) -> None:
    pairs = [(called, goes_by) for called in _CALLED for goes_by in ("", "Mei", "Zoë", "Mei Tanaka")]
    people = [contact(id=f"c{at}", name=called, goes_by=goes) for at, (called, goes) in enumerate(pairs)]
    bench.store.apply(adding(*people))
    wanted = recognized_by(name)[0]
    expected = [one for one in people if wanted in recognized_by(one.name, one.goes_by)]
    assert expected
    for _ in range(3):
        assert bench.services.address_book.people_called(name) == expected
    added = add(bench.services, name)
    for _ in range(3):
        assert bench.services.address_book.people_called(name) == [*expected, added]


def test_adding_is_undone_with_the_call_it_owed(bench: Bench) -> None:
    add(bench.services, "Luis")
    assert bench.services.history.undo() == "add Luis"
    assert bench.store.empty


def test_editing_changes_the_given_fields_alone(bench: Bench) -> None:
    luis = add(bench.services, "Luis", phone="1", email="a@b.co")
    bench.services.address_book.edit(luis.id, {"phone": " 2 ", "kind": "connector"})
    changed = bench.store.contact(luis.id)
    assert changed is not None
    assert (changed.phone, changed.email, changed.kind) == ("2", "a@b.co", ContactKind.CONNECTOR)


def test_editing_nobody_or_nothing_is_no_change(bench: Bench) -> None:
    luis = add(bench.services, "Luis")
    bench.services.address_book.edit("gone", {"name": "Nobody"})
    bench.services.address_book.edit(luis.id, {"name": "Luis"})
    bench.services.address_book.edit(luis.id, {})
    assert len(bench.saved) == 1


def test_deleting_takes_everything_of_theirs_and_undo_brings_it_back(bench: Bench) -> None:
    luis, mei = add(bench.services, "Luis"), add(bench.services, "Mei")
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.SCHEDULED, at=when("2026-12-03 14:00")))
    for person in (luis, mei):
        bench.services.openings.add({"contact_id": person.id, "what": "a buyer"}, date(2026, 11, 3))
    before = state_of(bench.store)
    bench.services.address_book.delete(luis.id)
    assert [contact.id for contact in bench.store.all(Contact)] == [mei.id]
    for kind in (Attempt, Interview, FollowUp):
        assert bench.store.of_contact(kind, luis.id) == []
    assert {owed.contact_id for owed in bench.store.all(FollowUp)} == {mei.id}
    assert only(bench.store.all(Opening)).contact_id == mei.id
    assert bench.services.history.undo() == "delete Luis"
    assert state_of(bench.store) == before


def test_deleting_nobody_is_no_change(bench: Bench) -> None:
    bench.services.address_book.delete("gone")
    assert bench.saved == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": "Luis"}, set()),
        ({"name": " "}, {"name"}),
        ({}, set()),
        ({"name": ""}, {"name"}),
        (
            {"name": "Luis", "phone": "call me", "email": "luis", "zone": "Chicago"},
            {"phone", "email", "zone"},
        ),
    ],
)
def test_what_is_wrong_is_said_by_field(services: Services, fields: dict[str, str], wrong: set[str]) -> None:
    assert set(services.address_book.problems(fields)) == wrong


def test_the_stage_and_the_next_step_come_from_the_records(bench: Bench) -> None:
    luis = add(bench.services, "Luis")
    store = bench.services.address_book
    assert store.stage(luis.id) is Stage.NEW
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.VOICEMAIL))
    assert store.stage(luis.id) is Stage.ASKED
    bench.services.following_up.add(luis.id, FollowUpKind.PROMISE, when("2026-11-24 09:00"), "the survey")
    step = store.next_step(luis.id)
    assert step is not None
    assert step.note == "the survey"
    assert store.next_step("gone") is None
    assert store.stage("gone") is Stage.NEW


def test_what_is_typed_of_somebody_here_fills_in_what_is_missing_and_the_rest_is_in_the_notes(
    bench: Bench,
) -> None:
    mei = add(bench.services, "Mei Tanaka", phone="+1 312 555 0142", notes="Met at the fair.")
    typed = {"phone": "+1 312 555 0199", "title": "Planner", "notes": "Dana knows her.", "news": "hired"}
    for _ in range(2):
        add(bench.services, "Mei Tanaka", same_as=mei.id, **typed)
    mei = bench.store.require(Contact, mei.id)
    assert (mei.phone, mei.title, mei.news) == ("+1 312 555 0142", "Planner", News.HIRED)
    assert mei.notes == "Met at the fair.\nDana knows her.\nPhone: +1 312 555 0199"
    assert bench.store.count(Contact) == 1


def test_templates_get_who_named_them(bench: Bench) -> None:
    dana = add(bench.services, "Dana Whitfield")
    luis = add(bench.services, "Luis", referrer_id=dana.id)
    assert bench.services.address_book.values(luis)["contact.referrer"] == "Dana Whitfield"
    bench.services.address_book.delete(dana.id)
    assert bench.services.address_book.values(luis)["contact.referrer"] == ""


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"source": "referral"}, "choose who gave you the name"),
        ({"source": "referral", "referrer_id": ""}, "choose who gave you the name"),
        ({"source": "referral", "referrer_id": "gone"}, "choose one of those listed"),
        ({"source": "online", "referrer_id": "gone"}, "choose one of those listed"),
        ({"source": "online"}, None),
        ({}, None),
    ],
)
def test_a_referral_needs_somebody_known_who_gave_the_name(
    bench: Bench, fields: dict[str, str], problem: str | None
) -> None:
    assert bench.services.address_book.problems({"name": "Ana"} | fields).get("referrer_id") == problem


def test_a_referral_by_somebody_known_is_in_order(bench: Bench) -> None:
    dana = add(bench.services, "Dana")
    fields = {"name": "Ana", "source": "referral", "referrer_id": dana.id}
    assert bench.services.address_book.problems(fields) == {}
