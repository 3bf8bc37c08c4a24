"""Which scripts serve a call, by what it is made for and by how well the two know each other."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from warmcall.domain.acquaintance import Acquaintance
from warmcall.domain.script import ScriptFor
from warmcall.domain.vocabulary import FollowUpKind

LATE_WITHIN = timedelta(hours=1)
"""So long before and after the hour of a meeting a call is most likely made to say that one is late."""

ANSWERED_BY = {
    ScriptFor.TELL_REFERRER: (FollowUpKind.TELL_REFERRER,),
    ScriptFor.CONFIRM: (FollowUpKind.CONFIRM, FollowUpKind.INTERVIEW),
    ScriptFor.LATE: (FollowUpKind.INTERVIEW,),
}
"""The kinds of follow-ups that a call with a script for that is made for, the first before the others."""


def script_uses(
    kind: FollowUpKind | None,
    known: Acquaintance,
    owed: Collection[FollowUpKind],
    meeting_at: datetime | None,
    now: datetime,
) -> tuple[ScriptFor, ...]:
    """Return what the scripts of a call may be for, the one to begin with first.

    Somebody met is not asked as a stranger would be.

    Args:
        kind: The kind of the follow-up that the call was opened from; None if from none.
        known: How well the two know each other.
        owed: The kinds of everything that is owed to the contact.
        meeting_at: When a meeting that has not started is planned; None if there is none.
        now: The present, aware, in UTC.
    """
    fitting: list[ScriptFor] = []
    if kind is FollowUpKind.TELL_REFERRER:
        fitting.append(ScriptFor.TELL_REFERRER)
    if meeting_at is not None:
        near = abs(meeting_at - now) <= LATE_WITHIN and kind is not FollowUpKind.CONFIRM
        fitting += [ScriptFor.LATE, ScriptFor.CONFIRM] if near else [ScriptFor.CONFIRM, ScriptFor.LATE]
    if known.has_met:
        fitting.append(ScriptFor.MET)
    if FollowUpKind.TELL_REFERRER in owed:
        fitting.append(ScriptFor.TELL_REFERRER)
    if not known.has_met:
        fitting.append(ScriptFor.ASK)
    return tuple(dict.fromkeys(fitting))
