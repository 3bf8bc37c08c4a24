"""Styled text as a terminal shows it without the screens: escape sequences for the plain commands.

The sequences are those of ECMA-48 (SGR); 38;2 and 38;5 are of ISO 8613-6, as xterm understands them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from warmcall.config.themes import channels
from warmcall.widgets.rich_text import RichPart

_ATTRIBUTES = {"bold": "1", "dim": "2", "italic": "3", "reverse": "7"}
_NAMED = {"ansi_default": 9, "ansi_red": 1, "ansi_magenta": 5}
"""The last digit of the sequences for colours of the terminal's own."""

_CUBE = (0, 95, 135, 175, 215, 255)
"""The levels of red, green and blue among the 256 colours of xterm, numbers 16 to 231."""

_GREY = range(8, 239, 10)
"""The greys, numbers 232 to 255."""

Channels = tuple[int, int, int]


class ColorDepth(Enum):
    """How many colours a terminal shows."""

    NONE = 0
    SIXTEEN = 16
    MANY = 256
    ALL = 1 << 24


def color_depth(environ: Mapping[str, str], is_terminal: bool) -> ColorDepth:
    """Return how many colours there are, by the variables that Textual goes by as well."""
    term = environ.get("TERM", "").lower()
    if not is_terminal or environ.get("NO_COLOR") or term in ("", "dumb", "unknown"):
        return ColorDepth.NONE
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return ColorDepth.ALL
    return ColorDepth.MANY if term.rpartition("-")[2] in ("256color", "kitty") else ColorDepth.SIXTEEN


def ansi_line(parts: Iterable[RichPart], colors: Mapping[str, str], depth: ColorDepth, width: int = 0) -> str:
    """Return a line of styled text, with sequences for its styles, and none where there is no colour.

    A style is words such as "bold $warning on $panel"; `colors` has the colour of each name. In a theme with
    colours of its own the line lies on its background and is `width` cells wide at least.
    """
    if depth is ColorDepth.NONE:
        return "".join(part if isinstance(part, str) else part[0] for part in parts).rstrip()
    paints = colors["background"].startswith("#")
    base = _sequence("$foreground on $background" if paints else "", colors, depth)
    text, length = "", 0
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        codes = ";".join(filter(None, (base, _sequence(style, colors, depth))))
        text += f"\x1b[{codes}m{words}\x1b[0m" if codes else words
        length += len(words)
    padding = " " * max(width - length, 0)
    return f"{text}\x1b[{base}m{padding}\x1b[0m" if paints else text


def _sequence(style: str, colors: Mapping[str, str], depth: ColorDepth) -> str:
    """Return the parameters of the sequence for a style."""
    codes: list[str] = []
    layer = 30
    for word in style.split():
        if word == "on":
            layer = 40
        elif word in _ATTRIBUTES:
            codes.append(_ATTRIBUTES[word])
        else:
            codes.append(_color(colors[word.removeprefix("$")], layer, depth))
            layer = 30
    return ";".join(codes)


def _color(color: str, layer: int, depth: ColorDepth) -> str:
    if not color.startswith("#"):
        return str(layer + _NAMED[color])
    red, green, blue = channels(color)
    if depth is ColorDepth.ALL:
        return f"{layer + 8};2;{red};{green};{blue}"
    return f"{layer + 8};5;{_nearest((red, green, blue))}"


def _nearest(color: Channels) -> int:
    """Return the number of the nearest of the 256 colours, from 16 to 255."""

    def distance(other: Channels) -> int:
        return sum((one - two) ** 2 for one, two in zip(color, other, strict=True))

    def level(channel: int) -> int:
        return min(range(6), key=lambda at: abs(_CUBE[at] - channel))

    red, green, blue = map(level, color)
    step = min(range(len(_GREY)), key=lambda at: distance((_GREY[at],) * 3))
    in_cube = (_CUBE[red], _CUBE[green], _CUBE[blue])
    grey = _GREY[step]
    is_grey = distance((grey, grey, grey)) < distance(in_cube)
    return 232 + step if is_grey else 16 + 36 * red + 6 * green + blue
