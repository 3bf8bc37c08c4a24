"""What the records of a meeting give a message: answers, people named, promises, advice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo

import msgspec

from warmcall.domain.acquaintance import day_in_words
from warmcall.domain.business_days import Calendar
from warmcall.domain.day_names import MONTHS, WEEKDAYS
from warmcall.domain.minute_marks import without_minutes
from warmcall.domain.names import GAP_SIGNS, written_name
from warmcall.domain.number_words import spelled
from warmcall.domain.promises import as_thing
from warmcall.domain.records import Contact, FollowUp, Interview, Opening
from warmcall.domain.templates import recast
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind, Mode
from warmcall.domain.when import When

DAYS_IN_WEEK = 7

DIGITS_IN_NUMBER = 5
"""Words with fewer figures are no telephone number."""

MINUTES_NEAR = 3
"""So many minutes more or less are still the time agreed, as one would say it."""

SHORTEST_MEETING = 5
"""A countdown that ran for fewer minutes did not measure the meeting."""

_WHERE = {Mode.VIDEO: "link", Mode.IN_PERSON: "place"}
"""What the place of a meeting is, by how it is held."""

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


def meeting_reason(
    interview: Interview | None, follow_ups: Sequence[FollowUp], openings: Sequence[Opening] = ()
) -> str:
    """Return the reason for a check-in that the meeting gives, empty if it gives none.

    It is the advice on the resume that was followed, else that they keep the user on file. `follow_ups`
    and `openings` are those of the same contact.
    """
    if interview is None:
        return ""
    tasks = {task(advice) for advice in resume_advice(interview) for task in (resume_task, _old_resume_task)}
    followed = any(
        follow_up.interview_id == interview.id
        and follow_up.note in tasks
        and follow_up.done_at
        and not follow_up.dropped
        for follow_up in follow_ups
    )
    if followed:
        return RESUME_CHANGED
    return ON_FILE if kept_on_file(interview, openings) else ""


def kept_on_file(interview: Interview, openings: Iterable[Opening]) -> bool:
    """Return whether they said that they keep the user on file, and none of `openings` came of the meeting.

    An opening, or a resume on file, has a letter of its own; only earlier versions recorded none.
    """
    return any(capture.kind is CaptureKind.ON_FILE for capture in interview.captured) and not any(
        opening.interview_id == interview.id for opening in openings
    )


RESUME_CHANGED = "I've changed my resume as you advised"
ON_FILE = "You said you'd keep me on file, and I'd like to keep you up to date"
"""Two reasons to write again, as sentences without a full stop."""

_RESUME_TASK = "what they advised for my resume"
_OLD_RESUME_TASK = "mend the resume"


def resume_task(advice: str) -> str:
    """Return the note of the follow-up that `advice` on the resume leads to."""
    return f"{_RESUME_TASK}: {' '.join(advice.split()).rstrip('.')}"


def _old_resume_task(advice: str) -> str:
    """Return the note that earlier versions wrote for the same."""
    return f"{_OLD_RESUME_TASK}: {' '.join(advice.split()).rstrip('.')}"


def is_resume_task(note: str) -> bool:
    """Return whether a follow-up's note is one that advice on the resume led to, of any version."""
    return note.strip().casefold().startswith((_RESUME_TASK, _OLD_RESUME_TASK))


def research_lines(organization: str, research: str) -> list[str]:
    """Return the lines of `research` that name `organization`, in order; none without an organization."""
    name = " ".join(organization.casefold().split())
    if not name:
        return []
    lines = (" ".join(line.split()) for line in research.splitlines())
    return [line for line in lines if name in line.casefold()]


def day_phrase(day: date, today: date) -> str:
    """Return a day as a letter written `today` says it: "today", "on Tuesday", "on Tuesday 3 November".

    The weekday alone is used within the week, so that no reader can take it for another one.
    """
    if day == today:
        return "today"
    weekday = f"on {WEEKDAYS[day.weekday()]}"
    return (
        weekday if abs((day - today).days) < DAYS_IN_WEEK else f"{weekday} {day.day} {MONTHS[day.month - 1]}"
    )


def meeting_values(
    interview: Interview | None,
    named: Sequence[Contact],
    follow_ups: Sequence[FollowUp],
    calendar: Calendar,
    now: datetime,
    their_zone: tzinfo | None = None,
    phone: str = "",
) -> dict[str, str]:
    """Return the values of a meeting with the reader for templates, by placeholder; none without a meeting.

    `named` are the people they named, `follow_ups` those of the same contact. Day and hour are in
    `their_zone` if it is known, since the contact reads them; `phone` is the contact's. What they said, and
    what was promised in words that are no thing, stands in a gap to be recast.
    """
    if interview is None:
        return {}
    promised = [
        as_thing(follow_up.note) or recast(follow_up.note, "say what you promised")
        for follow_up in follow_ups
        if follow_up.kind is FollowUpKind.PROMISE
        and follow_up.interview_id == interview.id
        and follow_up.done_at is None
        and not follow_up.waiting
        and follow_up.note.strip()
    ]
    began = interview.began_at
    theirs = msgspec.structs.replace(calendar, zone=their_zone or calendar.zone)
    local = theirs.local(began)
    differs = local.utcoffset() != calendar.local(began).utcoffset()
    values = {
        "meeting.when": day_phrase(local.date(), theirs.day_of(now)),
        "meeting.weekday": WEEKDAYS[local.weekday()],
        "meeting.date": long_date(began, theirs),
        "meeting.time": f"{local:%H:%M}{' your time' if differs else ''}",
        "meeting.how": MODE_PHRASES[interview.mode],
        "meeting.place": interview.place.translate(GAP_SIGNS),
        "meeting.where": _where(interview, phone),
        "meeting.minutes": spelled(_minutes_given(interview)),
        "meeting.named": and_join([written_name(contact.name) for contact in named]),
        "meeting.promised": and_join(promised),
        "meeting.advice": recast(and_join(resume_advice(interview))),
        "met.when": day_in_words(began, now, theirs),
        "met.month": MONTHS[local.month - 1],
    }
    starred = enumerate(starred_answers(interview)[:3], start=1)
    return values | {f"meeting.starred_{number}": recast(text) for number, text in starred}


def _minutes_given(interview: Interview) -> int:
    """Return the minutes of a meeting: those agreed, or those it took where it took clearly more or less."""
    agreed = interview.countdown.minutes + interview.countdown.extended
    if interview.ended_at is None:
        return agreed
    took = round(interview.countdown.spent(interview.ended_at).total_seconds() / 60)
    return took if took >= SHORTEST_MEETING and abs(took - agreed) > MINUTES_NEAR else agreed


def _where(interview: Interview, phone: str) -> str:
    """Return where a meeting is, as a sentence without its full stop; empty if that is not known.

    By phone it is the number written down for it, else the contact's `phone`; any other words are a note.
    """
    place = interview.place.translate(GAP_SIGNS).strip()
    if interview.mode is not Mode.PHONE:
        return f"The {_WHERE[interview.mode]} I have is {place}" if place else ""
    number = place if sum(sign.isdigit() for sign in place) >= DIGITS_IN_NUMBER else ""
    if number:
        return f"The number I have is {number}"
    return f"I'll call you on {phone.translate(GAP_SIGNS).strip()}" if phone.strip() and not place else ""


def closing_of_promise(met: bool, coming: str, minutes: str) -> str:
    """Return how a letter that keeps a promise ends, as a sentence without its full stop.

    `met` says whether they have given their time already, `coming` when the meeting with them is, as a letter
    says it, empty if none is planned; `minutes` is the time asked for, in words.
    """
    if coming:
        return f"I look forward to our talk {coming}"
    if met:
        return (
            "I hope it's useful. There's no need to answer, but if something in it doesn't look right "
            "to you, I'd be glad to know"
        )
    return f"Once you've had a look, could we talk for {minutes} minutes? Any day next week suits me"


def about_meeting_values(
    interview: Interview | None, calendar: Calendar, now: datetime, their_zone: tzinfo | None = None
) -> dict[str, str]:
    """Return when the user met the person a letter is about, and for how long; nothing of what was said.

    `their_zone` is the reader's.
    """
    if interview is None:
        return {}
    theirs = msgspec.structs.replace(calendar, zone=their_zone or calendar.zone)
    day = theirs.local(interview.began_at).date()
    return {
        "about.when": day_phrase(day, theirs.day_of(now)),
        "about.weekday": WEEKDAYS[day.weekday()],
        "about.minutes": spelled(interview.countdown.minutes),
    }
