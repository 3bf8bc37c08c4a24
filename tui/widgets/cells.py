"""Text cut and padded to a number of terminal cells, wide characters counting as two."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def fitted(text: str, size: int) -> str:
    """Return `text` in exactly `size` cells, with an ellipsis if it was longer."""
    if size <= 0:
        return ""
    if cell_len(text) <= size:
        return set_cell_size(text, size)
    return set_cell_size(set_cell_size(text, size - 1).rstrip() + "…", size)
