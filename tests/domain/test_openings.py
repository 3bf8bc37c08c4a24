from __future__ import annotations

from datetime import date

import pytest
from warmcall.domain.cadence import Cadence
from warmcall.domain.openings import in_order, letter_about, reason_to_write
from warmcall.domain.records import Opening
from warmcall.domain.templates import has_gap
from warmcall.domain.text_analysis import asks_for_job
from warmcall.domain.vocabulary import FollowUpKind, OpeningEnd

from tests.examples import CALENDAR, contact, opening, when

LUIS = contact(organization="Parkway & Sons")


@pytest.mark.parametrize(
    ("heard", "today", "due"),
    [
        ("2026-11-24", "2026-11-24", "2027-02-24"),
        ("2026-08-26", "2026-08-26", "2026-11-27"),  # Thursday 26 November is a holiday
        ("2026-08-28", "2026-08-28", "2026-11-30"),  # a Saturday
        ("2025-05-01", "2026-11-21", "2026-11-23"),  # long past, recorded on a Saturday
    ],
)
def test_the_letter_is_owed_after_three_months_on_a_business_day(heard: str, today: str, due: str) -> None:
    told = opening(heard, on_file=True)
    plan = letter_about(told, LUIS, "", date.fromisoformat(today), Cadence(), CALENDAR)
    assert (plan.kind, plan.due) == (FollowUpKind.CHECK_IN, when(due))
    assert plan.why == "3 months after they kept your resume on file"


KEPT = "You kept my resume on file in June, and I'd like to keep you up to date"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (opening("2026-06-08", on_file=True, what="for the spring"), KEPT),
        (
            opening("2026-06-08"),
            "In June you told me about a place for a Media Planner. ‹say what came of it›",
        ),
        (
            opening("2026-06-08", what="account assistant.", organization="Parkway and Sons Inc."),
            "In June you told me about a place for an account assistant. ‹say what came of it›",
        ),
        (
            opening("2026-06-08", what="buyer", organization="Two Lamps"),
            "In June you told me about a place for a buyer at Two Lamps. ‹say what came of it›",
        ),
    ],
)
def test_the_reason_says_what_they_did_and_asks_for_nothing(told: Opening, words: str) -> None:
    assert reason_to_write(told, LUIS, "Media Planner") == words
    assert has_gap(words) is not told.on_file
    assert "?" not in words
    assert not asks_for_job(words)


def test_what_is_closed_stands_below_what_is_open_and_the_newest_first() -> None:
    gone = opening("2026-11-20", id="gone", closed=OpeningEnd.GONE)
    old, new = opening("2026-09-01", id="old"), opening("2026-10-01", id="new")
    assert in_order((gone, old, new)) == [new, old, gone]
