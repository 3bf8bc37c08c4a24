"""The target, and fields, history and answers of all contacts, as one document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from warmcall.domain.queue import due_order
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview, Opening
from warmcall.domain.vocabulary import QuestionState
from warmcall.domain.when import When
from warmcall.formats.documents import Document, DocumentSection, Item, Mark, lines_in
from warmcall.presentation import countdown, wording
from warmcall.presentation.counts import counted
from warmcall.presentation.openings import END as OPENING_END
from warmcall.services.services import Services


def full_record(services: Services) -> Document:
    """Return the document, people by name, without practice interviews."""
    people = services.search.people("")
    written_at = _stamp(services, services.time.now())
    count = f"{counted(len(people), 'contact')}, written {written_at}"
    sections = [section for contact in people for section in _person(services, contact)]
    return Document("warmcall", (count,), (*_target(services), *sections))


def _target(services: Services) -> Iterator[DocumentSection]:
    target = services.store.target
    if target is None:
        return
    fields = [("Role", target.role), ("Industry", target.industry), ("Place", target.place)]
    items = [Item(f"{label}: {text}", Mark.POINT) for label, text in fields if text.strip()]
    for label, text in (("Why", target.why), ("Research", target.research)):
        if text.strip():
            items.append(Item(label, Mark.POINT, lines_in(text)))
    if items:
        yield DocumentSection("Target", tuple(items))


def _person(services: Services, contact: Contact) -> Iterator[DocumentSection]:
    yield DocumentSection(contact.name, tuple(_fields(services, contact)))
    history = [item for _, item in sorted(_history(services, contact), key=lambda item: item[0])]
    if history:
        yield DocumentSection("History", tuple(history), level=3)
    heard = tuple(_opening(found) for found in services.openings.of_contact(contact.id))
    if heard:
        yield DocumentSection("Openings", heard, level=3)
    owed = [
        follow_up
        for follow_up in services.store.of_contact(FollowUp, contact.id)
        if follow_up.done_at is None
    ]
    if owed:
        in_order = sorted(owed, key=lambda follow_up: due_order(follow_up, services.time.calendar))
        yield DocumentSection(
            "To do", tuple(_follow_up(services, follow_up, follow_up.due) for follow_up in in_order), level=3
        )
    for meeting in sorted(_meetings(services, contact), key=lambda interview: interview.at):
        answers = tuple(_answers(meeting))
        if answers:
            yield DocumentSection(f"Answers, {_stamp(services, meeting.began_at)}", answers, level=3)


def field_texts(services: Services, contact: Contact) -> list[tuple[str, str]]:
    """Return what is known of a contact, each text after its label; those without a text are left out."""
    referrer = services.store.contact(contact.referrer_id)
    fields = [
        ("Goes by", contact.goes_by),
        ("Kind", contact.kind.replace("_", " ")),
        ("Title", contact.title),
        ("Organization", contact.organization),
        ("Phone", contact.phone),
        ("Email", contact.email),
        ("Zone", contact.zone),
        ("Source", f"named by {referrer.name}" if referrer else wording.SOURCE[contact.source]),
        ("Found", contact.found),
        ("Connected on", contact.connected_on.isoformat() if contact.connected_on else ""),
        ("Why", contact.why),
        ("Stage", wording.STAGE[services.address_book.stage(contact.id)]),
    ]
    return [(label, text) for label, text in fields if text.strip()]


def _fields(services: Services, contact: Contact) -> Iterator[Item]:
    for label, text in field_texts(services, contact):
        yield Item(f"{label}: {text}", Mark.POINT)
    if contact.notes.strip():
        yield Item("Notes", Mark.POINT, lines_in(contact.notes))


def _history(services: Services, contact: Contact) -> Iterator[tuple[datetime, Item]]:
    yield contact.created_at, Item(f"{_stamp(services, contact.created_at)} · added", Mark.POINT)
    for attempt in services.store.of_contact(Attempt, contact.id):
        words = f"{_stamp(services, attempt.at)} · {wording.attempt_words(attempt)}"
        more = (*lines_in(attempt.note), *lines_in(attempt.subject), *lines_in(attempt.body))
        yield attempt.at, Item(words, Mark.POINT, more)
    for meeting in _meetings(services, contact):
        state = "cancelled" if meeting.cancelled else "planned"
        if meeting.ended_at is not None:
            state = f"took {countdown.clock_words(meeting.countdown.spent(meeting.ended_at))}"
        elif meeting.countdown.going:
            state = "under way"
        words = f"{_stamp(services, meeting.began_at)} · interview {wording.MODE[meeting.mode]}, {state}"
        yield meeting.began_at, Item(words, Mark.POINT, lines_in(meeting.place))
    for follow_up in services.store.of_contact(FollowUp, contact.id):
        if follow_up.done_at is not None and not follow_up.dropped:
            yield follow_up.done_at, _follow_up(services, follow_up, follow_up.done_at, ": done")


def _follow_up(services: Services, follow_up: FollowUp, at: datetime | When, done: str = "") -> Item:
    words = f"{_stamp(services, at)} · {wording.FOLLOW_UP_KIND[follow_up.kind]}{done}"
    if follow_up.introduction:
        words = f"{words}, introduction {follow_up.introduction.replace('_', ' ')}"
    return Item(
        words, Mark.POINT, tuple(line for text in (follow_up.note, follow_up.body) for line in lines_in(text))
    )


def _opening(heard: Opening) -> Item:
    """Return an opening: the day, the job or the resume on file, where, and what became of it."""
    what = "resume on file" if heard.on_file else ""
    where = f"at {heard.organization}" if heard.organization.strip() else ""
    closed = f"{OPENING_END[heard.closed]} {heard.closed_on}" if heard.closed_on else ""
    said = ", ".join(filter(None, (what, heard.what.strip()))) or "an opening"
    words = ", ".join(filter(None, (f"{said} {where}".strip(), closed)))
    return Item(f"{heard.heard_on} · {words}", Mark.POINT, lines_in(heard.note))


def _answers(meeting: Interview) -> Iterator[Item]:
    """Yield what was asked or answered, the general notes, and the debrief."""
    for question in meeting.checklist:
        note = lines_in(meeting.notes.get(question.id, ""))
        if note or question.state is QuestionState.ASKED:
            yield Item(f"{'★ ' if question.starred else ''}{question.ask}", Mark.POINT, note)
    debrief = meeting.debrief
    for label, text in (
        ("General notes", meeting.notes.get("", "")),
        ("Learned", debrief.learned),
        ("What it changes", debrief.changes),
        ("Whom to talk to next", debrief.next),
        ("Fit", f"{debrief.fit} of 5" if debrief.fit else ""),
        ("Confidence", f"{debrief.confidence} of 5" if debrief.confidence else ""),
    ):
        if text.strip():
            yield Item(label, Mark.POINT, lines_in(text))


def _meetings(services: Services, contact: Contact) -> list[Interview]:
    """Return the meetings with `contact` but practice, without what is not to be repeated."""
    return [
        services.answers.repeatable(interview)
        for interview in services.store.of_contact(Interview, contact.id)
        if not interview.practice
    ]


def _stamp(services: Services, at: datetime | When) -> str:
    """Return a moment readable in any year: "2026-11-23 14:00", or "2026-11-23" for a day."""
    instant = at.instant if isinstance(at, When) else at
    return str(at) if instant is None else f"{services.time.calendar.local(instant):%Y-%m-%d %H:%M}"
