"""Colours, and themes of one's own."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, entries, verbatim, words

EXAMPLE = """
dark: true
foreground: "#d6d9dd"
background: "#15171a"
primary: "#8fb0ee"
"""
"""A theme of one's own; the tests read it."""


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "theme: NAME in config.yaml chooses dark, light, contrast, terminal (the sixteen colours of the "
        "terminal itself), or a theme of your own. The palette (:) shows each as you move, and keeps the "
        "one you choose. On a terminal with sixteen colours only, dark and light give way to terminal.",
        "A theme of your own is a file themes/NAME.yaml in the folder of your settings. The first three "
        "lines are needed:",
    )
    yield verbatim(EXAMPLE)
    yield entries(
        (
            "dark, foreground, background",
            "whether letters are lighter than what they are on: true or false; and two colours, each six "
            "digits from 0 to f after #, in quotes",
        ),
        (
            "surface, panel, selected, rule, muted",
            "dialogs; bars and the field you type in; the selected row; thin lines; what matters less. "
            "Without them they are mixed from foreground and background",
        ),
        (
            "primary, warning, error, success",
            "keys and titles; late, gaps and the last minutes; time over and errors; in touch and on pace. "
            "Without them they are those of dark, or of light where dark is false",
        ),
        (
            "sign-call, sign-write, sign-meet, sign-promise, sign-tell",
            "the colours of the signs in lists; without them as above",
        ),
        (
            "warmcall theme NAME",
            "shows every sign and colour of a theme; warmcall check names its errors by line, and text "
            "with a contrast of less than 4.5:1",
        ),
    )
