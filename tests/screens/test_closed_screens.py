"""What is closed is let go of: no dialog, page or text that was left stays in memory."""

from __future__ import annotations

import asyncio
import gc
import heapq
from collections import Counter

from textual.screen import Screen
from textual.widget import Widget

from tests.conftest import Bench
from tests.screens.driving import Driver, driven, fill_with_demo
from tests.screens.walk import with_person

OPENED = (
    "1 R e tab", "z", "f", "question_mark", "colon", "M", "2 enter h", "escape l", "2 a", "e", "p enter",
    "3 B", "o s", "escape n", "5 j enter", "5 w", "5 v", "5 d plus tab", "5 y j j enter escape o",
    "5 y P 3 enter 4", "6 o j W", "6 e", "n", "P enter enter", "I enter x", "4 a", "b", "m", "s r",
    "p", "C", "v", "x e escape t",
)  # fmt: skip
"""The keys that open each kind of dialog and page in turn."""


async def walk(at: Driver) -> set[type[Screen[object]]]:
    """Open and close every kind of dialog and page; return which were seen."""
    seen = set()
    for keys in OPENED:
        await at.press(*keys.split())
        seen |= {type(screen) for screen in at.app.screen_stack}
        while len(at.app.screen_stack) > 1:
            await at.press("escape")
    return seen


def left_in_memory(at: Driver) -> Counter[str]:
    """Count the screens in memory that are not open, and the widgets that are on no screen."""
    assert at.app.displayed_children  # Textual keeps the list of them until it is read again
    loop = asyncio.get_running_loop()
    scheduled = loop._scheduled  # type: ignore[attr-defined]
    scheduled[:] = [timer for timer in scheduled if not timer.cancelled()]  # asyncio does so when time passes
    heapq.heapify(scheduled)
    gc.collect()
    open_screens = {screen for stack in at.app._screen_stacks.values() for screen in stack}
    return Counter(
        type(item).__name__
        for item in gc.get_objects()
        if isinstance(item, Widget)
        and (item not in open_screens if isinstance(item, Screen) else not item.is_attached)
    )


async def test_nothing_of_a_dialog_or_page_stays_in_memory_once_it_is_closed(bench: Bench) -> None:
    fill_with_demo(bench)
    with_person(bench, "Maria Fernandez")
    async with driven(bench, size=(100, 30)) as at:
        assert len(await walk(at)) > 30
        assert left_in_memory(at) == {}
