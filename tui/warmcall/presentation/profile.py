"""What the Target screen says of the questions that are still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from warmcall.domain.question_bank import Question
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import ContactKind
from warmcall.widgets.rich_text import RichPart

ASKED = {
    ContactKind.PRACTITIONER: "for people who do the job",
    ContactKind.HIRING_MANAGER: "for people who hire for it",
}
"""Who is asked about the job, and how their questions are called."""

SHOWN = 6
"""How many questions of each kind are shown where room is short, the most important ones."""


def unanswered(questions: Mapping[ContactKind, Sequence[Question]], shown: int = SHOWN) -> list[RichPart]:
    """Return the questions that nobody has answered yet, by whom they are for; nothing if there is none.

    Of each kind at most `shown` are named, and the others counted.
    """
    parts: list[RichPart] = []
    for kind, still_open in questions.items():
        if still_open:
            blank = "\n" if parts else ""
            parts.append((f"{blank}{ASKED[kind]}, {len(still_open)}\n", "$muted"))
            parts += [f"· {one_line(question.ask)}\n" for question in still_open[:shown]]
            more = len(still_open) - shown
            parts += [(f"  and {more} more\n", "$muted")] if more > 0 else []
    return [("Still unanswered, the most important first\n", "bold"), *parts] if parts else []
