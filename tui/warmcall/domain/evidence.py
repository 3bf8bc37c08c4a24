"""What the records of a meeting give a message: answers, people named, promises, advice."""

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
from warmcall.domain.when import When

MODE_PHRASES = {Mode.PHONE: "by phone", Mode.VIDEO: "by video", Mode.IN_PERSON: "in person"}


def long_date(moment: datetime | When, calendar: Calendar) -> str:
    """Return the user's date at `moment`, such as "Tuesday 24 November"."""
    day = calendar.day_of(moment)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def and_join(parts: Sequence[str]) -> str:
    """Return `parts` as one would say them: "Ana", "Ana and Tom", "Ana, Tom and Mei"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def starred_answers(interview: Interview) -> list[str]:
    """Return the notes under the starred questions, in order, each on one line without a full stop."""
    starred_ids = (question.id for question in interview.checklist if question.starred)
    answers = [without_minutes(interview.notes.get(id_, "")) for id_ in starred_ids]
    return [" ".join(answer.split()).rstrip(".") for answer in answers if answer.strip()]


def all_notes(interview: Interview) -> list[str]:
    """Return all notes of an interview, in order, each on one line."""
    answers = [
        *(interview.notes.get(question.id, "") for question in interview.checklist),
        interview.notes.get("", ""),
    ]
    return [" ".join(answer.split()) for answer in answers if answer.strip()]


def resume_advice(interview: Interview) -> list[str]:
    """Return the advice on the resume, in order, each piece on one line without a full stop."""
    captured = (capture.what for capture in interview.captured if capture.kind is CaptureKind.RESUME)
    return [" ".join(advice.split()).rstrip(".") for advice in captured if advice.strip()]


def meeting_reason(interview: Interview | None, follow_ups: Sequence[FollowUp]) -> str:
    """Return the reason for a check-in that the meeting gives, empty if it gives none.

    It is the advice on the resume that was followed, else that they keep the user on file. `follow_ups`
    are those of the same contact.
    """
    if interview is None:
        return ""
    followed = [
        advice
        for advice in resume_advice(interview)
        for follow_up in follow_ups
        if follow_up.interview_id == interview.id
        and follow_up.note == resume_task(advice)
        and follow_up.done_at
        and not follow_up.dropped
    ]
    if followed:
        return f"I've taken your advice on my resume: {and_join(followed)}"
    if any(capture.kind is CaptureKind.ON_FILE for capture in interview.captured):
        return "you said you would keep me on file, and I'd like to keep you up to date"
    return ""


RESUME_TASK = "mend the resume"
"""How the note of that follow-up begins, by which it is recognized again."""


def resume_task(advice: str) -> str:
    """Return the note of the follow-up that `advice` on the resume leads to."""
    return f"{RESUME_TASK}: {' '.join(advice.split()).rstrip('.')}"


def research_lines(organization: str, research: str) -> list[str]:
    """Return the lines of `research` that name `organization`, in order; none without an organization."""
    name = " ".join(organization.casefold().split())
    if not name:
        return []
    lines = (" ".join(line.split()) for line in research.splitlines())
    return [line for line in lines if name in line.casefold()]


def meeting_values(
    interview: Interview | None,
    named: Sequence[Contact],
    follow_ups: Sequence[FollowUp],
    calendar: Calendar,
    their_zone: tzinfo | None = None,
) -> dict[str, str]:
    """Return the values of a meeting for templates, by placeholder; none without a meeting.

    `named` are the people they named, `follow_ups` those of the same contact. Day and hour are in
    `their_zone` if it is known, since the contact reads them.
    """
    if interview is None:
        return {}
    promised = [
        follow_up.note
        for follow_up in follow_ups
        if follow_up.kind is FollowUpKind.PROMISE
        and follow_up.interview_id == interview.id
        and not follow_up.waiting
    ]
    began = interview.began_at
    theirs = msgspec.structs.replace(calendar, zone=their_zone or calendar.zone)
    local = theirs.local(began)
    differs = local.utcoffset() != calendar.local(began).utcoffset()
    values = {
        "meeting.weekday": WEEKDAYS[local.weekday()],
        "meeting.date": long_date(began, theirs),
        "meeting.time": f"{local:%H:%M}{' your time' if differs else ''}",
        "meeting.how": MODE_PHRASES[interview.mode],
        "meeting.place": interview.place,
        "meeting.minutes": spelled(interview.countdown.minutes),
        "meeting.named": and_join([contact.name for contact in named]),
        "meeting.promised": and_join(promised),
        "meeting.advice": and_join(resume_advice(interview)),
    }
    values.update(
        {
            f"meeting.starred_{number}": text
            for number, text in enumerate(starred_answers(interview)[:3], start=1)
        }
    )
    return values
