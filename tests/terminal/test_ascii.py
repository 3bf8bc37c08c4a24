"""What reaches a terminal that is not UTF-8, over a walk through the screens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.clock import shared_time
from tests.terminal.conftest import Opens
from tests.terminal.emulator import WARMCALL
from tests.terminal.rounds import NAME, go_round


@pytest.mark.parametrize(
    ("environ", "options"),
    [({"LANG": ""}, []), pytest.param({"LC_ALL": "C"}, ["--plain-drawing"], marks=pytest.mark.long)],
    ids=["no locale", "C, plain drawing"],
)
def test_a_terminal_that_is_not_utf_8_is_sent_ascii_alone(
    open_terminal: Opens, environ: dict[str, str], options: list[str]
) -> None:
    at = open_terminal(*options, "demo", **environ)
    go_round(at)
    assert at.bytes.isascii()


def test_asked_for_on_utf_8_names_stay_and_the_rest_is_ascii(open_terminal: Opens) -> None:
    at = open_terminal("--ascii", "demo")
    go_round(at)
    others = {item for item in at.bytes.decode() if not item.isascii()}
    assert others <= set("佐藤 由美é你好" + NAME)
    assert set("佐藤由美李玲é") <= others


def test_the_config_asks_for_it_and_an_option_takes_it_back(open_terminal: Opens, home: Path) -> None:
    folder = home / ".config" / "warmcall"
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text("ascii: true\n")
    at = open_terminal("demo")
    at.wait_for("Overdue - ", "佐藤")
    at = open_terminal("--no-ascii", "demo")
    at.wait_for("Overdue · ", "佐藤")


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=["C", "ascii", "latin-1"],
)
def test_plain_commands_write_what_their_output_can_hold(tmp_path: Path, environ: dict[str, str]) -> None:
    db = tmp_path / "warmcall.json"
    known = {
        "PYTHONPATH": ":".join(filter(None, sys.path)),
        "HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
    } | shared_time()

    def output(*words: str, **more: str) -> bytes:
        command = [*WARMCALL, "--db", str(db), *words]
        return subprocess.run(command, env=known | more, capture_output=True, check=False).stdout

    output("add", "Zoé 李美 “Z”", LANG="C.UTF-8")
    latin = environ.get("PYTHONIOENCODING") == "latin-1"
    name = b'Zo\xe9 ?? "Z"' if latin else b'Zoe ?? "Z"'
    dot = b"\xb7" if latin else b"-"
    assert output("due", **environ).strip() == b"today %b call %b %b new: not called yet" % (dot, name, dot)
