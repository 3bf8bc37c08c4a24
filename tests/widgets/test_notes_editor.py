from __future__ import annotations

from unittest.mock import patch

from warmcall.widgets.notes_editor import NotesEditor

from tests.widgets.stage import staged


async def test_text_not_saved_yet_survives_a_repaint_of_the_same_question() -> None:
    editor = NotesEditor()
    async with staged(editor) as at:
        editor.show("q1", "as it was")
        editor.focus()
        await at.press("x")
        editor.show("q1", "from elsewhere")
        assert editor.text == "as it wasx"
        assert editor.mark_saved() == "as it wasx"
        editor.show("q1", "from elsewhere")
        assert editor.text == "from elsewhere"


async def test_another_question_brings_its_own_text_with_the_cursor_at_its_end() -> None:
    editor = NotesEditor()
    async with staged(editor) as at:
        editor.show("q1", "one")
        editor.focus()
        await at.press("x")
        editor.show("q2", "two\nlines")
        assert (editor.text, editor.cursor_location) == ("two\nlines", (1, 5))
        assert not editor.unsaved


async def test_the_first_letter_asks_to_be_saved_and_those_after_it_together_within_half_a_second() -> None:
    editor = NotesEditor()
    async with staged(editor) as at:
        with patch.object(editor, "set_timer") as set_timer:
            editor.focus()
            await at.press("a", "b", "c")
            ((seconds, ask), _) = set_timer.call_args
            assert set_timer.call_count == 1
            assert seconds <= 0.5
            assert len(at.received(NotesEditor.SaveRequested)) == 1
            ask()
            await at.pilot.pause()
            assert len(at.received(NotesEditor.SaveRequested)) == 1
            await at.press("d")
            assert set_timer.call_count == 2
            editor.mark_saved()
            ask()
            await at.pilot.pause()
            assert at.received(NotesEditor.SaveRequested) == []


async def test_escape_and_tab_ask_to_leave_and_to_step() -> None:
    editor = NotesEditor()
    async with staged(editor) as at:
        editor.focus()
        await at.press("tab", "shift+tab", "escape")
        received = at.received(NotesEditor.Stepped, NotesEditor.Left)
        assert [getattr(item, "by", "left") for item in received] == [1, -1, "left"]
        assert editor.text == ""


async def test_control_characters_of_a_saved_text_are_made_visible() -> None:
    editor = NotesEditor()
    async with staged(editor) as at:
        editor.show("q1", "a\x1b[31mb\r\nc\td")
        await at.pilot.pause()
        assert editor.text == "a␛[31mb\nc d"
        assert not editor.unsaved
        assert not any("\x1b" in line for line in at.lines)


def test_the_labels_say_what_tab_and_shift_tab_go_to() -> None:
    editor = NotesEditor(labels=("Next question", "Previous"))
    assert [editor.label_of(action) for action in ("step(1)", "step(-1)", "out")] == [
        "Next question", "Previous", "",
    ]  # fmt: skip


async def test_typing_is_undone_with_the_key_of_a_shell() -> None:
    editor = NotesEditor()
    async with staged(editor) as at:
        editor.show("q1", "as it was")
        editor.focus()
        await at.press("x", "ctrl+underscore")
        assert editor.text == "as it was"
