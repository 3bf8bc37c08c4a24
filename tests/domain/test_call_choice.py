from __future__ import annotations

from datetime import timedelta

import pytest
from warmcall.domain.acquaintance import Acquaintance, Familiarity
from warmcall.domain.call_choice import script_uses
from warmcall.domain.script import ScriptFor
from warmcall.domain.vocabulary import FollowUpKind

from tests.examples import NOW

STRANGER = Acquaintance(Familiarity.STRANGER)
SET = Acquaintance(Familiarity.MEETING_SET)
MET = Acquaintance(Familiarity.MET, NOW, NOW)
ASK, KNOWN, TELL = ScriptFor.ASK, ScriptFor.MET, ScriptFor.TELL_REFERRER
CONFIRM, LATE = ScriptFor.CONFIRM, ScriptFor.LATE


@pytest.mark.parametrize(
    ("kind", "known", "owed", "minutes_to_meeting", "uses"),
    [
        (None, STRANGER, [], None, (ASK,)),
        (FollowUpKind.CALL, STRANGER, [FollowUpKind.CALL], None, (ASK,)),
        (None, MET, [FollowUpKind.CHECK_IN], None, (KNOWN,)),
        (None, MET, [FollowUpKind.TELL_REFERRER], None, (KNOWN, TELL)),
        (FollowUpKind.TELL_REFERRER, MET, [FollowUpKind.TELL_REFERRER], None, (TELL, KNOWN)),
        (None, SET, [], 3 * 24 * 60, (CONFIRM, LATE, ASK)),
        (None, SET, [], 20, (LATE, CONFIRM, ASK)),
        (FollowUpKind.INTERVIEW, SET, [], -20, (LATE, CONFIRM, ASK)),
        (FollowUpKind.CONFIRM, SET, [], 20, (CONFIRM, LATE, ASK)),
        (None, MET, [], 3 * 24 * 60, (CONFIRM, LATE, KNOWN)),
    ],
)
def test_the_script_that_serves_comes_first(
    kind: FollowUpKind | None,
    known: Acquaintance,
    owed: list[FollowUpKind],
    minutes_to_meeting: int | None,
    uses: tuple[ScriptFor, ...],
) -> None:
    at = None if minutes_to_meeting is None else NOW + timedelta(minutes=minutes_to_meeting)
    assert script_uses(kind, known, owed, at, NOW) == uses
