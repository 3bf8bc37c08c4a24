"""Reports of unexpected errors: a short sentence for the screen, the traceback for a file."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable

import textual

from warmcall import __version__
from warmcall.config.safe_files import explanation


def trace_of(error: BaseException) -> str:
    """Return the traceback of `error` with the versions in use, and without the values of variables."""
    python = sys.version.split()[0]
    versions = f"warmcall {__version__}, textual {textual.__version__}, Python {python}"
    return f"{versions}, {sys.platform}\n{''.join(traceback.format_exception(error))}"


def crash_sentence(error: BaseException, write_log: Callable[[str], str]) -> str:
    """Return a sentence about `error`; `write_log` writes the traceback to a file and returns its name."""
    try:
        where = f"What happened is in {write_log(trace_of(error))}, which only you can read."
    except Exception as failure:  # a second error must not hide the first
        why = explanation(failure) if isinstance(failure, OSError) else type(failure).__name__
        where = f"What happened could not be written down: {why}."
    return f"an error in warmcall ended it ({type(error).__name__}). {where}"
