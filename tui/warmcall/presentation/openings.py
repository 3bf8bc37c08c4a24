"""Openings heard of, and resumes on file, in words."""

from __future__ import annotations

from warmcall.domain.records import Opening
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import OpeningEnd
from warmcall.presentation import wording
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart

END = {
    OpeningEnd.OPEN: "open",
    OpeningEnd.APPLIED: "applied",
    OpeningEnd.NOT_FOR_ME: "not for me",
    OpeningEnd.GONE: "gone",
}
"""What became of one."""


def name_of(opening: Opening) -> str:
    """Return what it is: "resume on file", or the job."""
    if opening.on_file:
        return "resume on file"
    return one_line(opening.what) or "an opening"


def row_cells(services: Services, opening: Opening) -> tuple[RichPart, ...]:
    """Return one row: what, where, heard from whom, when, and what became of it or when to write."""
    told = services.store.contact(opening.contact_id)
    today = services.time.calendar.day_of(services.time.now())
    return (
        name_of(opening),
        (one_line(opening.organization), "$muted"),
        told.name if told is not None else "",
        (wording.short_day(opening.heard_on, today), "$muted"),
        state(services, opening),
    )


def whole(services: Services, opening: Opening) -> list[RichPart]:
    """Return all that is recorded of it: what, where, who said so and when, what became of it, a note."""
    told = services.store.contact(opening.contact_id)
    calendar = services.time.calendar
    today = calendar.day_of(services.time.now())
    what = ", ".join(filter(None, ("resume on file" if opening.on_file else "", one_line(opening.what))))
    what = what or name_of(opening)
    where = f" at {one_line(opening.organization)}" if opening.organization.strip() else ""
    by = f"{one_line(told.name)}, " if told is not None else ""
    heard = f"{by}{wording.day(opening.heard_on, today)} · {state(services, opening)}"
    parts: list[RichPart] = [(f"{what}{where}", "bold"), f"\n{heard}"]
    return [*parts, f"\n{opening.note.strip()}"] if opening.note.strip() else parts


def fact(services: Services, opening: Opening) -> tuple[str, str]:
    """Return it as a line on the page of whoever told of it: "resume", "on file, 24 Nov · write 24 Feb"."""
    label, what = ("resume", "on file") if opening.on_file else ("job", name_of(opening))
    today = services.time.calendar.day_of(services.time.now())
    return label, f"{what}, {wording.short_day(opening.heard_on, today)} · {state(services, opening)}"


def heard_there(services: Services, opening: Opening) -> str:
    """Return it in a line for where it is: "Buyer, from Mei Tanaka, 3 Nov · write 3 Feb"."""
    told = services.store.contact(opening.contact_id)
    today = services.time.calendar.day_of(services.time.now())
    by = f"from {one_line(told.name)}" if told is not None else ""
    said = ", ".join(filter(None, (name_of(opening), by, wording.short_day(opening.heard_on, today))))
    return f"{said} · {state(services, opening)}"


def state(services: Services, opening: Opening) -> str:
    """Return what became of an opening; of one that is open when a letter about it is due, or was sent."""
    if opening.closed is not OpeningEnd.OPEN:
        return END[opening.closed]
    letter, calendar = services.openings.check_in(opening), services.time.calendar
    if letter is None:
        return END[OpeningEnd.OPEN]
    today = calendar.day_of(services.time.now())
    if letter.done_at is not None:
        return f"wrote {wording.short_day(calendar.day_of(letter.done_at), today)}"
    return f"write {wording.short_day(calendar.day_of(letter.due), today)}"
