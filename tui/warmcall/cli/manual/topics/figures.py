"""The figures, weights and lists that users may change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Entries, Subheading, verbatim, words
from warmcall.cli.manual.fields import fields_of
from warmcall.config.paths import content
from warmcall.domain.job_answers import JobQuestion
from warmcall.domain.preparation import PreparationItem
from warmcall.domain.source_advice import SourceAdvice

_LINE = re.compile(r"^(?P<name>\w+): +(?P<value>[^#\[]*[^#\[ ]) +# (?P<why>.*)$")
_HEADING = re.compile(r"^# (?P<heading>[^.:]+)$")


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    yield from words(
        "These files are in $XDG_CONFIG_HOME/warmcall (~/.config/warmcall). Each may have a few lines only: "
        "what is not in it stays as it is here. warmcall check names each line that cannot be used."
    )
    yield Subheading("cadence.yaml: how long, how often, how many")
    yield from words(
        "Days are business days, but those of thank-yous, of check-ins and of telling whoever named somebody."
    )
    yield from _figures("cadence.yaml")
    yield Subheading("ranking.yaml: how much each reason of the shortlist counts")
    yield from words("A place on the shortlist is the sum of the reasons; one with 0 counts for nothing.")
    yield from _figures("ranking.yaml")
    yield from words(
        "hires_words, level_words and general_words are lists of words in titles, in any language: those of "
        "people who hire, those of a level near the job, and those that say nothing of the job."
    )
    yield Subheading("holidays.yaml: days off, beside the public holidays of your country")
    yield from words(
        "A line is a day and its name. A day without a name is a business day, also one that somebody gave "
        "to everybody on this host; see the topic shared-host."
    )
    yield verbatim("2026-12-24: Closed\n2026-12-31:")
    yield Subheading("preparation.yaml: what to have ready before a meeting, under items")
    yield fields_of(
        PreparationItem,
        {
            "id": "its name; that of a bundled item replaces that one, one-minute is practised with o",
            "text": "what the screen shows",
            "modes": "the ways of meeting it is for; all without it",
            "ticked_by": "the follow-up that ticks it, once it is done",
        },
    )
    yield Subheading("sources.yaml: where names come from, under sources")
    yield fields_of(
        SourceAdvice,
        {
            "source": "the source it is about; it replaces what is here of that source",
            "name": "what the screen calls it",
            "tried": "what Space notes when you tried it",
            "first": "what to do next before it was tried, one sentence",
            "again": "what to do next if it was tried and gave no name",
            "more": "what to do next once it gave a name",
            "letter": "the id of the message that asks for names",
            "titles": "words in the titles of people to whom that message goes",
        },
    )
    yield Subheading("job_questions.yaml: what a job interview asks, under questions")
    yield fields_of(
        JobQuestion,
        {
            "id": "its name; that of a bundled question replaces that one",
            "ask": "what they ask",
            "seconds": "how long an answer should take aloud",
            "wanted": "what they hope to hear",
            "draws_on": "what is shown beside your answer, in this order",
            "asked_as": "ids of questions of interviews, the answers to which are shown first",
        },
    )


def _figures(name: str) -> Iterator[Block]:
    """Yield the figures of a bundled file as it has them: headings, values, and the reasons beside them."""
    found: list[tuple[str, str]] = []
    heading = ""
    for line in (content() / name).read_text(encoding="utf-8").splitlines():
        if match := _HEADING.match(line):
            if found:
                yield Entries(tuple(found))
                found = []
            heading = match["heading"]
            yield from words(f"{heading}:")
        elif match := _LINE.match(line):
            found.append((f"{match['name']}: {match['value']}", match["why"]))
    yield Entries(tuple(found))
