"""Where drawing by differences is off, where it forgets, and what it leaves to Textual."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, InlineUpdate, LayoutUpdate
from textual.app import App
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from warmcall.terminal import textual_patches
from warmcall.terminal.redraw import Redraw
from warmcall.terminal.textual_patches import (
    PLAIN_STYLE,
    SWITCH,
    SYNC_BYTES,
    DiffedDrawing,
    install_frame_diff,
)

from tests.conftest import Bench
from tests.screens.driving import driven
from tests.terminal.conftest import Opens
from tests.terminal.emulator import Terminal

LINE_END_OF_TEXTUAL = b"\n"
"""What Textual alone sends after each row, and drawing by differences never does."""

# On and off.


def installed(environ: dict[str, str], plain: bool = False) -> bool:
    """Return whether drawing by cells is on for a new app."""
    app = App[None]()
    return install_frame_diff(app, Redraw(app), environ, plain)


def test_it_is_on_with_the_version_of_textual_it_was_made_for() -> None:
    app = App[None]()
    assert install_frame_diff(app, Redraw(app), {})
    assert isinstance(cast("Any", app._display).__self__, DiffedDrawing)


def turned_off(_patch: pytest.MonkeyPatch) -> bool:
    return installed({SWITCH: "1"})


def asked_to_be_plain(_patch: pytest.MonkeyPatch) -> bool:
    return installed({}, plain=True)


def another_version(patch: pytest.MonkeyPatch) -> bool:
    patch.setattr(textual_patches, "version", lambda _name: "8.2.9")
    return installed({})


@pytest.mark.parametrize("on", [turned_off, asked_to_be_plain, another_version])
def test_it_is_off(on: Callable[[pytest.MonkeyPatch], bool], monkeypatch: pytest.MonkeyPatch) -> None:
    assert not on(monkeypatch)


@pytest.mark.parametrize(
    ("arguments", "environ", "plain"),
    [
        (["demo"], {}, False),
        (["--plain-drawing", "demo"], {}, True),
        (["demo"], {SWITCH: "1"}, True),
        (["--plain-drawing", "practice"], {}, True),
        ([], {}, False),
    ],
)
def test_the_app_runs_with_it_and_without_it(
    open_terminal: Opens, arguments: list[str], environ: dict[str, str], plain: bool
) -> None:
    at = open_terminal(*arguments, **environ)
    at.wait_for("? help")
    assert (LINE_END_OF_TEXTUAL in at.bytes) == plain


# What is left to Textual, on an app that notes what is sent.


class Sent:
    """Stands for an app that runs on a terminal of 10 by 2, and notes what is sent and by whom."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.by_textual: list[object] = []
        self.app = SimpleNamespace(
            _display=lambda _screen, update: self.by_textual.append(update),
            _driver=SimpleNamespace(
                write=self.texts.append, flush=lambda: None, is_inline=False, _writer_thread=object()
            ),
            _batch_count=0, _running=True, _closed=False, is_headless=False, _sync_available=True,
            console=SimpleNamespace(color_system="256"), size=Size(10, 2),
            screen=SimpleNamespace(outer_size=Size(10, 2)), cursor_position=Offset(0, 0),
            post_display_hook=lambda: None, log=SimpleNamespace(error=lambda _text: None),
        )  # fmt: skip
        self.drawing = DiffedDrawing(cast("App[None]", self.app), {})
        self.app._display = self.drawing.display

    def show(self, *lines: str, style: Style | None = None) -> None:
        """Have a whole frame sent."""
        strips: Any = [[Strip([Segment(line.ljust(10), style)])] for line in lines]
        self.app._display(None, LayoutUpdate(strips, Region(0, 0, 10, 2)))


@pytest.fixture
def sent() -> Sent:
    return Sent()


def test_a_second_frame_costs_what_differs(sent: Sent) -> None:
    sent.show("ab", "cd")
    sent.show("ab", "cX")
    assert sent.texts == ["\x1b[m\x1b[2J\x1b[Hab\x0b\rcd\x1b[H", "\x0b\x1b[CX\x1b[H"]


def test_a_frame_like_the_last_one_costs_nothing(sent: Sent) -> None:
    sent.show("ab", "cd")
    sent.show("ab", "cd")
    assert len(sent.texts) == 1


def test_the_first_frame_is_whole(sent: Sent) -> None:
    strips: Any = [[Strip([Segment("abcdefghij")])], [Strip([Segment("klmnopqrst")])]]
    whole = LayoutUpdate(strips, Region(0, 0, 10, 2))
    screen: Any = SimpleNamespace(_compositor=SimpleNamespace(render_full_update=lambda: whole))
    chops: Any = [{0: Strip([Segment("abcde")]), 5: None}, {0: None, 5: None}]
    for _ in range(2):
        sent.app._display(screen, ChopsUpdate(chops, [(0, 0, 5)], [[5, 10], [5, 10]]))
    assert sent.texts == ["\x1b[m\x1b[2J\x1b[Habcdefghij\x1b[2Hklmnopqrst\x1b[H"]


def test_pieces_are_cut_as_textual_cuts_them(sent: Sent) -> None:
    sent.show("abcdefghij", "klmnopqrst")
    chops: Any = [{0: Strip([Segment("ABCDE")]), 5: Strip([Segment("FGHIJ")])}, {0: None, 5: None}]
    sent.app._display(None, ChopsUpdate(chops, [(0, 1, 7)], [[5, 10], [5, 10]]))
    assert sent.texts[1] == "ABCDEFG\r"


@pytest.mark.parametrize("words", ["\x1b[2J", "\t"])
def test_a_frame_with_control_characters_is_left_to_textual_and_the_next_is_sent_whole(
    sent: Sent, words: str
) -> None:
    sent.show("ab", "cd")
    sent.show("ab", words)
    assert len(sent.by_textual) == 1
    sent.show("ab", "cd")
    assert sent.texts[1:] == [PLAIN_STYLE, sent.texts[0]]


def test_a_link_is_left_to_textual(sent: Sent) -> None:
    sent.show("ab", "cd", style=Style(link="https://example.org"))
    assert len(sent.by_textual) == 1


def test_another_kind_of_update_is_left_to_textual(sent: Sent) -> None:
    sent.app._display(None, InlineUpdate([]))
    assert len(sent.by_textual) == 1


def test_after_an_error_of_its_own_everything_is_left_to_textual(
    sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> str:
        raise RuntimeError

    sent.show("ab", "cd")
    monkeypatch.setattr(sent.drawing._frame_diff, "draw", fail)
    sent.show("ab", "cX")
    assert len(sent.by_textual) == 1
    assert not hasattr(sent.app, "_display")


@pytest.mark.parametrize("name", ["_batch_count", "_closed", "is_headless"])
def test_nothing_is_sent_where_textual_sends_nothing(sent: Sent, name: str) -> None:
    setattr(sent.app, name, 1)
    sent.show("ab", "cd")
    assert sent.texts == []


def test_only_a_long_frame_is_sent_as_one_that_is_to_be_shown_at_once(sent: Sent) -> None:
    sent.show("ab", "cd")
    sent.drawing.forget()
    for number in range(SYNC_BYTES):
        strips: Any = [
            [Strip([Segment("x", Style(color=f"color({(number + 10 * y + x) % 256})")) for x in range(10)])]
            for y in range(2)
        ]
        sent.app._display(None, LayoutUpdate(strips, Region(0, 0, 10, 2)))
    for text in sent.texts:
        wrapped = text.startswith("\x1b[?2026h") and text.endswith("\x1b[?2026l")
        assert wrapped == (len(text.removeprefix("\x1b[?2026h").removesuffix("\x1b[?2026l")) > SYNC_BYTES)
    assert len({text.startswith("\x1b[?2026h") for text in sent.texts}) == 2


# Where it forgets.


def test_a_terminal_that_was_left_to_others_is_drawn_from_nothing(sent: Sent) -> None:
    sent.show("ab", "cd")
    sent.app._driver._writer_thread = object()
    sent.show("ab", "cd")
    assert sent.texts[1] == sent.texts[0]


async def test_a_bell_a_resize_and_ctrl_l_make_it_forget(bench: Bench) -> None:
    forgot: list[str] = []
    async with driven(bench) as at:
        at.app.redraw.forget_frame = lambda: forgot.append("")
        at.app.bell()
        assert len(forgot) == 1
        at.app.action_redraw()
        assert len(forgot) == 2
        await at.pilot.resize_terminal(90, 30)
        await at.settle()
        assert len(forgot) >= 3


def wipe_with_ctrl_l(at: Terminal) -> None:
    """Lose the picture, and ask for it."""
    at.screen.reset()
    at.press("\x0c")


def shrink_and_grow(at: Terminal) -> None:
    """Lose the picture as a window does that was small for a moment: when we look it has the size it had."""
    at.screen.reset()
    at.child.kill(signal.SIGWINCH)


def stop_and_go_on(at: Terminal) -> None:
    """Lose the picture while it is stopped from outside."""
    at.child.kill(signal.SIGSTOP)
    state = Path(f"/proc/{at.child.pid}/stat")
    at.wait_until(lambda: ") T " in state.read_text(), "it does not stop")
    at.screen.reset()
    at.child.kill(signal.SIGCONT)


def test_a_picture_that_was_lost_is_drawn_anew(in_the_notes: Terminal) -> None:
    in_the_notes.press("By accident.")
    in_the_notes.wait_for("By accident.")
    for lose in (wipe_with_ctrl_l, shrink_and_grow, stop_and_go_on):
        lose(in_the_notes)
        in_the_notes.wait_for("[4 Interview]", "By accident.", "Leave notes")
    assert re.search(rb"\x1b\[[\d;]*38;", in_the_notes.bytes), "no colour is sent"
    assert b"\x1b[?25l" in in_the_notes.bytes
