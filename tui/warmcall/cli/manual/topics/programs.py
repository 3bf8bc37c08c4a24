"""What to do with other programs of the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, verbatim, words
from warmcall.cli.manual.neighbours import INTRODUCTION, RECIPES


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(INTRODUCTION)
    for title, steps in RECIPES.items():
        yield Subheading(title)
        for step in steps:
            yield from words(step.words)
            yield verbatim(step.lines)
