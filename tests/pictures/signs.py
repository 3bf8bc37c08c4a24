"""Signs drawn as shapes, so that they look the same, and meet each other, whatever font a reader has.

A shape is the data of an SVG path inside one cell, `WIDTH` by `HEIGHT` pixels. One of `LINES` is drawn as a
line of the width `LINE`, one of `SHAPES` is filled. What repeats along a row is drawn once for all its cells.
"""

from __future__ import annotations

WIDTH = 10
HEIGHT = 21
LINE = 1.3

_MIDDLE = HEIGHT / 2

LINES = {
    "│": f"M5 0V{HEIGHT}",
    "╭": f"M10 {_MIDDLE}H9Q5 {_MIDDLE} 5 14.5V{HEIGHT}",
    "╮": f"M0 {_MIDDLE}H1Q5 {_MIDDLE} 5 14.5V{HEIGHT}",
    "╰": f"M10 {_MIDDLE}H9Q5 {_MIDDLE} 5 6.5V0",
    "╯": f"M0 {_MIDDLE}H1Q5 {_MIDDLE} 5 6.5V0",
    "✓": "M1.5 11L4 14L8.5 6.5",
    "←": "M9 10.5H1.5M4.5 7L1.5 10.5L4.5 14",
    "→": "M1 10.5H8.5M5.5 7L8.5 10.5L5.5 14",
    "✉": "M.7 6.5H9.3V14.5H.7ZM.7 6.8L5 11L9.3 6.8",
    "◷": "M5 6A4.5 4.5 0 1 1 5 15A4.5 4.5 0 1 1 5 6ZM5 6.4V10.5H9.2",
}

SHAPES = {
    "▸": "M2 6L8.5 10.5L2 15Z",
    "▾": "M.8 7.5H9.2L5 13.5Z",
    "▲": "M.8 14H9.2L5 6.5Z",
    "▼": "M.8 7H9.2L5 14.5Z",
    "◆": "M5 5.5L9 10.5L5 15.5L1 10.5Z",
    "●": "M5 7A3.5 3.5 0 1 1 5 14A3.5 3.5 0 1 1 5 7Z",
    "★": "M5 5L6.3 8.9L10 9L7.1 11.4L8.1 15.2L5 13L1.9 15.2L2.9 11.4L0 9L3.7 8.9Z",
    "➤": "M.5 5.8L9.5 10.5L.5 15.2L3.2 10.5Z",
    "☎": "M.3 9.4Q.3 6.3 5 6.3Q9.7 6.3 9.7 9.4V10H7V8.7Q5 8.2 3 8.7V10H.3ZM3.3 9.8H6.7L8.8 13V15H1.2V13Z",
}

ALONG = {"─": (_MIDDLE - LINE / 2, LINE)}
"""Where, from the top of the cell, and how high a line along the row is."""

PARTS = {
    "█": (0.0, 10.0, 1.0), "▓": (0.0, 10.0, 0.7), "▒": (0.0, 10.0, 0.45), "░": (0.0, 10.0, 0.2),
    "▏": (0.0, 1.3, 1.0), "▕": (8.7, 1.3, 1.0), "┃": (3.6, 2.8, 1.0),
}  # fmt: skip
"""From where in the cell, how wide, and how opaque the part is that is filled."""

REPEATING = {"█", "▓", "▒", "░"}
"""Parts that fill the whole width, so that cells side by side are one rectangle."""
