"""The mouse on a real terminal: silent unless it is let in, and off again at the end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.terminal.conftest import Opens
from tests.terminal.emulator import Terminal

OF_THE_MOUSE = re.compile(rb"\x1b\[\?(?:9|100[0-3]|1005|1006|1015|1016)([hl])")


def mouse_at_the_end(at: Terminal) -> str:
    """Return whether the mouse was last turned on (h) or off (l); empty if it was never spoken of."""
    switches = OF_THE_MOUSE.findall(at.bytes)
    return switches[-1].decode() if switches else ""


def click(at: Terminal, words: str) -> None:
    """Click where `words` begin, as a terminal reports it."""
    (row,) = (row for row, line in enumerate(at.screen.display, 1) if words in line)
    column = at.screen.display[row - 1].index(words) + 1
    at.press(f"\x1b[<0;{column};{row}M", f"\x1b[<0;{column};{row}m")


def let_in(folder: Path) -> None:
    config = folder / "warmcall" / "config.yaml"
    config.parent.mkdir(parents=True)
    for safe in (folder, config.parent):
        safe.chmod(0o755)
    config.write_text("mouse: true\n")
    config.chmod(0o644)


def test_without_being_asked_the_terminal_never_hears_of_a_mouse(open_terminal: Opens) -> None:
    at = open_terminal("demo")
    at.wait_for("[1 Queue]", "? help")
    at.press("2")
    at.wait_for("[2 People]")
    at.press("q")
    assert at.wait_for_end() == 0
    assert mouse_at_the_end(at) == ""


@pytest.mark.parametrize(
    "how", ["office", *(pytest.param(how, marks=pytest.mark.long) for how in ("option", "settings"))]
)
def test_let_in_it_is_on_while_the_app_runs_and_clicks_and_the_wheel_arrive(
    open_terminal: Opens, home: Path, tmp_path: Path, how: str
) -> None:
    office = tmp_path / "office"
    if how != "option":
        let_in(office if how == "office" else home / ".config")
    at = open_terminal(*(["--mouse"] if how == "option" else []), "demo", XDG_CONFIG_DIRS=str(office))
    at.wait_for("[1 Queue]", "? help")
    assert mouse_at_the_end(at) == "h"
    click(at, "2 People")
    at.wait_for("[2 People]")
    click(at, "Luis Ortega")
    at.wait_until(lambda: any(line.startswith("▸Luis Ortega") for line in at.screen.display), "not selected")
    click(at, "Luis Ortega")
    at.wait_for("h Attempts", "+1 312 555")
    click(at, "c Call")
    at.wait_for("[3 Call]", "They say")
    at.press("q")
    assert at.wait_for_end() == 0
    assert mouse_at_the_end(at) == "l"
