"""Practice calls: the other side answers at random, and each line said is timed against its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from statistics import fmean

import msgspec

from warmcall.domain.script_walk import ScriptWalk
from warmcall.domain.vocabulary import Outcome

CALLS = 10
"""Calls in one practice: enough for the frequent replies to come up more than once."""

END_CHANCE = 0.25
"""How likely a call ends at a step where it may end, or may go on."""

LINES_BEFORE_ENDING = 5
"""After so many lines the other side ends the call as soon as the script lets it."""

LINES_MAX = 9
"""A call that has not ended after so many lines is broken off."""


class PracticeState(StrEnum):
    """Whether the present line is being said or was said, or the call is over."""

    SPEAKING = "speaking"
    SAID = "said"
    ENDED = "ended"


class LineSaid(msgspec.Struct, frozen=True):
    """One line said aloud.

    `reply` is what the other side said before it, empty at the start of a call. `seconds` is the time from
    that reply to the end of the line, the pause before speaking included; `text_seconds` is the time the
    text takes.
    """

    script: str
    step: str
    reply: str
    text: str
    seconds: float
    text_seconds: float


class PractisedCall(msgspec.Struct, frozen=True):
    """A call that is over; `outcome` is None if it was broken off."""

    lines: tuple[LineSaid, ...]
    outcome: Outcome | None


class PracticeSession(msgspec.Struct, frozen=True, kw_only=True):
    """A practice session: the line to say now and everything said so far.

    `contact_id` is that of the person called in practice, empty for the sample person. `since` is when
    the time of the present line began, aware, in UTC; `reply` is what the other side said before that line.
    """

    contact_id: str
    walk: ScriptWalk
    since: datetime
    reply: str = ""
    state: PracticeState = PracticeState.SPEAKING
    lines: tuple[LineSaid, ...] = ()
    calls: tuple[PractisedCall, ...] = ()

    def spoken(self, now: datetime) -> timedelta:
        """Return the time the present line has taken so far, or took if it was said."""
        if self.state is not PracticeState.SPEAKING and self.last is not None:
            return timedelta(seconds=self.last.seconds)
        return max(now - self.since, timedelta())

    @property
    def last(self) -> LineSaid | None:
        """The line said last, in this call or the one just ended."""
        lines = self.lines or (self.calls[-1].lines if self.calls else ())
        return lines[-1] if lines else None

    @property
    def number(self) -> int:
        """The number of the call under way, or of the one just ended, from 1."""
        return len(self.calls) + (self.state is not PracticeState.ENDED)

    @property
    def complete(self) -> bool:
        """Whether all the calls have been made."""
        return len(self.calls) >= CALLS


class Cost(msgspec.Struct, frozen=True):
    """What a reply, or a line, cost: how often it came, and the mean seconds of speech and of the text."""

    words: str
    times: int
    seconds: float
    text_seconds: float

    @property
    def over(self) -> float:
        """Mean seconds beyond the time of the text; below 0 if it took less."""
        return self.seconds - self.text_seconds


class Summary(msgspec.Struct, frozen=True):
    """How many calls ended in which way, the most frequent first, and the costs, the highest first."""

    calls: int
    ends: tuple[tuple[Outcome | None, int], ...]
    replies: tuple[Cost, ...]
    lines: tuple[Cost, ...]


def start_practice(contact_id: str, walk: ScriptWalk, now: datetime) -> PracticeSession:
    """Return a practice whose first call is at the start of `walk`."""
    return PracticeSession(contact_id=contact_id, walk=walk, since=now)


def say_line(practice: PracticeSession, text: str, text_seconds: float, now: datetime) -> PracticeSession:
    """Return the practice after the present line, whose filled words are `text`, was said."""
    if practice.state is not PracticeState.SPEAKING:
        return practice
    walk, seconds = practice.walk, practice.spoken(now).total_seconds()
    line = LineSaid(walk.script.id, walk.step_name, practice.reply, text, seconds, text_seconds)
    return msgspec.structs.replace(practice, state=PracticeState.SAID, lines=(*practice.lines, line))


def answer(practice: PracticeSession, now: datetime, dice: Random) -> PracticeSession:
    """Return the practice after the other side answered the line said, or ended the call."""
    if practice.state is not PracticeState.SAID:
        return practice
    step = practice.walk.step
    late = len(practice.lines) >= LINES_BEFORE_ENDING
    if step.outcome and (not step.replies or late or dice.random() < END_CHANCE):
        return _ended(practice, step.outcome)
    letter = choose(weights(practice.walk, [line.reply for line in practice.lines], late), dice)
    walk = practice.walk.after(letter)
    if walk is None or len(practice.lines) >= LINES_MAX:
        return _ended(practice, None)
    return msgspec.structs.replace(
        practice, state=PracticeState.SPEAKING, walk=walk, reply=step.replies[letter].hear, since=now
    )


def next_call(practice: PracticeSession, walk: ScriptWalk, now: datetime) -> PracticeSession:
    """Return the practice with its next call at the start of `walk`; a new practice after the last call."""
    calls = () if practice.complete else practice.calls
    return msgspec.structs.replace(start_practice(practice.contact_id, walk, now), calls=calls)


def restart_line(practice: PracticeSession, now: datetime) -> PracticeSession:
    """Return the practice with the time of the line being said counted from `now`."""
    speaking = practice.state is PracticeState.SPEAKING
    return msgspec.structs.replace(practice, since=now) if speaking else practice


def weights(walk: ScriptWalk, given: Collection[str], late: bool) -> dict[str, int]:
    """Return the weight of each reply to the present step, by letter; 0 for one that leads nowhere.

    A reply `given` in this call already weighs 0 and, when it is `late`, so does one that leads to a step
    at which the call cannot end. Either rule is dropped where it would leave no reply at all.
    """
    possible: dict[str, int] = {}
    fresh: dict[str, int] = {}
    ending: dict[str, int] = {}
    for letter, reply in walk.step.replies.items():
        after = walk.after(letter)
        possible[letter] = reply.weight if after else 0
        fresh[letter] = possible[letter] if reply.hear not in given else 0
        ending[letter] = fresh[letter] if after and after.step.outcome is not None else 0
    preferred = (ending, fresh) if late else (fresh,)
    return next((found for found in preferred if any(found.values())), possible)


def choose(weights: Mapping[str, int], dice: Random) -> str:
    """Return one letter at random, each as likely as its weight; empty if all weigh nothing."""
    heavy = {letter: weight for letter, weight in weights.items() if weight > 0}
    return dice.choices(list(heavy), list(heavy.values()))[0] if heavy else ""


def summary(practice: PracticeSession) -> Summary:
    """Return how the calls ended and what each reply and line cost, those of the present call included."""
    lines = [line for call in practice.calls for line in call.lines] + list(practice.lines)
    return Summary(
        len(practice.calls),
        tuple(Counter(call.outcome for call in practice.calls).most_common()),
        _costs((line.reply, line.reply, line) for line in lines if line.reply),
        _costs((f"{line.script}/{line.step}", line.text, line) for line in lines),
    )


def _costs(lines: Iterable[tuple[str, str, LineSaid]]) -> tuple[Cost, ...]:
    """Return the cost of each group of `lines`: its key, the words to show, and one line of it."""
    groups: dict[str, tuple[str, list[LineSaid]]] = {}
    for key, words, line in lines:
        groups.setdefault(key, (words, []))[1].append(line)
    costs = []
    for words, said in groups.values():
        seconds, text_seconds = (
            fmean(line.seconds for line in said),
            fmean(line.text_seconds for line in said),
        )
        costs.append(Cost(words, len(said), seconds, text_seconds))
    return tuple(sorted(costs, key=lambda cost: -cost.over))


def _ended(practice: PracticeSession, outcome: Outcome | None) -> PracticeSession:
    call = PractisedCall(practice.lines, outcome)
    return msgspec.structs.replace(
        practice, state=PracticeState.ENDED, lines=(), calls=(*practice.calls, call)
    )
