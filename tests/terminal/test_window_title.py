"""The title of the window: the time left and nothing else, and the user's own again at every end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from warmcall.terminal.textual_patches import SWITCH
from warmcall.terminal.window_title import WindowTitle, has_title_stack

from tests.terminal.conftest import Opens
from tests.terminal.emulator import Terminal
from tests.terminal.titles import OWN, Window, titles, wait_for_title, window_of

PUSH, POP = "\x1b[22;2t", "\x1b[23;2t"
RunningSince = Callable[[timedelta], None]


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


def test_a_stop_that_gave_no_time_to_leave_saves_no_title_twice(window: Window, title: WindowTitle) -> None:
    title.show("12 min left")
    window.title = "a shell's"
    title.resume()
    assert (window.title, window.saved) == ("12 min left", [OWN])


def test_a_terminal_that_saves_no_title_shows_no_time_of_ours_in_the_end(
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


@pytest.mark.parametrize(
    ("ago", "title"),
    [
        (timedelta(minutes=7, seconds=30), "12 min left"),
        pytest.param(timedelta(minutes=19, seconds=20), "under 1 min left", marks=pytest.mark.long),
        pytest.param(timedelta(minutes=20, seconds=10), "time up", marks=pytest.mark.long),
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
    at.press("q", "q")
    assert at.wait_for_end() == 0
    assert titles(at) == [title, ""]
    assert window_of(at).is_as_found


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
    assert window_of(at).is_as_found
    assert "Mei" not in "".join(titles(at))


def test_without_a_countdown_and_where_titles_stay_nothing_is_sent(
    open_terminal: Opens, file: Path, tmp_path: Path
) -> None:
    cases: list[tuple[Path, dict[str, str]]] = [
        (tmp_path / "none.json", {}), (file, {"TERM": "linux"}), (file, {SWITCH: "1"}),
    ]  # fmt: skip
    for state, environ in cases:
        at = open_terminal("--db", str(state), **environ)
        at.wait_for("Resume with Mei" if state == file else "sample data")
        at.press("ctrl+q")
        at.wait_for_end()
        assert titles(at) == []
        assert PUSH.encode() not in at.bytes


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
    assert window_of(at).is_as_found
    at.press("Enter")
    at.wait_for("Dear Mei", gone="in the editor")
    wait_for_title(at, "19 min left")
    assert window_of(at).saved == [OWN]
