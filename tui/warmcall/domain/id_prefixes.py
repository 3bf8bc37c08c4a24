"""Short forms of ids, for people to read and type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

LEAST = 4
"""How many characters a short form has at least, so that it stays good while more records come."""


def short_ids(ids: Iterable[str]) -> dict[str, str]:
    """Return for each id its shortest beginning, of `LEAST` characters or more, that no other id begins with.

    An id that is the beginning of another one stays whole.
    """
    short: dict[str, str] = {}
    alike, length = set(ids), LEAST
    while alike:
        times = Counter(id_[:length] for id_ in alike)
        short |= {id_: begin for id_ in alike if times[begin := id_[:length]] == 1 or len(id_) <= length}
        alike = {id_ for id_ in alike if id_ not in short}
        length += 1
    return short


def beginning_with(ids: Iterable[str], typed: str) -> list[str]:
    """Return the ids that begin with what was typed, ignoring case; of an id typed whole, that one alone."""
    wanted = typed.strip().casefold()
    if not wanted:
        return []
    found = [candidate for candidate in ids if candidate.casefold().startswith(wanted)]
    return [candidate for candidate in found if len(candidate) == len(wanted)] or found
