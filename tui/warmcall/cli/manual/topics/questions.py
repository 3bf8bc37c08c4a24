"""Question banks and sets of one's own."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Subheading, entries, verbatim, words
from warmcall.cli.manual.fields import fields_of
from warmcall.domain.question_bank import GAPS, Bank, Question


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "Your own questions are YAML files in $XDG_CONFIG_HOME/warmcall/questions "
        "(~/.config/warmcall/questions). A file with the id of a bundled one replaces it. An example is "
        "printed by:"
    )
    yield verbatim("warmcall example nursing questions")
    yield from words(
        "A file with a kind and no when is the bank of that kind of contact: from it each list begins. A "
        "file with when is a set for an occasion. The core questions of a set are put on the list by "
        "themselves where the records say that it is one: you have met before, they are alumni of your "
        "school, the title says that they teach or work for themselves, their number is from abroad, you "
        "meet by video, or have ten minutes. Every set can be added by its name, with a."
    )
    yield Subheading("A bank or a set")
    yield fields_of(
        Bank,
        {
            "id": "its name, of your choice; that of a bundled one replaces that one",
            "title": "what the screen calls it",
            "questions": "the questions",
            "kind": "the kind of contact it is for; a set without it is for every kind",
            "when": "the occasion it is for",
        },
    )
    yield Subheading("A question, under questions")
    yield fields_of(
        Question,
        {
            "id": "its name; answers to one question of several people are compared by it",
            "ask": "what to ask",
            "priority": "1 is asked first",
            "minutes": "how long it takes",
            "core": "whether it is chosen by itself",
            "close": "whether it is kept for the last minutes",
            "referral": "whether it asks who else to talk to; it is asked last",
        },
    )
    yield from words(
        "In ask, these are filled in from your research and notes, until then they are shown "
        "between ‹ and ›; e puts the question into your own words."
    )
    yield entries(*((f"{{{name}}}", meaning) for name, meaning in GAPS.items()), as_it_is=True)
