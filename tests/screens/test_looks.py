"""What holds on every screen, whatever the size, the names and the colours."""

from __future__ import annotations

from itertools import groupby

import pytest
from warmcall.config.library import Library
from warmcall.config.settings import Config
from warmcall.config.themes import TERMINAL
from warmcall.domain.records import Contact
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.screens.driving import WIDE_CHARACTER_REST, cells, driven, fill_with_demo

TOO_SMALL = "This window is small: make it at least 50 by 14."
SIXTY_LETTERS = "Wilhelmina Theodora Cassandra Featherstonehaugh-Cholmondeley"


@pytest.mark.parametrize("size", [(20, 4), pytest.param((8, 2), marks=pytest.mark.long), (1, 1)])
async def test_not_even_a_window_of_no_use_breaks_a_screen(demo: Bench, size: tuple[int, int]) -> None:
    async with driven(demo, size=size) as at:
        for key in ("1", "2", "3", "4", "5", "6"):
            await at.press(key)
            assert len(at.strips) == size[1], key


async def test_a_tiny_window_says_so_and_still_shows_the_countdown(demo: Bench) -> None:
    meeting = demo.services.interviewing.start_now(next(iter(demo.store.all(Contact))).id)
    assert meeting is not None
    async with driven(demo, size=(40, 10)) as at:
        assert at.top.endswith(" 20:00 left")
        await at.press("l")
        for key in ("1", "2", "3", "4", "5", "6"):
            await at.press(key)
            assert at.top.endswith(" 20:00 left"), key
            assert TOO_SMALL in at.flat, key


async def test_a_window_made_larger_is_whole_again(demo: Bench) -> None:
    async with driven(demo, size=(40, 10)) as at:
        assert TOO_SMALL in at.flat
        await at.pilot.resize_terminal(80, 24)
        await at.settle()
        assert "◆ Helen Marsh" in at.text
        assert TOO_SMALL not in at.flat
        await at.pilot.resize_terminal(200, 60)
        await at.settle()
        assert "Runs a team of nine." in at.text


async def test_in_the_terminals_own_colours_the_selected_row_is_reversed_and_no_block_of_colour(
    library: Library,
) -> None:
    bench = Bench(library, Config(theme=TERMINAL))
    fill_with_demo(bench)
    async with driven(bench) as at:
        (late,) = [strip for strip in at.strips if "◆ Helen" in strip.text]
        styles = [segment.style for segment in late if segment.style and segment.text.strip()]
        reversed_ones = [style for style in styles if style.reverse]
        assert reversed_ones
        assert {style.color for style in reversed_ones} <= {None, at.one(Rows, "queue").rich_style.color}
        await at.press("j")
        (late,) = [strip for strip in at.strips if "◆ Helen" in strip.text]
        assert len({segment.style.color for segment in late if segment.style and segment.text.strip()}) > 1


async def test_sixty_by_twenty_is_one_pane_with_everything_to_be_done(demo: Bench) -> None:
    async with driven(demo, size=(60, 20)) as at:
        assert at.text.count("\n") == 19
        assert "◆ Helen" in at.text
        await at.press("e")
        assert "Save" in at.text
        await at.press("escape", "6", "e")
        assert "Save" in at.text
        await at.press("escape", "3", "o")
        assert "Record" in at.text
        assert "w  wrong number" in at.text


async def test_a_sixty_letter_name_is_cut_with_an_ellipsis_and_whole_on_its_page(bench: Bench) -> None:
    person = bench.services.address_book.add({"name": SIXTY_LETTERS, "organization": "Bellwether & Quill"})
    async with driven(bench) as at:
        assert "☎ Wilhelmina" in at.text
        assert "…" in at.line_of("☎ Wilhelmina")
        assert SIXTY_LETTERS not in at.text
        await at.press("2", "enter")
        assert at.lines[1] == f" {SIXTY_LETTERS}"
        assert at.store.contact(person.id)


@pytest.mark.parametrize(
    ("tab", "japanese", "latin"),
    [
        ("1", ("☎ 佐藤", "no answer by then"), ("☎ Luis", "try 2 of 3")),
        ("2", ("佐藤", "Media Planner", "○ asked", "☎ "), ("Luis", "Account", "○ asked", "☎ ")),
    ],
)
async def test_a_japanese_name_keeps_the_columns_straight(
    demo: Bench, tab: str, japanese: tuple[str, ...], latin: tuple[str, ...]
) -> None:
    async with driven(demo, size=(80, 40)) as at:
        await at.press(tab)
        theirs, other = cells(at.line_of("佐藤 由美")), cells(at.line_of("Luis Ortega"))
        assert WIDE_CHARACTER_REST in theirs
        places = [theirs.index(cells(words)) for words in japanese]
        assert places == [other.index(words) for words in latin]


async def test_no_color_means_no_colour_at_all(demo: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driven(demo, environ={"NO_COLOR": "1"}) as at:
        for keys in (
            ("1",),
            ("2",),
            ("6", "3"),
            ("o",),
            ("escape", "6", "4"),
            ("5",),
            ("w",),
            ("6",),
            ("e",),
        ):
            await at.press(*keys)
            for strip in at.strips:
                for segment in strip:
                    style = segment.style
                    colours = [style.color, style.bgcolor] if style else []
                    assert all(color is None or color.is_default for color in colours), (keys, segment)


async def test_lateness_is_shown_in_words_and_the_cursor_by_a_sign_not_by_colour_alone(demo: Bench) -> None:
    async with driven(demo, environ={"NO_COLOR": "1"}) as at:
        assert at.lines[2].startswith("▸! 4 d late")
        assert "[1 Queue]" in at.top


async def test_without_colour_the_cursor_and_what_is_chosen_are_shown_by_other_means(
    demo: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driven(demo, environ={"NO_COLOR": "1"}) as at:

        def marked(how: str) -> list[str]:
            found = []
            for strip in at.strips:
                runs = groupby(strip, lambda item: bool(item.style and getattr(item.style, how)))
                found += ["".join(item.text for item in run).strip() for has, run in runs if has]
            return [text for text in found if text.strip(" ▁▂▃▄▅▆▇█│")]

        assert marked("reverse")[0].startswith("▸! 4 d late")
        assert marked("dim") == []
        await at.press("2", "e")
        await at.press("home")
        assert marked("reverse")[-1] == "D"
        assert "[2 People]" in at.top
        await at.press("tab")
        assert marked("reverse")[-1] == "‹ connector: can introduce ›"
        await at.press("escape", "6", "4", "m")
        assert any(item.startswith("2") for item in marked("reverse"))
        await at.press("escape", "6", "3")
        assert "← back" in marked("dim")
