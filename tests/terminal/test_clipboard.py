from __future__ import annotations

from pathlib import Path

import pytest

from tui.terminal import clipboard
from tui.terminal.clipboard import LONGEST, copy

OUTSIDE: dict[str, str] = {}
INSIDE = {"TMUX": "/tmp/tmux-1000/default,1,0"}  # noqa: S108 - what tmux sets


class Ways:
    """Notes which way a text went."""

    def __init__(self) -> None:
        self.terminal: list[str] = []
        self.files: list[str] = []

    def to_file(self, text: str) -> str:
        self.files.append(text)
        return "/home/me/copied.txt"

    def copy(self, text: str, environ: dict[str, str]) -> str:
        return copy(text, environ, self.terminal.append, self.to_file)


@pytest.fixture
def ways() -> Ways:
    return Ways()


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


def test_a_text_goes_through_the_terminal_and_no_more_is_claimed(ways: Ways) -> None:
    assert ways.copy("Dear Mei,\n\nthank you ✓", OUTSIDE) == "Sent to your terminal's clipboard"
    assert ways.terminal == ["Dear Mei,\n\nthank you ✓"]
    assert ways.files == []


def test_the_limit_is_in_bytes_and_past_it_a_file_is_written(ways: Ways) -> None:
    for fits in ("x" * LONGEST, "é" * (LONGEST // 2)):
        assert ways.copy(fits, OUTSIDE).startswith("Sent")
    for long in ("x" * (LONGEST + 1), "é" * (LONGEST // 2 + 1)):
        told = ways.copy(long, OUTSIDE)
        assert told == "Too long for the clipboard: written to /home/me/copied.txt"
        assert ways.files.pop() == long
    assert len(ways.terminal) == 2


def test_a_file_that_cannot_be_written_is_an_error(ways: Ways) -> None:
    def full(_text: str) -> str:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        copy("x" * (LONGEST + 1), OUTSIDE, ways.terminal.append, full)


def test_inside_tmux_the_text_goes_through_its_buffer(ways: Ways, buffer: Path) -> None:
    assert ways.copy("Dear Mei,\nthank you ✓", INSIDE).startswith("Sent to tmux's buffer")
    assert buffer.read_text() == "load-buffer -w -\nDear Mei,\nthank you ✓"
    assert ways.terminal == []


def test_tmux_is_not_asked_outside_of_it(ways: Ways, buffer: Path) -> None:
    for environ in (OUTSIDE, {"TMUX": ""}):
        ways.copy("Dear Mei", environ)
    assert not buffer.exists()
    assert ways.terminal == ["Dear Mei"] * 2


def test_a_lone_surrogate_is_sent_as_a_question_mark(ways: Ways, buffer: Path) -> None:
    ways.copy("A\udcffB", INSIDE)
    assert buffer.read_text().endswith("\nA?B")


@pytest.mark.parametrize("does", ["exit 1", "exec tail -f /dev/null"])
def test_a_tmux_that_fails_or_hangs_leaves_it_to_the_terminal(
    ways: Ways, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    monkeypatch.setattr(clipboard, "_TMUX_SECONDS", 0.2)
    fake_tmux(tmp_path, monkeypatch, does)
    assert ways.copy("Dear Mei", INSIDE) == "Sent to your terminal's clipboard"
    assert ways.terminal == ["Dear Mei"]


def test_a_missing_tmux_leaves_it_to_the_terminal(
    ways: Ways, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ways.copy("Dear Mei", INSIDE) == "Sent to your terminal's clipboard"
    assert ways.terminal == ["Dear Mei"]
