"""The decision in words: what must be true, what speaks for it and against it, and what is decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from warmcall.domain.answers import Answer
from warmcall.domain.articles import with_article
from warmcall.domain.business_days import Calendar
from warmcall.domain.decisions import FINAL, WeighedAnswer, WeighedRequirement, because
from warmcall.domain.records import Decision, Target
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import TargetVerdict
from warmcall.presentation import signs, wording
from warmcall.services.deciding import DecisionState
from warmcall.services.progress import RatedTalk
from warmcall.widgets.rich_text import RichPart

VERDICT = {
    TargetVerdict.GO: "go",
    TargetVerdict.KEEP_ASKING: "keep asking",
    TargetVerdict.ANOTHER_TARGET: "another target",
    TargetVerdict.NO: "no",
}
CHANGE_QUESTION = "What would one more talk have to say to change your mind?"
FOR, AGAINST = "+", "-"
"""The signs of an answer that speaks for a requirement, and of one against it."""

NAMES_SHOWN = 2
"""Up to how many of those who could say something are all named; of more only the first is."""

ALL_NAMES_SHOWN = 12
"""How many of them are named where there is room."""

TALKS_SHOWN = 6
"""Of how many of the last talks the ratings are shown."""

NameOf = Callable[[str], str]
"""Returns the name of a contact by id."""

WithKeys = Callable[[str], str]
"""Returns words with each {id} in them replaced by its key."""


def question(target: Target | None) -> str:
    """Return what is to be decided: "Is the work of a Media Planner for you?"."""
    role = one_line(target.role).strip() if target else ""
    return f"Is the work of {with_article(role)} for you?" if role else "Is this job for you?"


def ratings(talks: Sequence[RatedTalk]) -> str:
    """Return how the last talks were rated: "fit 4 3 4 4 · sure 2 3 3 4"; empty without any."""
    last = talks[-TALKS_SHOWN:]
    rows = (("fit", [talk.fit for talk in last]), ("sure", [talk.confidence for talk in last]))
    return " · ".join(
        f"{label} {' '.join(str(figure) if figure else '–' for figure in figures)}"
        for label, figures in rows
        if any(figures)
    )


def said_of(one: WeighedRequirement | None) -> str:
    """Return the title of what was said of a requirement."""
    return (
        f"What was said of “{one_line(one.requirement.text)}”" if one is not None else "What was said of it"
    )


def requirement_cells(one: WeighedRequirement, name_of: NameOf) -> tuple[str, ...]:
    """Return the words, who is for it, who against it, both as a count, and who could say."""
    counts = ((len(one.supporting), "for"), (len(one.opposing), "against"))
    return (
        one.requirement.text,
        _who(one.supporting, name_of),
        _who(one.opposing, name_of),
        ", ".join(f"{count} {side}" for count, side in counts if count) or "–",
        _named(one.could_say, name_of) or "–",
    )


def _who(said: Iterable[WeighedAnswer], name_of: NameOf) -> str:
    """Return who said something, each once, with a star if an answer of theirs has one."""
    stars: dict[str, bool] = {}
    for one in said:
        id_ = one.answer.contact_id
        stars[id_] = stars.get(id_, False) or one.answer.starred
    return (
        ", ".join(
            f"{name_of(id_)}{f' {signs.STARRED[0]}' if starred else ''}" for id_, starred in stars.items()
        )
        or "–"
    )


def _named(ids: Sequence[str], name_of: NameOf) -> str:
    if len(ids) <= NAMES_SHOWN:
        return ", ".join(map(name_of, ids))
    return f"{name_of(ids[0])}, {len(ids) - 1} more"


def evidence_cells(one: WeighedAnswer, name: str, today: date, calendar: Calendar) -> tuple[RichPart, ...]:
    """Return the sign for or against, who said it, when, the answer's signs, and the words that count."""
    return (*answer_cells(one.answer, one, name, today, calendar)[:-1], one_line(one.words))


def evidence_page(one: WeighedAnswer, kind_words: str) -> list[RichPart]:
    """Return an answer to be read whole: the question, the words that count, and what else was said."""
    words = one_line(one.words)
    parts: list[RichPart] = [(f"{one_line(one.answer.ask)} · {kind_words}\n", "$muted"), f"“{words}”"]
    if one.evidence.words:
        parts.append((f"\nin full: {one_line(one.answer.words)}", "$muted"))
    if one.answer.not_to_repeat:
        parts.append(("\nNot to be repeated: it stays out of letters", "$warning"))
    return parts


def requirement_page(one: WeighedRequirement, name_of: NameOf, with_keys: WithKeys) -> list[RichPart]:
    """Return what to do while nothing is said of a requirement, and who could still say something."""
    parts: list[RichPart] = []
    if not one.answers:
        parts.append(
            with_keys("Nothing yet: {decision.for} takes an answer for it, {decision.against} one against")
        )
    if one.could_say:
        names = [name_of(id_) for id_ in one.could_say[:ALL_NAMES_SHOWN]]
        more = len(one.could_say) - len(names)
        names += [f"{more} more"] if more else []
        parts += ["\n" if parts else "", ("Could still say: ", "$muted"), ", ".join(names)]
    return parts


def answer_cells(
    answer: Answer, present: WeighedAnswer | None, name: str, today: date, calendar: Calendar
) -> tuple[RichPart, ...]:
    """Return an answer to choose from: the side it is on already, who, when, its signs, and its words."""
    sign: RichPart = ""
    if present is not None:
        sign = (FOR, "$success") if present.evidence.supports else (AGAINST, "$warning")
    day = wording.short_day(calendar.day_of(answer.at), today)
    found = signs.of_answer(answer.starred, answer.not_to_repeat)
    marks: RichPart = ("".join(mark for mark, _ in found), found[-1][1]) if found else ""
    return sign, name, day, marks, one_line(answer.words)


def verdict_lines(
    state: DecisionState, to_tell: int, today: date, calendar: Calendar, with_keys: WithKeys
) -> list[RichPart]:
    """Return what is decided, what would change it, and what to press next."""
    decision = state.decision
    if decision is None:
        return ["Decided: nothing yet", (with_keys("   {decision.decide} decides"), "$muted")]
    parts: list[RichPart] = ["Decided: ", (VERDICT[decision.verdict], "bold")]
    if decision.decided_at is not None:
        parts.append((f" · {wording.short_day(calendar.day_of(decision.decided_at), today)}", "$muted"))
    if clause := because(one_line(decision.why)):
        parts.append(f" · because {clause}")
    if change := one_line(decision.would_change_my_mind).strip():
        parts.append(f"\nOne more talk would change my mind if it said: {change}")
    if step := _next_step(decision, to_tell, with_keys):
        parts.append(f"\n{step}")
    return parts


def _next_step(decision: Decision, to_tell: int, with_keys: WithKeys) -> str:
    if decision.verdict in FINAL:
        if not to_tell:
            return "Everybody who helped has your letter, or it is in the queue."
        who = "One person who helped" if to_tell == 1 else f"{to_tell} people who helped"
        return with_keys(f"{who} would like to hear it: {{decision.letters}} drafts the letters.")
    if decision.verdict is TargetVerdict.ANOTHER_TARGET:
        return with_keys("{app.target} {target.targets} adds the other job, or changes to it.")
    return ""


def letters_added(count: int) -> str:
    """Return what is said once the letters on the decision are in the queue."""
    letters = "a letter" if count == 1 else f"{count} letters"
    return f"In the queue: {letters}, to everybody who helped, to say what you decided"
