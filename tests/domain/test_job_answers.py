from __future__ import annotations

import pytest
from warmcall.domain.job_answers import (
    JobQuestion,
    Length,
    job_question_faults,
    length_of,
    sureness,
    with_practice,
)
from warmcall.domain.records import JobAnswer, JobPractice

from tests.examples import NOW, STAMP

ASKED = JobQuestion(id="why", ask="Why?", seconds=60)
UNSAID = JobAnswer(**STAMP, id="target~why", target_id="target", question_id="why")


def practice(before: int, after: int) -> JobPractice:
    return JobPractice(at=NOW, before=before, after=after, seconds=60)


@pytest.mark.parametrize(
    ("seconds", "length"),
    [
        (0, Length.SHORT),
        (44.9, Length.SHORT),
        (45, Length.RIGHT),
        (75, Length.RIGHT),
        (75.1, Length.LONG),
    ],
)
def test_an_answer_may_miss_its_seconds_by_a_quarter(seconds: float, length: Length) -> None:
    assert length_of(seconds, ASKED.seconds) is length


def test_sureness_goes_from_before_the_first_practice_to_after_the_last() -> None:
    assert sureness(UNSAID) is None
    once = with_practice(UNSAID, practice(2, 3))
    assert sureness(once) == (2, 3)
    assert sureness(with_practice(once, practice(3, 4))) == (2, 4)


@pytest.mark.parametrize(("before", "after"), [(0, 3), (3, 6)])
def test_how_sure_one_is_goes_from_1_to_5(before: int, after: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        with_practice(UNSAID, practice(before, after))


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        (ASKED, []),
        (JobQuestion(id="why", ask=" ", seconds=60), ["ask"]),
        (JobQuestion(id="", ask="Why?", seconds=60), ["id"]),
    ],
)
def test_a_question_has_an_id_and_words(question: JobQuestion, fields: list[str]) -> None:
    assert [fault.where for fault in job_question_faults(question)] == [(field,) for field in fields]
