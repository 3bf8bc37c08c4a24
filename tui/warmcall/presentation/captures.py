"""What was captured in an interview, and whether the name of whoever gave a name may be used, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from warmcall.domain.business_days import Calendar
from warmcall.domain.records import Capture
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import CaptureKind, Permission
from warmcall.presentation import wording
from warmcall.services.address_book import SAME_AS, SOMEBODY_ELSE

CAPTURE_KIND = {
    CaptureKind.REFERRAL: "referral",
    CaptureKind.PROMISE: "promise",
    CaptureKind.RESUME: "resume",
    CaptureKind.ADVICE: "advice",
    CaptureKind.ON_FILE: "on file",
    CaptureKind.OPENING: "opening",
}
PERMISSION = {
    Permission.NOT_ASKED: "",
    Permission.YES: "may be named",
    Permission.NO: "not to be named",
    Permission.ASK_LATER: "ask first whether they may be named",
}
"""Whether the person who gave a name may be named."""

PERMISSION_CHOICES = (
    (Permission.NOT_ASKED.value, "– not asked"),
    (Permission.YES.value, "yes"),
    (Permission.NO.value, "no: leave it out"),
    (Permission.ASK_LATER.value, "ask later"),
)
"""The answers to "may I use your name?", as a choice whose values are found by their first letter."""


def capture_summary(capture: Capture, now: datetime, calendar: Calendar) -> str:
    """Return a capture in a few words: "Ana Ruiz", "survey by Fri 27 Nov"."""
    what = one_line(capture.what.strip())
    match capture.kind:
        case CaptureKind.PROMISE:
            when = f" by {wording.moment(capture.due, now, calendar)}" if capture.due else ""
            return f"{what}{' (theirs)' if capture.theirs else ''}{when}"
        case CaptureKind.RESUME:
            return f"resume: {what}" if what else "resume looked at"
        case CaptureKind.ADVICE:
            return f"advice: {what}"
        case CaptureKind.ON_FILE:
            return f"on file: {what}" if what else "on file"
        case CaptureKind.OPENING:
            return f"opening: {what}" if what else "an opening"
        case CaptureKind.REFERRAL:
            return what


def capture_recorded(capture: Capture, ended: bool, now: datetime, calendar: Calendar) -> str:
    """Return the notice for a capture just recorded: what it is, and where it is found after the end."""
    where = "Noted"
    if ended and capture.kind is CaptureKind.REFERRAL:
        is_known = capture.fields.get(SAME_AS, SOMEBODY_ELSE) != SOMEBODY_ELSE
        where = "In People already" if is_known else "In People, and to be called"
    elif ended and capture.kind is CaptureKind.PROMISE:
        where = "In the queue"
    elif ended and capture.kind is CaptureKind.ADVICE:
        where = "With the advice, in Progress"
    return f"{where}: {capture_summary(capture, now, calendar)}"


def captures_line(captures: Sequence[Capture], now: datetime, calendar: Calendar) -> str:
    """Return all captures on one line, the newest first, since the end may not fit."""
    return ", ".join(capture_summary(capture, now, calendar) for capture in reversed(captures))


def capture_cells(capture: Capture, now: datetime, calendar: Calendar) -> tuple[str, str]:
    """Return the kind of a capture, and all that is known of it."""
    permission = dict(PERMISSION_CHOICES)[capture.may_use_name.value]
    asked = f"may use the name: {permission}" if capture.may_use_name else ""
    more = [capture.fields.get("organization", ""), capture.fields.get("phone", "")]
    spoken = capture.kind in (CaptureKind.REFERRAL, CaptureKind.PROMISE)
    what = capture_summary(capture, now, calendar) if spoken else capture.what
    parts = [what, capture.why, asked, *more]
    return CAPTURE_KIND[capture.kind], one_line(" · ".join(filter(None, parts)))
