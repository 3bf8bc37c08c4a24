"""Running other programs on the same terminal: the user's editor and mail program. Never through a shell."""

from __future__ import annotations

import asyncio
import os
import select
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
from warmcall.terminal.editors import NoEditor, editor_words
from warmcall.terminal.shutdown import gone

TERMINAL_CHECK_SECONDS = 1.0
"""How often it is checked, while another program has the terminal, whether the terminal is still there."""

GRACE_SECONDS = 1.0
"""How long the program is given to save and end when warmcall is asked to end.

Warmcall's own end takes the rest of the 3 seconds (`shutdown.LIMIT_SECONDS`).
"""

_INPUT = 0
_PROGRAM_SIGNALS = (signal.SIGINT, signal.SIGQUIT)
"""Signals the terminal sends to every program on it; only the running program is to act on them."""

_END_SIGNALS = (signal.SIGHUP, signal.SIGTERM)
"""Signals that ask warmcall to end."""


class ProgramFailed(Exception):
    """Another program could not be run or failed; the message is a sentence for the user that says why."""


class _EndRequested(Exception):
    """Warmcall was asked to end while the program ran, so the terminal is not set up again."""


def edit(app: App[Any], text: str, environ: Mapping[str, str]) -> str:
    """Have the user edit `text` in their own editor; return what they saved.

    The editor is `$VISUAL`, else `$EDITOR`, else nano or vi.

    The text is in a private file while the editor runs, and the file is removed afterwards. If warmcall is
    asked to end meanwhile, the signal is passed on to the editor, and what it saved is returned before
    warmcall ends; a swap file that the editor leaves is kept.

    Raises:
        ProgramFailed: if there is no editor, or it fails; the caller then keeps the old text.
    """
    words = _editor(environ)
    path = _private_file(text if text.endswith("\n") else f"{text}\n")
    end_requested = False
    try:
        code = _run(app, [*words, str(path)], environ)
        if code:
            raise ProgramFailed(f"{_name(words)} {_ended_with(code)}: nothing was changed")
        return _read(path, text)
    except _EndRequested:
        end_requested = True
        return _read(_saved_file(path), text)
    finally:
        _remove(path, end_requested)


def editor_disabled_reason(environ: Mapping[str, str]) -> str:
    """Return why the user has no editor to open; empty if they have one."""
    try:
        _editor(environ)
    except ProgramFailed as reason:
        return str(reason)
    return ""


def run_mail_program(
    app: App[Any], command: str, values: Mapping[str, str], environ: Mapping[str, str]
) -> str:
    """Run the mail program of `command`; return a sentence that says it was handed the mail.

    `values` holds what replaces each name in braces, always as a single argument whatever it contains. For
    `body_file` it holds the text itself, which is in a private file until the program has ended.

    Raises:
        ProgramFailed: if the command cannot be used, or the program cannot be run or fails.
    """
    try:
        words = mail_words(command)
    except ValueError as error:
        raise ProgramFailed(f"Not handed over: {error}") from error
    path = _private_file(values.get("body_file", ""))
    code = 0
    try:
        code = _run(app, filled_words(words, {**values, "body_file": str(path)}), environ)
    except _EndRequested:
        pass
    finally:
        _remove(path)
    if code:
        raise ProgramFailed(f"{_name(words)} {_ended_with(code)}: check whether it accepted the mail")
    return f"Handed to {_name(words)}"


def _editor(environ: Mapping[str, str]) -> list[str]:
    """Return the words of the user's editor command.

    Raises:
        ProgramFailed: if there is none, or it has an unclosed quote.
    """
    try:
        return editor_words(environ)
    except NoEditor as reason:
        raise ProgramFailed(str(reason)) from reason


def _run(app: App[Any], words: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run a program with the terminal handed over; return its exit code, negative if a signal ended it.

    Raises:
        ProgramFailed: if it cannot be run.
        _EndRequested: if warmcall was asked to end; the signal is raised again once the caller has returned.
    """
    code, failure = 0, ""
    end_signals: list[int] = []
    try:
        with app.suspend():
            try:
                with _terminal_restored(), _signals_routed(end_signals) as pipe:
                    code = _wait(words, environ, end_signals, pipe)
            except (OSError, ValueError) as error:  # raised here, it would keep Textual from resuming
                failure = _reason(error)
            if end_signals:
                raise _EndRequested
    except SuspendNotSupported as error:
        raise ProgramFailed("This terminal cannot be given to another program") from error
    except _EndRequested:
        asyncio.get_running_loop().call_soon(signal.raise_signal, end_signals[0])
        raise
    app.screen.refresh(layout=True)
    if failure:
        raise ProgramFailed(f"{_name(words)} cannot be run: {failure}")
    return code


def _wait(
    words: Sequence[str], environ: Mapping[str, str], end_signals: list[int], pipe: tuple[int, int]
) -> int:
    """Run a program until it ends, or until `GRACE_SECONDS` after warmcall was asked to end.

    Returns its exit code, 0 if it is still running. `pipe` is what `_signals_routed` yields.
    """
    had_terminal = not gone()
    process = subprocess.Popen(list(words), env=dict(environ))  # noqa: S603 - the user's own program
    writing = os.dup(pipe[1])

    def watch() -> None:
        process.wait()
        with suppress(OSError):  # the reading end may be closed already
            os.write(writing, b"e")
        os.close(writing)

    threading.Thread(target=watch, daemon=True, name="outside program").start()
    while process.returncode is None and not end_signals:
        select.select([pipe[0]], [], [], TERMINAL_CHECK_SECONDS)
        if had_terminal and gone():
            end_signals.append(signal.SIGHUP)
    if end_signals and process.returncode is None:
        with suppress(OSError):
            process.send_signal(end_signals[0])
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)
    return process.returncode or 0


@contextmanager
def _signals_routed(end_signals: list[int]) -> Iterator[tuple[int, int]]:
    """Leave Ctrl+C and Ctrl+Z to the program, and collect in `end_signals` what asks warmcall to end.

    Yields the reading and the writing end of a pipe; a signal writes to it, which wakes a `select` on it.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)

    def end(number: int, _frame: object) -> None:
        end_signals.append(number)
        with suppress(OSError):
            os.write(writing, b"s")

    previous = {number: signal.signal(number, lambda *_: None) for number in _PROGRAM_SIGNALS}
    previous |= {number: signal.signal(number, end) for number in _END_SIGNALS}
    # The default handler stops warmcall together with the program; the shell's `fg` resumes both.
    previous[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    try:
        yield reading, writing
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        os.close(reading)
        os.close(writing)


@contextmanager
def _terminal_restored() -> Iterator[None]:
    """Restore the terminal's present settings at the end, however the program left them."""
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
    """Return a new file with `text` in a new folder, both readable by their owner alone.

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


def _remove(path: Path, keep_swap_file: bool = False) -> None:
    """Remove a private file and its folder; with `keep_swap_file`, not what else an editor left there."""
    if not keep_swap_file:
        shutil.rmtree(path.parent, ignore_errors=True)
        return
    with suppress(OSError):  # the folder is not empty if vim left a swap file, for `vim -r`
        for written in {path, _saved_file(path)}:
            written.unlink(missing_ok=True)
        path.parent.rmdir()


def _saved_file(path: Path) -> Path:
    """Return the file that holds what was last saved: nano, ended by a signal, writes `path` with `.save`."""
    saved = path.with_name(f"{path.name}.save")
    return saved if saved.is_file() else path


def _read(path: Path, before: str) -> str:
    """Return the text an editor saved, without the line feed that was added for it if `before` had none.

    Raises:
        ProgramFailed: if the file cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise ProgramFailed(f"The edited text cannot be read: {_reason(error)}") from error
    return text if before.endswith("\n") else text.removesuffix("\n")


def _name(words: Sequence[str]) -> str:
    """Return the name of a command's program, without its folder."""
    return Path(words[0]).name


def _ended_with(code: int) -> str:
    return f"ended with {code}" if code > 0 else f"was ended by signal {-code}"


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it is not there"
    return (getattr(error, "strerror", None) or str(error)).lower()
