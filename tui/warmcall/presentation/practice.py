"""What a practice says on the screen: the time of a line, the end of a call, the summary. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from warmcall.domain.practice_call import Cost, LineSaid, Practice, PracticeState, PractisedCall, Summary
from warmcall.domain.practice_interview import PracticeSummary
from warmcall.domain.records import Contact
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import Outcome
from warmcall.presentation.countdown import clock_words
from warmcall.presentation.wording import OUTCOME, work
from warmcall.widgets.rich_text import RichPart

MARK = "Practice"
"""What stands on every screen of practice, so that nobody takes it for the real thing."""

_HEADING = "  over   took   text"


def ending(outcome: Outcome | None) -> str:
    """Return how a call ended: "a meeting was set", or that it was broken off."""
    return OUTCOME[outcome] if outcome else "they had to go"


def against(seconds: float, text_seconds: float) -> str:
    """Return the time taken against the time of the text: "0:07 of about 0:17"."""
    return f"{_clock(seconds)} of about {_clock(text_seconds)}"


def verdict(seconds: float, text_seconds: float) -> str:
    """Return how far a line was over or under the time of its text: "0:14 over"."""
    over = int(seconds) - int(text_seconds)
    return f"{_clock(over)} {'over' if over > 0 else 'under'}" if over else "just in time"


def timing(seconds: float, text_seconds: float, said: bool, before: LineSaid | None) -> list[RichPart]:
    """Return the time of a line under way, or `said`; with the one `before` it while it is under way."""
    parts: list[RichPart] = [(against(seconds, text_seconds), "bold")]
    if said:
        parts.append(f" · {verdict(seconds, text_seconds)}")
    elif before is not None:
        took = against(before.seconds, before.text_seconds)
        parts.append((f" · the line before: {took}", "$muted"))
    return parts


def head(number: str, left: str) -> list[RichPart]:
    """Return the first line: that this is practice, what is left of an interview, which call it is."""
    return [
        (MARK, "bold reverse $warning"), (f" · {left}" if left else "", "bold $warning"),
        (f" · {number}" if number else "", "bold"), " · nobody is called, nothing is kept",
    ]  # fmt: skip


def going_on(practice: Practice, summing_up: bool) -> str:
    """Return what the one key does next."""
    if summing_up:
        return "more calls" if practice.complete else "go on"
    match practice.state:
        case PracticeState.SPEAKING:
            return "said it"
        case PracticeState.SAID:
            return "they answer"
        case PracticeState.ENDED:
            return "sum up" if practice.complete else "next call"


def partner(person: Contact) -> list[RichPart]:
    """Return the line that says whom one pretends to call; a person without an id is made up."""
    rest = [work(person), "" if person.id else "made up"]
    return [(one_line(person.name), "bold"), *(f" · {item}" for item in rest if item)]


def heard(words: str) -> list[RichPart]:
    """Return the line that says what the other side said; empty words are the start of a call."""
    return (
        [("They say  ", "$muted"), (f"“{one_line(words)}”", "bold")] if words else ["They pick up the phone."]
    )


def end_of(call: PractisedCall, number: int) -> tuple[str, str, list[RichPart]]:
    """Return title, side note and text of the end of a call: how it ended, and what each line took."""
    parts: list[RichPart] = [(_sentence(ending(call.outcome)), "bold"), (f"\n\n{_HEADING}", "$muted")]
    for line in call.lines:
        parts += ["\n", *_figures(line.seconds, line.text_seconds), f"  {one_line(line.text)}"]
    return f"{MARK} · call {number} is over", "", parts


def of_summary(summary: Summary) -> tuple[str, str, list[RichPart]]:
    """Return title, side note and text of the summary: the ends, and what replies and lines cost."""
    parts: list[RichPart] = [f"{times:>4} ×  {ending(outcome)}\n" for outcome, times in summary.ends]
    if summary.replies:
        parts += [("They said, the costliest first\n", "bold $primary"), *_table(summary.replies, "“", "”")]
    parts += [("Your lines, the costliest first\n", "bold $primary"), *_table(summary.lines)]
    parts.append(("Times are means; they begin when you hear the reply.", "$muted"))
    calls = f"{summary.calls} {'call' if summary.calls == 1 else 'calls'}"
    return f"{MARK} · {calls}", "time taken against the text", parts


def _table(costs: Iterable[Cost], before: str = "", behind: str = "") -> Iterator[RichPart]:
    yield (f"{_HEADING}  times\n", "$muted")
    for cost in costs:
        yield from _figures(cost.seconds, cost.text_seconds)
        yield f"  {cost.times:>3} ×  {before}{one_line(cost.words)}{behind}\n"


def _figures(seconds: float, text_seconds: float) -> Iterator[RichPart]:
    over = int(seconds) - int(text_seconds)
    sign = "+" if over > 0 else "-" if over < 0 else ""
    yield (f"{sign + _clock(over):>6}", "bold $warning" if over > 0 else "")
    yield f"  {_clock(seconds):>5}  {_clock(text_seconds):>5}"


def _clock(seconds: float) -> str:
    return clock_words(timedelta(seconds=int(seconds)))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def interview_head(left: str, width: int, leaving: str) -> list[RichPart]:
    """Return the first line of a practised interview, `left` at its right end, in `width` columns.

    `leaving` is the key that leaves it.
    """
    room = width - len(left) - 2
    nothing = f" {MARK} · nothing is kept"
    whole = f" {MARK} · an interview with nobody, nothing is kept · {leaving} leaves"
    texts = (whole, nothing, f" {MARK}")
    text = next((text for text in texts if len(text) <= room), "")
    return [(text, "bold $warning"), " " * max(width - len(text) - len(left) - 1, 1), (left, "bold $warning")]


def interview_summary(told: PracticeSummary) -> list[RichPart]:
    """Return what came of a practised interview, a line each."""
    over = told.spent - told.limit
    kept = f"over by {clock_words(over)}: stop, or ask for more" if over > timedelta() else "kept"
    close = "asked who else to talk to" if told.close_asked else "who else to talk to was not asked"
    answers = f"{told.answers} answer{'' if told.answers == 1 else 's'}"
    lines = [
        ("Time", f"{clock_words(told.spent)} of {clock_words(told.limit)}, {kept}"),
        ("Questions", f"{told.asked} of {told.questions} asked"),
        ("Close", close),
        ("Notes", f"{answers}, {told.words} word{'' if told.words == 1 else 's'}" if told.words else "none"),
    ]
    return [part for label, text in lines for part in ((f"{label:<10}", "$muted"), f"{text}\n")]
