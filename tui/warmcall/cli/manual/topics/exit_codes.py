"""What the number means with which a command ends."""

from __future__ import annotations

import signal
from collections.abc import Iterator

from warmcall.cli.invocation import EXIT_CRASH, EXIT_ERROR, EXIT_NOTHING_DUE, EXIT_OK
from warmcall.cli.manual.blocks import Block, entries

_SIGNALS = {
    signal.SIGHUP: "the line dropped",
    signal.SIGINT: "an interrupt",
    signal.SIGPIPE: "the reader of a pipe went away",
    signal.SIGTERM: "a request to end",
}


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    named = ", ".join(f"{128 + number} {what}" for number, what in _SIGNALS.items())
    yield entries(
        (str(EXIT_OK), "done; for due and next, something is due"),
        (str(EXIT_NOTHING_DUE), "for due and next, nothing is due; for list and answers, nothing fits"),
        (str(EXIT_ERROR), "something is wrong with what was asked or found; a sentence says what"),
        (
            str(EXIT_CRASH),
            "an error in warmcall itself, in a command or on the screens; warmcall.log says which",
        ),
        ("128 + N", f"ended by signal N: {named}"),
    )
