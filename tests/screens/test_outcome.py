from __future__ import annotations

import pytest
from warmcall.domain.records import Attempt, Contact, Interview
from warmcall.domain.vocabulary import Channel, FollowUpKind, Outcome
from warmcall.screens.call.outcome import LETTERS, OutcomeDialog
from warmcall.screens.forms import FormDialog
from warmcall.widgets.rows import Rows
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import local, only, state_of, when
from tests.screens.driving import driven

LETTER_OF = {outcome: letter for letter, outcome in LETTERS.items()}

AFTER_THE_LETTER: dict[Outcome, list[str]] = {
    Outcome.SCHEDULED: ["thu 2pm", "ctrl+s"],
    Outcome.CALL_BACK: ["tomorrow 10am", "enter"],
    Outcome.REFERRED: ["Ana Ruiz", "enter", "+1 312 555 0133", "enter"],
}
OWED: dict[Outcome, list[tuple[FollowUpKind, str]]] = {
    Outcome.SCHEDULED: [
        (FollowUpKind.INTERVIEW, "2026-11-26 14:00"), (FollowUpKind.CONFIRM, "2026-11-25"),
    ],
    Outcome.TALK_NOW: [(FollowUpKind.INTERVIEW, "2026-11-23 09:00")],
    Outcome.VOICEMAIL: [(FollowUpKind.CALL, "2026-11-26")],
    Outcome.NO_ANSWER: [(FollowUpKind.CALL, "2026-11-24")],
    Outcome.CALL_BACK: [(FollowUpKind.CALL, "2026-11-24 10:00")],
    Outcome.SENT: [(FollowUpKind.OTHER, "2026-11-26"), (FollowUpKind.CALL, "2026-12-02")],
    Outcome.REPLIED: [(FollowUpKind.CALL, "2026-11-23")],
    Outcome.REFERRED: [(FollowUpKind.CALL, "2026-11-25")],
    Outcome.DECLINED: [],
    Outcome.WRONG_NUMBER: [(FollowUpKind.OTHER, "2026-11-24")],
}  # fmt: skip


@pytest.mark.parametrize("outcomes", [list(Outcome)[::2], list(Outcome)[1::2]], ids=["even", "odd"])
async def test_each_letter_records_one_change_with_what_follows_and_one_undo_restores(
    known: Bench, outcomes: list[Outcome]
) -> None:
    async with driven(known) as at:
        for outcome in outcomes:
            await at.press("1", "enter")
            before, done = state_of(at.store), len(known.done)
            await at.press("o", LETTER_OF[outcome])
            for words in AFTER_THE_LETTER.get(outcome, []):
                if words in ("enter", "ctrl+s"):
                    await at.press(words)
                else:
                    await at.type(words)
            assert len(known.done) == done + 1, outcome
            attempt = only(at.store.all(Attempt))
            assert (attempt.outcome, attempt.at) == (outcome, local("2026-11-23 09:00"))
            assert [(follow_up.kind, follow_up.due) for follow_up in at.store.open_follow_ups()] == [
                (kind, when(due)) for kind, due in OWED[outcome]
            ]
            assert ("[4 Interview]" if outcome is Outcome.TALK_NOW else "[1 Queue]") in at.top, outcome
            await at.press("u")
            assert state_of(at.store) == before, outcome


def test_every_outcome_has_a_letter_of_its_own_that_leaves_nothing_and_moves_nothing() -> None:
    assert sorted(LETTERS.values()) == sorted(Outcome)
    assert not set(LETTERS) & set("qojk")


async def test_each_row_shows_what_would_follow_before_it_is_chosen(known: Bench) -> None:
    async with driven(known, size=(100, 30)) as at:
        await at.press("enter", "o")
        rows = {row.key: row.texts[2] for row in at.one(Rows, "outcomes").rows}
        assert rows == {
            "scheduled": "asks when you meet, plans to confirm it",
            "talk_now": "the interview opens, 20 minutes on the clock",
            "voicemail": "call Thu 26 Nov afternoon, try 2 of 3",
            "no_answer": "call tomorrow afternoon, try 2 of 5",
            "call_back": "asks when to call",
            "sent": "ask another person at Northgate Agency Thu 26 Nov; call Wed 2 Dec",
            "replied": "call today",
            "referred": "asks for their name, and plans a call",
            "declined": "nothing more is planned with them",
            "wrong_number": "find a number that works tomorrow",
        }
        await at.press("j", "j")
        assert "then  call Thu 26 Nov afternoon, try 2 of 3" in at.text
        assert at.store.count(Attempt) == 0


async def test_the_cursor_is_on_what_the_step_of_the_script_suggests(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "d", "o")
        assert at.one(Rows, "outcomes").key == "declined"
        await at.press("enter")
        attempt = only(at.store.all(Attempt))
        assert (attempt.outcome, attempt.path[-1]) == (Outcome.DECLINED, "ask-practitioner/decline")


async def test_what_was_sent_counts_as_an_email(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "tab", "tab", "o")
        assert at.one(Rows, "outcomes").key == "sent"
        await at.press("enter")
        attempt = only(at.store.all(Attempt))
        assert (attempt.outcome, attempt.channel) == (Outcome.SENT, Channel.EMAIL)


async def test_a_meeting_needs_an_hour_and_a_day_to_come(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "o", "s")
        for words, problem in (
            ("thu", "say the hour too"),
            ("yesterday 2pm", "that has passed already"),
            ("whenever", "is not a date I know"),
            ("", "write a day, such as"),
        ):
            at.one(Line, "field-when").value = words
            await at.press("ctrl+s")
            assert at.shows(FormDialog)
            assert problem in at.flat
            assert at.one(Line, "field-when").value == words
        await at.press("escape")
        assert at.shows(OutcomeDialog)
        assert at.store.count(Interview) == 0


async def test_the_time_understood_shows_while_it_is_typed(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "o", "b")
        await at.type("tomorrow 10am")
        assert "Tuesday 24 November, 10:00 your time" in at.text
        assert "then  call tomorrow 10:00" in at.text


async def test_a_call_back_without_an_hour_is_for_the_whole_day(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "o", "b")
        await at.type("friday")
        await at.press("enter")
        call = at.owed("Mei Tanaka", FollowUpKind.CALL)
        assert call.due == when("2026-11-27")
        assert call.why == "asked on Mon 23 Nov to be called back"


async def test_a_person_they_name_needs_a_name_and_becomes_a_referral(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "o", "f")
        assert "Whom did Mei name?" in at.text
        await at.press("ctrl+s")
        assert "a name is needed" in at.line_of("Name")
        await at.type("Ana Ruiz")
        await at.press("ctrl+s")
        ana = at.contact("Ana Ruiz")
        assert (ana.referrer_id, ana.source) == (at.contact("Mei Tanaka").id, "referral")
        assert at.owed("Ana Ruiz", FollowUpKind.CALL).why == "named by Mei Tanaka"


async def test_a_third_voicemail_without_an_answer_holds_them_and_says_so(known: Bench) -> None:
    async with driven(known) as at:
        for _ in range(3):
            await at.press("2", "c", "o", "v")
        assert at.last_said == ("Mei Tanaka: held, not lost: 3 voicemails without an answer. u undoes it")
        assert list(at.store.open_follow_ups()) == []
        await at.press("2")
        await at.read()
        assert " held" in at.line_of("Mei Tanaka")


async def test_a_wrong_number_is_taken_off_the_person(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "o", "w")
        assert only(at.store.all(Contact)).phone == ""
        assert at.owed("Mei Tanaka", FollowUpKind.OTHER).note == "find a number that works"


@pytest.mark.parametrize(("keys", "outcome"), [(("v",), Outcome.VOICEMAIL), (("n",), Outcome.NO_ANSWER)])
async def test_a_note_can_be_written_with_any_outcome(
    known: Bench, keys: tuple[str, ...], outcome: Outcome
) -> None:
    async with driven(known) as at:
        await at.press("enter", "o", "tab")
        await at.type("no voice on it")
        await at.press("enter", *keys)
        attempt = only(at.store.all(Attempt))
        assert (attempt.outcome, attempt.note) == (outcome, "no voice on it")
        await at.press("u")
        assert at.store.count(Attempt) == 0


async def test_esc_in_the_note_leaves_it_and_keeps_its_words(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "o", "tab")
        await at.type("svn")
        await at.press("escape")
        assert at.shows(OutcomeDialog)
        await at.press("n")
        assert only(at.store.all(Attempt)).note == "svn"


async def test_a_note_from_the_call_can_be_continued_with_the_outcome(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "n")
        await at.type("Rang")
        await at.press("ctrl+s", "o", "tab", "end")
        await at.type(" twice")
        await at.press("enter", "n")
        assert only(at.store.all(Attempt)).note == "Rang twice"


async def test_a_meeting_can_be_given_by_their_clock(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "o", "s")
        await at.type("thu 2pm")
        assert "Thursday 26 November, 14:00 your time · 15:00 theirs" in at.text
        await at.press("tab", "right")
        assert "Thursday 26 November, 13:00 your time · 14:00 theirs" in at.text
        await at.press("ctrl+s")
        assert at.owed("Mei Tanaka", FollowUpKind.INTERVIEW).due == when("2026-11-26 13:00")


async def test_whose_clock_is_not_asked_where_both_are_the_same(known: Bench) -> None:
    known.services.address_book.edit(only(known.store.all(Contact)).id, {"zone": "America/Chicago"})
    async with driven(known) as at:
        await at.press("enter", "o", "s")
        assert "Whose clock" not in at.text


async def test_ten_minutes_now_are_ten_minutes_on_the_clock(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("enter", "y", "t", "o")
        assert "the interview opens, 10 minutes on the clock" in at.flat
        await at.press("t")
        assert at.top.endswith("10:00 left")
        interview = only(at.store.all(Interview))
        assert interview.attempt_id == only(at.store.all(Attempt)).id
        assert (len(interview.checklist), interview.countdown.minutes) == (3, 10)


async def test_three_keys_lead_from_hanging_up_to_the_script_of_the_next_call(known: Bench) -> None:
    known.services.address_book.add({"name": "Luis Ortega", "phone": "+1 312 555 0177"})
    async with driven(known) as at:
        for letter in "vnerdw":
            await at.press("1")
            at.one(Rows, "queue").go(at.owed("Mei Tanaka", FollowUpKind.CALL).id)
            await at.press("enter")
            assert at.lines[1].startswith(" Mei Tanaka")
            await at.press("o", letter, "enter")
            assert "[3 Call]" in at.top, letter
            assert at.lines[1].startswith(" Luis Ortega"), letter
            assert "Hello Luis, this is Robin Vale." in at.flat, letter
            await at.press("u")
