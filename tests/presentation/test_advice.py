from __future__ import annotations

import pytest
from warmcall.domain.advice_given import AdviceGiven
from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.presentation.advice import advice_cells, head, ticked

from tests.examples import CALENDAR, NOW, contact, follow_up, local

OPEN = follow_up(FollowUpKind.OTHER, "2026-11-25")
LATE = follow_up(FollowUpKind.OTHER, "2026-11-20")
DONE = follow_up(FollowUpKind.OTHER, done_at=local("2026-11-20 10:00"))
CHECK_IN = follow_up(FollowUpKind.CHECK_IN, "2026-12-18")


@pytest.mark.parametrize(
    ("advice", "sign", "became"),
    [
        (AdviceGiven(OPEN, "one page"), "[ ]", ("due Wed 25", "")),
        (AdviceGiven(LATE, "one page"), "[ ]", ("3 d late", "$warning")),
        (AdviceGiven(DONE, "one page"), "[x]", ("not told yet", "")),
        (AdviceGiven(DONE, "one page", None, CHECK_IN), "[x]", ("tell them: 18 Dec", "")),
        (AdviceGiven(DONE, "one page", local("2026-11-21 10:00")), "[x]", ("told 21 Nov", "$muted")),
    ],
)
def test_each_piece_says_by_whom_and_what_became_of_it(
    advice: AdviceGiven, sign: str, became: tuple[str, str]
) -> None:
    assert advice_cells(advice, contact(), NOW, CALENDAR) == (sign, "one page", "Luis Ortega", became)


@pytest.mark.parametrize(
    ("tasks", "words"),
    [
        ([OPEN], "Advice for your resume · 1 piece · 0 followed · 0 of them told"),
        ([OPEN, DONE], "Advice for your resume · 2 pieces · 1 followed · 0 of them told"),
    ],
)
def test_the_head_counts_them(tasks: list[FollowUp], words: str) -> None:
    assert head([AdviceGiven(task, "one page") for task in tasks]) == words


def test_ticking_says_whether_a_letter_can_tell_them() -> None:
    assert ticked(AdviceGiven(OPEN, "")) == "Followed"
    assert ticked(AdviceGiven(OPEN, "", None, CHECK_IN)) == "Followed; the next letter to them can say so"
