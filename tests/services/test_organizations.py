from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain.change import Change
from warmcall.domain.records import Contact, Organization, PoolPerson
from warmcall.domain.vocabulary import CaptureKind, Channel, Outcome, Posting
from warmcall.services.calling import CallResult
from warmcall.services.organizations import OrganizationsBy

from tests.conftest import Bench
from tests.examples import STAMP, capture, change, only, state_of
from tests.profiles import examples


def add(bench: Bench, name: str, organization: str, **fields: str) -> Contact:
    return bench.services.address_book.add({"name": name, "organization": organization} | fields)


def pool(*organizations: str, **fields: Any) -> Change:
    """Return the change that puts people of the pool at these organizations."""
    people = [
        PoolPerson(
            **({"id": f"pool{number}", **STAMP, "name": f"Known {number}"} | fields), organization=name
        )
        for number, name in enumerate(organizations)
    ]
    return change(*((None, person) for person in people))


def place(bench: Bench, name: str) -> str:
    return bench.services.directory.place_of(name)


def names(bench: Bench, by: OrganizationsBy = OrganizationsBy.WANTED) -> list[str]:
    return [bench.services.directory.name_of(place) for place in bench.services.organizations.sorted(by)]


def records(bench: Bench) -> list[str]:
    return [record.name for record in bench.store.all(Organization)]


def people_at(bench: Bench, name: str) -> list[str]:
    directory = bench.services.directory
    found = place(bench, name)
    contacts, known_of = directory.contacts_at(found), directory.pool_at(found)
    return [*(one.name for one in contacts), *(one.name for one in known_of)]


def test_whoever_is_saved_brings_a_record_of_their_organization_in_the_same_change(bench: Bench) -> None:
    mei = add(bench, "Mei", "Northgate Agency")
    add(bench, "Owen", "NORTHGATE AGENCY, Inc.")
    assert records(bench) == ["Northgate Agency"]
    bench.services.address_book.edit(mei.id, {"organization": "Two Lamps"})
    assert records(bench) == ["Northgate Agency", "Two Lamps"]
    bench.services.history.undo()
    assert records(bench) == ["Northgate Agency"]
    for _ in range(2):
        bench.services.history.undo()
    assert records(bench) == []
    assert not list(bench.store.all(Contact))


def test_so_does_somebody_named_in_an_interview_when_it_ends(bench: Bench) -> None:
    mei = add(bench, "Mei", "")
    talk = bench.services.interviewing.start_now(mei.id)
    assert talk is not None
    for name in ("Teo", "Nora"):
        named = capture(CaptureKind.REFERRAL, name, fields={"organization": "Two Lamps"})
        bench.services.capturing.add(talk.id, named)
    assert records(bench) == []
    bench.services.interviewing.end(talk.id)
    assert records(bench) == ["Two Lamps"]


def test_colleagues_are_found_by_all_names_of_their_organization(bench: Bench) -> None:
    mei, nora, _ = (
        add(bench, "Mei", "Northgate Agency"), add(bench, "Nora", "Northgate"), add(bench, "Teo", "")
    )  # fmt: skip
    assert bench.services.address_book.at_same_organization(mei) == []
    bench.services.organizations.merge(place(bench, "Northgate"), place(bench, "Northgate Agency"))
    one = place(bench, "Northgate Agency")
    assert bench.services.organizations.merge(one, one).id == one
    assert bench.services.address_book.at_same_organization(mei) == [nora]
    assert bench.services.calling.active_ask(nora) is None
    bench.services.calling.record(mei.id, CallResult(outcome=Outcome.SENT, channel=Channel.EMAIL))
    ask = bench.services.calling.active_ask(nora)
    assert ask is not None
    assert ask.contact.id == mei.id
    bench.services.history.undo()
    assert bench.services.calling.active_ask(nora) is None


def test_those_listed_have_a_record_or_a_contact_and_the_filter_finds_the_rest(bench: Bench) -> None:
    teo = add(bench, "Teo Barlow", "Two Lamps")
    bench.services.organizations.add({"name": "Aozora", "notes": "An agency for spreadsheets."})
    bench.store.apply(pool("Corner & Field", "two lamps", "Bücher & Söhne"))
    assert names(bench, OrganizationsBy.NAME) == ["Aozora", "Two Lamps"]
    for typed, found in (
        ("lamps", ["Two Lamps"]),
        ("teo", ["Two Lamps"]),
        ("SPREADSHEET", ["Aozora"]),
        ("field", ["Corner & Field"]),
        ("buecher", ["Bücher & Söhne"]),
        ("o", ["Two Lamps", "Aozora", "Bücher & Söhne", "Corner & Field"]),
        ("nobody", []),
    ):
        places = bench.services.organizations.found(typed)
        assert sorted(map(bench.services.directory.name_of, places)) == sorted(found), typed
    bench.services.organizations.delete(place(bench, "Two Lamps"))
    assert names(bench, OrganizationsBy.NAME) == ["Aozora", "Two Lamps"]
    bench.services.address_book.delete(teo.id)
    assert names(bench, OrganizationsBy.NAME) == ["Aozora"]
    assert people_at(bench, "Two Lamps") == ["Known 1"]


def test_the_most_wanted_come_first_and_of_those_the_best_ways_in(bench: Bench) -> None:
    dana = add(bench, "Dana", "Lake Arden")
    add(bench, "Mei", "Northgate", referrer_id=dana.id)
    add(bench, "Ana", "Aozora", source="alumni")
    met = add(bench, "Priya", "Tern")
    bench.services.interviewing.start_now(met.id)
    by_ways = ["Tern", "Northgate", "Aozora", "Lake Arden"]
    running = bench.store.running()
    assert running is not None
    bench.services.interviewing.end(running.id)
    assert names(bench) == names(bench, OrganizationsBy.WAYS_IN) == by_ways
    bench.services.organizations.want(place(bench, "Lake Arden"), 2)
    bench.services.organizations.next_posting(place(bench, "Aozora"))
    assert names(bench) == ["Lake Arden", "Tern", "Northgate", "Aozora"]
    assert names(bench, OrganizationsBy.WAYS_IN) == by_ways
    assert names(bench, OrganizationsBy.POSTING) == ["Aozora", "Tern", "Northgate", "Lake Arden"]
    assert names(bench, OrganizationsBy.NAME) == ["Aozora", "Lake Arden", "Northgate", "Tern"]


def test_how_much_it_is_wanted_goes_from_0_to_3_and_a_posting_round(bench: Bench) -> None:
    add(bench, "Mei", "Northgate")
    organizations, here = bench.services.organizations, place(bench, "Northgate")
    steps = [organizations.want(here, by) for by in (1, 1, 1, 1, -1, -1, -1, -1)]
    assert [step.wanted if step else None for step in steps] == [1, 2, 3, None, 2, 1, 0, None]
    round_ = [organizations.next_posting(here).posting for _ in range(3)]
    assert round_ == [Posting.OPEN, Posting.NONE, Posting.UNKNOWN]


def test_a_new_name_is_that_of_everybody_who_had_the_old_one(bench: Bench) -> None:
    add(bench, "Mei", "Northgate")
    add(bench, "Owen", "NORTHGATE Inc.")
    bench.store.apply(pool("Northgate", "Elsewhere"))
    before = state_of(bench.store)
    bench.services.organizations.edit(place(bench, "Northgate"), {"name": " Northgate Agency "})
    assert only(bench.store.all(Organization)).other_names == ("Northgate",)
    texts = [one.organization for one in bench.store.all(Contact)]
    texts += [one.organization for one in bench.store.all(PoolPerson)]
    assert texts == ["Northgate Agency", "NORTHGATE Inc.", "Northgate Agency", "Elsewhere"]
    assert people_at(bench, "Northgate Agency") == people_at(bench, "northgate") == ["Mei", "Owen", "Known 0"]
    bench.services.history.undo()
    assert state_of(bench.store) == before


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"name": "Tern"}, {}),
        ({"name": " – "}, {"name": "a name is needed"}),
        ({"name": "two lamps, inc."}, {"name": "Two Lamps is here already"}),
        ({"name": "Lamps"}, {"name": "Two Lamps is here already"}),
        ({"name": "Tern", "other_names": "Plover; LAMPS"}, {"other_names": "LAMPS is Two Lamps here"}),
    ],
)
def test_no_two_organizations_have_one_name(
    bench: Bench, fields: dict[str, str], problem: dict[str, str]
) -> None:
    organizations = bench.services.organizations
    organizations.add({"name": "Two Lamps", "other_names": "Lamps; lamps ; Two Lamps"})
    assert only(bench.store.all(Organization)).other_names == ("Lamps",)
    assert organizations.problems(fields) == problem
    assert organizations.problems({"name": "Lamps"}, place(bench, "Two Lamps")) == {}
    bench.store.apply(pool("Plover"))
    assert organizations.problems({"name": "Plover"}) == {}
    assert organizations.problems({"name": "plover"}, place(bench, "Lamps")) == {
        "name": "Plover is here already"
    }


def test_the_pool_is_where_its_people_work_also_after_a_change(bench: Bench) -> None:
    bench.store.apply(pool("Tern", "Tern"))
    assert people_at(bench, "Tern") == ["Known 0", "Known 1"]
    bench.store.apply(pool("Two Lamps"))
    assert (people_at(bench, "Tern"), people_at(bench, "Two Lamps")) == (["Known 1"], ["Known 0"])
    gone = bench.store.require(PoolPerson, "pool1")
    bench.store.apply(change((gone, None)))
    assert people_at(bench, "Tern") == []
    assert bench.services.organizations.found("tern") == []


def test_names_are_completed_by_all_that_are_known_those_that_begin_so_first(bench: Bench) -> None:
    add(bench, "Mei", "Halyard Lane Media")
    bench.services.organizations.add({"name": "Media Club"})
    bench.store.apply(pool("Small Media", "Other"))
    like = bench.services.directory.names_like
    assert like("media", 5) == ["Media Club", "Halyard Lane Media", "Small Media"]
    assert like("media", 2) == ["Media Club", "Halyard Lane Media"]
    assert like("lane h", 5) == ["Halyard Lane Media"]
    assert like(" ", 5) == []


TEXTS = st.sampled_from(["One", "ONE Ltd.", "Two", "The Two", "Three", "Four", ""])
STEPS = st.lists(st.tuples(st.sampled_from(["rename", "merge", "want", "delete"]), TEXTS, TEXTS), max_size=6)


def lists(bench: Bench) -> list[list[str]]:
    """Return all orders, and what a filter finds."""
    organizations = bench.services.organizations
    return [*(organizations.sorted(by) for by in OrganizationsBy), organizations.found("o")]


@examples(20, 200)
@given(at=st.lists(TEXTS, max_size=4), known=st.lists(TEXTS, max_size=3), steps=STEPS)
def test_undo_is_the_identity_whatever_was_renamed_and_merged_and_the_lists_keep_up(
    library: Library, at: list[str], known: list[str], steps: list[tuple[str, str, str]]
) -> None:
    bench = Bench(library)
    organizations = bench.services.organizations
    for number, name in enumerate(at):
        add(bench, f"Contact {number}", name)
    bench.store.apply(pool(*known))
    states, changes = [state_of(bench.store)], len(bench.done)
    for what, name, other in steps:
        here, there = place(bench, name), place(bench, other)
        if not here or not bench.services.directory.name_of(here):
            continue
        if what == "rename" and not organizations.problems({"name": other}, here):
            found_before = sorted(people_at(bench, name))
            organizations.edit(here, {"name": other})
            assert sorted(people_at(bench, name)) == found_before
            assert set(found_before) <= set(people_at(bench, other))
        elif what == "merge" and there and there != here and bench.services.directory.name_of(there):
            both = sorted([*people_at(bench, name), *people_at(bench, other)])
            organizations.merge(here, there)
            assert sorted(people_at(bench, name)) == sorted(people_at(bench, other)) == both
        elif what == "want":
            organizations.want(here, 1)
        elif what == "delete":
            organizations.delete(here)
        assert lists(bench) == lists(Bench(library, store=bench.store))
        if len(bench.done) > changes:
            changes = len(bench.done)
            states.append(state_of(bench.store))
    for state in reversed(states[:-1]):
        bench.services.history.undo()
        assert state_of(bench.store) == state
        assert lists(bench) == lists(Bench(library, store=bench.store))
