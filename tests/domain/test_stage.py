from __future__ import annotations

import pytest
from warmcall.domain.records import Attempt, FollowUp, Interview
from warmcall.domain.stage import stage_of
from warmcall.domain.vocabulary import FollowUpKind, Outcome, Stage

from tests.examples import NOW, attempt, follow_up, interview

DECLINED = attempt("2026-11-10 10:00", Outcome.DECLINED)
NO_ANSWER = attempt("2026-11-11 10:00", Outcome.NO_ANSWER)
VOICEMAIL = attempt("2026-11-12 10:00", Outcome.VOICEMAIL)
SENT = attempt("2026-11-13 10:00", Outcome.SENT)
CALL_BACK = attempt("2026-11-14 10:00", Outcome.CALL_BACK)
UNDER_WAY = attempt("2026-11-15 10:00", None)
CALL = follow_up(FollowUpKind.CALL)
CALL_DONE = follow_up(FollowUpKind.CALL, done_at=NOW)
PLANNED = interview("2026-12-01 10:00")
CANCELLED = interview("2026-12-01 10:00", cancelled=True)
MET = interview("2026-11-20 10:00", ended_at=NOW)
THANKS = follow_up(FollowUpKind.THANK_YOU)
THANKED = follow_up(FollowUpKind.THANK_YOU, done_at=NOW)
NEVER_THANKED = follow_up(FollowUpKind.THANK_YOU, done_at=NOW, dropped=True)
CHECK_IN = follow_up(FollowUpKind.CHECK_IN)
CHECKED_IN = follow_up(FollowUpKind.CHECK_IN, done_at=NOW)


@pytest.mark.parametrize(
    ("attempts", "interviews", "follow_ups", "stage"),
    [
        ([], [], [], Stage.NEW),
        ([], [], [CALL], Stage.NEW),
        ([UNDER_WAY], [], [CALL], Stage.NEW),
        ([], [CANCELLED], [], Stage.NEW),
        ([NO_ANSWER], [], [CALL_DONE, CALL], Stage.ASKED),
        ([VOICEMAIL], [], [CALL], Stage.ASKED),
        ([SENT], [], [CALL], Stage.ASKED),
        ([CALL_BACK], [], [], Stage.ASKED),
        ([DECLINED, NO_ANSWER], [], [CALL], Stage.ASKED),
        ([VOICEMAIL, UNDER_WAY], [], [CALL], Stage.ASKED),
        ([NO_ANSWER], [], [], Stage.HELD),
        ([VOICEMAIL], [], [CALL_DONE], Stage.HELD),
        ([SENT], [], [CHECK_IN], Stage.HELD),
        ([CALL_BACK, NO_ANSWER], [], [], Stage.ASKED),
        ([DECLINED], [], [], Stage.DECLINED),
        ([DECLINED], [CANCELLED], [], Stage.DECLINED),
        ([NO_ANSWER], [PLANNED], [CALL], Stage.SCHEDULED),
        ([DECLINED], [PLANNED], [], Stage.SCHEDULED),
        ([], [MET, PLANNED], [THANKED], Stage.SCHEDULED),
        ([NO_ANSWER], [MET], [THANKS], Stage.MET),
        ([DECLINED], [MET], [], Stage.MET),
        ([], [MET], [NEVER_THANKED], Stage.MET),
        ([], [MET, CANCELLED], [], Stage.MET),
        ([], [MET], [THANKED, CHECK_IN], Stage.THANKED),
        ([], [MET], [THANKED, CHECKED_IN], Stage.IN_TOUCH),
        ([], [MET], [CHECKED_IN], Stage.IN_TOUCH),
    ],
)
def test_stage(
    attempts: list[Attempt], interviews: list[Interview], follow_ups: list[FollowUp], stage: Stage
) -> None:
    assert stage_of(attempts, interviews, follow_ups) is stage


def test_the_table_above_knows_every_stage() -> None:
    (mark,) = (item for item in test_stage.pytestmark if item.name == "parametrize")  # type: ignore[attr-defined]
    assert {row[-1] for row in mark.args[1]} == set(Stage)


def test_of_two_attempts_at_the_same_instant_the_one_added_last_counts() -> None:
    also_now = attempt("2026-11-10 10:00", Outcome.CALL_BACK)
    assert stage_of([also_now, DECLINED], [], []) is Stage.DECLINED
    assert stage_of([DECLINED, also_now], [], []) is Stage.ASKED


def test_the_order_of_the_attempts_does_not_matter() -> None:
    assert stage_of([NO_ANSWER, DECLINED], [], [CALL]) is Stage.ASKED
    assert stage_of([DECLINED, NO_ANSWER], [], [CALL]) is Stage.ASKED
