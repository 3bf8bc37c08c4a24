"""Reasons not to send a message as it is."""

from __future__ import annotations

import msgspec

from warmcall.domain.templates import has_gap
from warmcall.domain.text_analysis import asks_for_job
from warmcall.domain.vocabulary import FollowUpKind

ASK_WHY = "Why do you write? Type a reason"


class Objection(msgspec.Struct, frozen=True):
    """Why a message should not be sent as it is; the user cannot override a `firm` one.

    Keys are named in `what` by their ids in braces, for which the screen puts their names.
    """

    what: str
    firm: bool


def objection(kind: FollowUpKind, subject: str, body: str, reason: str) -> Objection | None:
    """Return why a message of that kind should not be sent, or None.

    A check-in needs a `reason`, and never asks "any openings?": a relationship is kept by giving and
    telling, not by asking.
    """
    if not body.strip():
        return Objection("there is nothing in it yet", True)
    if kind is FollowUpKind.CHECK_IN:
        if not reason.strip():
            return Objection(ASK_WHY, True)
        if asks_for_job(reason):
            return Objection("Give another reason to write: this one asks for a job", True)
    if has_gap(subject) or has_gap(body):
        return Objection("Fill the gaps in ‹ › first: {message.edit} goes into the text", False)
    if kind is FollowUpKind.CHECK_IN and asks_for_job(f"{subject}\n{body}"):
        return Objection("It reads like asking for a job: leave that out", False)
    return None
