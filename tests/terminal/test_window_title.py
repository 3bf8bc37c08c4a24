"""The title of the window: the time left and nothing else, and the user's own again at every end."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from warmcall.terminal.textual_patches import SWITCH
from warmcall.terminal.window_title import WindowTitle, has_title_stack

from tests.requirements import needs
from tests.terminal.conftest import Opens
from tests.terminal.emulator import WARMCALL, Terminal
from tests.terminal.test_shutdown import CRASHING

OWN = "the user's own"
PUSH, POP = "\x1b[22;2t", "\x1b[23;2t"
RunningSince = Callable[[timedelta], None]


class Window:
    """A terminal's window with a title and saved titles; `deaf` ones accept nothing."""

    def __init__(self) -> None:
        self.title = OWN
        self.saved: list[str] = []
        self.sent: list[str] = []
        self.deaf = False

    def send(self, codes: str) -> bool:
        if self.deaf:
            return False
        self.sent.append(codes)
        self.read(codes)
        return True

    def read(self, codes: str) -> None:
        for title, way in re.findall(r"\x1b\][02];([^\x07\x1b]*)(?:\x07|\x1b\\)|\x1b\[(2[23]);2t", codes):
            if way == "22":
                self.saved.append(self.title)
            elif way == "23":
                self.title = self.saved.pop() if self.saved else self.title
            else:
                self.title = title


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def title(window: Window) -> WindowTitle:
    return WindowTitle(window.send)


def test_the_users_own_title_comes_back_when_there_is_nothing_to_show(
    window: Window, title: WindowTitle
) -> None:
    title.show("")
    assert window.sent == []
    title.show("12 min left")
    title.show("11 min left")
    assert (window.title, window.saved) == ("11 min left", [OWN])
    title.show("")
    assert (window.title, window.saved) == (OWN, [])
    title.show("20 min left")
    assert (window.title, window.saved) == ("20 min left", [OWN])


def test_what_is_shown_already_is_not_sent_again_and_a_change_is_short(
    window: Window, title: WindowTitle
) -> None:
    for words in ["12 min left"] * 3 + ["under 1 min left"] * 3:
        title.show(words)
    assert [len(item) for item in window.sent] == [len(PUSH) + 16, 21]


def test_away_it_is_the_users_own_and_back_again_ours(window: Window, title: WindowTitle) -> None:
    title.show("12 min left")
    title.leave()
    assert (window.title, window.saved) == (OWN, [])
    title.show("11 min left")
    assert window.title == OWN
    title.resume()
    assert (window.title, window.saved) == ("11 min left", [OWN])


def test_a_stop_that_gave_no_time_to_leave_puts_no_title_aside_twice(
    window: Window, title: WindowTitle
) -> None:
    title.show("12 min left")
    window.title = "a shell's"
    title.resume()
    assert (window.title, window.saved) == ("12 min left", [OWN])


def test_a_terminal_that_puts_nothing_aside_shows_no_time_of_ours_in_the_end(
    window: Window, title: WindowTitle
) -> None:
    title.show("12 min left")
    window.saved.clear()
    title.leave()
    assert window.title == ""


def test_what_cannot_be_sent_is_tried_again(window: Window, title: WindowTitle) -> None:
    window.deaf = True
    title.show("12 min left")
    window.deaf = False
    title.show("12 min left")
    assert (window.title, window.saved) == ("12 min left", [OWN])


@pytest.mark.parametrize(
    ("environ", "known"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "alacritty"}, True),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "screen-256color", "TMUX": "tmux,1,2"}, True),
        ({"TERM": "screen-256color"}, False),
        ({"TERM": "screen.xterm-256color", "STY": "1.pts"}, False),
        ({"TERM": "screen.tmux-256color", "STY": "1.pts", "TMUX": "tmux,1,2"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "vt100"}, False),
        ({}, False),
    ],
)
def test_only_terminals_that_give_a_title_back_get_one(environ: dict[str, str], known: bool) -> None:
    assert has_title_stack(environ) is known


def of(at: Terminal) -> Window:
    """Return the window of a terminal, as everything sent so far left it."""
    window = Window()
    window.read(at.bytes.decode("utf-8", "replace"))
    return window


def titles(at: Terminal) -> list[str]:
    """Return every title that was set."""
    return re.findall(r"\x1b\][02];([^\x07\x1b]*)", at.bytes.decode("utf-8", "replace"))


def wait_for_title(at: Terminal, title: str) -> None:
    at.wait_until(lambda: of(at).title == title, f"the title is not {title!r}")


@pytest.mark.parametrize(
    ("ago", "title"),
    [
        (timedelta(minutes=7, seconds=30), "12 min left"),
        (timedelta(minutes=19, seconds=20), "under 1 min left"),
        (timedelta(minutes=20, seconds=10), "time up"),
    ],
)
def test_the_time_left_and_no_name_is_the_title_while_a_countdown_runs(
    open_terminal: Opens, file: Path, running_since: RunningSince, ago: timedelta, title: str
) -> None:
    running_since(ago)
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    wait_for_title(at, title)
    at.press("Enter")
    at.wait_for("[4 Interview]", "x End")
    at.press("2")
    at.wait_for("[2 People]")
    at.press("q")
    assert at.wait_for_end() == 0
    assert titles(at) == [title, ""]
    assert (of(at).title, of(at).saved) == (OWN, [])


def test_it_says_that_it_is_paused_and_ends_with_the_interview(in_the_notes: Terminal) -> None:
    at = in_the_notes
    at.press("Esc", "w")
    wait_for_title(at, "paused, 19 min left")
    at.press("w")
    wait_for_title(at, "19 min left")
    at.press("x")
    at.wait_for("while it is fresh")
    wait_for_title(at, OWN)
    at.press("ctrl+q")
    at.wait_for_end()
    assert (of(at).title, of(at).saved) == (OWN, [])
    assert "Mei" not in "".join(titles(at))


def test_without_a_countdown_and_where_titles_stay_nothing_is_sent(
    open_terminal: Opens, file: Path, tmp_path: Path
) -> None:
    ways: list[tuple[Path, dict[str, str]]] = [
        (tmp_path / "none.json", {}), (file, {"TERM": "linux"}), (file, {SWITCH: "1"}),
    ]  # fmt: skip
    for state, environ in ways:
        at = open_terminal("--db", str(state), **environ)
        at.wait_for("Resume with Mei" if state == file else "sample data")
        at.press("ctrl+q")
        at.wait_for_end()
        assert titles(at) == []
        assert PUSH.encode() not in at.bytes


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_gives_the_users_own_title_back(in_the_notes: Terminal, number: signal.Signals) -> None:
    wait_for_title(in_the_notes, "19 min left")
    in_the_notes.child.kill(number)
    assert in_the_notes.wait_for_end() == 128 + number
    assert (of(in_the_notes).title, of(in_the_notes).saved) == (OWN, [])


def test_a_mistake_of_our_own_gives_the_users_own_title_back(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--db", str(file), program=(sys.executable, "-c", CRASHING))
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("x End")
    wait_for_title(at, "19 min left")
    at.burst("Enter", "By accident!")
    assert at.wait_for_end() == 1
    assert (of(at).title, of(at).saved) == (OWN, [])


SHELL = ("bash", "--norc", "--noprofile", "-i")


@pytest.mark.parametrize("stopped_by", ["ctrl+z", "SIGSTOP"])
def test_the_shell_has_its_own_title_and_fg_brings_ours_back(
    open_terminal: Opens, file: Path, stopped_by: str
) -> None:
    at = open_terminal(program=SHELL, PS1="shell> ")
    at.wait_for("shell>")
    at.press(f"{shlex.join([*WARMCALL, '--db', str(file)])}\r")
    at.wait_for("Resume with Mei Tanaka")
    wait_for_title(at, "19 min left")
    if stopped_by == "ctrl+z":
        at.press("\x1a")
        at.wait_for("Stopped", "shell>")
        assert (of(at).title, of(at).saved) == (OWN, [])
    else:
        os.kill(os.tcgetpgrp(at.child.child_fd), signal.SIGSTOP)
        at.wait_until(lambda: b"shell>" in at.bytes.partition(b"Stopped")[2], "never stopped")
    at.press("fg\r")
    at.wait_for("Resume with Mei Tanaka", gone="shell>")
    wait_for_title(at, "19 min left")
    assert of(at).saved == [OWN]
    at.press("ctrl+q")
    at.wait_for("shell>", gone="Resume with")
    wait_for_title(at, OWN)
    assert of(at).saved == []


def test_the_users_own_editor_has_the_users_own_title(
    open_terminal: Opens, file: Path, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf 'in the editor'; read line\n")
    editor.chmod(0o755)
    at = open_terminal("--db", str(file), EDITOR=str(editor))
    at.wait_for("Resume with Mei Tanaka")
    at.press("l", "2", "c")
    at.wait_for("[3 Call]")
    at.press("Tab", "Tab")
    at.wait_for("Dear Mei")
    wait_for_title(at, "19 min left")
    at.press("V")
    at.wait_until(lambda: b"in the editor" in at.bytes, "no editor")
    assert (of(at).title, of(at).saved) == (OWN, [])
    at.press("Enter")
    at.wait_for("Dear Mei", gone="in the editor")
    wait_for_title(at, "19 min left")
    assert of(at).saved == [OWN]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[tuple[str, ...]]:
    command = ("tmux", "-u", "-S", str(tmp_path / "socket"), "-f", "/dev/null")
    yield command
    subprocess.run([*command, "kill-server"], check=False, capture_output=True)


@needs("tmux")
def test_tmux_shows_it_as_the_title_of_the_pane_and_its_own_afterwards(
    open_terminal: Opens, file: Path, tmux: tuple[str, ...]
) -> None:
    def pane() -> str:
        shown = subprocess.run([*tmux, "display", "-p", "#{pane_title}"], capture_output=True, check=True)
        return shown.stdout.decode().strip()

    at = open_terminal("new-session", "env", "PS1=ready> ", "/bin/sh", program=tmux)
    at.wait_for("ready>")
    at.press("printf '\\033]2;my own\\007'", "Enter")
    at.wait_until(lambda: pane() == "my own", "no title")
    at.press(shlex.join([*WARMCALL, "--db", str(file)]), "Enter")
    at.wait_for("Resume with Mei Tanaka")
    at.wait_until(lambda: pane() == "19 min left", "not the time")
    at.press("ctrl+q")
    at.wait_for("ready>", gone="Resume with")
    at.wait_until(lambda: pane() == "my own", "not given back")
