"""A piece of text on the screen, harmless whatever it holds."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.widgets import Static

from warmcall.domain.sanitize import many_lines
from warmcall.widgets.hanging_text import HangingText, indents_of
from warmcall.widgets.rich_text import RichPart


def safe_content(*parts: RichPart) -> Content:
    """Return `parts` as content: markup in them is not read, and control characters are made visible."""
    return Content.assemble(*safe_parts(*parts))


def safe_parts(*parts: RichPart) -> list[RichPart]:
    """Return `parts` with their control characters made visible."""
    return [many_lines(part) if isinstance(part, str) else (many_lines(part[0]), part[1]) for part in parts]


class Panel(Static):
    """Shows parts of text, whose labels and bullets stand out from the lines that follow them."""

    def __init__(self, *parts: RichPart, **more: Any) -> None:
        safe = safe_parts(*parts)
        content = Content.assemble(*safe)
        self._text = HangingText(content, indents_of(safe))
        super().__init__(content, markup=False, **more)

    def render(self) -> HangingText:
        """Return the text to draw."""
        return self._text

    def show(self, *parts: RichPart) -> None:
        """Show `parts`; nothing is drawn if they are shown already."""
        safe = safe_parts(*parts)
        content = Content.assemble(*safe)
        if isinstance(self.content, Content) and content.is_same(self.content):
            return
        self._text = HangingText(content, indents_of(safe))
        self.update(content)
