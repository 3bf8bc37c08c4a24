"""Desks that screens are shown over."""

from __future__ import annotations

import pytest
from warmcall.domain.records import Contact

from tests.conftest import Bench
from tests.examples import local
from tests.screens.driving import fill_with_demo


@pytest.fixture
def demo(bench: Bench) -> Bench:
    """the services over the sample data, as on Monday 23 November 2026, 9:00 in Chicago."""
    fill_with_demo(bench)
    return bench


@pytest.fixture
def known(bench: Bench) -> Bench:
    """the services of someone who entered who they are, and knows Mei Tanaka, who is to be called today."""
    bench.services.profile_editing.save(
        {
            "name": "Robin Vale", "background": "a graduate in history who ran a shop",
            "phone": "+1 312 555 0118", "role": "Media Planner", "industry": "advertising",
        }
    )  # fmt: skip
    bench.services.address_book.add(
        {
            "name": "Mei Tanaka", "organization": "Northgate Agency", "title": "Media Planner",
            "phone": "+1 312 555 0142", "email": "mei@example.com", "zone": "America/New_York",
        }
    )  # fmt: skip
    return bench


@pytest.fixture
def running(known: Bench) -> Bench:
    """The same, with an interview with Mei Tanaka that began at two o'clock, by phone."""
    known.clock.move_to(local("2026-11-23 14:00"))
    assert known.services.interviewing.start_now(next(iter(known.store.all(Contact))).id)
    return known
