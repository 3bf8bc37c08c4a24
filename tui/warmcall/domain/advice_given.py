"""The advice people gave: whether the user followed it, whether they know that, and how a letter says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from warmcall.domain.evidence import RESUME_CHANGED, is_resume_task
from warmcall.domain.records import Advice, FollowUp
from warmcall.domain.templates import recast
from warmcall.domain.vocabulary import FollowUpKind

_LETTERS = (FollowUpKind.CHECK_IN, FollowUpKind.THANK_YOU)
"""Letters that can say what became of advice; other letters go out for something else."""

WORDS_IN_LETTER_MIN = 8
"""Advice of fewer letters could stand in a letter by chance."""

_STEM = re.compile(
    r"^(?:(?:you|i|we)\s+(?:should|could|might|ought\s+to|must|need\s+to)\s+"
    r"|(?:they|he|she)\s+(?:said|advised|told\s+me|suggested)\s+(?=to\b|not\b))",
    re.IGNORECASE,
)
_TO = re.compile(r"^to\s+(?=\S)", re.IGNORECASE)
_NOT = re.compile(r"^(?:do\s+not|don['’]t|not(?:\s+to)?|never(?:\s+to)?)\s+(?=\S)", re.IGNORECASE)
_NO_VERB = re.compile(
    r"^(?:the|an?|my|our|your|his|her|their|its|some|this|that|these|those|any|i|you|he|she|it|we|they|there|no|more|less|fewer|all|each|every|one|only|"
    r"in|on|at|with|without|for|about|from|after|before|of|by|if|when|what|how|why|who|where|yes|maybe|\d+)\b",
    re.IGNORECASE,
)
"""How words begin that cannot follow "you should"."""

_UNCLEAR = re.compile(r"\b(?:he|she|him|her|his|hers|you|yours|me)\b", re.IGNORECASE)
"""Words that mean somebody else in a letter to the one who said them."""

_MINE = {"your": "my", "yourself": "myself"}
_YOUR = re.compile(r"\b(?:your|yourself)\b", re.IGNORECASE)


class AdviceGiven(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of advice as it stands.

    `record` is None for advice on the resume that an earlier version kept as a task alone; `task` is the
    follow-up that does it, if there is one. `known_since` is when they were told that it was followed, None
    if nobody told them. `next_letter` is the next one that is owed to them, which can say so.
    """

    id: str
    contact_id: str
    words: str
    given_at: datetime
    on_resume: bool = False
    record: Advice | None = None
    task: FollowUp | None = None
    followed_at: datetime | None = None
    known_since: datetime | None = None
    next_letter: FollowUp | None = None

    @property
    def is_followed(self) -> bool:
        """Whether it was followed."""
        return self.followed_at is not None


def advice_id(task_id: str) -> str:
    """Return the id of the advice that was kept as a task alone: two sessions make the same record of it."""
    return f"advice {task_id}"


def advice_given(
    records: Iterable[Advice], tasks: Iterable[FollowUp], of_contact: Callable[[str], Sequence[FollowUp]]
) -> list[AdviceGiven]:
    """Return all advice: on the resume first, of that what is still to be done first, then the newest first.

    `tasks` are follow-ups, among them those that advice on the resume led to. `of_contact` returns all
    follow-ups of a contact. A task that was dropped is none.
    """
    found = sorted(_advice(records, tasks, of_contact), key=lambda advice: advice.given_at, reverse=True)
    return sorted(found, key=lambda advice: (not advice.on_resume, advice.is_followed))


def advice_phrase(words: str) -> str:
    """Return advice as it follows "advised me": "to show my numbers" for "You should show your numbers".

    Empty where `advice_problem` finds something.
    """
    if not words.strip() or advice_problem(words):
        return ""
    denial, text = _parts(words)
    first, _, rest = _YOUR.sub(lambda match: _MINE[match[0].lower()], text).partition(" ")
    verb = first if first.isupper() else first[0].lower() + first[1:]
    return f"{denial}to {verb} {rest}".strip()


def advice_problem(words: str) -> str:
    """Return why a letter cannot say advice in these words, and what to write instead; empty if it can."""
    _, text = _parts(words)
    if unclear := _UNCLEAR.search(text):
        return f"they will read it: say it without “{unclear[0]}”"
    if re.search("[‹›]", text):
        return "leave the signs ‹ › out"
    if not text or _NO_VERB.match(text):
        return "begin with what to do: “join the media club”"
    return ""


def _parts(words: str) -> tuple[str, str]:
    """Return what the advice is to do, after "not " or "never " if it is not to, else after an empty text."""
    text = _STEM.sub("", " ".join(words.split()).rstrip(" .!,;:"))
    denied = _NOT.match(text)
    if denied is None:
        return "", _TO.sub("", text)
    return ("never " if denied[0].casefold().startswith("never") else "not "), text[denied.end() :]


def followed_sentence(words: str, on_resume: bool = False) -> str:
    """Return how a letter says that advice was followed, without a full stop.

    Words that do not fit into the sentence stand in a gap to be recast.
    """
    if on_resume:
        return RESUME_CHANGED
    phrase = advice_phrase(words)
    return (
        f"I followed your advice {phrase}"
        if phrase
        else f"I followed your advice, {recast(words, 'say what you did')}"
    )


def _advice(
    records: Iterable[Advice], tasks: Iterable[FollowUp], of_contact: Callable[[str], Sequence[FollowUp]]
) -> Iterator[AdviceGiven]:
    known = list(records)
    task_ids = {record.task_id: record for record in known if record.task_id}
    tasks_found: dict[str, FollowUp] = {}
    for task in tasks:
        if task.dropped:
            continue
        if task.id in task_ids:
            tasks_found[task_ids[task.id].id] = task
        elif task.kind is FollowUpKind.OTHER and is_resume_task(task.note):
            words = task.note.partition(":")[2].strip() or task.note.strip()
            advice = AdviceGiven(
                id=advice_id(task.id), contact_id=task.contact_id, words=words, given_at=task.created_at,
                on_resume=True, task=task, followed_at=task.done_at,
            )  # fmt: skip
            yield _with_letters(advice, None, of_contact(task.contact_id))
    for record in known:
        own_task = tasks_found.get(record.id)
        advice = AdviceGiven(
            id=record.id, contact_id=record.contact_id, words=record.words, given_at=record.created_at,
            on_resume=record.on_resume, record=record, task=own_task,
            followed_at=own_task.done_at if own_task else record.followed_at,
        )  # fmt: skip
        yield _with_letters(advice, record.told_at, of_contact(record.contact_id))


def _with_letters(advice: AdviceGiven, told_at: datetime | None, own: Sequence[FollowUp]) -> AdviceGiven:
    """Return `advice` with when they knew of it, and the letter that can say it; `own` are all of theirs."""
    followed_at = advice.followed_at
    times = [
        letter.done_at
        for letter in own
        if followed_at is not None and letter.done_at is not None and letter.done_at >= followed_at
        if not letter.dropped and _is_letter(letter) and _says(letter, advice)
    ]
    times += [told_at] if told_at is not None and followed_at is not None else []
    check_ins = (other for other in own if other.kind is FollowUpKind.CHECK_IN and other.done_at is None)
    return msgspec.structs.replace(
        advice, known_since=min(times, default=None), next_letter=next(check_ins, None)
    )


def _is_letter(follow_up: FollowUp) -> bool:
    return follow_up.kind in _LETTERS or bool(follow_up.letter)


def _says(letter: FollowUp, advice: AdviceGiven) -> bool:
    """Return whether a letter speaks of advice: its reason is that it was followed, or it has its words."""
    text = _plain(f"{letter.note} {letter.subject} {letter.body}")
    if advice.on_resume:
        return "resume" in text.replace("é", "e")
    words = _plain(advice_phrase(advice.words) or advice.words)
    reason = _plain(followed_sentence(advice.words))
    return reason in text or (len(words) >= WORDS_IN_LETTER_MIN and words in text)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .")
