"""Openings heard of: reached from Progress, recorded in a form, closed with one key."""

from __future__ import annotations

from datetime import date

from warmcall.domain.vocabulary import OpeningEnd
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.progress.openings import OpeningsPage
from warmcall.screens.progress.screen import ProgressScreen

from tests.conftest import Bench
from tests.screens.driving import driven


async def test_an_opening_is_recorded_closed_and_deleted(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("5", "o")
        assert at.shows(OpeningsPage)
        before = len(at.services.openings.listed())
        await at.press("a")
        await at.type("Helen Marsh")
        await at.press("enter", "enter")
        await at.press("ctrl+s")
        assert len(at.services.openings.listed()) == before + 1
        (opening,) = at.services.openings.of_contact(at.contact("Helen Marsh").id)
        assert "Halyard Lane" in at.text
        await at.press("e", "tab", "tab")
        await at.type("Buyer")
        await at.press("tab", "tab")
        await at.type("3 nov")
        await at.press("tab")
        await at.type("from January")
        await at.press("ctrl+s")
        (opening,) = at.services.openings.of_contact(opening.contact_id)
        assert (opening.what, opening.heard_on, opening.note) == ("Buyer", date(2026, 11, 3), "from January")
        assert "from January" in at.panel("about")
        await at.press("space")
        assert at.services.openings.of_contact(opening.contact_id)[0].closed is OpeningEnd.APPLIED
        await at.press("space", "space", "space")
        assert at.services.openings.of_contact(opening.contact_id)[0].closed is OpeningEnd.OPEN
        await at.press("enter")
        assert at.shows(PersonPage)
        await at.press("q", "d")
        assert len(at.services.openings.listed()) == before
        await at.press("q")
        assert at.shows(ProgressScreen)


async def test_a_person_s_page_records_what_they_told_of(demo: Bench) -> None:
    async with driven(demo) as at:
        helen = at.contact("Helen Marsh")
        at.app.push_screen(PersonPage(at.services, helen.id))
        await at.press("o")
        await at.press("tab", "tab", "tab", "right", "tab")
        await at.type("in 3 weeks")
        await at.press("ctrl+s")
        assert at.services.openings.of_contact(helen.id) == []
        await at.press("ctrl+u")
        await at.type("tue")
        await at.press("ctrl+s")
        (kept,) = at.services.openings.of_contact(helen.id)
        assert (kept.on_file, kept.organization) == (True, helen.organization)
        assert kept.heard_on.isoweekday() == 2
        assert "resume on file" in at.text
