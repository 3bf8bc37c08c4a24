"""The user's own editor on a real terminal: handed over, returned, and ended together with warmcall."""

from __future__ import annotations

import json
import os
import secrets
import signal
import sys
from datetime import UTC
from pathlib import Path

import pytest
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.domain.change import Change
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.domain.when import When
from warmcall.services.services import Services
from warmcall.storage.state_file import StateFile

from tests.clock import RunningClock
from tests.terminal.conftest import Opens
from tests.terminal.emulator import PATIENCE_SECONDS, Terminal

LIMIT_SECONDS = 3.0
"""The longest the end may take from the signal on."""

WRITER = """
import asyncio, os, sys
from pathlib import Path
from textual.app import App
from textual.widgets import Label
from warmcall.terminal.shutdown import ShutdownHandler
from warmcall.terminal.subprocesses import ProgramFailed, edit
from warmcall.terminal.redraw import Redraw
from warmcall.terminal.textual_patches import install_frame_diff

class Writer(App[None]):
    BINDINGS = [("e", "edit", "edit"), ("q", "quit", "quit")]
    text = "first"

    def compose(self):
        for number in range(12):
            yield Label(f"line {number} stays")
        yield Label(self.text, id="text", markup=False)

    def on_mount(self):
        self.ending = ShutdownHandler(self.save, lambda code: self.exit(return_code=code), lambda: None)
        self.ending.watch(asyncio.get_running_loop())
        self.set_interval(1.0, self.ending.check_terminal)

    def save(self):
        Path(os.environ["KEPT"]).write_text(self.text)

    def action_edit(self):
        try:
            self.text = edit(self, self.text, os.environ)
        except ProgramFailed as reason:
            self.text = str(reason)
        self.query_one("#text", Label).update(self.text)

app = Writer()
assert install_frame_diff(app, Redraw(app), {})
app.run(mouse=False)
sys.exit(app.return_code)
"""


CLEAR = 'printf "\\033[2J\\033[H"; '
"""What an editor begins with; the emulated screen knows no second page."""


class Small:
    """A small app with an editor to call, and where it keeps its text."""

    def __init__(self, opens: Opens, folder: Path) -> None:
        self._opens = opens
        self._folder = folder
        self.kept = folder / "kept"
        self.temporary = folder / "temporary"
        self.temporary.mkdir()

    def open(self, does: str) -> Terminal:
        """Open the app; its editor is a shell script that does `does`."""
        editor = self._folder / "an editor"
        editor.write_text(f"#!/bin/sh\n{does}\n")
        editor.chmod(0o755)
        at = self._opens(
            program=(sys.executable, "-c", WRITER),
            EDITOR=f"'{editor}'",
            KEPT=str(self.kept),
            TMPDIR=str(self.temporary),
        )
        at.wait_for("line 11 stays", "first")
        return at

    @property
    def clean(self) -> bool:
        """Whether no file of the editor's is left."""
        return not list(self.temporary.iterdir())


@pytest.fixture
def small(open_terminal: Opens, tmp_path: Path) -> Small:
    return Small(open_terminal, tmp_path)


def test_the_editor_has_the_terminal_and_then_the_screen_is_whole_again(small: Small) -> None:
    at = small.open(CLEAR + 'printf "your words: "; read words; echo "$words" >> "$1"')
    at.press("e")
    at.wait_for("your words:", gone="stays")
    assert "\x1b[?1049l" in at.bytes.decode()
    at.press("by hand\r")
    shown = at.wait_for("line 0 stays", "line 11 stays", "first", "by hand")
    assert "your words" not in shown
    assert shown.count("stays") == 12
    at.press("e")
    at.wait_for("your words:")
    at.press("twice\r")
    at.wait_for("line 0 stays", "by hand", "twice", gone="your words")
    assert small.clean
    at.press("q")
    assert at.wait_for_end() == 0


def test_a_failed_editor_is_said_on_a_whole_screen_even_if_it_left_the_terminal_raw(small: Small) -> None:
    at = small.open('stty raw -echo; printf "\\033[?25l"; echo x >> "$1"; exit 7')
    at.press("e")
    at.wait_for("an editor ended with 7: nothing was changed", "line 0 stays", "line 11 stays")
    assert small.clean
    at.press("q")
    assert at.wait_for_end() == 0


def test_an_interrupt_typed_in_the_editor_is_for_the_editor(small: Small) -> None:
    at = small.open(
        'trap "echo interrupted >> \\"$1\\"; exit 0" INT; echo ready; while :; do sleep 0.05; done'
    )
    at.press("e")
    at.wait_for("ready")
    at.press("\x03")
    at.wait_for("line 11 stays", "interrupted")
    assert not small.kept.exists()
    at.press("q")
    assert at.wait_for_end() == 0


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_while_the_editor_runs_ends_us_with_what_it_had_saved(
    small: Small, number: signal.Signals
) -> None:
    at = small.open('echo saved >> "$1"; echo ready; exec sleep 60')
    at.press("e")
    at.wait_for("ready")
    at.child.kill(number)
    assert at.wait_for_end(LIMIT_SECONDS) == 128 + number
    assert small.kept.read_text() == "first\nsaved"
    assert small.clean


def test_what_nano_rescues_when_the_line_drops_is_kept(small: Small) -> None:
    does = 'trap "echo rescued > \\"$1.save\\"; exit 1" HUP; echo ready; while :; do sleep 0.05; done'
    at = small.open(does)
    at.press("e")
    at.wait_for("ready")
    at.child.kill(signal.SIGHUP)
    assert at.wait_for_end(LIMIT_SECONDS) == 129
    assert small.kept.read_text() == "rescued"
    assert small.clean


def test_a_swap_file_that_vim_leaves_when_the_line_drops_stays(small: Small) -> None:
    does = 'cd "$(dirname "$1")"; echo typed > .text.txt.swp; echo saved >> "$1"; echo ready; exec sleep 60'
    at = small.open(does)
    at.press("e")
    at.wait_for("ready")
    at.child.kill(signal.SIGHUP)
    assert at.wait_for_end(LIMIT_SECONDS) == 129
    assert small.kept.read_text() == "first\nsaved"
    [folder] = small.temporary.iterdir()
    assert [path.name for path in folder.iterdir()] == [".text.txt.swp"]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_an_editor_that_will_not_end_does_not_hold_the_end_up(small: Small) -> None:
    at = small.open('trap "" HUP TERM; echo $$ > "$KEPT.pid"; echo saved >> "$1"; echo ready; exec sleep 60')
    at.press("e")
    at.wait_for("ready")
    at.child.kill(signal.SIGTERM)
    try:
        assert at.wait_for_end(LIMIT_SECONDS) == 143
    finally:
        os.kill(int(Path(f"{small.kept}.pid").read_text()), signal.SIGKILL)
    assert small.kept.read_text() == "first\nsaved"


def test_a_dropped_line_ends_us_while_the_editor_runs(small: Small) -> None:
    at = small.open('echo saved >> "$1"; echo ready; exec sleep 60')
    at.press("e")
    at.wait_for("ready")
    at.hang_up()
    assert at.wait_unread(LIMIT_SECONDS) == 129
    assert small.kept.read_text() == "first\nsaved"
    assert small.clean


def test_a_dropped_line_without_a_signal_is_noticed_while_the_editor_runs(
    small: Small, open_terminal: Opens, tmp_path: Path
) -> None:
    gone, pid = tmp_path / "gone", tmp_path / "pid"
    editor = tmp_path / "stubborn"
    editor.write_text(
        f'#!/bin/sh\necho $$ > {pid}; echo saved >> "$1"; echo ready; exec sleep 60 </dev/null\n'
    )
    editor.chmod(0o755)
    order = f"trap '' HUP; \"$@\"; echo $? > '{gone}'"
    at = open_terminal(
        program=("/bin/sh", "-c", order, "sh", sys.executable, "-c", WRITER),
        EDITOR=str(editor),
        KEPT=str(small.kept),
        TMPDIR=str(small.temporary),
    )
    at.wait_for("line 11 stays")
    at.press("e")
    at.wait_for("ready")
    at.hang_up()
    assert at.wait_unread(2 * LIMIT_SECONDS) == 0
    assert gone.read_text() == "129\n"
    assert small.kept.read_text() == "first\nsaved"


def test_a_stop_typed_in_the_editor_stops_both_and_the_shell_brings_both_back(
    small: Small, open_terminal: Opens, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    does = CLEAR + 'printf "words: "; read words; echo "$words" >> "$1"'
    editor.write_text(f"#!/bin/sh\n{does}\n")
    editor.chmod(0o755)
    program = tmp_path / "writer.py"
    program.write_text(WRITER)
    at = open_terminal(
        program=("/bin/bash", "--norc", "--noprofile", "-i"),
        EDITOR=str(editor),
        KEPT=str(small.kept),
        TMPDIR=str(small.temporary),
        PS1="shell> ",
        columns=250,
    )
    at.wait_for("shell>")
    at.press(f"{sys.executable} {program}\r")
    at.wait_for("line 11 stays")
    at.press("e")
    at.wait_for("words:", gone="stays")
    at.press("\x1a")
    at.wait_for("Stopped", "shell>")
    at.press("fg\r")
    at.wait_until(lambda: "".join(at.text.split()).count("writer.py") == 2, "the shell did not bring it back")
    at.press("after the stop\r")
    at.wait_for("line 0 stays", "after the stop", gone="words:")
    at.press("q")
    at.wait_for("shell>")
    at.press("exit\r")
    assert at.wait_for_end(PATIENCE_SECONDS) == 0


@pytest.fixture
def owed(tmp_path: Path, library: Library) -> Path:
    """A state file with one person, Mei Tanaka, to whom news of the day is owed."""
    path = tmp_path / "state" / "warmcall.json"
    changes: list[Change] = []
    services = Services(
        Store(), library, Config(), RunningClock(), lambda: UTC, changes.append, lambda: secrets.token_hex(8)
    )
    mei = services.address_book.add({"name": "Mei Tanaka", "email": "mei@example.com"})
    now = services.time.now()
    for call in list(services.store.open_follow_ups()):
        services.following_up.done(call.id)
    services.following_up.add(mei.id, FollowUpKind.CHECK_IN, When(now.date()), "I took your advice")
    [owed] = services.store.open_follow_ups()
    services.following_up.keep_draft(owed.id, "News", "Dear Mei,")
    StateFile(path).save(changes)
    return path


def draft_of(file: Path) -> str:
    """Return the words of the message in a state file."""
    follow_ups = json.loads(file.read_bytes())["follow_ups"].values()
    return next(str(item["body"]) for item in follow_ups if item.get("body"))


def open_the_message(opens: Opens, file: Path, does: str) -> Terminal:
    """Open warmcall on the message to Mei; the editor is a shell script that does `does`."""
    editor = file.parent / "editor"
    editor.write_text(f"#!/bin/sh\n{does}\n")
    editor.chmod(0o755)
    at = opens("--db", str(file), VISUAL=str(editor))
    at.wait_for("Mei Tanaka", "[1 Queue]")
    at.press("Enter")
    at.wait_for("Dear Mei,", "m Mail", "V Own editor")
    return at


def test_a_message_is_written_in_the_editor_and_handed_over_as_a_draft(
    open_terminal: Opens, owed: Path
) -> None:
    at = open_the_message(open_terminal, owed, CLEAR + 'echo "by hand" >> "$1"')
    at.press("V")
    at.wait_for("Dear Mei,", "by hand", "m Mail", "[1 Queue]")
    at.press("m")
    at.wait_until(lambda: (owed.parent / "drafts").is_dir(), "no draft")
    at.wait_for("Draft written to")
    [draft] = (owed.parent / "drafts").iterdir()
    assert draft.name.endswith("-mei-tanaka.eml")
    assert draft.stat().st_mode & 0o777 == 0o600
    assert draft.read_bytes().endswith(b"\r\n\r\nDear Mei,\r\nby hand\r\n")
    at.press("ctrl+q")
    assert at.wait_for_end() == 0
    assert draft_of(owed) == "Dear Mei,\nby hand"


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_during_the_editor_saves_what_it_had_saved_in_the_file(
    open_terminal: Opens, owed: Path, number: signal.Signals
) -> None:
    at = open_the_message(open_terminal, owed, 'echo "by hand" >> "$1"; echo ready; exec sleep 60')
    at.press("V")
    at.wait_for("ready")
    at.child.kill(number)
    assert at.wait_for_end(LIMIT_SECONDS) == 128 + number
    assert draft_of(owed) == "Dear Mei,\nby hand"
    assert b"Traceback" not in at.bytes
