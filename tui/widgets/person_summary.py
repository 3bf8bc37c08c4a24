"""A person in text: fields, the whole history in one timeline, who named whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tui.domain.inert import one_line
from tui.domain.message import PURPOSE_OF
from tui.domain.records import Attempt, Contact, FollowUp, Interview
from tui.domain.vocabulary import CaptureKind
from tui.services.desk import Desk
from tui.widgets import wording
from tui.widgets.captured import PERMISSION
from tui.widgets.panel import Part


def summary(desk: Desk, contact: Contact, keyed: Callable[[str], str]) -> list[Part]:
    """Return a contact's fields, next step and history, newest first."""
    parts: list[Part] = [(one_line(contact.name), "bold"), "\n", *fields(desk, contact, keyed)]
    parts += [*timeline(desk, contact)]
    return parts


def fields(desk: Desk, contact: Contact, keyed: Callable[[str], str]) -> list[Part]:
    """Return the fields that are filled, a line each, with the stage and who named whom."""
    book = desk.book
    referrer = book.contact(contact.referrer_id)
    named = book.referred_by(contact.id)
    stage = wording.STAGE[desk.address_book.stage(contact.id)]
    source = wording.SOURCE[contact.source]
    if referrer:
        source = " · ".join(filter(None, [f"named by {referrer.name}", PERMISSION[contact.may_use_name]]))
    lines = [
        ("", wording.work(contact)),
        ("who", f"{contact.kind.replace('_', ' ')}: {wording.KIND[contact.kind]}"),
        ("phone", contact.phone),
        ("email", contact.email),
        ("zone", contact.zone or "unknown"),
        ("source", source),
        ("named", ", ".join(one.name for one in named)),
        ("stage", stage),
        (
            "next",
            next_step(desk, contact) or keyed("nothing in the queue: {person.follow_up} adds something"),
        ),
    ]
    parts: list[Part] = []
    for label, text in lines:
        if text:
            parts += [(f"{label:<8}", "$muted"), text, "\n"] if label else [text, "\n"]
    if contact.notes.strip():
        parts += ["\n", contact.notes.strip(), "\n"]
    return parts


def next_step(desk: Desk, contact: Contact) -> str:
    """Return the first thing owed to a contact: "call, tomorrow"."""
    owed = desk.address_book.next_step(contact.id)
    if owed is None:
        return ""
    when = wording.due(owed, desk.time.now(), desk.time.calendar)
    return f"{wording.FOLLOW_UP_KIND[owed.kind]}, {when}"


def timeline(desk: Desk, contact: Contact) -> list[Part]:
    """Return everything that happened with a contact, newest first."""
    now, calendar = desk.time.now(), desk.time.calendar
    events: list[tuple[datetime, str, list[Part]]] = [
        (contact.created_at, f"{wording.moment(contact.created_at, now, calendar)} · added", [])
    ]
    for attempt in desk.book.of_contact(Attempt, contact.id):
        line = wording.attempt_line(attempt, now, calendar)
        events.append((attempt.at, line, [f"{text}\n" for text in (attempt.note, attempt.body) if text]))
    for interview in desk.book.of_contact(Interview, contact.id):
        began = interview.countdown.started_at or interview.at
        events.append((began, wording.meeting_line(interview, now, calendar), answers(interview)))
    for owed in desk.book.of_contact(FollowUp, contact.id):
        if owed.done_at is not None and not owed.dropped and owed.kind in PURPOSE_OF:
            words = f"{wording.FOLLOW_UP_KIND[owed.kind]} {'sent' if owed.body else 'done'}"
            line = f"{wording.moment(owed.done_at, now, calendar)} · {words}"
            kept = (owed.note, owed.subject if owed.body else "", owed.body)
            events.append((owed.done_at, line, [f"{text}\n" for text in kept if text]))
    parts: list[Part] = ["\n", ("History", "bold $primary"), "\n"]
    for _, line, texts in sorted(events, key=lambda one: one[0], reverse=True):
        parts += [(line, "bold" if texts else ""), "\n", *texts]
    return parts


_KEPT = {CaptureKind.RESUME: "Looked at the resume", CaptureKind.ON_FILE: "Keeps you on file"}
"""What is captured and stays with the interview, with its heading."""


def answers(interview: Interview) -> list[Part]:
    """Return what was asked and answered, and what was learned."""
    told = interview.debrief
    return [
        *said(interview),
        *_titled(("Learned", told.learned), ("Changes to the target", told.changes), ("Who next", told.next)),
    ]


def said(interview: Interview) -> list[Part]:
    """Return what was asked and answered, and what they said of the resume."""
    parts: list[Part] = []
    for question in interview.checklist:
        note = interview.notes.get(question.id, "").strip()
        if note:
            parts += [(f"{'★ ' if question.starred else ''}{question.ask}\n", "$muted"), f"{note}\n"]
    parts += _titled(("General notes", interview.notes.get("", "")))
    for one in interview.captured:
        if one.kind in _KEPT:
            parts += [(f"{_KEPT[one.kind]}\n", "$muted"), f"{one.what}\n" if one.what.strip() else ""]
    return parts


def _titled(*texts: tuple[str, str]) -> list[Part]:
    """Return each text that is not empty under its label."""
    parts: list[Part] = []
    for label, text in texts:
        if text.strip():
            parts += [(f"{label}\n", "$muted"), f"{text.strip()}\n"]
    return parts


def plain(parts: list[Part]) -> str:
    """Return `parts` as plain text."""
    return "".join(one if isinstance(one, str) else one[0] for one in parts).strip()
