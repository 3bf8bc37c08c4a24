"""A text longer than the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


class Page(VerticalScroll, can_focus=True):
    """A text longer than the screen, moved with the same keys as a list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", "Down", show=False, id="page.down"),
        Binding("k,up", "scroll_up", "Up", show=False, id="page.up"),
        Binding("g,home", "scroll_home", "Top", show=False, id="page.first"),
        Binding("G,end", "scroll_end", "End", show=False, id="page.last"),
        Binding("pagedown,ctrl+d", "page_down", "Page down", show=False, id="page.page_down"),
        Binding("pageup,ctrl+u", "page_up", "Page up", show=False, id="page.page_up"),
    ]
