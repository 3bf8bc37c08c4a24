"""Which signs and colours reach a terminal that knows few, over a walk through the screens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clock import MONDAY_MORNING, NOW
from tests.terminal.conftest import Opens
from tests.terminal.emulator import WARMCALL
from tests.terminal.rounds import NAME, go_round

OF_SIXTEEN = {*range(30, 38), 39, *range(40, 48), 49, *range(90, 98), *range(100, 108)}
ATTRIBUTES = {0, 1, 2, 3, 4, 7, 22, 23, 24, 27}
"""Bold, dim, italic, underlined and reversed, each turned on and off: what every terminal knows (ECMA-48)."""


@pytest.mark.long
@pytest.mark.parametrize(
    ("environ", "options"),
    [({"LANG": ""}, []), ({"LC_ALL": "C"}, ["--plain-drawing"])],
    ids=["no locale", "C, plain drawing"],
)
def test_on_no_screen_is_a_terminal_that_is_not_utf_8_sent_anything_but_ascii(
    open_terminal: Opens, environ: dict[str, str], options: list[str]
) -> None:
    at = open_terminal(*options, "demo", **environ)
    go_round(at)
    assert at.bytes.isascii()


@pytest.mark.parametrize(
    "drawing", [[], pytest.param(["--plain-drawing"], marks=pytest.mark.long)], ids=["thrifty", "plain"]
)
def test_asked_for_on_utf_8_names_stay_the_rest_is_ascii_and_the_palette_is_the_terminals_own(
    open_terminal: Opens, home: Path, drawing: list[str]
) -> None:
    configure(home, "theme: terminal\n")
    at = open_terminal("--ascii", *drawing, "demo", COLORTERM="truecolor")
    go_round(at)
    others = {item for item in at.bytes.decode() if not item.isascii()}
    assert others <= set("佐藤 由美é你好" + NAME)
    assert set("佐藤由美李玲é") <= others
    codes = colour_codes(at.bytes)
    assert codes <= OF_SIXTEEN | ATTRIBUTES
    assert {35, 31} <= codes


@pytest.mark.long
@pytest.mark.parametrize("theme", ["contrast", "dark"])
def test_a_terminal_of_sixteen_colours_is_sent_no_more(open_terminal: Opens, home: Path, theme: str) -> None:
    configure(home, f"theme: {theme}\n")
    at = open_terminal("--ascii", "demo", TERM="screen")
    go_round(at)
    assert colour_codes(at.bytes) <= OF_SIXTEEN | ATTRIBUTES


def configure(home: Path, words: str) -> None:
    """Write the configuration of whoever has that home."""
    folder = home / ".config" / "warmcall"
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text(words)


def colour_codes(data: bytes) -> set[int]:
    """Return every code in the SGR sequences of `data`."""
    return {int(word or 0) for codes in re.findall(rb"\x1b\[([\d;]*)m", data) for word in codes.split(b";")}


def test_the_config_asks_for_it_and_an_option_takes_it_back(open_terminal: Opens, home: Path) -> None:
    configure(home, "ascii: true\n")
    at = open_terminal("demo")
    at.wait_for("c Luis Ortega")
    at.press("G")
    at.wait_for("佐藤")
    at = open_terminal("--no-ascii", "demo")
    at.wait_for("☎ Luis Ortega")


def test_plain_commands_write_what_their_output_can_hold(tmp_path: Path) -> None:
    db = tmp_path / "warmcall.json"
    known = {
        "PYTHONPATH": ":".join(filter(None, sys.path)),
        "HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        NOW: MONDAY_MORNING.isoformat(),
    }

    def output(*words: str, **more: str) -> bytes:
        command = [*WARMCALL, "--db", str(db), *words]
        return subprocess.run(command, env=known | more, capture_output=True, check=False).stdout

    output("add", "Zoé 李美 “Z”", LANG="C.UTF-8")
    in_ascii = b'today - call Zoe ?? "Z" - new: not called yet'
    assert output("due", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0").strip().endswith(in_ascii)
    assert output("due", PYTHONIOENCODING="ascii").strip().endswith(in_ascii)
    in_latin = b'today \xb7 call Zo\xe9 ?? "Z" \xb7 new: not called yet'
    assert output("due", PYTHONIOENCODING="latin-1").strip().endswith(in_latin)
