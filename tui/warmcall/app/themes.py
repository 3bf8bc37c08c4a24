"""The themes. Nothing is said by colour alone.

The contrast of text is at least 4.5:1 on every background, 7:1 in high contrast, as WCAG 2.2 asks
(https://www.w3.org/TR/WCAG22/, 1.4.3 and 1.4.6). To Textual's colours are added: `muted` for what matters
less, `rule` for thin lines, `selected` under the row of the cursor, and one for each sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

SIGN_COLORS = ("sign-call", "sign-write", "sign-meet", "sign-promise", "sign-tell")
"""The colours of the signs that say what kind of thing is owed; the sign itself says it, too."""


def _variables(
    muted: str, hint: str, rule: str, selection: str, selected_text: str, selected: str, signs: Sequence[str]
) -> dict[str, str]:
    """Return the colours beyond those that every theme has.

    `hint` is for the hint in an empty field, `selected` lies under the row of the cursor, and `signs` are the
    colours of the signs for calling, writing, meeting, promising and telling.
    """
    return {
        "muted": muted,
        "rule": rule,
        "text-muted": muted,
        "text-disabled": hint,
        "input-selection-background": selection,
        "input-selection-foreground": selected_text,
        "selected": selected,
        **dict(zip(SIGN_COLORS, signs, strict=True)),
    }


DARK = Theme(
    name="dark",
    primary="#8fb0ee",
    secondary="#c3a2ef",
    accent="#8fb0ee",
    warning="#e3b04f",
    error="#f28b82",
    success="#a3cc7a",
    foreground="#d6d9dd",
    background="#15171a",
    surface="#1a1d20",
    panel="#22252a",
    dark=True,
    variables=_variables(
        "#a0a5ab", "#a3a8ae", "#3f444b", "#2f4d75", "#e6e8eb", "#2f353e",
        ("#63c3dc", "#c3a2ef", "#4fcfae", "#ee97b8", "#cdb78d"),
    ),
)  # fmt: skip
LIGHT = Theme(
    name="light",
    primary="#2455a4",
    secondary="#5f2f9e",
    accent="#2455a4",
    warning="#754300",
    error="#b0201a",
    success="#336214",
    foreground="#22262b",
    background="#fbfaf7",
    surface="#f4f2ed",
    panel="#e9e7e2",
    dark=False,
    variables=_variables(
        "#55595f", "#50545b", "#c4bfb3", "#bcd2ec", "#16191d", "#dfe3ea",
        ("#005f80", "#5f2f9e", "#00634c", "#a1275d", "#6a5320"),
    ),
)  # fmt: skip
CONTRAST = Theme(
    name="contrast",
    primary="#8fd7ff",
    secondary="#e0b0ff",
    accent="#8fd7ff",
    warning="#ffff00",
    error="#ff9f9f",
    success="#87ff5f",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#141414",
    dark=True,
    variables=_variables(
        "#d0d0d0", "#d0d0d0", "#ffffff", "#ffff00", "#000000", "#2a2a2a",
        ("#00ffff", "#e0b0ff", "#5fffd7", "#ffafd7", "#ffd7af"),
    )
    | {"scrollbar": "#8fd7ff", "scrollbar-background": "#303030"},
)  # fmt: skip
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
        "selected": "ansi_default",
        **dict.fromkeys(SIGN_COLORS, "ansi_default"),
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
