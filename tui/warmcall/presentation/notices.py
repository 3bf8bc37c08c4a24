"""What was said in passing, as the list of messages shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from warmcall.domain.business_days import Calendar
from warmcall.domain.day_names import WEEKDAYS
from warmcall.domain.sanitize import one_line


class Notice(NamedTuple):
    """A sentence that was shown in passing at an instant, in UTC; `warning` if something is wrong."""

    at: datetime
    text: str
    warning: bool


def first_of(notices: Sequence[str], key: str) -> str:
    """Return the first of several notices, and with which key the others are read; none may be missing."""
    more = len(notices) - 1
    return f"{notices[0]}\n{more} more: {key} lists all" if more else notices[0]


def time_of(notice: Notice, now: datetime, calendar: Calendar) -> str:
    """Return when a notice was shown, in the user's time: "10:05", or "Tue 10:05" on another day."""
    at = calendar.local(notice.at)
    day = "" if at.date() == calendar.local(now).date() else f"{WEEKDAYS[at.weekday()][:3]} "
    return f"{day}{at:%H:%M}"


def in_a_row(notice: Notice) -> str:
    """Return a notice on one line, a warning with its sign."""
    text = one_line(" ".join(notice.text.splitlines()))
    return f"! {text}" if notice.warning else text
