"""Texts that may be longer than the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart


class ScrolledText(VerticalScroll, can_focus=False):
    """A text that is scrolled where it is longer than the room it has."""

    def on_resize(self) -> None:
        """Hide the scrollbar if all fits without it.

        Textual keeps one that was needed in another size, and beside it the text may need a line more.
        """
        room = self.container_size
        if self.show_vertical_scrollbar:
            height = self.get_content_height(room, self.app.size, room.width)
            self.show_vertical_scrollbar = height > room.height


class Page(ScrolledText, can_focus=True):
    """A text longer than the screen, moved with the same keys as a list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", "Down", show=False, id="page.down"),
        Binding("k,up", "scroll_up", "Up", show=False, id="page.up"),
        Binding("g,home", "scroll_home", "Top", show=False, id="page.first"),
        Binding("G,end", "scroll_end", "End", show=False, id="page.last"),
        Binding("pagedown,ctrl+d", "page_down", "Page down", show=False, id="page.page_down"),
        Binding("pageup,ctrl+u", "page_up", "Page up", show=False, id="page.page_up"),
    ]

    def show(self, *parts: RichPart) -> None:
        """Show parts in the panel that is all it holds, with a scrollbar if they are longer than the room.

        Textual draws another text beside the bar of the one before, and again when the bar comes or goes.
        """
        panel, room = self.query_one(Panel), self.container_size
        panel.show(*parts)
        limit = panel.styles.max_width
        width = room.width if limit is None or limit.cells is None else min(room.width, limit.cells)
        self.show_vertical_scrollbar = panel.get_content_height(room, self.app.size, width) > room.height
