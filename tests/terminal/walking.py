"""A walk over every screen and dialog of warmcall, written down frame by frame."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pyte

from tests.terminal.emulator import Terminal, WhollyErasedScreen

NAME = "李美玲 Zoe\u0301 Ångström 🎉"
RUBBISH = "\x1b[45;1m{}\x1b[m"


class Frame(NamedTuple):
    """One frame: the size of the window, what was sent, and what Textual alone would have sent.

    A frame that does not fit was laid out for the size before; Textual alone scrolls the screen with it.
    """

    size: tuple[int, int]
    fits: bool
    sent: str
    alone: str


class Walk(NamedTuple):
    """A walk through the app: its frames, and how many of them there were after each step."""

    frames: list[Frame]
    steps: list[int]


def walk(folder: Path, environ: dict[str, str]) -> Walk:
    """Walk over every screen and dialog, typing, scrolling and resizing, and check the real terminal too."""
    path, home = folder / "frames", folder / "home"
    path.touch()
    home.mkdir()
    program = (sys.executable, "-m", "tests.terminal.recorder", str(path))
    at = Terminal("demo", home=home, environ=environ, program=program)
    steps: list[int] = []
    try:

        def seen(*texts: str, gone: str = "") -> None:
            at.wait_for(*texts, gone=gone)
            steps.append(len(path.read_text(encoding="utf-8").splitlines()))

        def press(key: str, *texts: str, gone: str = "") -> None:
            at.press(key)
            seen(*texts, gone=gone)

        seen("[1 Queue]", "◷ Mei Tanaka", "sample")
        for key in ("j", "j", "G", "g", "\x04", "\x15"):
            press(key, "[1 Queue]")
        press("z", "week")
        press("Esc", "[1 Queue]", gone="a week")
        press("?", "The keys here and now")
        for key in ("j", "\x1b[6~", "k"):
            press(key, "The keys here and now")
        press("?", "[1 Queue]", gone="The keys here and now")
        press(":", "Find anything")
        press("que", "que")
        press("Esc", "[1 Queue]")
        press("2", "[2 People]", "Dana Whitfield")
        press("a", "A new contact")
        for words in (NAME, "Tab", "Tab", "北京 Agency e\u0301", "ctrl+s"):
            press(words)
        seen("[2 People]", "in the queue to be called", gone="A new contact")
        for key in ("/", "李", "Enter", "Enter"):
            press(key)
        seen("李")
        for key in ("Down", "Up", "Esc", "Esc"):
            press(key)
        press("6", "[6 Target]")
        press("3", "[3 Call]")
        press("o", "How did it end?")
        press("Esc", "[3 Call]", gone="How did it end?")
        press("6", "[6 Target]")
        press("4", "[4 Interview]")
        press("s", " left", "x End")
        press("Enter", "Leave notes")
        for words in (
            "By accident: ",
            "你好, 世界 e\u0301 🎉 ",
            "Enter",
            "Backspace",
            "Left",
            "Left",
            "x",
            "Tab",
        ):
            press(words, "Leave notes")
        press("more words " * 12, "more words")
        for columns, rows in ((60, 20), (120, 40), (40, 10), (80, 24)):
            at.resize(columns, rows)
            seen(" left")
        seen("Leave notes", gone="This window is small")
        at.screen.reset()
        press("\x0c", "[4 Interview]", "more words")
        press("Esc", "x End")
        press("r", "Named by")
        at.resize(120, 40)
        seen("Named by")
        at.resize(80, 24)
        seen("Named by")
        press("Esc", "x End", gone="Named by")
        press("w", "paused")
        press("6", "[6 Target]")
        for key in ("\x1b[6~", "G", "g"):
            press(key, "[6 Target]")
        press("P", "ractice")
        press("Esc", "[6 Target]")
        press("1", "[1 Queue]")
        same_at_rest(at, path)
        press("ctrl+q")
        assert at.wait_for_end() == 0
    finally:
        at.close()
    frames_sent = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return Walk(
        [Frame(tuple(item["size"]), item["fits"], item["sent"], item["alone"]) for item in frames_sent], steps
    )


def same_at_rest(at: Terminal, path: Path) -> None:
    """Check that the terminal shows what Textual alone would have shown, after all that came to it."""

    screen, stream = emulator((at.screen.columns, at.screen.lines))
    shown = 0

    def same() -> bool:
        nonlocal shown
        frames = path.read_text(encoding="utf-8").splitlines()
        for frame in frames[shown:]:
            stream.feed(json.loads(frame)["alone"])
        shown = len(frames)
        return cells(screen) == cells(at.screen)

    at.wait_until(same, "it is not what Textual alone would show")


def emulator(size: tuple[int, int]) -> tuple[pyte.Screen, pyte.Stream]:
    """An emulated terminal full of rubbish, as any is after a change of its size."""
    screen = WhollyErasedScreen(*size)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l" + rubbish(size))
    return screen, stream


def rubbish(size: tuple[int, int]) -> str:
    """What fills a terminal with rubbish."""
    return "".join(f"\x1b[{y + 1}H" + RUBBISH.format("#" * size[0]) for y in range(size[1]))


def cells(screen: pyte.Screen, lines: Iterable[int] | None = None) -> list[list[Any]]:
    """Everything an emulated terminal knows of its cells, or of some lines: letters, colours, attributes."""
    chosen = range(screen.lines) if lines is None else lines
    return [[as_seen(screen.buffer[y][x]) for x in range(screen.columns)] for y in chosen]


def as_seen(character: Any) -> Any:
    """Return a character of an emulated screen without what nobody sees: the colour of a blank's letter."""
    if character.data != " " or character.underscore or character.strikethrough or character.reverse:
        return character
    return character._replace(fg="default", bold=False, italics=False)


def runs_of_a_size(frames: list[Frame]) -> list[list[Frame]]:
    """The frames in runs of one size each."""
    runs: list[list[Frame]] = []
    for frame in frames:
        if not runs or runs[-1][-1].size != frame.size:
            runs.append([])
        runs[-1].append(frame)
    return runs
