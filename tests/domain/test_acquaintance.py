from __future__ import annotations

import pytest
from warmcall.domain.acquaintance import Acquaintance, Familiarity, acquaintance, day_in_words
from warmcall.domain.records import Attempt, Interview
from warmcall.domain.vocabulary import Outcome

from tests.examples import CALENDAR, NOW, attempt, interview, local

NO_ANSWER = attempt("2026-11-09 10:00", Outcome.NO_ANSWER)
VOICEMAIL = attempt("2026-11-10 10:00", Outcome.VOICEMAIL)
SENT = attempt("2026-11-11 10:00", Outcome.SENT)
SENT_AGAIN = attempt("2026-11-18 10:00", Outcome.SENT)
CALL_BACK = attempt("2026-11-12 10:00", Outcome.CALL_BACK)
DECLINED = attempt("2026-11-13 10:00", Outcome.DECLINED)
UNDER_WAY = attempt("2026-11-15 10:00", None)
PLANNED = interview("2026-12-01 10:00")
CANCELLED = interview("2026-12-01 10:00", cancelled=True)
MET = interview("2026-11-20 10:00", ended_at=NOW)
MET_BEFORE = interview("2026-10-20 10:00", ended_at=NOW)
PRACTISED = interview("2026-11-20 10:00", ended_at=NOW, practice=True)


@pytest.mark.parametrize(
    ("attempts", "interviews", "expected"),
    [
        ([], [], Acquaintance(Familiarity.STRANGER)),
        ([NO_ANSWER, VOICEMAIL, UNDER_WAY], [], Acquaintance(Familiarity.STRANGER)),
        ([], [PRACTISED, CANCELLED], Acquaintance(Familiarity.STRANGER)),
        ([SENT, VOICEMAIL], [], Acquaintance(Familiarity.WRITTEN_TO, SENT.at)),
        ([SENT_AGAIN, SENT], [], Acquaintance(Familiarity.WRITTEN_TO, SENT_AGAIN.at)),
        ([SENT, CALL_BACK, SENT_AGAIN], [], Acquaintance(Familiarity.SPOKEN_WITH, CALL_BACK.at)),
        ([DECLINED, CALL_BACK], [], Acquaintance(Familiarity.DECLINED, DECLINED.at)),
        ([CALL_BACK], [PLANNED], Acquaintance(Familiarity.MEETING_SET)),
        ([DECLINED], [CANCELLED], Acquaintance(Familiarity.DECLINED, DECLINED.at)),
        ([DECLINED], [MET, MET_BEFORE], Acquaintance(Familiarity.MET, MET.at, MET.at)),
        ([], [MET_BEFORE, PLANNED], Acquaintance(Familiarity.MEETING_SET, None, MET_BEFORE.at)),
    ],
)
def test_how_well_two_know_each_other(
    attempts: list[Attempt], interviews: list[Interview], expected: Acquaintance
) -> None:
    assert acquaintance(attempts, interviews) == expected
    assert expected.has_met == (expected.met_at is not None)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-23 07:00", "today"),
        ("2026-11-22 23:59", "yesterday"),
        ("2026-11-17 10:00", "on Tuesday"),
        ("2026-11-16 10:00", "earlier this month"),
        ("2026-10-09 10:00", "in October"),
        ("2026-02-09 10:00", "in February"),
        ("2025-11-09 10:00", "in November 2025"),
        ("2024-03-09 10:00", "in March 2024"),
    ],
)
def test_a_day_is_said_as_one_says_it_now(at: str, words: str) -> None:
    assert day_in_words(local(at), NOW, CALENDAR) == words
