"""Text truncated and padded to a number of terminal cells, wide characters counting as two.

Text from right to left is sent in its stored order. Terminals that support it reorder it themselves, and may
swap two such columns that stand side by side. Unicode's marks against that are not sent, since other
terminals show them as boxes.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size, split_text

from warmcall.domain.sanitize import one_line

NAME_CELLS = 60
"""Where a name or a job is truncated at the head of a page, so that the rest of the page stays visible."""

SENTENCE_CELLS = 180
"""Where a sentence is truncated: five or six lines in the narrowest place that shows one."""


def truncate(text: str, size: int) -> str:
    """Return `text` in at most `size` cells, which is above 0, with an ellipsis if it was longer."""
    return text if cell_len(text) <= size else set_cell_size(text, size - 1).rstrip() + "…"


def fit_width(text: str, size: int) -> str:
    """Return `text` in exactly `size` cells, with an ellipsis if it was longer."""
    if size <= 0:
        return ""
    return set_cell_size(truncate(text, size), size)


def beginning(text: str, size: int) -> str:
    """Return the first words of `text` in quotation marks, in at most `size` cells."""
    text = one_line(text)
    if cell_len(text) + 2 <= size:
        return f"“{text}”"
    cut = set_cell_size(text, max(size - 3, 1)).rstrip()
    whole = cut if text[len(cut) : len(cut) + 1] == " " else cut.rpartition(" ")[0] or cut
    return f"“{whole.rstrip(' ,;:.…')}…”"


def wrap(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells, which is above 1; its own breaks are kept.

    Lines are broken between words. A word that fits no line, such as a path, begins where the words before
    it end, and is broken wherever a line is full.
    """
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        is_plain = paragraph.isascii() and paragraph.isprintable()
        cells = len if is_plain else cell_len  # the same, and many times sooner
        for word in paragraph.split():
            gap = " " if line else ""
            if cells(line) + len(gap) + cells(word) <= width:
                line += gap + word
                continue
            rest = word
            if cells(word) > width and cells(line) < width - 2:
                filled, rest = _split(word, width - cells(line) - len(gap))
                line += gap + filled
            lines += [line] if line else []
            while cells(rest) > width:
                filled, rest = _split(rest, width)
                lines.append(filled)
            line = rest
        lines.append(line)
    return lines


def _split(word: str, cut: int) -> tuple[str, str]:
    """Return the beginning of `word` in at most `cut` cells, and the rest; wide characters stay whole."""
    parts = split_text(word, cut)
    return parts if "".join(parts) == word else split_text(word, cut - 1)
