"""Reasons not to send a message as it is."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from warmcall.domain.templates import first_gap
from warmcall.domain.text_analysis import asks_for_job
from warmcall.domain.vocabulary import FollowUpKind

ASK_WHY = "Why do you write? Type a reason"


class Objection(msgspec.Struct, frozen=True):
    """Why a message should not be sent as it is; the user cannot override a `firm` one.

    Keys are named in `what` by their ids in braces, for which the screen puts their names.
    """

    what: str
    firm: bool


GAP_SHOWN = 40
"""How many characters of a gap a sentence about it shows."""


_NO_BRACES = str.maketrans("{}", "()")
"""What users wrote is shown without braces, since those become keys."""


def gap_problem(subject: str, body: str, key_id: str = "message.gap") -> str:
    """Return which gap has to be filled first, and the key that goes to it; empty without any gap.

    `key_id` is the id of that key. What users wrote stands in it without braces, since those become keys.
    """
    gap = first_gap(subject) or first_gap(body)
    if not gap:
        return ""
    plain = " ".join(gap.translate(_NO_BRACES).split())
    shown = plain if len(plain) <= GAP_SHOWN else f"{plain[: GAP_SHOWN - 2].rstrip()}…›"
    return f"Say {shown} in your own words first: {{{key_id}}} goes to it"


def others_words(owners: Mapping[str, str]) -> Objection | None:
    """Return that a message quotes somebody else, or None; `owners` as for `lint`.

    The user may know better: both may have said the same, or the other may have agreed to it.
    """
    if not owners:
        return None
    run, owner = next(iter(owners.items()))
    words = f"“{run[:GAP_SHOWN]} …” are {owner}'s words: remove them"
    return Objection(words.translate(_NO_BRACES), False)


def kept_back(run: str) -> Objection | None:
    """Return that a message has these words of an answer that is not to be repeated; None without any."""
    if not run:
        return None
    words = f"“{run[:GAP_SHOWN]} …” is marked not to repeat: remove it"
    return Objection(words.translate(_NO_BRACES), False)


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
    if problem := gap_problem(subject, body):
        return Objection(problem, True)
    if kind is FollowUpKind.CHECK_IN and asks_for_job(f"{subject}\n{body}"):
        return Objection("It reads like asking for a job: leave that out", False)
    return None
