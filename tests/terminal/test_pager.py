"""Which pager is used, what needs none, and that it gets the text and ends without a word of ours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from warmcall.terminal.pager import fits, pager_for, show_by


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of programs, the only one there is, with pagers of both usual names."""
    for name in ("less", "more"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("environ", "pager"),
    [
        ({}, ["less"]),
        ({"PAGER": "more -s"}, ["more", "-s"]),
        ({"PAGER": "cat"}, []),
        ({"PAGER": ""}, []),
        ({"PAGER": "not-there"}, []),
        ({"PAGER": "less '"}, []),
        ({"TERM": "dumb"}, []),
        ({"TERM": ""}, []),
    ],
)
def test_the_pager_is_the_users_or_a_usual_one(
    found: Path, environ: dict[str, str], pager: list[str]
) -> None:
    words = pager_for({"TERM": "xterm"} | environ)
    assert [Path(word).name for word in words] == pager


def test_without_the_first_usual_pager_it_is_the_second_and_then_none(found: Path) -> None:
    (found / "less").unlink()
    assert pager_for({"TERM": "xterm"}) == [str(found / "more")]
    (found / "more").unlink()
    assert pager_for({"TERM": "xterm"}) == []


@pytest.mark.parametrize(
    ("lines", "fit"),
    [([], True), (["x"] * 22, True), (["x"] * 24, False), (["x" * 81] * 11, True), (["x" * 81] * 12, False)],
)
def test_what_fits_above_the_prompt_needs_no_pager(lines: list[str], fit: bool) -> None:
    assert fits(lines, 80, 24) == fit


@pytest.mark.parametrize(
    ("program", "shown"),
    [
        (["sh", "-c", 'cat > "$0"; echo "$LESS" >> "$0"', "FILE"], b"a text\nFRX\n"),
        (["sh", "-c", 'head -c 1 > "$0"', "FILE"], b"a"),
    ],
    ids=["to the end", "left early"],
)
def test_the_pager_gets_the_text_and_may_end_early(tmp_path: Path, program: list[str], shown: bytes) -> None:
    file = tmp_path / "shown"
    words = [str(file) if word == "FILE" else word for word in program]
    text = b"a text\n" if b"FRX" in shown else b"a text\n" * 100_000
    environ = {name: value for name, value in os.environ.items() if name != "LESS"}
    assert show_by(words, text, environ)
    assert file.read_bytes() == shown


def test_a_pager_that_cannot_be_started_shows_nothing(tmp_path: Path) -> None:
    assert not show_by([str(tmp_path / "none")], b"a text\n", os.environ)
