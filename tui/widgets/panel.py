"""A stretch of text on the screen, made inert whatever it holds."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.widgets import Static

from tui.domain.inert import many_lines

Part = str | tuple[str, str]
"""Text, or text with a style such as "bold" or "$warning"."""


def assembled(*parts: Part) -> Content:
    """Return `parts` as content: no markup is read in them and no control character is left."""
    made = [many_lines(one) if isinstance(one, str) else (many_lines(one[0]), one[1]) for one in parts]
    return Content.assemble(*made)


class Panel(Static):
    """Shows parts of text."""

    def __init__(self, *parts: Part, **more: Any) -> None:
        super().__init__(assembled(*parts), markup=False, **more)

    def show(self, *parts: Part) -> None:
        """Show `parts`; nothing is drawn if they are what is shown already."""
        content = assembled(*parts)
        if content.is_same(self.content) if isinstance(self.content, Content) else False:
            return
        self.update(content)
