"""A person as text: fields, next step, who named whom, and the whole history in one timeline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from warmcall.domain.message import PURPOSE_OF
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import CaptureKind
from warmcall.presentation import wording
from warmcall.presentation.captures import PERMISSION
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart


def summary(services: Services, contact: Contact, with_keys: Callable[[str], str]) -> list[RichPart]:
    """Return a contact's fields, next step and history, newest first.

    `with_keys` puts the user's keys in the place of their ids in a text.
    """
    heading: list[RichPart] = [(one_line(contact.name), "bold"), "\n"]
    return [*heading, *fields(services, contact, with_keys), *timeline(services, contact)]


def fields(services: Services, contact: Contact, with_keys: Callable[[str], str]) -> list[RichPart]:
    """Return the fields that are not empty, a line each, with the stage and who named whom."""
    store = services.store
    referrer = store.contact(contact.referrer_id)
    named = store.referred_by(contact.id)
    stage = wording.STAGE[services.address_book.stage(contact.id)]
    source = wording.SOURCE[contact.source]
    if referrer:
        source = " · ".join(filter(None, [f"named by {referrer.name}", PERMISSION[contact.may_use_name]]))
    if contact.found:
        source = f"{source}: {contact.found}"
    lines = [
        ("", wording.work(contact)),
        ("who", f"{contact.kind.replace('_', ' ')}: {wording.KIND[contact.kind]}"),
        ("called", contact.goes_by),
        ("phone", contact.phone),
        ("email", contact.email),
        ("zone", contact.zone or "unknown"),
        ("source", source),
        ("why", contact.why),
        ("named", ", ".join(contact.name for contact in named)),
        *(
            ("intro", _introduction(services, contact, other))
            for other in services.following_up.introductions.of(contact)
        ),
        ("stage", stage),
        (
            "next",
            next_step(services, contact)
            or with_keys("nothing in the queue: {person.follow_up} adds something"),
        ),
    ]
    parts: list[RichPart] = []
    for label, text in lines:
        if text:
            parts += [(f"{label:<8}", "$muted"), text, "\n"] if label else [text, "\n"]
    if contact.notes.strip():
        parts += ["\n", contact.notes.strip(), "\n"]
    return parts


def _introduction(services: Services, contact: Contact, owed: FollowUp) -> str:
    """Return how far an introduction has come: "to Mei Tanaka: passed on", or "by Priya Raman: asked"."""
    is_asked = owed.contact_id == contact.id
    other = services.store.contact(owed.about_id if is_asked else owed.contact_id)
    name = other.name if other else "somebody"
    return one_line(f"{'to' if is_asked else 'by'} {name}: {owed.introduction.replace('_', ' ')}")


def next_step(services: Services, contact: Contact) -> str:
    """Return the first follow-up of a contact: "call, tomorrow"; empty if there is none."""
    owed = services.address_book.next_step(contact.id)
    if owed is None:
        return ""
    when = wording.due(owed, services.time.now(), services.time.calendar)
    return f"{wording.FOLLOW_UP_KIND[owed.kind]}, {when}"


def timeline(services: Services, contact: Contact) -> list[RichPart]:
    """Return everything that happened with a contact, newest first."""
    now, calendar = services.time.now(), services.time.calendar
    events: list[tuple[datetime, str, list[RichPart]]] = [
        (contact.created_at, f"{wording.moment(contact.created_at, now, calendar)} · added", [])
    ]
    for attempt in services.store.of_contact(Attempt, contact.id):
        line = wording.attempt_line(attempt, now, calendar)
        events.append((attempt.at, line, [f"{text}\n" for text in (attempt.note, attempt.body) if text]))
    for interview in services.store.of_contact(Interview, contact.id):
        line = wording.meeting_line(interview, now, calendar)
        events.append((interview.began_at, line, answers_and_debrief(interview)))
    for owed in services.store.of_contact(FollowUp, contact.id):
        if owed.done_at is not None and not owed.dropped and (owed.kind in PURPOSE_OF or owed.letter):
            what = wording.own_text(owed) if owed.letter else wording.FOLLOW_UP_KIND[owed.kind]
            words = f"{what} {'sent' if owed.body else 'done'}"
            line = f"{wording.moment(owed.done_at, now, calendar)} · {words}"
            texts = ("" if owed.letter else owed.note, owed.subject if owed.body else "", owed.body)
            events.append((owed.done_at, line, [f"{text}\n" for text in texts if text]))
    parts: list[RichPart] = ["\n", ("History", "bold $primary"), "\n"]
    for _, line, details in sorted(events, key=lambda event: event[0], reverse=True):
        parts += [(line, "bold" if details else ""), "\n", *details]
    return parts


_CAPTURE_HEADING = {CaptureKind.RESUME: "Looked at the resume", CaptureKind.ON_FILE: "Keeps you on file"}
"""The captures that are shown with the answers, since they become no record of their own."""


def answers_and_debrief(interview: Interview) -> list[RichPart]:
    """Return what was asked and answered, and what the debrief says of it."""
    debrief = interview.debrief
    return [
        *answers_given(interview),
        *_titled(
            ("Learned", debrief.learned),
            ("Changes to the target", debrief.changes),
            ("Who next", debrief.next),
            ("How it fits", f"{debrief.fit} of 5" if debrief.fit else ""),
            ("How sure of yourself", f"{debrief.confidence} of 5" if debrief.confidence else ""),
        ),
    ]


def answers_given(interview: Interview) -> list[RichPart]:
    """Return what was asked and answered, and what they said about the resume."""
    parts: list[RichPart] = []
    for question in interview.checklist:
        note = interview.notes.get(question.id, "").strip()
        if note:
            parts += [(f"{'★ ' if question.starred else ''}{question.ask}\n", "$muted"), f"{note}\n"]
    parts += _titled(("General notes", interview.notes.get("", "")))
    for capture in interview.captured:
        if capture.kind in _CAPTURE_HEADING:
            parts += [
                (f"{_CAPTURE_HEADING[capture.kind]}\n", "$muted"),
                f"{capture.what}\n" if capture.what.strip() else "",
            ]
    return parts


def _titled(*texts: tuple[str, str]) -> list[RichPart]:
    """Return each text that is not empty under its label."""
    parts: list[RichPart] = []
    for label, text in texts:
        if text.strip():
            parts += [(f"{label}\n", "$muted"), f"{text.strip()}\n"]
    return parts
