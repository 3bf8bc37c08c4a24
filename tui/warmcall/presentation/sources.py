"""Where names come from, in words: what was tried, what it gave, and what to do next."""

from __future__ import annotations

from datetime import date

from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import Stage
from warmcall.presentation.counts import counted
from warmcall.presentation.wording import STAGE, plain_day, short_name
from warmcall.services.services import Services
from warmcall.services.sources import SourceState, Tried
from warmcall.widgets.rich_text import RichPart

COUNT_CELLS = 6
"""The width of a column of numbers, which stand at its right."""

COUNTED = tuple(f"{what:>{COUNT_CELLS}}" for what in ("people", "asked", "agreed", "met"))
"""The names of the columns of numbers."""

TRIED_SHOWN = 3
"""How many of the things tried are listed; the others are counted."""


def gave(state: SourceState) -> str:
    """Return what a way gave: "5 people: 5 asked, 4 agreed, 3 met", "nobody yet"."""
    if not state.people:
        return "nobody yet"
    people = counted(state.people, "person", "people")
    counts = ((state.asked, "asked"), (state.agreed, "agreed"), (state.met, "met"))
    done = ", ".join(f"{count:,} {what}" for count, what in counts if count)
    return f"{people}: {done}" if done else f"{people}, not asked yet"


def tried_words(tried: Tried, day: date, today: date) -> str:
    """Return something tried after its day: "Mon 30 Nov, asked a professor", "today, wrote to Dana"."""
    reader = one_line(short_name(tried.reader)) if tried.reader else "somebody"
    what = one_line(tried.what) if tried.note_id else f"wrote to {reader}"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{'today' if day == today else f'{plain_day(day)}{year}'}, {what}"


def row_cells(services: Services, state: SourceState) -> tuple[RichPart, ...]:
    """Return one row: the way, how many people it gave, were asked, agreed and were met, and the last try."""
    last = _tried(services, state)[:1]
    counts = (state.people, state.asked, state.agreed, state.met)
    return (
        one_line(state.advice.name),
        *((f"{count or '–':>{COUNT_CELLS}}", "" if count else "$muted") for count in counts),
        "",
        (last[0] if last else "not yet", "$muted"),
    )


def detail(services: Services, state: SourceState) -> list[RichPart]:
    """Return what stands below the list, or beside it: what to do next, what was tried, who came of it."""
    name = one_line(state.advice.name)
    parts: list[RichPart] = [(f"{name[:1].upper()}{name[1:]}", "bold"), f" · {gave(state)}\n"]
    parts += [("Next   ", "$muted"), one_line(state.next), "\n"]
    tried = _tried(services, state)
    more = len(tried) - TRIED_SHOWN
    shown = "; ".join(tried[:TRIED_SHOWN]) + (f"; and {more} times before" if more > 0 else "")
    parts += [("Tried  ", "$muted"), shown or "not yet", "\n"]
    if state.newest:
        people = ", ".join(
            f"{one_line(short_name(person))} ({_stage(services.address_book.stage(person.id))})"
            for person in state.newest
        )
        others = state.people - len(state.newest)
        parts += [("Gave   ", "$muted"), people + (f" and {others:,} more" if others > 0 else "")]
    return parts


def head(services: Services) -> str:
    """Return what stands above the list: the job aimed at, and how many ways were tried."""
    states = services.sources.states()
    used = sum(1 for state in states if state.tried or state.people)
    target = services.store.target
    role = one_line(target.role) if target else ""
    return " · ".join(filter(None, ["Where names come from", role, f"{used} of {len(states)} ways used"]))


def as_text(services: Services, state: SourceState) -> str:
    """Return one way as plain text, to be copied."""
    parts = detail(services, state)
    return "".join(part if isinstance(part, str) else part[0] for part in parts).strip()


def _stage(stage: Stage) -> str:
    return STAGE[stage]


def _tried(services: Services, state: SourceState) -> list[str]:
    calendar = services.time.calendar
    today = calendar.day_of(services.time.now())
    return [tried_words(tried, calendar.day_of(tried.at), today) for tried in state.tried]
