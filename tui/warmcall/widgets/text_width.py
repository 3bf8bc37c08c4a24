"""Text cut and padded to a number of terminal cells, wide characters counting as two.

Text from right to left is sent as it is stored. A terminal that knows how to reorders it, and may then swap
two such columns side by side; marks that keep them apart are shown as boxes by others, so there are none.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

NAME_CELLS = 60
"""Where a name or a job is cut at the head of a page, so that what it heads stays in sight."""

SENTENCE_CELLS = 180
"""Where a sentence is: five or six lines of the narrowest place it stands in."""


def cut(text: str, size: int) -> str:
    """Return `text` in at most `size` cells, which is above 0, with an ellipsis if it was longer."""
    return text if cell_len(text) <= size else set_cell_size(text, size - 1).rstrip() + "…"


def fitted(text: str, size: int) -> str:
    """Return `text` in exactly `size` cells, with an ellipsis if it was longer."""
    if size <= 0:
        return ""
    return set_cell_size(cut(text, size), size)
