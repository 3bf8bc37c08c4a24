"""A piece of text on the screen, harmless whatever it holds."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.widgets import Static

from warmcall.domain.sanitize import many_lines
from warmcall.widgets.rich_text import RichPart


def safe_content(*parts: RichPart) -> Content:
    """Return `parts` as content: markup in them is not read, and control characters are made visible."""
    safe = [many_lines(part) if isinstance(part, str) else (many_lines(part[0]), part[1]) for part in parts]
    return Content.assemble(*safe)


class Panel(Static):
    """Shows parts of text."""

    def __init__(self, *parts: RichPart, **more: Any) -> None:
        super().__init__(safe_content(*parts), markup=False, **more)

    def show(self, *parts: RichPart) -> None:
        """Show `parts`; nothing is drawn if they are shown already."""
        content = safe_content(*parts)
        if isinstance(self.content, Content) and content.is_same(self.content):
            return
        self.update(content)
