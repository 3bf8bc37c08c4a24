"""Asking in writing, on the same screen as the call."""

from __future__ import annotations

import pytest
from warmcall.domain.records import Attempt, Contact
from warmcall.domain.vocabulary import Channel, Outcome
from warmcall.screens.call.outcome import OutcomeDialog
from warmcall.services.calling import CallResult
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.rows import Rows
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import local, only
from tests.screens.driving import Driver, driven

TO_EMAIL = ("enter", "tab", "tab")
TO_MESSAGE = (*TO_EMAIL, "tab", "tab")


def attempts(at: Driver) -> list[tuple[Channel, Outcome | None, str, str]]:
    return [
        (attempt.channel, attempt.outcome, attempt.subject, attempt.body) for attempt in at.store.all(Attempt)
    ]


async def test_an_email_is_drafted_from_its_template_and_sent_with_what_was_written(
    known: Bench,
) -> None:
    async with driven(known) as at:
        await at.press(*TO_EMAIL, "enter")
        assert at.focused == "text"
        await at.type("Good morning. ")
        await at.press("escape", "o")
        assert at.shows(OutcomeDialog)
        await at.press("e")
        ((channel, outcome, subject, body),) = attempts(at)
        assert (channel, outcome, subject) == (Channel.EMAIL, Outcome.SENT, "Learning about your work")
        assert body.startswith("Good morning. Dear Mei,\n\n")
        await at.press("u")
        ((_, outcome, _, body),) = attempts(at)
        assert outcome is None
        assert body.startswith("Good morning. ")


async def test_a_template_sent_unchanged_is_kept_with_the_attempt_too(known: Bench) -> None:
    async with driven(known) as at:
        await at.press(*TO_MESSAGE, "o", "e")
        ((channel, outcome, subject, body),) = attempts(at)
        assert (channel, outcome, subject) == (Channel.MESSAGE, Outcome.SENT, "")
        assert body.startswith("Hello Mei. ")


async def test_words_are_kept_while_they_are_written_each_channel_its_own(known: Bench) -> None:
    async with driven(known) as at:
        await at.press(*TO_EMAIL, "enter")
        await at.type("One ")
        await at.cut_off()
        assert only(attempts(at))[3].startswith("One Dear Mei")
        await at.press("escape", "tab", "tab", "enter")
        await at.type("Two ")
        await at.press("escape")
        assert sorted(attempt[0] for attempt in attempts(at)) == [Channel.EMAIL, Channel.MESSAGE]
    async with driven(known) as at:
        await at.press(*TO_EMAIL)
        assert at.one(NotesEditor, "text").text.startswith("One Dear Mei")
        await at.press("tab", "tab")
        assert at.one(NotesEditor, "text").text.startswith("Two Hello Mei")


async def test_opening_a_template_keeps_nothing(known: Bench) -> None:
    async with driven(known) as at:
        await at.press(*TO_EMAIL, "enter", "escape", "tab", "2")
        assert attempts(at) == []


async def test_a_template_nobody_changed_follows_what_is_filled_in_later(bench: Bench) -> None:
    bench.services.address_book.add({"name": "Mei Tanaka", "phone": "+1 312 555 0142"})
    async with driven(bench) as at:
        await at.press(*TO_EMAIL)
        assert "the work of ‹the role you aim at›" in at.flat
        await at.press("o", "e")
        assert at.last_said == "Fill the gaps in ‹ › first: E on the call fills them"
        assert attempts(at) == []
        await at.press("escape", "E")
        at.one(Line, "field-name").value = "Robin Vale"
        at.one(Line, "field-role").value = "Media Planner"
        await at.press("ctrl+s")
        await at.read()
        assert "the work of a Media Planner" in at.flat
        assert "‹" not in at.text


async def test_a_gap_that_no_form_fills_is_selected_to_be_typed_over(known: Bench) -> None:
    async with driven(known) as at:
        await at.press(*TO_EMAIL, "enter")
        await at.type("‹what you did› ")
        await at.press("escape", "E")
        assert at.focused == "text"
        await at.type("I read the plans.")
        assert at.one(NotesEditor, "text").text.startswith("I read the plans. Dear Mei,")


async def test_the_subject_is_changed_like_the_text_and_tab_goes_between_them(known: Bench) -> None:
    async with driven(known) as at:
        await at.press(*TO_EMAIL, "enter", "tab")
        assert at.focused == "subject"
        at.one(Line, "subject").value = ""
        await at.type("Your work at Northgate")
        await at.press("tab")
        assert at.focused == "text"
        await at.press("escape", "Y")
        assert at.copied[-1].startswith("Your work at Northgate\n\nDear Mei,")
        assert only(attempts(at))[2] == "Your work at Northgate"


@pytest.mark.parametrize("place", ["subject", "text"])
async def test_letters_typed_as_text_are_never_keys(known: Bench, place: str) -> None:
    async with driven(known) as at:
        await at.press(*TO_EMAIL, "enter", *(("tab",) if place == "subject" else ()))
        await at.type("onYEBqu?:/123456[]zcift *+-aedx")
        assert "[3 Call]" in at.top
        assert not at.shows(OutcomeDialog)
        assert at.focused == place


@pytest.mark.parametrize("keys", [("escape",), ("tab", "escape")], ids=["text", "subject"])
async def test_esc_comes_out_of_the_text_and_then_does_nothing(known: Bench, keys: tuple[str, ...]) -> None:
    async with driven(known) as at:
        await at.press(*TO_EMAIL, "enter", *keys)
        assert ("[3 Call]" in at.top, at.focused) == (True, "")
        await at.press("escape")
        assert "[3 Call]" in at.top


async def test_a_note_on_the_call_goes_with_what_is_sent_instead(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "n")
        await at.type("Asked for an email")
        await at.press("ctrl+s", "tab", "tab", "o", "e")
        attempt = only(at.store.all(Attempt))
        assert (attempt.channel, attempt.note) == (Channel.EMAIL, "Asked for an email")
        await at.press("u")
        attempt = only(at.store.all(Attempt))
        assert (attempt.outcome, attempt.note) == (None, "Asked for an email")


async def test_the_length_follows_what_is_typed(known: Bench) -> None:
    async with driven(known) as at:
        await at.press(*TO_MESSAGE)
        length = len(at.one(NotesEditor, "text").text)
        assert f"{length} characters" in at.text
        await at.press("enter")
        await at.type("Hi ")
        assert f"{length + 3} characters" in at.text


async def test_what_was_written_shows_in_the_persons_history(known: Bench) -> None:
    async with driven(known) as at:
        await at.press(*TO_MESSAGE, "o", "e", "2", "enter")
        assert only(at.store.all(Contact)).name == "Mei Tanaka"
        assert "Hello Mei. I'm learning" in at.flat


async def test_m_writes_a_draft_of_what_is_written_and_leaves_the_outcome_to_the_user(known: Bench) -> None:
    async with driven(known) as at:
        drafts: list[tuple[str, bytes]] = []

        def write_draft(name: str, content: bytes) -> str:
            drafts.append((name, content))
            return "drafts/mei.eml"

        at.app.external.write_draft = write_draft
        await at.press(*TO_EMAIL, "m")
        assert at.last_said == "Draft written to drafts/mei.eml"
        assert b"Subject: Learning about your work" in only(drafts)[1]
        assert b'To: "Mei Tanaka" <mei@example.com>' in only(drafts)[1]
        assert attempts(at) == []


async def test_nothing_is_mailed_without_an_address_or_with_a_gap(bench: Bench) -> None:
    bench.services.address_book.add({"name": "Mei Tanaka"})
    async with driven(bench) as at:
        await at.press(*TO_EMAIL, "m")
        assert at.last_said == "Fill the gaps in ‹ › first: E fills them"


async def test_m_and_v_are_for_what_is_written_only(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter")
        before = at.text
        await at.press("V", "m")
        assert at.text == before
        assert at.said == []


async def test_one_person_of_an_organization_is_asked_in_writing_at_a_time(known: Bench) -> None:
    nora = known.services.address_book.add({"name": "Nora Lind", "organization": "northgate  agency"})
    known.services.calling.record(nora.id, CallResult(outcome=Outcome.SENT, channel=Channel.EMAIL))
    async with driven(known) as at:
        await at.press("2")
        at.one(Rows, "people").go(at.contact("Mei Tanaka").id)
        await at.press("c", "tab", "tab")
        warning = (
            "! Nora Lind there was written to today, and has not answered: "
            "ask one person there at a time, so from Thu 26 Nov"
        )
        assert warning in at.flat
        await at.at(local("2026-11-26 09:00"))
        await at.press("tab", "tab", "tab", "tab")
        assert "one at a time" not in at.text


async def test_what_could_be_better_shows_below_the_text_as_it_is_typed(known: Bench) -> None:
    async with driven(known) as at:
        await at.press(*TO_EMAIL)
        assert "! " not in at.text
        await at.press("enter")
        await at.type("Any openings? ")
        assert "! Leave “openings” out" in at.text
