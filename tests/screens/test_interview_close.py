"""The last minutes of an interview: the list yields to what the close needs, and nothing jumps."""

from __future__ import annotations

import pytest
from warmcall.domain.records import Interview
from warmcall.domain.vocabulary import QuestionState
from warmcall.widgets.bars import CountdownLine
from warmcall.widgets.figures import Figures
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.screens.driving import Driver, driven

SIZES = [(60, 20), (80, 24), (120, 40), pytest.param((200, 60), marks=pytest.mark.long)]
LINES = ["advice-entering", "not-asked", "who-else"]


@pytest.fixture
def running(demo: Bench) -> Bench:
    """The sample data, in the meeting with Mei Tanaka, who was named by Helen Marsh."""
    contact_id, interview_id = demo.services.following_up.next_meeting()
    assert contact_id
    demo.services.interviewing.start(interview_id)
    return demo


def meeting(bench: Bench) -> Interview:
    found = bench.store.running()
    assert found is not None
    return found


def keys(at: Driver) -> list[str]:
    return [row.key for row in at.one(Rows, "during-list").rows if row.key]


@pytest.mark.parametrize("size", SIZES)
async def test_at_the_close_the_list_yields_to_what_is_said_then(
    running: Bench, size: tuple[int, int]
) -> None:
    async with driven(running, size=size) as at:
        await at.press("enter", "j", "enter")
        await at.type("Half of it is checking other people's spreadsheets")
        await at.press("escape", "*")
        await at.forward(minutes=16, seconds=59)
        assert len(keys(at)) == 10
        assert not at.panel("close-text")
        await at.forward(seconds=1)
        assert keys(at) == ["ordinary-day", *LINES]
        page = at.panel("close-text")
        for words in (
            "Say “What would you tell someone who's just starting?”",
            "Ask for one who hires: you have met 5 who do it and 3 who hire.",
            "They have said, to say back ★ Half of it is checking other people's spreadsheets",
            "p Promised: nothing yet",
            "r Named: nobody yet",
            "Helen Marsh named them. Say “I'll tell Helen we spoke.”",
            "Not asked, drop without regret: How did you come to this job?",
        ):
            assert words in page
        assert "Space Next " in at.footer
        assert "l List" in at.footer


async def test_space_goes_from_line_to_line_and_enter_into_its_notes(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter")
        await at.forward(minutes=17)
        for line in LINES:
            await at.press("space")
            assert at.one(Rows, "during-list").key == line
        assert at.panel("close-text").startswith("Say “Who else should I talk to?")
        await at.press("k", "k", "space", "space")
        assert at.one(Rows, "during-list").key == "who-else"
        await at.press("enter")
        await at.type("Kei Arai")
        await at.press("escape", "r")
        await at.type("Kei Arai")
        await at.press("ctrl+s")
        assert meeting(running).notes["who-else"] == "Kei Arai"
        assert "r Named: Kei Arai" in at.panel("close-text")
        states = {question.id: question.state for question in meeting(running).checklist}
        assert states["not-asked"] is QuestionState.ASKED
        assert states["who-else"] is QuestionState.OPEN


@pytest.mark.parametrize("size", SIZES)
async def test_letters_typed_as_the_close_begins_go_on_into_the_same_note_in_the_same_place(
    running: Bench, size: tuple[int, int]
) -> None:
    async with driven(running, size=size) as at:
        await at.press("enter", "j", "enter")
        await at.type("Half of it ")
        editor = at.one(NotesEditor, "during-editor")
        place = (*editor.region.offset, editor.region.width)
        for minutes in (14, 2, 1, 4):
            await at.forward(minutes=minutes)
            await at.type("is ")
            assert at.focused == "during-editor"
            assert (*editor.region.offset, editor.region.width) == place
        await at.press("escape")
        assert meeting(running).notes == {"ordinary-day": "Half of it is is is is "}
        assert at.one(Rows, "during-list").key == "ordinary-day"


async def test_the_close_has_the_whole_width_once_the_notes_are_left_and_keeps_it(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter", "j", "enter")
        await at.forward(minutes=17)
        editor, page = at.one(NotesEditor, "during-editor"), at.one(Panel, "close-text")
        assert editor.region.x > 40
        await at.press("escape")
        for _ in range(2):
            assert page.region.width > 70
            assert editor.region.x < 2
            assert editor.region.y > page.region.y
            await at.press("enter")
        await at.press("escape", "l")
        assert editor.region.x > 40


async def test_where_the_notes_take_all_of_the_window_the_sentence_is_a_notice(running: Bench) -> None:
    for size, notices in (((60, 20), 1), ((80, 24), 0)):
        async with driven(running, size=size) as at:
            await at.press("enter", "enter")
            await at.forward(minutes=16, seconds=59)
            await at.forward(seconds=1)
            assert sum("Is there something I should have asked" in said for said in at.said) == notices
        running.clock.forward(minutes=-17)


async def test_the_list_can_be_had_back_and_comes_back_with_more_minutes(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter")
        await at.forward(minutes=17)
        await at.press("l")
        assert len(keys(at)) == 10
        assert at.panel("during-advice").startswith("The close: “Is there something")
        await at.press("l")
        assert keys(at) == ["came-to-it", *LINES]
        await at.press("+")
        assert len(keys(at)) == 10
        assert "l List" not in at.footer


async def test_a_key_pressed_as_the_close_comes_up_does_nothing(running: Bench) -> None:
    now = [0.0]
    async with driven(running, monotonic=lambda: now[0]) as at:
        now[0] = 10.0
        await at.press("enter")
        await at.forward(minutes=17)
        await at.press("x", "space")
        assert meeting(running).countdown.going
        assert at.one(Rows, "during-list").key == "came-to-it"
        now[0] = 10.4
        await at.press("space")
        assert at.one(Rows, "during-list").key == LINES[0]


@pytest.mark.parametrize(
    ("seconds", "style", "beside"),
    [
        (0, "", "left · 20 minutes"),
        (899, "", "left · 20 minutes"),
        (900, "$warning", "left, the last five · 20 minutes"),
        (1020, "$warning", "left, the close · 20 minutes"),
        (1230, "$error", "over: time is up · 20 minutes"),
    ],
)
async def test_the_clock_is_calm_then_amber_then_red_and_says_so(
    running: Bench, seconds: int, style: str, beside: str
) -> None:
    async with driven(running, size=(200, 60)) as at:
        await at.press("enter")
        await at.forward(seconds=seconds)
        assert at.app.screen.query_one("TopBar")._time_style == style  # type: ignore[attr-defined]
        assert at.one(CountdownLine, "side-line")._style == style
        assert at.one(Figures, "side-clock")._style == style
        assert at.panel("side-words") == beside


async def test_beside_the_notes_stands_what_others_said_to_the_same_question(running: Bench) -> None:
    for size, cells in (((120, 40), 60), ((200, 60), 72)):
        async with driven(running, size=size) as at:
            await at.press("enter", "g", "j")
            page = at.panel("side-text")
            assert "What others said to this" in page
            assert "Isaac Brandt" in page
            assert "Captured r whom they named" in page
            assert at.one(NotesEditor, "during-editor").content_size.width == cells
    async with driven(running) as at:
        await at.press("enter")
        assert not at.panel("side-text")


async def test_empty_notes_say_which_key_writes_and_which_comes_out(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter")
        editor = at.one(NotesEditor, "during-editor")
        assert str(editor.placeholder).startswith("Enter: write what they say")
        assert "Enter: write" in at.text
        await at.press("enter")
        assert "Esc: leave the notes" in str(editor.placeholder)
        await at.type("x")
        assert "leave the notes" not in at.text
