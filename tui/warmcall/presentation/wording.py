"""Contacts, attempts, meetings and follow-ups in words, with their days and times: short, kind and exact."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

import msgspec

from warmcall.domain import meeting
from warmcall.domain.business_days import Calendar
from warmcall.domain.call_slots import slot_to_try
from warmcall.domain.day_names import MONTHS, WEEKDAYS
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview, Organization, PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import (
    Channel,
    ContactKind,
    DayPart,
    FollowUpKind,
    Mode,
    Outcome,
    Posting,
    Source,
    Stage,
)
from warmcall.domain.when import When
from warmcall.presentation.countdown import clock_words

if TYPE_CHECKING:
    from warmcall.domain.message import Medium

IMPORTS = "imports people: LinkedIn, contacts, a table"
"""What the key does that imports people, on screens where nobody is yet."""

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
    Outcome.SCHEDULED: "an interview was set",
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
OUTCOME_CHOICE = OUTCOME | {
    Outcome.TALK_NOW: "talk now",
    Outcome.CALL_BACK: "call back later",
    Outcome.SENT: "email or message sent",
}
"""The outcomes as choices, while the call goes on or has just ended."""

FOLLOW_UP = {
    FollowUpKind.CALL: "call",
    FollowUpKind.CONFIRM: "confirm the interview with",
    FollowUpKind.INTERVIEW: "interview",
    FollowUpKind.THANK_YOU: "thank",
    FollowUpKind.PROMISE: "keep the promise to",
    FollowUpKind.TELL_REFERRER: "tell",
    FollowUpKind.CHECK_IN: "write to",
    FollowUpKind.OTHER: "follow up with",
}
FOLLOW_UP_KIND = {
    FollowUpKind.CALL: "call",
    FollowUpKind.CONFIRM: "confirm the interview",
    FollowUpKind.INTERVIEW: "interview",
    FollowUpKind.THANK_YOU: "thank-you",
    FollowUpKind.PROMISE: "promise",
    FollowUpKind.TELL_REFERRER: "tell the referrer",
    FollowUpKind.CHECK_IN: "keep in touch",
    FollowUpKind.OTHER: "other",
}
POOL = "pool"
"""The word for somebody in the pool, in the place of a stage."""

PART = {DayPart.ANY: "", DayPart.MORNING: "morning", DayPart.AFTERNOON: "afternoon"}
SHORT_PART = {DayPart.ANY: "", DayPart.MORNING: " am", DayPart.AFTERNOON: " pm"}

POSTING = {
    Posting.UNKNOWN: "not known whether openings are posted",
    Posting.OPEN: "openings posted",
    Posting.NONE: "no openings posted",
}

SHORT_CELLS = 14
"""The most cells that a time in a column takes."""

SAME_YEAR_DAYS = 60
"""A day that is fewer days ahead needs no year: in December the fifth of January is the next one."""


def wanted(organization: Organization | None) -> str:
    """Return how much an organization is wanted, and its postings: "●● wanted · openings posted".

    Empty if nothing was said of either.
    """
    if organization is None:
        return ""
    said = organization.posting is not Posting.UNKNOWN
    signs = f"{'●' * organization.wanted} wanted" if organization.wanted > 0 else ""
    return " · ".join(filter(None, (signs, POSTING[organization.posting] if said else "")))


def day(when: date, today: date) -> str:
    """Return "today", "tomorrow", "yesterday", or any other day as "Thu 26 Nov", "Tue 9 Feb 2027"."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((when - today).days)
    if near:
        return near
    return plain_day(when) + (f" {when.year}" if when.year != today.year else "")


def plain_day(when: date) -> str:
    """Return a day as "Thu 26 Nov"."""
    return f"{WEEKDAYS[when.weekday()][:3]} {when.day} {MONTHS[when.month - 1][:3]}"


def short_day(when: date, today: date) -> str:
    """Return a day in few cells: "today", "tomorrow", "Mon 30" within a week, "3 Dec", "14 Feb 27"."""
    away = (when - today).days
    if away in (0, 1):
        return ("today", "tomorrow")[away]
    if 0 < away < 7:
        return f"{WEEKDAYS[when.weekday()][:3]} {when.day}"
    year = "" if when.year == today.year or 0 < away < SAME_YEAR_DAYS else f" {when.year % 100:02}"
    return f"{when.day} {MONTHS[when.month - 1][:3]}{year}"


def day_owed(due: When, today: date, calendar: Calendar) -> tuple[str, bool]:
    """Return the day something is due, "Mon 30" or "2 d late", and whether that has passed."""
    when = calendar.day_of(due)
    late = (today - when).days
    return (f"{late} d late", True) if late > 0 else (short_day(when, today), False)


def short_moment(at: When, now: datetime, calendar: Calendar, part: DayPart = DayPart.ANY) -> str:
    """Return when something is due in at most 14 cells: "Thu 26 10:30", "tomorrow 14:00", "18 Dec".

    A day has one name, with an hour or without one. The hour of a day in another year is left out.
    """
    day, today = calendar.day_of(at), calendar.day_of(now)
    words = short_day(day, today)
    if at.instant is None:
        return f"{words}{SHORT_PART[part]}"
    hour = f"{calendar.local(at.instant):%H:%M}"
    if day == today:
        return hour
    has_year = words.count(" ") > 1
    return words if has_year else f"{words} {hour}"


def moment(at: datetime | When, now: datetime, calendar: Calendar) -> str:
    """Return an instant as "tomorrow 14:00" or "Thu 26 Nov 14:00" in the user's zone, a day without hour."""
    words = day(calendar.day_of(at), calendar.day_of(now))
    instant = at.instant if isinstance(at, When) else at
    return words if instant is None else f"{words} {calendar.local(instant):%H:%M}"


def due(follow_up: FollowUp, now: datetime, calendar: Calendar) -> str:
    """Return when a follow-up is due: "tomorrow 14:00", "Fri 27 Nov morning", "this afternoon"."""
    words = moment(follow_up.due, now, calendar)
    if not follow_up.part or follow_up.due.instant is not None:
        return words
    return f"{'this' if words == 'today' else words} {PART[follow_up.part]}"


def what(follow_up: FollowUp, contact: Contact | None) -> str:
    """Return what a follow-up asks to do: "call Luis Ortega", "lend a book: Mei Tanaka"."""
    name = contact.name if contact else "a deleted contact"
    if text := own_text(follow_up):
        return f"{text}: {name}"
    if follow_up.kind is FollowUpKind.PROMISE and follow_up.waiting:
        return f"promise from {name}"
    if follow_up.kind is FollowUpKind.TELL_REFERRER:
        return f"tell {name} how it went"
    return f"{FOLLOW_UP[follow_up.kind]} {name}"


def message_address(contact: Contact, medium: Medium) -> str:
    """Return where a written text goes: an email to the email, a short message to the number, or spoken."""
    from warmcall.domain.message import Medium
    from warmcall.domain.person_keys import profile_link

    if medium is Medium.EMAIL:
        return f"to {contact.email}" if contact.email.strip() else "no email yet"
    profile = "" if contact.phone else profile_link(contact.notes)
    return (
        f"as a message: {profile}"
        if profile
        else f"as a message, or by phone: {contact.phone or 'no number yet'}"
    )


def own_text(follow_up: FollowUp) -> str:
    """Return what an `other` follow-up asks to do, the first line of its note; empty for the other kinds."""
    first, *rest = follow_up.note.strip().splitlines() or [""]
    return f"{first}{' …' if rest else ''}" if follow_up.kind is FollowUpKind.OTHER else ""


def introduction_steps(asked: str, about: str, is_passed_on: bool) -> dict[str, str]:
    """Return what can have become of an introduction, in words by the step it leads to.

    `asked` and `about` are what the two are called, `about` empty if that person is not known.
    """
    whom = about or "the other person"
    steps = {
        "pass_on": f"Passed on: {asked} has asked {whom}",
        "make": f"Made: {whom} knows of me, and I may call or write",
        "give_up": f"No: {asked} or {whom} would rather not",
    }
    return {step: words for step, words in steps.items() if step != "pass_on" or not is_passed_on}


def why(follow_up: FollowUp, about: Contact | None = None) -> str:
    """Return why a follow-up is in the queue; `about` is the person met, for the one who named them."""
    if follow_up.kind is FollowUpKind.TELL_REFERRER and about is not None:
        return f"you met {about.name}"
    if follow_up.kind is FollowUpKind.OTHER:
        return follow_up.why
    if follow_up.kind is FollowUpKind.PROMISE and follow_up.note.strip():
        return f"{follow_up.note} (theirs)" if follow_up.waiting else follow_up.note
    return ": ".join(filter(None, [follow_up.why, follow_up.note]))


def reason(follow_up: FollowUp, about: Contact | None = None) -> str:
    """Return why a follow-up is in the queue, as `why` does, or else what it is, where no sign says so."""
    words = why(follow_up, about)
    if words or follow_up.kind in _SAID_BY_SIGN:
        return words
    return FOLLOW_UP_KIND[follow_up.kind]


_SAID_BY_SIGN = (FollowUpKind.CALL, FollowUpKind.INTERVIEW, FollowUpKind.OTHER)
"""The kinds that need no word beside their sign."""


def work(contact: Contact | PoolPerson | None) -> str:
    """Return what somebody does and where: "Account Director, Parkway & Sons"."""
    return one_line(", ".join(filter(None, [contact.title, contact.organization]))) if contact else ""


def attempt_line(attempt: Attempt, now: datetime, calendar: Calendar) -> str:
    """Return one attempt for the timeline: "Tue 17 Nov 10:05 · phone: voicemail left"."""
    return f"{moment(attempt.at, now, calendar)} · {attempt_words(attempt)}"


def attempt_words(attempt: Attempt) -> str:
    """Return channel and outcome of one attempt: "phone: voicemail left"."""
    outcome = OUTCOME[attempt.outcome] if attempt.outcome else "under way"
    return f"{CHANNEL[attempt.channel]}: {outcome}"


def tries(attempts: list[Attempt], now: datetime, calendar: Calendar) -> str:
    """Return which try the next one is, and the last: "try 2 · voicemail left Tue 17 Nov"."""
    if not attempts:
        return "first try"
    return " · ".join(filter(None, [f"try {len(attempts) + 1}", last_try(attempts[-1], now, calendar)]))


def last_try(attempt: Attempt, now: datetime, calendar: Calendar) -> str:
    """Return how an attempt ended, with its hour if it was today: "no answer today 10:05"; else empty."""
    if not attempt.outcome:
        return ""
    today = calendar.day_of(now)
    at = moment(attempt.at, now, calendar) if calendar.day_of(attempt.at) == today else ""
    return f"{OUTCOME[attempt.outcome]} {at or day(calendar.day_of(attempt.at), today)}"


def half_day_to_try(attempts: list[Attempt], calendar: Calendar, zone: tzinfo | None) -> str:
    """Return when to call after calls that were not answered, "a morning" or "an afternoon", or nothing.

    The half days are those of the contact's `zone`, or the user's where that is unknown.
    """
    theirs = msgspec.structs.replace(calendar, zone=zone) if zone else calendar
    words = {DayPart.ANY: "", DayPart.MORNING: "a morning", DayPart.AFTERNOON: "an afternoon"}
    return words[slot_to_try(attempts, theirs)]


def local_times(contact_zone: str, local: datetime | None, mine: datetime) -> str:
    """Return the contact's time beside the user's: "16:00 there, 09:00 here", or that it is unknown."""
    if local is None:
        return f"their time unknown{f' ({contact_zone}?)' if contact_zone else ''}"
    if local.utcoffset() == mine.utcoffset():
        return f"{mine:%H:%M} there and here"
    return f"{local:%H:%M} there, {mine:%H:%M} here"


def meeting_line(interview: Interview, now: datetime, calendar: Calendar, in_words: bool = False) -> str:
    """Return one meeting for the timeline: "today 09:00 · interview by video, 21:00".

    `in_words` its length is "21 minutes", since 21:00 is heard as an hour.
    """
    if interview.ended_at is not None:
        timed, spent = interview.countdown.started, interview.countdown.spent(interview.ended_at)
        minutes = int(spent.total_seconds() // 60)
        length = f"{minutes} minute{'' if minutes == 1 else 's'}" if in_words else clock_words(spent)
        took = f", {length}" if timed else ""
        return f"{moment(interview.began_at, now, calendar)} · interview {MODE[interview.mode]}{took}"
    state = "cancelled" if interview.cancelled else "planned"
    if interview.countdown.going:
        state = "running"
    return f"{moment(interview.at, now, calendar)} · interview {MODE[interview.mode]}, {state}"


def _time_or_moment(at: datetime, now: datetime, calendar: Calendar) -> str:
    """Return an instant of today as "14:21", any other with its day."""
    today = calendar.day_of(at) == calendar.day_of(now)
    return f"{calendar.local(at):%H:%M}" if today else moment(at, now, calendar)


def held_elsewhere(since: datetime | None, now: datetime, calendar: Calendar) -> str:
    """Return that another session runs the interview: "open in another session since 14:02"."""
    return "open in another session" + (f" since {_time_or_moment(since, now, calendar)}" if since else "")


def last_activity(interview: Interview, now: datetime, calendar: Calendar) -> str:
    """Return the last thing done in an interview: "last note 14:21", "started 14:00, no notes"."""
    last = meeting.last_activity(interview)
    if last == interview.last_note_at:
        return f"last note {_time_or_moment(last, now, calendar)}"
    if last == interview.countdown.started_at:
        return f"started {_time_or_moment(last, now, calendar)}, no notes"
    return f"{'paused' if interview.countdown.paused else 'resumed'} {_time_or_moment(last, now, calendar)}"


def short_name(contact: Contact) -> str:
    """Return the first name, or the whole name where no first name is recognized."""
    from warmcall.domain.templates import greeting_name

    return greeting_name(contact) or contact.name
