"""At most one interview runs at a time: which others run, and what would start a second.

A paused interview waits, and does not run. Two sessions may each have started one before either knew of the
other; that is no error, and the user is asked which goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from warmcall.domain.change import Edit, patched
from warmcall.domain.records import TABLE_OF, Interview, from_document, to_document
from warmcall.domain.store import Store


class Stop(StrEnum):
    """How the interview that runs is stopped, so that another one can run."""

    END = "end"
    PAUSE = "pause"


class AnotherInterviewRuns(Exception):
    """An interview cannot start or go on while another one runs; the text says with whom that is."""


def all_running(store: Store) -> list[Interview]:
    """Return the interviews that run, none of a deleted contact."""
    going = [interview for interview in store.going() if interview.countdown.running]
    return [interview for interview in going if store.contact(interview.contact_id)]


def running_beside(store: Store, interview_id: str) -> list[Interview]:
    """Return the interviews that run besides the one of that id."""
    return [interview for interview in all_running(store) if interview.id != interview_id]


def refuse_second(store: Store, interview_id: str) -> None:
    """Check that the interview of that id would run alone.

    Raises:
        AnotherInterviewRuns: if another one runs.
    """
    for other in running_beside(store, interview_id):
        contact = store.contact(other.contact_id)
        raise AnotherInterviewRuns(f"The interview with {contact.name if contact else ''} is running")


def second_started(store: Store, edits: Iterable[Edit]) -> Interview | None:
    """Return the interview that would run beside one that `edits` let run again, or None if there is none."""
    after: dict[str, Interview | None] = {}
    for edit in edits:
        if edit.table == TABLE_OF[Interview]:
            after[edit.id] = _edited(store.get(Interview, edit.id), edit)
    for started in after.values():
        before = store.get(Interview, started.id) if started else None
        if started and started.countdown.running and not (before and before.countdown.running):
            others = [other for other in running_beside(store, started.id) if other.id not in after]
            others += [other for other in after.values() if other and other.countdown.running]
            return next((other for other in others if other.id != started.id), None)
    return None


def _edited(present: Interview | None, edit: Edit) -> Interview | None:
    """Return the interview as `edit` leaves it; None if that removes it, or it is not here."""
    if edit.after is None:
        return None
    if edit.before is None:
        return from_document(edit.after, Interview)
    return None if present is None else from_document(patched(to_document(present), edit), Interview)
