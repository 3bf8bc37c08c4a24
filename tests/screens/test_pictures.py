"""Pictures of the screens with the sample data, on the fake clock; `--snapshot-update` takes them anew."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from tests.conftest import Made
from tests.screens.driving import Driver, app_over

Compares = Callable[..., bool]
EIGHTY = (80, 24)
SIXTY = (60, 20)


@pytest.mark.parametrize(
    ("key", "size"),
    [("1", EIGHTY), ("2", EIGHTY), ("3", EIGHTY), ("4", EIGHTY), ("6", EIGHTY), ("1", SIXTY)],
    ids=["queue", "people", "call", "interview", "target", "small-queue"],
)
def test_the_screen_looks_as_it_did(
    demo: Made, snap_compare: Compares, key: str, size: tuple[int, int]
) -> None:
    assert snap_compare(app_over(demo), terminal_size=size, run_before=pressing(demo, key))


def pressing(made: Made, *keys: str) -> Callable[[Pilot[str]], Awaitable[None]]:
    """Return what presses keys before the picture is taken."""

    async def press(pilot: Pilot[str]) -> None:
        app = pilot.app
        await Driver(app, made, pilot).press(*keys)  # type: ignore[arg-type]

    return press
