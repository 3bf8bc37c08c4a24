"""Advice in words: by whom, whether it was followed, and whether they know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from warmcall.domain.advice_given import AdviceGiven
from warmcall.domain.business_days import Calendar
from warmcall.domain.records import Contact
from warmcall.presentation import wording
from warmcall.presentation.counts import counted

TICKED, TO_DO = "[x]", "[ ]"
"""The signs of advice that was followed, and of advice that was not yet."""

ON_RESUME, OTHER = "For your resume", "Everything else"
"""The headings over the advice where there is both."""


def head(given: Sequence[AdviceGiven]) -> str:
    """Return how much advice there is: "Advice · 3 pieces · 2 followed · 1 of them told"."""
    if not given:
        return "Advice"
    followed = [advice for advice in given if advice.is_followed]
    told = sum(advice.known_since is not None for advice in followed)
    return f"Advice · {counted(len(given), 'piece')} · {len(followed)} followed · {told} of them told"


def heading(advice: AdviceGiven) -> str:
    """Return under which heading a piece stands."""
    return ON_RESUME if advice.on_resume else OTHER


def advice_cells(
    advice: AdviceGiven, person: Contact | None, now: datetime, calendar: Calendar
) -> tuple[str, str, str, tuple[str, str]]:
    """Return the sign, the words, by whom, and what became of it with its style."""
    sign = TICKED if advice.is_followed else TO_DO
    by = person.name if person else ""
    return sign, advice.words, by, _became(advice, calendar.day_of(now), calendar)


def _became(advice: AdviceGiven, today: date, calendar: Calendar) -> tuple[str, str]:
    """Return "told 20 Nov", "not told yet", "tell 18 Dec", "due Wed 25", "2 d late", or "no day"."""
    if advice.known_since is not None:
        return f"told {wording.short_day(calendar.day_of(advice.known_since), today)}", "$muted"
    if advice.is_followed:
        letter = advice.next_letter
        day = wording.short_day(calendar.day_of(letter.due), today) if letter else ""
        return (f"tell {day}" if day else "not told yet"), ""
    if advice.task is None:
        return "no day", "$muted"
    words, is_late = wording.day_owed(advice.task.due, today, calendar)
    return (words, "$warning") if is_late else (f"due {words}", "")


def ticked(advice: AdviceGiven) -> str:
    """Return what is said once advice is ticked: whether a letter is owed that can say so."""
    return "Followed" + ("; the next letter to them can say so" if advice.next_letter else "")
