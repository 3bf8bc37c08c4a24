"""Colours, and themes of one's own."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, entries


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield entries(
        (
            "theme: NAME",
            "in config.yaml: dark, light, contrast, terminal (the colours of the terminal itself), "
            "or a theme of your own. The palette shows each as one moves, and keeps the one chosen",
        ),
        (
            "dark, foreground, background",
            "what a theme of your own has to say: true or false, and two colours in "
            'six digits from 0 to f after #, in quotes, as in background: "#15171a"',
        ),
        (
            "surface, panel, selected, rule, muted",
            "dialogs; bars and the field one types in; the row of the "
            "cursor; thin lines; what matters less. Without them they are mixed of foreground and background",
        ),
        (
            "primary, warning, error, success",
            "keys and titles; late, gaps and the last minutes; time over and "
            "mistakes; in touch and on pace. Without them they are those of dark, or of light where dark "
            "is false",
        ),
        (
            "sign-call, sign-write, sign-meet, sign-promise, sign-tell",
            "the colours of the signs in lists; without them as above",
        ),
        (
            "warmcall theme NAME",
            "shows every sign and colour of a theme; warmcall check names its mistakes by "
            "line, and text with a contrast of less than 4.5:1",
        ),
    )
