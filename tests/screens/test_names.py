"""Names of every script and length: the columns stay straight, and the bars whole, on every screen."""

from __future__ import annotations

import pytest
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.screens.driving import Driver, driven
from tests.screens.walk_checks import check_bars, check_lists, check_size

FAMILY = "👨\u200d👩\u200d👧\u200d👦"

NAMES = (
    "佐藤 由美子", "김민준", "Ｗｉｄｅ Ltd", "Mei 🎉 Tanaka", f"{FAMILY} Kim", "🇩🇪 Uta", "❤\ufe0f Ada",
    "👩🏽\u200d💻 Lin", "محمد الأحمد", "דוד לוי", "Zoe\u0301 O\u0308zil", "สมชาย ใจดี", "प्रिया शर्मा",
    "Z\u0338\u0327\u0301 Algo", "Wilhelmina " * 18, "佐" * 200, "a佐" * 100, f"{FAMILY}" * 20,
)  # fmt: skip


def check_straight(at: Driver, where: str) -> None:
    """Check that every line is as wide as the screen, and that the bars are whole."""
    check_size(at, at.strips, where)
    check_bars(at, at.strips, where)


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
        for key in ("1", "2", "3", "4", "5", "6"):
            await at.press(key)
            seen = 0
            for _ in range(4):
                check_straight(at, key)
                seen += check_lists(at, at.strips, key)
                await at.press("pagedown")
            assert seen > 10 or key in ("3", "4", "5", "6")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if at % 5 else []) for at, name in enumerate(NAMES)]
)
async def test_a_form_takes_a_name_of_any_kind_and_gives_it_back(known: Bench, name: str) -> None:
    person = known.services.address_book.add({"name": name})
    async with driven(known) as at:
        await at.press("2")
        at.one(Rows, "people").go(person.id)
        await at.press("e")
        check_straight(at, "form")
        await at.press("end", "x", "backspace", "ctrl+s")
        check_straight(at, "people")
        found = at.store.contact(person.id)
        assert found is not None
        assert found.name == name.strip()
