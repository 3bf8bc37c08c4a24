"""The mouse, for those who let it in: what a click and the wheel do on every kind of thing."""

from __future__ import annotations

import pytest
from textual.containers import VerticalScroll
from warmcall.screens.call.screen import CallScreen
from warmcall.screens.forms import FormDialog
from warmcall.screens.help import HelpDialog
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.queue.screen import QueueScreen
from warmcall.screens.when_form import WhenDialog
from warmcall.widgets.form import Choice
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.picker import Picker
from warmcall.widgets.rows import Rows
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.screens.driving import driven


async def test_a_click_selects_a_row_and_another_opens_it(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2")
        rows = at.one(Rows, "people")
        await at.click("Luis Ortega")
        assert rows.key == at.contact("Luis Ortega").id
        assert not at.shows(PersonPage)
        await at.click("Luis Ortega")
        assert at.shows(PersonPage)
        assert at.lines[1].startswith(" Luis Ortega ")


async def test_a_double_click_opens_a_row_at_once(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2")
        await at.click("Luis Ortega", times=2)
        assert at.shows(PersonPage)


async def test_the_click_that_brings_the_focus_to_a_list_only_selects(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter", "enter")
        assert at.focused == "during-editor"
        here = at.one(Rows, "during-list").key
        await at.click("▸")
        assert at.focused == "during-list"
        assert at.one(Rows, "during-list").key == here
        await at.click("▸")
        assert at.focused == "during-editor"


async def test_a_heading_is_no_row_but_a_folded_one_is(demo: Bench) -> None:
    async with driven(demo) as at:
        key = at.one(Rows, "queue").key
        await at.click("Overdue")
        assert at.one(Rows, "queue").key == key
        await at.press("left")
        assert at.one(Rows, "queue").key.startswith("#")
        await at.click("Overdue")
        assert at.one(Rows, "queue").key == key


async def test_the_wheel_scrolls_a_list_and_leaves_the_cursor_where_it_is(demo: Bench) -> None:
    async with driven(demo, size=(80, 14)) as at:
        rows = at.one(Rows, "queue")
        key = rows.key
        await at.wheel("Today", 2)
        assert rows.scroll_offset.y > 0
        assert rows.key == key
        await at.wheel("Coming up", -9)
        assert rows.scroll_offset.y == 0


async def test_the_wheel_scrolls_a_text(demo: Bench) -> None:
    async with driven(demo, size=(60, 14)) as at:
        await at.press("6", "3")
        say = at.app.screen.query_one("#say", VerticalScroll)
        before = say.scroll_offset.y
        await at.wheel("Hello", 1)
        assert say.scroll_offset.y > before or say.max_scroll_y == 0
        await at.press("6")
        page = at.app.screen.query_one("#target-page", VerticalScroll)
        assert page.max_scroll_y
        await at.wheel("Your name", 1)
        assert page.scroll_offset.y > 0


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 60)])
async def test_a_click_on_a_screen_in_the_top_line_turns_to_it(demo: Bench, size: tuple[int, int]) -> None:
    async with driven(demo, size=size) as at:
        for label, key in (
            ("People", "2"),
            ("Call", "3"),
            ("Progress", "5"),
            ("Target", "6"),
            ("Queue", "1"),
        ):
            await at.pilot.click(offset=(at.top.index(f" {key} ") + 1, 0))
            await at.settle()
            assert f"[{key} {label}]" in at.top
        await at.press("2", "enter")
        await at.click("[2 People]", right=1)
        assert "[2 People]" in at.top


async def test_a_click_beside_the_screens_in_the_top_line_does_nothing(demo: Bench) -> None:
    async with driven(demo, size=(120, 24)) as at:
        await at.click("warmcall")
        await at.pilot.click(offset=(118, 0))
        await at.settle()
        assert at.shows(QueueScreen)


async def test_a_click_on_a_hint_does_what_its_key_does(demo: Bench) -> None:
    async with driven(demo, size=(120, 30)) as at:
        await at.click("z Snooze")
        assert at.shows(WhenDialog)
        await at.click("2 3 business days", right=5)
        assert at.shows(QueueScreen)
        await at.click("? help", right=2)
        assert at.shows(HelpDialog)
        await at.click("? close")
        assert at.shows(QueueScreen)
        await at.click("Enter Open")
        assert not at.shows(QueueScreen) or at.app.screen_stack[-1] is not at.app.screen_stack[0]


async def test_a_click_on_the_hint_of_a_key_that_cannot_act_says_why(bench: Bench) -> None:
    async with driven(bench, size=(120, 30)) as at:
        await at.press("l")
        await at.click("x Done")
        assert at.last_said == "Nothing is in the queue: a adds someone, f a follow-up"


async def test_a_click_between_two_hints_does_nothing(demo: Bench) -> None:
    async with driven(demo, size=(120, 30)) as at:
        await at.click("z Snooze", right=len("z Snooze"))
        assert at.shows(QueueScreen)
        assert at.said == []


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 60)])
async def test_a_click_on_a_reply_takes_it(demo: Bench, size: tuple[int, int]) -> None:
    async with driven(demo, size=size) as at:
        await at.press("6", "3")
        await at.click("b  ", right=4)
        assert at.shows(CallScreen)
        assert "I won't keep you" in at.flat


async def test_a_click_in_the_notes_puts_the_cursor_there(running: Bench) -> None:
    async with driven(running) as at:
        await at.press("enter", "enter")
        await at.type("first second third")
        await at.press("escape")
        assert at.focused == "during-list"
        await at.click("second third")
        assert at.focused == "during-editor"
        await at.type("my ")
        assert at.one(NotesEditor, "during-editor").text == "first my second third"


async def test_a_click_outside_a_dialog_does_nothing(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("a")
        await at.type("Nora")
        dialog, focused = at.app.screen, at.app.focused
        for place in ((0, 0), (20, 0), (1, 23), (40, 23)):
            await at.pilot.click(offset=place)
            await at.settle()
        assert at.app.screen is dialog
        assert isinstance(dialog, FormDialog)
        assert at.app.focused is focused
        assert at.one(Line, "field-name").value == "Nora"


async def test_fields_are_gone_to_and_their_values_turned_by_clicks(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("a")
        kind = at.one(Choice, "field-kind")
        first = kind.value
        await at.click("Phone", right=16)
        assert at.focused == "field-phone"
        y, x = kind.content_region.y, kind.content_region.x
        await at.pilot.click(offset=(x + 3, y))
        assert kind.value == first
        await at.pilot.click(offset=(x + kind.render().cell_length - 1, y))
        assert kind.value != first
        await at.pilot.click(offset=(x, y))
        assert kind.value == first


async def test_a_click_on_a_match_takes_it(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("a")
        picker = at.app.screen.query(Picker).last()
        picker.focus()
        await at.type("lu")
        await at.settle()
        await at.click("Luis Ortega", right=3)
        assert picker.value == "Luis Ortega"
        assert picker.picked == at.contact("Luis Ortega").id
