"""The replies one may hear, each behind its letter, in two columns where there is room."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from warmcall.domain.sanitize import one_line
from warmcall.widgets.text_width import fitted

TWO_COLUMNS_FROM = 50


class Replies(Widget):
    """Shows letter and reply; draws nothing of its own accord."""

    DEFAULT_CSS = """
    Replies { height: auto; }
    """

    class Clicked(Message):
        """The reply behind that letter was clicked."""

        def __init__(self, letter: str) -> None:
            self.letter = letter
            super().__init__()

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._heard: dict[str, str] = {}
        self._ends = ""

    def show(self, heard: Mapping[str, str], ends: str = "") -> None:
        """Show the replies, and the sentence for a step that may be the last."""
        if (dict(heard), ends) != (self._heard, self._ends):
            self._heard, self._ends = dict(heard), ends
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines needed at `width`, which is not yet the width of before."""
        return self._content(width).plain.count("\n") + 1

    def render(self) -> Content:
        """Draw the replies."""
        return self._content(self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Tell which reply was clicked."""
        columns = self._columns(self.size.width)
        height = -(-len(self._heard) // columns)
        row, column = event.y - 1, event.x * columns // max(self.size.width, 1)
        if 0 <= row < height and column < columns:
            letter = [*self._heard][row::height][column : column + 1]
            if letter:
                self.post_message(self.Clicked(letter[0]))

    def _columns(self, whole: int) -> int:
        return 2 if whole >= TWO_COLUMNS_FROM else 1

    def _content(self, whole: int) -> Content:
        parts: list[str | tuple[str, str]] = []
        if self._heard:
            parts.append((" They say\n", "$muted"))
        items = [(letter, one_line(text)) for letter, text in self._heard.items()]
        columns = self._columns(whole)
        height = -(-len(items) // columns)
        width = whole // columns - 5
        for row in range(height):
            for letter, text in items[row::height]:
                parts += [(f"  {letter}  ", "bold $primary"), fitted(text, max(width, 8))]
            parts.append("\n")
        if self._ends:
            parts.append((f" {self._ends}", "bold"))
        return Content.assemble(*parts)
