from __future__ import annotations

import pytest

from tests.conftest import Made
from tests.examples import local, only, state_of
from tui.domain.records import Attempt, Contact, FollowUp, Interview
from tui.domain.vocabulary import ContactKind, FollowUpKind, Mode, Outcome, Source, Stage
from tui.services.calling import CallEnd
from tui.services.desk import Desk


def add(desk: Desk, name: str, **fields: str) -> Contact:
    return desk.address_book.add({"name": name} | fields)


def calls(made: Made, contact: Contact) -> list[FollowUp]:
    return made.book.of_contact(FollowUp, contact.id)


def test_a_new_contact_is_called_today(made: Made) -> None:
    luis = add(made.desk, " Luis Ortega ", organization=" Parkway ", kind="hiring_manager", source="event")
    assert (luis.name, luis.organization) == ("Luis Ortega", "Parkway")
    assert (luis.kind, luis.source) == (ContactKind.HIRING_MANAGER, Source.EVENT)
    call = only(calls(made, luis))
    assert (call.kind, call.due, call.why) == (
        FollowUpKind.CALL,
        local("2026-11-23 12:00"),
        "new: not called yet",
    )
    assert len(made.saved) == 1


def test_a_referral_is_called_within_two_business_days_and_says_by_whom(made: Made) -> None:
    dana = add(made.desk, "Dana")
    luis = add(made.desk, "Luis", referrer_id=dana.id, source="online")
    assert (luis.source, luis.referrer_id) == (Source.REFERRAL, dana.id)
    call = only(calls(made, luis))
    assert (call.due, call.why) == (local("2026-11-25 12:00"), "named by Dana")


def test_a_referrer_nobody_knows_is_no_referral(made: Made) -> None:
    luis = add(made.desk, "Luis", referrer_id="gone")
    assert only(calls(made, luis)).due == local("2026-11-23 12:00")


def test_a_new_contact_belongs_to_the_target_aimed_at(made: Made) -> None:
    made.desk.targeting.save({"role": "Media Planner"})
    target = made.book.target
    assert target is not None
    assert add(made.desk, "Luis").target_id == target.id


def test_adding_is_undone_with_the_call_it_owed(made: Made) -> None:
    add(made.desk, "Luis")
    assert made.desk.history.undo() == "add Luis"
    assert made.book.empty


def test_editing_changes_the_given_fields_alone(made: Made) -> None:
    luis = add(made.desk, "Luis", phone="1", email="a@b.co")
    made.desk.address_book.edit(luis.id, {"phone": " 2 ", "kind": "connector"})
    changed = made.book.contact(luis.id)
    assert changed is not None
    assert (changed.phone, changed.email, changed.kind) == ("2", "a@b.co", ContactKind.CONNECTOR)


def test_editing_nobody_or_nothing_is_no_change(made: Made) -> None:
    luis = add(made.desk, "Luis")
    made.desk.address_book.edit("gone", {"name": "Nobody"})
    made.desk.address_book.edit(luis.id, {"name": "Luis"})
    made.desk.address_book.edit(luis.id, {})
    assert len(made.saved) == 1


def test_deleting_takes_everything_of_theirs_and_undo_brings_it_back(made: Made) -> None:
    luis, mei = add(made.desk, "Luis"), add(made.desk, "Mei")
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.SCHEDULED, at=local("2026-12-03 14:00")))
    before = state_of(made.book)
    made.desk.address_book.delete(luis.id)
    assert [one.id for one in made.book.all(Contact)] == [mei.id]
    for kind in (Attempt, Interview, FollowUp):
        assert made.book.of_contact(kind, luis.id) == []
    assert only(made.book.all(FollowUp)).contact_id == mei.id
    assert made.desk.history.undo() == "delete Luis"
    assert state_of(made.book) == before


def test_deleting_nobody_is_no_change(made: Made) -> None:
    made.desk.address_book.delete("gone")
    assert made.saved == []


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
def test_what_is_wrong_is_said_by_field(desk: Desk, fields: dict[str, str], wrong: set[str]) -> None:
    assert set(desk.address_book.problems(fields)) == wrong


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", ["Ana Silva", "Dana Whitfield", "Luis Ortega"]),
        ("  ", ["Ana Silva", "Dana Whitfield", "Luis Ortega"]),
        ("LUIS", ["Luis Ortega"]),
        ("ana", ["Ana Silva", "Dana Whitfield", "Luis Ortega"]),
        ("parkway ortega", ["Luis Ortega"]),
        ("ferry", ["Luis Ortega"]),
        ("hiring manager", ["Luis Ortega"]),
        ("dana", ["Dana Whitfield", "Luis Ortega"]),
        ("scheduled", ["Ana Silva"]),
        ("new", ["Dana Whitfield", "Luis Ortega"]),
        ("professor", ["Dana Whitfield"]),
        ("straße", ["Ana Silva"]),
        ("STRASSE", ["Ana Silva"]),
        ("luis silva", []),
        ("nobody", []),
    ],
)
def test_finding_looks_in_every_field(made: Made, words: str, names: list[str]) -> None:
    dana = add(made.desk, "Dana Whitfield", source="professor")
    add(
        made.desk,
        "Luis Ortega",
        organization="Parkway & Sons",
        kind="hiring_manager",
        notes="Look at the\nferry campaign",
        referrer_id=dana.id,
    )
    ana = add(made.desk, "Ana Silva", organization="Lange Straße 7")
    made.desk.interviewing.arrange(ana.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert [one.name for one in made.desk.address_book.find(words)] == names


def test_the_stage_and_the_next_step_come_from_the_records(made: Made) -> None:
    luis = add(made.desk, "Luis")
    book = made.desk.address_book
    assert book.stage(luis.id) is Stage.NEW
    made.desk.calling.record(luis.id, CallEnd(outcome=Outcome.VOICEMAIL))
    assert book.stage(luis.id) is Stage.ASKED
    made.desk.following_up.add(luis.id, FollowUpKind.PROMISE, local("2026-11-24 09:00"), True, "the survey")
    step = book.next_step(luis.id)
    assert step is not None
    assert step.note == "the survey"
    assert book.next_step("gone") is None
    assert book.stage("gone") is Stage.NEW


def test_templates_get_who_named_them(made: Made) -> None:
    dana = add(made.desk, "Dana Whitfield")
    luis = add(made.desk, "Luis", referrer_id=dana.id)
    assert made.desk.address_book.values(luis)["contact.referrer"] == "Dana Whitfield"
    made.desk.address_book.delete(dana.id)
    assert made.desk.address_book.values(luis)["contact.referrer"] == ""


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("dana w", ["Dana Wu", "Dana Wunsch", "Adana Wells"]),
        ("dana wu", ["Dana Wu", "Dana Wunsch"]),
        ("DANA  WUNSCH", ["Dana Wunsch"]),
        ("wu dana", ["Dana Wu", "Dana Wunsch"]),
        ("lamps", ["Adana Wells"]),
        ("adana lamps", ["Adana Wells"]),
        ("a", ["Adana Wells", "Dana Wu", "Dana Wunsch"]),
        ("nobody", []),
    ],
)
def test_who_is_called_so_comes_likeliest_first(made: Made, words: str, names: list[str]) -> None:
    add(made.desk, "Dana Wunsch")
    wu = add(made.desk, "Dana Wu")
    add(made.desk, "Adana Wells", organization="Two Lamps")
    called = made.desk.address_book.called
    assert [one.name for one in called(words, 5)] == names
    assert [one.name for one in called(words, 1)] == names[:1]
    assert wu not in called(words, 5, but=wu.id)


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
    made: Made, fields: dict[str, str], problem: str | None
) -> None:
    assert made.desk.address_book.problems({"name": "Ana"} | fields).get("referrer_id") == problem


def test_a_referral_by_somebody_known_is_in_order(made: Made) -> None:
    dana = add(made.desk, "Dana")
    fields = {"name": "Ana", "source": "referral", "referrer_id": dana.id}
    assert made.desk.address_book.problems(fields) == {}
