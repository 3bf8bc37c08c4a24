"""Large figures: a clock or a number that is read at a glance from across the desk."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

ASCII_CLASS = "-ascii"
"""The class that the app has where only ASCII can be drawn: blocks would not be recognised there."""

_FIGURES = {
    "0": "███ █.█ █.█ █.█ ███",
    "1": ".█. ██. .█. .█. ███",
    "2": "███ ..█ ███ █.. ███",
    "3": "███ ..█ ███ ..█ ███",
    "4": "█.█ █.█ ███ ..█ ..█",
    "5": "███ █.. ███ ..█ ███",
    "6": "███ █.. ███ █.█ ███",
    "7": "███ ..█ ..█ ..█ ..█",
    "8": "███ █.█ ███ █.█ ███",
    "9": "███ █.█ ███ ..█ ███",
    "+": "... .█. ███ .█. ...",
    "-": "... ... ███ ... ...",
    ":": ". █ . █ .",
    " ": ". . . . .",
}
"""Five rows for each character; "█" is drawn."""

ROWS = 5

_HALVES = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
"""The character for two rows in one line, by whether the upper and the lower one are drawn."""


def can_be_drawn(text: str) -> bool:
    """Return whether there is something to draw, and a figure for each character."""
    return bool(text) and set(text) <= _FIGURES.keys()


def half_height(text: str) -> list[str]:
    """Return `text` as lines of half blocks: three lines high, each figure three cells wide."""
    rows = [*_rows(text, 1), ""]
    width = len(rows[0])
    pairs = [(rows[at].ljust(width), rows[at + 1].ljust(width)) for at in range(0, ROWS + 1, 2)]
    return ["".join(_HALVES[up != " ", low != " "] for up, low in zip(*pair, strict=True)) for pair in pairs]


def full_height(text: str) -> list[str]:
    """Return `text` as lines of whole blocks: five lines high, each figure six cells wide."""
    return _rows(text, 2)


def _rows(text: str, cells: int) -> list[str]:
    """Return the five rows of `text`, each square of a figure `cells` wide."""
    figures = [_FIGURES[character].split() for character in text]
    rows = [" ".join(figure[row] for figure in figures) for row in range(ROWS)]
    return ["".join(square.replace(".", " ") * cells for square in row) for row in rows]


class Figures(Widget):
    """Shows a text of figures, "+", "-", ":" and spaces in large blocks; in ASCII on one line, in bold.

    With `tall` they are five lines high instead of three.
    """

    DEFAULT_CSS = """
    Figures { width: 100%; height: auto; }
    """

    def __init__(self, id: str | None = None, tall: bool = False) -> None:
        super().__init__(id=id)
        self._lines_of = full_height if tall else half_height
        self._text = ""
        self._style = ""

    def show(self, text: str, style: str = "") -> None:
        """Show `text` in `style`; nothing is drawn if both are shown already."""
        if (text, style) != (self._text, self._style):
            self._text, self._style = text, style
            self.refresh()

    def lines(self) -> list[str]:
        """Return what is drawn, line by line."""
        return [self._text] if self.app.has_class(ASCII_CLASS) else self._lines_of(self._text)

    def width_of(self, text: str) -> int:
        """Return how many cells `text` takes."""
        return len(text) if self.app.has_class(ASCII_CLASS) else len(self._lines_of(text)[0])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        return len(self.lines())

    def render(self) -> Content:
        """Draw the figures."""
        return Content.styled("\n".join(self.lines()), f"bold {self._style}".rstrip())
