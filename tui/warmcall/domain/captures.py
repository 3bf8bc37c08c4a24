"""The follow-ups that captures lead to once their interview has ended."""

from __future__ import annotations

from datetime import datetime

from warmcall.domain.business_days import Calendar
from warmcall.domain.cadence import Cadence, FollowUpPlan, for_promise
from warmcall.domain.evidence import resume_task
from warmcall.domain.promises import as_thing
from warmcall.domain.records import Capture
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind
from warmcall.domain.when import When


def owed_for(capture: Capture, now: datetime, cadence: Cadence, calendar: Calendar) -> FollowUpPlan | None:
    """Return the follow-up of a promise, or of advice on the resume; None for any other capture.

    Without a day of its own it is due when a promise made at `now` is.
    """
    due = capture.due or for_promise(now, cadence, calendar)
    if capture.kind is CaptureKind.PROMISE:
        why = "they promised it" if capture.theirs else "you promised it"
        return FollowUpPlan(
            kind=FollowUpKind.PROMISE, due=due, why=why, waiting=capture.theirs,
            note=as_thing(capture.what, capture.theirs) or capture.what.strip(),
        )  # fmt: skip
    if capture.kind is CaptureKind.RESUME and capture.what.strip():
        return FollowUpPlan(kind=FollowUpKind.OTHER, due=due, note=resume_task(capture.what))
    return None


def ask_permission(name: str, now: datetime, cadence: Cadence, calendar: Calendar) -> FollowUpPlan:
    """Return the task to ask whoever named `name` whether the user may mention that."""
    day = calendar.add(calendar.day_of(now), cadence.ask_name_days)
    note = f"ask whether I may use their name with {name}"
    return FollowUpPlan(kind=FollowUpKind.OTHER, due=When(day), note=note)
