"""Contacts, history and answers of everyone as one document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tui.domain.records import Attempt, Contact, FollowUp, Interview
from tui.domain.vocabulary import QuestionState
from tui.exchange.markdown import Document, Item, Mark, Section, lines_in
from tui.services.desk import Desk
from tui.widgets import wording


def everything(desk: Desk) -> Document:
    """Return the document, people by name; practised interviews are left out."""
    people = desk.address_book.find("")
    count = f"{len(people)} contact{'' if len(people) == 1 else 's'}, written {_stamp(desk, desk.time.now())}"
    sections = [section for contact in people for section in _person(desk, contact)]
    return Document("warmcall", (count,), (*_aim(desk), *sections))


def _aim(desk: Desk) -> Iterator[Section]:
    target = desk.book.target
    if target is None:
        return
    fields = [("Role", target.role), ("Industry", target.industry), ("Place", target.place)]
    items = [Item(f"{label}: {text}", Mark.POINT) for label, text in fields if text.strip()]
    for label, text in (("Why", target.why), ("Research", target.research)):
        if text.strip():
            items.append(Item(label, Mark.POINT, lines_in(text)))
    if items:
        yield Section("Target", tuple(items))


def _person(desk: Desk, contact: Contact) -> Iterator[Section]:
    yield Section(contact.name, tuple(_fields(desk, contact)))
    history = [item for _, item in sorted(_history(desk, contact), key=lambda one: one[0])]
    if history:
        yield Section("History", tuple(history), level=3)
    owed = [one for one in desk.book.of_contact(FollowUp, contact.id) if one.done_at is None]
    if owed:
        in_order = sorted(owed, key=lambda one: one.due)
        yield Section("To do", tuple(_follow_up(desk, one, one.due) for one in in_order), level=3)
    for meeting in sorted(_meetings(desk, contact), key=lambda one: one.at):
        answers = tuple(_answers(meeting))
        if answers:
            yield Section(f"Answers, {_stamp(desk, _began(meeting))}", answers, level=3)


def _fields(desk: Desk, contact: Contact) -> Iterator[Item]:
    referrer = desk.book.contact(contact.referrer_id)
    fields = [
        ("Kind", contact.kind.replace("_", " ")),
        ("Title", contact.title),
        ("Organization", contact.organization),
        ("Phone", contact.phone),
        ("Email", contact.email),
        ("Zone", contact.zone),
        ("Source", f"named by {referrer.name}" if referrer else wording.SOURCE[contact.source]),
        ("Stage", wording.STAGE[desk.address_book.stage(contact.id)]),
    ]
    for label, text in fields:
        if text.strip():
            yield Item(f"{label}: {text}", Mark.POINT)
    if contact.notes.strip():
        yield Item("Notes", Mark.POINT, lines_in(contact.notes))


def _history(desk: Desk, contact: Contact) -> Iterator[tuple[datetime, Item]]:
    yield contact.created_at, Item(f"{_stamp(desk, contact.created_at)} · added", Mark.POINT)
    for attempt in desk.book.of_contact(Attempt, contact.id):
        outcome = wording.OUTCOME[attempt.outcome] if attempt.outcome else "under way"
        words = f"{_stamp(desk, attempt.at)} · {wording.CHANNEL[attempt.channel]}: {outcome}"
        more = (*lines_in(attempt.note), *lines_in(attempt.subject), *lines_in(attempt.body))
        yield attempt.at, Item(words, Mark.POINT, more)
    for meeting in _meetings(desk, contact):
        began = _began(meeting)
        state = "cancelled" if meeting.cancelled else "planned"
        if meeting.ended_at is not None:
            state = f"took {wording.clock_words(meeting.countdown.spent(meeting.ended_at))}"
        elif meeting.countdown.going:
            state = "under way"
        words = f"{_stamp(desk, began)} · interview {wording.MODE[meeting.mode]}, {state}"
        yield began, Item(words, Mark.POINT, lines_in(meeting.place))
    for one in desk.book.of_contact(FollowUp, contact.id):
        if one.done_at is not None and not one.dropped:
            yield one.done_at, _follow_up(desk, one, one.done_at, " done")


def _follow_up(desk: Desk, one: FollowUp, at: datetime, done: str = "") -> Item:
    words = f"{_stamp(desk, at)} · {wording.FOLLOW_UP_KIND[one.kind]}{done}"
    return Item(words, Mark.POINT, tuple(line for text in (one.note, one.body) for line in lines_in(text)))


def _answers(meeting: Interview) -> Iterator[Item]:
    """Yield what was asked or answered, what was noted besides, and the debrief."""
    for question in meeting.checklist:
        note = lines_in(meeting.notes.get(question.id, ""))
        if note or question.state is QuestionState.ASKED:
            yield Item(f"{'★ ' if question.starred else ''}{question.ask}", Mark.POINT, note)
    told = meeting.debrief
    for label, text in (
        ("General notes", meeting.notes.get("", "")),
        ("Learned", told.learned),
        ("What it changes", told.changes),
        ("Whom to talk to next", told.next),
        ("Fit", f"{told.fit} of 5" if told.fit else ""),
        ("Confidence", f"{told.confidence} of 5" if told.confidence else ""),
    ):
        if text.strip():
            yield Item(label, Mark.POINT, lines_in(text))


def _meetings(desk: Desk, contact: Contact) -> list[Interview]:
    return [one for one in desk.book.of_contact(Interview, contact.id) if not one.practice]


def _began(meeting: Interview) -> datetime:
    return meeting.countdown.started_at or meeting.at


def _stamp(desk: Desk, at: datetime) -> str:
    """Return an instant as it can be read in any year: "2026-11-23 14:00"."""
    return f"{desk.time.calendar.local(at):%Y-%m-%d %H:%M}"
