from __future__ import annotations

from dataclasses import dataclass

import pytest
from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, Mode, QuestionState
from warmcall.screens.interview.add_questions import QuestionDialog
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.rows import Rows
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import local, only, question, when
from tests.screens.driving import Driver, driven

FIRST, SECOND, THIRD = "came-to-it", "ordinary-day", "field-changing"
CLOSE = ["advice-entering", "not-asked", "who-else"]


@dataclass
class At:
    """An app on the interview with Mei Tanaka."""

    driver: Driver

    @property
    def meeting(self) -> Interview:
        return meeting_in(self.driver.store)

    @property
    def questions(self) -> list[str]:
        return [question.id for question in self.meeting.checklist]

    @property
    def states(self) -> list[QuestionState]:
        return [question.state for question in self.meeting.checklist]

    @property
    def notes(self) -> NotesEditor:
        return self.driver.one(NotesEditor, "during-editor")


def meeting_in(store: Store) -> Interview:
    return only(store.all(Interview))


@pytest.fixture
def planned(known: Bench) -> Bench:
    """Services with a meeting with Mei Tanaka at two o'clock, by phone."""
    mei = only(known.store.all(Contact))
    known.services.interviewing.arrange(mei.id, local("2026-11-23 14:00"), Mode.PHONE, "")
    return known


@pytest.fixture
def started(planned: Bench) -> Bench:
    """Services with that meeting just started; Enter accepts the offer to resume it."""
    planned.clock.move_to(local("2026-11-23 14:00"))
    planned.services.interviewing.start(meeting_in(planned.store).id)
    return planned


async def test_space_and_enter_tick_what_is_ready(planned: Bench) -> None:
    async with driven(planned) as at:
        await at.press("4")
        assert "Have ready · 0 of 10" in at.text
        assert "8 questions, about 16 of 20 minutes" in at.text
        await at.press("space", "j", "enter")
        assert meeting_in(at.store).prepared == ("time-confirmed", "research-read")
        assert "Have ready · 2 of 10" in at.text
        assert "[✓] Day and time confirmed" in at.text
        await at.press("enter", "u")
        assert meeting_in(at.store).prepared == ("time-confirmed", "research-read")


async def test_a_question_is_added_from_the_bank_or_typed(planned: Bench) -> None:
    async with driven(planned) as at:
        here = At(at)
        await at.press("4", "a", "down", "j", "enter")
        assert here.questions[-4:] == ["done-well", *CLOSE]
        assert at.one(Rows, "before-list").key == "question done-well"
        await at.press("a")
        await at.type("Which week was the worst?")
        await at.press("enter")
        assert here.meeting.checklist[-4].ask == "Which week was the worst?"
        await at.press("a", "enter", "enter")
        assert here.questions[-4] == "surprised-most"
        await at.press("a")
        await at.type("never mind")
        await at.press("escape")
        assert len(here.questions) == 11


async def test_adding_says_when_there_are_more_questions_than_fit(planned: Bench) -> None:
    async with driven(planned) as at:
        await at.press("4")
        for _ in range(3):
            await at.press("a", "enter", "enter")
        assert "11 questions: more than 10 seldom fit" in at.text


async def test_questions_are_moved_reworded_and_dropped(planned: Bench) -> None:
    async with driven(planned) as at:
        here = At(at)
        await at.press("4", *"jjjjjjjjjj")
        assert at.one(Rows, "before-list").key == f"question {FIRST}"
        await at.press("J")
        assert here.questions[:3] == [SECOND, FIRST, THIRD]
        await at.press("J", "K", "K", "K")
        assert here.questions[:3] == [FIRST, SECOND, THIRD]
        await at.press("enter")
        line = at.one(Line, "field-ask")
        line.value = " "
        await at.press("ctrl+s")
        assert "write what to ask" in at.text
        line.value = "How did it begin?"
        await at.press("ctrl+s")
        assert here.meeting.checklist[0].ask == "How did it begin?"
        await at.press("d")
        assert at.last_said == "Removed from the list. u undoes it"
        assert here.questions[0] == SECOND
        await at.press("u", "u", "k", "e")
        assert at.one(Line, "field-ask").value == "How did you come to this job?"


async def test_keys_for_questions_say_why_they_do_nothing_on_an_item_to_have_ready(planned: Bench) -> None:
    async with driven(planned) as at:
        await at.press("4")
        saved = len(planned.done)
        for key in ("e", "d", "J", "K"):
            await at.press(key)
            assert at.last_said == "Choose a question first: j goes down the list"
        await at.press(*"jjjjjjjjjj", "space")
        assert at.last_said == "Space ticks what is ready; K and J move a question"
        assert len(planned.done) == saved


async def test_y_copies_the_page_to_read(planned: Bench) -> None:
    async with driven(planned) as at:
        await at.press("4", "Y")
        (text,) = at.copied
        assert text.startswith("Mei Tanaka\n==========\nMedia Planner, Northgate Agency\n")
        assert "1. How did you come to this job? (3 min)\n2. What fills an ordinary day? (3 min)" in text


async def test_m_moves_the_meeting_with_its_queue_entries(planned: Bench) -> None:
    async with driven(planned) as at:
        await at.press("4", "m")
        await at.type("thu 10am")
        assert "Thursday 26 November, 10:00 your time · 11:00 theirs" in at.text
        await at.press("tab", "tab", "right", "tab")
        await at.type("meet.example.com")
        await at.press("ctrl+s")
        meeting = meeting_in(at.store)
        assert (meeting.at, meeting.mode) == (local("2026-11-26 10:00"), Mode.VIDEO)
        assert "Thu 26 Nov 10:00, by video · meet.example.com · 20 minutes" in at.text
        assert at.owed("Mei Tanaka", FollowUpKind.INTERVIEW).due == when("2026-11-26 10:00")
        assert at.owed("Mei Tanaka", FollowUpKind.CONFIRM).due == when("2026-11-25")


async def test_without_a_meeting_m_plans_one_and_s_starts_one_at_once(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("i")
        assert "No interview is planned with Mei Tanaka." in at.text
        await at.press("m")
        await at.type("tomorrow 10am")
        await at.press("ctrl+s")
        assert "tomorrow 10:00, by phone · 20 minutes" in at.text
        await at.press("u")
        assert "No interview is planned with Mei Tanaka." in at.text
        await at.press("s")
        assert at.top.endswith(" 20:00 left")


async def test_without_a_contact_s_and_m_say_why_they_do_nothing(bench: Bench) -> None:
    async with driven(bench) as at:
        await at.press("l", "4")
        for key in ("s", "m"):
            await at.press(key)
            assert at.last_said == "Nobody is chosen: 2 goes to People, i there opens the interview"
        assert "No interview is planned." in at.text


async def open_running(at: Driver) -> At:
    """Accept the offer to resume, at the first question."""
    await at.press("enter")
    assert "[4 Interview]" in at.top
    return At(at)


async def test_tab_and_shift_tab_change_the_question_without_leaving_the_notes(started: Bench) -> None:
    async with driven(started) as at:
        here = await open_running(at)
        await at.press("enter")
        await at.type("one")
        await at.press("tab")
        await at.type("two")
        await at.press("tab")
        assert here.notes.text == ""
        await at.press("shift+tab", "shift+tab")
        assert here.notes.text == "one"
        assert at.focused == "during-editor"
        assert here.meeting.notes == {FIRST: "one", SECOND: "two"}
        assert here.states[:3] == [QuestionState.ASKED, QuestionState.ASKED, QuestionState.OPEN]
        await at.press("shift+tab")
        assert here.meeting.current == FIRST
        await at.type("!")
        await at.press("escape")
        assert here.meeting.notes[FIRST] == "one!"
        assert at.focused == "during-list"


async def test_what_was_typed_reaches_the_store_however_the_notes_are_left(started: Bench) -> None:
    async with driven(started) as at:
        here = await open_running(at)
        await at.press("enter")
        typed = ""
        leaving = ("escape", "ctrl+p", "f1")
        for word, key in zip(("a", "b", "c"), leaving, strict=True):
            await at.type(word)
            typed += word
            await at.press(key)
            assert here.meeting.notes[FIRST] == typed, key
            await at.press("escape" if key != "escape" else "enter")
        await at.type("d")
        at.app.flush()
        assert here.meeting.notes[FIRST] == "abcd"


async def test_space_s_and_star_mark_the_question_and_open_it_again(started: Bench) -> None:
    async with driven(started) as at:
        here = await open_running(at)
        await at.press("space", "s", "*")
        assert here.states[:3] == [QuestionState.ASKED, QuestionState.SKIPPED, QuestionState.OPEN]
        assert here.meeting.current == THIRD
        assert [question.starred for question in here.meeting.checklist[:3]] == [False, False, True]
        marks = [row.cells[0] for row in at.one(Rows, "during-list").rows[:3]]
        assert marks == ["✓ ", "– ", " ★"]
        await at.press("*", "k", "s", "k", "space")
        assert here.states[:3] == [QuestionState.OPEN] * 3
        assert here.meeting.current == FIRST


async def test_the_general_notes_are_no_question(started: Bench) -> None:
    async with driven(started) as at:
        here = await open_running(at)
        await at.press("G")
        for key in ("space", "s", "*", "d"):
            await at.press(key)
            assert at.last_said == "These are the general notes: choose a question first"
        await at.press("enter")
        await at.type("Their cat walked in")
        await at.press("escape")
        assert here.meeting.notes == {"": "Their cat walked in"}


async def test_a_question_that_came_up_is_added_after_the_selected_one_and_d_drops_it(started: Bench) -> None:
    async with driven(started) as at:
        here = await open_running(at)
        await at.press("j", "a")
        assert at.shows(QuestionDialog)
        await at.type("And on Fridays?")
        for key, shown in (("escape", "Esc"), ("ctrl+q", "^q")):
            at.one(Line, "own").screen._warned = False  # type: ignore[attr-defined]
            await at.press(key)
            assert at.last_said == f"This question is not added: {shown} again leaves without it"
        await at.press("enter")
        assert here.meeting.checklist[2].ask == "And on Fridays?"
        await at.press("j", "d")
        assert here.questions[:3] == [FIRST, SECOND, THIRD]


async def test_five_more_minutes_are_added_each_time(started: Bench) -> None:
    async with driven(started) as at:
        await open_running(at)
        await at.press("+", "+")
        assert at.top.endswith(" 30:00 left")


async def test_y_copies_what_they_said_so_far(started: Bench) -> None:
    async with driven(started) as at:
        await open_running(at)
        await at.press("enter")
        await at.type("By accident")
        await at.press("escape", "Y")
        assert at.copied == ["How did you come to this job?\nBy accident"]


async def test_the_pace_says_what_to_drop_and_when_to_close(started: Bench) -> None:
    async with driven(started) as at:
        await open_running(at)
        assert "question 1 of 8 · 3:24 each · on pace" in at.text
        await at.forward(minutes=10)
        assert "1:24 each · behind: skip question 5?" in at.text
        await at.forward(minutes=5)
        assert at.panel("during-advice").startswith("Last five minutes: “We have five minutes left")
        await at.forward(minutes=2)
        assert "question 1 of 8 · the close: who else?" in at.text
        assert at.panel("close-text").startswith("Say “What would you tell someone who's just starting?”")
        await at.forward(minutes=3, seconds=30)
        assert at.top.endswith(" over by 0:30")
        assert at.panel("close-text").startswith("Time is up: “The 20 minutes are up.")


async def test_a_pause_stops_the_clock_until_it_is_ended(started: Bench) -> None:
    async with driven(started) as at:
        await open_running(at)
        await at.forward(minutes=4)
        await at.press("w")
        await at.forward(minutes=60)
        assert at.top.endswith(" paused, 16:00 left")
        await at.press("u")
        assert at.top.endswith(" over by 44:00")
        await at.press("U")
        assert at.top.endswith(" paused, 16:00 left")


async def test_the_countdown_is_in_sight_on_every_screen_and_over_a_dialog(started: Bench) -> None:
    async with driven(started) as at:
        await open_running(at)
        for key in ("1", "2", "3", "6", "4"):
            await at.press(key)
            assert " left" in at.top, key
        await at.press("2", "enter")
        await at.forward(seconds=10)
        assert at.top.endswith(" 19:50 left")
        await at.press("e")
        await at.forward(seconds=10)
        assert at.top.endswith(" 19:40 left")


async def test_an_interview_that_was_left_opens_again_at_the_same_question(started: Bench) -> None:
    async with driven(started) as at:
        here = await open_running(at)
        await at.press("j", "enter")
        await at.type("half a thought")
        await at.press("escape", "2", "4")
        assert here.meeting.current == SECOND
        assert at.one(Rows, "during-list").key == SECOND
        assert here.notes.text == "half a thought"
    async with driven(started) as at:
        here = await open_running(at)
        assert at.one(Rows, "during-list").key == SECOND
        assert here.notes.text == "half a thought"


async def test_what_is_being_typed_survives_a_change_from_elsewhere(started: Bench) -> None:
    async with driven(started) as at:
        here = await open_running(at)
        await at.press("enter")
        await at.type("not saved yet")
        at.services.interviewing.extend(here.meeting.id)
        await at.settle()
        assert here.notes.text == "not saved yet"
        assert at.focused == "during-editor"
        await at.press("escape")
        assert here.meeting.notes[FIRST] == "not saved yet"


async def test_in_a_narrow_window_the_notes_replace_the_list_while_they_are_typed(started: Bench) -> None:
    async with driven(started, size=(60, 20)) as at:
        await open_running(at)
        assert "What fills an ordinary day?" in at.text
        await at.press("enter")
        await at.type("By accident")
        assert "By accident" in at.text
        assert "What fills an ordinary day?" not in at.text
        await at.press("escape")
        assert "What fills an ordinary day?" in at.text


async def test_an_end_that_is_undone_runs_on_where_it_was(started: Bench) -> None:
    async with driven(started) as at:
        await open_running(at)
        await at.forward(minutes=5)
        await at.press("x")
        await at.forward(minutes=1)
        await at.press("u")
        assert at.top.endswith(" 14:00 left")
        assert at.store.running() is not None
        await at.press("j")
        assert At(at).meeting.current == SECOND


async def test_the_debrief_pane_copies_the_answers_and_opens_the_thank_you(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2")
        at.one(Rows, "people").go(at.contact("Priya Raman").id)
        await at.press("i")
        assert "They named" in at.text
        assert "Teodoro Barlow" in at.text
        await at.press("Y")
        assert at.copied[0].startswith("How did you come to this job?\nTaught mathematics for four years.")
        await at.press("t")
        assert "Thank-you · Priya Raman" in at.text
        await at.press("g")
        await at.type("that half of it is spreadsheets")
        await at.press("escape", "s")
        assert "The thank-you is sent." in at.text
        assert at.store.count(FollowUp)


async def test_a_second_meeting_can_be_planned_after_the_first(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2")
        at.one(Rows, "people").go(at.contact("Priya Raman").id)
        await at.press("i", "m")
        await at.type("fri 9am")
        await at.press("ctrl+s")
        assert "Fri 27 Nov 09:00, by phone · 20 minutes" in at.text


async def test_the_minute_on_oneself_is_said_against_the_clock_and_ticked(planned: Bench) -> None:
    planned.services.profile_editing.save({"name": "Robin Vale", "background": "a nurse", "role": "Planner"})
    async with driven(planned, size=(60, 20)) as at:
        await at.press("4", "o")
        assert "I'm Robin Vale.\n" in "\n".join(line.strip("│ ") for line in at.lines) + "\n"
        assert "0:00 of about 1:00" in at.text
        await at.press("enter")
        assert "Enter Said it" in at.text
        await at.forward(seconds=52)
        assert meeting_in(at.store).prepared == ()
        await at.press("enter")
        assert "52 seconds: about a minute, as it should be" in at.text
        assert meeting_in(at.store).prepared == ("one-minute",)
        await at.press("enter")
        await at.forward(seconds=80)
        await at.press("space")
        assert "80 seconds: too long" in at.text
        assert meeting_in(at.store).prepared == ("one-minute",)
        await at.press("q")
        assert "[✓] One minute about yourself" in at.text


async def test_questions_with_a_gap_are_to_be_put_in_ones_own_words(planned: Bench) -> None:
    gap = question("read", ask="I'd read that ‹they won the ferry›. Is it so?")
    planned.services.checklists.add_questions(meeting_in(planned.store).id, [gap])
    async with driven(planned) as at:
        await at.press("4")
        assert "· 1 with a gap: e" in at.text
        at.one(Rows, "before-list").go("question read")
        await at.press("e")
        assert "what is between ‹ and › in your own words" in at.flat
        at.one(Line, "field-ask").value = "I'd read that you won the ferry. Is it so?"
        await at.press("ctrl+s")
        assert "with a gap" not in at.text
