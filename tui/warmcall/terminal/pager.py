"""The pager: a program that shows a long text piece by piece, as `git` and `man` use one."""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from warmcall.terminal.tty_check import DUMB

_USUAL = ("less", "more")
"""The pagers that are looked for if $PAGER names none."""

_LESS = "FRX"
"""How less behaves if $LESS does not say: it ends where all fits, and leaves what it showed on the screen."""


def pager_for(environ: Mapping[str, str]) -> list[str]:
    """Return the command of the pager, as words; none if there is none, or the terminal is too plain for one.

    `$PAGER` is a program and its options, never a shell line; `cat` or nothing in it means no pager.
    """
    if environ.get("TERM", "") in DUMB:
        return []
    named = environ.get("PAGER")
    if named is None:
        return [found for found in map(shutil.which, _USUAL) if found][:1]
    with suppress(ValueError):  # a quotation mark without its pair
        words = shlex.split(named)
        if words and words != ["cat"] and shutil.which(words[0]):
            return words
    return []


def fits(lines: Sequence[str], columns: int, rows: int) -> bool:
    """Return whether lines fit on a terminal of that size, with the shell's prompt below them."""
    needed = 0
    for line in lines:
        needed += max(1, -(-len(line) // max(columns, 1)))
        if needed >= rows:
            return False
    return True


def show_by(pager: Sequence[str], text: bytes, environ: Mapping[str, str]) -> bool:
    """Show a text by the pager, and wait until it has ended; return whether it could be started.

    That it ends before it has read everything is usual. An interrupt is its own business meanwhile: less
    stops searching, and stays.
    """
    with _interrupts_left_to_others():
        try:
            process = subprocess.Popen(  # noqa: S603 - the user's own pager, without a shell
                pager, stdin=subprocess.PIPE, env={"LESS": _LESS, "LV": "-c", **environ}
            )
        except OSError:
            return False
        with suppress(BrokenPipeError):
            process.communicate(text)
        process.wait()
    return True


@contextmanager
def _interrupts_left_to_others() -> Iterator[None]:
    """Do nothing at an interrupt meanwhile; a program that is started gets its usual way with it."""
    try:
        before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    except ValueError:  # not in the main thread, which alone gets signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
