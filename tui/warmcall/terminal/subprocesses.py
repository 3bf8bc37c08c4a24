"""Other programs on the same terminal: the user's own editor, and what takes a mail. Never a shell."""

from __future__ import annotations

import asyncio
import os
import select
import shlex
import shutil
import signal
import subprocess
import tempfile
import termios
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from warmcall.domain.mail_command import filled_words, mail_words
from warmcall.terminal.shutdown import gone

LOOK_SECONDS = 1.0
"""How often it is looked whether the terminal is still there while another program has it."""

GRACE_SECONDS = 1.0
"""How long a program is given to save and end when we are told to end; our own end takes the rest of 3 s."""

_INPUT = 0
_FOR_THE_PROGRAM = (signal.SIGINT, signal.SIGQUIT)
"""What the terminal sends to every program on it; it is meant for the one that has it now."""

_FOR_US = (signal.SIGHUP, signal.SIGTERM)


class ProgramFailed(Exception):
    """Another program did not do what it was asked; the message is a sentence that says why."""


class _Told(Exception):
    """We were told to end meanwhile, so the terminal is not taken back."""


def edit(app: App[Any], text: str, environ: Mapping[str, str]) -> str:
    """Return `text` as the user left it in their own editor, `$VISUAL` or else `$EDITOR`.

    The text lies in a private file meanwhile, which is gone afterwards. If we are told to end, the editor
    is told too, and what it saved is returned before the end begins; a swap file it leaves stays.

    Raises:
        ProgramFailed: if there is no editor, or it fails; nothing is to be changed then.
    """
    words = _editor(environ)
    path = _private_file(text if text.endswith("\n") else f"{text}\n")
    told = False
    try:
        code = _run(app, [*words, str(path)], environ)
        if code:
            raise ProgramFailed(f"{_name(words)} {_ended_with(code)}: nothing was changed")
        return _read(path, text)
    except _Told:
        told = True
        return _read(_rescued(path), text)
    finally:
        _remove(path, told)


def editor_disabled_reason(environ: Mapping[str, str]) -> str:
    """Return why there is no editor of the user's own to call; empty if there is one."""
    try:
        _editor(environ)
    except ProgramFailed as reason:
        return str(reason)
    return ""


def run_mail_program(
    app: App[Any], command: str, values: Mapping[str, str], environ: Mapping[str, str]
) -> str:
    """Run the mail program of `command`, and return a sentence that says so.

    `values` gives what its names in braces stand for, each in one word whatever it holds; for `body_file`
    it gives the text, which lies in a private file until the program has ended.

    Raises:
        ProgramFailed: if the command is none, or the program cannot be run or fails.
    """
    try:
        words = mail_words(command)
    except ValueError as error:
        raise ProgramFailed(f"Not handed over: {error}") from error
    path = _private_file(values.get("body_file", ""))
    code = 0
    try:
        code = _run(app, filled_words(words, {**values, "body_file": str(path)}), environ)
    except _Told:
        pass
    finally:
        _remove(path)
    if code:
        raise ProgramFailed(f"{_name(words)} {_ended_with(code)}: see whether it took the mail")
    return f"Handed to {_name(words)}"


def _editor(environ: Mapping[str, str]) -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(environ.get(variable, ""))
        except ValueError as error:
            raise ProgramFailed(f"{variable} has a quote in it that is not closed") from error
        if words and words[0]:
            return words
    raise ProgramFailed("Set EDITOR or VISUAL to write in your own editor")


def _run(app: App[Any], words: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run a program with the terminal handed over; return its exit code, negative if a signal ended it.

    Raises:
        ProgramFailed: if it cannot be run.
        _Told: if we were told to end; the end begins once the caller has kept what there is.
    """
    code, refused = 0, ""
    told: list[int] = []
    try:
        with app.suspend():
            try:
                with _terminal_kept(), _signals_sorted(told) as woken:
                    code = _wait(words, environ, told, woken)
            except (OSError, ValueError) as error:  # from here it would keep the terminal from coming back
                refused = _reason(error)
            if told:
                raise _Told
    except SuspendNotSupported as error:
        raise ProgramFailed("This terminal cannot be handed over to another program") from error
    except _Told:
        asyncio.get_running_loop().call_soon(signal.raise_signal, told[0])
        raise
    app.screen.refresh(layout=True)
    if refused:
        raise ProgramFailed(f"{_name(words)} cannot be run: {refused}")
    return code


def _wait(words: Sequence[str], environ: Mapping[str, str], told: list[int], woken: tuple[int, int]) -> int:
    """Run a program to its end, or until it had its time after we were told to end."""
    there = not gone()
    process = subprocess.Popen(list(words), env=dict(environ))  # noqa: S603 - the user's own program
    own_end = os.dup(woken[1])

    def watch() -> None:
        process.wait()
        with suppress(OSError):  # nobody may be waiting any more
            os.write(own_end, b"e")
        os.close(own_end)

    threading.Thread(target=watch, daemon=True, name="outside").start()
    while process.returncode is None and not told:
        select.select([woken[0]], [], [], LOOK_SECONDS)
        if there and gone():
            told.append(signal.SIGHUP)
    if told and process.returncode is None:
        with suppress(OSError):
            process.send_signal(told[0])
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)
    return process.returncode or 0


@contextmanager
def _signals_sorted(told: list[int]) -> Iterator[tuple[int, int]]:
    """Leave to the program what is meant for it, and remember in `told` what asks us to end.

    Yields both ends of a pipe that a signal writes to, so that who waits at it wakes up.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)

    def end(number: int, _frame: object) -> None:
        told.append(number)
        with suppress(OSError):
            os.write(writing, b"s")

    before = {number: signal.signal(number, lambda *_: None) for number in _FOR_THE_PROGRAM}
    before |= {number: signal.signal(number, end) for number in _FOR_US}
    # By default ctrl+z stops us together with the program, and both go on at the shell's fg.
    before[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    try:
        yield reading, writing
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        os.close(reading)
        os.close(writing)


@contextmanager
def _terminal_kept() -> Iterator[None]:
    """Put the terminal's settings back to what they are now, however the program leaves them."""
    settings: Any = None
    with suppress(termios.error):
        settings = termios.tcgetattr(_INPUT)
    try:
        yield
    finally:
        if settings is not None:
            with suppress(termios.error):
                termios.tcsetattr(_INPUT, termios.TCSANOW, settings)


def _private_file(text: str) -> Path:
    """Return a new file with `text` in a folder of its own, both for their owner alone.

    Raises:
        ProgramFailed: if it cannot be written.
    """
    path = None
    try:
        path = Path(tempfile.mkdtemp(prefix="warmcall-"), "text.txt")
        path.touch(0o600)
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        if path is not None:
            _remove(path)
        raise ProgramFailed(f"The text cannot be put into a file: {_reason(error)}") from error
    return path


def _remove(path: Path, told: bool = False) -> None:
    """Remove a private file and its folder; if we were told to end, not what an editor rescued there."""
    if not told:
        shutil.rmtree(path.parent, ignore_errors=True)
        return
    with suppress(OSError):  # vim leaves a swap file, for vim -r
        for other_path in {path, _rescued(path)}:
            other_path.unlink(missing_ok=True)
        path.parent.rmdir()


def _rescued(path: Path) -> Path:
    """Return the file that nano saves what was typed to when it is told to end, if there is one."""
    saved = path.with_name(f"{path.name}.save")
    return saved if saved.is_file() else path


def _read(path: Path, before: str) -> str:
    """Return what an editor left in a file that held `before` and a line feed at its end.

    Raises:
        ProgramFailed: if the file cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise ProgramFailed(f"The text did not come back: {_reason(error)}") from error
    return text if before.endswith("\n") else text.removesuffix("\n")


def _name(words: Sequence[str]) -> str:
    return Path(words[0]).name


def _ended_with(code: int) -> str:
    return f"ended with {code}" if code > 0 else f"was ended by signal {-code}"


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it is not there"
    return (getattr(error, "strerror", None) or str(error)).lower()
