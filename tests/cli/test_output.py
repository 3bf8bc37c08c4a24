"""Long output: a pager on a terminal, and none where nobody reads or wants it."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from warmcall.cli.output import print_lines

from tests.cli.conftest import EVIL, assert_inert


def on_a_terminal(arguments: list[str], environ: dict[str, str]) -> bytes:
    """Run warmcall on a terminal, and return what it shows there."""
    environ = environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    controller, terminal = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "warmcall", *arguments],
        stdin=terminal, stdout=terminal, stderr=terminal, env=dict(os.environ) | environ,
    )  # fmt: skip
    os.close(terminal)
    text = b""
    try:
        while piece := os.read(controller, 65536):
            text += piece
    except OSError:  # how Linux tells that nobody has the other end open
        pass
    os.close(controller)
    assert child.wait(20) == 0
    return text


@pytest.mark.parametrize(
    ("arguments", "term", "paged"),
    [(["help"], "xterm", True), (["--no-pager", "help"], "xterm", False), (["help"], "dumb", False)],
    ids=["usual", "not wanted", "dumb"],
)
def test_what_is_long_is_shown_by_the_pager_on_a_terminal_that_can(
    tmp_path: Path, arguments: list[str], term: str, paged: bool
) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\nexec sed 's/^/> /'\n")
    pager.chmod(0o755)
    environ = {"PAGER": str(pager), "TERM": term, "LINES": "24", "COLUMNS": "80"}
    text = on_a_terminal(arguments, environ)
    lines = text.decode().splitlines()
    assert len(lines) > 24
    assert all(line.startswith("> ") == paged for line in lines)


def test_lines_are_printed_inert(capsys: pytest.CaptureFixture[str]) -> None:
    print_lines([EVIL, "two"])
    assert_inert(capsys.readouterr().out, lines=2)
    print_lines([])
    assert capsys.readouterr().out == ""


def test_a_pipe_gets_everything_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stdout", pipe)
    monkeypatch.setenv("PAGER", "false")
    print_lines(map(str, range(1000)))
    assert pipe.getvalue().count("\n") == 1000


@pytest.mark.parametrize("code", [0, 3], ids=["shown", "a man that fails"])
def test_the_manual_is_shown_by_man_on_a_terminal(tmp_path: Path, code: int) -> None:
    program = tmp_path / "man"
    program.write_text(f'#!/bin/sh\nhead -n 1 "$1"; exit {code}\n')
    program.chmod(0o755)
    text = on_a_terminal(["man"], {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TERM": "xterm"}).decode()
    assert text.startswith(".TH WARMCALL 1 ")
    assert (".SH NAME" in text) == bool(code)
