"""The checklist during a meeting: the cursor that is never lost, the pace's proposal, questions added."""

from __future__ import annotations

import pytest
from warmcall.domain.records import Contact, Interview, replace
from warmcall.domain.vocabulary import QuestionState
from warmcall.screens.interview.add_questions import QuestionDialog
from warmcall.widgets.rows import Rows
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import change, only, question
from tests.screens.driving import Driver, driven

OPEN, SKIPPED = QuestionState.OPEN, QuestionState.SKIPPED


def meeting_in(at: Driver) -> Interview:
    return only(at.store.all(Interview))


def start_interview(bench: Bench, count: int = 10) -> Interview:
    """Begin a meeting with Mei Tanaka about q1, q2, … and the referral question."""
    mei = only(bench.store.all(Contact))
    meeting = bench.services.interviewing.start_now(mei.id)
    assert meeting is not None
    listed = tuple(question(f"q{number}", referral=number == count) for number in range(1, count + 1))
    bench.services.history.commit("listed", replace(meeting, checklist=listed, current="q1"))
    return meeting


def here(at: Driver) -> str:
    return at.one(Rows, "during-list").key


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_the_cursor_stays_on_its_question_whatever_happens_around_it(
    known: Bench, size: tuple[int, int]
) -> None:
    start_interview(known)
    async with driven(known, size=size) as at:
        await at.press("enter", *"jjjj")
        assert here(at) == "q5"
        await at.press("a")
        await at.type("And on Fridays?")
        await at.press("enter")
        assert here(at) == "q5"
        assert meeting_in(at).checklist[5].ask == "And on Fridays?"
        await at.press("u")
        assert here(at) == "q5"
        await at.press("U")
        assert here(at) == "q5"
        meeting = meeting_in(at)
        fewer = replace(meeting, checklist=(question("theirs"), *meeting.checklist[2:]))
        at.services.history.apply_remote(change((meeting, fewer)).edits)
        at.store.notify(change((meeting, fewer)))
        await at.settle()
        assert here(at) == "q5"
        await at.pilot.resize_terminal(50, 14)
        await at.settle()
        assert here(at) == "q5"
        assert "▸   What about q5?" in at.text


async def test_a_question_dropped_leaves_the_cursor_on_the_next_one_and_undo_brings_it_back(
    known: Bench,
) -> None:
    start_interview(known)
    async with driven(known) as at:
        await at.press("enter", *"jjj", "d")
        assert (here(at), meeting_in(at).current) == ("q5", "q5")
        assert "▸   What about q5?" in at.text
        await at.press("u")
        assert here(at) == "q5"
        assert [question.id for question in meeting_in(at).checklist][:5] == ["q1", "q2", "q3", "q4", "q5"]


@pytest.mark.parametrize(
    ("size", "count"),
    [
        ((60, 20), 30), ((80, 24), 30), ((60, 14), 10),
        *(pytest.param(size, 10, marks=pytest.mark.long) for size in ((60, 20), (80, 24))),
        pytest.param((60, 14), 30, marks=pytest.mark.long),
    ],
)  # fmt: skip
async def test_a_long_list_scrolls_by_itself(known: Bench, size: tuple[int, int], count: int) -> None:
    start_interview(known, count)
    async with driven(known, size=size) as at:
        await at.press("enter")
        for number in [*range(1, count + 1)]:
            assert sum(f"What about q{number}?" in line and line.startswith("▸") for line in at.lines) == 1
            await at.press("j")
        await at.press("g")
        assert here(at) == "q1"
        assert any(line.startswith("▸   What about q1?") for line in at.lines)
        await at.press("G", "enter", "escape")
        assert any(line.startswith("▸") and "General notes" in line for line in at.lines)


async def test_the_cursor_is_in_sight_again_when_the_notes_are_left_in_a_narrow_window(known: Bench) -> None:
    start_interview(known, 30)
    async with driven(known, size=(60, 16)) as at:
        await at.press("enter", "enter", *["tab"] * 24)
        await at.type("words")
        await at.press("escape")

        def in_sight() -> bool:
            return any(line.startswith("▸") and "What about q25?" in line for line in at.lines)

        # The list asks to be scrolled as it is drawn again, and that is a frame or two later.
        for _ in range(20):
            if in_sight():
                break
            await at.settle()
        assert in_sight()


async def test_one_key_skips_what_the_pace_says_to_drop_and_u_undoes_it(known: Bench) -> None:
    start_interview(known, 7)
    async with driven(known) as at:
        await at.press("enter")
        await at.forward(minutes=10)
        assert "1:10 each · behind: skip question 6? D: yes" in at.text
        saved = len(known.saved)
        await at.press("D")
        assert len(known.saved) == saved + 1
        assert meeting_in(at).checklist[5].state is SKIPPED
        assert len(meeting_in(at).checklist) == 7
        assert here(at) == "q1"
        assert at.last_said == "Skipped: What about q6? u undoes it"
        assert "1:24 each · behind: skip question 5? D: yes" in at.text
        await at.press("u")
        assert meeting_in(at).checklist[5].state is OPEN


async def test_while_the_pace_proposes_nothing_the_key_says_so(known: Bench) -> None:
    start_interview(known, 7)
    async with driven(known) as at:
        await at.press("enter")
        saved = len(known.saved)
        await at.press("D")
        assert at.last_said == "No question has to be skipped; s skips the one you are at"
        assert len(known.saved) == saved
        await at.forward(minutes=18)
        await at.press("D")
        assert len(known.saved) == saved


async def test_in_the_notes_the_line_says_how_to_accept_from_there(known: Bench) -> None:
    start_interview(known, 7)
    async with driven(known) as at:
        await at.press("enter", "enter")
        await at.forward(minutes=10)
        assert "behind: skip question 6? Esc D: yes" in at.text
        await at.press("D", "escape")
        assert meeting_in(at).notes == {"q1": "D"}
        assert "behind: skip question 6? D: yes" in at.text


async def test_in_a_narrow_window_the_proposal_is_whole(known: Bench) -> None:
    start_interview(known, 10)
    async with driven(known, size=(60, 20)) as at:
        await at.press("enter", "enter")
        await at.forward(minutes=10)
        assert "behind: skip question 9? Esc D: yes" in at.text
        await at.press("escape", "G")
        assert "behind: skip question 9? D: yes" in at.text


async def test_several_questions_are_marked_and_added_in_one_visit_as_one_change(known: Bench) -> None:
    mei = only(known.store.all(Contact))
    known.services.interviewing.start_now(mei.id)
    async with driven(known) as at:
        await at.press("enter")
        before = [question.id for question in meeting_in(at).checklist]
        saved = len(known.saved)
        await at.press("a", "down", "space", "j", "space", "space")
        assert "3 marked: Enter adds them · then 11 questions, about 22 of 20" in at.text
        await at.press("k", "k", "space", "down", "space")
        assert "3 marked" in at.text
        await at.press("space")
        assert "4 marked" in at.text
        assert "12 questions: more than 10 seldom fit" in at.text
        await at.press("enter")
        assert not at.shows(QuestionDialog)
        after = [question.id for question in meeting_in(at).checklist]
        assert len(after) == len(before) + 4
        assert after[0] == before[0]
        assert after[5:] == before[1:]
        assert len(known.saved) == saved + 1
        await at.press("u")
        assert [question.id for question in meeting_in(at).checklist] == before


async def test_a_typed_question_is_added_with_those_marked(known: Bench) -> None:
    mei = only(known.store.all(Contact))
    known.services.interviewing.start_now(mei.id)
    async with driven(known) as at:
        await at.press("enter", "a", "down", "space", "tab")
        assert at.focused == "own"
        await at.type("And on Fridays?")
        await at.press("enter")
        asked = [question.ask for question in meeting_in(at).checklist[1:3]]
        assert asked == ["And on Fridays?", "What surprised you most?"]


async def test_the_list_says_what_was_answered_already_and_what_is_the_users_own(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("6", "4", "a")
        rows = at.one(Rows, "bank").rows
        headings = [row.cells[0] for row in rows if row.heading]
        assert headings[:3] == [
            "Nobody has answered these yet for Media Planner",
            "Answered already",
            "A second meeting",
        ]
        split = next(number for number, row in enumerate(rows) if row.cells[0] == "Answered already")
        assert not any("said" in row.cells[2] for row in rows[:split] if not row.heading)
        sets = next(number for number, row in enumerate(rows) if row.cells[0] == "A second meeting")
        assert all("said" in row.cells[2] for row in rows[split + 1 : sets])


async def test_a_whole_set_is_marked_or_added_by_its_name(known: Bench) -> None:
    mei = only(known.store.all(Contact))
    known.services.interviewing.start_now(mei.id)
    ids = [question.id for question in known.services.library.banks["video"].questions]
    async with driven(known) as at:
        await at.press("enter", "a")
        at.one(Rows, "bank").go("set video")
        await at.press("down", "space")
        assert "2 marked" in at.text
        at.one(Rows, "bank").go("set video")
        await at.press("space")
        assert "marks several" in at.text
        at.one(Rows, "bank").go("set video")
        await at.press("enter")
        assert [question.id for question in meeting_in(at).checklist][1:3] == ids


@pytest.mark.parametrize("size", [(60, 20), (60, 14), pytest.param((80, 24), marks=pytest.mark.long)])
async def test_the_list_to_choose_from_is_whole_in_a_small_window(
    known: Bench, size: tuple[int, int]
) -> None:
    mei = only(known.store.all(Contact))
    known.services.interviewing.start_now(mei.id)
    async with driven(known, size=size) as at:
        await at.press("enter", "a", "down", "G")
        assert "▸[ ] What did you have wrong" in at.text
        assert "Enter Add" in at.text
        assert "Space marks several" in at.text
        assert any(line.strip().startswith("╰") for line in at.lines)


async def test_with_nothing_left_to_choose_space_says_so(known: Bench) -> None:
    mei = only(known.store.all(Contact))
    meeting = known.services.interviewing.start_now(mei.id)
    assert meeting is not None
    rest = [offer.question for offer in known.services.checklists.offers(meeting)]
    known.services.checklists.add_questions(meeting.id, rest)
    async with driven(known) as at:
        await at.press("enter", "a", "tab", "space")
        assert at.last_said == "There is nothing to mark: type your own question"
        await at.press("tab")
        assert at.one(Line, "own").has_focus
