"""A person in text: fields, the whole history in one timeline, who named whom."""

from __future__ import annotations

from datetime import datetime

from tui.domain.records import Attempt, Contact, FollowUp, Interview
from tui.services.desk import Desk
from tui.widgets import wording
from tui.widgets.panel import Part


def summary(desk: Desk, contact: Contact) -> list[Part]:
    """Return a contact's fields, next step and history, newest first."""
    parts: list[Part] = [(contact.name, "bold"), "\n", *fields(desk, contact)]
    parts += [*timeline(desk, contact)]
    return parts


def fields(desk: Desk, contact: Contact) -> list[Part]:
    """Return the fields that are filled, a line each, with the stage and who named whom."""
    book = desk.book
    referrer = book.contact(contact.referrer_id)
    named = book.referred_by(contact.id)
    stage = wording.STAGE[desk.address_book.stage(contact.id)]
    source = f"named by {referrer.name}" if referrer else wording.SOURCE[contact.source]
    lines = [
        ("", wording.work(contact)),
        ("who", f"{contact.kind.replace('_', ' ')}: {wording.KIND[contact.kind]}"),
        ("phone", contact.phone),
        ("email", contact.email),
        ("zone", contact.zone or "unknown"),
        ("source", source),
        ("named", ", ".join(one.name for one in named)),
        ("stage", stage),
        ("next", next_step(desk, contact) or "nothing in the queue: f adds something"),
        ("notes", contact.notes),
    ]
    parts: list[Part] = []
    for label, text in lines:
        if text:
            parts += [(f"{label:<8}", "$text-muted"), text, "\n"] if label else [text, "\n"]
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
    events: list[tuple[datetime, str, list[str]]] = [
        (contact.created_at, f"{wording.moment(contact.created_at, now, calendar)} · added", [])
    ]
    for attempt in desk.book.of_contact(Attempt, contact.id):
        line = wording.attempt_line(attempt, now, calendar)
        events.append((attempt.at, line, [attempt.note] if attempt.note else []))
    for interview in desk.book.of_contact(Interview, contact.id):
        began = interview.countdown.started_at or interview.at
        events.append((began, wording.meeting_line(interview, now, calendar), answers(interview)))
    for owed in desk.book.of_contact(FollowUp, contact.id):
        if owed.done_at is not None and not owed.dropped and not owed.attempt_id:
            words = f"{wording.FOLLOW_UP_KIND[owed.kind]} done"
            line = f"{wording.moment(owed.done_at, now, calendar)} · {words}"
            events.append((owed.done_at, line, [text for text in (owed.note, owed.body) if text]))
    parts: list[Part] = ["\n", ("History", "bold"), "\n"]
    for _, line, texts in sorted(events, key=lambda one: one[0], reverse=True):
        parts += [line, "\n"]
        for text in texts:
            parts.append(("".join(f"    {one}\n" for one in text.splitlines()), "$text-muted"))
    return parts


def answers(interview: Interview) -> list[str]:
    """Return what was asked and answered, and what was learned, as paragraphs."""
    texts: list[str] = []
    for question in interview.checklist:
        note = interview.notes.get(question.id, "").strip()
        if note:
            texts.append(f"{'★ ' if question.starred else ''}{question.ask}\n{note}")
    general = interview.notes.get("", "").strip()
    learned = interview.debrief.learned.strip()
    return [*texts, *([general] if general else []), *([f"Learned: {learned}"] if learned else [])]
