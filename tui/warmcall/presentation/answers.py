"""What everyone answered, in words: the head, the cards of a question, and what is still unanswered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from warmcall.domain.answers import Answer, AnsweredQuestion, OpenQuestion
from warmcall.domain.question_bank import Offer, as_checklist_question
from warmcall.domain.records import Contact, Interview, Target
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import ContactKind
from warmcall.formats.documents import lines_in
from warmcall.presentation import signs, wording
from warmcall.presentation.targets import for_target
from warmcall.services.answers import ASKED_KINDS, AllAnswers
from warmcall.services.services import Services
from warmcall.widgets.rich_text import Card, CardGroup, RichPart

_SIDE = {
    ContactKind.PRACTITIONER: "Who does it",
    ContactKind.HIRING_MANAGER: "Who hires for it",
    ContactKind.CONNECTOR: "Who can introduce you",
}
"""The title over the answers of each kind."""

_DO = {
    ContactKind.PRACTITIONER: ("does it", "do it"),
    ContactKind.HIRING_MANAGER: ("hires", "hire"),
    ContactKind.CONNECTOR: ("introduces", "introduce"),
}
"""What one, and what several, of each kind do."""


def head(services: Services) -> str:
    """Return what the answers come to: "Answers · 7 of 49 questions answered · Media Planner"."""
    still_open, target = services.answers.still_open(), services.store.target
    count = f"{still_open.answered} of {still_open.total} questions answered"
    return " · ".join(filter(None, ["Answers", count, one_line(target.role) if target else ""]))


def still_unanswered(services: Services) -> str:
    """Return the title over what nobody has answered for the target, which it names if there are several."""
    return f"Still unanswered{for_target(services.store, services.store.target)}, most wanted first"


def answered_or_not(services: Services, interview: Interview, offer: Offer) -> str:
    """Return the heading over questions to add: whether anybody has answered them for that target."""
    if offer.answered:
        return "Answered already"
    store, contact = services.store, services.store.contact(interview.contact_id)
    target_id = store.target_id_of(interview, contact) if contact else ""
    return f"Nobody has answered these yet{for_target(store, store.get(Target, target_id))}"


def place_words(place: int, of: int) -> str:
    """Return which question is shown: "question 3 of 12"."""
    return f"question {place} of {of}" if of else ""


def said_counts(asked: AnsweredQuestion) -> str:
    """Return how many of each kind answered: "2 who do it, nobody who hires"."""
    counts = [(kind, len({answer.contact_id for answer in asked.by(kind)})) for kind in ContactKind]
    return ", ".join(
        f"{count or 'nobody'} who {_DO[kind][count > 1]}"
        for kind, count in counts
        if count or kind in ASKED_KINDS
    )


def question_parts(asked: AnsweredQuestion, place: int, of: int) -> list[RichPart]:
    """Return the question with who answered it, its place, and its other words."""
    parts: list[RichPart] = [(one_line(asked.ask), "bold"), (f"\n{said_counts(asked)}", "$muted")]
    parts.append((f" · {place_words(place, of)}", "$muted"))
    if asked.others:
        others = "; ".join(one_line(ask) for ask in asked.others.values())
        parts.append((f" · also asked as: {others}", "$muted"))
    return parts


def card_groups(
    services: Services, asked: AnsweredQuestion, shown: Sequence[Answer], key: str
) -> list[CardGroup]:
    """Return the answers `shown` of a question, those of each kind in a group of their own.

    Whoever does the job and whoever hires for it always have one. `key` is what puts a question on a list.
    """
    found = services.answers.all()
    groups = []
    for kind in ContactKind:
        answers = [answer for answer in shown if answer.kind is kind]
        if answers or kind in ASKED_KINDS:
            cards = tuple(_card(services, found, asked, answer) for answer in answers)
            groups.append(CardGroup(_SIDE[kind], cards, _nobody(services, asked, kind, key)))
    return groups


def _card(services: Services, found: AllAnswers, asked: AnsweredQuestion, answer: Answer) -> Card:
    contact = services.store.contact(answer.contact_id)
    day = services.time.calendar.day_of(answer.at)
    today = services.time.calendar.day_of(services.time.now())
    pairs = found.differing.get(answer.id, ())
    name = one_line(contact.name) if contact else ""
    place = one_line(contact.organization) if contact else ""
    marks: list[RichPart] = []
    if pairs:
        marks += [" ", signs.DIFFERS]
    if answer.not_to_repeat:
        marks += [" ", signs.NOT_TO_REPEAT]
    where = "".join(f" · {part}" for part in (wording.short_day(day, today), place) if part)
    notes: list[RichPart] = []
    if answer.not_to_repeat:
        notes.append(("not to repeat", "$muted"))
    if answer.themes:
        notes.append((f"themes: {', '.join(answer.themes)}", "$muted"))
    for pair in pairs:
        other = found.by_id[next(id_ for id_ in pair.answers if id_ != answer.id)]
        notes.append((f"≠ {answerer(services, other)}: {pair.how}", "$primary"))
    if " ".join(answer.ask.split()) != " ".join(asked.ask.split()):
        notes.append((f"asked as: {answer.ask}", "$muted"))
    sign: RichPart = signs.STARRED if answer.starred else " "
    return Card(answer.id, sign, ((name, "bold"), *marks, (where, "$muted")), answer.words, tuple(notes))


def plain_lines(
    services: Services, questions: Sequence[AnsweredQuestion], shown: Collection[str], with_nobody: bool
) -> list[list[RichPart]]:
    """Return the answers with an id in `shown` by question and kind of people, to be read in a pipe or heard.

    With `with_nobody` it says, too, where nobody of a kind has answered.
    """
    lines: list[list[RichPart]] = []
    for asked in questions:
        answers = [answer for answer in asked.answers if answer.id in shown]
        if not answers:
            continue
        lines += [[""]] if lines else []
        lines.append([(one_line(asked.ask), "bold"), (f" ({said_counts(asked)})", "$muted")])
        for kind in ContactKind:
            of_kind = [answer for answer in answers if answer.kind is kind]
            if of_kind:
                lines.append([f"{_SIDE[kind]}:"])
                lines += [line for answer in of_kind for line in _plain_answer(services, asked, answer)]
            elif with_nobody and kind in ASKED_KINDS:
                nobody = _nobody(services, asked, kind, "")
                lines.append([f"{_SIDE[kind]}: {nobody.partition(chr(10))[0]}"])
    return lines


def unanswered_lines(services: Services, still_open: Sequence[OpenQuestion]) -> list[list[RichPart]]:
    """Return the questions nobody has answered, each with whose kind it is for and who could say it."""
    return [
        [
            (one_line(as_checklist_question(open_.question).ask), "bold"),
            f" · for those who {_DO[open_.kind][1]} · {who_could_say(services, open_)}",
        ]
        for open_ in still_open
    ]


def _plain_answer(services: Services, asked: AnsweredQuestion, answer: Answer) -> list[list[RichPart]]:
    """Return one answer: who, where and when, what is marked, and the words in lines of their own."""
    found, contact = services.answers.all(), services.store.contact(answer.contact_id)
    calendar = services.time.calendar
    day = wording.day(calendar.day_of(answer.at), calendar.day_of(services.time.now()))
    marks = signs.of_answer(answer.starred, answer.not_to_repeat)
    about = [
        contact.organization if contact else "",
        day,
        *(signs.WORDS[sign] for sign in marks),
        *(f"theme {theme}" for theme in answer.themes),
    ]
    head: list[RichPart] = [
        "  ",
        (contact.name if contact else "", "bold"),
        f", {', '.join(filter(None, about))}",
    ]
    notes = [
        f"differs from {answerer(services, found.by_id[other])}: {pair.how}"
        for pair in found.differing.get(answer.id, ())
        for other in pair.answers
        if other != answer.id
    ]
    if " ".join(answer.ask.split()) != " ".join(asked.ask.split()):
        notes.append(f"asked as: {answer.ask}")
    texts: list[list[RichPart]] = [[f"    {text}"] for text in (*lines_in(answer.words), *notes)]
    return [head, *texts]


def _nobody(services: Services, asked: AnsweredQuestion, kind: ContactKind, key: str) -> str:
    """Return what stands where nobody of a kind has answered: who will be asked, or could be."""
    listed = [
        contact
        for id_ in services.answers.listed_for(asked.id)
        if (contact := services.store.contact(id_)) is not None and contact.kind is kind
    ]
    if listed:
        return f"nobody yet; it is on the list of {wording.short_name(listed[0])}"
    next_id = services.answers.to_ask_next(asked.id)
    contact = services.store.contact(next_id)
    if contact is None or contact.kind is not kind:
        return "nobody asked yet"
    return f"nobody asked yet\n{wording.short_name(contact)} could say: {key} puts it on the list"


def answerer(services: Services, answer: Answer) -> str:
    """Return who gave an answer, in a word or two."""
    contact = services.store.contact(answer.contact_id)
    return one_line(wording.short_name(contact)) if contact else ""


def theme_words(themes: Sequence[tuple[str, int]]) -> str:
    """Return the themes with their counts: "checking 2 · clients 2 · planning 1"."""
    return " · ".join(f"{one_line(theme)} {count}" for theme, count in themes)


def who_could_say(services: Services, wanted: OpenQuestion) -> str:
    """Return whose list a question is on, or who could be asked it: "Owen could say"."""
    if wanted.listed and (contact := services.store.contact(wanted.listed[0])) is not None:
        more = f" and {len(wanted.listed) - 1} more" if len(wanted.listed) > 1 else ""
        return f"on {wording.short_name(contact)}'s list{more}"
    contact = services.store.contact(wanted.next_to_ask)
    if contact is None:
        return f"nobody yet who {_DO[wanted.kind][0]}"
    return f"{wording.short_name(contact)} could say"


def put_words(services: Services, contact: Contact, meeting: Interview | None) -> str:
    """Return where a question was put: "On the list for Owen, Thu 3 Dec 10:30"."""
    name = wording.short_name(contact)
    if meeting is None:
        return f"On the list for {name}, whenever you meet"
    return f"On the list for {name}, {_moment(services, meeting.at)}"


def _moment(services: Services, at: datetime) -> str:
    return wording.moment(at, services.time.now(), services.time.calendar)
