"""What would make an answer to a message less likely, in words: the remarks of the check on it."""

from __future__ import annotations

from collections.abc import Sequence

from warmcall.domain.lint import Remark
from warmcall.widgets.rich_text import RichPart

REMARKS_SHOWN = 3
"""More than three remarks at once are read by nobody; the next shows when one of them is seen to."""


def remarks(found: Sequence[Remark]) -> list[RichPart]:
    """Return the remarks, a line each; "!" stands before what is likely to cost the answer."""
    parts: list[RichPart] = []
    for remark in found[:REMARKS_SHOWN]:
        parts += [
            *(["\n"] if parts else []),
            ("! ", "bold $warning") if remark.serious else "· ",
            remark.what,
        ]
    more = len(found) - REMARKS_SHOWN
    return [*parts, f" (and {more} more)"] if more > 0 else parts
