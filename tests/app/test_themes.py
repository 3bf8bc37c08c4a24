"""Text can be read on every screen, in every theme and with few colours."""

from __future__ import annotations

import unicodedata
from itertools import product
from typing import NamedTuple

import pytest
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from textual.color import Color as TextualColor
from textual.theme import Theme
from warmcall.app.themes import CONTRAST, DARK, LIGHT
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.config.themes import SIGN_COLORS, ThemeColors, theme_for

from tests.conftest import Bench
from tests.screens.driving import Driver, app_over, driven
from tests.screens.walk import LEGS, Leg, with_person

AT_LEAST = {"dark": 4.5, "light": 4.5, "contrast": 7.0}
"""What WCAG 2.2 asks of text: 1.4.3 (AA), and 1.4.6 (AAA) for high contrast."""

AT_LEAST_IN_256 = {"dark": 4.0, "light": 4.0, "contrast": 7.0}
"""The nearest of 256 colours are a little off."""

TEXT_COLORS = (
    "foreground",
    "muted",
    "text-disabled",
    "primary",
    "warning",
    "error",
    "success",
    "accent",
    *SIGN_COLORS,
)
BACKGROUNDS = ("background", "surface", "panel", "selected")


class Pair(NamedTuple):
    """The colours of a text and of its background."""

    text: ColorTriplet
    background: ColorTriplet

    @property
    def ratio(self) -> float:
        """Their contrast, from 1 to 21, as WCAG 2.2 defines it (1.4.3)."""
        dark, light = sorted((luminance(self.text), luminance(self.background)))
        return (light + 0.05) / (dark + 0.05)

    def on(self, system: ColorSystem) -> Pair:
        """The same on a terminal with fewer colours."""
        return Pair(
            *(Color.from_triplet(color_triplet).downgrade(system).get_truecolor() for color_triplet in self)
        )


def luminance(colour: ColorTriplet) -> float:
    """Return the relative luminance of a colour, from 0 to 1."""
    parts = (item / 255 for item in colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colors_of_words(at: Driver) -> dict[Pair, str]:
    """Return the colours of all words on the screen on top, with some of the words."""
    box = next(iter(at.app.screen.query("#box")), at.app.screen).region
    found = {}
    for strip in at.strips[box.y : box.bottom]:
        for text, style, _ in strip.crop(box.x, box.right):
            if style is None or not any(unicodedata.category(item)[0] in "LNP" for item in text):
                continue
            color, background = style.color, style.bgcolor
            assert color is not None, text
            assert background is not None, text
            found[Pair(color.get_truecolor(), background.get_truecolor())] = text
    return found


@pytest.mark.long
@pytest.mark.parametrize("leg", LEGS.values(), ids=LEGS)
@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
async def test_every_word_stands_out_from_its_background_on_every_screen(
    library: Library, theme: Theme, leg: Leg
) -> None:
    bench = Bench(library, Config(theme=theme.name))
    person = with_person(bench, "Ann line2")
    pairs = 0
    async with driven(bench, size=(100, 40)) as at:
        assert at.app.theme == theme.name
        async for where in leg(at, person):
            for pair, text in colors_of_words(at).items():
                what = f"{text!r} in {where}: {pair}"
                assert pair.ratio >= AT_LEAST[theme.name], what
                assert pair.on(ColorSystem.EIGHT_BIT).ratio >= AT_LEAST_IN_256[theme.name], what
                if theme is CONTRAST:
                    assert pair.on(ColorSystem.STANDARD).ratio >= 4.5, what
                pairs += 1
    assert pairs > 20


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
def test_every_text_colour_stands_out_from_every_background(theme: Theme) -> None:
    colours = theme.to_color_system().generate() | theme.variables
    for names in product(TEXT_COLORS, BACKGROUNDS):
        pair = Pair(*(TextualColor.parse(colours[name]).rich_color.get_truecolor() for name in names))
        assert pair.ratio >= AT_LEAST[theme.name], names


@pytest.mark.parametrize(
    ("setting", "many", "few"),
    [
        ("", "dark", "terminal"),
        ("dark", "dark", "terminal"),
        ("light", "light", "terminal"),
        ("contrast", "contrast", "contrast"),
        ("terminal", "terminal", "terminal"),
        ("sea", "sea", "terminal"),
        ("lake", "dark", "terminal"),
    ],
)
def test_with_sixteen_colours_dark_and_light_give_way_to_the_terminals_own(
    setting: str, many: str, few: str
) -> None:
    own = (ThemeColors("sea", True, {}, own=True),)
    assert theme_for(setting, no_color=False, own=own) == many
    assert theme_for(setting, no_color=False, few_colors=True, own=own) == few
    assert theme_for(setting, no_color=True, own=own) == "terminal"


@pytest.mark.parametrize(
    ("terminal", "theme"),
    [
        ({"TERM": "xterm"}, "terminal"),
        ({"TERM": "linux"}, "terminal"),
        ({"TERM": "screen"}, "terminal"),
        ({"TERM": "xterm-16color"}, "terminal"),
        ({"TERM": "xterm-256color"}, "dark"),
        ({"TERM": "xterm-kitty"}, "dark"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "dark"),
    ],
)
def test_the_terminal_says_how_many_colours_there_are(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, terminal: dict[str, str], theme: str
) -> None:
    for name in ("TERM", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in terminal.items():
        monkeypatch.setenv(name, value)
    assert app_over(bench, terminal).theme == theme
