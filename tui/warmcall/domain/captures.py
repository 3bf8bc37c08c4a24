"""What each thing taken down during an interview asks for, once the interview has ended."""

from __future__ import annotations

from datetime import datetime

from warmcall.domain.business_days import Calendar
from warmcall.domain.cadence import Cadence, FollowUpPlan, for_promise
from warmcall.domain.evidence import mending
from warmcall.domain.records import Capture
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind


def owed_for(capture: Capture, now: datetime, cadence: Cadence, calendar: Calendar) -> FollowUpPlan | None:
    """Return what a promise, or advice on the resume, puts into the queue; None for any other capture.

    Without a day that was said it is due as a promise made at `now` is; advice is acted on as quickly.
    """
    due = capture.due or for_promise(now, cadence, calendar)
    if capture.kind is CaptureKind.PROMISE:
        why = "they promised it" if capture.theirs else "you promised it"
        return FollowUpPlan(
            kind=FollowUpKind.PROMISE, due=due, note=capture.what.strip(), why=why, waiting=capture.theirs
        )
    if capture.kind is CaptureKind.RESUME and capture.what.strip():
        return FollowUpPlan(kind=FollowUpKind.OTHER, due=due, note=mending(capture.what))
    return None


def ask_permission(name: str, now: datetime, cadence: Cadence, calendar: Calendar) -> FollowUpPlan:
    """Return the question still owed to whoever named `name`: whether they may be named to them."""
    day = calendar.add(calendar.day_of(now), cadence.ask_name_days)
    note = f"ask whether I may use their name with {name}"
    return FollowUpPlan(kind=FollowUpKind.OTHER, due=calendar.all_day(day), note=note)
