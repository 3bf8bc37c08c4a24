from __future__ import annotations

from datetime import date

import pytest
from warmcall.domain.records import Contact
from warmcall.domain.vocabulary import Source
from warmcall.presentation.sources import as_text, detail, gave, head, row_cells, tried_words
from warmcall.services.services import Services
from warmcall.services.sources import SourceState, Tried
from warmcall.widgets.rich_text import plain_text

from tests.conftest import Bench
from tests.examples import NOW, contact
from tests.screens.driving import fill_with_demo


def state(services: Services, source: Source) -> SourceState:
    found = services.sources.state(source)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source.REFERRAL, "9 people: 7 asked, 6 agreed, 5 met"),
        (Source.PROFESSOR, "1 person: 1 asked, 1 agreed, 1 met"),
        (Source.PLACEMENT_OFFICE, "1 person: 1 asked"),
        (Source.BUSINESS_NEWS, "1 person, not asked yet"),
    ],
)
def test_a_way_says_what_it_gave(bench: Bench, source: Source, words: str) -> None:
    fill_with_demo(bench)
    assert gave(state(bench.services, source)) == words


@pytest.mark.parametrize(
    ("what", "reader", "day", "words"),
    [
        ("wrote to the office", None, "2026-11-30", "today, wrote to the office"),
        ("wrote to the office", None, "2026-11-23", "Mon 23 Nov, wrote to the office"),
        ("wrote to the office", None, "2025-11-24", "Mon 24 Nov 2025, wrote to the office"),
        ("", contact(name="Dana Whitfield"), "2026-11-23", "Mon 23 Nov, wrote to Dana"),
        ("", None, "2026-11-23", "Mon 23 Nov, wrote to somebody"),
    ],
)
def test_what_was_tried_has_its_day(what: str, reader: Contact | None, day: str, words: str) -> None:
    tried = Tried(NOW, what, "note" if what else "", reader)
    assert tried_words(tried, date.fromisoformat(day), date(2026, 11, 30)) == words


def test_one_way_whole(bench: Bench) -> None:
    fill_with_demo(bench)
    services = bench.services
    assert head(services) == "Where names come from · Media Planner · 8 of 8 ways used"
    for _ in range(5):
        services.sources.mark_tried(Source.REFERRAL)
    now = state(services, Source.REFERRAL)
    tried = "today, asked earlier contacts for names"
    assert plain_text(detail(services, now)).splitlines() == [
        "Earlier contacts · 9 people: 7 asked, 6 agreed, 5 met",
        "Next   Call whom they named within two business days, and tell them afterwards how it went.",
        f"Tried  {tried}; {tried}; {tried}; and 2 times before",
        "Gave   Teo (new), Mei (scheduled), Luis (asked), Ingrid (new) and 5 more",
    ]
    assert as_text(services, now).startswith("Earlier contacts · 9 people")
    cells = [cell if isinstance(cell, str) else cell[0] for cell in row_cells(services, now)]
    assert cells == ["earlier contacts", "     9", "     7", "     6", "     5", "", tried]


def test_a_way_not_used_says_so(bench: Bench) -> None:
    now = state(bench.services, Source.ALUMNI)
    assert gave(now) == "nobody yet"
    assert plain_text(detail(bench.services, now)).splitlines()[-1] == "Tried  not yet"
    cells = [cell if isinstance(cell, str) else cell[0] for cell in row_cells(bench.services, now)]
    assert cells[1:] == ["     –"] * 4 + ["", "not yet"]
    assert head(bench.services) == "Where names come from · 0 of 7 ways used"
