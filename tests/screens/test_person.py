from __future__ import annotations

import pytest
from warmcall.domain.records import Contact
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.screens.message.dialog import MessageDialog
from warmcall.screens.message.letters import LettersDialog
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.people.screen import PeopleScreen
from warmcall.widgets.page import Page
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import when
from tests.screens.driving import Driver, driven


async def open_page(at: Driver, name: str) -> None:
    """Open the page of the contact of that name."""
    await at.press("2")
    at.one(Rows, "people").go(at.contact(name).id)
    await at.press("enter")
    assert at.shows(PersonPage)


async def test_the_page_shows_fields_who_named_whom_and_the_history_newest_first(demo: Bench) -> None:
    async with driven(demo, size=(100, 60)) as at:
        await open_page(at, "Helen Marsh")
        assert at.lines[1:3] == [" Helen Marsh", " Director of Planning, Halyard Lane Media"]
        assert at.lines[3] == " ✔ thanked · hires for it · named by Dana Whitfield · may be named"
        assert " named  Mei Tanaka" in at.lines
        assert " next   ◆ Thu 19 Nov, the one-page budget from the student paper" in at.lines
        history = at.text[at.text.index("History") :]
        events = [
            "Tue 17 Nov 16:40 · thank-you: done",
            "Tue 17 Nov 10:00 · interview in person, 20:00",
            "★ What do you look for in someone new?",
            "Thu 12 Nov 08:45 · phone: an interview was set",
            "Twenty minutes exactly, she said.",
            "Mon 21 Sep 11:30 · added",
        ]
        places = [history.index(words) for words in events]
        assert places == sorted(places)


async def test_an_unknown_zone_shows_as_unknown(demo: Bench) -> None:
    async with driven(demo) as at:
        await open_page(at, "Teodoro Barlow")
        assert "their time unknown" in at.line_of("☎ +1")


async def test_the_keys_of_the_page_edit_copy_call_and_go_back(demo: Bench) -> None:
    async with driven(demo) as at:
        await open_page(at, "Luis Ortega")
        await at.press("e")
        await at.type(" Jr")
        await at.press("ctrl+s")
        assert at.lines[1].startswith(" Luis Ortega Jr ")
        await at.press("Y")
        assert at.copied[0].startswith("Luis Ortega Jr\nAccount Director, Parkway & Sons\n+1 312 555 0142\n")
        for key in ("q", "escape", "backspace"):
            await at.press(key)
            assert at.shows(PeopleScreen)
            await at.press("enter")
            assert at.shows(PersonPage)
        await at.press("c")
        assert "[3 Call]" in at.top
        assert at.lines[1].startswith(" Luis Ortega Jr")
        await at.press("escape")
        assert "[3 Call]" in at.top


@pytest.mark.parametrize(("key", "screen"), [("3", "[3 Call]"), ("4", "[4 Interview]"), ("]", "[3 Call]")])
async def test_the_keys_of_call_and_interview_keep_the_person_of_the_page(
    demo: Bench, key: str, screen: str
) -> None:
    async with driven(demo) as at:
        await open_page(at, "Helen Marsh")
        await at.press(key)
        assert screen in at.top
        assert at.lines[1].startswith(" Helen Marsh")


async def test_deleting_from_the_page_closes_it_and_undo_brings_them_back(demo: Bench) -> None:
    async with driven(demo) as at:
        await open_page(at, "Luis Ortega")
        people = at.store.count(Contact)
        await at.press("d")
        assert at.shows(PeopleScreen)
        assert at.last_said == "Luis Ortega is deleted. u undoes it"
        assert at.store.count(Contact) == people - 1
        await at.press("u")
        assert at.contact("Luis Ortega").organization == "Parkway & Sons"


async def test_a_long_page_moves_with_the_keys_of_a_list(demo: Bench) -> None:
    async with driven(demo) as at:
        await open_page(at, "Helen Marsh")
        page = at.one(Page, "page")
        for key, place in (("j", 1), ("k", 0), ("G", page.max_scroll_y), ("g", 0), ("pagedown", None)):
            await at.press(key)
            assert page.scroll_y == (page.size.height if place is None else place), key


async def test_the_page_says_what_is_due_like_every_other_screen(demo: Bench) -> None:
    async with driven(demo) as at:
        due = at.top.split("Target")[1]
        assert " due" in due
        await at.press("2", "enter")
        assert at.top.split("Target")[1] == due


@pytest.mark.parametrize(
    ("name", "offered", "draft"),
    [
        ("Gordon Pike", ["Thank them for answering"], "Thank you for answering"),
        ("Priya Raman", ["Ask for an introduction: Teodoro Barlow", "Say what I decided"], "Teodoro Barlow"),
        ("Mei Tanaka", ["Say I'm late"], "I'm running ten minutes late"),
        ("Teodoro Barlow", [], "No other letter fits now: c asks them, also in writing"),
    ],
)
async def test_w_offers_the_letters_that_fit_and_puts_the_one_chosen_into_the_queue(
    demo: Bench, name: str, offered: list[str], draft: str
) -> None:
    async with driven(demo) as at:
        await open_page(at, name)
        before = len(demo.done)
        await at.press("W")
        if not offered:
            assert at.last_said == draft
            return
        assert at.shows(LettersDialog)
        assert [row.cells[0] for row in at.one(Rows, "letters").rows] == offered
        await at.press("enter")
        assert at.shows(MessageDialog)
        assert draft in at.flat
        assert len(demo.done) == before + 1
        await at.press("escape")
        letter = at.owed(name, FollowUpKind.OTHER)
        assert (letter.due, letter.note) == (when("2026-11-23"), offered[0].partition(":")[0])
        await at.press("u")
        assert not [owed for owed in at.store.open_of_contact(at.contact(name).id) if owed.letter]
