"""What is told of a mistake of our own: a short sentence on the screen, the trace in a file."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable

import textual

from warmcall import __version__


def trace_of(error: BaseException) -> str:
    """Return where `error` came from, with the versions at work and without the values of variables."""
    python = sys.version.split()[0]
    versions = f"warmcall {__version__}, textual {textual.__version__}, Python {python}"
    return f"{versions}, {sys.platform}\n{''.join(traceback.format_exception(error))}"


def crash_sentence(error: BaseException, keep: Callable[[str], str]) -> str:
    """Return what to say of `error`, whose trace `keep` puts into the file it returns the name of."""
    try:
        where = f"What happened is in {keep(trace_of(error))}, which only you can read."
    except OSError as refused:
        where = f"What happened could not be written down: {(refused.strerror or 'no file').lower()}."
    return f"a mistake of its own ended it ({type(error).__name__}). {where}"
