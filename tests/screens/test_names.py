"""Names of every script and length: the columns stay straight, and the bars whole, on every screen."""

from __future__ import annotations

import pytest
from rich.cells import cell_len, split_graphemes
from warmcall.screens.base import TabScreen
from warmcall.screens.dialog import Dialog
from warmcall.widgets.rows import Row, Rows

from tests.conftest import Bench
from tests.screens.driving import WIDE_CHARACTER_REST, Driver, driven
from tests.screens.test_looks import everywhere, with_person

FAMILY = "👨\u200d👩\u200d👧\u200d👦"

NAMES = (
    "佐藤 由美子", "김민준", "Ｗｉｄｅ Ltd", "Mei 🎉 Tanaka", f"{FAMILY} Kim", "🇩🇪 Uta", "❤\ufe0f Ada",
    "👩🏽\u200d💻 Lin", "محمد الأحمد", "דוד לוי", "Zoe\u0301 O\u0308zil", "สมชาย ใจดี", "प्रिया शर्मा",
    "Z\u0338\u0327\u0301 Algo", "Wilhelmina " * 18, "佐" * 200, "a佐" * 100, f"{FAMILY}" * 20,
)  # fmt: skip

EVERYTHING = f"佐藤 {FAMILY} 🇩🇪 Zoe\u0301 ❤\ufe0f محمد דוד สมชาย प्रिया line2"
LONG = "line2 " + "a佐🎉" * 65


def in_cells(line: str) -> list[str]:
    """Return `line` cell by cell; the second one of a wide character has a sign of its own."""
    return [
        part
        for start, end, width in split_graphemes(line)[0]
        for part in (line[start:end], *[WIDE_CHARACTER_REST] * (width - 1))
        if width
    ]


def columns(rows: Rows) -> list[int]:
    """Return the cells in which the columns of a list begin, as a row of one letter each shows them."""
    count = len(rows._columns)
    text = rows._text(Row("", ("a",) * count), False, rows.size.width)
    return [at for at, letter in enumerate(text) if letter == "a"]


def check_lists(at: Driver, where: str) -> int:
    """Check that every row of every list has its columns where they belong; return how many rows."""
    checked = 0
    for rows in at.app.screen.query(Rows):
        if not rows.display or not rows.region:
            continue
        assert at.app.screen.region.contains_region(rows.region), f"{where}: {rows} is pushed out"
        starts, region, top = columns(rows), rows.region, int(rows.scroll_offset.y)
        for y in range(min(region.height, len(rows.rows) - top)):
            row = rows.rows[top + y]
            line = in_cells(at.strips[region.y + y].crop(region.x, region.x + rows.size.width).text)
            assert len(line) == rows.size.width, f"{where}: {line}"
            for start in [] if row.heading else starts:
                assert line[start - 1] in (" ", "▸"), f"{where}: {''.join(line)}"
                assert line[start] != WIDE_CHARACTER_REST, f"{where}: {''.join(line)}"
            checked += not row.heading
    return checked


def check_screen(at: Driver, where: str) -> None:
    """Check that every line is as wide as the screen, and that the bars are whole."""
    for strip in at.strips:
        assert cell_len(strip.text) == at.app.size.width, f"{where}: {strip.text!r}"
        assert len(in_cells(strip.text)) == at.app.size.width, f"{where}: {strip.text!r}"
    if isinstance(at.app.screen, TabScreen):
        assert at.top.startswith((" warmcall ", " Practice", "  1 ", " [1 ")), where
        assert at.footer.strip(), where
    elif isinstance(at.app.screen, Dialog) and at.app.screen.query("#box"):
        box = at.app.screen.query_one("#box").region
        for strip in at.strips[box.y : box.bottom]:
            line = in_cells(strip.text)
            assert line[box.x] in "╭│╰", f"{where}: {strip.text!r}"
            assert line[box.right - 1] in "╮│╯", f"{where}: {strip.text!r}"


@pytest.mark.parametrize(
    ("name", "size"),
    [
        pytest.param(name, size, marks=[pytest.mark.long] if (name, size) != (EVERYTHING, (80, 24)) else [])
        for name in (EVERYTHING, LONG)
        for size in ((80, 24), (60, 20), (200, 60))
    ],
)
async def test_a_name_of_any_kind_keeps_every_screen_straight(
    bench: Bench, name: str, size: tuple[int, int]
) -> None:
    person = with_person(bench, name)
    rows = 0
    async with driven(bench, size=size) as at:
        async for where in everywhere(at, person):
            check_screen(at, where)
            rows += check_lists(at, where)
    assert rows > 50


@pytest.mark.parametrize(
    "size", [(80, 24), *(pytest.param(size, marks=pytest.mark.long) for size in ((60, 20), (140, 40)))]
)
async def test_every_row_of_a_list_keeps_its_columns_whoever_is_in_it(
    demo: Bench, size: tuple[int, int]
) -> None:
    for name in NAMES:
        fields = {"name": name, "organization": name, "title": name, "notes": name}
        assert not demo.services.address_book.problems(fields), name
        demo.services.address_book.add(fields)
    async with driven(demo, size=size) as at:
        for key in ("1", "2", "3", "4", "6"):
            await at.press(key)
            seen = 0
            for _ in range(4):
                check_screen(at, key)
                seen += check_lists(at, key)
                await at.press("pagedown")
            assert seen > 10 or key in ("3", "4", "6")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if at % 5 else []) for at, name in enumerate(NAMES)]
)
async def test_a_form_takes_a_name_of_any_kind_and_gives_it_back(known: Bench, name: str) -> None:
    person = known.services.address_book.add({"name": name})
    async with driven(known) as at:
        await at.press("2")
        at.one(Rows, "people").go(person.id)
        await at.press("e")
        check_screen(at, "form")
        await at.press("end", "x", "backspace", "ctrl+s")
        check_screen(at, "people")
        found = at.store.contact(person.id)
        assert found is not None
        assert found.name == name.strip()
