"""The user's own answers to a job interview, in words: how long, how often practised, how sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from warmcall.domain.answers import Answer
from warmcall.domain.business_days import Calendar
from warmcall.domain.day_names import MONTHS
from warmcall.domain.job_answers import Draws, JobQuestion, Length, length_of, sureness
from warmcall.domain.practice_answers import AnswerRound, AnswerStep
from warmcall.domain.records import Contact, JobAnswer
from warmcall.domain.sanitize import one_line
from warmcall.presentation.counts import (
    clock,
    counted,
    over_or_under,
    time_against,
    time_meant,
    words_and_seconds,
)
from warmcall.presentation.practice import MARK
from warmcall.presentation.progress import ProgressLine
from warmcall.presentation.signs import NOT_TO_REPEAT, of_answer
from warmcall.presentation.wording import short_name
from warmcall.services.job_answers import JobAnswerState, KnownPlace, Material
from warmcall.widgets.rich_text import RichPart

SURENESS = {1: "not at all", 2: "a little", 3: "half", 4: "fairly", 5: "very"}
"""How sure one is of an answer, in words by the figure."""

PRACTICES_SHOWN = 6
"""How many of the last practices stand side by side: so many fit into a list of 60 cells."""

_LABEL_CELLS, _PRACTICE_CELLS = 8, 8

OWN_ANSWERS = "your answers"
"""The key of their line in Progress, and its label."""

_HEADING = {
    Draws.YOURSELF: "What you say of yourself",
    Draws.INTERVIEWS: "What they said",
    Draws.RESEARCH: "Your research",
    Draws.ORGANIZATION: "What they said at",
}
_NOTHING = {
    Draws.YOURSELF: "Nothing yet: {app.target} {target.edit} fills in who you are, and why this job.",
    Draws.INTERVIEWS: "Nothing yet: what people answer in interviews comes here.",
    Draws.RESEARCH: "Nothing yet: {app.target} {target.research} begins it.",
    Draws.ORGANIZATION: "No place is chosen: {job_answer.place} chooses one.",
}
_NOTHING_THERE = "Nobody there has told you anything yet."

_REMARK = {
    Length.SHORT: "is short. Is there an example to give?",
    Length.RIGHT: "is as long as it should be.",
    Length.LONG: "is long. What would they not miss?",
}


def head(role: str, states: Sequence[JobAnswerState]) -> str:
    """Return what stands above the list: the job, and how many answers are written and were practised."""
    written = sum(bool(state.words) for state in states)
    practised = sum(bool(state.answer.practices) for state in states)
    done = f"{written} of {len(states)} written, {practised} practised"
    return " · ".join(filter(None, ["Your answers", one_line(role), done]))


def row_cells(state: JobAnswerState) -> tuple[RichPart, ...]:
    """Return one row: a sign of how far it is, the question, words, time aloud, practices and how sure."""
    practices, sure = state.answer.practices, sureness(state.answer)
    sign = "●" if practices else "○" if state.words else "–"
    aloud = f"{clock(state.seconds)} of {clock(state.question.seconds)}"
    times = counted(len(practices), "time")
    return (
        (sign, "$primary" if practices else "$muted"),
        one_line(state.question.ask),
        f"{state.words or '–':>5}",
        aloud if state.words else (time_meant(state.question.seconds), "$muted"),
        times if practices else ("not yet", "$muted"),
        f"{sure[0]}→{sure[1]}" if sure else "",
    )


def detail(state: JobAnswerState, today: date, calendar: Calendar, write: str) -> list[RichPart]:
    """Return one answer whole: the question, what they hope to hear, the text, and each practice.

    `write` says with which key it is written, in the place of a text that is not there.
    """
    question = state.question
    parts: list[RichPart] = [(f"{one_line(question.ask)}\n", "bold")]
    if question.wanted.strip():
        parts.append((f"They hope to hear: {one_line(question.wanted)}\n", "$muted"))
    parts += ["\n", state.answer.text.strip() or (write, "$muted"), "\n"]
    shown = series(state.answer, today, calendar)
    return [*parts, "\n", *shown] if shown else parts


def question_head(question: JobQuestion) -> list[RichPart]:
    """Return the question as it stands above the text, with what they hope to hear."""
    wanted = one_line(question.wanted)
    return [(one_line(question.ask), "bold"), (f"\nThey hope to hear: {wanted}" if wanted else "", "$muted")]


def length_of_text(words: int, seconds: int, state: JobAnswerState) -> list[RichPart]:
    """Return how long the text being written is, against what it is meant to take, and the practice."""
    question = state.question
    length = f"{words_and_seconds(words, seconds)} of about {question.seconds}"
    is_long = length_of(seconds, question.seconds) is Length.LONG
    practice = [practised_words(state.answer), sure_words(state.answer)] if state.answer.practices else []
    return [
        (f"{length}{', long' if is_long else ''}", "$warning" if is_long else "$muted"),
        (" · ".join(["", *filter(None, practice)]), "$muted"),
    ]


def as_text(states: Sequence[JobAnswerState]) -> str:
    """Return all answers that are written as plain text, to be copied."""
    return "\n\n".join(
        f"{one_line(state.question.ask)}\n{state.answer.text.strip()}" for state in states if state.words
    )


def material(
    parts: Sequence[Material], contact_of: Callable[[str], Contact | None], with_keys: Callable[[str], str]
) -> list[RichPart]:
    """Return what was learned that may serve an answer, a heading for each kind.

    What is not to be repeated has its sign, since in a job interview it is not to be said again.
    """
    found: list[RichPart] = []
    for part in parts:
        heading = _HEADING[part.draws]
        if part.draws is Draws.ORGANIZATION:
            heading = f"{heading} {one_line(part.place)}" if part.place else "What is known of them"
        found += ["\n\n" if found else "", (heading, "bold")]
        found += [f"\n· {one_line(line)}" for line in part.lines]
        for answer in part.answers:
            found += ["\n", *_said(answer, contact_of(answer.contact_id))]
        if part.more:
            found.append((with_keys(f"\n  and {part.more} more: {{progress.answers}} in Progress"), "$muted"))
        if not (part.lines or part.answers):
            nothing = _NOTHING_THERE if part.place else _NOTHING[part.draws]
            found.append((f"\n{with_keys(nothing)}", "$muted"))
    if any(answer.not_to_repeat for part in parts for answer in part.answers):
        found.append((f"\n\n{NOT_TO_REPEAT[0]} not to be repeated there", NOT_TO_REPEAT[1]))
    return found


def place_cells(place: KnownPlace) -> tuple[RichPart, ...]:
    """Return an organization to choose: its name, how much it is wanted, how many answers came from it."""
    answers = counted(place.answers, "answer") if place.answers else "no answers"
    return one_line(place.name), "●" * place.wanted, (answers, "" if place.answers else "$muted")


def practised_words(answer: JobAnswer) -> str:
    """Return how often an answer was said aloud: "practised once", "practised 3 times"."""
    count = len(answer.practices)
    if not count:
        return "not practised yet"
    return "practised once" if count == 1 else f"practised {count} times"


def sure_words(answer: JobAnswer) -> str:
    """Return how sure of it the user was before the first practice and after the last: "sure 2→4"."""
    sure = sureness(answer)
    return f"sure {sure[0]}→{sure[1]}" if sure else ""


def progress_line(states: Sequence[JobAnswerState]) -> ProgressLine | None:
    """Return what Progress says of them: "2 of 4 written · sure 2→4, 3→3"; None before the first is begun."""
    written = sum(bool(state.words) for state in states)
    sure = [
        f"{before}→{after}"
        for state in states
        for before, after in [sureness(state.answer) or (0, 0)]
        if before
    ]
    if not written and not sure:
        return None
    parts = (f"{written} of {len(states)} written", f"sure {', '.join(sure)}" if sure else "")
    return ProgressLine(OWN_ANSWERS, OWN_ANSWERS, text=" · ".join(filter(None, parts)))


def series(answer: JobAnswer, today: date, calendar: Calendar) -> list[RichPart]:
    """Return the last practices side by side: the day, how sure before and after, and the time aloud."""
    last = answer.practices[-PRACTICES_SHOWN:]
    if not last:
        return []
    days = [_day(calendar.day_of(practice.at), today) for practice in last]
    lines = (
        ("", days),
        ("before", [str(practice.before) for practice in last]),
        ("after", [str(practice.after) for practice in last]),
        ("aloud", [clock(practice.seconds) for practice in last]),
    )
    more = len(answer.practices) - len(last)
    parts: list[RichPart] = [
        ("How sure, 1 to 5", "bold"),
        (f" · the last {len(last)}" if more else "", "$muted"),
    ]
    for label, figures in lines:
        cells = "".join(f"{figure:<{_PRACTICE_CELLS}}" for figure in figures).rstrip()
        parts += ["\n", (f"{label:<{_LABEL_CELLS}}", "$muted"), (cells, "" if label else "$muted")]
    return parts


def scale() -> list[RichPart]:
    """Return the figures of how sure one is, each with its word."""
    return [
        part
        for figure, words in SURENESS.items()
        for part in (("   " if figure > 1 else " "), (str(figure), "bold $primary"), f" {words}")
    ]


def round_head(practice: AnswerRound, left: str) -> list[RichPart]:
    """Return the first line of practising answers: that it is practice, the time left of a real interview,
    and which question it is."""
    return [
        (MARK, "bold reverse $warning"), (f" · {left}" if left else "", "bold $warning"),
        (f" · question {practice.at + 1} of {len(practice.questions)}", "bold"),
        " · ratings and seconds are kept",
    ]  # fmt: skip


def round_about(role: str, answer: JobAnswer) -> list[RichPart]:
    """Return the second line: the job it is for, and what practice there was."""
    return [" · ".join(filter(None, [one_line(role), practised_words(answer), sure_words(answer)]))]


def asked(question: JobQuestion) -> list[RichPart]:
    """Return the question as they ask it."""
    return [("They ask  ", "$muted"), (f"“{one_line(question.ask)}”", "bold")]


def time_spoken(seconds: float, question: JobQuestion, step: AnswerStep) -> str:
    """Return the time an answer takes, or took, against that it is meant to take."""
    if step is AnswerStep.BEFORE:
        return time_meant(question.seconds)
    timing = time_against(seconds, question.seconds)
    if step is AnswerStep.SPEAKING:
        return timing
    return f"{timing}, {over_or_under(seconds, question.seconds)}"


def sure_before() -> list[RichPart]:
    """Return what is asked before an answer is said."""
    return [("How sure are you of your answer, before you say it?", "bold"), "\n\n", *scale()]


def sure_after(seconds: float, question: JobQuestion) -> list[RichPart]:
    """Return what is asked once it was said, with a remark on its length."""
    remark = _REMARK[length_of(seconds, question.seconds)]
    return [
        f"{clock(seconds)} {remark}\n\n",
        ("And now that you have said it, how sure are you?", "bold"), "\n\n", *scale(),
    ]  # fmt: skip


def practice_kept(
    practice: AnswerRound, states: Sequence[JobAnswerState], calendar: Calendar, today: date
) -> list[RichPart]:
    """Return how the answer just practised has fared; after the last, what the round came to as well."""
    by_id = {state.question.id: state for state in states}
    state = by_id.get(practice.question_id)
    parts = series(state.answer, today, calendar) if state else []
    if not practice.is_last or len(practice.kept) < 2:
        return parts
    parts += [("\n\nThis round", "bold")]
    for id_, kept in practice.kept.items():
        if id_ in by_id:
            took = f"{clock(kept.seconds)} of {clock(by_id[id_].question.seconds)}"
            parts += [
                "\n", f"{kept.before}→{kept.after}  {took}  ", (one_line(by_id[id_].question.ask), "$muted"),
            ]  # fmt: skip
    return parts


def next_step(practice: AnswerRound) -> str:
    """Return what the key that goes on does next."""
    match practice.step:
        case AnswerStep.SPEAKING:
            return "said it"
        case AnswerStep.KEPT:
            return "done" if practice.is_last else "next question"
    return "go on"


def _said(answer: Answer, person: Contact | None) -> list[RichPart]:
    """Return what somebody said, after its signs, and then who said it and to which question."""
    name = one_line(short_name(person)) if person else "somebody"
    marks = of_answer(answer.starred, answer.not_to_repeat)
    begin = ("".join(f"{sign} " for sign, _ in marks), marks[-1][1]) if marks else ("· ", "")
    words = " ".join(answer.words.split())
    return [begin, words, (f" ({name}: {one_line(answer.ask)})", "$muted")]


def _day(day: date, today: date) -> str:
    return "today" if day == today else f"{day.day} {MONTHS[day.month - 1][:3]}"
