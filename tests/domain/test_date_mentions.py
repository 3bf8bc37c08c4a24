from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.date_mentions import date_mentions

from tests.profiles import modest

SAID_ON = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the fair is on 3 Dec", [("3 December", "2026-12-03", "2026-12-03")]),
        ("the fair is on Thursday 3 December", [("3 December", "2026-12-03", "2026-12-03")]),
        ("the fair is on the 3rd of December, 2027", [("3 December", "2027-12-03", "2027-12-03")]),
        ("Dec 3rd at 14:00", [("3 December", "2026-12-03", "2026-12-03")]),
        ("December the 3rd", [("3 December", "2026-12-03", "2026-12-03")]),
        ("Feb. 2 is the club", [("2 February", "2027-02-02", "2027-02-02")]),
        (
            "3 dec and 5 jan",
            [("3 December", "2026-12-03", "2026-12-03"), ("5 January", "2027-01-05", "2027-01-05")],
        ),
        ("by 2026-12-03", [("3 December", "2026-12-03", "2026-12-03")]),
        ("budgets are made in May", [("May", "2027-05-01", "2027-05-31")]),
        ("In May they choose", [("May", "2027-05-01", "2027-05-31")]),
        ("late November is mad", [("November", "2026-11-01", "2026-11-30")]),
        ("by February 2028", [("February", "2028-02-01", "2028-02-29")]),
        ("call in June 2027", [("June", "2027-06-01", "2027-06-30")]),
        ("from Sept on", [("September", "2027-09-01", "2027-09-30")]),
        ("by May 4", [("4 May", "2027-05-04", "2027-05-04")]),
        ("24 November was the day", [("24 November", "2027-11-24", "2027-11-24")]),
        ("3 Dec 2025", []),
        ("in October 2025", []),
        ("2026-11-24", []),
        ("3 may help", []),
        ("by march they mean", []),
        ("31 February", []),
        ("30 Feb 2027", []),
        ("0 December", []),
        ("the third of December", []),
        ("May I ask you", []),
        ("it is on at 3", []),
        ("on Thursday", []),
        ("2026-13-40", []),
        ("120 December issues", []),
        ("marching in marchers", []),
        ("", []),
    ],
)  # fmt: skip
def test_days_that_were_to_come_are_found(text: str, found: list[tuple[str, str, str]]) -> None:
    listed = [
        (date_mention.words, date_mention.first.isoformat(), date_mention.last.isoformat())
        for date_mention in date_mentions(text, SAID_ON)
    ]
    assert listed == found


@modest
@given(st.text(max_size=60), st.dates(date(2000, 1, 1), date(2098, 1, 1)))
def test_no_text_breaks_it(text: str, said_on: date) -> None:
    for date_mention in date_mentions(text, said_on):
        assert date_mention.last >= said_on
