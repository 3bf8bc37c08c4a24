"""A walk through the whole app: at each stop everything holds that holds on every screen, in any window."""

from __future__ import annotations

from collections.abc import Container, Sequence
from unicodedata import normalize

import pytest
from rich.cells import cell_len
from warmcall.terminal.charset import Charset

from tests.conftest import Bench
from tests.screens.driving import Driver, driven
from tests.screens.walk import LEGS, NAMED, Leg, with_person
from tests.screens.walk_checks import (
    Picture,
    Size,
    check_bars,
    check_hints,
    check_inert,
    check_keys,
    check_lists,
    check_same,
    check_size,
    resized,
)

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
SCRIPTS = f"佐藤 {FAMILY} 🇩🇪 Zoe\u0301 ❤\ufe0f محمد דוד สมชาย प्रिया"

HOSTILE = f"[bold]x[/] {SCRIPTS} \x1b[31m\nline2 \u202e"
"""Markup, a terminal's command, a second line, letters of every kind, and a sign that turns text round."""

LONG = "[bold]x[/] line2 " + "a佐🎉" * 65

EIGHTY, SIXTY = (80, 24), (60, 20)
SIZES: list[Size] = [
    (120, 40), (60, 20), (60, 14), (40, 10), (1, 1), (200, 60), (20, 5), (1, 24), (80, 1), (2, 2),
]  # fmt: skip

OFTEN = {"queue", "outcome", "second question", "contact form"}
"""Stops of every make, taken through some odd sizes in the usual run."""


async def walk(
    bench: Bench,
    leg: Leg,
    name: str,
    size: Size,
    others: Sequence[Size] = (),
    often: Container[str] | None = None,
) -> None:
    """Walk a leg with all checks, and at the stops in `often` make the window `others` in size and back."""
    person = with_person(bench, name)
    rows = 0
    async with driven(bench, size=size) as at:
        async for stop in leg(at, person):
            strips = at.strips
            check_inert(strips, stop)
            check_size(at, strips, stop)
            check_bars(at, strips, stop)
            check_keys(at, stop)
            rows += check_lists(at, strips, stop)
            if stop in NAMED and size != (40, 10):
                assert name.partition(" ")[0] in at.text, stop
            if others and (often is None or stop in often):
                await check_resized(at, stop, size, others)
    assert rows > 4 or size == (40, 10)


async def check_resized(at: Driver, stop: str, size: Size, others: Sequence[Size]) -> None:
    """Check that windows of other sizes are full, hints and all, and that the first comes back as it was."""
    await at.read()
    before = Picture(at, at.strips)
    for other in others:
        await resized(at, other)
        check_size(at, at.strips, f"{stop}, {other}")
        check_hints(at, at.strips, f"{stop}, {other}")
    await resized(at, size)
    check_same(before, Picture(at, at.strips), stop)


@pytest.mark.parametrize("leg", LEGS.values(), ids=LEGS)
@pytest.mark.parametrize("size", [EIGHTY, SIXTY], ids=str)
async def test_every_stop_is_straight_inert_whole_and_has_only_declared_keys(
    bench: Bench, leg: Leg, size: Size
) -> None:
    await walk(bench, leg, HOSTILE, size, [(40, 10), (1, 1)] if size == EIGHTY else [], OFTEN)


@pytest.mark.long
@pytest.mark.parametrize("leg", LEGS.values(), ids=LEGS)
@pytest.mark.parametrize("size", [(40, 10), (200, 60)], ids=str)
@pytest.mark.parametrize("name", [HOSTILE, LONG], ids=["hostile", "long"])
async def test_every_stop_is_straight_and_inert_in_the_smallest_window_and_a_large_one(
    bench: Bench, leg: Leg, size: Size, name: str
) -> None:
    await walk(bench, leg, name, size)


@pytest.mark.long
@pytest.mark.parametrize("leg", LEGS.values(), ids=LEGS)
@pytest.mark.parametrize("size", [EIGHTY, SIXTY], ids=str)
async def test_every_stop_is_straight_whatever_the_length_of_a_name(
    bench: Bench, leg: Leg, size: Size
) -> None:
    await walk(bench, leg, LONG, size)


@pytest.mark.long
@pytest.mark.parametrize("leg", LEGS.values(), ids=LEGS)
async def test_every_stop_is_the_same_after_windows_of_every_size(bench: Bench, leg: Leg) -> None:
    await walk(bench, leg, "Maria line2", EIGHTY, SIZES)


@pytest.mark.long
@pytest.mark.parametrize("leg", LEGS.values(), ids=LEGS)
@pytest.mark.parametrize("charset", [Charset.ASCII, Charset.OWN_ASCII])
async def test_every_screen_and_dialog_can_be_drawn_in_ascii(
    bench: Bench, charset: Charset, leg: Leg
) -> None:
    own = charset is Charset.OWN_ASCII
    name = "佐藤 Zoe\u0301 line2"
    person = with_person(bench, name)
    async with driven(bench, charset=charset) as at:
        async for stop in leg(at, person):
            text = normalize("NFD", at.text)  # a telephone number is composed
            rest = text.replace("佐", "").replace("藤", "").replace("e\u0301", "") if own else text
            assert rest.isascii(), f"{[item for item in rest if not item.isascii()]} in {stop}"
            assert [cell_len(strip.text) for strip in at.strips] == [80] * 24, stop
            if stop in NAMED and stop != "deleted":
                assert (name if own else "???? Zoe line2") in text, stop
