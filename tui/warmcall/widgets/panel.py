"""A stretch of text on the screen, made inert whatever it holds."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.widgets import Static

from warmcall.domain.sanitize import many_lines
from warmcall.widgets.rich_text import RichPart


def assembled(*parts: RichPart) -> Content:
    """Return `parts` as content: no markup is read in them and no control character is left."""
    made = [many_lines(part) if isinstance(part, str) else (many_lines(part[0]), part[1]) for part in parts]
    return Content.assemble(*made)


class Panel(Static):
    """Shows parts of text."""

    def __init__(self, *parts: RichPart, **more: Any) -> None:
        super().__init__(assembled(*parts), markup=False, **more)

    def show(self, *parts: RichPart) -> None:
        """Show `parts`; nothing is drawn if they are what is shown already."""
        content = assembled(*parts)
        if content.is_same(self.content) if isinstance(self.content, Content) else False:
            return
        self.update(content)
