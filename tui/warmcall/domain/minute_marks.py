"""The minute of the meeting at the start of a line of notes, such as "[07] "."""

from __future__ import annotations

import re
from datetime import datetime

from warmcall.domain.countdown import Countdown

_MINUTE = re.compile(r"^\[\d{2,3}\] ?", re.MULTILINE)


def minute_mark(countdown: Countdown, now: datetime) -> str:
    """Return the mark of a line typed at `now`: the whole minutes spent, without pauses."""
    return f"[{int(countdown.spent(now).total_seconds()) // 60:02d}] "


def without_minutes(notes: str) -> str:
    """Return `notes` without the minutes that their lines begin with."""
    return _MINUTE.sub("", notes)
