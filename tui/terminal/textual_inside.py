"""The one place that touches what Textual keeps private; `WARMCALL_PLAIN_TEXTUAL=1` turns it off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from rich.text import Text
from textual.app import App

SWITCH = "WARMCALL_PLAIN_TEXTUAL"

_BEGIN_SEQUENCES = "[O]P_^NX\\"
"""Characters that begin a longer sequence behind Esc; only the terminal's timing tells those apart."""


class _Named(NamedTuple):
    """What the table asks of a key: a name."""

    value: str


def take_escapes_apart(environ: Mapping[str, str]) -> bool:
    """Have Esc and the character behind it read as two keys when they arrive at once.

    Textual takes such pairs for Alt and a character, or drops the Esc. On a slow line they are what a
    person typed one after the other. Returns whether it is done: not if it is turned off, or Textual's
    table is not where it was.
    """
    if environ.get(SWITCH):
        return False
    try:
        from textual._ansi_sequences import ANSI_SEQUENCES_KEYS as table
        from textual.keys import Keys, _character_to_key
    except ImportError:
        return False
    for code in range(0x20, 0x7F):
        character = chr(code)
        if character not in _BEGIN_SEQUENCES:
            pair = (Keys.Escape, _Named(_character_to_key(character)))
            table[f"\x1b{character}"] = pair  # type: ignore[index]
    return True


def send(app: App[Any], environ: Mapping[str, str], codes: str) -> bool:
    """Send `codes` to the terminal of `app`, in line with what it draws.

    Returns whether it is done: not if it is turned off, or Textual's driver is not where it was.
    """
    driver = getattr(app, "_driver", None)
    if environ.get(SWITCH) or driver is None:
        return False
    driver.write(codes)
    return True


def take_crashes(app: App[Any], environ: Mapping[str, str], take: Callable[[Exception], object]) -> bool:
    """Have a mistake that ends `app` given to `take`, and not shown with what its variables held.

    Returns whether it is done: not if it is turned off, or Textual's way of ending is not what it was.
    """
    usual = getattr(app, "_handle_exception", None)
    if environ.get(SWITCH) or usual is None or not hasattr(app, "_fatal_error"):
        return False
    begun = False

    def handle(error: Exception) -> None:
        nonlocal begun
        if not begun:
            begun = True
            with suppress(Exception):  # a second mistake must not keep the first from ending it
                take(error)
            app._fatal_error = lambda: app.panic(Text())  # type: ignore[method-assign]
            usual(error)

    app._handle_exception = handle  # type: ignore[method-assign]
    return True
