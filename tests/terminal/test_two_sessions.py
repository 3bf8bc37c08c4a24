"""Two sessions on one file, and a file that cannot be written: what a person sees."""

from __future__ import annotations

import json
import resource
from pathlib import Path

from warmcall.storage.state_file import StateFile

from tests.terminal.conftest import Opens, kept_notes, notes, the_interview


def test_a_contact_added_elsewhere_shows_without_a_key_and_leaves_what_is_typed(
    open_terminal: Opens, file: Path
) -> None:
    terminal = open_terminal("--db", str(file))
    terminal.wait_for("Resume with Mei Tanaka")
    terminal.press("l", "2", "/", "r")
    terminal.wait_for("[2 People]", "Mei Tanaka", gone="Resume with")
    other = open_terminal("--db", str(file), "add", "Ana Ruiz")
    assert other.wait_for_end() == 0
    terminal.wait_for("Ana Ruiz", "Mei Tanaka")
    terminal.press("uiz")
    terminal.wait_for("Ana Ruiz", gone="Mei Tanaka")


def test_a_second_session_is_read_only_until_it_takes_over_and_no_letter_of_either_is_lost(
    open_terminal: Opens, file: Path
) -> None:
    first = open_terminal("--db", str(file))
    first.wait_for("Resume with Mei Tanaka")
    first.press("Enter")
    first.wait_for("x End")
    first.wait_until(lambda: bool(the_interview(file)["held_by"]), "not held")
    second = open_terminal("--db", str(file))
    second.wait_for("Resume with Mei Tanaka", "resuming takes it over")
    second.press("l")
    second.wait_for("[1 Queue]", gone="Resume with")
    second.press("4")
    second.wait_for("open in another session since", "T takes over")
    first.press("Enter", "said to the first")
    second.wait_for("said to the first")
    second.press("Enter", "lost")
    second.wait_for("Not typed: it is open in another session")
    second.press("Esc", "T")
    second.wait_for("The interview is yours now", gone="T takes over")
    first.wait_for("session since", "words are kept")
    first.press(" quietly 12")
    first.wait_for("Not typed", "[4 Interview]")
    second.press("Tab", "Enter", "said to the second")
    second.wait_until(lambda: len(kept_notes(file)) == 2, "not saved")
    first.wait_for("said to the second")
    assert kept_notes(file) == {"came-to-it": "said to the first", "ordinary-day": "said to the second"}
    second.press("Esc", "ctrl+q")
    assert second.wait_for_end() == 0
    first.wait_for("Leave notes", gone="another session")
    first.press(" and on")
    first.wait_until(lambda: "and on" in str(kept_notes(file)), "not saved")


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
    names = [load["name"] for load in json.loads(file.read_bytes())["contacts"].values()]
    assert names == ["Mei Tanaka"]


def test_what_cannot_be_saved_is_said_and_quitting_offers_a_copy(
    open_terminal: Opens, file: Path, home: Path
) -> None:
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("x End")
    at.wait_until(lambda: bool(the_interview(file)["held_by"]), "not held")
    before = file.read_bytes()
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
