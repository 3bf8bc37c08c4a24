"""The notes of a meeting: a real editor, minutes on its lines, and nothing typed is ever a command."""

from __future__ import annotations

import asyncio
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from warmcall.config.library import Library
from warmcall.domain.records import Contact, Interview, Unfinished
from warmcall.domain.sanitize import many_lines, one_line
from warmcall.widgets.form import Area
from warmcall.widgets.notes_editor import LONGEST_LINE, NotesEditor
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.examples import only, state_of
from tests.screens.driving import Driver, driven

FIRST, SECOND = "came-to-it", "ordinary-day"
PRINTABLE = string.digits + string.ascii_letters + string.punctuation + " "
BEYOND = "éß日本語한🙂नि\u0301\u3000\u00a0\u200d\u200c\ue000"
SEQUENCES = ("\x1b[A", "\x1bOP", "\x1b[200~", "\x1b[201~", "[A", "O", "\x1b]52;c;eA==\x07", "\x1b", "\x9b5n")


@pytest.fixture
def started(known: Bench) -> Bench:
    """Services with a meeting with Mei Tanaka just started."""
    known.services.interviewing.start_now(only(known.store.all(Contact)).id)
    return known


def meeting_in(at: Driver) -> Interview:
    return only(at.store.all(Interview))


def editor(at: Driver) -> NotesEditor:
    return at.one(NotesEditor, "during-editor")


async def paste(at: Driver, text: str) -> None:
    at.app.post_message(events.Paste(text))
    await at.settle()


async def test_typing_is_undone_and_done_again_inside_the_text(started: Bench) -> None:
    async with driven(started) as at:
        await at.press("enter", "enter")
        await at.type("one")
        await at.press("enter")
        await at.press("2")
        await at.press("ctrl+underscore")
        assert editor(at).text == "one\n"
        await at.press("ctrl+y")
        assert editor(at).text == "one\n2"
        await at.press("ctrl+underscore", "escape")
        assert meeting_in(at).notes == {FIRST: "one\n"}
        await at.press("u")
        assert meeting_in(at).notes == {}


async def test_the_keys_that_undo_typing_are_in_the_help(started: Bench) -> None:
    async with driven(started, size=(100, 50)) as at:
        await at.press("enter", "enter", "f1")
        line = at.line_of("Undo typing")
        assert "^_" in line
        assert "In this text only" in line
        assert "^y" in at.line_of("Redo typing")


async def test_typing_can_be_undone_after_a_visit_to_another_question(started: Bench) -> None:
    async with driven(started) as at:
        await at.press("enter", "enter")
        await at.press("1")
        await at.press("tab")
        await at.press("2")
        await at.press("shift+tab", "ctrl+underscore")
        assert editor(at).text == ""
        await at.press("tab", "ctrl+underscore", "ctrl+y")
        assert editor(at).text == "2"


async def test_u_undoes_a_minute_of_typing_and_not_the_whole_answer(started: Bench) -> None:
    async with driven(started) as at:
        await at.press("enter", "enter")
        await at.type("one")
        await at.cut_off()
        await at.forward(seconds=61)
        await at.type(" two")
        await at.press("escape", "u")
        assert meeting_in(at).notes == {FIRST: "one"}
        assert editor(at).text == "one"
        await at.press("U")
        assert editor(at).text == "one two"


async def test_in_a_narrow_window_a_late_hide_event_does_not_lose_letters(
    started: Bench,
) -> None:
    async with driven(started, size=(60, 20)) as at:
        await at.press("enter", "enter")
        editor(at).post_message(events.Hide())
        await at.type("x*d")
        assert at.focused == "during-editor"
        assert editor(at).text == "x*d"


@pytest.mark.parametrize("size", [100_000, pytest.param(1_000_000, marks=pytest.mark.long)])
async def test_a_paste_of_very_many_letters_is_kept_whole_before_patience_ends(
    started: Bench, size: int
) -> None:
    text = "".join(f"{number:09d} words\n" for number in range(size // 16))
    async with driven(started) as at:
        await at.press("enter", "enter")
        await paste(at, text)
        assert editor(at).text == text
        await at.press("x", "escape")
        assert meeting_in(at).notes[FIRST] == text + "x"


@pytest.mark.parametrize(
    "text", ["word " * 3_000, "x" * 15_000, "日本" * 5_000], ids=["words", "one word", "wide letters"]
)
async def test_a_pasted_line_too_long_to_wrap_is_broken_without_losing_a_letter(
    started: Bench, text: str
) -> None:
    async with driven(started) as at:
        await at.press("enter", "enter")
        await paste(at, f"before\n{text}")
        lines = editor(at).text.split("\n")
        assert lines[0] == "before"
        assert "".join(lines[1:]) == text
        assert max(map(len, lines)) <= LONGEST_LINE
        assert all(line.endswith(" ") for line in lines[1:-1]) or " " not in text
        assert at.last_said == "Lines of more than 2,000 letters were broken into shorter ones"


async def test_wide_and_combining_letters_are_typed_wrapped_and_kept(started: Bench) -> None:
    async with driven(started) as at:
        await at.press("enter", "enter")
        await at.type(BEYOND + "日本語" * 20)
        assert editor(at).text == BEYOND + "日本語" * 20
        assert all(len(line) <= 80 for line in at.lines)
        assert "日本語" in at.text
        await at.press("escape", "tab", "shift+tab")
        assert meeting_in(at).notes[FIRST] == BEYOND + "日本語" * 20
        assert editor(at).text == BEYOND + "日本語" * 20


async def test_a_paste_is_saved_as_it_is_shown_so_that_saving_moves_nothing(started: Bench) -> None:
    async with driven(started) as at:
        await at.press("enter", "enter")
        await paste(at, "one\ttwo\r\nthree\x07")
        assert editor(at).text == "one two\nthree␇"
        await at.press("home")
        await at.cut_off()
        await at.type(">")
        assert editor(at).text == "one two\n>three␇"
        await at.press("ctrl+underscore", "ctrl+underscore")
        assert editor(at).text == ""


async def test_a_paste_out_of_a_text_does_nothing(started: Bench) -> None:
    async with driven(started) as at:
        await at.press("enter")
        before = state_of(at.store)
        await paste(at, "x\nd\n*")
        assert state_of(at.store) == before


async def test_each_new_line_begins_with_its_minute_while_that_is_on(started: Bench) -> None:
    async with driven(started) as at:
        await at.press("enter", "M")
        assert at.last_said == "New lines of the notes begin with their minute, now [00]"
        await at.press("enter")
        assert "with minutes" in at.text
        await at.forward(minutes=7)
        await at.type("Sold")
        await at.forward(minutes=1)
        await at.type(" airtime")
        await at.press("enter", "enter")
        await at.forward(minutes=1)
        await at.type("By accident")
        assert editor(at).text == "[07] Sold airtime\n\n[09] By accident"
        await at.press("tab")
        await at.type("Email")
        await at.press("escape", "M")
        assert at.last_said == "New lines of the notes begin without the minute"
        await at.press("enter", "enter")
        await at.type("no minute")
        await at.press("escape")
        assert meeting_in(at).notes[SECOND] == "[09] Email\nno minute"


async def test_a_minute_is_text_like_any_other_and_comes_only_with_a_letter_typed(started: Bench) -> None:
    async with driven(started) as at:
        await at.press("enter", "M", "enter", "space")
        assert editor(at).text == " "
        await at.press("backspace")
        await paste(at, "pasted")
        assert editor(at).text == "pasted"
        await at.press("home", "x")
        assert editor(at).text == "xpasted"
        await at.press("end", "enter", "y")
        assert editor(at).text == "xpasted\n[00] y"
        await at.press(*["backspace"] * 6)
        assert editor(at).text == "xpasted\n"
        await at.press("z", "ctrl+underscore")
        assert editor(at).text == "xpasted\n"


async def test_the_thank_you_quotes_an_answer_without_its_minutes(started: Bench) -> None:
    async with driven(started) as at:
        await at.press("enter", "M", "enter")
        await at.type("Sold airtime")
        await at.press("escape", "*", "x", "escape", "t")
        assert "Thank-you" in at.text
        assert "Sold airtime" in at.flat
        await at.read()
        assert "[00]" not in at.text


PLACES = {
    "notes": ("enter", "enter"),
    "general notes": ("enter", "G", "enter"),
    "referral": ("enter", "r"),
    "promise": ("enter", "p"),
    "a question of one's own": ("enter", "a"),
}

OFTEN = ("notes", "promise")
"""One of each kind of text, tried in the usual run."""

ALL_KINDS: list[str | tuple[str, str]] = [
    PRINTABLE, ("paste", "x\n".join(SEQUENCES)), BEYOND, ("paste", BEYOND + "\r\n\t\0"), "7*?",
]  # fmt: skip
"""Every letter and sign of a keyboard, letters beyond it, and pastes with the commands of a terminal."""

anything = st.one_of(
    st.text(PRINTABLE + BEYOND, min_size=1, max_size=12),
    st.tuples(st.just("paste"), st.text(max_size=40)),
    st.tuples(st.just("paste"), st.lists(st.sampled_from(SEQUENCES), max_size=4).map("x\n".join)),
)


@pytest.mark.parametrize("place", OFTEN)
async def test_every_letter_typed_or_pasted_into_a_text_is_text_and_nothing_else(
    library: Library, place: str
) -> None:
    await typed(library, PLACES[place], ALL_KINDS)


@pytest.mark.long
@pytest.mark.parametrize("place", PLACES)
def test_whatever_is_typed_or_pasted_into_a_text_is_text_and_nothing_else(
    library: Library, place: str
) -> None:
    @settings(max_examples=30)
    @given(st.permutations(PRINTABLE).map("".join), st.lists(anything, max_size=6))
    def holds(everything: str, more: list[str | tuple[str, str]]) -> None:
        asyncio.run(typed(library, PLACES[place], [everything, *more]))

    holds()


async def typed(library: Library, way: tuple[str, ...], what: list[str | tuple[str, str]]) -> None:
    """Type and paste into every text of a place; whatever happens, it stays text, and only there."""
    bench = Bench(library)
    mei = bench.services.address_book.add({"name": "Mei Tanaka"})
    bench.services.interviewing.start_now(mei.id)
    async with driven(bench) as at:
        await at.press(*way)
        before, meeting, screen, said = state_of(bench.store), meeting_in(at), at.app.screen, list(at.said)
        fields = [widget for widget in screen.query("Line, Area, NotesEditor") if widget.display]
        for field in fields:
            assert isinstance(field, Line | Area | NotesEditor)
            field.focus()
            await at.settle()
            whole = field.value if isinstance(field, Line) else field.text
            if isinstance(field, Line):
                field.cursor_position = len(whole)
            for item in what:
                if isinstance(item, str):
                    await at.type(item)
                    whole += item
                elif isinstance(field, Line):
                    await paste(at, item[1])
                    whole += one_line(" ".join(item[1].splitlines()))
                else:
                    await paste(at, item[1])
                    whole += many_lines(item[1])
            assert (field.value if isinstance(field, Line) else field.text) == whole
            assert at.app.screen is screen
            assert at.app.focused is field
            assert not any("\x1b" in line or "\x9b" in line for line in at.lines)
            if isinstance(field, NotesEditor):
                await at.cut_off()
                assert list(meeting_in(at).notes.values()) == [whole]
        await at.cut_off()
        after, now = state_of(bench.store), meeting_in(at)
        changed = {key for key in before.keys() | after.keys() if after.get(key) != before.get(key)}
        assert all(key == ("interviews", now.id) or isinstance(after[key], Unfinished) for key in changed)
        assert (now.countdown, now.checklist, now.current, now.named, now.captured, now.ended_at) == (
            meeting.countdown, meeting.checklist, meeting.current, (), (), None,
        )  # fmt: skip
        assert at.said == said
