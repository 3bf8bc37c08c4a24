from __future__ import annotations

from datetime import datetime

import pytest
from warmcall.domain.advice_given import AdviceGiven
from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.presentation.advice import advice_cells, head, heading, ticked

from tests.examples import CALENDAR, NOW, contact, follow_up, local

OPEN = follow_up(FollowUpKind.OTHER, "2026-11-25")
LATE = follow_up(FollowUpKind.OTHER, "2026-11-20")
DONE = local("2026-11-20 10:00")
CHECK_IN = follow_up(FollowUpKind.CHECK_IN, "2026-12-18")


def given(
    task: FollowUp | None = None,
    followed_at: datetime | None = None,
    letter: FollowUp | None = None,
    known_since: datetime | None = None,
    on_resume: bool = False,
) -> AdviceGiven:
    return AdviceGiven(
        id="a", contact_id="luis", words="one page", given_at=NOW, task=task, followed_at=followed_at,
        next_letter=letter, known_since=known_since, on_resume=on_resume,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("advice", "sign", "became"),
    [
        (given(), "[ ]", ("no day", "$muted")),
        (given(OPEN), "[ ]", ("due Wed 25", "")),
        (given(LATE), "[ ]", ("3 d late", "$warning")),
        (given(followed_at=DONE), "[x]", ("not told yet", "")),
        (given(OPEN, DONE, CHECK_IN), "[x]", ("tell 18 Dec", "")),
        (given(None, DONE, CHECK_IN, local("2026-11-21 10:00")), "[x]", ("told 21 Nov", "$muted")),
    ],
)
def test_each_piece_says_by_whom_and_what_became_of_it(
    advice: AdviceGiven, sign: str, became: tuple[str, str]
) -> None:
    assert advice_cells(advice, contact(), NOW, CALENDAR) == (sign, "one page", "Luis Ortega", became)


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        ([], "Advice"),
        ([given()], "Advice · 1 piece · 0 followed · 0 of them told"),
        ([given(), given(followed_at=DONE)], "Advice · 2 pieces · 1 followed · 0 of them told"),
        ([given(followed_at=DONE, known_since=DONE)], "Advice · 1 piece · 1 followed · 1 of them told"),
    ],
)
def test_the_head_counts_them(pieces: list[AdviceGiven], words: str) -> None:
    assert head(pieces) == words


def test_the_headings_set_the_resume_apart() -> None:
    assert [heading(given(on_resume=resume)) for resume in (True, False)] == [
        "For your resume", "Everything else",
    ]  # fmt: skip


def test_ticking_says_whether_a_letter_can_tell_them() -> None:
    assert ticked(given()) == "Followed"
    assert ticked(given(letter=CHECK_IN)) == "Followed; the next letter to them can say so"
