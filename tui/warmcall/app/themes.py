"""The themes. Nothing is said by colour alone.

The contrast of text is at least 4.5:1 on every background, 7:1 in high contrast, as WCAG 2.2 asks
(https://www.w3.org/TR/WCAG22/, 1.4.3 and 1.4.6). To Textual's colours two are added: `muted` for what
matters less, `rule` for thin lines.
"""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme


def _variables(muted: str, hint: str, rule: str, selection: str, selected_text: str) -> dict[str, str]:
    """Return the colours beyond those that every theme has; `hint` is for the hint in an empty field."""
    return {
        "muted": muted,
        "rule": rule,
        "text-muted": muted,
        "text-disabled": hint,
        "input-selection-background": selection,
        "input-selection-foreground": selected_text,
    }


DARK = Theme(
    name="dark",
    primary="#7aa2d8",
    secondary="#9d8fc7",
    accent="#86b98f",
    warning="#d9a95b",
    error="#d9716b",
    success="#86b98f",
    foreground="#d3d6da",
    background="#15181c",
    surface="#1b1f24",
    panel="#22272e",
    dark=True,
    variables=_variables("#8d949c", "#979ea6", "#3d454f", "#2f4d75", "#e6e8eb"),
)
LIGHT = Theme(
    name="light",
    primary="#1f5fa8",
    secondary="#6a4fa3",
    accent="#276a34",
    warning="#8a5000",
    error="#b3261e",
    success="#276a34",
    foreground="#22262b",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e6e1",
    dark=False,
    variables=_variables("#5c6067", "#53575e", "#c4bfb3", "#bcd2ec", "#16191d"),
)
CONTRAST = Theme(
    name="contrast",
    primary="#00ffff",
    secondary="#ff80ff",
    accent="#66ff66",
    warning="#ffff00",
    error="#ff8080",
    success="#66ff66",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#141414",
    dark=True,
    variables=_variables("#d0d0d0", "#d0d0d0", "#ffffff", "#ffff00", "#000000")
    | {"scrollbar": "#00ffff", "scrollbar-background": "#303030"},
)
_ANSI = BUILTIN_THEMES["ansi-dark"]
TERMINAL = replace(
    _ANSI,
    name="terminal",
    primary="ansi_magenta",
    secondary="ansi_magenta",
    accent="ansi_magenta",
    warning="ansi_red",
    error="ansi_red",
    success="ansi_magenta",
    variables=_ANSI.variables
    | {
        "muted": "ansi_default",
        "rule": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-background": "ansi_default",
        "scrollbar": "ansi_magenta",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
    },
)
"""The terminal's own palette. Its background may be black or white: of the sixteen colours only magenta and
red can be read on both; yellow, green and cyan fade on white, and blue on black."""

THEMES = (DARK, LIGHT, CONTRAST, TERMINAL)

_FIT_FOR_SIXTEEN_COLORS = (CONTRAST.name, TERMINAL.name)


def theme_for(name: str, no_color: bool, few_colors: bool = False) -> str:
    """Return the name of the theme to use where the settings name `name`.

    With `no_color` it is the terminal's own palette, the only theme that sends no colour at all (see
    https://no-color.org). `few_colors` is whether the terminal has only sixteen colours. There the greys of
    the dark and the light theme become one colour, so that some text could not be seen; the terminal's own
    palette takes their place, while high contrast stays as it is.
    """
    if no_color:
        return TERMINAL.name
    theme = name if name in {theme.name for theme in THEMES} else DARK.name
    return TERMINAL.name if few_colors and theme not in _FIT_FOR_SIXTEEN_COLORS else theme
