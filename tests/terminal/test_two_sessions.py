"""Two sessions on one file, and a file that cannot be written: what a person sees."""

from __future__ import annotations

import json
import resource
from pathlib import Path

from tests.terminal.conftest import Opens, notes
from tui.storage.state_file import StateFile


def test_a_contact_added_elsewhere_shows_without_a_key_and_leaves_what_is_typed(
    open_terminal: Opens, file: Path
) -> None:
    one = open_terminal("--db", str(file))
    one.wait_for("Resume with Mei Tanaka")
    one.press("l", "2", "/", "r")
    one.wait_for("[2 People]", "Mei Tanaka", gone="Resume with")
    other = open_terminal("--db", str(file), "add", "Ana Ruiz")
    assert other.wait_for_end() == 0
    one.wait_for("Ana Ruiz", "Mei Tanaka")
    one.press("uiz")
    one.wait_for("Ana Ruiz", gone="Mei Tanaka")


def test_what_both_type_in_one_interview_survives_in_both(open_terminal: Opens, file: Path) -> None:
    first, second = open_terminal("--db", str(file)), open_terminal("--db", str(file))
    for at in (first, second):
        at.wait_for("Resume with Mei Tanaka")
        at.press("Enter")
        at.wait_for("x End")
    first.press("Enter", "said to the first")
    first.wait_until(lambda: notes(file) == {"came-to-it": "said to the first"}, "not saved")
    second.wait_for("said to the first")
    second.press("Down", "Enter", "said to the second")
    second.wait_until(lambda: len(notes(file)) == 2, "not saved")
    assert notes(file) == {"came-to-it": "said to the first", "ordinary-day": "said to the second"}
    first.wait_for("said to the first")


def test_an_undo_outlives_the_session(open_terminal: Opens, file: Path) -> None:
    assert open_terminal("--db", str(file), "add", "Ana Ruiz").wait_for_end() == 0
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    at.press("l", "2")
    at.wait_for("Ana Ruiz", gone="Resume with")
    at.press("u")
    at.wait_for("Undone: add Ana Ruiz")
    at.press("ctrl+q")
    assert at.wait_for_end() == 0
    names = [one["name"] for one in json.loads(file.read_bytes())["contacts"].values()]
    assert names == ["Mei Tanaka"]


def test_what_cannot_be_saved_is_said_and_quitting_offers_a_copy(
    open_terminal: Opens, file: Path, home: Path
) -> None:
    before = file.read_bytes()
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("x End")
    pid = at.child.pid
    assert pid is not None
    usual = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (100, usual[1]))
    at.press("Enter", "words that find no room")
    at.wait_for("not saved: file size limit reached")
    assert file.read_bytes() == before
    at.press("ctrl+q")
    at.wait_for("Not everything is saved", "not on disk yet")
    resource.prlimit(pid, resource.RLIMIT_FSIZE, usual)
    at.press("w")
    at.press("Enter")
    at.wait_for("Written to ~/warmcall-copy.json")
    assert notes(home / "warmcall-copy.json") == {"came-to-it": "words that find no room"}
    at.press("r")
    assert at.wait_for_end() == 0
    assert notes(file) == {"came-to-it": "words that find no room"}
    assert not StateFile(file).load().problems
