"""Rehearsing: an interview with nobody, at a desk over a book that is thrown away."""

from __future__ import annotations

import msgspec

from tui.domain import rehearsal as rules
from tui.domain.book import Book
from tui.domain.records import AnyRecord, Interview, replace
from tui.domain.vocabulary import Mode
from tui.services.desk import Desk

INTERVIEW_RUNS = "An interview is running: practise when it is over"
"""Why practice is refused: its clock would hide the real one."""

_CARD = (
    "Made up, for practice: four years in the job, came to it from behind a shop counter.\n"
    "Answer for them aloud, or let somebody play them."
)


def rehearsal(desk: Desk) -> tuple[Desk, Interview]:
    """Return a desk of its own with an interview about to begin, on the short clock.

    It knows the profile, the target and the library of `desk`; nothing done at it reaches `desk`.
    """
    now, profile, target = desk.time.now(), desk.book.profile, desk.book.target
    person = replace(desk.practising.person(""), id="practice", notes=_CARD)
    known: list[AnyRecord] = [person]
    if profile is not None:
        known.append(replace(profile, minutes=rules.MINUTES))
    if target is not None:
        known.append(target)
    banks = {id_: rules.quick(bank) for id_, bank in desk.library.banks.items()}
    library = msgspec.structs.replace(desk.library, cadence=rules.short(desk.library.cadence), banks=banks)
    aside = desk.aside(Book(known), library)
    meeting = aside.calling.meeting(person, now, Mode.PHONE, "").interview
    if meeting is None:
        raise LookupError("a meeting has an interview")
    practised = replace(meeting, practice=True)
    aside.history.commit("practice", practised, undoable=False)
    return aside, practised
