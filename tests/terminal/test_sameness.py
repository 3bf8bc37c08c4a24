"""Thrifty drawing shows what Textual alone would show: every frame of a walk, on two kinds of terminal."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO
from unicodedata import category, normalize

import pytest
from warmcall.terminal.styles import PLAIN, SEEN_ON_BLANKS, CellStyle, cell_style_of
from warmcall.terminal.textual_patches import SYNC_BYTES

from tests.requirements import needs
from tests.terminal.emulator import PATIENCE_SECONDS, Terminal
from tests.terminal.walking import Frame, Walk, cells, emulator, rubbish, runs_of_a_size, walk

COLOURS = {
    "16 colours": {"TERM": "xterm-16color"},
    "256 colours": {"TERM": "xterm-256color"},
    "true colour": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "no colour": {"TERM": "xterm-256color", "NO_COLOR": "1"},
}


USUAL_COLOURS = "256 colours"
"""The colours of the usual run: the ways of drawing are the same in all."""


@pytest.fixture(scope="module")
def walks() -> dict[str, Walk]:
    """The walks so far by their colours, so that each is walked once."""
    return {}


@pytest.fixture(
    params=[
        USUAL_COLOURS,
        *(pytest.param(colours, marks=pytest.mark.long) for colours in COLOURS if colours != USUAL_COLOURS),
    ]
)
def walked(
    request: pytest.FixtureRequest, walks: dict[str, Walk], tmp_path_factory: pytest.TempPathFactory
) -> Walk:
    """A walk in some colours."""
    colours: str = request.param
    if colours not in walks:
        walks[colours] = walk(tmp_path_factory.mktemp("walk"), COLOURS[colours])
    return walks[colours]


def test_every_frame_of_a_walk_looks_as_textual_alone_would_draw_it(walked: Walk) -> None:
    frames = 0
    for run in runs_of_a_size(walked.frames):
        (ours, our_stream), (theirs, their_stream) = emulator(run[0].size), emulator(run[0].size)
        for frame in run:
            our_stream.feed(frame.sent)
            their_stream.feed(frame.alone)
            if not frame.fits:
                continue
            changed = sorted(ours.dirty | theirs.dirty)
            assert cells(ours, changed) == cells(theirs, changed)
            ours.dirty.clear()
            theirs.dirty.clear()
            assert (ours.cursor.x, ours.cursor.y) == (theirs.cursor.x, theirs.cursor.y)
            frames += 1
        if run[-1].fits:
            assert cells(ours) == cells(theirs)
    assert frames > 60
    assert len(walked.steps) > 60


def test_a_walk_costs_a_fraction_of_what_textual_alone_sends(walked: Walk) -> None:
    sent = sum(len(frame.sent) for frame in walked.frames)
    assert sent < 0.35 * sum(len(frame.alone) for frame in walked.frames)
    assert all(len(frame.sent) < max(len(frame.alone), SYNC_BYTES) for frame in walked.frames)


class Tmux:
    """A tmux with two panes, each of which shows what is sent to it, and each on a terminal of its own.

    Those terminals know nothing of colours where they erase, so that tmux writes all blanks that have one.
    """

    def __init__(self, folder: Path) -> None:
        self._command = ("tmux", "-u", "-S", str(folder / "socket"), "-f", "/dev/null")
        self._files: list[IO[bytes]] = []
        self._terminals: dict[str, Terminal] = {}
        self._sent = 0
        self._size = (80, 24)
        for name in ("ours", "theirs"):
            os.mkfifo(folder / name)
            show = f"stty raw -echo; exec cat '{folder / name}'"
            self._run("new-session", "-d", "-x", "80", "-y", "24", "-s", name, f'/bin/sh -c "{show}"')
            self._run("set", "-g", "status", "off")
            self._files.append((folder / name).open("wb", buffering=0))
            attach = (*self._command, "-T", "256,RGB", "attach", "-t", name)
            self._terminals[name] = Terminal(
                home=folder, environ={"TERM": "screen-256color"}, program=attach, fork=False
            )
        self._wipe()

    def close(self) -> None:
        """Leave nothing behind."""
        for file in self._files:
            file.close()
        for terminal in self._terminals.values():
            terminal.close()
        subprocess.run([*self._command, "kill-server"], check=False, capture_output=True)

    def show_frames(self, frames: list[Frame]) -> None:
        """Show frames one after the other, in a window of the size of each."""
        for frame in frames:
            if frame.size != self._size:
                self._settle()
                self._size = frame.size
                for name, terminal in self._terminals.items():
                    terminal.resize(*frame.size)
                    terminal.wait_until(partial(self._is_of_size, name), "not of the new size")
                self._wipe()
            self._send(frame.sent, frame.alone)

    def screens(self) -> list[object]:
        """What both panes show: where the cursor is, every cell, and the letters with every attribute."""
        self._settle()
        found: list[object] = []
        for name, terminal in self._terminals.items():
            text = self._run("capture-pane", "-p", "-e", "-N", "-t", name)
            letters = styled_letters(text)
            words = "".join(letter for letter, _ in letters)
            terminal.wait_until(partial(shows, terminal, words), "not what is in the pane")
            cursor = self._run(*self._ask(name, "#{cursor_x} #{cursor_y}"))
            found.append((cursor, cells(terminal.screen), letters))
        return found

    def _wipe(self) -> None:
        self._send(*[f"\x1b[?1049h\x1b[?7l{rubbish(self._size)}"] * 2)

    def _send(self, *texts: str) -> None:
        for file, text in zip(self._files, texts, strict=True):
            file.write(text.encode())

    def _settle(self) -> None:
        """Wait until both panes have shown all that was sent, by a title sent after it."""
        self._sent += 1
        title = f"frame {self._sent}"
        self._send(*[f"\x1b]2;{title}\x07"] * 2)
        end = time.monotonic() + PATIENCE_SECONDS
        while any(title not in self._run(*self._ask(name, "#{pane_title}")) for name in ("ours", "theirs")):
            assert time.monotonic() < end, "tmux does not take it"

    def _is_of_size(self, name: str) -> bool:
        size = self._run(*self._ask(name, "#{pane_width} #{pane_height}"))
        return size.split() == [*map(str, self._size)]

    def _ask(self, name: str, form: str) -> tuple[str, ...]:
        return ("display-message", "-p", "-t", name, form)

    def _run(self, *words: str) -> str:
        return subprocess.run(
            [*self._command, *words], check=True, capture_output=True, encoding="utf-8"
        ).stdout


def shows(terminal: Terminal, words: str) -> bool:
    """Return whether a terminal shows these words, marks and blank ends aside."""
    return bare(terminal.text) == bare(words)


def bare(text: str) -> str:
    """Return a text without marks, which terminals keep in ways of their own, and blank ends of lines."""
    letters = "".join(
        letter for letter in normalize("NFD", text) if letter == "\n" or category(letter)[0] not in "MC"
    )
    return "\n".join(line.rstrip() for line in letters.split("\n")).rstrip()


def styled_letters(text: str) -> list[tuple[str, CellStyle]]:
    """Return the letters of a captured pane with all that is seen of their styles.

    Blanks at the ends of lines are left out: tmux gives those that were written, not those erased.
    """
    found: list[tuple[str, CellStyle]] = []
    codes: list[str] = []
    for sequence, letter in re.findall(r"\x1b\[([0-9;]*)m|([^\x1b])", text):
        if letter:
            style = cell_style_of(";".join(codes))
            if letter in " \n" and SEEN_ON_BLANKS.isdisjoint(style.attributes):
                style = PLAIN._replace(background=style.background)
            while letter == "\n" and found and found[-1][0] == " " and not found[-1][1].attributes:
                found.pop()
            found.append((letter, PLAIN if letter == "\n" else style))
        else:
            codes = [] if sequence.partition(";")[0] in ("", "0") else codes
            codes += [code for code in [sequence.removeprefix("0").removeprefix(";")] if code]
    return found


@pytest.fixture
def tmux(short_folder: Path) -> Iterator[Tmux]:
    """A tmux with two panes."""
    found = Tmux(short_folder)
    yield found
    found.close()


@needs("tmux")
def test_in_tmux_every_step_of_a_walk_looks_as_textual_alone_would_draw_it(walked: Walk, tmux: Tmux) -> None:
    done = 0
    for count in sorted(set(walked.steps)):
        tmux.show_frames(walked.frames[done:count])
        done = count
        if walked.frames[count - 1].fits:
            ours, theirs = tmux.screens()
            assert ours == theirs, f"after frame {count}"
