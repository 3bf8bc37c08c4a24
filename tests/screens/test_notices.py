"""What is said in passing stands at the bottom, covers nothing that is needed, and can be read again."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import patch

import pytest
from textual.widgets import Input
from warmcall.screens.notices import NoticesDialog
from warmcall.screens.queue.screen import QueueScreen
from warmcall.widgets.bars import KeyBar
from warmcall.widgets.notice_line import NoticeLine
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.screens.driving import Driver, driven
from tests.screens.walk_checks import resized

SHORT, LONG = "Nothing to undo", "Written to " + "/a-folder" * 11
"""A notice of one line, and one of two or three."""


def whole(at: Driver) -> str:
    """Return the notice as it stands on the uppermost screen, without its spaces and breaks."""
    line = at.app.screen.query_one(NoticeLine)
    assert line.region.bottom == at.app.size.height
    return "".join("".join(at.lines[line.region.y : line.region.bottom]).split())


async def test_it_stands_over_the_keys_until_another_or_its_time_is_over(demo: Bench) -> None:
    async with driven(demo) as at:
        hints, above = at.footer, at.lines[:-1]
        timers: list[tuple[float, Callable[[], None]]] = []
        with patch.object(at.app, "set_timer", lambda *timer: timers.append(timer)):
            at.app.say(SHORT)
            await at.settle()
            assert (at.lines[:-1], at.footer) == (above, f" {SHORT}")
            at.app.notify("The line is gone: " + "wait. " * 20, severity="warning")
            await at.settle()
        assert at.lines[-2].startswith(" ! The line is gone")
        (first, _), (second, is_over) = timers
        assert first == 4
        assert second == pytest.approx(138 / 15)
        is_over()
        await at.settle()
        assert (at.lines[:-1], at.footer) == (above, hints)


@pytest.mark.parametrize(
    "keys", ["", "3", "2", "3 o", "z", "f", "question_mark", "P", "I", "3 tab tab enter"]
)
async def test_it_covers_no_key_of_a_dialog_no_reply_and_no_row_and_moves_no_focus(
    demo: Bench, keys: str
) -> None:
    async with driven(demo) as at:
        await at.press(*keys.split())
        focused = at.app.focused
        each_after_each = (SHORT, LONG, SHORT, LONG, LONG)
        for size, texts in (
            ((60, 20), each_after_each), ((80, 24), (LONG,)), ((60, 14), (LONG, SHORT)), ((50, 12), (LONG,)),
        ):  # fmt: skip
            await resized(at, size)
            bar = at.app.screen.query_one(KeyBar)
            for text in texts:
                at.app.say(text)
                await at.settle()
                where = f"{text} at {size}:\n{at.text}"
                line = at.app.screen.query_one(NoticeLine).region
                assert whole(at) == "".join(text.split()), where
                hints = [bar.region] if at.app.screen.query("#box") else []
                is_small = any(label.display for label in at.app.screen.query("#too-small"))
                bodies = [] if is_small else [body.region for body in at.app.screen.query("#body, #practice")]
                covered = [region for region in (*hints, *bodies) if region.overlaps(line)]
                assert not covered, where
                assert at.app.focused is focused, where
            await at.read()


async def test_it_stays_on_when_its_dialog_closes_and_the_dialog_has_it_when_one_opens(demo: Bench) -> None:
    async with driven(demo) as at:
        for key in ("z", "escape"):
            at.app.say(key)
            await at.press(key)
            lines = [line for screen in at.app.screen_stack for line in screen.query(NoticeLine)]
            assert [line.display for line in lines if line.display] == [True]
            assert at.app.screen.query_one(NoticeLine).display


async def test_letters_typed_while_it_stands_go_where_they_went(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("slash")
        await at.type("He")
        at.app.say(SHORT)
        await at.settle()
        await at.type("len")
        assert isinstance(at.app.focused, Input)
        assert at.app.focused.value == "Helen"
        assert at.footer == f" {SHORT}"


async def test_the_last_fifty_are_listed_the_newest_first_to_be_copied_whole(demo: Bench) -> None:
    async with driven(demo) as at:
        for number in range(60):
            at.app.say(f"{LONG} {number}")
        at.clock.forward(hours=24)
        at.app.notify("The newest", severity="warning")
        await at.press("M")
        assert at.shows(NoticesDialog)
        rows = at.one(Rows, "notices").rows
        assert len(rows) == 50
        assert rows[0].cells == ("09:00", "! The newest")
        assert rows[1].cells == ("Mon 09:00", f"{LONG} 59")
        await at.press("j", "enter")
        assert at.copied == [f"{LONG} 59"]
        assert at.shows(QueueScreen)
        await at.press("z", "ctrl+g")
        assert at.shows(NoticesDialog)
        await at.press("M")
        assert not at.shows(NoticesDialog)


async def test_without_a_message_the_list_says_so(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("M", "enter")
        assert at.last_said == "There are no messages yet"
