"""Which colours reach the terminal, over a round through the screens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.terminal.conftest import Opens
from tests.terminal.rounds import go_round

OF_SIXTEEN = {*range(30, 38), 39, *range(40, 48), 49, *range(90, 98), *range(100, 108)}
ATTRIBUTES = {0, 1, 2, 3, 4, 7}


def sent(data: bytes) -> set[int]:
    """Return every code in the SGR sequences of `data`."""
    return {int(word or 0) for codes in re.findall(rb"\x1b\[([\d;]*)m", data) for word in codes.split(b";")}


@pytest.mark.parametrize(
    "drawing", [[], pytest.param(["--plain-drawing"], marks=pytest.mark.long)], ids=["thrifty", "plain"]
)
def test_the_terminals_own_palette_is_sixteen_colours_and_no_other(
    open_terminal: Opens, home: Path, drawing: list[str]
) -> None:
    folder = home / ".config" / "warmcall"
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text("theme: terminal\n")
    at = open_terminal("--ascii", *drawing, "demo", COLORTERM="truecolor")
    go_round(at)
    codes = sent(at.bytes)
    assert codes <= OF_SIXTEEN | ATTRIBUTES
    assert {35, 31} <= codes


@pytest.mark.long
@pytest.mark.parametrize("theme", ["contrast", "dark"])
def test_a_terminal_of_sixteen_colours_is_sent_no_more(open_terminal: Opens, home: Path, theme: str) -> None:
    folder = home / ".config" / "warmcall"
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text(f"theme: {theme}\n")
    at = open_terminal("--ascii", "demo", TERM="screen")
    go_round(at)
    assert sent(at.bytes) <= OF_SIXTEEN | ATTRIBUTES
