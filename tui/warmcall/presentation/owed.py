"""What is owed to one person, in a few words: when it is due, and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from warmcall.domain.business_days import Calendar
from warmcall.domain.queue import QueueEntry, Section
from warmcall.domain.records import FollowUp, Interview
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.presentation import wording

if TYPE_CHECKING:
    from warmcall.services.services import Services


def owed_reason(services: Services, owed: FollowUp) -> str:
    """Return why something is owed, or what it is where there is no reason: "try 2 of 5", "by phone"."""
    meeting = services.store.get(Interview, owed.interview_id)
    if owed.kind is FollowUpKind.INTERVIEW and meeting is not None:
        return wording.MODE[meeting.mode]
    return wording.own_text(owed) or wording.reason(owed, services.store.contact(owed.about_id))


def short_due_words(entry: QueueEntry, now: datetime, calendar: Calendar) -> str:
    """Return when an entry is due in at most 14 cells: "2 d late", "14:00 2 h", "today pm", "Thu 26"."""
    follow_up = entry.follow_up
    at = follow_up.due.instant
    if entry.late:
        return due_words(entry, now, calendar)
    words = wording.short_moment(follow_up.due, now, calendar, follow_up.part)
    if at is None or entry.section is not Section.TODAY:
        return words
    # Only of a meeting the last minutes are counted: a list that changes by itself costs bytes on a bad line.
    if at - now < timedelta(hours=1) and follow_up.kind is not FollowUpKind.INTERVIEW:
        return words
    return f"{words} {rounded_span(at - now)}"


def due_words(entry: QueueEntry, now: datetime, calendar: Calendar) -> str:
    """Return when an entry is due: "2 d late", "14:00, in 2 h", "today", "Thu 26 Nov"."""
    follow_up = entry.follow_up
    at = follow_up.due.instant
    if entry.late:
        return f"{rounded_span(entry.late) if at is not None else f'{entry.late.days} d'} late"
    if at is not None and entry.section is Section.TODAY:
        return f"{calendar.local(at):%H:%M}, in {rounded_span(at - now)}"
    if entry.section is Section.TODAY and follow_up.part:
        return f"this {wording.PART[follow_up.part]}"
    words = wording.moment(follow_up.due, now, calendar)
    if at is not None:
        return words
    return f"{words}{wording.SHORT_PART[follow_up.part]}"


def plain_due_words(entry: QueueEntry, now: datetime, calendar: Calendar) -> str:
    """Return when an entry is due in whole words, to be heard: "2 days late", "14:00, in 2 hours".

    An interview that goes on is due "now".
    """
    follow_up = entry.follow_up
    at = follow_up.due.instant
    if entry.late:
        span = rounded_span(entry.late) if at is not None else f"{entry.late.days} d"
        return f"{_in_whole_words(span)} late"
    if at is not None and entry.section is Section.TODAY:
        in_time = f"in {_in_whole_words(rounded_span(at - now))}"
        return "now" if at <= now else f"{calendar.local(at):%H:%M}, {in_time}"
    return wording.due(follow_up, now, calendar)


def _in_whole_words(span: str) -> str:
    """Return a span as "5 minutes", "3 hours" or "2 days", given as "5 min", "3 h" or "2 d"."""
    number, unit = span.split()
    return f"{number} {_UNITS[unit]}{'' if number == '1' else 's'}"


_UNITS = {"min": "minute", "h": "hour", "d": "day"}


def rounded_span(span: timedelta) -> str:
    """Return a span in its largest unit, rounded down: "5 min", "3 h", "2 d"."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return f"{max(minutes, 1)} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"
