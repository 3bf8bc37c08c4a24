"""Practice in words: the time of a line, the end of a call, the summaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from warmcall.domain.job_answers import Length, length_of
from warmcall.domain.practice_call import (
    Cost,
    LineSaid,
    PracticeSession,
    PracticeState,
    PractisedCall,
    Summary,
)
from warmcall.domain.records import Contact
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import Outcome
from warmcall.presentation.countdown import clock_words
from warmcall.presentation.counts import clock, counted, over_or_under, time_against
from warmcall.presentation.wording import OUTCOME, work
from warmcall.services.practice_interviews import PracticeSummary
from warmcall.widgets.rich_text import RichPart

MARK = "Practice"
"""Shown on every screen of practice, so that nobody takes it for a real call."""

MINUTE_SECONDS = 60
"""How long the minute on oneself is to take, in seconds."""

_HEADING = "  over   took   text"


def call_ending(outcome: Outcome | None) -> str:
    """Return how a call ended: "an interview was set"; without an outcome they had to go."""
    return OUTCOME[outcome] if outcome else "they had to go"


def line_timing(seconds: float, text_seconds: float, said: bool, before: LineSaid | None) -> list[RichPart]:
    """Return the time of a line that was said, or of one being said, with that of the line `before` it."""
    timing = (time_against(seconds, text_seconds), "bold")
    if said:
        return [timing, f" · {over_or_under(seconds, text_seconds)}"]
    if before is None:
        return [timing]
    return [
        timing,
        (f" · the line before: {time_against(before.seconds, before.text_seconds)}", "$muted"),
    ]


def call_head(number: str, left: str) -> list[RichPart]:
    """Return the first line: that this is practice, the time left of an interview, which call it is."""
    return [
        (MARK, "bold reverse $warning"), (f" · {left}" if left else "", "bold $warning"),
        (f" · {number}" if number else "", "bold"), " · nobody is called, nothing is kept",
    ]  # fmt: skip


def next_action(practice: PracticeSession, summing_up: bool) -> str:
    """Return what the key that goes on does next."""
    if summing_up:
        return "more calls" if practice.complete else "go on"
    match practice.state:
        case PracticeState.SPEAKING:
            return "said it"
        case PracticeState.SAID:
            return "they answer"
        case PracticeState.ENDED:
            return "sum up" if practice.complete else "next call"


def partner_line(person: Contact) -> list[RichPart]:
    """Return the line that says whom the user pretends to call; a person without an id is made up."""
    rest = [work(person), "" if person.id else "made up"]
    return [(one_line(person.name), "bold"), *(f" · {item}" for item in rest if item)]


def reply_line(words: str) -> list[RichPart]:
    """Return the line with what the other side said; empty words are the start of a call."""
    return (
        [("They say  ", "$muted"), (f"“{one_line(words)}”", "bold")] if words else ["They pick up the phone."]
    )


def call_over(call: PractisedCall, number: int) -> tuple[str, str, list[RichPart]]:
    """Return title, side note and text of the end of a call: how it ended, and what each line took."""
    parts: list[RichPart] = [(_sentence(call_ending(call.outcome)), "bold"), (f"\n\n{_HEADING}", "$muted")]
    for line in call.lines:
        parts += ["\n", *_figures(line.seconds, line.text_seconds), f"  {one_line(line.text)}"]
    return f"{MARK} · call {number} is over", "", parts


def calls_summary(summary: Summary) -> tuple[str, str, list[RichPart]]:
    """Return title, side note and text of the summary: how calls ended, what replies and lines took."""
    parts: list[RichPart] = [f"{times:>4} ×  {call_ending(outcome)}\n" for outcome, times in summary.ends]
    if summary.replies:
        parts += [
            ("They said, your slowest answers first\n", "bold $primary"),
            *_table(summary.replies, "“", "”"),
        ]
    parts += [("Your lines, the slowest first\n", "bold $primary"), *_table(summary.lines)]
    parts.append(("Times are means; they begin when you hear the reply.", "$muted"))
    return f"{MARK} · {counted(summary.calls, 'call')}", "time taken against the text", parts


def _table(costs: Iterable[Cost], opening: str = "", closing: str = "") -> Iterator[RichPart]:
    yield (f"{_HEADING}  times\n", "$muted")
    for cost in costs:
        yield from _figures(cost.seconds, cost.text_seconds)
        yield f"  {cost.times:>3} ×  {opening}{one_line(cost.words)}{closing}\n"


def _figures(seconds: float, text_seconds: float) -> Iterator[RichPart]:
    over = int(seconds) - int(text_seconds)
    sign = "+" if over > 0 else "-" if over < 0 else ""
    yield (f"{sign + clock(over):>6}", "bold $warning" if over > 0 else "")
    yield f"  {clock(seconds):>5}  {clock(text_seconds):>5}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def interview_head(left: str, width: int, leave_key: str, left_style: str = "") -> list[RichPart]:
    """Return the first line of a practice interview, with the time `left` at its end, in `width` cells.

    `left_style` is added to the bold of the time left. `leave_key` is the key that leaves it. The words
    before the time get fewer as room gets less.
    """
    room = width - len(left) - 2
    short = f" {MARK} · nothing is kept"
    long = f" {MARK} · an interview with nobody, nothing is kept · {leave_key} leaves"
    texts = (long, short, f" {MARK}")
    text = next((text for text in texts if len(text) <= room), "")
    gap = " " * max(width - len(text) - len(left) - 1, 1)
    return [(text, "bold $warning"), gap, (left, f"bold {left_style}".rstrip())]


def interview_summary(summary: PracticeSummary) -> list[RichPart]:
    """Return how a practice interview went, a line for each thing counted."""
    over = summary.spent - summary.limit
    kept = f"over by {clock_words(over)}: stop, or ask for more" if over > timedelta() else "kept"
    close = "asked who else to talk to" if summary.close_asked else "who else to talk to was not asked"
    notes = f"{counted(summary.answers, 'answer')}, {counted(summary.words, 'word')}"
    lines = [
        ("Time", f"{clock_words(summary.spent)} of {clock_words(summary.limit)}, {kept}"),
        ("Questions", f"{summary.asked} of {summary.questions} asked"),
        ("Close", close),
        ("Notes", notes if summary.words else "none"),
    ]
    return [part for label, text in lines for part in ((f"{label:<10}", "$muted"), f"{text}\n")]


def minute_on_oneself(sentences: Sequence[str], target_key: str) -> list[RichPart]:
    """Return what the user may say in a minute on themselves; with nothing known, the key that changes it."""
    if not sentences:
        return ["Nothing is known of you yet: ", (target_key, "bold $primary"), "  Target fills it in."]
    return ["\n".join(sentences), ("\n\nThen what you would like to hear from them.", "$muted")]


def minute_taken(seconds: float, said: bool, has_why: bool) -> list[RichPart]:
    """Return the time that the minute on oneself has taken so far; once it is `said`, with a remark.

    `has_why` is whether it says why they want that job.
    """
    if not said:
        return [(time_against(seconds, MINUTE_SECONDS), "bold")]
    room_for = "something you have done" if has_why else "why you want it"
    remark = {
        Length.SHORT: f"there is room for {room_for}",
        Length.RIGHT: "about a minute, as it should be",
        Length.LONG: "too long: what would they not miss?",
    }[length_of(seconds, MINUTE_SECONDS)]
    return [(counted(int(seconds), "second"), "bold"), f": {remark}"]
