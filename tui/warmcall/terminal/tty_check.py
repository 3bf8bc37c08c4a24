"""Whether a terminal can show a full-screen app at all."""

from __future__ import annotations

from collections.abc import Mapping

DUMB = ("", "dumb", "unknown")
"""What $TERM says of a terminal that cannot place text."""


def refusal(environ: Mapping[str, str], input_is_terminal: bool, output_is_terminal: bool) -> str:
    """Return why the app cannot be shown here, or an empty text if it can."""
    if not (input_is_terminal and output_is_terminal):
        return "the screens need a terminal: run it without a pipe, or use `warmcall due`"
    if environ.get("TERM", "") in DUMB:
        term = environ.get("TERM") or "not set"
        return f"this terminal (TERM is {term}) cannot place text: set TERM, or use `warmcall due`"
    return ""
