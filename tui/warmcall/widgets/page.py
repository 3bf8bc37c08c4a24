"""Texts that may be longer than the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


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
