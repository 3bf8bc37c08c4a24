"""Screen readers, braille, colours and plain characters."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, entries, words


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield Subheading("Screen readers and braille")
    yield entries(
        (
            "cursor: true",
            "in config.yaml, shows the terminal's own cursor, which screen readers follow. It is on the "
            "first cell of the selected row, in the field you type in, and elsewhere on the first line to "
            "be read, such as what to say on a call. Neither the countdown nor a message moves it",
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
            "list the last messages, which are in the last line for a few seconds only; ctrl+g does it in "
            "a text field, too",
        ),
        (
            "Without the screens",
            "every command answers in lines, one thing a line, without signs: next says what to do and how, "
            "show all that is known of somebody, log and done record it; see the topic shell",
        ),
    )
    yield Subheading("Colours and signs")
    yield entries(
        ("NO_COLOR", "in the environment, turns all colours off; nothing is said by colour alone"),
        ("theme: contrast", "in config.yaml, has a contrast of at least 7:1; the others 4.5:1"),
        (
            "sixteen colours",
            "on a terminal with no more, dark and light give way to the theme terminal, which has the "
            "terminal's own",
        ),
        (
            "ASCII",
            "borders and signs are drawn in ASCII with --ascii, ascii: true, or where the locale is not "
            "UTF-8; --no-ascii prevents it. Names stay as they are in UTF-8; elsewhere é is sent as e, and "
            "李 as ??",
        ),
        ("bell: false", "in config.yaml, turns off the ring at the end of an interview"),
    )
    yield Subheading("Keys")
    yield from words("Every key can be changed. None needs Alt or a function key; see the topic keys.")
