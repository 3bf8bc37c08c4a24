"""The colours. Each means something, and none is alone in meaning it."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

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
    variables={"muted": "#8d949c"},
)
LIGHT = Theme(
    name="light",
    primary="#1f5fa8",
    secondary="#6a4fa3",
    accent="#2f7a3d",
    warning="#9a5b00",
    error="#b3261e",
    success="#2f7a3d",
    foreground="#22262b",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e7e4dc",
    dark=False,
    variables={"muted": "#6b6f76"},
)
_ANSI = BUILTIN_THEMES["ansi-dark"]
TERMINAL = replace(_ANSI, name="terminal", variables=_ANSI.variables | {"muted": "ansi_default"})
"""The terminal's own palette, as Textual brings it."""

THEMES = (DARK, LIGHT, TERMINAL)


def theme_for(wanted: str, no_color: bool) -> str:
    """Return the theme to use: without colour only the terminal's own palette sends none at all."""
    if no_color or wanted == "terminal":
        return TERMINAL.name
    return wanted if wanted in {theme.name for theme in THEMES} else DARK.name
