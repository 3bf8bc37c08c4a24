"""Interviews and follow-ups as iCalendar files (RFC 5545): all in one, or each in a file of its own.

The UID of an event is made of the id of its record, so that a calendar that imports the file again updates
its events and doubles none. Its date (DTSTAMP) and number (SEQUENCE) follow from the records it is made of,
and move on from those of the file it replaces only if it says something else than it did there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from warmcall.domain.business_days import Calendar
from warmcall.domain.evidence import MODE_PHRASES
from warmcall.domain.queue import due_order
from warmcall.domain.records import TABLE_OF, Contact, FollowUp, Interview
from warmcall.domain.sanitize import visible
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.formats.content_lines import (
    CONTENT,
    LARGEST_SEQUENCE,
    FolderItem,
    FoundItem,
    ItemKind,
    components,
    fingerprint_of,
    found_items,
    second_after,
)

if TYPE_CHECKING:
    from icalendar import Event

INTERVIEW_ALARM = timedelta(minutes=15)
"""Time to sit down with the questions before a meeting."""

FOLLOW_UP_ALARM = timedelta(minutes=5)
"""A follow-up with an hour needs no more preparation than to read what it is."""

FOLLOW_UP_LASTS = timedelta(minutes=15)
"""How long a follow-up with an hour takes in the calendar: calls and messages are short."""

Reverted = Mapping[tuple[str, str], datetime]
"""When records were last undone or redone, by table and id; the records themselves do not show it."""

_NOT_REVERTED: Reverted = MappingProxyType({})
_UID_END = "@warmcall"
_OF_PROGRAMS = frozenset({"PRODID", "VERSION", "CALSCALE", "METHOD"})
_OF_EVENTS = frozenset({"DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"})
_OF_ALARMS = frozenset({"UID", "ACKNOWLEDGED"})
"""What calendars and servers write of themselves: which program it was, when, and that an alarm has rung."""


def _is_bookkeeping(component: str, name: str) -> bool:
    return name.startswith("X-") or name in (_OF_ALARMS if component == "VALARM" else _OF_EVENTS)


EVENTS = ItemKind(
    ending=".ics",
    component="VEVENT",
    label="SUMMARY",
    revised="DTSTAMP",
    is_ours=lambda uid: uid.endswith(_UID_END),
    is_bookkeeping=_is_bookkeeping,
)
"""Events, among which those of warmcall have a UID that ends in @warmcall."""

_SUMMARIES = {
    FollowUpKind.CALL: "Call {}",
    FollowUpKind.CONFIRM: "Confirm the interview with {}",
    FollowUpKind.THANK_YOU: "Thank {}",
    FollowUpKind.PROMISE: "Keep promise: {}",
    FollowUpKind.TELL_REFERRER: "Tell {} how it went",
    FollowUpKind.CHECK_IN: "Keep in touch with {}",
    FollowUpKind.OTHER: "Follow-up: {}",
}
_LINE_END = "\r\n"
_HEAD = _LINE_END.join(
    ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//warmcall//warmcall//EN", "CALSCALE:GREGORIAN", "")
)
_NOT_SHOWN = ("Cc", "Cs", "Co", "Cn")
"""The Unicode categories of characters without a picture, which calendars may not be able to read."""


class _DatedEvent(msgspec.Struct, frozen=True):
    """An event without its date and number, when its record was made, and when what it says last changed."""

    uid: str
    label: str
    text: str
    created: datetime
    changed: datetime
    fingerprint: str

    def at(self, replaced: FoundItem | None, now: datetime) -> str:
        """Return the event with date and number: those it has in `replaced`, or later if that differs.

        Where the change of another program is written over, that is a change of `now`: with the date and
        number it had before theirs, vdirsyncer would take it for what it has seen already.
        """
        changed, number = self.changed, 0
        if replaced is not None and replaced.fingerprint == self.fingerprint:
            changed, number = replaced.revised or changed, replaced.sequence
        elif replaced is not None:
            after = second_after(replaced.revised) if replaced.revised is not None else changed
            changed = max(changed, after) if replaced.is_as_written else max(changed, after, _second(now))
            number = replaced.sequence + 1
        number = max(number, int((changed - self.created).total_seconds()))
        begin, rest = self.text.split(_LINE_END, 1)
        lines = (
            begin,
            f"DTSTAMP:{_utc(changed)}",
            f"CREATED:{_utc(self.created)}",
            f"LAST-MODIFIED:{_utc(changed)}",
            f"SEQUENCE:{min(number, LARGEST_SEQUENCE)}",
            f"{CONTENT}:{self.fingerprint}",
            rest,
        )
        return _LINE_END.join(lines)


def calendar_file(
    store: Store,
    now: datetime,
    calendar: Calendar,
    notes: bool = False,
    reverted: Reverted = _NOT_REVERTED,
    previous: bytes = b"",
) -> str:
    """Return every interview and every open follow-up of `store` as one file, with CRLF line ends.

    A follow-up that is done before its day is in it as cancelled, so that calendars remove it. Without
    `notes` there are only names, places and times in it. `previous` is the file that this one replaces:
    events that say the same as there keep their date and number.
    """
    known = {item.uid: item for item in found_items(previous, EVENTS)} if previous else {}
    events = _events(store, now, calendar, notes, reverted, cancelled=True)
    return _file(event.at(known.get(event.uid), now) for event in events)


def calendar_items(
    store: Store,
    now: datetime,
    calendar: Calendar,
    notes: bool = False,
    reverted: Reverted = _NOT_REVERTED,
) -> list[FolderItem]:
    """Return every interview that is not cancelled and every open follow-up, each as a file of its own."""

    def item(event: _DatedEvent) -> FolderItem:
        return FolderItem(
            event.uid,
            event.label,
            event.fingerprint,
            lambda found: _file([event.at(found, now)]).encode("utf-8"),
        )

    return [item(event) for event in _events(store, now, calendar, notes, reverted, cancelled=False)]


def _file(events: Iterable[str]) -> str:
    """Return events, each of which ends with a line end, as a file."""
    return f"{_HEAD}{''.join(events)}END:VCALENDAR{_LINE_END}"


def _events(
    store: Store, now: datetime, calendar: Calendar, notes: bool, reverted: Reverted, cancelled: bool
) -> Iterator[_DatedEvent]:
    """Yield the events in the order of their days, with the `cancelled` ones if asked to."""

    def dated(record: Interview | FollowUp, contact: Contact, event: Event) -> _DatedEvent:
        changes = [record.changed_at, contact.changed_at]
        changes += [at for of in (record, contact) if (at := reverted.get((TABLE_OF[type(of)], of.id)))]
        written: bytes = event.to_ical()
        (component,) = components(written)
        return _DatedEvent(
            uid=str(event["uid"]),
            label=str(event["summary"]),
            text=written.decode("utf-8"),
            created=_second(record.created_at),
            changed=_second(max(changes)),
            fingerprint=fingerprint_of(component, EVENTS),
        )

    for interview in sorted(store.all(Interview), key=lambda interview: (interview.at, interview.id)):
        contact = store.contact(interview.contact_id)
        if contact is not None and not interview.practice and (cancelled or not interview.cancelled):
            yield dated(interview, contact, _meeting(interview, contact, notes))
    for follow_up in sorted(store.all(FollowUp), key=lambda follow_up: due_order(follow_up, calendar)):
        contact = store.contact(follow_up.contact_id)
        is_included = _is_included(follow_up, now, calendar) and (cancelled or follow_up.done_at is None)
        if contact is not None and is_included:
            yield dated(follow_up, contact, _follow_up(follow_up, contact, calendar, notes))


def _is_included(follow_up: FollowUp, now: datetime, calendar: Calendar) -> bool:
    """Return whether a follow-up is in the file; one of the kind `interview` is not, as its meeting is."""
    if follow_up.kind is FollowUpKind.INTERVIEW:
        return False
    return follow_up.done_at is None or calendar.day_of(follow_up.due) >= calendar.day_of(now)


def _meeting(interview: Interview, contact: Contact, notes: bool) -> Event:
    event = _event(interview, f"Interview: {_line(contact.name)}")
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


def _follow_up(follow_up: FollowUp, contact: Contact, calendar: Calendar, notes: bool) -> Event:
    event = _event(follow_up, _SUMMARIES[follow_up.kind].format(_line(contact.name)))
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


def _event(record: Interview | FollowUp, summary: str) -> Event:
    """Return an event with its identity and summary."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"{_line(record.id)}{_UID_END}")
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


def _utc(instant: datetime) -> str:
    """Return an instant in UTC as the format has it."""
    return f"{instant.year:04}{instant:%m%dT%H%M%SZ}"


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
