"""A field of a form with its label before it, and what is wrong with it after it, in one widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from warmcall.domain.sanitize import one_line
from warmcall.widgets.text_width import fit_width, wrap

if TYPE_CHECKING:
    from textual.widget import Widget as _Widget
else:
    # Textual takes the keys of a class from its first base that is a widget: that has to be the field.
    _Widget = object

LABEL_CELLS = 15
"""The width of the labels, one below the other."""

MOST_PROBLEM_CELLS = 36
"""The greatest width of what is wrong with a field."""


class Labelled(_Widget):
    """A widget with a label on its left, and on its right what is wrong with it; a mixin, named first.

    They stand in its padding, which this sets: a label and a row for each field would make three times as
    many widgets, and a form takes as long to open as it has widgets. Their styles are those that the widget
    around it has for its components "form--label" and "form--problem".
    """

    label_words = ""
    problem = ""

    def set_label(self, words: str) -> None:
        """Have `words` stand before the widget."""
        self.label_words = words
        self._make_room()

    def show_problem(self, words: str) -> None:
        """Show what is wrong with the value; nothing is shown if `words` are empty."""
        if words != self.problem:
            self.problem = words
            self._make_room()
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the widget between its label and its problem."""
        if not self.label_words and not self.problem:
            return super().render_lines(crop)
        whole = Region(0, crop.y, self.outer_size.width, crop.height)
        lines = zip(whole.line_range, super().render_lines(whole), strict=False)
        return [self._between(y, line).crop(crop.x, crop.right) for y, line in lines]

    def _make_room(self) -> None:
        cells = min(cell_len(one_line(self.problem)), MOST_PROBLEM_CELLS)
        self.styles.padding = (0, cells, 0, LABEL_CELLS)

    def _problem_lines(self) -> list[str]:
        return wrap(one_line(self.problem), MOST_PROBLEM_CELLS) if self.problem else []

    def _between(self, y: int, line: Strip) -> Strip:
        """Return line number `y` of the widget with what stands beside it there."""
        before = self.label_words if y == 0 else ""
        problem = self._problem_lines()
        after = problem[y] if y < len(problem) else ""
        return Strip.join(
            [
                self._beside("label", before, self.styles.padding.left),
                line.crop(self.styles.padding.left, line.cell_length - self.styles.padding.right),
                self._beside("problem", after, self.styles.padding.right),
            ]
        )

    def _beside(self, style: str, words: str, cells: int) -> Strip:
        """Return `words` in so many cells, as the widget around this one has them drawn."""
        around = self.parent
        if not cells or not isinstance(around, Widget):
            return Strip([])
        words = fit_width(words, cells).rstrip()
        drawn = around.get_component_rich_style(f"form--{style}")
        blank = " " * (cells - cell_len(words))
        strip = Strip([Segment(words, drawn), Segment(blank, drawn.background_style)])
        _, background = around.background_colors
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, background)
        return strip
