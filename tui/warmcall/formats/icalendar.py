"""Interviews and follow-ups as an iCalendar file (RFC 5545).

The UID of an event is made of the id of its record, so that a calendar that imports the file again updates
its events and doubles none.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from warmcall.domain.business_days import Calendar
from warmcall.domain.evidence import MODE_PHRASES
from warmcall.domain.queue import due_order
from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.sanitize import visible
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind

if TYPE_CHECKING:
    from icalendar import Event

INTERVIEW_ALARM = timedelta(minutes=15)
"""Time to sit down with the questions before a meeting."""

FOLLOW_UP_ALARM = timedelta(minutes=5)
"""A follow-up with an hour needs no more preparation than to read what it is."""

FOLLOW_UP_LASTS = timedelta(minutes=15)
"""How long a follow-up with an hour takes in the calendar: calls and messages are short."""

LARGEST_SEQUENCE = 2**31 - 1
"""The largest integer that the format allows (RFC 5545, 3.3.8)."""

_SUMMARIES = {
    FollowUpKind.CALL: "Call {}",
    FollowUpKind.CONFIRM: "Confirm the interview with {}",
    FollowUpKind.THANK_YOU: "Thank {}",
    FollowUpKind.PROMISE: "Keep promise: {}",
    FollowUpKind.TELL_REFERRER: "Tell {} how it went",
    FollowUpKind.CHECK_IN: "Keep in touch with {}",
    FollowUpKind.OTHER: "Follow-up: {}",
}
_NOT_SHOWN = ("Cc", "Cs", "Co", "Cn")
"""The Unicode categories of characters without a picture, which calendars may not be able to read."""


def calendar_file(store: Store, now: datetime, calendar: Calendar, notes: bool = False) -> str:
    """Return every interview and every open follow-up of `store` as one file, with CRLF line ends.

    A follow-up that is done before its day is in it as cancelled, so that calendars remove it. Without
    `notes` there are only names, places and times in it.
    """
    from icalendar import Calendar as File

    file = File()
    file.add("prodid", "-//warmcall//warmcall//EN")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    for interview in sorted(store.all(Interview), key=lambda interview: (interview.at, interview.id)):
        contact = store.contact(interview.contact_id)
        if contact is not None and not interview.practice:
            file.add_component(_meeting(interview, contact, now, notes))
    for follow_up in sorted(store.all(FollowUp), key=lambda follow_up: due_order(follow_up, calendar)):
        contact = store.contact(follow_up.contact_id)
        if contact is not None and _is_included(follow_up, now, calendar):
            file.add_component(_follow_up(follow_up, contact, now, calendar, notes))
    written: bytes = file.to_ical()
    return written.decode("utf-8")


def _is_included(follow_up: FollowUp, now: datetime, calendar: Calendar) -> bool:
    """Return whether a follow-up is in the file; one of the kind `interview` is not, as its meeting is."""
    if follow_up.kind is FollowUpKind.INTERVIEW:
        return False
    return follow_up.done_at is None or calendar.day_of(follow_up.due) >= calendar.day_of(now)


def _meeting(interview: Interview, contact: Contact, now: datetime, notes: bool) -> Event:
    event = _event(interview, contact, f"Interview: {_line(contact.name)}", now)
    event.add("dtstart", _second(interview.at))
    event.add("dtend", _second(interview.at) + timedelta(minutes=max(1, interview.countdown.minutes)))
    event.add("location", _line(interview.place) or MODE_PHRASES[interview.mode])
    event.add("status", "CANCELLED" if interview.cancelled else "CONFIRMED")
    if notes:
        work = ", ".join(filter(None, [contact.title, contact.organization]))
        _describe(event, work, contact.phone, contact.notes)
    if not interview.cancelled and interview.ended_at is None:
        _alarm(event, -INTERVIEW_ALARM)
    return event


def _follow_up(
    follow_up: FollowUp, contact: Contact, now: datetime, calendar: Calendar, notes: bool
) -> Event:
    event = _event(follow_up, contact, _SUMMARIES[follow_up.kind].format(_line(contact.name)), now)
    at = follow_up.due.instant
    if at is not None:
        event.add("dtstart", _second(at))
        event.add("dtend", _second(at) + FOLLOW_UP_LASTS)
    else:
        day = calendar.day_of(follow_up.due)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED" if follow_up.done_at is None else "CANCELLED")
    if notes:
        _describe(event, follow_up.note, follow_up.why)
    if at is not None and follow_up.done_at is None:
        _alarm(event, -FOLLOW_UP_ALARM)
    return event


def _event(record: Interview | FollowUp, contact: Contact, summary: str, now: datetime) -> Event:
    """Return an event with its identity, dates and summary.

    Its SEQUENCE is the record's age in seconds, so that the file written last wins, even after an undo,
    which sets `changed_at` back.
    """
    from icalendar import Event

    event = Event()
    event.add("uid", f"{_line(record.id)}@warmcall")
    event.add("dtstamp", _second(now))
    event.add("created", _second(record.created_at))
    event.add("last-modified", _second(record.changed_at))
    age = int((now - record.created_at).total_seconds())
    event.add("sequence", min(max(0, age), LARGEST_SEQUENCE))
    event.add("summary", summary)
    return event


def _alarm(event: Event, trigger: timedelta) -> None:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", trigger)
    alarm.add("description", event["summary"])
    event.add_component(alarm)


def _describe(event: Event, *texts: str) -> None:
    description = "\n".join(filter(None, (_lines(text) for text in texts)))
    if description:
        event.add("description", description)


def _second(instant: datetime) -> datetime:
    """Return `instant` to the second, which is as fine as the format goes."""
    return instant.replace(microsecond=0)


def _line(text: str) -> str:
    """Return `text` on one line, without characters that have no picture."""
    words = " ".join(text.split())
    if words.isascii() and words.isprintable():
        return words
    shown = (letter for letter in visible(words) if unicodedata.category(letter) not in _NOT_SHOWN)
    return " ".join("".join(shown).split())


def _lines(text: str) -> str:
    lines = (_line(line) for line in text.splitlines())
    return "\n".join(lines).strip()
