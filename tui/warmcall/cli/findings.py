"""The commands about what came of it: the answers that people gave, and how the search goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import click

from warmcall.cli.base import db_option, examples, pager_option
from warmcall.cli.invocation import EXIT_NOTHING_DUE, EXIT_OK, Invocation
from warmcall.cli.reading import json_option, note_nothing, print_json, print_lines, services_for
from warmcall.cli.selecting import select_target

if TYPE_CHECKING:
    from warmcall.domain.answers import Answer
    from warmcall.services.answers import AllAnswers
    from warmcall.services.services import Services


@click.command(
    epilog=examples(
        ("warmcall answers", "everyone's, question by question"),
        ("warmcall answers spreadsheets", "those with a word"),
        ("warmcall answers --question ordinary", "to one question, by words of it"),
        ("warmcall answers --starred --repeatable", "what may be quoted"),
        ("warmcall answers --unanswered", "what nobody has answered, and who could"),
    )
)
@click.argument("words", nargs=-1)
@click.option("--question", metavar="WORDS", help="Only to questions with these words, or of this id.")
@click.option("--theme", help="Only those that speak of this theme.")
@click.option("--starred", is_flag=True, help="Only starred ones.")
@click.option("--unanswered", is_flag=True, help="Instead: what nobody has answered, and who could.")
@click.option("--repeatable", is_flag=True, help="Leave out those marked “not to repeat”.")
@json_option
@pager_option
@db_option
@click.pass_obj
def answers(
    invocation: Invocation,
    words: tuple[str, ...],
    question: str | None,
    theme: str | None,
    starred: bool,
    unanswered: bool,
    repeatable: bool,
    as_json: bool,
) -> None:
    """Print what people answered, by question and person.

    Those who do the job come before those who hire for it. WORDS have to be in the answer, its question or
    its themes.

    The exit code is 0 if there is any, 1 if not.
    """
    from warmcall.domain.answers import matching
    from warmcall.domain.text_folding import folded

    services = services_for(invocation)
    if unanswered:
        _print_unanswered(services, " ".join((*words, question or "")), as_json)
    found = services.answers.all()
    asked_for = _answers_to(found, question) if question is not None else found.by_id.values()
    shown = [
        answer
        for answer in matching(asked_for, " ".join(words))
        if (not starred or answer.starred)
        and not (repeatable and answer.not_to_repeat)
        and (theme is None or folded(theme.strip()) in map(folded, answer.themes))
    ]
    ids = {answer.id for answer in shown}
    if as_json:
        from warmcall.presentation.json_shapes import answer_json

        in_order = (one for asked in found.questions for one in asked.answers if one.id in ids)
        print_json(answer_json(services, answer) for answer in in_order)
    else:
        from warmcall.presentation.answers import plain_lines

        if not shown:
            note_nothing("No answer fits." if found.by_id else "Nobody has answered anything yet.")
        everything = len(ids) == len(found.by_id)
        print_lines(plain_lines(services, found.questions, ids, with_nobody=everything))
    raise SystemExit(EXIT_OK if shown else EXIT_NOTHING_DUE)


def _print_unanswered(services: Services, typed: str, as_json: bool) -> NoReturn:
    """Print the questions with the words typed that nobody has answered for the target, and end."""
    from warmcall.domain.text_folding import fits, searchable, terms

    wanted = terms(typed)
    still_open = [
        open_
        for open_ in services.answers.still_open().questions
        if all(fits(term, searchable(open_.question.ask)) for term in wanted)
    ]
    if as_json:
        from warmcall.presentation.json_shapes import open_question_json

        print_json(open_question_json(open_) for open_ in still_open)
    else:
        from warmcall.presentation.answers import unanswered_lines

        print_lines(unanswered_lines(services, still_open))
    raise SystemExit(EXIT_OK if still_open else EXIT_NOTHING_DUE)


def _answers_to(found: AllAnswers, typed: str) -> Iterator[Answer]:
    """Yield the answers to the question of that id, else to those that have all the words typed."""
    from warmcall.domain.text_folding import fits, searchable, terms

    of_id = found.question(typed.strip())
    wanted = terms(typed)
    for asked in [of_id] if of_id is not None else found.questions:
        texts = (asked.ask, *asked.others.values())
        if of_id is not None or any(all(fits(term, searchable(text)) for term in wanted) for text in texts):
            yield from asked.answers


@click.command(
    epilog=examples(
        ("warmcall progress", "for the present target"),
        ("warmcall progress --target buyer", "for another one"),
    )
)
@click.option("--target", metavar="WORDS", help="For the target with these words, or of this id.")
@json_option
@pager_option
@db_option
@click.pass_obj
def progress(invocation: Invocation, target: str | None, as_json: bool) -> None:
    """Print how the search goes.

    How far people have come, who answered by where the name came from, the weeks, and how sure you are. A
    share is said from 5 answers on, with the range in which it is likely to be.
    """
    services = services_for(invocation)
    chosen = select_target(services, target) if target is not None else services.store.target
    if as_json:
        from warmcall.presentation.json_shapes import progress_json

        print_json([progress_json(services, chosen)])
        return
    from warmcall.presentation import progress as words
    from warmcall.presentation.wording import short_name

    def name_of(contact_id: str) -> str:
        contact = services.store.contact(contact_id)
        return short_name(contact) if contact else "somebody deleted"

    figures = services.progress.figures_for(chosen.id if chosen else "")
    head = words.head(figures, chosen.role if chosen else "", len(services.store.target_ids))
    lines = words.plain_lines(figures, name_of, services.time.calendar.day_of)
    print_lines([head, "", *([line] for line in lines)])
