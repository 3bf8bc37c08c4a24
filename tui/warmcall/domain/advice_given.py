"""The advice people gave on the resume: whether the user followed it, and whether they know that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import msgspec

from warmcall.domain.evidence import is_resume_task
from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import FollowUpKind

_LETTERS = (FollowUpKind.CHECK_IN, FollowUpKind.THANK_YOU)
"""Letters that can say what became of advice; other letters go out for something else."""


class AdviceGiven(msgspec.Struct, frozen=True):
    """One piece of advice on the resume, and the task it led to.

    `known_since` is when a letter said to them that it was followed, None if none did. `next_letter` is the
    next one that is owed to them, which can say so.
    """

    task: FollowUp
    words: str
    known_since: datetime | None = None
    next_letter: FollowUp | None = None

    @property
    def is_followed(self) -> bool:
        """Whether it was followed."""
        return self.task.done_at is not None and not self.task.dropped


def advice_given(
    tasks: Iterable[FollowUp], of_contact: Callable[[str], Sequence[FollowUp]]
) -> list[AdviceGiven]:
    """Return the advice on the resume among `tasks`: what is still to be done first, then the newest first.

    `of_contact` returns all follow-ups of a contact. They know from a letter that was sent after the task
    was done and speaks of the resume. Tasks that were dropped are left out.
    """
    found = []
    for task in tasks:
        if task.kind is not FollowUpKind.OTHER or task.dropped or not is_resume_task(task.note):
            continue
        own = of_contact(task.contact_id)
        letters_sent = [
            other.done_at
            for other in own
            if other.done_at is not None and not other.dropped and _is_letter(other)
            if task.done_at is not None and other.done_at >= task.done_at and _speaks_of_resume(other)
        ]
        letters = [other for other in own if other.kind is FollowUpKind.CHECK_IN and other.done_at is None]
        words = task.note.partition(":")[2].strip() or task.note.strip()
        found.append(AdviceGiven(task, words, min(letters_sent, default=None), next(iter(letters), None)))
    found.sort(key=lambda advice: advice.task.created_at, reverse=True)
    return sorted(found, key=lambda advice: advice.is_followed)


def _is_letter(follow_up: FollowUp) -> bool:
    return follow_up.kind in _LETTERS or bool(follow_up.letter)


def _speaks_of_resume(letter: FollowUp) -> bool:
    return "resume" in f"{letter.note} {letter.subject} {letter.body}".casefold().replace("é", "e")
