from __future__ import annotations

import pytest
from warmcall.domain.records import Contact
from warmcall.domain.vocabulary import FollowUpKind, Mode
from warmcall.services.services import Services

from tests.conftest import Bench
from tests.examples import local, when

KIND_NAMES = {kind: f"the {kind.value}" for kind in FollowUpKind} | {FollowUpKind.THANK_YOU: "Danke"}


def add(services: Services, name: str, **fields: str) -> Contact:
    return services.address_book.add({"name": name, **fields})


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
def test_finding_looks_in_every_field(bench: Bench, words: str, names: list[str]) -> None:
    dana = add(bench.services, "Dana Whitfield", source="professor")
    add(
        bench.services,
        "Luis Ortega",
        organization="Parkway & Sons",
        kind="hiring_manager",
        notes="Look at the\nferry campaign",
        referrer_id=dana.id,
    )
    ana = add(bench.services, "Ana Silva", organization="Lange Straße 7")
    bench.services.interviewing.arrange(ana.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert [contact.name for contact in bench.services.search.people(words)] == names


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
def test_people_named_so_come_likeliest_first(bench: Bench, words: str, names: list[str]) -> None:
    add(bench.services, "Dana Wunsch")
    wu = add(bench.services, "Dana Wu")
    add(bench.services, "Adana Wells", organization="Two Lamps")
    named = bench.services.search.people_named
    assert [contact.name for contact in named(words, 5)] == names
    assert [contact.name for contact in named(words, 1)] == names[:1]
    assert wu not in named(words, 5, exclude=wu.id)


@pytest.fixture
def queue(bench: Bench) -> Bench:
    services = bench.services
    services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner", "place": "Austin"})
    mei = add(services, "Mei Tanaka", organization="Lange Straße 7", title="Planner")
    luis = add(services, "Luis Ortega", organization="Parkway & Sons")
    due = when("2026-11-30 09:00")
    services.following_up.add(mei.id, FollowUpKind.THANK_YOU, due, "for the tea")
    services.following_up.add(luis.id, FollowUpKind.TELL_REFERRER, due, "")
    return bench


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("", ["call", "call", "thank_you", "tell_referrer"]),
        ("MEI", ["call", "thank_you"]),
        ("strasse tea", ["thank_you"]),
        ("danke", ["thank_you"]),
        ("thank you", ["thank_you"]),
        ("parkway tell", ["tell_referrer"]),
        ("kind:call", ["call", "call"]),
        ("kind:mei", []),
        ("kind:call luis", ["call"]),
        ("target:austin", ["call", "call", "thank_you", "tell_referrer"]),
        ("target:parkway", []),
        ("nobody", []),
    ],
)
def test_follow_ups_are_found_by_person_work_kind_target_reason_and_note(
    queue: Bench, words: str, kinds: list[str]
) -> None:
    found = queue.services.search.follow_ups(queue.services.following_up.queue(), words, KIND_NAMES)
    assert sorted(entry.follow_up.kind for entry in found) == sorted(kinds)


def test_a_search_follows_the_records(queue: Bench) -> None:
    services = queue.services
    assert services.search.follow_ups(services.following_up.queue(), "teo", KIND_NAMES) == []
    mei = next(contact for contact in queue.store.all(Contact) if contact.name == "Mei Tanaka")
    services.address_book.edit(mei.id, {"name": "Teo Barlow"})
    assert len(services.search.follow_ups(services.following_up.queue(), "teo", KIND_NAMES)) == 2
