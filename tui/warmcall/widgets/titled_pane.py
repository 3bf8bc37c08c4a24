"""A pane with a title in its border, which says by its colour whether the keys go there."""

from __future__ import annotations

from typing import Any

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from warmcall.domain.sanitize import one_line


class TitledPane(Vertical):
    """Widgets under a title, which stands in the border where the pane has one."""

    def __init__(self, *children: Widget, title: str, **more: Any) -> None:
        super().__init__(*children, **more)
        self._title = title
        self._has_focus_inside = False
        self._show_title()

    def rename(self, title: str) -> None:
        """Show another title; nothing is drawn if it is the same."""
        if title != self._title:
            self._title = title
            self._show_title()

    def on_descendant_focus(self) -> None:
        """Show that the keys go here."""
        self._has_focus_inside = True
        self._show_title()

    def on_descendant_blur(self) -> None:
        """Show that the keys go elsewhere."""
        self._has_focus_inside = False
        self._show_title()

    def _show_title(self) -> None:
        show_title(self, self._title, self._has_focus_inside)


def show_title(widget: Widget, title: str, has_focus: bool) -> None:
    """Put a title into a border, whatever it holds; a style sheet would have to style all in it again."""
    widget.border_title = Content.styled(one_line(title), "bold $primary" if has_focus else "$muted")
