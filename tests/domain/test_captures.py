from __future__ import annotations

import pytest
from warmcall.domain.cadence import Cadence, FollowUpPlan
from warmcall.domain.captures import ask_permission, owed_for
from warmcall.domain.records import Capture
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind

from tests.examples import CALENDAR, capture, local, when

PROMISE, RESUME = CaptureKind.PROMISE, CaptureKind.RESUME
ENDED = local("2026-11-24 14:20")
TWO_BUSINESS_DAYS = when("2026-11-27")
"""Thursday is Thanksgiving."""

FRIDAY_WEEK = when("2026-12-04")


def mine(note: str, due: object = TWO_BUSINESS_DAYS, theirs: bool = False) -> tuple[object, ...]:
    return (FollowUpKind.PROMISE, note, due, "they promised it" if theirs else "you promised it", theirs)


@pytest.mark.parametrize(
    ("capture", "owed"),
    [
        (capture(PROMISE, " the article "), mine("the article")),
        (capture(PROMISE, "the list", due=FRIDAY_WEEK), mine("the list", FRIDAY_WEEK)),
        (capture(PROMISE, "the list", theirs=True), mine("the list", theirs=True)),
        (
            capture(RESUME, "One page.\n Numbers first. "),
            (
                FollowUpKind.OTHER,
                "what they advised for my resume: One page. Numbers first",
                TWO_BUSINESS_DAYS,
                "",
                False,
            ),
        ),
        (capture(RESUME, " "), None),
        (capture(CaptureKind.ON_FILE, "for the spring"), None),
        (capture(CaptureKind.REFERRAL, "Ana Ruiz"), None),
    ],
)
def test_what_a_capture_puts_into_the_queue(capture: Capture, owed: tuple[object, ...] | None) -> None:
    found = owed_for(capture, ENDED, Cadence(), CALENDAR)
    assert (found and (found.kind, found.note, found.due, found.why, found.waiting)) == owed


def test_whether_a_name_may_be_used_is_asked_before_the_person_is_called() -> None:
    assert ask_permission("Ana Ruiz", ENDED, Cadence(), CALENDAR) == FollowUpPlan(
        kind=FollowUpKind.OTHER,
        due=when("2026-11-25"),
        note="ask whether I may use their name with Ana Ruiz",
    )
