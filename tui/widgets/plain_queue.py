"""What is owed today as plain lines or JSON, for prompts, cron and screen readers."""

from __future__ import annotations

from tui.domain.inert import one_line
from tui.domain.queue import Entry
from tui.services.desk import Desk
from tui.widgets import wording


def line(desk: Desk, entry: Entry) -> str:
    """Return one entry as a line: when, what and whom, where they work, why."""
    one = entry.follow_up
    contact = desk.book.contact(one.contact_id)
    parts = [
        wording.when(entry, desk.time.now(), desk.time.calendar),
        wording.what(one, contact),
        wording.work(contact),
        wording.why(one, desk.book.contact(one.about_id)),
    ]
    return " · ".join(one_line(part) for part in parts if part)


def as_json(desk: Desk, entry: Entry) -> dict[str, str | None]:
    """Return one entry for a program: `due` is a date, or an instant if it has a time."""
    one = entry.follow_up
    contact = desk.book.contact(one.contact_id)
    day = desk.time.calendar.day_of(one.due)
    return {
        "id": one.id,
        "kind": one.kind.value,
        "section": entry.section.value,
        "due": one.due.isoformat() if one.timed else day.isoformat(),
        "what": wording.what(one, contact),
        "contact": contact.name if contact else None,
        "phone": contact.phone if contact else None,
        "email": contact.email if contact else None,
        "why": wording.why(one, desk.book.contact(one.about_id)),
    }
