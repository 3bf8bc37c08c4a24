from __future__ import annotations

import pytest
from warmcall.domain.pipeline import (
    AskResult,
    PersonProgress,
    Pipeline,
    answer_of,
    progress_of,
    step_of,
)
from warmcall.domain.pipeline import PipelineStep as Step
from warmcall.domain.rates import Rate
from warmcall.domain.records import Attempt, FollowUp, Interview
from warmcall.domain.vocabulary import FollowUpKind, Outcome, Source

from tests.examples import NOW, attempt, contact, follow_up, interview

MET = interview(ended_at=NOW)
CHECKED_IN = follow_up(FollowUpKind.CHECK_IN, done_at=NOW)


def tries(*outcomes: Outcome | None) -> list[Attempt]:
    return [attempt(f"2026-11-{day:02} 10:00", outcome) for day, outcome in enumerate(outcomes, 2)]


@pytest.mark.parametrize(
    ("attempts", "interviews", "follow_ups", "answer", "step"),
    [
        ([], [], [], AskResult.NOT_ASKED, Step.FOUND),
        (tries(None), [], [], AskResult.NOT_ASKED, Step.FOUND),
        (tries(Outcome.NO_ANSWER), [], [], AskResult.NOT_ASKED, Step.FOUND),
        (tries(Outcome.WRONG_NUMBER), [], [], AskResult.NOT_ASKED, Step.FOUND),
        (tries(Outcome.VOICEMAIL), [], [], AskResult.OPEN, Step.ASKED),
        (
            tries(Outcome.SENT, Outcome.NO_ANSWER, Outcome.VOICEMAIL),
            [],
            [],
            AskResult.OPEN,
            Step.ASKED,
        ),
        (tries(Outcome.REPLIED), [], [], AskResult.OPEN, Step.ASKED),
        (tries(Outcome.CALL_BACK), [], [], AskResult.OPEN, Step.ASKED),
        (tries(Outcome.DECLINED), [], [], AskResult.NO, Step.ASKED),
        (tries(Outcome.REFERRED), [], [], AskResult.NO, Step.ASKED),
        (tries(Outcome.DECLINED, Outcome.VOICEMAIL), [], [], AskResult.NO, Step.ASKED),
        (tries(Outcome.DECLINED, Outcome.CALL_BACK), [], [], AskResult.OPEN, Step.ASKED),
        (tries(Outcome.DECLINED, Outcome.SCHEDULED), [], [], AskResult.YES, Step.AGREED),
        (tries(Outcome.SCHEDULED, Outcome.DECLINED), [], [], AskResult.YES, Step.AGREED),
        ([], [interview()], [], AskResult.YES, Step.AGREED),
        ([], [interview(cancelled=True, ended_at=NOW)], [], AskResult.YES, Step.AGREED),
        ([], [interview(practice=True, ended_at=NOW)], [], AskResult.NOT_ASKED, Step.FOUND),
        (tries(Outcome.SCHEDULED), [MET], [], AskResult.YES, Step.MET),
        ([], [MET], [CHECKED_IN], AskResult.YES, Step.IN_TOUCH),
        ([], [MET, interview(id="next")], [CHECKED_IN], AskResult.YES, Step.IN_TOUCH),
        ([], [MET], [follow_up(FollowUpKind.THANK_YOU, done_at=NOW)], AskResult.YES, Step.MET),
    ],
)
def test_each_answer_and_step(
    attempts: list[Attempt],
    interviews: list[Interview],
    follow_ups: list[FollowUp],
    answer: AskResult,
    step: Step,
) -> None:
    assert answer_of(attempts, interviews) is answer
    assert step_of(attempts, interviews, follow_ups) is step


def test_the_pipeline_counts_who_came_at_least_so_far_and_how_each_source_answered() -> None:
    came = [
        progress_of(contact(id="a", source=Source.REFERRAL), tries(Outcome.VOICEMAIL), [], []),
        progress_of(contact(id="b", source=Source.EVENT), tries(Outcome.DECLINED), [], []),
        progress_of(contact(id="c", source=Source.REFERRAL), [], [MET], [CHECKED_IN]),
        progress_of(contact(id="d", source=Source.ONLINE), tries(Outcome.NO_ANSWER), [], []),
    ]
    assert came[-1] is None
    found = Pipeline(tuple("abcd"), tuple(person for person in came if person is not None))
    assert [len(found.at_least(step)) for step in Step] == [4, 3, 1, 1, 1]
    assert found.at_least(Step.MET) == ("c",)
    assert found.not_asked() == ("d",)
    assert found.rate() == Rate(1, 1, 1)
    assert found.rate(Source.REFERRAL) == Rate(1, 0, 1)
    assert [(source, [person.contact_id for person in shown]) for source, shown in found.sources()] == [
        (Source.REFERRAL, ["c", "a"]),
        (Source.EVENT, ["b"]),
    ]
    assert Pipeline(()).sources() == []
    assert PersonProgress("b", Source.EVENT, Step.ASKED, AskResult.NO) in found.asked
