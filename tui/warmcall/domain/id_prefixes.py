"""Short forms of ids, for people to read and type."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

LEAST = 4
"""How many characters a short form has at least, so that it stays good while more records come."""


def short_ids(ids: Iterable[str]) -> dict[str, str]:
    """Return for each id its shortest beginning, of `LEAST` characters or more, that no other id begins with.

    An id that is the beginning of another one stays whole.
    """
    ordered = sorted(set(ids))
    shared = [_shared(former, latter) for former, latter in pairwise(ordered)]
    return {
        found: found[: max(LEAST, 1 + max(before, after))]
        for found, before, after in zip(ordered, [0, *shared], [*shared, 0], strict=False)
    }


def beginning_with(ids: Iterable[str], typed: str) -> list[str]:
    """Return the ids that begin with what was typed, ignoring case; of an id typed whole, that one alone."""
    wanted = typed.strip().casefold()
    if not wanted:
        return []
    found = [candidate for candidate in ids if candidate.casefold().startswith(wanted)]
    return [candidate for candidate in found if len(candidate) == len(wanted)] or found


def _shared(former: str, latter: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = zip(former, latter, strict=False)
    return next(
        (at for at, (former_at, latter_at) in enumerate(pairs) if former_at != latter_at),
        min(len(former), len(latter)),
    )
