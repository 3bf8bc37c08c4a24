"""Screen readers, braille, colours and plain characters."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, entries


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield entries(
        (
            "cursor: true",
            "in config.yaml, shows the terminal's own cursor. It stands on the first cell of the "
            "selected row, on the caret of a field, and elsewhere on the first line to be read, such as "
            "what to "
            "say on a call. Neither the countdown nor a message moves it",
        ),
        ("ascii: true, --ascii", "draws borders and signs with characters that every reader has a word for"),
        (
            "brltty",
            "follows the cursor, unless its tracking was turned off (CSRTRK turns it on and off); HOME "
            "comes back to the cursor",
        ),
        (
            "speakup",
            "the asterisk of the keypad goes from one way of following to the next: choose cursoring "
            "on, not highlight tracking; 8 on the keypad says the line of the cursor",
        ),
        (
            "fenrir",
            "follows the cursor with cursor=True under [focus] in its settings; highlight=False there "
            "keeps it from reading the selection twice",
        ),
        (
            "M, ctrl+g",
            "messages stand in the last line for a few seconds; M lists the last of them, and ctrl+g "
            "in a text field, too",
        ),
        (
            "Without the screens",
            "every command answers in lines, one thing a line, without signs: next says what "
            "to do and how, show all that is known of somebody, log and done record it",
        ),
    )
