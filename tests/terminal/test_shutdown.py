"""Ends that nobody asked for: what was typed is in the file, the process is gone, the file is whole."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from warmcall.storage.state_file import StateFile

from tests.terminal.conftest import Opens, into_the_notes, kept_notes, notes, the_interview
from tests.terminal.emulator import Terminal
from tests.terminal.shells import Found, modes_left
from tests.terminal.test_suspend import right_to_one_second
from tests.terminal.titles import wait_for_title, window_of

LIMIT_SECONDS = 3.0
"""The longest the end may take from the signal on."""

UNSEEN = "typed while nothing is shown "


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_with_everything_saved_and_the_terminal_as_found(
    open_terminal: Opens, file: Path, number: signal.Signals
) -> None:
    at = open_terminal("--mouse", "--db", str(file))
    found = Found(at)
    into_the_notes(at)
    wait_for_title(at, "19 min left")
    at.press("By accident.", "Tab", "Half of it is spreadsheets")
    at.wait_for("question 2 of 8", "Half of it is spreadsheets")
    assert {b"7", b"25", b"1000", b"1006", b"1049", b"2004"} <= modes_left(at.bytes)
    at.child.kill(number)
    assert at.wait_for_end(LIMIT_SECONDS) == 128 + number
    assert notes(file) == {"came-to-it": "By accident.", "ordinary-day": "Half of it is spreadsheets"}
    found.check()
    assert window_of(at).is_as_found
    assert "[4 Interview]" not in at.text
    assert b"Traceback" not in at.bytes


CRASHING = """
from tests.terminal.entry import start
from warmcall.widgets.text_area import PlainTextArea

typed = PlainTextArea.on_key

def crash(self, event):
    typed(self, event)
    if event.character == "!":
        raise RuntimeError("a mistake of ours")

PlainTextArea.on_key = crash
start()
"""


CRASHING_AT_THE_KEYS = """
from textual._xterm_parser import XTermParser
from tests.terminal.entry import start

read = XTermParser.feed

def crash(self, text):
    if "!" in text:
        raise RuntimeError("a mistake of ours")
    return read(self, text)

XTermParser.feed = crash
start()
"""


@pytest.mark.parametrize(
    ("program", "mark"), [(CRASHING, "!"), (CRASHING_AT_THE_KEYS, "")], ids=["a widget", "the keys' thread"]
)
def test_an_unexpected_error_ends_it_with_everything_saved_and_the_terminal_as_found(
    open_terminal: Opens, file: Path, program: str, mark: str
) -> None:
    at = open_terminal("--mouse", "--db", str(file), program=(sys.executable, "-c", program))
    found = Found(at)
    into_the_notes(at)
    at.press("By accident")
    at.wait_for("By accident")
    wait_for_title(at, "19 min left")
    at.press("!")
    assert at.wait_for_end(2 * LIMIT_SECONDS) == 70
    found.check()
    assert window_of(at).is_as_found
    assert "accident" not in at.text
    assert str(file.with_name("warmcall.log")) in at.text.replace("\n", "")
    assert notes(file) == {"came-to-it": f"By accident{mark}"}
    left = at.bytes.rpartition(b"\x1b[?1049l")[2]
    log = file.with_name("warmcall.log")
    assert b"an error in warmcall ended it (RuntimeError)" in left
    assert b"accident" not in left
    assert b"Traceback" not in left
    assert log.stat().st_mode & 0o777 == 0o600
    assert "RuntimeError: a mistake of ours" in log.read_text()
    assert "accident" not in log.read_text()


ENDED_WHILE_OPENING = """
import os, signal, threading
from tests.terminal.entry import start
from warmcall.app.app import WarmcallApp
from warmcall.screens.help import HelpDialog
from warmcall.screens.interview.screen import InterviewScreen
from warmcall.terminal import suspend

def end():
    os.kill(os.getpid(), signal.{number})

def half_composed(compose):
    def body(self):
        parts = compose(self)
        yield next(parts)
        end()
        {then}
        yield from parts
    return body

def and_then(method):
    def called(self, *arguments):
        result = method(self, *arguments)
        if isinstance(arguments[0], HelpDialog):
            end()
        return result
    return called

def first(method):
    def called(self):
        end()
        method(self)
    return called

{hook}
start()
"""

DIALOG = "HelpDialog.body = half_composed(HelpDialog.body)"
PUSHED = "WarmcallApp.push_screen = and_then(WarmcallApp.push_screen)"
OTHER_SCREEN = "InterviewScreen.body = half_composed(InterviewScreen.body)"
SUSPENDED = "suspend._parent_shell = lambda: True; suspend._stop_the_job = end"
APP = "WarmcallApp.on_mount = first(WarmcallApp.on_mount)"
STUCK_FOR_EVER = "threading.Event().wait()"


@pytest.mark.parametrize(
    ("hook", "then", "number"),
    [
        pytest.param(DIALOG, "pass", signal.SIGTERM, marks=pytest.mark.long),
        (DIALOG, STUCK_FOR_EVER, signal.SIGTERM),
        (PUSHED, "pass", signal.SIGHUP),
        pytest.param(OTHER_SCREEN, "pass", signal.SIGTERM, marks=pytest.mark.long),
        (SUSPENDED, "pass", signal.SIGTERM),
        (APP, "pass", signal.SIGTERM),
    ],
    ids=["dialog half composed", "stuck there", "dialog pushed", "screen half composed", "suspending", "app"],
)
def test_a_signal_while_something_opens_or_is_left_ends_it_as_at_any_other_time(
    open_terminal: Opens, file: Path, hook: str, then: str, number: signal.Signals
) -> None:
    program = ENDED_WHILE_OPENING.format(hook=hook, then=then, number=number.name)
    at = open_terminal("--mouse", "--db", str(file), program=(sys.executable, "-c", program))
    found = Found(at)
    typed = hook in (DIALOG, PUSHED, SUSPENDED)
    if hook != APP:
        at.wait_for("Resume with Mei Tanaka")
        at.press("Enter")
    if typed:
        at.wait_for("x End")
        at.burst("Enter", "By accident", "\x1a" if hook == SUSPENDED else "F1")
    assert at.wait_for_end(LIMIT_SECONDS) == 128 + number
    assert notes(file) == ({"came-to-it": "By accident"} if typed else {})
    found.check()
    assert at.text.strip() == ""
    assert not file.with_name("warmcall.log").exists()


def test_a_request_to_end_is_handled_at_once_while_nothing_happens(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    at.press("l", "w")
    at.wait_for("[1 Queue]", "Mei Tanaka", gone="Resume with")
    at.child.kill(signal.SIGTERM)
    assert at.wait_for_end(LIMIT_SECONDS) == 143
    assert b"\x1b[?1049l" in at.bytes


def test_a_dropped_line_ends_it_with_everything_saved(in_the_notes: Terminal, file: Path) -> None:
    in_the_notes.press("By accident.")
    in_the_notes.wait_for("By accident.")
    in_the_notes.hang_up()
    assert in_the_notes.wait_unread(LIMIT_SECONDS) == 129
    assert notes(file) == {"came-to-it": "By accident."}


IGNORING_HANG_UPS = """
import signal
from tests.terminal.entry import start

signal.signal(signal.SIGHUP, signal.SIG_IGN)
start()
"""


def test_a_dropped_line_ends_it_where_hang_ups_are_ignored(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--db", str(file), program=(sys.executable, "-c", IGNORING_HANG_UPS))
    into_the_notes(at)
    at.press("By accident.")
    at.wait_for("By accident.")
    at.hang_up()
    assert at.wait_unread(LIMIT_SECONDS) == 129
    assert notes(file) == {"came-to-it": "By accident."}


LOOPING = CRASHING.replace(
    'raise RuntimeError("a mistake of ours")', "import threading; threading.Event().wait()"
)


def test_stuck_in_a_key_it_is_ended_with_everything_saved_and_the_terminal_as_found(
    open_terminal: Opens, file: Path
) -> None:
    at = open_terminal("--mouse", "--db", str(file), program=(sys.executable, "-c", LOOPING))
    found = Found(at)
    into_the_notes(at)
    at.press("By accident")
    at.wait_for("By accident")
    at.press("!")
    at.child.kill(signal.SIGTERM)
    assert at.wait_for_end(LIMIT_SECONDS) == 143
    found.check()
    assert "By accident" not in at.text
    assert notes(file)["came-to-it"].startswith("By accident")


KNOWS_SIZES = "\x1b[?2048;2$y"
"""What a terminal answers that reports new sizes among the keys; such ones know pixels for the mouse, too."""


def test_a_terminal_that_knows_more_is_left_as_found(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--mouse", "--db", str(file))
    found = Found(at)
    at.wait_for("Resume with Mei Tanaka")
    at.press(KNOWS_SIZES)
    at.wait_until(lambda: b"2048" in modes_left(at.bytes), "new sizes are not asked for")
    at.press("ctrl+q")
    assert at.wait_for_end() == 0
    found.check()


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.long)])
def test_a_terminal_that_takes_no_more_output_does_not_hold_the_end_up(
    in_the_notes: Terminal, file: Path, number: signal.Signals
) -> None:
    in_the_notes.press("By accident. ")
    in_the_notes.wait_for("By accident.")
    for _ in range(40):
        in_the_notes.press(*UNSEEN)
    in_the_notes.child.kill(number)
    assert in_the_notes.wait_unread(LIMIT_SECONDS) == 128 + number
    saved = notes(file)["came-to-it"]
    assert saved.startswith("By accident.")
    assert ("By accident. " + UNSEEN * 40).startswith(saved)


STUCK = """
import asyncio, contextvars, threading
from warmcall.terminal.shutdown import ShutdownHandler

known = contextvars.ContextVar("known")

async def main():
    known.set("saved in the app's own context")
    clean_up = lambda: print("cleaned up", flush=True)
    ending = ShutdownHandler(lambda: print(known.get()), lambda code: print("left"), clean_up)
    ending.watch(asyncio.get_running_loop())
    print("ready", flush=True)
    threading.Event().wait()

asyncio.run(main())
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_loop_that_is_stuck_for_ever_is_saved_from_and_ended(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.send_signal(number)
        output, _ = child.communicate(timeout=LIMIT_SECONDS)
    assert output == "saved in the app's own context\ncleaned up\n"
    assert child.returncode == 128 + number


def test_saving_that_fails_or_never_ends_does_not_hold_the_end_up() -> None:
    for save in ("1 / 0", "threading.Event().wait()"):
        program = STUCK.replace("print(known.get())", save)
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            child.send_signal(signal.SIGHUP)
            output, _ = child.communicate(timeout=2 * LIMIT_SECONDS)
        assert (output, child.returncode) == ("cleaned up\n", 129)


def test_killed_it_goes_on_on_another_terminal_with_what_was_saved_and_the_right_time(
    in_the_notes: Terminal, open_terminal: Opens, file: Path
) -> None:
    in_the_notes.press("By accident.")
    in_the_notes.wait_until(lambda: kept_notes(file) == {"came-to-it": "By accident."}, "not saved")
    in_the_notes.press(" And")
    in_the_notes.kill()
    saved = kept_notes(file)["came-to-it"]
    assert "By accident. And".startswith(saved)
    at = open_terminal("--db", str(file), columns=100, rows=30)
    at.wait_for("Resume with Mei Tanaka")
    right_to_one_second(at, file)
    at.press("Enter")
    at.wait_for("[4 Interview]", "x End", saved, gone="T takes over")
    right_to_one_second(at, file)
    at.wait_until(lambda: notes(file) == {"came-to-it": saved}, "not folded into the state file")
    at.press("Enter", ", and after")
    at.wait_until(lambda: kept_notes(file) == {"came-to-it": f"{saved}, and after"}, "not saved")


def test_words_in_a_form_outlive_a_kill(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    at.press("l", "2", "a")
    at.wait_for("A new contact")
    at.press("Luis Ortega")
    at.wait_until(lambda: "Luis Ortega" in str(StateFile(file).load().records), "not kept")
    at.kill()
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    at.press("l", "2", "a")
    at.wait_for("A new contact", "Luis Ortega", "was not saved; here it is")


@pytest.mark.long
@pytest.mark.parametrize("number", range(20))
@pytest.mark.parametrize("unread", [False, True], ids=["closed while typing", "unread for five seconds"])
def test_a_closed_terminal_loses_nothing_and_burns_no_processor(
    in_the_notes: Terminal, file: Path, unread: bool, number: int
) -> None:
    in_the_notes.press("By accident. ")
    in_the_notes.wait_until(lambda: kept_notes(file) == {"came-to-it": "By accident. "}, "not saved")
    seconds = time.monotonic() + (5.0 if unread else 0.0)
    typed = "By accident. "
    for letter in itertools.islice(itertools.cycle(UNSEEN), 40 + number):
        in_the_notes.press(letter)
        typed += letter
    while time.monotonic() < seconds:
        threading.Event().wait(0.1)
    before = in_the_notes.processor_seconds()
    in_the_notes.hang_up()
    assert in_the_notes.wait_unread(LIMIT_SECONDS) == 129
    assert in_the_notes.used_seconds - before < 1.0
    saved = notes(file)["came-to-it"]
    assert typed.startswith(saved)
    assert saved.startswith("By accident. ")
    if unread:
        assert saved == typed


def test_a_paused_interview_stays_paused_over_a_kill(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--db", str(file))
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("x End")
    at.press("w")
    shown = at.wait_for("paused, ")
    left = shown.partition("paused, ")[2][:5]
    at.wait_until(lambda: bool(the_interview(file)["countdown"]["pauses"]), "not saved")
    at.kill()

    at = open_terminal("--db", str(file))
    at.wait_for(f"Resume with Mei Tanaka, paused, {left} left?")
    at.press("Enter")
    at.wait_for("[4 Interview]", f"paused, {left} left", gone="Resume with")
    at.press("w")
    at.wait_for("question 1 of 8", gone="paused")
    at.press("ctrl+q")
    assert at.wait_for_end() == 0
    [pause] = the_interview(file)["countdown"]["pauses"]
    assert all(pause.values())
