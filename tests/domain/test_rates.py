from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.rates import FEWEST_ANSWERED, Rate

from tests.profiles import modest

counts = st.integers(0, 400)


@pytest.mark.parametrize(
    ("yes", "no", "likely"),
    [
        (6, 3, (40, 86)),
        (5, 0, (65, 100)),
        (0, 5, (0, 35)),
        (3, 2, (27, 86)),
        (50, 50, (42, 58)),
        (4, 0, None),
        (0, 0, None),
        (2, 2, None),
    ],
)
def test_a_share_has_its_likely_range_from_five_answers_on(
    yes: int, no: int, likely: tuple[int, int] | None
) -> None:
    assert Rate(yes, no, 7).likely() == likely


@modest
@given(counts, counts, counts)
def test_the_range_holds_the_share_and_open_asks_do_not_move_it(yes: int, no: int, still_open: int) -> None:
    likely = Rate(yes, no, still_open).likely()
    assert likely == Rate(yes, no, 0).likely()
    assert (likely is None) == (yes + no < FEWEST_ANSWERED)
    if likely is not None:
        low, high = likely
        assert 0 <= low <= round(100 * yes / (yes + no)) <= high <= 100
        assert Rate(no, yes, 0).likely() == (100 - high, 100 - low)
