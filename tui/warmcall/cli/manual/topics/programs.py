"""What to do with other programs."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, entries, verbatim, words
from warmcall.cli.manual.neighbours import INTRODUCTION, RECIPES


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield entries(
        ("export csv", "contacts for a spreadsheet, which warmcall import reads again"),
        ("export google, export vcf", "contacts for Google, and for phones and address books"),
        ("export ics", "interviews and what is owed, for a calendar; C in the app writes the same"),
        ("export md, html, json", "everything, as Markdown, as one page for a browser, and for programs"),
        (
            "export md --interview",
            "the page to read before the next interview; with a name, before that with them",
        ),
        ("report", "what you learned, to give away, with names or without; R in Progress writes the same"),
    )
    yield from words(
        "A calendar that reads the .ics file again moves the events that were moved, and removes what is "
        "done; khal does so, too. calcurse cannot tell one event from another and would have them twice. "
        "Give it a folder of its own, emptied first: calcurse -D FOLDER -i warmcall.ics"
    )
    yield from words(INTRODUCTION)
    for title, steps in RECIPES.items():
        yield Subheading(title)
        for step in steps:
            yield from words(step.words)
            yield verbatim(step.lines)
