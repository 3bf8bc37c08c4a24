"""Where names come from, and what to do next for each way: the advice of `data/sources.yaml`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import msgspec

from warmcall.domain.records import Contact
from warmcall.domain.script import Fault
from warmcall.domain.templates import template_faults
from warmcall.domain.vocabulary import Source

ALWAYS_SHOWN = (
    Source.PROFESSOR, Source.PLACEMENT_OFFICE, Source.ASSOCIATION, Source.BUSINESS_NEWS, Source.ALUMNI,
    Source.REFERRAL, Source.ONLINE,
)  # fmt: skip
"""The ways that are worth trying for everybody; any other is shown once it gave a name or was tried."""


class SourceAdvice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to do for one way names come, as templates of one sentence each.

    `first` is next before anything was tried, `again` once it was and gave no name, `more` once it gave one.
    `tried` is what is noted of trying it. `letter` is the id of the message that asks for names, to be sent
    to people whose title has a word of `titles`.
    """

    source: Source
    name: str
    tried: str
    first: str
    again: str
    more: str
    letter: str = ""
    titles: tuple[str, ...] = ()

    def next_template(self, was_tried: bool, gave_names: bool) -> str:
        """Return the sentence that says what to do next, with its placeholders."""
        if gave_names:
            return self.more
        return self.again if was_tried else self.first

    def is_asked_of(self, contact: Contact) -> bool:
        """Return whether `contact` is somebody to ask for names, by a word of the title."""
        words = set(re.findall(r"\w+", contact.title.casefold()))
        return bool(self.letter) and any(title.casefold() in words for title in self.titles)


def advice_faults(advice: SourceAdvice, letters: Collection[str]) -> Iterator[Fault]:
    """Yield everything wrong with `advice`; `letters` are the ids of the messages there are."""
    for field in ("first", "again", "more"):
        text = getattr(advice, field)
        yield from (Fault((field,), what, fix) for what, fix in template_faults(text))
        if not text.strip():
            yield Fault((field,), f"“{field}” says nothing", "write what to do, in one sentence")
    if advice.letter and advice.letter not in letters:
        yield Fault(("letter",), f"there is no message “{advice.letter}”", "name one of the folder messages")
