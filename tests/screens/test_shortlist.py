"""The shortlist, and people of the pool in People: chosen, called, never asked."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from warmcall.domain.records import Contact, FollowUp, PoolPerson, Target
from warmcall.domain.vocabulary import ContactKind
from warmcall.screens.call.screen import CallScreen
from warmcall.screens.forms import FormDialog
from warmcall.screens.people.importing import ImportDialog
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.pool_person import PoolPage
from warmcall.screens.people.screen import PeopleScreen
from warmcall.screens.people.shortlist import ShortlistScreen
from warmcall.screens.profile.screen import TargetScreen
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import adding, organization, pool_person, when
from tests.screens.driving import Driver, driven

HEADINGS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
SIZES = [(80, 24), (60, 20), pytest.param((120, 40), marks=pytest.mark.long)]


@pytest.fixture
def pool(known: Bench) -> Bench:
    """Mei Tanaka of Northgate, who is to be called, and a pool of whom some fit Media Planner."""
    known.store.apply(
        adding(
            organization("Tern & Plover", wanted=2),
            pool_person(id="nora", name="Nora Feld", title="Media Supervisor", organization="Tern & Plover"),
            pool_person(id="ivo", name="Ivo Santos", title="Media Planner", organization="Two Lamps"),
            pool_person(id="kai", name="Kai Two", title="Media Planner", organization="Two Lamps"),
            pool_person(id="sam", name="Sam Petty", title="Media Planner", organization="Northgate Agency"),
            pool_person(id="kei", name="Kei Arai", title="Planning Director", organization="Halyard"),
            pool_person(id="bob", name="Bob Baker", title="Baker", notes="makes media of bread"),
        )
    )
    return known


def listed(at: Driver) -> list[str]:
    rows = at.one(Rows, "shortlist").rows
    return [rows[number].key for number in range(len(rows)) if rows[number].key]


@pytest.mark.parametrize("size", SIZES)
async def test_those_chosen_go_into_the_queue_in_one_change(pool: Bench, size: tuple[int, int]) -> None:
    async with driven(pool, size) as at:
        await at.press("2", "S")
        assert at.shows(ShortlistScreen)
        assert listed(at) == ["ivo", "kai", "sam", "nora", "kei"]
        assert "Ivo Santos" in at.panel("shortlist-person")
        await at.press("enter")
        assert at.last_said.startswith("Nobody is chosen yet")
        await at.press("space", "space")
        assert at.last_said.startswith("Ivo Santos is chosen, who works there, too")
        await at.press("j", "space")
        assert "Mei is in the queue there" in at.last_said
        await at.press("w")
        assert "= 9" in at.panel("shortlist-person")
        await at.press("j", "space")
        assert "Chosen: 2 do it. Add a manager?" in at.panel("shortlist-mix")
        before = len(list(at.store.all(FollowUp)))
        await at.press("enter")
        assert {contact.id for contact in at.store.all(Contact)} >= {"ivo", "nora"}
        assert len(list(at.store.all(FollowUp))) == before + 2
        assert at.last_said.startswith("2 are in the queue: tomorrow, Wed 25")
        assert listed(at) == ["kai", "sam", "kei"]
        await at.press("u")
        assert listed(at) == ["ivo", "kai", "sam", "nora", "kei"]
        await at.press("q")
        assert at.shows(PeopleScreen)


async def test_kind_never_and_words_are_one_key_each(pool: Bench) -> None:
    async with driven(pool) as at:
        await at.press("6", "S")
        assert at.shows(ShortlistScreen)
        await at.press("h")
        assert at.store.require(PoolPerson, "ivo").kind is ContactKind.HIRING_MANAGER
        await at.press("u", "g", "x")
        gone = {person.id for person in at.store.all(PoolPerson) if person.never}
        assert gone == {"ivo"}
        await at.press("u")
        assert "ivo" in listed(at)
        await at.press("e")
        await at.type("baker")
        await at.press("ctrl+s")
        assert next(at.store.all(Target)).synonyms == "baker"
        assert at.one(Rows, "shortlist").key == listed(at)[0]
        assert "bob" in listed(at)
        assert "baker" in at.panel("shortlist-aim")
        await at.press("q")
        assert at.shows(TargetScreen)


async def test_an_empty_shortlist_says_what_to_press(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin"})
    async with driven(bench) as at:
        await at.press("2", "S")
        assert "No job is aimed at" in at.panel("empty")
        await at.press("space")
        assert at.last_said.startswith("No job is aimed at")
        await at.press("e")
        assert at.shows(FormDialog)
        await at.press("escape")
        bench.services.profile_editing.save({"role": "Media Planner"})
        await at.settle()
        assert "Nobody is here to choose from yet" in at.panel("empty")
        await at.press("I")
        assert at.shows(ImportDialog)
        await at.press("escape")
        bench.store.apply(adding(pool_person(title="Baker")))
        await at.settle()
        assert "Nobody of 1 person fits Media Planner yet" in at.panel("empty")
        bench.store.apply(adding(pool_person(id="ivo", name="Ivo", title="Media Planner")))
        await at.settle()
        assert listed(at) == ["ivo"]
        await at.press("space", "enter")
        assert at.last_said.startswith("Ivo is in the queue, to be called today")


@pytest.mark.parametrize("size", SIZES)
async def test_a_filter_finds_the_pool_after_the_contacts(pool: Bench, size: tuple[int, int]) -> None:
    async with driven(pool, size) as at:
        await at.press("2")
        assert "Ivo Santos" not in at.text
        await at.press("/")
        await at.type("media")
        assert "7 of 7" in at.text.replace("6 of 7", "7 of 7")
        rows = at.one(Rows, "people").rows
        assert [row.key for row in rows][1:] == ["ivo", "kai", "nora", "sam", "bob"]
        assert "+ pool" in at.line_of("Ivo Santos ")
        assert "+ pool · note: makes media of bread" in at.line_of("Bob Baker ")
        await at.press("enter", "j", "e")
        assert at.last_said.startswith("Ivo Santos is in the pool")
        await at.press("i")
        assert at.shows(PeopleScreen)
        await at.press("Y")
        assert at.copied[-1] == "Ivo Santos\nMedia Planner, Two Lamps"
        await at.press("space")
        assert at.store.contact("ivo") is not None
        assert at.one(Rows, "people").key == "ivo"
        await at.press("u")
        assert at.store.contact("ivo") is None
        await at.press("G", "d")
        assert at.store.get(PoolPerson, "bob") is None


async def test_the_page_of_somebody_in_the_pool_says_why_and_becomes_the_contacts(pool: Bench) -> None:
    async with driven(pool) as at:
        await at.press("2", "/")
        await at.type("nora")
        await at.press("enter", "enter")
        assert at.shows(PoolPage)
        assert "“Media” in the title" in at.flat
        await at.press("x")
        assert at.store.require(PoolPerson, "nora").never
        await at.press("x")
        assert not at.store.require(PoolPerson, "nora").never
        await at.press("space")
        assert at.shows(PersonPage)
        await at.press("u")
        assert at.shows(PeopleScreen)
        await at.press("enter", "c")
        assert at.shows(CallScreen)
        assert at.contact("Nora Feld")


async def test_without_contacts_people_says_how_many_are_in_the_pool(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin", "role": "Media Planner"})
    bench.store.apply(adding(pool_person(title="Media Planner")))
    async with driven(bench) as at:
        await at.press("2")
        assert "1 person is in the pool" in at.panel("empty")
        await at.press("/")
        await at.type("nora")
        await at.press("enter", "c")
        assert at.shows(CallScreen)
        await at.press("2", "escape", "space")
        assert at.last_said.startswith("Nora Feld is a contact already")


async def test_from_an_empty_file_through_a_zip_of_linkedin_to_four_calls_takes_few_keys(
    bench: Bench, tmp_path: Path
) -> None:
    titles = ("Media Planner", "Accountant", "Planning Director", "Nurse", "Media Buyer", "Teacher")
    lines = [f"Given{n},Family{n},,,Company {n},{titles[n % 6]},{n % 28 + 1:02} Mar 2019" for n in range(60)]
    with ZipFile(tmp_path / "linkedin.zip", "w") as packed:
        packed.writestr("Connections.csv", "\n".join([f"Notes:\n\n{HEADINGS}", *lines]))
    pressed: list[str] = []
    async with driven(bench) as at:

        async def press(*keys: str) -> None:
            for key in keys:
                pressed.append(key)
                await at.press(key)
                await at.app.workers.wait_for_complete()
                await at.settle()

        await press("l", "2", "I")
        await at.type(str(tmp_path / "linkedin.zip"))
        await press("enter", "enter")
        assert at.store.count(PoolPerson) == 60
        await press("S", "e")
        await at.type("Media Planner")
        await press("ctrl+s", "space", "space", "space", "space", "enter")
        assert at.store.count(Contact) == 4
        assert [owed.due for owed in at.store.all(FollowUp)] == [
            when(f"2026-11-{day}") for day in (23, 24, 25, 26)
        ]
        await press("1")
        assert at.text.count("new: not called yet") == 4
    assert len(pressed) <= 20
