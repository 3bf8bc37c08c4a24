"""Desks that screens are shown over."""

from __future__ import annotations

import pytest

from tests.conftest import Made
from tests.examples import local
from tests.screens.driving import fill_with_demo
from tui.domain.records import Contact


@pytest.fixture
def demo(made: Made) -> Made:
    """A desk over the sample data, as on Monday 23 November 2026, 9:00 in Chicago."""
    fill_with_demo(made)
    return made


@pytest.fixture
def known(made: Made) -> Made:
    """A desk of someone who told who they are, and knows Mei Tanaka, who is to be called today."""
    made.desk.targeting.save(
        {
            "name": "Robin Vale", "background": "a graduate in history who ran a shop",
            "phone": "+1 312 555 0118", "role": "Media Planner", "industry": "advertising",
        }
    )  # fmt: skip
    made.desk.address_book.add(
        {
            "name": "Mei Tanaka", "organization": "Northgate Agency", "title": "Media Planner",
            "phone": "+1 312 555 0142", "email": "mei@example.com", "zone": "America/New_York",
        }
    )  # fmt: skip
    return made


@pytest.fixture
def running(known: Made) -> Made:
    """The same, with an interview with Mei Tanaka that began at two o'clock, by phone."""
    known.clock.move_to(local("2026-11-23 14:00"))
    assert known.desk.interviewing.begin_now(next(iter(known.book.all(Contact))).id)
    return known
