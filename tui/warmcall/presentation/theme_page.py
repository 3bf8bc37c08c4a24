"""The page of rules of the screens: every sign, stage and colour of a theme, and what it means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from warmcall.config.themes import TERMINAL, TEXT_COLORS, ThemeColors, contrast
from warmcall.presentation import signs, wording
from warmcall.presentation.palette import theme_about
from warmcall.terminal.ascii_fallback import ascii_for
from warmcall.widgets.rich_text import RichPart

Line = list[RichPart]

_OWED = (
    (signs.CALL, "call"),
    (signs.WRITE, "write"),
    (signs.MEET, "meet"),
    (signs.PROMISE, "keep a promise"),
    (signs.TELL, "tell who named them"),
    (signs.OTHER, "something else"),
)

_MEANING = {
    "foreground": "text",
    "muted": "labels, reasons, people one waits for",
    "primary": "keys, titles, stages around an interview",
    "warning": "what is late, gaps, the last five minutes",
    "error": "time that is over, a mistake in a form",
    "success": "in touch, on pace",
    "sign-call": "the sign of a call, and nothing else",
    "sign-write": "the sign of a letter",
    "sign-meet": "the sign of an interview",
    "sign-promise": "the sign of a promise",
    "sign-tell": "the sign of telling who named them",
    "rule": "thin lines",
    "background": "the screen",
    "surface": "a dialog",
    "panel": "the bars, and the field one types in",
    "selected": "the row of the cursor",
}
"""What each colour means, in the order they are shown."""

_COLUMN = 25
"""The width of a sign with its meaning."""

_INDENT = "   "


def theme_page(theme: ThemeColors, names: Iterable[str]) -> list[Line]:
    """Return the page for a theme, line by line, at most 80 columns wide; `names` are those of all themes."""
    owed: list[Line] = []
    for (sign, style), label in _OWED:
        owed.append([(sign, style), f" {ascii_for(sign)}  {label}"])
    stages: list[Line] = [
        [(sign, style), f" {ascii_for(sign)}  ", (wording.STAGE[stage], style)]
        for stage, (sign, style) in signs.STAGE.items()
    ]
    days: Line = [
        _INDENT, signs.LATE, (" 4 d late", "$warning"), "    ", ("today", "bold"),
        "    tomorrow, Wed 25, 3 Dec, 14 Feb 27    ", ("waiting on them", "$muted"),
    ]  # fmt: skip
    row: Line = [
        _INDENT, ("▸  tomorrow      ", "on $selected"), ("☎", "$sign-call on $selected"),
        (" Ann Example           ", "on $selected"), ("try 2 of 3 ", "$muted on $selected"),
    ]  # fmt: skip
    marks: list[Line] = [
        row,
        [_INDENT, f"▸ {ascii_for('▸')}  the row of the cursor, which has a tint"],
        [_INDENT, f"★ {ascii_for('★')}  an answer with a star"],
        [_INDENT, f"≠ {ascii_for('≠')}  an answer that differs from another"],
        [_INDENT, f"⊘ {ascii_for('⊘')}  an answer that is not to be repeated"],
        [_INDENT, ("‹what is not known›", "bold reverse $warning"), "  to fill before it is said or sent"],
    ]
    keys: Line = [
        _INDENT, ("Enter", "bold $primary"), " Open     a key, and what it does     ",
        ("x Done", "dim"), "     one that cannot act now",
    ]  # fmt: skip
    return [
        [(f"Theme {theme.name}", "bold $primary"), f" · {theme_about(theme.name).lower()}"],
        [],
        *_section("Signs of what is owed, each with its sign in ASCII", _columns(owed)),
        *_section("Stages of a person", _columns(stages)),
        *_section("Days", [days]),
        *_section("Marks", marks),
        *_section("Keys", [keys]),
        *_section(_colors_title(theme), [_color_line(theme, name) for name in _MEANING]),
        [("Themes: ", "$muted"), ", ".join(names)],
    ]


def _section(title: str, lines: Sequence[Line]) -> list[Line]:
    return [[(title, "bold")], *lines, []]


def _columns(cells: Sequence[Line]) -> list[Line]:
    """Return the cells three to a line, one below the other."""
    lines: list[Line] = []
    for at in range(0, len(cells), 3):
        line: Line = [_INDENT]
        for cell in cells[at : at + 3]:
            width = sum(len(part if isinstance(part, str) else part[0]) for part in cell)
            line += [*cell, " " * max(_COLUMN - width, 1)]
        lines.append(line)
    return lines


def _colors_title(theme: ThemeColors) -> str:
    if theme.name == TERMINAL:
        return "Colours, the terminal's own"
    return "Colours, with the contrast of text on the background"


def _color_line(theme: ThemeColors, name: str) -> Line:
    """Return the name of a colour in itself, its value, the contrast of text, and what it means."""
    color = theme.colors[name]
    if theme.name == TERMINAL:
        value = color.removeprefix("ansi_")
    elif name in TEXT_COLORS:
        value = f"{color} {int(contrast(color, theme.colors['background']) * 10) / 10:4}:1"
    else:
        value = color
    return [_INDENT, (f"{name:<13}", f"${name}"), (f"{value:<16}", "$muted"), _MEANING[name]]
