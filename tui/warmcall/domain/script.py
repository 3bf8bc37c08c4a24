"""The script: a graph of steps, each with what to say and the replies that lead on."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

import msgspec

from warmcall.domain.templates import template_faults
from warmcall.domain.vocabulary import Channel, ContactKind, Outcome

REPLY_LETTERS = frozenset("abcdefghilmprstvwxyz")
"""Letters a reply may use; j k n o q u belong to the screen itself."""

ANY_KIND = "any"
WORDS_A_MINUTE = 150
"""An unhurried speaking pace, as broadcasters and speech coaches give it."""

THING_MAX = 60
"""Letters of what a step promises or notes: a thing, which has to fit into one row of the queue."""

_VERB_FIRST = re.compile(r"(?:to|i|i['’]ll|send|bring|call|write|give|show|email)\b", re.IGNORECASE)
"""How a text begins that says what to do, not which thing is promised."""

_WORD = re.compile(r"\S*\w\S*")


class ScriptFor(StrEnum):
    """When a script serves: to ask for a talk, or to call somebody one knows already, and why."""

    ASK = "ask"
    MET = "met"
    TELL_REFERRER = "tell_referrer"
    CONFIRM = "confirm"
    LATE = "late"


class Reply(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the other side says, and the step (`go`) or the other `script` it leads to.

    `weight` is how often it comes in practice, in proportion to the other replies of its step.
    """

    hear: str
    go: str = ""
    script: str = ""
    weight: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to say, the replies to it by letter, and the outcome it suggests; `tip` is not to be said.

    `minutes` is the time they have for a talk at once, 0 for the time asked for. `owes` is a thing that the
    step promises ("my resume"), sent the same day; `notes` is what to write down of their answer
    ("posting"); `writes` is the id of the message template that the step promises to write from.
    """

    say: str
    tip: str = ""
    replies: dict[str, Reply] = {}
    outcome: Outcome | None = None
    minutes: Annotated[int, msgspec.Meta(ge=0, le=240)] = 0
    owes: Annotated[str, msgspec.Meta(max_length=THING_MAX)] = ""
    notes: Annotated[str, msgspec.Meta(max_length=THING_MAX)] = ""
    writes: str = ""


class Script(msgspec.Struct, frozen=True):
    """One call script. `kind` is the kind of contact it is for, or None for any.

    `serves`, the key `for` in the file, is when it is used.
    """

    id: str
    title: str
    kind: ContactKind | None
    channel: Channel
    start: str
    steps: dict[str, Step]
    serves: ScriptFor = ScriptFor.ASK


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong in a file a person wrote: the path of keys to it, what is wrong, and how to fix it."""

    where: tuple[str, ...]
    what: str
    fix: str
    warning: bool = False


def faults(script: Script, script_ids: frozenset[str]) -> Iterator[Fault]:
    """Yield everything wrong with `script`; its replies may lead to the scripts in `script_ids`."""
    if script.start not in script.steps:
        yield Fault(("start",), f"the start step “{script.start}” does not exist", _choose_from(script.steps))
    for name, step in script.steps.items():
        yield from _step_faults(name, step, script.steps, script_ids)
    for name in sorted(script.steps.keys() - _reachable(script)):
        yield Fault(
            ("steps", name), f"no reply leads to the step “{name}”", "lead a reply to it, or remove it"
        )


def _step_faults(
    name: str, step: Step, steps: Mapping[str, Step], script_ids: frozenset[str]
) -> Iterator[Fault]:
    at = ("steps", name)
    if not step.say.strip():
        yield Fault((*at, "say"), f"the step “{name}” says nothing", "write what to say")
    yield from (Fault((*at, "say"), what, fix) for what, fix in template_faults(step.say))
    if _VERB_FIRST.match(step.owes.strip()):
        yield Fault((*at, "owes"), f"“{step.owes}” is not a thing", "write what they get: “my resume”")
    if not step.replies and step.outcome is None:
        yield Fault(at, f"the step “{name}” neither goes on nor ends", "give it replies or an outcome")
    for letter, reply in step.replies.items():
        place = (*at, "replies", letter)
        if letter not in REPLY_LETTERS:
            fix = "use one of " + " ".join(sorted(REPLY_LETTERS))
            yield Fault(place, f"the key “{letter}” is not free for a reply", fix)
        if bool(reply.go) == bool(reply.script):
            yield Fault(place, f"the reply “{letter}” leads nowhere, or to two places", "give it one “go”")
        elif reply.go and reply.go not in steps:
            yield Fault(
                place, f"the reply “{letter}” goes to “{reply.go}”, which does not exist", _choose_from(steps)
            )
        elif reply.script and reply.script not in script_ids:
            yield Fault(place, f"there is no script “{reply.script}”", _choose_from(script_ids))


def unknown_templates(script: Script, template_ids: frozenset[str]) -> Iterator[Fault]:
    """Yield a warning for each step that writes from a message template that is not in `template_ids`."""
    for name, step in script.steps.items():
        if step.writes and step.writes not in template_ids:
            what = f"there is no message “{step.writes}”"
            yield Fault(("steps", name, "writes"), what, _choose_from(template_ids), warning=True)


def _reachable(script: Script) -> set[str]:
    """Return the names of the steps that replies lead to from the start."""
    seen: set[str] = set()
    waiting = [script.start]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in script.steps:
            continue
        seen.add(name)
        waiting.extend(reply.go for reply in script.steps[name].replies.values() if reply.go)
    return seen


def _choose_from(names: Mapping[str, object] | frozenset[str]) -> str:
    return "use one of: " + ", ".join(sorted(names)[:12])


def word_count(text: str) -> int:
    """Return how many words a person would speak."""
    return len(_WORD.findall(text))


def speaking_seconds(text: str, words_a_minute: int = WORDS_A_MINUTE) -> int:
    """Return how many seconds it takes to say `text`, rounded up."""
    return math.ceil(word_count(text) * 60 / words_a_minute)
