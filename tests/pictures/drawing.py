"""Frames drawn as SVG: a still, or a film in which each row is drawn once and shown while it is seen.

The film needs no script: it is animated by CSS, so that it plays inside an image. Where reduced motion is
asked for, and where nothing can be animated, one frame stands still. Nothing is loaded: letters come from
whatever monospaced font there is, set to the width of the cells; signs and lines are shapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from rich.cells import cell_len

from tests.pictures.frames import Frame, Row, Run
from tests.pictures.signs import ALONG, HEIGHT, LINE, LINES, PARTS, REPEATING, SHAPES, WIDTH

FONT = 'ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace'
FONT_SIZE = 16
BASELINE = 15.5
MARGIN = 14
BAR = 36
"""Height of the bar of the window, in pixels, and of the line under it that says what is pressed."""

CAPTION = 52

WINDOW, EDGE, DOTS, TITLE = "#1d2024", "#3f444b", ("#5a6069",) * 3, "#a0a5ab"
KEY, KEY_EDGE, WORDS = "#2f353e", "#59616d", "#d6d9dd"

_WORDS = re.compile(r"\S+(?: \S+)*")
_SIGNS = re.compile("|".join(map(re.escape, [*LINES, *SHAPES])))
_SPANS = re.compile("|".join(f"{re.escape(sign)}+" for sign in [*ALONG, *REPEATING]) + "|[▏▕┃]")


@dataclass
class Painter:
    """Draws rows, and remembers which colours and signs were used, to write them down once."""

    color: str
    back: str
    classes: dict[str, str] = field(default_factory=dict)
    signs: dict[str, str] = field(default_factory=dict)

    def row(self, y: int, row: Row) -> str:
        """Return what draws a row, its top at `y`."""
        return "".join([*self._grounds(y, row), *(piece for run in row for piece in self._run(y, run))])

    def _grounds(self, y: int, row: Row) -> Iterator[str]:
        """Yield what lies under the text where it is not the screen's own colour; neighbours are one."""
        start, back, end = 0, "", 0
        for at, ground, cells in [*((run.at, run.back, run.cells) for run in row), (-1, "", 0)]:
            if ground != back or at != end:
                if back:
                    yield _rect(start * WIDTH, y, (end - start) * WIDTH, HEIGHT, self._class(f"fill:{back}"))
                start, back = at, ground
            end = at + cells

    def _run(self, y: int, run: Run) -> Iterator[str]:
        """Yield what draws the characters of a run."""
        ink = self._class(f"fill:{run.color}")
        left = run.text
        for span in _SPANS.finditer(run.text):
            sign, x = span.group()[0], (run.at + cell_len(run.text[: span.start()])) * WIDTH
            if sign in ALONG:
                down, high = ALONG[sign]
                yield _rect(x, y + down, len(span.group()) * WIDTH, high, ink)
            else:
                begin, wide, opacity = PARTS[sign]
                all_cells = len(span.group()) * WIDTH if sign in REPEATING else wide
                faint = f' opacity="{opacity}"' if opacity < 1 else ""
                inset = 4 if sign in REPEATING else 0
                yield _rect(x + begin, y + inset, all_cells, HEIGHT - 2 * inset, ink, faint)
        left = _SPANS.sub(lambda span: " " * len(span.group()), left)
        for found in _SIGNS.finditer(left):
            sign, x = found.group(), (run.at + cell_len(left[: found.start()])) * WIDTH
            line = f"fill:none;stroke:{run.color}"
            name = self.signs.setdefault(sign, f"s{len(self.signs)}")
            kind = self._class(line) if sign in LINES else ink
            yield f'<use href="#{name}" x="{x}" y="{y}" class="{kind}"/>'
        left = _SIGNS.sub(" ", left)
        how = self._class(
            f"fill:{run.color}"
            + (";font-weight:bold" if run.bold else "")
            + (";font-style:italic" if run.italic else "")
            + (";text-decoration:underline" if run.underline else "")
        )
        for words in _WORDS.finditer(left):
            x = (run.at + cell_len(left[: words.start()])) * WIDTH
            yield _text(x, y + BASELINE, words.group(), how)

    def _class(self, style: str) -> str:
        """Return the name of the class with that style."""
        return self.classes.setdefault(style, f"c{len(self.classes)}")

    def definitions(self) -> str:
        """Return the shapes of the signs that were used."""
        return "".join(
            f'<path id="{name}" d="{(LINES | SHAPES)[sign]}"/>' for sign, name in self.signs.items()
        )

    def styles(self) -> str:
        """Return the styles that were used."""
        return "".join(f".{name}{{{style}}}" for style, name in self.classes.items())


def still(frame: Frame, title: str, description: str, colors: tuple[str, str]) -> str:
    """Return the picture of one frame, in the two colours of text and screen."""
    painter = Painter(*colors)
    rows = "".join(painter.row(_top(number), row) for number, row in enumerate(frame.rows))
    return _document([frame], painter, rows, "", title, description, caption=0)


def film(frames: Sequence[Frame], poster: int, title: str, description: str, colors: tuple[str, str]) -> str:
    """Return the film of `frames`, the one with the number `poster` standing still where nothing moves."""
    painter = Painter(*colors)
    shown: dict[tuple[int, Row], set[int]] = {}
    captions: dict[tuple[str, str], set[int]] = {}
    for number, frame in enumerate(frames):
        for at, row in enumerate(frame.rows):
            shown.setdefault((at, row), set()).add(number)
        captions.setdefault((frame.keys, frame.caption), set()).add(number)
    groups: dict[frozenset[int], list[str]] = {}
    for (at, row), numbers in shown.items():
        groups.setdefault(frozenset(numbers), []).append(painter.row(_top(at), row))
    y = BAR + len(frames[0].rows) * HEIGHT
    for (keys, caption), numbers in captions.items():
        groups.setdefault(frozenset(numbers), []).append(_caption(y, keys, caption))
    drawn, moves = [], []
    always = frozenset(range(len(frames)))
    for count, (numbers_shown, pieces) in enumerate(groups.items()):
        body = "".join(pieces)
        if not body:
            continue
        if numbers_shown == always:
            drawn.append(body)
            continue
        hidden = "" if poster in numbers_shown else ' visibility="hidden"'
        drawn.append(f'<g class="k{count}"{hidden}>{body}</g>')
        moves.append(f"@keyframes k{count}{{{_keyframes(frames, numbers_shown)}}}")
        moves.append(f".k{count}{{animation-name:k{count}}}")
    seconds = sum(frame.seconds for frame in frames)
    moving = (
        f"@media (prefers-reduced-motion:no-preference){{g{{animation:{_short(seconds)}s step-end infinite}}"
        f"{''.join(moves)}}}"
    )
    return _document(frames, painter, "\n".join(drawn), moving, title, description, caption=CAPTION)


def _document(
    frames: Sequence[Frame],
    painter: Painter,
    body: str,
    moving: str,
    title: str,
    description: str,
    caption: int,
) -> str:
    """Return the whole file: a window with a bar, the rows, and room for what is pressed."""
    rows = len(frames[0].rows)
    columns = sum(run.cells for run in frames[0].rows[0])
    wide, high = columns * WIDTH + 2 * MARGIN, BAR + rows * HEIGHT + MARGIN + caption
    dots = "".join(
        f'<circle cx="{10 + 20 * number}" cy="18" r="5.5" fill="{dot}"/>' for number, dot in enumerate(DOTS)
    )
    style = (
        f"text{{font:{FONT_SIZE}px {FONT}}}use{{stroke-width:{LINE}}}"
        f"rect{{shape-rendering:crispEdges}}.r{{shape-rendering:auto}}{painter.styles()}{moving}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" aria-labelledby="t d">\n<title id="t">{escape(title)}</title>\n'
        f'<desc id="d">{escape(description)}</desc>\n<style>{style}</style>\n'
        f"<defs>{painter.definitions()}</defs>\n"
        f'<rect class="r" x=".5" y=".5" width="{wide - 1}" height="{high - 1}" rx="9" fill="{WINDOW}" '
        f'stroke="{EDGE}"/>\n'
        f'<rect x="1" y="{BAR - 3}" width="{wide - 2}" height="{rows * HEIGHT + 8}" fill="{painter.back}"/>\n'
        f'<g transform="translate({MARGIN} 0)">{dots}'
        f'<text x="{columns * WIDTH / 2:g}" y="23" text-anchor="middle" fill="{TITLE}">warmcall</text>\n'
        f"{body}</g>\n</svg>\n"
    )


def _caption(y: int, keys: str, words: str) -> str:
    """Return what is written under the window: the keys pressed, as caps, and what they do."""
    pieces, x, middle = [], 0.0, y + (CAPTION + MARGIN) / 2 + 1
    for key in keys.split():
        wide = len(key) * WIDTH + 16
        pieces.append(
            f'<rect class="r" x="{_short(x)}" y="{_short(middle - 14)}" width="{wide}" height="28" rx="5" '
            f'fill="{KEY}" stroke="{KEY_EDGE}"/>'
        )
        pieces.append(
            f'<text x="{_short(x + 8)}" y="{_short(middle + 5.5)}" fill="{WORDS}" '
            f'textLength="{len(key) * WIDTH}">{escape(key)}</text>'
        )
        x += wide + 8
    x += 8 if keys else 0
    pieces.append(
        f'<text x="{_short(x)}" y="{_short(middle + 5.5)}" fill="{WORDS}" '
        f'textLength="{len(words) * WIDTH}">{escape(words)}</text>'
    )
    return "".join(pieces)


def _keyframes(frames: Sequence[Frame], shown: frozenset[int]) -> str:
    """Return when what is in the frames `shown` appears and disappears, in hundredths of the whole."""
    whole = sum(frame.seconds for frame in frames)
    steps, began, before = [], 0.0, None
    for number, frame in enumerate(frames):
        seen = number in shown
        if seen is not before:
            steps.append(f"{_short(100 * began / whole)}%{{visibility:{'visible' if seen else 'hidden'}}}")
            before = seen
        began += frame.seconds
    return "".join(steps)


def _text(x: float, y: float, words: str, kind: str) -> str:
    """Return words, as wide as their cells in whatever font."""
    return (
        f'<text x="{_short(x)}" y="{_short(y)}" class="{kind}" textLength="{cell_len(words) * WIDTH}">'
        f"{escape(words, quote=False)}</text>"
    )


def _rect(x: float, y: float, wide: float, high: float, kind: str, more: str = "") -> str:
    """Return a rectangle."""
    return (
        f'<rect x="{_short(x)}" y="{_short(y)}" width="{_short(wide)}" height="{_short(high)}" '
        f'class="{kind}"{more}/>'
    )


def _top(number: int) -> int:
    """Return where a row begins."""
    return BAR + number * HEIGHT


def _short(number: float) -> str:
    """Return a number with at most three decimals."""
    return f"{number:.3f}".rstrip("0").rstrip(".")
