"""The preparation list: what to have ready before a meeting, and whether the questions fit its time."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from warmcall.domain.records import ChecklistQuestion, FollowUp, Interview
from warmcall.domain.vocabulary import FollowUpKind, Mode

ONE_MINUTE = "one-minute"
"""The id of the item that is practised against the clock."""


class PreparationItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item to tick, for meetings held in one of `modes`.

    With `ticked_by` it is ticked automatically once that follow-up of the meeting is done.
    """

    id: str
    text: str
    modes: tuple[Mode, ...] = tuple(Mode)
    ticked_by: FollowUpKind | None = None


class Prepared(msgspec.Struct, frozen=True):
    """The state of one item: `ticked` or not, and whether automatically."""

    item: PreparationItem
    ticked: bool
    automatic: bool = False


def items_for(items: tuple[PreparationItem, ...], mode: Mode) -> tuple[PreparationItem, ...]:
    """Return the items that matter for a meeting held in that way."""
    return tuple(item for item in items if mode in item.modes)


def prepared(
    items: tuple[PreparationItem, ...], interview: Interview, follow_ups: Sequence[FollowUp]
) -> tuple[Prepared, ...]:
    """Return the state of each item for `interview`; `follow_ups` are those of the same contact."""
    own = [follow_up for follow_up in follow_ups if follow_up.interview_id == interview.id]
    found = []
    for item in items_for(items, interview.mode):
        automatic = item.ticked_by is not None and _done(item.ticked_by, own)
        found.append(Prepared(item, automatic or item.id in interview.prepared, automatic))
    return tuple(found)


def minutes_needed(checklist: Sequence[ChecklistQuestion], close_minutes: int) -> int:
    """Return the minutes that the questions and the close take; the last questions are in the close."""
    return sum(question.minutes for question in checklist if not question.in_close) + close_minutes


def _done(kind: FollowUpKind, own: Sequence[FollowUp]) -> bool:
    """Return whether the follow-up of that kind was done since the meeting was last given its time."""
    arranged = [follow_up.created_at for follow_up in own if follow_up.kind is FollowUpKind.INTERVIEW]
    since = max(arranged, default=None)
    return any(
        follow_up.kind is kind and follow_up.done_at is not None and not follow_up.dropped
        and (since is None or follow_up.done_at >= since)
        for follow_up in own
    )  # fmt: skip
