"""Merging a text that was changed in two places at once, so that no word is lost. Pure functions."""

from __future__ import annotations


def both(base: str, ours: str, theirs: str) -> str:
    """Return `theirs` with the change from `base` to `ours` made in it as well.

    Where both changed the same place, ours is added on a line of its own, and what only one side deleted
    stays: a word too many is better than one lost.
    """
    if theirs in (base, ours):
        return ours
    start, end = changed_span(base, ours)
    added = ours[start : len(ours) - (len(base) - end)]
    their_start, their_end = changed_span(base, theirs)
    longer = len(theirs) - len(base)
    if end < their_start:
        return theirs[:start] + added + theirs[end:]
    if start > their_end:
        return theirs[: start + longer] + added + theirs[end + longer :]
    if not added:
        return theirs
    head, tail = base[:start], base[end:]
    whole = len(theirs) >= len(head) + len(tail)
    if not (whole and theirs.startswith(head) and theirs.endswith(tail)):
        return f"{theirs}\n{added}"
    between = theirs[len(head) : len(theirs) - len(tail)]
    return f"{head}{between}{_line_end(between)}{added}{tail}"


def only_adds(before: str, after: str) -> bool:
    """Return whether `after` is `before` with something inserted at one place and nothing deleted."""
    start, end = changed_span(before, after)
    return start == end


def changed_span(before: str, after: str) -> tuple[int, int]:
    """Return the start and end of what differs in `before`; equal if something was only inserted."""
    start = _common_start(before, after)
    return start, len(before) - _common_start(before[start:][::-1], after[start:][::-1])


def _common_start(item: str, other: str) -> int:
    """Return how many characters are the same at the start of both, by halving, since texts can be long."""
    same, most = 0, min(len(item), len(other))
    while same < most:
        middle = (same + most + 1) // 2
        if item[same:middle] == other[same:middle]:
            same = middle
        else:
            most = middle - 1
    return same


def _line_end(words: str) -> str:
    return "" if not words or words.endswith("\n") else "\n"
