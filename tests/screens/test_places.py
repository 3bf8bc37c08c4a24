"""Organizations: the list of them, the page of one, and what their keys do."""

from __future__ import annotations

from warmcall.domain.records import Contact, FollowUp, Organization, PoolPerson
from warmcall.domain.vocabulary import FollowUpKind, Posting
from warmcall.screens.call.screen import CallScreen
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.pool_person import PoolPage
from warmcall.screens.places.organization_page import OrganizationPage
from warmcall.screens.places.screen import PlacesScreen
from warmcall.screens.profile.screen import TargetScreen
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import STAMP, change
from tests.screens.driving import Driver, driven


def with_pool(bench: Bench, *organizations: str) -> None:
    people = [
        PoolPerson(id=f"pool{number}", **STAMP, name=f"Known {number}", organization=name)
        for number, name in enumerate(organizations)
    ]
    bench.store.apply(change(*((None, person) for person in people)))


def listed(at: Driver) -> list[str]:
    rows = at.one(Rows, "places").rows
    return [rows[index].texts[0] for index in range(len(rows))]


def record(at: Driver, name: str) -> Organization:
    found = at.services.directory.index.find(name)
    assert found is not None
    return found


async def test_the_list_and_a_page_do_with_an_organization_all_that_is_to_be_done(demo: Bench) -> None:
    with_pool(demo, "Lake Arden College", "Some Where", "Lake Arden College")
    async with driven(demo) as at:
        await at.press("6", "p")
        assert at.shows(PlacesScreen)
        assert at.one(Rows, "places").key == at.services.directory.place_of("Northgate Agency")
        before = [*at.store.all(Organization)]
        await at.press("G", "+", "+", "+", "o")
        last = record(at, "Stillwater Outdoor")
        assert (last.wanted, last.posting) == (3, Posting.OPEN)
        assert listed(at)[2] == "Stillwater Outdoor"
        await at.press("-", "u", "u", "u", "u", "u")
        assert [one.wanted for one in at.store.all(Organization)] == [one.wanted for one in before]
        await at.press("s", "s", "s")
        assert listed(at) == sorted(listed(at))
        await at.press("s", "/", *"some")
        assert listed(at) == ["Some Where"]
        await at.press("enter", "+")
        assert record(at, "some where").wanted == 1
        await at.press("h", "tab", "tab", *"Buyer", "ctrl+s")
        (heard,) = at.services.openings.at(at.services.directory.place_of("Some Where"))
        assert (heard.what, heard.contact_id) == ("Buyer", "")
        await at.press("escape")
        assert "Some Where" in listed(at)

        at.one(Rows, "places").go(at.services.directory.place_of("Lake Arden College"))
        await at.press("enter")
        assert at.shows(OrganizationPage)
        people = at.one(Rows, "organization-people")
        assert people.key == "pool0"
        await at.press("enter")
        assert at.shows(PoolPage)
        await at.press("q", "space")
        chosen = at.store.require(Contact, "pool0")
        assert at.store.get(PoolPerson, "pool0") is None
        assert at.store.of_contact(FollowUp, chosen.id)[0].kind is FollowUpKind.CALL
        await at.press("enter")
        assert at.shows(PersonPage)
        await at.press("q")
        assert at.shows(OrganizationPage)
        await at.press("q", "c")
        assert at.shows(CallScreen)
        assert chosen.name in at.text


async def test_an_organization_gets_another_name_is_merged_and_taken_apart(known: Bench) -> None:
    with_pool(known, "Northgate")
    async with driven(known) as at:
        await at.press("2", "p", "a")
        await at.type("Two Lamps")
        await at.press("ctrl+s")
        assert listed(at) == ["Northgate Agency", "Two Lamps"]
        await at.press("c")
        assert at.shows(PlacesScreen)
        await at.press("g", "e", "end")
        await at.type(" Chicago")
        await at.press("ctrl+s")
        (mei,) = at.store.all(Contact)
        assert mei.organization == "Northgate Agency Chicago"
        assert record(at, "Northgate Agency").other_names == ("Northgate Agency",)

        await at.press("m")
        await at.type("lamps")
        await at.press("enter", "ctrl+s")
        assert listed(at) == ["Two Lamps"]
        assert record(at, "Northgate Agency").name == "Two Lamps"
        await at.press("enter")
        assert at.one(Rows, "organization-people").key == mei.id
        await at.press("u")
        assert at.shows(OrganizationPage)
        await at.press("q")
        assert listed(at) == ["Northgate Agency Chicago", "Two Lamps"]
        at.one(Rows, "places").go(record(at, "Two Lamps").id)
        await at.press("d")
        assert listed(at) == ["Northgate Agency Chicago"]
        await at.press("d", "d")
        assert listed(at) == ["Northgate Agency Chicago"]
        await at.press("escape")
        assert not at.shows(PlacesScreen)


async def test_places_is_left_as_it_was_entered_and_an_empty_one_says_what_to_press(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin Vale"})
    async with driven(bench) as at:
        await at.press("6", "p", "c", "+", "o", "enter", "s", "e", "m", "d")
        assert at.shows(PlacesScreen)
        assert bench.services.directory.place_of("Two Lamps") == "two lamps"
        await at.press("/", *"zz", "escape", "backspace")
        assert at.shows(TargetScreen)


async def test_the_name_of_an_organization_is_completed_and_may_be_a_new_one(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("2", "a")
        await at.type("Nora")
        await at.press("tab", "tab")
        await at.type("north")
        await at.press("enter", "ctrl+s", "a")
        await at.type("Ana")
        await at.press("tab", "tab")
        await at.type("north")
        await at.press("ctrl+s")
        found = {contact.name: contact.organization for contact in at.store.all(Contact)}
        assert (found["Nora"], found["Ana"]) == ("Northgate Agency", "north")
        assert {one.name for one in at.store.all(Organization)} == {"Northgate Agency", "north"}
