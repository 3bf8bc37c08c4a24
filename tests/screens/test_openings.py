"""Openings heard of: reached from Progress, recorded in a form, closed with one key."""

from __future__ import annotations

from warmcall.domain.vocabulary import OpeningEnd
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
        await at.press("space")
        assert at.services.openings.of_contact(opening.contact_id)[0].closed is OpeningEnd.APPLIED
        await at.press("space", "space", "space")
        assert at.services.openings.of_contact(opening.contact_id)[0].closed is OpeningEnd.OPEN
        await at.press("d")
        assert len(at.services.openings.listed()) == before
        await at.press("q")
        assert at.shows(ProgressScreen)
