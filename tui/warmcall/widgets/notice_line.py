"""The line at the bottom of the window in which a notice stands for a few seconds."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from warmcall.domain.sanitize import many_lines
from warmcall.widgets.text_width import truncate, wrap

MOST_LINES = 3
"""How many lines a notice may have: enough for the longest path."""

WARNING_SIGN = " ! "
"""Stands before a warning, which must be seen as one without its colour, too."""

INDENT = " "
"""What stands before any other notice: as far from the edge as all bars are."""


class NoticeLine(Widget):
    """Shows a notice over the bottom of its screen, which stays as it is; hidden without one.

    A notice that is longer than the room for it pushes what is above it up, so that it covers nothing.
    """

    DEFAULT_CSS = """
    NoticeLine { display: none; dock: bottom; layer: above; height: 1; width: 100%; background: $panel; text-style: bold; }
    NoticeLine.-warning { color: $warning; }
    NoticeLine.-pushing { layer: default; }
    """  # noqa: E501

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._room = 1

    def show(self, text: str, warning: bool = False, room: int = 1) -> None:
        """Show `text`, whose control characters are made visible; `room` lines are free for it."""
        self._text = many_lines(text)
        if not (self.display and self.has_class("-pushing")):  # what was pushed up is no measure
            self._room = room
        self.set_class(warning, "-warning")
        self._fit(self.screen.size.width)
        self.display = True
        self.refresh()

    def hide(self) -> None:
        """Show nothing any more."""
        self.display = False

    def window_resized(self) -> None:
        """Break the lines for another width, and cover no more than one line."""
        self._room = 1
        self._fit(self.screen.size.width)
        self.refresh()

    def render(self) -> Content:
        """Draw the notice."""
        return Content("\n").join(self._lines(self.size.width))

    def _fit(self, width: int) -> None:
        count = len(self._lines(width))
        self.set_class(count > self._room, "-pushing")
        self.styles.height = count

    def _lines(self, width: int) -> list[Content]:
        """Return the notice in lines of at most `width` cells, indented under the first one."""
        sign = WARNING_SIGN if self.has_class("-warning") else INDENT
        room = max(width - len(sign) - 1, 2)
        lines = wrap(self._text, room)
        if len(lines) > MOST_LINES:
            lines[MOST_LINES - 1 :] = [truncate(" ".join(lines[MOST_LINES - 1 :]), room)]
        return [Content((" " * len(sign) if index else sign) + line) for index, line in enumerate(lines)]
