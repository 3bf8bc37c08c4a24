from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from warmcall.widgets.bars import CountdownLine, TopBar, hints_that_fit

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
async def test_what_must_stay_visible_keeps_its_place_and_the_rest_gives_way(
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


async def test_the_top_bar_is_drawn_only_when_something_in_it_changes() -> None:
    bar = TopBar(TABS, "People")
    async with staged(bar, (60, 5)):
        with patch.object(bar, "refresh") as refresh:
            bar.show("12:41 left", "", DUE)
            bar.show("12:41 left", "", DUE)
        assert refresh.call_count == 1


HINTS = [("Enter", "Open"), ("z", "Snooze"), ("c", "Call")]
HELP = ("?", "help")


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, [*HINTS, HELP]),
        (39, [*HINTS, HELP]),
        (38, [*HINTS[:2], HELP]),
        (31, [*HINTS[:2], HELP]),
        (30, [HINTS[0], HELP]),
        (21, [HINTS[0], HELP]),
        (20, [HELP]),
        (9, [HELP]),
        (3, [HELP]),
    ],
)
def test_only_hints_that_fit_whole_are_shown_and_help_always(
    width: int, shown: list[tuple[str, str]]
) -> None:
    assert hints_that_fit(HINTS, HELP, width) == shown


def test_without_help_the_room_is_for_the_rest() -> None:
    assert hints_that_fit(HINTS, None, 23) == HINTS[:2]
    assert hints_that_fit([], None, 80) == []


_words = st.text("abc 佐藤", min_size=1, max_size=8)


@given(st.lists(st.tuples(_words, _words), max_size=8), st.integers(20, 90))
def test_what_is_chosen_is_a_beginning_and_fits(hints: list[tuple[str, str]], width: int) -> None:
    *chosen, last = hints_that_fit(hints, HELP, width)
    assert last == HELP
    assert chosen == hints[: len(chosen)]
    assert 1 + sum(cell_len(key) + 1 + cell_len(label) + 2 for key, label in [*chosen, last]) <= width


@pytest.mark.parametrize(
    ("width", "share", "bar"),
    [
        (77, -1.0, "░░░░░░░░░░░░░░░░░░░░░░░░░▒▒▒▒▒"),
        (77, 0.5, "███████████████░░░░░░░░░░▒▒▒▒▒"),
        (77, 0.9, "███████████████████████████▒▒▒"),
        (77, 7.5, "██████████████████████████████"),
        (67, 0.5, "██████████░░░░░░░▒▒▒"),
        (97, 0.0, "░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░▒▒▒▒▒▒▒▒"),
    ],
)
async def test_the_bar_is_as_wide_as_there_is_room_and_the_close_is_marked_on_it(
    width: int, share: float, bar: str
) -> None:
    line = CountdownLine()
    async with staged(line, (width, 3)) as at:
        line.show(share, 0.16, "question 1 of 7 · ", ("on pace", "$success"))
        await at.pilot.pause()
        assert at.lines[0] == f" {bar} question 1 of 7 · on pace"


async def test_the_bar_gives_way_to_the_pace_and_that_comes_before_the_question() -> None:
    line, pace = CountdownLine(), "1:10 each · behind: skip question 6? Esc D: yes"
    async with staged(line, (60, 3)) as at:
        line.show(0.5, 0.0, "question 4 of 7 · ", (pace, ""))
        await at.pilot.pause()
        assert at.lines[0] == f" █████░░░░░ {pace}"


async def test_stacked_the_words_stand_below_the_bar() -> None:
    line = CountdownLine(stacked=True)
    async with staged(line, (22, 3)) as at:
        line.show(0.5, 0.2, "question 1 of 7 · ", ("on pace", ""))
        await at.pilot.pause()
        assert at.lines[:2] == [f" {'█' * 10}{'░' * 6}{'▒' * 4}", " on pace"]


async def test_the_countdown_line_is_drawn_only_when_a_cell_or_a_word_changes() -> None:
    line = CountdownLine()
    async with staged(line, (60, 3)):
        line.show(0.5, 0.15, "", ("words", ""))
        with patch.object(line, "refresh") as refresh:
            line.show(0.501, 0.15, "", ("words", ""))
            assert refresh.call_count == 0
            line.show(0.501, 0.15, "", ("words", "bold"))
            line.show(0.8, 0.15, "", ("words", "bold"))
            assert refresh.call_count == 2
