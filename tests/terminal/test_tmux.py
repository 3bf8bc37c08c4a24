"""A second kind of terminal: tmux, itself shown on a pseudo-terminal."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.terminal.conftest import Opens
from tests.terminal.emulator import WARMCALL

OWN_TITLE = "\\033]2;my own\\007"


def test_it_runs_inside_tmux_and_gives_the_prompt_and_the_title_back_clean(
    open_terminal: Opens, file: Path, tmux: tuple[str, ...]
) -> None:
    def pane_title() -> str:
        shown = subprocess.run([*tmux, "display", "-p", "#{pane_title}"], capture_output=True, check=True)
        return shown.stdout.decode().strip()

    at = open_terminal(
        *("new-session", "env", "PS1=ready> ", "/bin/sh", ";", "set", "status", "off"),
        program=tmux,
        columns=200,
    )
    at.wait_for("ready>", gone="[0]")
    at.press("echo before", "Enter")
    at.wait_for("\nbefore\nready>")
    at.press(f"printf '{OWN_TITLE}'", "Enter")
    at.wait_until(lambda: pane_title() == "my own", "no title")
    at.press(" ".join([*WARMCALL, "--db", f"'{file}'"]), "Enter")
    at.wait_for("Resume with Mei Tanaka")
    at.wait_until(lambda: pane_title() == "19 min left", "not the time")
    at.press("l")
    at.wait_for("[1 Queue]", "◷ Mei Tanaka", gone="Resume with")
    at.press("Y")
    at.wait_for("Sent to tmux's buffer")
    held = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True, encoding="utf-8")
    assert "Mei Tanaka" in held.stdout
    at.press("ctrl+q")
    at.wait_for("\nbefore\nready>", "warmcall.json'\nready>", gone="[1 Queue]")
    assert pane_title() == "my own"
    at.press("echo $?", "Enter")
    at.wait_for("\n0\nready>")
    at.press("stty -a | tr ' ;' '\\n\\n' | grep -x echo", "Enter")
    at.wait_for("\necho\nready>")
