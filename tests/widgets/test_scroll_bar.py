from __future__ import annotations

import pytest
from warmcall.widgets.scroll_bar import signs


@pytest.mark.parametrize(
    ("size", "virtual", "window", "position", "shown"),
    [
        (5, 5, 5, 0, "     "),
        (5, 10, 5, 0, "┃┃││▼"),
        (5, 10, 5, 2, "▲┃┃│▼"),
        (5, 10, 5, 5, "▲││┃┃"),
        (5, 10, 5, 99, "▲││┃┃"),
        (5, 1000, 5, 0, "┃│││▼"),
        (5, 1000, 5, 500, "▲│┃│▼"),
        (5, 6, 5, 0, "┃┃┃┃▼"),
        (5, 6, 5, 1, "▲┃┃┃┃"),
        (2, 9, 2, 3, "▲▼"),
        (1, 9, 1, 0, "▼"),
        (1, 9, 1, 8, "▲"),
        (0, 9, 1, 8, ""),
    ],
)
def test_arrows_say_on_which_side_there_is_more(
    size: int, virtual: float, window: float, position: float, shown: str
) -> None:
    assert "".join(signs(size, virtual, window, position)) == shown
