"""Text whose lines go on under their first words, where they begin with a label or a bullet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from warmcall.widgets.rich_text import RichPart

LABEL_CELLS = 20
"""The longest beginning of a line that can be a label."""

LEAST_CELLS = 12
"""Where fewer cells than these would be left for the text, nothing is indented."""

_BULLET = re.compile(r" *(?:(?:[-*•·★≠⊘✓–▸●!☎✉◷◆➤]|\[[ x-]\]|\d{1,2}[.)]) +)?")
"""What a line may begin with, before the text under which it goes on."""


class Indents(NamedTuple):
    """How a line is indented: all of it by `lead` cells, and where it goes on also by what it begins with.

    That is the first `label` characters, which are `cells` wide.
    """

    lead: int = 0
    label: int = 0
    cells: int = 0


def indents_of(parts: Sequence[RichPart]) -> list[Indents]:
    """Return the indents of each line of `parts`.

    A line goes on under what follows its label or its bullet. A label is a styled part at the beginning of a
    line that ends in a space, or a sign of one cell; further lines of the text beside it stand under it, too,
    up to a blank line.
    """
    found: list[Indents] = []
    line, label, lead = "", "", 0

    def end_line() -> None:
        bullet = _BULLET.match(line)
        begin = label or (bullet[0] if bullet else "")
        found.append(Indents(lead, len(begin), cell_len(begin)))

    for number, part in enumerate(parts):
        text, is_styled = (part, False) if isinstance(part, str) else (part[0], True)
        if not line and is_styled and "\n" not in text:
            following = parts[number + 1] if number + 1 < len(parts) else ""
            label = _label(text, following if isinstance(following, str) else following[0])
        for place, piece in enumerate(text.split("\n")):
            if place:
                end_line()
                lead = (lead or cell_len(label)) if piece and line else 0
                line = label = ""
            line += piece
    end_line()
    return found


def _label(text: str, following: str) -> str:
    """Return the label that a line begins with, its space included; empty if `text` is none."""
    cells = cell_len(text)
    if cells == 1 and text.strip() and following.startswith(" "):
        return f"{text} "
    return text if text.strip() and text.endswith(" ") and cells <= LABEL_CELLS else ""


class HangingText(Visual):
    """Draws a text with these indents of its lines; one that is not to be wrapped is drawn as it is."""

    def __init__(self, content: Content, indents: Sequence[Indents]) -> None:
        self._content = content
        self._indents = tuple(indents)
        self._broken: tuple[int, Content] | None = None

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width of the longest line."""
        most = max((indents.lead for indents in self._indents), default=0)
        return self._content.get_optimal_width(rules, container_width) + most

    def get_minimal_width(self, rules: RulesMap) -> int:
        """Return the width of the longest word."""
        return self._content.get_minimal_width(rules)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the number of lines at a width."""
        return self._at(width, rules).get_height(rules, width)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Draw the text."""
        return self._at(width, options.rules).render_strips(width, height, style, options)

    def _at(self, width: int, rules: RulesMap) -> Content:
        """Return the text broken into lines of at most `width` cells."""
        if not any(any(indents) for indents in self._indents) or rules.get("text_wrap") == "nowrap":
            return self._content
        if self._broken is None or self._broken[0] != width:
            self._broken = (width, self._break(width))
        return self._broken[1]

    def _break(self, width: int) -> Content:
        lines = self._content.split("\n", allow_blank=True)
        broken: list[Content] = []
        for line, (lead, label, cells) in zip(lines, self._indents, strict=True):
            room = width - lead - cells
            if room < LEAST_CELLS:
                broken += line.wrap(width) if line.plain else [line]
                continue
            first, *rest = line[label:].wrap(room) if line.plain[label:] else [Content()]
            broken.append((line[:label] + first).pad_left(lead))
            broken += [piece.pad_left(lead + cells) for piece in rest]
        return Content("\n").join(broken)
