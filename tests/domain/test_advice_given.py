from __future__ import annotations

from typing import Any

import pytest
from warmcall.domain.advice_given import advice_given
from warmcall.domain.evidence import RESUME_CHANGED, resume_task
from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import FollowUpKind

from tests.examples import follow_up, local

DONE = local("2026-11-18 10:00")
LATER = local("2026-11-20 10:00")


def task(id_: str = "task", **fields: Any) -> FollowUp:
    return follow_up(FollowUpKind.OTHER, **{"id": id_, "note": resume_task("One page only."), **fields})


@pytest.mark.parametrize(
    ("letter", "known"),
    [
        (follow_up(FollowUpKind.CHECK_IN, id="l", note=RESUME_CHANGED, done_at=LATER), True),
        (follow_up(FollowUpKind.OTHER, id="l", letter="thanks", body="my résumé now…", done_at=LATER), True),
        (follow_up(FollowUpKind.CHECK_IN, id="l", note="I went to the club", done_at=LATER), False),
        (follow_up(FollowUpKind.CHECK_IN, id="l", note=RESUME_CHANGED), False),
        (follow_up(FollowUpKind.CHECK_IN, id="l", note=RESUME_CHANGED, done_at=LATER, dropped=True), False),
        (follow_up(FollowUpKind.PROMISE, id="l", note="the resume", done_at=LATER), False),
        (
            follow_up(FollowUpKind.THANK_YOU, id="l", body="the resume", done_at=local("2026-11-17 09:00")),
            False,
        ),
    ],
)
def test_they_know_from_a_letter_that_speaks_of_it_after_it_was_done(letter: FollowUp, known: bool) -> None:
    (advice,) = advice_given([task(done_at=DONE)], lambda _id: [letter])
    assert (advice.known_since == LATER) is known
    (undone,) = advice_given([task()], lambda _id: [letter])
    assert undone.known_since is None


def test_what_is_to_be_done_comes_first_then_the_newest() -> None:
    tasks = [
        task("old", created_at=local("2026-10-01 10:00")),
        task("done", done_at=DONE),
        task("new", created_at=local("2026-11-01 10:00")),
        task("dropped", done_at=DONE, dropped=True),
        follow_up(FollowUpKind.OTHER, note="buy a suit"),
    ]
    check_in = follow_up(FollowUpKind.CHECK_IN)
    found = advice_given(tasks, lambda _id: [check_in])
    assert [advice.task.id for advice in found] == ["new", "old", "done"]
    assert [advice.is_followed for advice in found] == [False, False, True]
    assert (found[0].words, found[0].next_letter) == ("One page only", check_in)
