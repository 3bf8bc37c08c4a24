"""Windows of every size: what was on the screen comes back, and no key hint is cut in half."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.command import CommandInput, CommandPalette
from textual.geometry import Offset
from textual.widgets import Input, TextArea
from warmcall.screens.dialog import Dialog
from warmcall.widgets.bars import KeyBar

from tests.conftest import Bench
from tests.screens.driving import Driver, driven
from tests.screens.test_looks import everywhere, with_person

Size = tuple[int, int]

USUAL = (80, 24)
SIZES: list[Size] = [
    (120, 40), (60, 20), (60, 14), (40, 10), (1, 1), (200, 60), (20, 5), (1, 24), (80, 1), (2, 2),
]  # fmt: skip
USABLE, SMALL = (50, 14), (40, 10)
"""Below the one a screen says that the window is small; a dialog still shows its keys down to the other."""


class Picture:
    """What a person at the screen would miss if it were gone: the words, the focus, the cursor."""

    def __init__(self, at: Driver) -> None:
        region = at.app.screen.query("#box").first().region if dialog(at) else at.app.screen.region
        if isinstance(at.app.screen, CommandPalette):  # what lies under it may have been scrolled
            region = at.app.screen.query_one(CommandInput).region
        self.words = [line[region.x : region.right] for line in at.lines[region.y : region.bottom]]
        self.focused = at.app.focused
        writing = isinstance(self.focused, TextArea | Input)
        self.cursor = at.app.cursor_position if writing else Offset()


def dialog(at: Driver) -> bool:
    """Return whether a box lies over the screen."""
    return isinstance(at.app.screen, Dialog) and bool(at.app.screen.query("#box"))


async def resized(at: Driver, size: Size) -> None:
    """Make the window that size."""
    await at.pilot.resize_terminal(*size)
    await at.settle()


def hints(at: Driver) -> str:
    """Return what the bottom line has to say."""
    content = at.app.screen.query_one(KeyBar).render()
    return content.plain.strip()


def hints_seen(at: Driver) -> str:
    """Return what of the bottom line is seen."""
    region = at.app.screen.query_one(KeyBar).region
    return at.lines[region.y][region.x : region.right].strip() if region.y < len(at.lines) else ""


async def whole(at: Driver, where: str, sizes: list[Size]) -> None:
    """Take the window through `sizes` and back, looking at every one."""
    before = Picture(at)
    for size in sizes:
        await resized(at, size)
        told = (where, size)
        assert len(at.strips) == size[1], told
        assert {cell_len(strip.text) for strip in at.strips} == {size[0]}, told
        least = SMALL if dialog(at) else USABLE
        if size[0] >= least[0] and size[1] >= least[1] and at.app.screen.query(KeyBar):
            assert hints(at), told
            assert hints_seen(at) == hints(at), told
    await resized(at, USUAL)
    after = Picture(at)
    assert after.words == before.words, where
    assert after.focused is before.focused, where
    assert after.cursor == before.cursor, where


OFTEN = {"queue", "outcome", "notes", "contact form"}
"""Places of every make, taken through some sizes in the usual run."""


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.long)])
async def test_every_screen_and_dialog_bears_every_size_and_comes_back_whole(
    demo: Bench, every: bool
) -> None:
    person = with_person(demo, "Maria Fernandez")
    async with driven(demo, size=USUAL) as at:
        async for where in everywhere(at, person):
            if every or where in OFTEN:
                await whole(at, where, SIZES if every else [(40, 10), (1, 1)])


@pytest.mark.parametrize("size", [(40, 10), (60, 14), (60, 20)])
async def test_no_dialog_hides_the_time_left(demo: Bench, size: Size) -> None:
    meeting = demo.services.interviewing.start_now(with_person(demo, "Maria Fernandez").id)
    assert meeting is not None
    async with driven(demo, size=size) as at:
        await at.press("enter")
        for key in ("r", "p", "v", "o", "question_mark", "a"):
            await at.press(key)
            assert isinstance(at.app.screen, Dialog), key
            assert "20:00 left" in at.top, key
            await at.press("escape")


NARROW: list[Size] = [
    (60, 20),
    (50, 14),
    (52, 14),
    (50, 15),
    (80, 24),
    (76, 24),
    (80, 24),
    (120, 40),
    (60, 20),
]
WORDS = "some notes that are long enough to be broken a few times, wherever the edge is by then, I think"


async def test_words_and_cursor_stay_in_sight_while_the_width_changes_under_them(demo: Bench) -> None:
    async with driven(demo, size=(60, 20)) as at:
        await at.press("4", "s", "enter")
        await at.type(WORDS)
        editor = at.app.focused
        assert isinstance(editor, TextArea)
        for size in NARROW:
            await resized(at, size)
            region = editor.region
            seen = [line[region.x : region.right].strip() for line in at.lines[region.y : region.bottom]]
            assert " ".join(filter(None, seen)) == WORDS, size
            assert at.app.cursor_position == editor.cursor_screen_offset, size
            assert at.lines[at.app.cursor_position.y][: at.app.cursor_position.x].endswith("think"), size
