"""Which route a text goes to the clipboard by, and what the message says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import pytest
from warmcall.terminal import clipboard
from warmcall.terminal.clipboard import (
    LONGEST,
    MOSH_LONGEST,
    SCREEN_LONGEST,
    SCREEN_PIECE,
    ClipboardRoutes,
    copy,
    through_screen,
    under_mosh,
)

from tests.requirements import needs_file

OUTSIDE = {"TERM": "xterm-256color", "HOME": "/home/me"}
INSIDE = {"TMUX": "/tmp/tmux-1000/default,1,0", "TERM": "tmux-256color"}  # noqa: S108 - what tmux sets
IN_SCREEN = {"STY": "4711.pts-0.host", "TERM": "screen.xterm-256color", "HOME": "/home/me"}

DIRECT = "Sent to your terminal's clipboard"
TMUX = "Sent to tmux's buffer and, if it may, to your clipboard"
SCREEN = "Sent through screen to your terminal's clipboard"
MOSH = "Sent through mosh, which must be 1.4 or newer, to your clipboard"
UNSEEN = "Sent to your clipboard, if the tmux or screen around it lets it"
FILE = "Too long for the clipboard: written to ~/.local/share/warmcall/copied.txt"


class RecordedRoutes:
    """Records which route a text went by; codes are sent as long as `reachable`."""

    def __init__(self) -> None:
        self.plain: list[str] = []
        self.wrapped: list[str] = []
        self.files: list[str] = []
        self.reachable = True

    def codes(self, codes: str) -> bool:
        if self.reachable:
            self.wrapped.append(codes)
        return self.reachable

    def to_file(self, text: str) -> str:
        self.files.append(text)
        return "/home/me/.local/share/warmcall/copied.txt"

    def copy(self, text: str, environ: dict[str, str], mosh: bool = False) -> str:
        return copy(text, environ, ClipboardRoutes(self.plain.append, self.codes, self.to_file, mosh))

    @property
    def went(self) -> str:
        """The first letters of the routes used."""
        return "p" * len(self.plain) + "w" * len(self.wrapped) + "f" * len(self.files)


@pytest.fixture
def recorded() -> RecordedRoutes:
    return RecordedRoutes()


@pytest.fixture
def buffer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a tmux on the path that keeps what it is given here, its arguments in the first line."""
    kept = tmp_path / "buffer"
    fake_tmux(tmp_path, monkeypatch, f'{{ echo "$@"; cat; }} > "{kept}"')
    return kept


def fake_tmux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    program = tmp_path / "bin" / "tmux"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")


@pytest.mark.parametrize(
    ("environ", "mosh", "longest", "went", "message"),
    [
        pytest.param(OUTSIDE, False, LONGEST, "p", DIRECT, id="a terminal"),
        pytest.param({}, False, LONGEST, "p", DIRECT, id="nothing known"),
        pytest.param(OUTSIDE, True, MOSH_LONGEST, "p", MOSH, id="mosh"),
        pytest.param(IN_SCREEN, False, SCREEN_LONGEST, "w", SCREEN, id="screen"),
        pytest.param(IN_SCREEN, True, SCREEN_LONGEST, "w", SCREEN, id="screen started under mosh"),
        pytest.param(
            {"TERM": "screen.xterm-256color"}, False, SCREEN_LONGEST, "w", SCREEN, id="ssh out of screen"
        ),
        pytest.param(
            {"TERM": "screen-256color"}, False, SCREEN_LONGEST, "pw", UNSEEN, id="ssh out of either"
        ),
        pytest.param({"TERM": "tmux-256color"}, False, SCREEN_LONGEST, "p", UNSEEN, id="ssh out of tmux"),
    ],
)
def test_each_way_has_its_limit_in_bytes_and_claims_no_more_than_is_known(
    recorded: RecordedRoutes, environ: dict[str, str], mosh: bool, longest: int, went: str, message: str
) -> None:
    environ = {"HOME": "/home/me"} | environ
    assert recorded.copy("é" * (longest // 2), environ, mosh) == message
    assert recorded.went == went
    assert recorded.copy("é" * (longest // 2) + "x", environ, mosh) == FILE
    assert recorded.went == f"{went}f"
    assert recorded.files == ["é" * (longest // 2) + "x"]
    assert "opied" not in message


def test_every_notice_fits_into_a_line() -> None:
    assert all(len(item) <= 78 for item in (DIRECT, TMUX, SCREEN, MOSH, UNSEEN, FILE))


@pytest.mark.parametrize(
    ("home", "path"),
    [
        ("/home/me", "~/.local/share/warmcall/copied.txt"),
        ("/home/me/", "~/.local/share/warmcall/copied.txt"),
        ("/home/m", "/home/me/.local/share/warmcall/copied.txt"),
        ("/", "/home/me/.local/share/warmcall/copied.txt"),
        ("", "/home/me/.local/share/warmcall/copied.txt"),
    ],
)
def test_the_file_is_named_as_people_write_it(recorded: RecordedRoutes, home: str, path: str) -> None:
    message = recorded.copy("x" * (LONGEST + 1), {"HOME": home})
    assert message == f"Too long for the clipboard: written to {path}"


def test_a_text_goes_through_the_terminal_as_it_is(recorded: RecordedRoutes) -> None:
    recorded.copy("Dear Mei,\n\nthank you ✓", OUTSIDE)
    assert recorded.plain == ["Dear Mei,\n\nthank you ✓"]


def test_a_file_that_cannot_be_written_is_an_error(recorded: RecordedRoutes) -> None:
    def full(_text: str) -> str:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        copy("x" * (LONGEST + 1), OUTSIDE, ClipboardRoutes(recorded.plain.append, recorded.codes, full))


@pytest.mark.parametrize("size", [0, 1, 170, 171, SCREEN_LONGEST])
def test_what_goes_through_screen_goes_in_pieces_that_it_takes_and_comes_out_whole(
    recorded: RecordedRoutes, size: int
) -> None:
    text = ("Dear Mei, thank you. " * (size // 21 + 1))[:size]
    recorded.copy(text, IN_SCREEN)
    [codes] = recorded.wrapped
    pieces = re.findall(r"\x1bP([^\x1b]*(?:\x1b\][^\x1b]*)?)\x1b\\", codes)
    assert through_screen("".join(pieces)) == codes
    assert all(0 < len(piece) <= SCREEN_PIECE for piece in pieces)
    whole = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\a", "".join(pieces))
    assert whole
    assert b64decode(whole[1]).decode() == text


def test_screen_that_cannot_be_reached_leaves_it_to_a_file(recorded: RecordedRoutes) -> None:
    recorded.reachable = False
    message = recorded.copy("Dear Mei", IN_SCREEN)
    assert message == "The clipboard cannot be reached: written to ~/.local/share/warmcall/copied.txt"
    assert recorded.went == "f"


def test_inside_tmux_the_text_goes_through_its_buffer(recorded: RecordedRoutes, buffer: Path) -> None:
    assert recorded.copy("Dear Mei,\nthank you ✓", INSIDE, mosh=True) == TMUX
    assert buffer.read_text(encoding="utf-8") == "load-buffer -w -\nDear Mei,\nthank you ✓"
    assert recorded.went == ""


def test_tmux_inside_screen_and_screen_inside_tmux_are_both_asked_by_way_of_tmux(
    recorded: RecordedRoutes, buffer: Path
) -> None:
    assert recorded.copy("Dear Mei", IN_SCREEN | INSIDE) == TMUX
    assert recorded.copy("Dear Mei", INSIDE | IN_SCREEN) == TMUX
    assert recorded.went == ""


def test_tmux_is_not_asked_outside_of_it(recorded: RecordedRoutes, buffer: Path) -> None:
    for environ in (OUTSIDE, {"TMUX": ""}):
        recorded.copy("Dear Mei", environ)
    assert not buffer.exists()
    assert recorded.plain == ["Dear Mei"] * 2


def test_a_lone_surrogate_is_sent_as_a_question_mark(recorded: RecordedRoutes, buffer: Path) -> None:
    for environ in (INSIDE, OUTSIDE, IN_SCREEN):
        recorded.copy("A\udcffB", environ)
    assert buffer.read_text().endswith("\nA?B")
    assert recorded.plain == ["A?B"]
    assert recorded.wrapped == [f"\x1bP\x1b]52;c;{'QT9C'}\a\x1b\\"]


@pytest.mark.parametrize("does", ["exit 1", "exec tail -f /dev/null"])
def test_a_tmux_that_fails_or_hangs_leaves_it_to_the_terminal_and_promises_less(
    recorded: RecordedRoutes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    monkeypatch.setattr(clipboard, "_TMUX_SECONDS", 0.2)
    fake_tmux(tmp_path, monkeypatch, does)
    assert recorded.copy("Dear Mei", INSIDE) == UNSEEN
    assert recorded.plain == ["Dear Mei"]


def test_a_missing_tmux_leaves_it_to_the_terminal_and_promises_less(
    recorded: RecordedRoutes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert recorded.copy("Dear Mei", INSIDE) == UNSEEN
    assert recorded.plain == ["Dear Mei"]


@needs_file("/proc/self/stat")
@pytest.mark.parametrize(("name", "found"), [("mosh-server", True), ("mosh (server", False)])
def test_mosh_is_known_by_the_name_of_a_process_above(tmp_path: Path, name: str, found: bool) -> None:
    program = tmp_path / name
    shutil.copy(Path(os.path.realpath("/bin/sh")), program)
    script = "import warmcall.terminal.clipboard as c; print(c.under_mosh())"
    run = subprocess.run(
        [program, "-c", '"$@"; exit $?', "sh", sys.executable, "-c", script],
        capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(filter(None, sys.path))},
    )  # fmt: skip
    assert run.stdout == f"{found}\n"


def test_the_first_process_of_all_is_under_nothing() -> None:
    assert under_mosh(1) is False
