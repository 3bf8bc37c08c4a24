"""What a message can lean on: the meeting, what was starred in it, who was named, what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

import msgspec

from warmcall.domain.business_days import Calendar
from warmcall.domain.day_names import MONTHS, WEEKDAYS
from warmcall.domain.minute_marks import without_minutes
from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.templates import spelled
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind, Mode

HOW = {Mode.PHONE: "by phone", Mode.VIDEO: "by video", Mode.IN_PERSON: "in person"}


def long_date(instant: datetime, calendar: Calendar) -> str:
    """Return the user's date at `instant`, such as "Tuesday 24 November"."""
    day = calendar.day_of(instant)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def and_join(parts: Sequence[str]) -> str:
    """Return `parts` as one would say them: "Ana", "Ana and Tom", "Ana, Tom and Mei"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def starred(interview: Interview) -> list[str]:
    """Return the notes under the starred questions, in order, each on one line without a full stop."""
    starred_ones = (question.id for question in interview.checklist if question.starred)
    answers = [without_minutes(interview.notes.get(id_, "")) for id_ in starred_ones]
    return [" ".join(answer.split()).rstrip(".") for answer in answers if answer.strip()]


def noted(interview: Interview) -> list[str]:
    """Return all notes of an interview, in order, each on one line."""
    answers = [
        *(interview.notes.get(question.id, "") for question in interview.checklist),
        interview.notes.get("", ""),
    ]
    return [" ".join(answer.split()) for answer in answers if answer.strip()]


def advised(interview: Interview) -> list[str]:
    """Return what was advised on the resume, in order, each on one line without a full stop."""
    told = (capture.what for capture in interview.captured if capture.kind is CaptureKind.RESUME)
    return [" ".join(advice.split()).rstrip(".") for advice in told if advice.strip()]


def reason_to_write(interview: Interview | None, follow_ups: Sequence[FollowUp]) -> str:
    """Return a reason for a check-in that the meeting gave, empty if it gave none.

    Advice that was acted on comes first, then that they keep the user on file. `follow_ups` are those
    of the same contact.
    """
    if interview is None:
        return ""
    mended = [
        advice
        for advice in advised(interview)
        for follow_up in follow_ups
        if follow_up.interview_id == interview.id
        and follow_up.note == mending(advice)
        and follow_up.done_at
        and not follow_up.dropped
    ]
    if mended:
        return f"I've taken your advice on my resume: {and_join(mended)}"
    if any(capture.kind is CaptureKind.ON_FILE for capture in interview.captured):
        return "you said you would keep me on file, and I'd like to keep you up to date"
    return ""


def mending(advice: str) -> str:
    """Return what is owed to somebody who advised something on the resume."""
    return f"mend the resume: {' '.join(advice.split()).rstrip('.')}"


def lines_about(organization: str, research: str) -> list[str]:
    """Return the lines of the research that name an organization, in order; without one, none."""
    wanted = " ".join(organization.casefold().split())
    if not wanted:
        return []
    lines = (" ".join(line.split()) for line in research.splitlines())
    return [line for line in lines if wanted in line.casefold()]


def meeting_values(
    interview: Interview | None,
    named: Sequence[Contact],
    follow_ups: Sequence[FollowUp],
    calendar: Calendar,
    their_zone: tzinfo | None = None,
) -> dict[str, str]:
    """Return what a meeting gives to templates; `follow_ups` are those of the same contact.

    Day and hour are those of the contact where `their_zone` is known, since it is they who read them.
    """
    if interview is None:
        return {}
    said = starred(interview)
    promised = [
        follow_up.note
        for follow_up in follow_ups
        if follow_up.kind is FollowUpKind.PROMISE
        and follow_up.interview_id == interview.id
        and not follow_up.waiting
    ]
    begun = interview.began_at
    theirs = msgspec.structs.replace(calendar, zone=their_zone or calendar.zone)
    local = theirs.local(begun)
    differs = local.utcoffset() != calendar.local(begun).utcoffset()
    values = {
        "meeting.weekday": WEEKDAYS[local.weekday()],
        "meeting.date": long_date(begun, theirs),
        "meeting.time": f"{local:%H:%M}{' your time' if differs else ''}",
        "meeting.how": HOW[interview.mode],
        "meeting.place": interview.place,
        "meeting.minutes": spelled(interview.countdown.minutes),
        "meeting.named": and_join([contact.name for contact in named]),
        "meeting.promised": and_join(promised),
        "meeting.advice": and_join(advised(interview)),
    }
    values.update({f"meeting.starred_{number}": text for number, text in enumerate(said[:3], start=1)})
    return values
