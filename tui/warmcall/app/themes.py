"""The themes as Textual needs them: their colours, and those that Textual's widgets have besides."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

from warmcall.config.themes import BUNDLED, SIGN_COLORS, TERMINAL, ThemeColors


def textual_theme(theme: ThemeColors) -> Theme:
    """Return a theme for Textual, with our own colours among its variables."""
    colors = theme.colors
    variables = {
        **{name: colors[name] for name in ("muted", "rule", "selected", *SIGN_COLORS)},
        "scrollbar": colors["muted"],
        "scrollbar-hover": colors["foreground"],
        "scrollbar-active": colors["foreground"],
    }
    if theme.name == TERMINAL:
        ansi = BUILTIN_THEMES["ansi-dark"]
        own = dict.fromkeys(
            (
                "input-cursor-foreground", "input-cursor-background", "scrollbar-background",
                "scrollbar-background-hover", "scrollbar-background-active",
            ), "ansi_default",
        )  # fmt: skip
        return replace(
            ansi, name=theme.name, primary=colors["primary"], secondary=colors["primary"],
            accent=colors["primary"], warning=colors["warning"], error=colors["error"],
            success=colors["success"], variables=ansi.variables | variables | own,
        )  # fmt: skip
    return Theme(
        name=theme.name,
        primary=colors["primary"],
        secondary=colors["sign-write"],
        accent=colors["primary"],
        warning=colors["warning"],
        error=colors["error"],
        success=colors["success"],
        foreground=colors["foreground"],
        background=colors["background"],
        surface=colors["surface"],
        panel=colors["panel"],
        dark=theme.dark,
        variables={
            **variables,
            "text-muted": colors["muted"],
            "text-disabled": colors["hint"],
            "input-selection-background": colors["selection"],
            "input-selection-foreground": colors["selection-text"],
        },
    )


THEMES = tuple(map(textual_theme, BUNDLED))
DARK, LIGHT, CONTRAST, _ = THEMES
