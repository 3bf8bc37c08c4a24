"""A second kind of terminal: tmux, itself shown on a pseudo-terminal."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.terminal.conftest import Opens
from tests.terminal.emulator import WARMCALL


def test_it_runs_inside_tmux_and_gives_the_prompt_back_clean(
    open_terminal: Opens, file: Path, tmux: tuple[str, ...]
) -> None:
    at = open_terminal(
        *("new-session", "env", "PS1=ready> ", "/bin/sh", ";", "set", "status", "off"),
        program=tmux,
        columns=200,
    )
    at.wait_for("ready>", gone="[0]")
    at.press("echo before", "Enter")
    at.wait_for("\nbefore\nready>")
    at.press(" ".join([*WARMCALL, "--db", f"'{file}'"]), "Enter")
    at.wait_for("Resume with Mei Tanaka")
    at.press("l")
    at.wait_for("[1 Queue]", "interview Mei Tanaka", gone="Resume with")
    at.press("Y")
    at.wait_for("Sent to tmux's buffer")
    held = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True, text=True)
    assert "Mei Tanaka" in held.stdout
    at.press("ctrl+q")
    at.wait_for("\nbefore\nready>", "warmcall.json'\nready>", gone="[1 Queue]")
    at.press("echo $?", "Enter")
    at.wait_for("\n0\nready>")
    at.press("stty -a | tr ' ;' '\\n\\n' | grep -x echo", "Enter")
    at.wait_for("\necho\nready>")
