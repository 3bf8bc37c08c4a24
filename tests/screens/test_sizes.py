"""Windows of every size: what was on the screen comes back, and no key hint is cut in half."""

from __future__ import annotations

from textual.widgets import TextArea
from warmcall.screens.dialog import Dialog

from tests.conftest import Bench
from tests.screens.driving import driven
from tests.screens.walk import with_person
from tests.screens.walk_checks import Size, resized


async def test_no_dialog_hides_the_time_left(demo: Bench) -> None:
    meeting = demo.services.interviewing.start_now(with_person(demo, "Maria Fernandez").id)
    assert meeting is not None
    async with driven(demo, size=(60, 20)) as at:
        await at.press("enter")
        for key in ("r", "p", "v", "o", "question_mark", "a"):
            await at.press(key)
            assert isinstance(at.app.screen, Dialog), key
            for size in ((60, 20), (40, 10), (60, 14)):
                await resized(at, size)
                assert "20:00 left" in at.top, (key, size)
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
        await at.press("6", "4", "s", "enter")
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
