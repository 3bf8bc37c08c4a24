"""Commands beside an app that is open on the same file: what they change shows there, what is typed stays."""

from __future__ import annotations

from pathlib import Path

from warmcall.storage.state_file import StateFile

from tests.terminal.conftest import Opens, kept_notes, the_interview
from tests.terminal.emulator import Terminal


def ran(open_terminal: Opens, file: Path, *arguments: str, code: int = 0) -> Terminal:
    """Run a command on a terminal of its own until it has ended; return that terminal."""
    other = open_terminal("--db", str(file), *arguments)
    assert other.wait_for_end() == code, other.text
    return other


def test_what_commands_do_in_an_interview_shows_in_the_app_and_leaves_what_is_typed(
    open_terminal: Opens, file: Path, in_the_notes: Terminal
) -> None:
    app = in_the_notes
    app.wait_until(lambda: bool(the_interview(file)["held_by"]), "not held")
    app.press("typed in the app")
    refused = ran(open_terminal, file, "interview", "refer", "Bo Diaz", code=2)
    assert "it is open in another session since" in " ".join(refused.text.split())
    ran(open_terminal, file, "interview", "refer", "Bo Diaz", "--anyway")
    app.wait_for("Bo Diaz", "typed in the app")
    ran(open_terminal, file, "interview", "note", "-q", "2", "noted by a command", "--anyway")
    app.press(" and on")
    app.wait_until(lambda: len(kept_notes(file)) == 2, "not saved")
    app.press("Tab")
    app.wait_for("noted by a command")
    app.wait_until(lambda: "and on" in str(kept_notes(file)), "not saved")
    assert kept_notes(file) == {"came-to-it": "typed in the app and on", "ordinary-day": "noted by a command"}


def test_a_command_undoes_what_the_app_did_and_an_interview_begun_by_one_goes_on_in_the_app(
    open_terminal: Opens, file: Path
) -> None:
    app = open_terminal("--db", str(file))
    app.wait_for("Resume with Mei Tanaka")
    app.press("Enter")
    app.wait_for("x End")
    app.press("*")
    app.wait_for("★")
    app.wait_until(lambda: "'starred': True" in str(the_interview(file)), "not saved")
    assert "Undone: star" in ran(open_terminal, file, "undo").text
    app.wait_for("[4 Interview]", gone="★")
    app.press("2")
    app.wait_for("[2 People]")
    ran(open_terminal, file, "interview", "end", "--anyway")
    ran(open_terminal, file, "add", "Luis Ortega")
    ran(open_terminal, file, "interview", "start", "luis")
    app.wait_for("Luis Ortega")
    app.press("4")
    app.wait_for("Luis Ortega", "x End", gone="another session")
    app.press("Enter", "typed at once")
    app.wait_until(lambda: "typed at once" in str(StateFile(file).load().records), "not saved")
