"""Pictures of the screens with the sample data, on the fake clock; `--snapshot-update` takes them anew.

Queue, Call and Interview at 80 by 24 are in the film of `tests/pictures`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from tests.conftest import Bench
from tests.screens.driving import Driver, app_over

Compares = Callable[..., bool]
EIGHTY = (80, 24)
SIXTY = (60, 20)
WIDE = (200, 60)


@pytest.mark.parametrize(
    ("key", "size"),
    [("2", EIGHTY), ("5", EIGHTY), ("6", EIGHTY), ("", SIXTY), ("", WIDE), ("2", WIDE), ("3", WIDE),
     ("64", WIDE), ("5", WIDE), ("6", WIDE)],
    ids=["people", "progress", "target", "small-queue", "wide-queue", "wide-people", "wide-call",
         "wide-interview", "wide-progress", "wide-target"],
)  # fmt: skip
def test_the_screen_looks_as_it_did(
    demo: Bench, snap_compare: Compares, key: str, size: tuple[int, int]
) -> None:
    assert snap_compare(app_over(demo), terminal_size=size, run_before=pressing(demo, *key))


def test_an_interview_in_a_wide_window_looks_as_it_did(demo: Bench, snap_compare: Compares) -> None:
    async def talk(pilot: Pilot[str]) -> None:
        at = driver(pilot, demo)
        await at.settle()
        await at.press("enter", "j", "enter")
        await at.type("Half of it is spreadsheets.")
        await at.press("escape", "*", "space")
        await at.forward(minutes=7)

    _, interview_id = demo.services.following_up.next_meeting()
    demo.services.interviewing.start(interview_id)
    assert snap_compare(app_over(demo), terminal_size=WIDE, run_before=talk)


def driver(pilot: Pilot[str], bench: Bench) -> Driver:
    """Return the driver of an app that a picture is taken of."""
    return Driver(pilot.app, bench, pilot)  # type: ignore[arg-type]


def pressing(bench: Bench, *keys: str) -> Callable[[Pilot[str]], Awaitable[None]]:
    """Return what presses keys before the picture is taken."""

    async def press(pilot: Pilot[str]) -> None:
        await driver(pilot, bench).press(*keys)

    return press
