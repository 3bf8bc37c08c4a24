from __future__ import annotations

from unittest.mock import patch

import pytest
from warmcall.widgets.top_bar import TopBar

from tests.widgets.stage import staged

TABS = (("1", "Queue"), ("2", "People"), ("4", "Interview"))


@pytest.mark.parametrize(
    ("width", "left", "unsaved", "shown"),
    [
        (60, "", "", " warmcall   1 Queue [2 People] 4 Interview"),
        (60, "12:41 left", "", " warmcall   1 Queue [2 People] 4 Interview       12:41 left"),
        (50, "12:41 left", "", "  1 Queue [2 People] 4 Interview       12:41 left"),
        (34, "12:41 left", "", "  1 [2 People] 4       12:41 left"),
        (24, "12:41 left", "", "[2 People]   12:41 left"),
        (14, "12:41 left", "", "   12:41 left"),
        (60, "", "saving…", " warmcall   1 Queue [2 People] 4 Interview          saving…"),
        (60, "9:59 left", "saving…", "  1 Queue [2 People] 4 Interview         saving…  9:59 left"),
    ],
)
async def test_what_must_be_in_sight_keeps_its_place_and_the_rest_gives_way(
    width: int, left: str, unsaved: str, shown: str
) -> None:
    bar = TopBar(TABS, "People")
    async with staged(bar, (width, 5)) as at:
        bar.show(left, unsaved)
        await at.pilot.pause()
        assert at.lines[0] == shown


DUE = ("2 late · 4 today", "6 due")


FULL = " warmcall   1 Queue [2 People] 4 Interview "


@pytest.mark.parametrize(
    ("width", "left", "screens", "right"),
    [
        (70, "", FULL, "2 late · 4 today"),
        (60, "", FULL, "6 due"),
        (70, "9:59 left", FULL, "6 due  9:59 left"),
        (60, "12:41 left", "  1 Queue [2 People] 4 Interview ", "6 due  12:41 left"),
        (46, "12:41 left", "  1 Queue [2 People] 4 Interview ", "12:41 left"),
        (40, "12:41 left", "  1 [2 People] 4 ", "6 due  12:41 left"),
        (14, "12:41 left", "", "12:41 left"),
    ],
)
async def test_what_is_due_shows_where_it_pushes_nothing_out(
    width: int, left: str, screens: str, right: str
) -> None:
    bar = TopBar(TABS, "People")
    async with staged(bar, (width, 5)) as at:
        bar.show(left, "", DUE)
        await at.pilot.pause()
        assert at.lines[0] == screens.ljust(width - 1 - len(right)) + right


async def test_nothing_is_drawn_anew_while_nothing_differs() -> None:
    bar = TopBar(TABS, "People")
    async with staged(bar, (60, 5)):
        with patch.object(bar, "refresh") as refresh:
            bar.show("12:41 left", "", DUE)
            bar.show("12:41 left", "", DUE)
        assert refresh.call_count == 1
