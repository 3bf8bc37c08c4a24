from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from warmcall.widgets.key_bar import fitting

from tests.examples import modest

HINTS = [("Enter", "Open"), ("z", "Snooze"), ("c", "Call")]
HELP = ("?", "help")


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, [*HINTS, HELP]),
        (39, [*HINTS, HELP]),
        (38, [*HINTS[:2], HELP]),
        (31, [*HINTS[:2], HELP]),
        (30, [HINTS[0], HELP]),
        (21, [HINTS[0], HELP]),
        (20, [HELP]),
        (9, [HELP]),
        (3, [HELP]),
    ],
)
def test_only_hints_that_fit_whole_are_shown_and_help_always(
    width: int, shown: list[tuple[str, str]]
) -> None:
    assert fitting(HINTS, HELP, width) == shown


def test_without_help_the_room_is_for_the_rest() -> None:
    assert fitting(HINTS, None, 23) == HINTS[:2]
    assert fitting([], None, 80) == []


_words = st.text("abc 佐藤", min_size=1, max_size=8)


@modest
@given(st.lists(st.tuples(_words, _words), max_size=8), st.integers(20, 90))
def test_what_is_chosen_is_a_beginning_and_fits(hints: list[tuple[str, str]], width: int) -> None:
    *chosen, last = fitting(hints, HELP, width)
    assert last == HELP
    assert chosen == hints[: len(chosen)]
    assert 1 + sum(cell_len(key) + 1 + cell_len(label) + 2 for key, label in [*chosen, last]) <= width
