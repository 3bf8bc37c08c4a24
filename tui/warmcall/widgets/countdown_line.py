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
        self._place = ""
        self._pace = ""
        self._style = ""

    def show(self, share: float, place: str, pace: str, style: str = "") -> None:
        """Show `share` of the bar filled, from 0 to 1, with words in a style that is never alone.

        `place` stands before `pace` where there is room for both.
        """
        filled = round(min(max(share, 0.0), 1.0) * BAR_CELLS)
        if (filled, place, pace, style) != (self._filled, self._place, self._pace, self._style):
            self._filled, self._place, self._pace, self._style = filled, place, pace, style
            self.refresh()

    def render(self) -> Content:
        """Draw the line."""
        width = self.size.width
        words = f"{self._place}{self._pace}"
        words = words if len(words) < width - 1 else self._pace
        cells = max(min(BAR_CELLS, width - len(words) - 3), 0)
        filled = self._filled * cells // BAR_CELLS
        return Content.assemble(
            " ", ("█" * filled, self._style or "$primary"), ("░" * (cells - filled), "$muted"),
            " ", (words, self._style),
        )  # fmt: skip
