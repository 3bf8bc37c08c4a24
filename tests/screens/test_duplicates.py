"""People who may be one, side by side."""

from __future__ import annotations

from textual.widgets import Input
from warmcall.domain.records import Contact, DistinctPeople, FollowUp, MergedPerson, PoolPerson
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.screens.people.duplicates import DuplicatesScreen
from warmcall.screens.people.person_page import PersonPage
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import STAMP, adding, contact, follow_up
from tests.screens.driving import driven


def with_pairs(bench: Bench) -> None:
    bench.store.apply(
        adding(
            contact(id="zoe", name="Zoë Müller", organization="Tern & Plover", title="Planner"),
            contact(id="bill", name="Bill Haverford", organization="Halyard"),
            contact(id="helen", name="Helen Marsh", phone="312-555-0142"),
            follow_up(FollowUpKind.CALL, id="call", contact_id="zoe"),
            PoolPerson(id="zoe2", **STAMP, name="Zoe Mueller", organization="Northgate", title="Buyer"),
            PoolPerson(id="will", **STAMP, name="William Haverford", organization="Halyard"),
            PoolPerson(id="helen2", **STAMP, name="Helen Marsh", organization="Two Lamps"),
        )
    )


async def test_pairs_are_judged_with_one_key_each_and_every_judgement_can_be_undone(bench: Bench) -> None:
    with_pairs(bench)
    async with driven(bench) as app:
        await app.press("2", "=")
        assert app.shows(DuplicatesScreen)
        rows = app.one(Rows, "pairs")
        assert [row.texts for row in rows.rows] == [
            ("Helen Marsh", "Helen Marsh", "same name"),
            ("Bill Haverford", "William Haverford", "Bill is short for William"),
            ("Zoë Müller", "Zoe Mueller", "same name, other place of work"),
        ]
        assert "works at" in app.line_of("Two Lamps")
        assert "+" in app.line_of("Two Lamps")
        await app.press("s")
        assert app.panel("pair-why").startswith("Bill is short for William")
        assert "=" in app.line_of("Halyard")
        assert "≠" in app.line_of("name  ")
        await app.press("r")
        assert app.store.require(Contact, "bill").name == "William Haverford"
        assert "listed once now" in app.last_said
        await app.press("u")
        assert app.store.require(Contact, "bill").name == "Bill Haverford"
        await app.press("g", "l")
        assert app.store.get(PoolPerson, "will") is None
        await app.press("b")
        assert app.store.count(DistinctPeople) == 1
        assert [row.texts[0] for row in rows.rows] == ["Helen Marsh"]
        await app.press("u")
        assert len(rows.rows) == 2
        await app.press("g", "l", "l")
        assert app.store.count(PoolPerson) == 0
        assert app.store.open_of_contact("zoe") == [app.store.require(FollowUp, "call")]
        assert "Nobody here looks like another one" in app.flat
        await app.press("l")
        assert "Nobody is left" in app.last_said
        await app.press("q")
        assert not app.shows(DuplicatesScreen)


async def test_what_another_session_changes_meanwhile_is_shown_and_not_lost(bench: Bench) -> None:
    with_pairs(bench)
    async with driven(bench, size=(60, 20)) as app:
        await app.press("2", "=")
        screen = app.app.screen
        assert isinstance(screen, DuplicatesScreen)
        seen = screen._seen
        app.services.address_book.edit("helen", {"notes": "Runs two teams"})
        screen._seen = seen
        await app.press("l")
        assert "Helen Marsh was changed meanwhile" in app.last_said
        assert app.store.count(MergedPerson) == 0
        await app.press("l")
        assert app.store.count(MergedPerson) == 1


async def test_any_two_can_be_merged_by_hand_and_taken_apart_again(bench: Bench) -> None:
    with_pairs(bench)
    async with driven(bench) as app:
        await app.press("2", "A")
        assert "Nobody was merged into them" in app.last_said
        await app.press("m")
        await app.type("zoe mue")
        await app.press("down", "enter", "enter")
        assert app.shows(DuplicatesScreen)
        assert app.panel("pair-why").startswith("chosen by you")
        await app.press("s")
        assert "only these two" in app.last_said
        await app.press("l")
        assert not app.shows(DuplicatesScreen)
        assert app.store.get(PoolPerson, "zoe2") is None
        await app.press("enter")
        assert app.shows(PersonPage)
        assert "Zoe Mueller" in app.line_of("merged")
        await app.press("A")
        assert app.store.get(PoolPerson, "zoe2") is not None
        assert "Zoe Mueller is apart from Bill Haverford again" in app.last_said


async def test_whoever_is_kept_stays_in_view(bench: Bench) -> None:
    with_pairs(bench)
    async with driven(bench) as app:
        await app.press("2", "m")
        await app.type("helen")
        await app.press("enter", "enter", "r")
        assert app.store.contact("bill") is None
        assert app.one(Rows, "people").key == "helen"
        await app.press("u", "enter", "m")
        await app.type("bill")
        await app.press("enter", "enter", "r")
        assert app.shows(PersonPage)
        assert "Helen Marsh" in app.line_of("merged")


async def test_the_form_says_while_typing_who_is_here_already(bench: Bench) -> None:
    with_pairs(bench)
    async with driven(bench) as app:
        await app.press("2", "a")
        await app.type("zoe mul")
        assert "is meant" not in app.text
        await app.type("le")
        assert "Perhaps Zoë Müller is meant · new · Planner" in app.flat
        await app.type("r")
        assert "Zoë Müller is here already · new · Planner, Tern & Plover" in app.flat
        await app.press("backspace", "backspace", "backspace")
        assert "is meant" not in app.text
        app.app.screen.query_one("#field-name", Input).value = "W. Haverford"
        await app.settle()
        assert "Perhaps William Haverford is meant · in the pool" in app.flat
        app.app.screen.query_one("#field-phone", Input).value = "+1 312 555 0142"
        await app.settle()
        assert "Helen Marsh has this number" in app.flat


async def test_a_referral_form_says_who_is_here_already(bench: Bench) -> None:
    with_pairs(bench)
    async with driven(bench) as app:
        app.services.interviewing.start_now("helen")
        await app.press("4", "r")
        await app.type("zoe mueller")
        assert "Zoë Müller is here already" in app.flat


async def test_a_referrer_is_found_without_accents(bench: Bench) -> None:
    with_pairs(bench)
    async with driven(bench) as app:
        await app.press("2", "a")
        app.app.screen.query_one("#field-referrer_id").focus()
        await app.type("zoe muller")
        assert "new: will be added too" not in app.text


async def test_somebody_of_the_pool_is_merged_by_hand_too(bench: Bench) -> None:
    with_pairs(bench)
    async with driven(bench) as app:
        await app.press("2", "/")
        await app.type("william")
        await app.press("enter", "A")
        assert "Nobody was merged into them" in app.last_said
        await app.press("m")
        await app.type("zoe mue")
        await app.press("down", "enter", "enter", "r")
        assert app.store.get(PoolPerson, "will") is None
        assert [record.kept_id for record in app.store.all(MergedPerson)] == ["zoe2"]
        assert app.services.people_merging.take_apart("zoe2").back.name == "William Haverford"
