"""Which kinds of people were met, and which kind to meet next: both who does the job and who hires for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from warmcall.domain.vocabulary import ContactKind

_BOTH = (ContactKind.PRACTITIONER, ContactKind.HIRING_MANAGER)
"""Those who do the job, and those who hire for it: each tells what the other does not."""


def kind_to_ask(met_or_coming: Mapping[ContactKind, Collection[str]]) -> ContactKind | None:
    """Return the kind of which fewer people were met, or will be; None if there are as many of both.

    Before anybody is met none is missing yet.
    """
    fewer, more = sorted(_BOTH, key=lambda kind: len(met_or_coming.get(kind, ())))
    return fewer if len(met_or_coming.get(fewer, ())) < len(met_or_coming.get(more, ())) else None
