"""The pane after an interview: its debrief, with the thank-you and the next interview one key away."""

from __future__ import annotations

import asyncio

import pytest
from warmcall.domain.records import Contact, Debrief, Interview
from warmcall.domain.vocabulary import FollowUpKind, Mode
from warmcall.screens.forms import FormDialog
from warmcall.screens.message.dialog import MessageDialog
from warmcall.widgets.form import Area
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import local, only, when
from tests.idle import PATIENCE_SECONDS
from tests.screens.driving import Driver, driven

OFFER = "Debrief  e  while it is fresh: what did you learn?"


def debrief_of(at: Driver) -> Debrief:
    return only(interview for interview in at.store.all(Interview) if interview.ended_at).debrief


async def ended(at: Driver) -> None:
    """Accept the offer to resume, and end the interview after 19 minutes."""
    await at.press("enter")
    await at.forward(minutes=19)
    await at.press("x")


async def test_the_debrief_pane_shows_what_was_said_and_offers_the_debrief(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter", "enter")
        await at.type("By accident")
        await at.press("escape")
        await at.forward(minutes=19)
        await at.press("x")
        meeting = only(at.store.all(Interview))
        assert meeting.ended_at == local("2026-11-23 14:19")
        assert at.owed("Mei Tanaka", FollowUpKind.THANK_YOU).due == when("2026-11-24 14:19")
        assert " Mei Tanaka · today 14:00 · interview by phone, 19:00" in at.lines
        assert " t  writes the thank-you, due tomorrow 14:19" in at.lines
        assert " m  sets the next interview with them" in at.lines
        assert f" {OFFER}" in at.lines
        assert "By accident" in at.text
        assert " left" not in at.top
        assert at.focused == "after-page"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), pytest.param((200, 60), marks=pytest.mark.long)])
async def test_all_of_the_debrief_can_be_filled_in_a_window_of_any_size(
    running: Bench, size: tuple[int, int]
) -> None:
    async with driven(running, size=size) as at:
        await ended(at)
        for label in ("Learned", "Target changes", "How it fits", "How sure", "Who next", OFFER):
            assert label in at.text
        await at.press("e")
        assert at.focused == "field-learned"
        await at.type("A numbers job")
        await at.press("enter")
        await at.type("all day")
        await at.press("tab")
        await at.type("Small agencies")
        await at.press("enter", "4", "tab", "right", "enter")
        assert at.focused == "field-next"
        await at.type("Teo Barlow, at Two Lamps")
        await at.press("enter")
        assert at.focused == "after-page"
        assert debrief_of(at) == Debrief(
            learned="A numbers job\nall day", changes="Small agencies", next="Teo Barlow, at Two Lamps",
            fit=4, confidence=1,
        )  # fmt: skip
        assert OFFER not in at.text
        for words in ("A numbers job", "all day", "‹ 4: yes, mostly ›", "‹ 1: a first guess ›"):
            assert words in at.text


async def test_enter_goes_in_and_escape_comes_out_of_every_field_with_letters_keys_again(
    running: Bench,
) -> None:
    async with driven(running) as at:
        await ended(at)
        for steps in range(5):
            await at.press("enter", *["tab"] * steps, "escape")
            assert at.focused == "after-page", steps
        await at.press("e", "tab", "tab", "backspace")
        assert at.focused == "after-page"
        assert "[4 Interview]" in at.top
        await at.press("t")
        assert at.shows(MessageDialog)


async def test_what_is_typed_is_saved_while_it_is_typed_and_never_lost(running: Bench) -> None:
    async with driven(running) as at:
        await ended(at)
        await at.press("e")
        await at.type("A numb")
        await at.cut_off()
        assert debrief_of(at).learned == "A numb"
        await at.type("ers job ")
        assert at.one(Area, "field-learned").text == "A numbers job "
        await at.press("ctrl+p", "escape")
        assert debrief_of(at).learned == "A numbers job "
        assert at.focused == "field-learned"
        await at.type("indeed")
        assert at.one(Area, "field-learned").text == "A numbers job indeed"
        await at.press("escape", "1", "4")
        assert debrief_of(at).learned == "A numbers job indeed"
        assert "A numbers job indeed" in at.text


async def test_it_is_saved_even_if_no_other_key_follows(running: Bench) -> None:
    async with driven(running) as at:
        await ended(at)
        await at.press("e")
        await at.type("A numbers job")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while debrief_of(at).learned != "A numbers job":
                await at.pilot.pause()


async def test_a_change_from_elsewhere_shows_but_leaves_what_is_being_typed(running: Bench) -> None:
    async with driven(running) as at:
        await ended(at)
        meeting = only(at.store.all(Interview))
        await at.press("e")
        await at.type("mine")
        at.services.interviewing.debrief(meeting.id, Debrief(learned="theirs", next="Teo"))
        await at.settle()
        assert at.one(Area, "field-learned").text == "mine"
        assert at.one(Line, "field-next").value == "Teo"
        await at.press("escape")
        assert debrief_of(at) == Debrief(learned="mine", next="Teo")


async def test_undo_removes_the_debrief_field_by_field_and_then_the_end(running: Bench) -> None:
    async with driven(running) as at:
        await ended(at)
        await at.press("e")
        await at.type("A numbers job")
        await at.press("tab", "tab", "4", "escape", "u")
        assert (debrief_of(at).learned, debrief_of(at).fit) == ("A numbers job", 0)
        assert "‹ 4: yes, mostly ›" not in at.text
        await at.press("u")
        assert debrief_of(at) == Debrief()
        assert "A numbers job" not in at.text
        assert OFFER in at.text
        await at.press("u")
        assert at.store.running() is not None


async def test_the_target_and_who_is_next_are_one_key_from_the_debrief_that_asks_for_them(
    running: Bench,
) -> None:
    async with driven(running) as at:
        await ended(at)
        assert "opens the target" not in at.text
        await at.press("e", "tab")
        await at.type("Small agencies")
        await at.press("enter", "enter", "enter")
        await at.type("Teo Barlow, at Two Lamps")
        await at.press("enter")
        assert "6  opens the target: change it while you know why" in at.text
        assert "a  adds Teo Barlow to People, named by Mei Tanaka" in at.text
        await at.press("a")
        assert at.shows(FormDialog)
        assert at.one(Line, "field-name").value == "Teo Barlow"
        await at.press("ctrl+s")
        assert at.owed("Teo Barlow", FollowUpKind.CALL).why == "named by Mei Tanaka"
        assert "adds Teo" not in at.text
        assert "They named" in at.text
        await at.press("6")
        assert "[6 Target]" in at.top


async def test_who_is_next_and_in_people_already_is_noted_as_named_and_not_added(running: Bench) -> None:
    running.services.address_book.add({"name": "Teo Barlow", "organization": "Two Lamps"})
    async with driven(running) as at:
        await ended(at)
        await at.press("e", "tab", "enter", "enter", "enter")
        await at.type("teo barlow")
        await at.press("enter", "a")
        assert not at.shows(FormDialog)
        teo = only(contact for contact in at.store.all(Contact) if contact.name == "Teo Barlow")
        assert only(at.store.all(Interview)).named == (teo.id,)
        await at.press("u")
        assert only(at.store.all(Interview)).named == ()


async def test_m_schedules_the_next_meeting_and_leaves_this_one_as_it_was(running: Bench) -> None:
    async with driven(running) as at:
        await ended(at)
        first = only(at.store.all(Interview))
        await at.press("e")
        await at.type("A numbers job")
        await at.press("escape", "m")
        await at.type("fri 9am")
        await at.press("ctrl+s")
        assert "Fri 27 Nov 09:00, by phone · 20 minutes" in at.text
        assert at.store.count(Interview) == 2
        assert debrief_of(at).learned == "A numbers job"
        assert at.owed("Mei Tanaka", FollowUpKind.INTERVIEW).due == when("2026-11-27 09:00")
        at.app.screen.show(first.contact_id, first.id)  # type: ignore[attr-defined]
        await at.settle()
        assert "The next interview is Fri 27 Nov 09:00." in at.text
        assert "A numbers job" in at.text


async def test_each_meeting_keeps_its_own_debrief(running: Bench) -> None:
    services = running.services
    first = only(running.store.all(Interview))
    services.interviewing.end(first.id)
    services.interviewing.debrief(first.id, Debrief(learned="first", fit=2))
    running.clock.forward(days=1)
    again = services.interviewing.arrange(
        only(running.store.all(Contact)).id, running.clock.now(), Mode.PHONE, ""
    )
    assert again is not None
    services.interviewing.start(again.id)
    async with driven(running) as at:
        await ended(at)
        assert at.one(Area, "field-learned").text == ""
        await at.press("e")
        await at.type("second")
        at.app.screen.show(first.contact_id, first.id)  # type: ignore[attr-defined]
        await at.settle()
        assert at.one(Area, "field-learned").text == "first"
        assert "‹ 2: rather not ›" in at.text
        debriefs = [interview.debrief for interview in at.store.all(Interview)]
        assert debriefs == [Debrief(learned="first", fit=2), Debrief(learned="second")]
