"""Interviews and what is owed, as an iCalendar file (RFC 5545) that any calendar takes in.

The identity of an event is that of its record, so that taking the file in again moves the events that were
moved here, and doubles none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from warmcall.domain.business_days import Calendar
from warmcall.domain.evidence import MODE_PHRASES
from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind

if TYPE_CHECKING:
    from icalendar import Event

INTERVIEW_ALARM = timedelta(minutes=15)
"""So long before a meeting there is time to sit down with the questions."""

FOLLOW_UP_ALARM = timedelta(minutes=5)
"""Something owed at an hour needs no more than a look at what it was."""

FOLLOW_UP_LASTS = timedelta(minutes=15)
"""How long something owed at an hour takes in the calendar: calls and messages are short."""

LARGEST_SEQUENCE = 2**31 - 1
"""What the format allows a SEQUENCE to be."""

_OWED = {
    FollowUpKind.CALL: "Call {}",
    FollowUpKind.CONFIRM: "Confirm the interview with {}",
    FollowUpKind.THANK_YOU: "Thank {}",
    FollowUpKind.PROMISE: "Promise: {}",
    FollowUpKind.TELL_REFERRER: "Tell {} how it went",
    FollowUpKind.CHECK_IN: "Keep in touch with {}",
    FollowUpKind.OTHER: "Follow-up: {}",
}
_NO_SIGNS = ("Cc", "Cf", "Cs", "Co", "Cn")
_JOINER = "\N{ZERO WIDTH JOINER}"


def calendar_file(store: Store, now: datetime, calendar: Calendar, notes: bool = False) -> str:
    """Return every interview and every open follow-up of `store` as one file, with CRLF line ends.

    What is settled before its day comes is in it as cancelled, so that calendars let it go. Without
    `notes`, no more than names, places and times is in it.
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
    for owed in sorted(store.all(FollowUp), key=lambda follow_up: (follow_up.due, follow_up.id)):
        contact = store.contact(owed.contact_id)
        if contact is not None and _is_shown(owed, now, calendar):
            file.add_component(_owed(owed, contact, now, calendar, notes))
    written: bytes = file.to_ical()
    return written.decode("utf-8")


def _is_shown(owed: FollowUp, now: datetime, calendar: Calendar) -> bool:
    """Return whether a follow-up is in the file; a meeting is there as itself."""
    if owed.kind is FollowUpKind.INTERVIEW:
        return False
    return owed.done_at is None or calendar.day_of(owed.due) >= calendar.day_of(now)


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


def _owed(owed: FollowUp, contact: Contact, now: datetime, calendar: Calendar, notes: bool) -> Event:
    event = _event(owed, contact, _OWED[owed.kind].format(_line(contact.name)), now)
    if owed.timed:
        event.add("dtstart", _second(owed.due))
        event.add("dtend", _second(owed.due) + FOLLOW_UP_LASTS)
    else:
        day = calendar.day_of(owed.due)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED" if owed.done_at is None else "CANCELLED")
    if notes:
        _describe(event, owed.note, owed.why)
    if owed.timed and owed.done_at is None:
        _alarm(event, -FOLLOW_UP_ALARM)
    return event


def _event(record: Interview | FollowUp, contact: Contact, summary: str, now: datetime) -> Event:
    """Return an event with its identity.

    Its SEQUENCE is the record's age in seconds: the file written last holds, even after an undo, which
    takes `changed_at` back.
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
    """Return `text` on one line without anything that is no sign."""
    return " ".join("".join(_signs(" ".join(text.split()))).split())


def _lines(text: str) -> str:
    lines = (_line(line) for line in text.splitlines())
    return "\n".join(lines).strip()


def _signs(text: str) -> Iterator[str]:
    """Yield the characters of `text` that are signs; the joiner in an emoji is one, control is none."""
    for sign in text:
        if sign == _JOINER or unicodedata.category(sign) not in _NO_SIGNS:
            yield sign
