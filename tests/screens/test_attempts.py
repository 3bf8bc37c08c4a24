"""Attempts recorded afterwards, edited and deleted, from a person's page and from People."""

from __future__ import annotations

from itertools import pairwise

import pytest
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview
from warmcall.domain.vocabulary import Channel, FollowUpKind, Outcome
from warmcall.screens.forms import FormDialog
from warmcall.screens.people.attempt_form import AttemptForm
from warmcall.screens.people.attempts import AttemptsDialog
from warmcall.screens.people.person_page import PersonPage
from warmcall.services.calling import CallResult
from warmcall.widgets.form import Area, Choice
from warmcall.widgets.rows import Rows
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import local, only, state_of, when
from tests.screens.driving import Driver, driven

MEI = "Mei Tanaka"

MOVED = "; on a weekend, so it counts from Mon 23 Nov"


async def open_page(at: Driver) -> None:
    """Open the page of Mei Tanaka, the only one known."""
    await at.press("2", "enter")
    assert at.shows(PersonPage)


async def log(at: Driver, words: str, letter: str = "") -> None:
    """Open the form of a new attempt, and say when it was and how it ended."""
    await at.press("l")
    assert at.shows(AttemptForm)
    await at.type(words)
    if letter:
        await at.press("tab", letter)


def chosen(at: Driver, field: str) -> str:
    return at.one(Choice, f"field-{field}").value


async def test_a_voicemail_of_yesterday_is_logged_edited_deleted_and_undone(known: Bench) -> None:
    async with driven(known) as at:
        states = [state_of(at.store)]
        await open_page(at)
        await log(at, "yesterday 10:15", "v")
        assert "Sunday 22 November, 10:15 your time" in at.text
        assert "then  call Thu 26 Nov afternoon, try 2 of 3" in at.text
        await at.press("ctrl+s")
        assert "yesterday 10:15 · voicemail: voicemail left" in at.text
        states.append(state_of(at.store))
        await at.press("1")
        assert "try 2 of 3, voicemail Sun 22 Nov" in at.line_of(" ☎ Mei Tanaka  ")
        assert at.line_of(" ☎ Mei Tanaka  ").startswith("▸Thu 26 pm")

        await at.press("2", "h", "e")
        assert at.one(Line, "field-when").value == "2026-11-22 10:15"
        await at.press("tab", "n")
        assert "then  call tomorrow afternoon, try 2 of 5" in at.text
        await at.press("ctrl+s")
        assert at.shows(AttemptsDialog)
        assert "voicemail: no answer" in at.text
        states.append(state_of(at.store))
        owed = at.owed(MEI, FollowUpKind.CALL)
        assert (owed.due, owed.why) == (
            when("2026-11-24"),
            "try 2 of 5, no answer Sun 22 Nov; on a weekend, so it counts from Mon 23 Nov",
        )

        await at.press("d")
        assert at.last_said == "The attempt is deleted. u undoes it"
        assert "No attempt yet: l logs one made earlier." in at.text
        assert at.owed(MEI, FollowUpKind.CALL).why == "new: not called yet"

        await at.press("u")
        assert state_of(at.store) == states.pop()
        assert "yesterday 10:15" in at.text
        await at.press("u")
        assert state_of(at.store) == states.pop()
        await at.press("q", "u")
        assert at.shows(PersonPage)
        assert state_of(at.store) == states.pop()
        await at.read()
        assert "voicemail" not in at.text


async def test_each_of_the_three_is_one_change(known: Bench) -> None:
    async with driven(known) as at:
        await open_page(at)
        counts = [len(known.done)]
        await log(at, "yesterday 10:15", "v")
        await at.press("ctrl+s")
        counts.append(len(known.done))
        await at.press("h", "enter", "tab", "n", "ctrl+s")
        counts.append(len(known.done))
        await at.press("d")
        counts.append(len(known.done))
        assert [two - item for item, two in pairwise(counts)] == [1, 1, 1]


async def test_without_words_the_attempt_was_made_now(known: Bench) -> None:
    async with driven(known) as at:
        await open_page(at)
        await log(at, "")
        assert "Monday 23 November, 09:00 your time" in at.text
        await at.press("ctrl+s")
        assert only(at.store.all(Attempt)).at == local("2026-11-23 09:00")
        assert at.last_said == f"{MEI}: call tomorrow afternoon, try 2 of 5. u undoes it"


IMPOSSIBLE_TIMES = [
    ("tomorrow 10:00", "this is not in the past", "that is still to come: write when it was"),
    ("today 10:15", "this is not in the past", "that is still to come: write when it was"),
    ("2 years ago", "this is not in the past", "that is more than a year ago"),
    ("soonish", "this is not in the past", "“soonish” is not a date I know"),
    ("yesterday", "say the hour too: “tue 9:40”", "Sunday 22 November"),
]


async def test_an_impossible_time_brings_an_error_and_nothing_typed_is_lost(known: Bench) -> None:
    async with driven(known) as at:
        await open_page(at)
        for words, beside, below in IMPOSSIBLE_TIMES:
            await log(at, words)
            assert below in at.flat
            saved = len(known.done)
            await at.press("ctrl+s")
            assert beside in at.line_of("When it was")
            assert at.focused == "field-when"
            assert at.one(Line, "field-when").value == words
            assert (len(known.done), at.store.count(Attempt)) == (saved, 0)
            await at.press("escape", "escape")


async def test_the_channel_follows_the_outcome_until_the_user_chooses_it(known: Bench) -> None:
    async with driven(known) as at:
        await open_page(at)
        await log(at, "yesterday 10:15")
        assert chosen(at, "channel") == "phone"
        seen = []
        await at.press("tab")
        for letter in "ven":
            await at.press(letter)
            seen.append(chosen(at, "channel"))
        assert seen == ["voicemail", "email", "phone"]
        await at.press("tab", "tab", "m", "shift+tab", "shift+tab", "v")
        assert chosen(at, "channel") == "message"


@pytest.mark.parametrize(
    ("letter", "words", "outcome", "owed"),
    [
        ("s", "thu 2pm", Outcome.SCHEDULED, [FollowUpKind.INTERVIEW, FollowUpKind.CONFIRM]),
        ("b", "tomorrow 10am", Outcome.CALL_BACK, [FollowUpKind.CALL]),
        ("f", "Ana Ruiz", Outcome.REFERRED, []),
    ],
)
async def test_an_outcome_that_needs_details_asks_for_them_and_escape_leads_back(
    known: Bench, letter: str, words: str, outcome: Outcome, owed: list[FollowUpKind]
) -> None:
    async with driven(known) as at:
        await open_page(at)
        await log(at, "yesterday 10:15", letter)
        assert "then  asks " in at.text
        before = state_of(at.store)
        await at.press("ctrl+s")
        assert at.shows(FormDialog)
        assert not at.shows(AttemptForm)
        await at.press("escape")
        assert at.shows(AttemptForm)
        assert at.one(Line, "field-when").value == "yesterday 10:15"
        await at.press("ctrl+s")
        await at.type(words)
        await at.press("ctrl+s")
        assert at.shows(PersonPage)
        attempt = only(at.store.all(Attempt))
        assert (attempt.outcome, attempt.at) == (outcome, local("2026-11-22 10:15"))
        mei = at.contact(MEI)
        assert [
            follow_up.kind for follow_up in at.store.of_contact(FollowUp, mei.id) if follow_up.done_at is None
        ] == owed
        assert [contact.referrer_id for contact in at.store.all(Contact) if contact.name == "Ana Ruiz"] == (
            [mei.id] if outcome is Outcome.REFERRED else []
        )
        await at.press("u")
        assert {
            place: record for place, record in state_of(at.store).items() if place[0] != "unfinished"
        } == {place: record for place, record in before.items() if place[0] != "unfinished"}


async def test_what_was_asked_before_is_not_asked_again_when_the_attempt_is_edited(known: Bench) -> None:
    mei = next(iter(known.store.all(Contact)))
    end = CallResult(outcome=Outcome.SCHEDULED, at=when("2026-11-26 14:00"))
    known.services.calling.record(mei.id, end)
    async with driven(known) as at:
        await open_page(at)
        await at.press("h", "e")
        at.one(Area, "field-note").focus()
        await at.settle()
        await at.type("very kind")
        await at.press("ctrl+s")
        assert at.shows(AttemptsDialog)
        assert only(at.store.all(Attempt)).note == "very kind"
        assert only(at.store.all(Interview)).at == local("2026-11-26 14:00")
        assert at.last_said == f"{MEI}: the queue stays as it is. u undoes it"


async def test_talk_now_is_recorded_and_its_debrief_awaits(known: Bench) -> None:
    async with driven(known) as at:
        await open_page(at)
        await log(at, "yesterday 10:15", "t")
        assert "then  the interview is recorded; thank-you today 10:35" in at.text
        await at.press("ctrl+s", "i")
        assert "[4 Interview]" in at.top
        assert "yesterday 10:15 · interview by phone, 20:00" in at.text
        await at.read()
        assert "e Debrief" in at.footer
        assert at.store.running() is None


async def test_talk_now_cannot_be_logged_while_they_are_interviewed(known: Bench) -> None:
    known.services.interviewing.start_now(next(iter(known.store.all(Contact))).id)
    async with driven(known) as at:
        await at.press("l")
        await open_page(at)
        await log(at, "yesterday 10:15", "t")
        await at.press("ctrl+s")
        assert "the interview with them is running" in at.line_of("How it ended")


async def test_the_attempts_are_listed_newest_first_with_their_notes(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2")
        at.one(Rows, "people").go(at.contact("Luis Ortega").id)
        await at.press("h")
        times = [
            at.store.get(Attempt, row.key).at  # type: ignore[union-attr]
            for row in at.one(Rows, "attempts").rows
        ]
        assert times == sorted(times, reverse=True)
        assert len(times) > 0
        assert "Attempts: Luis Ortega" in at.text
        await at.press("G", "enter")
        assert at.shows(AttemptForm)
        assert "Edit an attempt: Luis Ortega" in at.text


async def test_the_unchanged_time_of_an_attempt_keeps_its_seconds(known: Bench) -> None:
    known.clock.forward(seconds=31)
    mei = next(iter(known.store.all(Contact)))
    known.services.calling.record(mei.id, CallResult(outcome=Outcome.NO_ANSWER))
    before = only(known.store.all(Attempt)).at
    known.clock.forward(days=800)
    async with driven(known) as at:
        await open_page(at)
        await at.press("h", "e", "tab", "w", "ctrl+s")
        attempt = only(at.store.all(Attempt))
        assert (attempt.outcome, attempt.at) == (Outcome.WRONG_NUMBER, before)


async def test_a_note_without_an_outcome_can_be_completed_from_the_list(known: Bench) -> None:
    mei = next(iter(known.store.all(Contact)))
    known.services.pending_attempts.note(mei.id, "the line went dead", Channel.PHONE)
    async with driven(known) as at:
        await open_page(at)
        await at.press("h")
        assert "phone: under way" in at.text
        await at.press("e", "ctrl+s")
        assert only(at.store.all(Attempt)).outcome is Outcome.NO_ANSWER
        assert at.owed(MEI, FollowUpKind.CALL).why == "try 2 of 5, no answer Mon 23 Nov"


async def test_what_another_session_deleted_is_not_recorded(known: Bench) -> None:
    mei = next(iter(known.store.all(Contact)))
    known.services.calling.record(mei.id, CallResult(outcome=Outcome.NO_ANSWER))
    async with driven(known) as at:
        await open_page(at)
        await at.press("h", "e", "tab", "v")
        at.services.attempts.delete(only(at.store.all(Attempt)).id)
        await at.settle()
        await at.press("s", "v", "ctrl+s")
        assert at.last_said == "Not recorded: it was deleted in the meantime"
        assert at.store.count(Attempt) == 0


async def test_unsaved_words_in_the_form_of_an_attempt_come_back(known: Bench) -> None:
    async with driven(known) as at:
        await open_page(at)
        await log(at, "yesterday 10:15", "v")
        await at.cut_off()
    async with driven(known) as at:
        assert at.last_said == f"What you typed is kept: open “Log a call: {MEI}” again"
        await open_page(at)
        await at.press("l")
        assert at.one(Line, "field-when").value == "yesterday 10:15"
        assert chosen(at, "outcome") == "voicemail"


@pytest.mark.parametrize(("key", "why"), [("e", "There is no attempt yet"), ("d", "There is no attempt yet")])
async def test_keys_of_an_empty_list_say_why_they_do_nothing(known: Bench, key: str, why: str) -> None:
    async with driven(known) as at:
        await open_page(at)
        saved = len(known.done)
        await at.press("enter", key)
        assert at.last_said.startswith(why)
        assert len(known.done) == saved
        await at.press("l")
        assert at.shows(AttemptForm)


async def test_the_list_of_attempts_is_left_by_several_keys(known: Bench) -> None:
    async with driven(known) as at:
        await open_page(at)
        for key in ("escape", "q", "h", "backspace"):
            await at.press("h", key)
            assert at.shows(PersonPage), key


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_form_and_list_are_whole_in_a_small_window(demo: Bench, size: tuple[int, int]) -> None:
    async with driven(demo, size=size) as at:
        await at.press("2")
        at.one(Rows, "people").go(at.contact("Maximiliana Konstantinidou-Featherstonehaugh").id)
        await at.press("enter")
        assert "h Attempts" in at.footer
        await at.press("l")
        for words in ("When it was", "How it ended", "Note", "then  call tomorrow", "^s Save"):
            assert words in at.text, words
        await at.press("escape", "h")
        for words in (
            "Wed 18 Nov 09:40",
            "Morning. Nobody either.",
            "Enter Edit",
            "d Delete",
            "l Log a call",
        ):
            assert words in at.text, words
