"""Warnings about a script that works but could work better: what it should say, and in how much time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warmcall.domain.cadence import Cadence
from warmcall.domain.number_words import spelled
from warmcall.domain.script import Fault, Script, ScriptFor, Step, speaking_seconds, word_count
from warmcall.domain.templates import placeholders
from warmcall.domain.text_analysis import expects_no_job
from warmcall.domain.vocabulary import Channel

TYPICAL_WORDS = {
    "me.name": 2, "me.first_name": 1, "me.background": 10, "me.intro": 14, "me.school": 3,
    "me.degree": 4, "me.education": 9,
    "me.phone": 4, "me.email": 1, "me.minutes": 1,
    "target.role": 2, "target.a_role": 3, "target.industry": 1, "target.place": 1, "target.why": 12,
    "contact.name": 2, "contact.first_name": 1, "contact.title": 2, "contact.organization": 3,
    "contact.phone": 4, "contact.email": 1, "contact.why": 6,
    "contact.referrer": 2, "contact.referrer_first_name": 1, "contact.connection": 8,
    "met.count": 1, "met.month": 1, "met.when": 2, "attempt.when": 2, "meeting.when": 2, "slots.both": 24,
    "meeting.weekday": 1, "meeting.date": 3, "meeting.time": 1, "meeting.how": 2, "meeting.place": 4,
    "meeting.minutes": 1, "meeting.starred_1": 12, "meeting.starred_2": 12, "meeting.starred_3": 12,
    "meeting.named": 2, "meeting.promised": 5, "meeting.advice": 6, "follow_up.note": 8,
    "follow_up.since": 10, "meeting.where": 8, "promise.closing": 14,
    "decision.what": 12, "decision.part": 12, "helped.named": 2,
    "about.name": 2, "about.first_name": 1, "about.organization": 3, "about.told": 6,
    "about.when": 2, "about.weekday": 1, "about.minutes": 1,
    "questions.first": 8, "questions.second": 10,
}  # fmt: skip
"""How many words a placeholder usually is once it is filled."""

NEAR = 1 / 3
"""The share of a voicemail that counts as its start, and as its end: about ten seconds each."""

_SPOKEN = (Channel.PHONE, Channel.IN_PERSON)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_NUMBERS = "|".join(spelled(number) for number in range(99, 0, -1))
_MINUTES = re.compile(rf"\b(?:\d+|{_NUMBERS})[ -]minutes?\b|\{{me\.minutes\}}", re.IGNORECASE)
_MY_NAME = {"me.name", "me.first_name"}


def warnings(script: Script, cadence: Cadence) -> Iterator[Fault]:
    """Yield a warning for everything that weakens `script`.

    A step spoken on the phone may take `opening_seconds_max`. The opening of an ask is the first step and
    the one its first reply leads to, which together may take as long, the first alone
    `greeting_seconds_max`: it should say who calls, the ask, the minutes, and that no job is expected, the
    four things career centres teach a caller to say first. A voicemail has limits of its own, and name and
    number at both ends.
    """
    first = script.steps.get(script.start)
    for name, step in script.steps.items():
        if script.channel in _SPOKEN:
            most = cadence.opening_seconds_max
        elif script.channel is Channel.VOICEMAIL and name != script.start:
            most = cadence.voicemail_seconds_max
        else:
            continue
        yield from _too_long(name, step, most, cadence)
    if first is None or not first.say.strip():
        return
    at = ("steps", script.start, "say")
    if script.channel is Channel.PHONE and script.serves is ScriptFor.ASK:
        yield from _check_opening(script, at, cadence)
    if script.channel is Channel.VOICEMAIL:
        yield from _check_voicemail(at, first.say, cadence)


def typical(template: str) -> str:
    """Return `template` at its usual length: with optional parts, and as many words for each placeholder."""
    plain = template.replace("[", "").replace("]", "")
    return _PLACEHOLDER.sub(lambda match: " ".join(["word"] * TYPICAL_WORDS.get(match[1], 1)), plain)


def typical_seconds(template: str, cadence: Cadence) -> int:
    """Return how many seconds it usually takes to say `template`, rounded up."""
    return speaking_seconds(typical(template), cadence.speaking_words_per_minute)


def _too_long(name: str, step: Step, most: int, cadence: Cadence) -> Iterator[Fault]:
    seconds = typical_seconds(step.say, cadence)
    if seconds > most:
        what = f"the step “{name}” takes about {seconds} s to say"
        yield _warning(
            ("steps", name, "say"), what, f"{_cut(step.say, most, cadence)}: {most} s are listened to"
        )


def opening_steps(script: Script) -> list[str]:
    """Return the names of the steps that open `script`, at most two.

    They are the first step and the one its first reply leads to, unless the call may end there.
    """
    first = script.steps.get(script.start)
    if first is None:
        return []
    second = next((reply.go for reply in first.replies.values()), "")
    goes_on = second != script.start and second in script.steps and script.steps[second].outcome is None
    return [script.start, second] if goes_on else [script.start]


def _check_opening(script: Script, at: tuple[str, ...], cadence: Cadence) -> Iterator[Fault]:
    spoken = [script.steps[name].say for name in opening_steps(script)]
    first, say = spoken[0], " ".join(spoken)
    if len(spoken) > 1:
        most = cadence.greeting_seconds_max
        if (seconds := typical_seconds(first, cadence)) > most:
            what = f"the first step takes about {seconds} s to say"
            yield _warning(at, what, f"{_cut(first, most, cadence)}: then let them answer, after {most} s")
        most = cadence.opening_seconds_max
        if (seconds := typical_seconds(say, cadence)) > most:
            what = f"the first two steps take about {seconds} s to say"
            yield _warning(at, what, f"{_cut(say, most, cadence)}: {most} s are listened to")
    if not _MY_NAME & set(placeholders(first)):
        yield _warning(at, "the opening does not say your name", "write “this is {me.name}”")
    if "?" not in say:
        yield _warning(at, "the opening asks for nothing", "end it with a question")
    if not _MINUTES.search(say):
        what = "the opening does not say how many minutes you ask for"
        yield _warning(at, what, "write “{me.minutes} minutes”")
    if not expects_no_job(typical(say)):
        what = "the opening does not say that no job is expected"
        yield _warning(at, what, "write a sentence such as “I'm not expecting an opening”")


def _check_voicemail(at: tuple[str, ...], say: str, cadence: Cadence) -> Iterator[Fault]:
    least, most = cadence.voicemail_seconds_min, cadence.voicemail_seconds_max
    seconds = typical_seconds(say, cadence)
    what = f"the voicemail takes about {seconds} s to say"
    if seconds > most:
        yield _warning(at, what, f"{_cut(say, most, cadence)}: it should take {least} to {most} s")
    if seconds < least:
        yield _warning(at, what, f"say a little more: it should take {least} to {most} s")
    ends = {name: _ends(say, name) for name in ("me.name", "me.phone")}
    for end, fix in (("start", "begin with"), ("end", "say again at the end")):
        missing = [name for name, found in ends.items() if end not in found]
        if missing:
            words = " and ".join({"me.name": "name", "me.phone": "number"}[name] for name in missing)
            names = " and ".join(f"{{{name}}}" for name in missing)
            yield _warning(at, f"the voicemail does not say your {words} near its {end}", f"{fix} {names}")


def _ends(say: str, name: str) -> set[str]:
    """Return which ends of a voicemail, "start" and "end", have the placeholder `name` near them."""
    near = word_count(typical(say)) * NEAR
    found: set[str] = set()
    for match in re.finditer(re.escape(f"{{{name}}}"), say):
        if word_count(typical(say[: match.start()])) <= near:
            found.add("start")
        if word_count(typical(say[match.end() :])) <= near:
            found.add("end")
    return found


def _cut(say: str, most: int, cadence: Cadence) -> str:
    over = word_count(typical(say)) - most * cadence.speaking_words_per_minute // 60
    return f"cut about {over} {'word' if over == 1 else 'words'}"


def _warning(where: tuple[str, ...], what: str, fix: str) -> Fault:
    return Fault(where, what, fix, warning=True)
