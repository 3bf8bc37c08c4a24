"""The palette finds everything by its own words, and shows a theme before it is chosen."""

from __future__ import annotations

import pytest
from msgspec import structs
from warmcall.config.themes import BUNDLED
from warmcall.presentation import palette as words
from warmcall.screens.palette import PaletteDialog
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.queue.screen import QueueScreen
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.screens.driving import Driver, driven


def labels(at: Driver) -> list[str]:
    return [row.texts[0] for row in at.one(Rows, "keys").rows]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("dana", "Dana Whitfield"), ("helen marsh", "Helen Marsh"), ("ascii", "ASCII on"),
        ("mouse", "Mouse on"), ("theme", "Theme: dark"), ("colours", "Theme: terminal"),
        ("csv", "Export as CSV"), ("json", "Export as JSON"), ("markdown", "Export as Markdown"),
        ("spreadsheet", "Export as CSV"), ("put off", "Snooze"), ("snooze", "Snooze"),
    ],
)  # fmt: skip
async def test_everything_is_found_by_its_own_words(demo: Bench, typed: str, first: str) -> None:
    async with driven(demo) as at:
        await at.press(":")
        await at.type(typed)
        assert first in labels(at)[:2]


@pytest.mark.parametrize("tab", ["1", "2", "3"])
async def test_a_name_opens_the_page_and_the_list_selects_them(demo: Bench, tab: str) -> None:
    async with driven(demo) as at:
        await at.press(tab, ":")
        await at.type("dana")
        await at.press("enter")
        assert at.shows(PersonPage)
        assert at.lines[1].startswith(" Dana Whitfield")
        await at.press(":")
        await at.type("helen")
        await at.press("enter")
        assert at.lines[1].startswith(" Helen Marsh")
        await at.press("q")
        assert at.one(Rows, "people").key == at.contact("Helen Marsh").id


async def test_a_theme_shows_as_one_moves_and_only_enter_keeps_it(demo: Bench) -> None:
    kept: list[tuple[str, object]] = []
    sea = structs.replace(BUNDLED[0], name="sea", own=True)
    async with driven(demo, own_themes=(sea,), write_setting=lambda *given: kept.append(given)) as at:
        await at.press(":")
        await at.type("theme")
        seen = [at.app.theme]
        for _ in range(4):
            await at.press("down")
            seen.append(at.app.theme)
        assert seen == ["dark", "light", "contrast", "terminal", "sea"]
        await at.press("escape")
        assert (at.app.theme, kept) == ("dark", [])
        await at.press(":")
        await at.type("theme: light")
        await at.press("enter")
        assert (at.app.theme, kept) == ("light", [("theme", "light")])
        assert at.last_said == words.setting_kept("theme", "light")


async def test_ascii_holds_at_once_on_every_screen_and_is_kept(demo: Bench) -> None:
    kept: list[tuple[str, object]] = []
    environ = {"LANG": "C.UTF-8"}
    async with driven(demo, environ=environ, write_setting=lambda *given: kept.append(given)) as at:
        await at.press("2", "1", ":")
        await at.type("ascii")
        await at.press("enter")
        assert at.lines[2].startswith(">")
        await at.press("2")
        assert at.lines[1].startswith(">")
        await at.press(":")
        await at.type("ascii")
        await at.press("enter")
        assert at.lines[1].startswith("▸")
        assert kept == [("ascii", True), ("ascii", False)]


async def test_an_export_is_written_and_said(demo: Bench) -> None:
    exports: dict[str, str] = {}

    def write(ending: str, text: str) -> str:
        exports[ending] = text
        return f"/home/me/warmcall-export.{ending}"

    async with driven(demo, write_export=write) as at:
        for ending, label in words.EXPORTS.items():
            await at.press(":")
            await at.type(label)
            await at.press("enter")
            assert at.last_said == words.written(f"/home/me/warmcall-export.{ending}")
        assert [("Dana Whitfield" in text or "Mei Tanaka" in text) for text in exports.values()] == [True] * 4


async def test_what_cannot_be_kept_holds_until_the_end_and_says_so(demo: Bench) -> None:
    def refuse(_name: str, _value: object) -> None:
        raise PermissionError(13, "Permission denied", "config.yaml")

    async with driven(demo, write_setting=refuse) as at:
        await at.press(":")
        await at.type("theme: light")
        await at.press("enter")
        assert at.app.theme == "light"
        assert at.last_said.startswith("Only until you quit: theme is not kept in your settings:")


async def test_nothing_found_says_so_and_the_same_key_closes_it(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press(":")
        await at.type("xyzzy")
        await at.press("enter")
        assert at.shows(PaletteDialog)
        assert at.last_said == "No command and no person has these words"
        await at.press("ctrl+p")
        assert at.shows(QueueScreen)
