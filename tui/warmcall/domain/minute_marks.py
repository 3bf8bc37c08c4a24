"""The minute of the meeting at the start of a line of notes, such as "[07] "."""

from __future__ import annotations

import re
from datetime import datetime

from warmcall.domain.countdown import Countdown

_MINUTE = re.compile(r"^\[\d{2,3}\] ?", re.MULTILINE)


def minute_mark(countdown: Countdown, now: datetime) -> str:
    """Return what a line typed at `now` begins with: whole minutes spent, pauses left out."""
    return f"[{int(countdown.spent(now).total_seconds()) // 60:02d}] "


def without_minutes(notes: str) -> str:
    """Return `notes` as they read to others: without the minutes their lines begin with."""
    return _MINUTE.sub("", notes)
