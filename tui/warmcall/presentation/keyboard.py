"""What is said about the user's keyboard."""

from __future__ import annotations

import unicodedata

_LAYOUT = {**dict.fromkeys("éèçàù", "azerty"), **dict.fromkeys("öäüß", "qwertz")}
"""The layout on which each letter is a key of its own."""


def other_layout(letter: str) -> str:
    """Return why `letter`, which is none of a-z, is no key here, and what to do."""
    cyrillic = unicodedata.name(letter, "").startswith("CYRILLIC")
    layout = "cyrillic" if cyrillic else _LAYOUT.get(letter.lower(), "")
    setting = f", or write keymap: {layout} in config.yaml" if layout else ""
    return f"“{letter}” is not a key here: switch to a layout with Latin letters{setting}"
