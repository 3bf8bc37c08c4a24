"""Records turned into the words on the screen: short, kind and exact. Pure functions."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

import msgspec

from warmcall.domain import meeting
from warmcall.domain.business_days import Calendar
from warmcall.domain.call_slots import slot_to_try, slots_tried
from warmcall.domain.day_names import MONTHS, WEEKDAYS
from warmcall.domain.queue import QueueEntry, Section
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview
from warmcall.domain.sanitize import one_line
from warmcall.domain.templates import first_name
from warmcall.domain.vocabulary import (
    Channel,
    ContactKind,
    DayPart,
    FollowUpKind,
    Mode,
    Outcome,
    Source,
    Stage,
)
from warmcall.presentation.countdown import clock_words

KIND = {
    ContactKind.PRACTITIONER: "does the job",
    ContactKind.HIRING_MANAGER: "hires for it",
    ContactKind.CONNECTOR: "can introduce",
}
SOURCE = {source: source.replace("_", " ") for source in Source}
CHANNEL = {channel: channel.replace("_", " ") for channel in Channel}
MODE = {Mode.PHONE: "by phone", Mode.VIDEO: "by video", Mode.IN_PERSON: "in person"}
STAGE = {stage: stage.replace("_", " ") for stage in Stage}
OUTCOME = {
    Outcome.SCHEDULED: "a meeting was set",
    Outcome.TALK_NOW: "talked at once",
    Outcome.VOICEMAIL: "voicemail left",
    Outcome.NO_ANSWER: "no answer",
    Outcome.CALL_BACK: "asked to be called back",
    Outcome.SENT: "sent",
    Outcome.REPLIED: "they replied, or want an email",
    Outcome.DECLINED: "said no",
    Outcome.REFERRED: "named someone else",
    Outcome.WRONG_NUMBER: "wrong number",
}
OUTCOME_CHOICE = {
    Outcome.SCHEDULED: "scheduled a meeting",
    Outcome.TALK_NOW: "talk now",
    Outcome.VOICEMAIL: "voicemail left",
    Outcome.NO_ANSWER: "no answer",
    Outcome.CALL_BACK: "back later: call again",
    Outcome.SENT: "email or message sent",
    Outcome.REPLIED: "replied, or want an email",
    Outcome.REFERRED: "found: named someone else",
    Outcome.DECLINED: "declined, kindly taken",
    Outcome.WRONG_NUMBER: "wrong number",
}
"""The same as things to choose, each beginning with its letter."""

FOLLOW_UP = {
    FollowUpKind.CALL: "call",
    FollowUpKind.CONFIRM: "confirm with",
    FollowUpKind.INTERVIEW: "interview",
    FollowUpKind.THANK_YOU: "thank",
    FollowUpKind.PROMISE: "promise to",
    FollowUpKind.TELL_REFERRER: "tell",
    FollowUpKind.CHECK_IN: "write to",
    FollowUpKind.OTHER: "see to",
}
FOLLOW_UP_KIND = {
    FollowUpKind.CALL: "call",
    FollowUpKind.CONFIRM: "confirm the meeting",
    FollowUpKind.INTERVIEW: "interview",
    FollowUpKind.THANK_YOU: "thank-you",
    FollowUpKind.PROMISE: "promise",
    FollowUpKind.TELL_REFERRER: "tell the referrer",
    FollowUpKind.CHECK_IN: "keep in touch",
    FollowUpKind.OTHER: "other",
}
SECTION = {
    Section.OVERDUE: "Overdue",
    Section.TODAY: "Today",
    Section.COMING_UP: "Coming up",
    Section.WAITING: "Waiting on them",
}
PART = {DayPart.ANY: "", DayPart.MORNING: "morning", DayPart.AFTERNOON: "afternoon"}


def day(when: date, today: date) -> str:
    """Return a day near `today` in words, any other as "Thu 26 Nov", with the year if it is not this one."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((when - today).days)
    if near:
        return near
    year = f" {when.year}" if when.year != today.year else ""
    return f"{WEEKDAYS[when.weekday()][:3]} {when.day} {MONTHS[when.month - 1][:3]}{year}"


def plain_day(when: date) -> str:
    """Return a day as "Thu 26 Nov"."""
    return f"{WEEKDAYS[when.weekday()][:3]} {when.day} {MONTHS[when.month - 1][:3]}"


def moment(at: datetime, now: datetime, calendar: Calendar) -> str:
    """Return an instant as "tomorrow 14:00" or "Thu 26 Nov 14:00" in the user's zone."""
    return f"{day(calendar.day_of(at), calendar.day_of(now))} {calendar.local(at):%H:%M}"


def due(follow_up: FollowUp, now: datetime, calendar: Calendar) -> str:
    """Return when a follow-up is due: "tomorrow 14:00", or "Fri 27 Nov, morning"."""
    if follow_up.timed:
        return moment(follow_up.due, now, calendar)
    words = day(calendar.day_of(follow_up.due), calendar.day_of(now))
    return f"{words}, {PART[follow_up.part]}" if follow_up.part else words


def rough(span: timedelta) -> str:
    """Return a span in its largest unit: "5 min", "3 h", "2 d"."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return f"{max(minutes, 1)} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"


def when(entry: QueueEntry, now: datetime, calendar: Calendar) -> str:
    """Return the first column of the queue: "2 d late", "14:00, in 2 h", "today", "Thu 26 Nov"."""
    follow_up = entry.follow_up
    if entry.late:
        days = (calendar.day_of(now) - calendar.day_of(follow_up.due)).days
        return f"{rough(entry.late) if follow_up.timed else f'{days} d'} late"
    if follow_up.timed and entry.section is Section.TODAY:
        return f"{calendar.local(follow_up.due):%H:%M}, in {rough(follow_up.due - now)}"
    if entry.section is Section.TODAY and follow_up.part:
        return f"this {PART[follow_up.part]}"
    if follow_up.timed:
        return moment(follow_up.due, now, calendar)
    words = day(calendar.day_of(follow_up.due), calendar.day_of(now))
    part = {DayPart.ANY: "", DayPart.MORNING: " am", DayPart.AFTERNOON: " pm"}[follow_up.part]
    return f"{words}{part}"


def what(follow_up: FollowUp, contact: Contact | None) -> str:
    """Return what a follow-up asks to do: "call Luis Ortega", "lend her the store: Mei Tanaka"."""
    name = contact.name if contact else "someone deleted"
    if own_words(follow_up):
        return f"{own_words(follow_up)}: {name}"
    if follow_up.kind is FollowUpKind.PROMISE and follow_up.waiting:
        return f"promise from {name}"
    return f"{FOLLOW_UP[follow_up.kind]} {name}"


def own_words(follow_up: FollowUp) -> str:
    """Return the note if that alone says what is to be done, as for no other kind than `other`."""
    first, *rest = follow_up.note.strip().splitlines() or [""]
    return f"{first}{' …' if rest else ''}" if follow_up.kind is FollowUpKind.OTHER else ""


def why(follow_up: FollowUp, about: Contact | None = None) -> str:
    """Return why a follow-up is there, or what it is about."""
    if follow_up.kind is FollowUpKind.TELL_REFERRER and about is not None:
        return f"you met {about.name}"
    if follow_up.kind is FollowUpKind.OTHER:
        return follow_up.why
    return ": ".join(filter(None, [follow_up.why, follow_up.note]))


def work(contact: Contact | None) -> str:
    """Return what a contact does and where: "Account Director, Parkway & Sons"."""
    return one_line(", ".join(filter(None, [contact.title, contact.organization]))) if contact else ""


def attempt_line(attempt: Attempt, now: datetime, calendar: Calendar) -> str:
    """Return one attempt for the timeline: "voicemail left · Tue 17 Nov 10:05"."""
    return f"{moment(attempt.at, now, calendar)} · {attempt_words(attempt)}"


def attempt_words(attempt: Attempt) -> str:
    """Return what came of one attempt: "voicemail: voicemail left"."""
    outcome = OUTCOME[attempt.outcome] if attempt.outcome else "under way"
    return f"{CHANNEL[attempt.channel]}: {outcome}"


def tries(attempts: list[Attempt], now: datetime, calendar: Calendar) -> str:
    """Return how often a contact was tried: "try 2 · voicemail left yesterday 10:05"."""
    if not attempts:
        return "first try"
    last = attempts[-1]
    outcome = OUTCOME[last.outcome] if last.outcome else ""
    return f"try {len(attempts) + 1} · {outcome} {moment(last.at, now, calendar)}"


def slots(attempts: list[Attempt], calendar: Calendar, zone: tzinfo | None) -> str:
    """Return when calls rang out, by their clock if known, and when to try: "rang Mon pm: try a morning"."""
    theirs = msgspec.structs.replace(calendar, zone=zone) if zone else calendar
    tried = list(dict.fromkeys(slots_tried(attempts, theirs)))
    if not tried:
        return ""
    short = {DayPart.MORNING: "am", DayPart.AFTERNOON: "pm"}
    words = ", ".join(f"{WEEKDAYS[slot.weekday][:3]} {short[slot.part]}" for slot in tried[-4:])
    now_try = {DayPart.MORNING: "a morning", DayPart.AFTERNOON: "an afternoon"}
    return f"rang {words}: try {now_try[slot_to_try(attempts, theirs)]}"


def times(contact_zone: str, local: datetime | None, mine: datetime) -> str:
    """Return their time beside the user's; theirs is "unknown" without a zone."""
    theirs = f"{local:%H:%M}" if local else f"unknown{f' ({contact_zone}?)' if contact_zone else ''}"
    return f"their time {theirs}, yours {mine:%H:%M}"


def meeting_line(interview: Interview, now: datetime, calendar: Calendar) -> str:
    """Return one meeting for the timeline."""
    if interview.ended_at is not None:
        began = interview.countdown.started_at or interview.at
        timed = interview.countdown.started
        took = f", {clock_words(interview.countdown.spent(interview.ended_at))}" if timed else ""
        return f"{moment(began, now, calendar)} · interview {MODE[interview.mode]}{took}"
    state = "cancelled" if interview.cancelled else "planned"
    if interview.countdown.going:
        state = "running"
    return f"{moment(interview.at, now, calendar)} · interview {MODE[interview.mode]}, {state}"


def clock(at: datetime, now: datetime, calendar: Calendar) -> str:
    """Return an instant of today as "14:21", any other with its day."""
    today = calendar.day_of(at) == calendar.day_of(now)
    return f"{calendar.local(at):%H:%M}" if today else moment(at, now, calendar)


def held(since: datetime | None, now: datetime, calendar: Calendar) -> str:
    """Return where an interview is that another session runs: "open in another session since 14:02"."""
    return "open in another session" + (f" since {clock(since, now, calendar)}" if since else "")


def last_word(interview: Interview, now: datetime, calendar: Calendar) -> str:
    """Return what was last heard of an interview: "last note 14:21", "begun 14:00, no notes"."""
    last = meeting.last_word(interview)
    if last == interview.last_note_at:
        return f"last note {clock(last, now, calendar)}"
    if last == interview.countdown.started_at:
        return f"begun {clock(last, now, calendar)}, no notes"
    return f"{'paused' if interview.countdown.paused else 'gone on with'} {clock(last, now, calendar)}"


def greeting(contact: Contact) -> str:
    """Return the name to use in a sentence about a contact."""
    return first_name(contact.name) or contact.name
