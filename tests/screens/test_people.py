from __future__ import annotations

import asyncio

from warmcall.config.library import Library
from warmcall.domain.records import Contact, FollowUp, PoolPerson
from warmcall.domain.store import Store
from warmcall.screens.index_preparation import SLICE
from warmcall.screens.people.person_page import PersonPage
from warmcall.widgets.rows import Rows
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import adding, contact, pool_person
from tests.idle import PATIENCE_SECONDS
from tests.screens.driving import Driver, driven


def found(at: Driver) -> list[str]:
    """Return the first names of the people listed."""
    return [row.texts[0].split()[0] for row in at.one(Rows, "people").rows]


async def test_everyone_is_listed_by_name_with_work_stage_and_next_step(demo: Bench) -> None:
    async with driven(demo, size=(120, 30)) as at:
        await at.press("2")
        names = [row.texts[0] for row in at.one(Rows, "people").rows]
        assert names == sorted(names, key=str.casefold)
        assert len(names) == demo.store.count(Contact)
        cells = next(row.texts for row in at.one(Rows, "people").rows if row.texts[0] == "Mei Tanaka")
        assert cells == (
            "Mei Tanaka", "Media Planner, Northgate Agency", "◷", "scheduled", "◷", "14:00 5 h", "by phone",
        )  # fmt: skip


FILTERS = [
    ("mei tan", ["Mei", "Helen"], "name, and the name in what somebody said"),
    ("corner field", ["Owen", "Priya"], "organization"),
    ("senior vice", ["Maximiliana"], "title"),
    ("0142", ["Luis"], "phone"),
    ("yumi.sato@", ["佐藤"], "email"),
    ("asia/tokyo", ["佐藤"], "zone"),
    ("rate cards", ["Isaac"], "notes"),
    ("connector", ["Dana", "Ruth"], "kind"),
    ("SPREADSHEETS polite", ["Priya"], "an answer"),
    ("312 555 0142", ["Luis"], "figures"),
    (
        "media club",
        ["Dana", "Isaac", "Mei", "Owen", "Rosalind"],
        "found, answers, notes and what is to be asked",
    ),
    ("placement office millrace", ["Ruth"], "source"),
    ("declined", ["Gordon"], "stage"),
    ("佐藤", ["佐藤"], "name in another script"),
    ("NORTHGATE", ["Isaac", "Mei", "Helen", "Kaito"], "whatever the case, and in the pool"),
]


async def test_the_filter_searches_every_field_and_escape_clears_it(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2")
        for words, names, field in FILTERS:
            await at.press("/")
            await at.type(words)
            assert found(at) == names, field
            await at.press("escape")
            assert len(found(at)) == demo.store.count(Contact)
        await at.press("/")
        await at.type("isaac brandt")
        assert found(at)[0] == "Isaac"
        assert "Priya" in found(at), "the one who gave the name counts too"


async def test_of_many_people_the_filter_lists_those_found_once_all_are_indexed(library: Library) -> None:
    people = [contact(id=f"c{number}", name=f"Person x{number}") for number in range(6 * SLICE)]
    async with driven(Bench(library, store=Store(people))) as at:
        await at.press("2", "/")
        await at.type("x77 ")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(found(at)) == len(people):
                await asyncio.sleep(0)  # let the timer of the next slice come
        assert {row.cells[0][:10] for row in at.one(Rows, "people").rows} == {"Person x77"}


async def test_a_filter_that_finds_nobody_says_so_and_how_to_clear_it(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2", "/")
        await at.type("nobody was like this")
        assert "Nobody has “nobody was like this” in any field." in at.text
        await at.press("escape")
        assert len(found(at)) == demo.store.count(Contact)
        assert at.focused == "people"
        await at.press("escape")
        assert "[2 People]" in at.top


async def test_enter_goes_from_the_filter_into_the_list(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2", "/")
        await at.type("northgate")
        await at.press("enter", "j", "enter")
        assert at.shows(PersonPage)
        assert at.lines[1].startswith(" Mei Tanaka  ")
        await at.press("q")
        assert at.one(Line, "filter").value == "northgate"
        assert found(at)[:2] == ["Isaac", "Mei"]


async def test_letters_typed_into_the_filter_are_not_commands(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2", "/")
        people = at.store.count(Contact)
        await at.type("aedcift123q:?uU[]")
        assert at.one(Line, "filter").value == "aedcift123q:?uU[]"
        assert "[2 People]" in at.top
        assert at.store.count(Contact) == people


async def test_a_name_that_is_in_people_is_asked_about_before_it_is_added(demo: Bench) -> None:
    before = demo.store.count(Contact)
    async with driven(demo, size=(100, 30)) as at:
        await at.press("2", "a")
        await at.type("luis ortega")
        await at.press("ctrl+s", "enter")
        assert at.store.count(Contact) == before
        assert at.last_said.startswith("Luis Ortega is in People already")
        await at.press("a")
        await at.type("luis ortega")
        await at.press("ctrl+s", "j", "enter")
        assert at.store.count(Contact) == before + 1


async def test_a_name_that_is_in_the_pool_is_asked_about_and_becomes_the_same_person(demo: Bench) -> None:
    demo.store.apply(adding(pool_person(title="Buyer", organization="Halyard")))
    async with driven(demo, size=(100, 30)) as at:
        await at.press("2", "a")
        await at.type("nora feld")
        await at.press("ctrl+s")
        assert "Nora Feld · Buyer, Halyard · in the pool" in at.text
        await at.press("enter")
        assert at.last_said == "Nora Feld is in the queue to be called. u undoes it"
        assert at.store.require(Contact, "nora").title == "Buyer"
        await at.press("u")
        assert at.store.contact("nora") is None
        assert at.store.get(PoolPerson, "nora") is not None


async def test_an_added_person_is_selected_and_in_the_queue(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2", "a")
        await at.type("Nora Quist")
        await at.press("ctrl+s")
        assert at.last_said == "Nora Quist is in the queue to be called. u undoes it"
        nora = at.contact("Nora Quist")
        assert at.one(Rows, "people").key == nora.id
        assert [follow_up.why for follow_up in at.store.of_contact(FollowUp, nora.id)] == [
            "new: not called yet"
        ]


async def test_a_referral_points_at_who_gave_the_name(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2", "a")
        await at.type("Nora Quist")
        await at.press("tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab")
        await at.type("an")
        await at.type("a w")
        assert "▸Dana Whitfield  Professor" in at.text
        await at.press("enter")
        assert at.focused == "field-may_use_name"
        assert "Referred by    Dana Whitfield" in at.text
        assert "‹ referral ›" in at.text
        await at.press("ctrl+s")
        nora = at.contact("Nora Quist")
        assert nora.referrer_id == at.contact("Dana Whitfield").id
        assert nora.source == "referral"


async def test_edit_delete_and_undo_act_on_the_selected_person(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2", "e")
        await at.type(", PhD")
        await at.press("ctrl+s")
        assert at.one(Rows, "people").rows[0].cells[0] == "Dana Whitfield, PhD"
        people, before = at.store.count(Contact), at.store.count(FollowUp)
        await at.press("d")
        assert at.last_said == "Dana Whitfield, PhD is deleted. u undoes it"
        assert at.store.count(Contact) == people - 1
        assert at.store.count(FollowUp) < before
        await at.press("u", "u")
        assert at.store.count(FollowUp) == before
        assert at.one(Rows, "people").rows[0].cells[0] == "Dana Whitfield"


async def test_a_filter_over_nobody_at_all_leads_to_the_first_person(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("2", "/")
        await at.type("Mei")
        known.services.address_book.delete(at.contact("Mei Tanaka").id)
        await at.settle()
        assert "adds the first person" in at.flat
        assert "clears the filter" not in at.flat


async def test_the_last_person_deleted_comes_back_with_the_cursor_on_them(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("2", "d")
        assert "a  adds the first person to call" in at.text
        await at.press("u", "enter")
        assert at.shows(PersonPage)


async def test_n_and_shift_n_go_to_the_next_and_previous_match(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2", "/")
        await at.type("northgate")
        await at.press("enter", "n")
        assert at.one(Rows, "people").key == at.contact("Mei Tanaka").id
        await at.press("N")
        assert at.one(Rows, "people").key == at.contact("Isaac Brandt").id


async def test_n_says_that_nobody_was_found(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2", "/")
        await at.type("zzz")
        await at.press("enter", "n")
        assert at.last_said == "Nobody has “zzz” in any field"


async def test_keys_without_a_person_say_why_they_do_nothing(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("l", "2")
        for key in ("n", "N", "e", "d", "Y", "c", "i", "f", "t"):
            at.said.clear()
            await at.press(key)
            assert at.last_said.startswith("Nobody is chosen: "), key
        assert bench.saved == []


async def test_y_copies_name_work_phone_and_email(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("2", "Y")
        assert at.copied == ["Mei Tanaka\nMedia Planner, Northgate Agency\n+1 312 555 0142\nmei@example.com"]


async def test_a_wide_window_shows_the_person_beside_the_list(demo: Bench) -> None:
    async with driven(demo, size=(200, 60)) as at:
        await at.press("2")
        at.one(Rows, "people").go(at.contact("Teodoro Barlow").id)
        await at.settle()
        assert "An agency of six" in at.text
        await at.press("G")
        assert "Sato Yumi, class of 2019." in at.text
