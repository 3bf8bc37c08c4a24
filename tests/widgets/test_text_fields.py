"""Texts of several lines: whatever is typed, pasted and undone in them, at any size of the window."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from warmcall.widgets.form import Area, Field, Form
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.text_area import PlainTextArea
from warmcall.widgets.text_fields import Line

from tests.profiles import modest
from tests.screens.driving import strips_of
from tests.widgets.stage import staged

LINES = st.sampled_from(["", "x", "a few words more than fit", "日本語の長い行です", "y" * 90])
PASTES = st.lists(LINES, min_size=1, max_size=60).map("\n".join)
PLACES = st.tuples(st.integers(0, 60), st.integers(0, 40))
STEPS = st.one_of(
    st.tuples(st.just("type"), st.sampled_from("ab日 \n")),
    st.tuples(st.just("paste"), PASTES),
    st.tuples(st.just("action"), st.sampled_from(["delete_left", "delete_word_left", "delete_line"])),
    st.tuples(st.just("action"), st.sampled_from(["undo", "redo"])),
    st.tuples(st.just("select"), st.tuples(PLACES, PLACES)),
    st.tuples(st.just("scroll"), st.integers(0, 80)),
    st.tuples(st.just("resize"), st.tuples(st.integers(8, 90), st.integers(3, 30))),
    st.tuples(st.just("wrap"), st.booleans()),
)


async def do(area: PlainTextArea, at: Any, name: str, value: Any) -> None:
    """Do one of STEPS; only a new size waits until it is drawn."""
    if name == "type":
        area.replace_selection(area.prepare_typed(value))
    elif name == "paste":
        area.on_paste(events.Paste(value))
    elif name == "action":
        getattr(area, f"action_{value}")()
    elif name == "select":
        area.move_cursor(value[0])
        area.move_cursor(value[1], select=True)
    elif name == "scroll":
        area.scroll_to(y=value, animate=False)
    elif name == "resize":
        await at.pilot.resize_terminal(*value)
        await at.pilot.pause()
    else:
        area.soft_wrap = value


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", ""),
        ("", "a hint"),
        ("a value", "a hint"),
        ("日本語の長い行です", ""),
        ("wider than the line " * 3, ""),
    ],
)
async def test_a_line_without_a_caret_is_drawn_as_textual_draws_it(text: str, hint: str) -> None:
    form = Form([Field("name", "Name", hint), Field("other", "Other")], {"name": text})
    async with staged(form, (40, 3)) as at:
        form.focus_field("other")
        await at.pilot.pause()
        ours = [strip.simplify() for strip in strips_of(at.pilot.app)]
        with pytest.MonkeyPatch.context() as patched:
            patched.delattr(Line, "render_line")
            for line in form.query(Line):
                line.refresh()
            await at.pilot.pause()
            assert [strip.simplify() for strip in strips_of(at.pilot.app)] == ours


@pytest.mark.parametrize("kind", [NotesEditor, Area])
@settings(modest, max_examples=15)
@given(steps=st.lists(STEPS, max_size=20))
async def test_undo_of_everything_gives_the_beginning_and_redo_of_everything_the_end(
    kind: type[PlainTextArea], steps: list[tuple[str, Any]]
) -> None:
    area = kind()
    async with staged(area, (30, 6)) as at:
        area.focus()
        for name, value in steps:
            await do(area, at, name, value)
        while area.history.redo_stack:
            area.action_redo()
        end = area.text
        while area.history.undo_stack:
            area.action_undo()
        assert area.text == ""
        await at.pilot.pause()
        while area.history.redo_stack:
            area.action_redo()
        assert area.text == end
        await at.pilot.pause()
        assert area.clamp_visitable(area.cursor_location) == area.cursor_location


@pytest.mark.parametrize("kind", [NotesEditor, Area])
async def test_a_long_paste_is_undone_where_it_made_the_text_scroll(kind: type[PlainTextArea]) -> None:
    area = kind()
    async with staged(area) as at:
        area.focus()
        await at.press("x")
        area.on_paste(events.Paste("\n".join(f"line {number}" for number in range(40))))
        await at.pilot.pause()
        await at.press("ctrl+underscore")
        assert (area.text, area.cursor_location) == ("x", (0, 1))
        await at.press("ctrl+y")
        assert area.cursor_location == (39, 7)
