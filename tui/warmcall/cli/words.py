"""The words of closed lists as people type them on the command line: "manager", "linkedin", "call-back".

One table for all commands. The first words of each list are those offered by completion and the help; others
mean the same, and so do capitals, spaces, underscores, and the beginning of a word that only one begins with.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

import click
from click.shell_completion import CompletionItem

from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import (
    Channel,
    ContactKind,
    FollowUpKind,
    Mode,
    News,
    Outcome,
    Permission,
    Source,
    Stage,
)

W = TypeVar("W", bound=StrEnum)

_LONGEST = 40
"""How many characters of what was typed are repeated in a sentence."""


class WordType(click.ParamType[W], Generic[W]):
    """One of a closed list of words: `usual` by the word that is offered, `also` by other words."""

    def __init__(self, name: str, usual: Mapping[str, W], also: Mapping[str, W]) -> None:
        self.name = name
        self.usual = usual
        self._known = {**also, **{_plain(value): value for value in usual.values() if value}, **usual}

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> W:
        """Return what was typed as a value of the list, or end with a sentence that has the list."""
        if isinstance(value, StrEnum):
            return value  # type: ignore[return-value]
        try:
            return self.read(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)

    def read(self, typed: str) -> W:
        """Return the value that a word means.

        Raises:
            ValueError: with a sentence that has the words of the list, if it means none, or several.
        """
        from warmcall.cli.usage_errors import near_misses

        word = _plain(typed)
        if word in self._known:
            return self._known[word]
        meant = {value for known, value in self._known.items() if word and known.startswith(word)}
        if len(meant) == 1:
            return meant.pop()
        shown = one_line(typed.strip()[:_LONGEST])
        near = near_misses(word, self._known)
        meant_words = f": did you mean {near[0]}?" if len(near) == 1 else ""
        raise ValueError(f"“{shown}” is not one of {', '.join(self.usual)}{meant_words}")

    def word_for(self, value: W) -> str:
        """Return the usual word for a value."""
        return next(word for word, meaning in self.usual.items() if meaning is value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the usual words that begin with what was typed."""
        begin = _plain(incomplete)
        return [CompletionItem(word) for word in self.usual if word.startswith(begin)]


def _plain(word: str) -> str:
    return "-".join(word.casefold().replace("_", " ").replace("-", " ").split())


KIND = WordType(
    "KIND",
    {
        "practitioner": ContactKind.PRACTITIONER,
        "manager": ContactKind.HIRING_MANAGER,
        "connector": ContactKind.CONNECTOR,
    },
    {
        "does-the-job": ContactKind.PRACTITIONER,
        "hires": ContactKind.HIRING_MANAGER,
        "introduces": ContactKind.CONNECTOR,
    },
)

STAGE = WordType(
    "STAGE",
    {stage.value.replace("_", "-"): stage for stage in Stage},
    {"said-no": Stage.DECLINED, "on-hold": Stage.HELD},
)

SOURCE = WordType(
    "SOURCE",
    {
        "professor": Source.PROFESSOR,
        "placement-office": Source.PLACEMENT_OFFICE,
        "association": Source.ASSOCIATION,
        "news": Source.BUSINESS_NEWS,
        "referral": Source.REFERRAL,
        "alumni": Source.ALUMNI,
        "event": Source.EVENT,
        "online": Source.ONLINE,
        "other": Source.OTHER,
    },
    {
        "linkedin": Source.ONLINE,
        "web": Source.ONLINE,
        "career-office": Source.PLACEMENT_OFFICE,
        "career-services": Source.PLACEMENT_OFFICE,
        "newspaper": Source.BUSINESS_NEWS,
        "alumnus": Source.ALUMNI,
        "alumna": Source.ALUMNI,
        "teacher": Source.PROFESSOR,
        "meeting": Source.ASSOCIATION,
        "conference": Source.EVENT,
        "fair": Source.EVENT,
    },
)

PERMISSION = WordType(
    "ANSWER",
    {
        "yes": Permission.YES,
        "no": Permission.NO,
        "ask-later": Permission.ASK_LATER,
        "not-asked": Permission.NOT_ASKED,
    },
    {"later": Permission.ASK_LATER, "": Permission.NOT_ASKED},
)

TO_ADD = WordType(
    "KIND",
    {
        "other": FollowUpKind.OTHER,
        "call": FollowUpKind.CALL,
        "promise": FollowUpKind.PROMISE,
        "check-in": FollowUpKind.CHECK_IN,
    },
    {"write": FollowUpKind.CHECK_IN, "keep-in-touch": FollowUpKind.CHECK_IN},
)
"""The kinds of follow-ups that users add; the others come from what they record."""

NEWS = WordType(
    "NEWS", {"promoted": News.PROMOTED, "hired": News.HIRED, "none": News.OTHER}, {"": News.OTHER}
)

CHANNEL = WordType(
    "CHANNEL",
    {
        "phone": Channel.PHONE,
        "voicemail": Channel.VOICEMAIL,
        "email": Channel.EMAIL,
        "message": Channel.MESSAGE,
        "in-person": Channel.IN_PERSON,
    },
    {
        "call": Channel.PHONE,
        "telephone": Channel.PHONE,
        "mail": Channel.EMAIL,
        "e-mail": Channel.EMAIL,
        "linkedin": Channel.MESSAGE,
        "text": Channel.MESSAGE,
        "sms": Channel.MESSAGE,
    },
)

OUTCOME = WordType(
    "OUTCOME",
    {
        "scheduled": Outcome.SCHEDULED,
        "talk-now": Outcome.TALK_NOW,
        "voicemail": Outcome.VOICEMAIL,
        "no-answer": Outcome.NO_ANSWER,
        "call-back": Outcome.CALL_BACK,
        "sent": Outcome.SENT,
        "replied": Outcome.REPLIED,
        "referred": Outcome.REFERRED,
        "declined": Outcome.DECLINED,
        "wrong-number": Outcome.WRONG_NUMBER,
    },
    {
        "talked": Outcome.TALK_NOW,
        "voice-mail": Outcome.VOICEMAIL,
        "vm": Outcome.VOICEMAIL,
        "noanswer": Outcome.NO_ANSWER,
        "callback": Outcome.CALL_BACK,
        "said-no": Outcome.DECLINED,
        "set": Outcome.SCHEDULED,
        "spoke": Outcome.REPLIED,
        "named": Outcome.REFERRED,
    },
)

MODE = WordType(
    "MODE",
    {"phone": Mode.PHONE, "video": Mode.VIDEO, "in-person": Mode.IN_PERSON},
    {"call": Mode.PHONE, "zoom": Mode.VIDEO, "teams": Mode.VIDEO, "office": Mode.IN_PERSON},
)
