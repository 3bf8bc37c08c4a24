"""The signs that stand before what is owed and before stages, each with its colour."""

from __future__ import annotations

from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import FollowUpKind, Stage

CALL = ("☎", "$sign-call")
WRITE = ("✉", "$sign-write")
MEET = ("◷", "$sign-meet")
PROMISE = ("◆", "$sign-promise")
TELL = ("➤", "$sign-tell")
OTHER = ("·", "")

STARRED = ("★", "$warning")
DIFFERS = ("≠", "$primary")
NOT_TO_REPEAT = ("⊘", "$error")

WORDS = {STARRED: "starred", DIFFERS: "differs", NOT_TO_REPEAT: "not to repeat"}
"""What the signs of answers mean, where they are to be heard."""

LATE = ("!", "$warning")

_OF_KIND: dict[FollowUpKind, tuple[str, str]] = {
    FollowUpKind.CALL: CALL,
    FollowUpKind.CONFIRM: WRITE,
    FollowUpKind.INTERVIEW: MEET,
    FollowUpKind.THANK_YOU: WRITE,
    FollowUpKind.PROMISE: PROMISE,
    FollowUpKind.TELL_REFERRER: TELL,
    FollowUpKind.CHECK_IN: WRITE,
    FollowUpKind.OTHER: OTHER,
}

STAGE: dict[Stage, tuple[str, str]] = {
    Stage.NEW: ("–", "$muted"),
    Stage.ASKED: ("○", ""),
    Stage.SCHEDULED: ("◷", "$primary"),
    Stage.MET: ("●", "bold $primary"),
    Stage.THANKED: ("✔", ""),
    Stage.IN_TOUCH: ("∞", "$success"),
    Stage.DECLINED: ("×", "$muted"),
    Stage.HELD: ("‖", "$muted"),
}
"""The sign of each stage and its style, which its word has, too."""

POOL = ("+", "$muted")
"""The sign of somebody in the pool, in the place of a stage."""


def of_answer(starred: bool, not_to_repeat: bool) -> list[tuple[str, str]]:
    """Return the signs of an answer, in the order they stand."""
    return [sign for sign, is_so in ((STARRED, starred), (NOT_TO_REPEAT, not_to_repeat)) if is_so]


def of_follow_up(follow_up: FollowUp) -> tuple[str, str]:
    """Return the sign of what a follow-up asks to do: call, write, meet, keep a promise, tell."""
    return _OF_KIND[follow_up.kind]
