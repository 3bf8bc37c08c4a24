"""What the top bar says beside the screens: how much is due, and that the data are a sample."""

from __future__ import annotations

SAMPLE = ("sample data, not kept", "sample data", "sample")
"""The forms in which it is said that what is shown is a sample, the longest first."""


def forms(due: tuple[str, str], sample_data: bool) -> tuple[str, ...]:
    """Return the note in all its forms, the longest first; empty ones are left out.

    `due` says how much is due in a long and a short form. What is due gives way to the sample's mark.
    """
    long, short = due
    if not sample_data:
        return tuple(filter(None, due))
    pairs = ((SAMPLE[0], long), (SAMPLE[1], long), (SAMPLE[1], short), (SAMPLE[2], short), (SAMPLE[2], ""))
    return tuple(dict.fromkeys("  ".join(filter(None, pair)) for pair in pairs))
