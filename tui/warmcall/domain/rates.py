"""Rates out of few cases: how many said yes, and between which shares the true one is likely to be."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

FEWEST_ANSWERED = 5
"""A share is shown from so many answers on: of fewer, each one more would turn it over."""

_Z = 1.6448536269514722
"""The quantile of the normal distribution for an interval that holds the true share in 90 % of cases."""


class Rate(NamedTuple):
    """How many said yes and no, and how many have not answered: an open ask is not a no."""

    yes: int
    no: int
    open: int

    @property
    def answered(self) -> int:
        """How many answered."""
        return self.yes + self.no

    def likely(self) -> tuple[int, int] | None:
        """Return between which percentages the true share of yes is likely to be, from 0 to 100.

        It is the interval of Wilson at 90 % (E. B. Wilson, "Probable inference, the law of succession, and
        statistical inference", 1927). None if fewer than FEWEST_ANSWERED answered.
        """
        if self.answered < FEWEST_ANSWERED:
            return None
        count, share = self.answered, self.yes / self.answered
        spread = _Z * sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
        middle, whole = share + _Z**2 / (2 * count), 1 + _Z**2 / count
        low, high = (middle - spread) / whole, (middle + spread) / whole
        return max(0, round(100 * low)), min(100, round(100 * high))
