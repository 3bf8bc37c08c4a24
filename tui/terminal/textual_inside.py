"""The one place that touches what Textual keeps private; `WARMCALL_PLAIN_TEXTUAL=1` turns it off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

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
