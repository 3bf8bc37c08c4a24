"""What is owed today as plain lines or JSON, for prompts, cron and screen readers."""

from __future__ import annotations

from warmcall.domain.queue import QueueEntry
from warmcall.domain.sanitize import one_line
from warmcall.presentation import wording
from warmcall.services.services import Services


def line(services: Services, entry: QueueEntry) -> str:
    """Return one entry as a line: when, what and whom, where they work, why."""
    follow_up = entry.follow_up
    contact = services.store.contact(follow_up.contact_id)
    parts = [
        wording.when(entry, services.time.now(), services.time.calendar),
        wording.what(follow_up, contact),
        wording.work(contact),
        wording.why(follow_up, services.store.contact(follow_up.about_id)),
    ]
    return " · ".join(one_line(part) for part in parts if part)


def as_json(services: Services, entry: QueueEntry) -> dict[str, str | None]:
    """Return one entry for a program: `due` is a date, or an instant if it has a time."""
    follow_up = entry.follow_up
    contact = services.store.contact(follow_up.contact_id)
    day = services.time.calendar.day_of(follow_up.due)
    return {
        "id": follow_up.id,
        "kind": follow_up.kind.value,
        "section": entry.section.value,
        "due": follow_up.due.isoformat() if follow_up.timed else day.isoformat(),
        "what": wording.what(follow_up, contact),
        "contact": contact.name if contact else None,
        "phone": contact.phone if contact else None,
        "email": contact.email if contact else None,
        "why": wording.why(follow_up, services.store.contact(follow_up.about_id)),
    }
