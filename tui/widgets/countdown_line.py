"""The line that shows how far the meeting is: a bar, the question, the pace."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

BAR_CELLS = 26


class CountdownLine(Widget):
    """Shows the share of time spent, and words beside it; drawn only when one of them changes."""

    DEFAULT_CSS = """
    CountdownLine { height: 1; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._filled = 0
        self._words = ""
        self._style = ""

    def show(self, share: float, words: str, style: str = "") -> None:
        """Show `share` of the bar filled, from 0 to 1, with `words`, in a style that is never alone."""
        filled = round(min(max(share, 0.0), 1.0) * BAR_CELLS)
        if (filled, words, style) != (self._filled, self._words, self._style):
            self._filled, self._words, self._style = filled, words, style
            self.refresh()

    def render(self) -> Content:
        """Draw the line."""
        cells = max(min(BAR_CELLS, self.size.width - len(self._words) - 3), 0)
        filled = self._filled * cells // BAR_CELLS
        return Content.assemble(
            " ", ("█" * filled, self._style or "$primary"), ("░" * (cells - filled), "$muted"),
            " ", (self._words, self._style),
        )  # fmt: skip
