"""Copying through the real programs people sit behind: what arrives at the terminal outside of them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from warmcall.terminal.clipboard import MOSH_LONGEST, SCREEN_LONGEST
from warmcall.terminal.textual_patches import SWITCH

from tests.requirements import needs
from tests.terminal.conftest import Opens
from tests.terminal.emulator import WARMCALL, Terminal, environment

ANSWER = "Half of it is spreadsheets ✓ "
QUESTION = "How did you come to this job?\n"

needs_screen = needs("screen")
needs_mosh = needs("mosh-server")


def answered(file: Path, size: int) -> str:
    """Answer the first question in `file` so that the page of answers has `size` bytes; return the page."""
    size -= len(QUESTION.encode())
    answer = (ANSWER * (size // len(ANSWER.encode()) + 1)).encode()[:size].decode(errors="ignore").strip()
    answer += "." * (size - len(answer.encode()))
    tables = json.loads(file.read_bytes())
    [interview] = tables["interviews"].values()
    interview["notes"] = {"came-to-it": answer}
    file.write_text(json.dumps(tables))
    return QUESTION + answer


def copies(at: Terminal) -> list[str]:
    """Return every text that was set as the clipboard of the terminal outside, whole sequences only."""
    found = re.findall(rb"\x1b\]52;c?;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)", at.bytes)
    return [b64decode(item, validate=True).decode() for item in found]


def copy_answers(at: Terminal) -> None:
    """Go to the page of answers, and copy it."""
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("[4 Interview]", "x End")
    at.press("Y")


def leave(at: Terminal) -> None:
    """Quit; what carried it ends with it."""
    at.press("ctrl+q")
    at.wait_for_end()


@pytest.mark.parametrize("switch", ["", "1"])
def test_the_terminal_gets_the_text_whole_and_at_once(open_terminal: Opens, file: Path, switch: str) -> None:
    text = answered(file, 3_000)
    at = open_terminal("--db", str(file), **{SWITCH: switch})
    copy_answers(at)
    at.wait_until(lambda: copies(at) == [text], "not copied")
    at.wait_for("Sent to your terminal's clipboard")
    leave(at)


def test_what_is_too_long_lies_in_a_private_file_that_the_next_one_replaces(
    open_terminal: Opens, file: Path, home: Path
) -> None:
    inside = home / ".local/share/warmcall/warmcall.json"
    inside.parent.mkdir(parents=True)
    text = answered(file, 60_000)
    file.rename(inside)
    at = open_terminal()
    kept = inside.with_name("copied.txt")
    kept.write_text("what was copied before")
    copy_answers(at)
    at.wait_for("Too long for the clipboard")
    assert "~/.local/share/warmcall/copied.txt" in " ".join(at.text.split())
    assert kept.read_text(encoding="utf-8") == text
    assert kept.stat().st_mode & 0o777 == 0o600
    assert copies(at) == []
    leave(at)


def test_what_is_marked_in_a_text_field_goes_the_same_way_and_can_be_pasted(
    open_terminal: Opens, file: Path
) -> None:
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    at.press("l", "2", "a")
    at.wait_for("A new contact")
    at.press("Luis", "\x1b[1;2H", "\x18")
    at.wait_for("Sent to your terminal's clipboard")
    at.press("\x16", "\x16")
    at.wait_for("LuisLuis")
    assert copies(at) == ["Luis"]


@pytest.fixture
def in_screen(open_terminal: Opens, file: Path, short_folder: Path) -> Iterator[Callable[[], Terminal]]:
    """Return what opens warmcall inside GNU screen without anybody's settings."""
    environ = {"SCREENDIR": str(short_folder), "SYSSCREENRC": "/dev/null"}
    name = ("screen", "-S", "warmcall-test")

    def opens() -> Terminal:
        return open_terminal(
            *("--db", str(file)), program=(*name, "-c", "/dev/null", "-U", *WARMCALL), **environ
        )

    yield opens
    subprocess.run([*name, "-X", "quit"], check=False, capture_output=True, env=dict(os.environ) | environ)


@needs_screen
@pytest.mark.parametrize(
    "size", [SCREEN_LONGEST, *(pytest.param(size, marks=pytest.mark.long) for size in (60, 3_000))]
)
def test_screen_hands_the_text_on_whole(in_screen: Callable[[], Terminal], file: Path, size: int) -> None:
    text = answered(file, size)
    at = in_screen()
    copy_answers(at)
    at.wait_until(lambda: copies(at) == [text], "not copied")
    at.wait_for("Sent through screen to your terminal's")
    leave(at)


@pytest.mark.long
@needs_screen
def test_what_is_too_long_for_screen_lies_in_a_file(in_screen: Callable[[], Terminal], file: Path) -> None:
    text = answered(file, SCREEN_LONGEST + 1)
    at = in_screen()
    copy_answers(at)
    at.wait_for("Too long for the clipboard")
    assert file.with_name("copied.txt").read_text(encoding="utf-8") == text
    assert copies(at) == []
    leave(at)


@pytest.fixture
def through_mosh(open_terminal: Opens, file: Path, home: Path) -> Iterator[Callable[[], Terminal]]:
    """Return what opens warmcall by way of mosh on this machine."""
    servers: list[int] = []

    def opens() -> Terminal:
        started = subprocess.run(
            ["mosh-server", "new", "-i", "127.0.0.1", "--", *WARMCALL, "--db", str(file)],
            env=environment(home), capture_output=True, text=True, timeout=20, check=True,
        )  # fmt: skip
        connection = re.search(r"MOSH CONNECT (\d+) (\S+)", started.stdout)
        server = re.search(r"pid = (\d+)", started.stderr)
        assert connection
        assert server
        servers.append(int(server[1]))
        return open_terminal(program=("mosh-client", "127.0.0.1", connection[1]), MOSH_KEY=connection[2])

    yield opens
    for other_server in servers:
        with suppress(OSError):
            os.kill(other_server, signal.SIGTERM)


@needs_mosh
@pytest.mark.parametrize("size", [MOSH_LONGEST, pytest.param(60, marks=pytest.mark.long)])
def test_mosh_hands_the_text_on_whole(through_mosh: Callable[[], Terminal], file: Path, size: int) -> None:
    text = answered(file, size)
    at = through_mosh()
    copy_answers(at)
    at.wait_until(lambda: text in copies(at), "not copied")
    at.wait_for("Sent through mosh")
    leave(at)


@pytest.mark.long
@needs_mosh
def test_what_mosh_would_cut_off_lies_in_a_file(through_mosh: Callable[[], Terminal], file: Path) -> None:
    text = answered(file, MOSH_LONGEST + 1)
    at = through_mosh()
    copy_answers(at)
    at.wait_for("Too long for the clipboard")
    assert file.with_name("copied.txt").read_text(encoding="utf-8") == text
    assert text[:100] not in "".join(copies(at))
    leave(at)


@pytest.fixture
def in_tmux(open_terminal: Opens, file: Path, tmux: tuple[str, ...]) -> Callable[[str], Terminal]:
    """Return what opens warmcall inside tmux without anybody's settings, on a terminal of the TERM given."""

    def opens(term: str) -> Terminal:
        words = (*WARMCALL, "--db", str(file))
        return open_terminal("new-session", *words, program=tmux, TERM=term)

    return opens


def in_buffer(tmux: tuple[str, ...]) -> str:
    shown = subprocess.run([*tmux, "show-buffer"], capture_output=True, check=False)
    return shown.stdout.decode()


@pytest.mark.parametrize("size", [40_000, pytest.param(60, marks=pytest.mark.long)])
@pytest.mark.parametrize("term", ["xterm-256color", pytest.param("vt100", marks=pytest.mark.long)])
def test_tmux_as_it_comes_keeps_the_text_and_hands_it_on_where_the_terminal_can(
    in_tmux: Callable[[str], Terminal], file: Path, tmux: tuple[str, ...], term: str, size: int
) -> None:
    text = answered(file, size)
    at = in_tmux(term)
    copy_answers(at)
    at.wait_for("Sent to tmux's buffer and, if it may")
    assert in_buffer(tmux) == text
    if term == "xterm-256color":
        at.wait_until(lambda: copies(at) == [text], "not handed on")
    else:
        assert copies(at) == []
    leave(at)
