"""Practice: calls in which the other side answers at random, and what their replies cost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

import msgspec

from warmcall.domain.script import Reply, Script
from warmcall.domain.vocabulary import Outcome

CALLS = 10
"""Calls in one practice: enough for the frequent replies to come up more than once."""

END_CHANCE = 0.25
"""How likely a call ends at a step where it may end, or may go on."""

PATIENT_LINES = 5
"""After so many lines the other side comes to an end as soon as the script lets it."""

LINES_AT_MOST = 9
"""A call whose script finds no end is broken off after so many lines."""


class PracticeState(StrEnum):
    """Where a call of a practice stands: a line is being said, was said, or the call is over."""

    SPEAKING = "speaking"
    SAID = "said"
    ENDED = "ended"


class LineSaid(msgspec.Struct, frozen=True):
    """One line said aloud.

    `heard` is the reply before it, empty at the start of a call. `seconds` run from that reply until the
    line was said, the pause before speaking included; `text_seconds` is what the text takes.
    """

    script: str
    step: str
    heard: str
    text: str
    seconds: float
    text_seconds: float


class PractisedCall(msgspec.Struct, frozen=True):
    """A call that is over; `outcome` is None if it was broken off."""

    lines: tuple[LineSaid, ...]
    outcome: Outcome | None


class Practice(msgspec.Struct, frozen=True, kw_only=True):
    """A practice under way: the line to say now, since when, and everything said so far.

    `contact_id` names the contact it is meant for, empty for the sample one; `since` is aware, in UTC.
    """

    contact_id: str
    script: str
    step: str
    since: datetime
    heard: str = ""
    state: PracticeState = PracticeState.SPEAKING
    lines: tuple[LineSaid, ...] = ()
    calls: tuple[PractisedCall, ...] = ()

    def spoken(self, now: datetime) -> timedelta:
        """Return how long the present line has been, or was, under way."""
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
    """What a reply, or a line, took: how often it came, and the mean seconds of speech and of the text."""

    words: str
    times: int
    seconds: float
    text_seconds: float

    @property
    def over(self) -> float:
        """Mean seconds over the time of the text; below 0 if under it."""
        return self.seconds - self.text_seconds


class Summary(msgspec.Struct, frozen=True):
    """What a practice showed: how the calls ended, the frequent ends first; costs, the costliest first."""

    calls: int
    ends: tuple[tuple[Outcome | None, int], ...]
    replies: tuple[Cost, ...]
    lines: tuple[Cost, ...]


def begun(contact_id: str, script: Script, now: datetime) -> Practice:
    """Return a practice at the first line of its first call."""
    return Practice(contact_id=contact_id, script=script.id, step=script.start, since=now)


def said(practice: Practice, text: str, text_seconds: float, now: datetime) -> Practice:
    """Return the practice after its line, whose filled words are `text`, was said."""
    if practice.state is not PracticeState.SPEAKING:
        return practice
    seconds = practice.spoken(now).total_seconds()
    line = LineSaid(practice.script, practice.step, practice.heard, text, seconds, text_seconds)
    return msgspec.structs.replace(practice, state=PracticeState.SAID, lines=(*practice.lines, line))


def answered(practice: Practice, scripts: Mapping[str, Script], now: datetime, dice: Random) -> Practice:
    """Return the practice after the other side answered, or ended the call."""
    if practice.state is not PracticeState.SAID:
        return practice
    here = scripts[practice.script]
    step = here.steps[practice.step]
    late = len(practice.lines) >= PATIENT_LINES
    if step.outcome and (not step.replies or late or dice.random() < END_CHANCE):
        return _ended(practice, step.outcome)
    heard = [line.heard for line in practice.lines]
    letter = chosen(weights(here, practice.step, scripts, heard, late), dice)
    leads = _leads_to(step.replies[letter], here, scripts) if letter else None
    if leads is None or len(practice.lines) >= LINES_AT_MOST:
        return _ended(practice, None)
    script, name = leads
    return msgspec.structs.replace(
        practice, state=PracticeState.SPEAKING, script=script.id, step=name,
        heard=step.replies[letter].hear, since=now,
    )  # fmt: skip


def next_call(practice: Practice, script: Script, now: datetime) -> Practice:
    """Return the practice at the first line of its next call."""
    return msgspec.structs.replace(begun(practice.contact_id, script, now), calls=practice.calls)


def started_over(practice: Practice, now: datetime) -> Practice:
    """Return the practice with the time of the line being said counted from `now`."""
    speaking = practice.state is PracticeState.SPEAKING
    return msgspec.structs.replace(practice, since=now) if speaking else practice


def weights(
    script: Script, step: str, scripts: Mapping[str, Script], heard: Collection[str], late: bool
) -> dict[str, int]:
    """Return the weight of each reply by letter, 0 for one that leads nowhere.

    One that was `heard` in this call already weighs nothing, nor, when it is `late`, does one that leads
    to no possible end, as long as others are left.
    """
    found: dict[str, int] = {}
    fresh: dict[str, int] = {}
    ending: dict[str, int] = {}
    for letter, reply in script.steps[step].replies.items():
        leads = _leads_to(reply, script, scripts)
        may_end = leads is not None and leads[0].steps[leads[1]].outcome is not None
        found[letter] = reply.weight if leads else 0
        fresh[letter] = found[letter] if reply.hear not in heard else 0
        ending[letter] = fresh[letter] if may_end else 0
    ways = (ending, fresh) if late else (fresh,)
    return next((way for way in ways if any(way.values())), found)


def chosen(weights: Mapping[str, int], dice: Random) -> str:
    """Return one letter at random, each as likely as its weight; empty if all weigh nothing."""
    heavy = {letter: weight for letter, weight in weights.items() if weight > 0}
    return dice.choices(list(heavy), list(heavy.values()))[0] if heavy else ""


def summary(practice: Practice) -> Summary:
    """Return what the practice showed so far, the lines of the call under way included."""
    lines = [line for call in practice.calls for line in call.lines] + list(practice.lines)
    outcomes = [call.outcome for call in practice.calls]
    ends = sorted(dict.fromkeys(outcomes), key=lambda outcome: -outcomes.count(outcome))
    return Summary(
        len(practice.calls),
        tuple((outcome, outcomes.count(outcome)) for outcome in ends),
        _costs((line.heard, line.heard, line) for line in lines if line.heard),
        _costs((f"{line.script}/{line.step}", line.text, line) for line in lines),
    )


def _costs(lines: Iterable[tuple[str, str, LineSaid]]) -> tuple[Cost, ...]:
    """Return the costs of lines that come with what they go under, and with the words to show."""
    words: dict[str, str] = {}
    under: dict[str, list[LineSaid]] = {}
    for key, shown, line in lines:
        words.setdefault(key, shown)
        under.setdefault(key, []).append(line)
    costs = [
        Cost(
            words[key],
            len(own),
            sum(line.seconds for line in own) / len(own),
            sum(line.text_seconds for line in own) / len(own),
        )
        for key, own in under.items()
    ]
    return tuple(sorted(costs, key=lambda cost: -cost.over))


def _ended(practice: Practice, outcome: Outcome | None) -> Practice:
    call = PractisedCall(practice.lines, outcome)
    return msgspec.structs.replace(
        practice, state=PracticeState.ENDED, lines=(), calls=(*practice.calls, call)
    )


def _leads_to(reply: Reply, here: Script, scripts: Mapping[str, Script]) -> tuple[Script, str] | None:
    """Return the script and the step a reply leads to; None if it leads nowhere."""
    other = scripts.get(reply.script) if reply.script else here
    name = other.start if other is not None and reply.script else reply.go
    return (other, name) if other is not None and name in other.steps else None
