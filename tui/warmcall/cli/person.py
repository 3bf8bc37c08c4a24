"""The commands about one person or one thing to do: all that is known of somebody, and what to do now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warmcall.cli.base import db_option, examples, pager_option
from warmcall.cli.completers import people
from warmcall.cli.invocation import EXIT_NOTHING_DUE, EXIT_OK, Invocation, fail
from warmcall.cli.reading import json_option, print_json, print_lines, services_for
from warmcall.cli.selecting import select_person
from warmcall.domain.id_prefixes import beginning_with, short_ids
from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.domain.text_folding import folded, folded_words, has_words

if TYPE_CHECKING:
    from warmcall.services.services import Services


@click.command(
    epilog=examples(
        ("warmcall show luis", "by a part of the name that only one person has"),
        ("warmcall show Mei Tanaka", "by the whole name"),
        ("warmcall show 4f1a", "by the id that warmcall list prints"),
        ("warmcall show luis --json", "with all records, for programs"),
    )
)
@click.argument("who", shell_complete=people, nargs=-1, required=True)
@json_option
@pager_option
@db_option
@click.pass_obj
def show(invocation: Invocation, who: tuple[str, ...], as_json: bool) -> None:
    """Show all that is known of one person.

    WHO is a name, a part of one, or an id, of somebody in People or in the pool. Answers not to be repeated
    are in it, marked so; export md leaves them out.
    """
    services, words = services_for(invocation), " ".join(who)
    in_pool = _in_pool(services, words)
    if in_pool is not None:
        _show_pool_person(in_pool, as_json)
        return
    contact = select_person(services, words)
    if as_json:
        from warmcall.presentation.json_shapes import whole_person_json

        print_json([whole_person_json(services, contact)])
        return
    from warmcall.presentation.plain_people import whole_person

    short = short_ids(entry.follow_up.id for entry in services.queue.entries())
    print_lines(whole_person(services, contact, short))


def _in_pool(services: Services, words: str) -> PoolPerson | None:
    """Return the one person in the pool of that id or name, unless somebody in People is meant."""
    store, typed = services.store, folded_words(words)
    if not typed or services.search.people_named(words, 1):
        return None
    if beginning_with((contact.id for contact in store.all(Contact)), words):
        return None
    pool = list(store.all(PoolPerson))
    found = [person for person in pool if folded_words(person.name) == typed]
    found = found or [person for person in pool if {*typed} <= {*folded_words(person.name)}]
    found = found or [person for person in pool if has_words(typed, folded(person.name))]
    if not found:
        ids = beginning_with((person.id for person in pool), words)
        found = [person for person in pool if person.id in ids]
    if len(found) > 1:
        shown = one_line(words[:40])
        fail(f"{len(found)} people in the pool are called “{shown}”: give the whole name, or the id")
    return next(iter(found), None)


def _show_pool_person(person: PoolPerson, as_json: bool) -> None:
    if as_json:
        from warmcall.presentation.json_shapes import whole_pool_person_json

        print_json([whole_pool_person_json(person)])
    else:
        from warmcall.presentation.plain_people import whole_pool_person

        print_lines(whole_pool_person(person))


@click.command(
    "next",
    epilog=examples(
        ("warmcall next", "what to do now, with the number and what to say"),
        ("warmcall next --json | jq -r '.items[0].person.phone'", "for a script"),
    ),
)
@json_option
@pager_option
@db_option
@click.pass_obj
def next_command(invocation: Invocation, as_json: bool) -> None:
    """Say the one thing to do now, and how.

    Of a call it has the number, the time there and the first words; of a letter, which one and how it
    begins; of a meeting, what to have ready.

    The exit code is 0 if anything is due, 1 if not.
    """
    from warmcall.presentation.next_step import next_json, next_lines, next_thing

    services = services_for(invocation)
    thing = next_thing(services)
    if as_json:
        print_json([next_json(services, thing)] if thing is not None else [])
    elif thing is not None:
        short = short_ids(entry.follow_up.id for entry in services.queue.entries())
        print_lines(next_lines(services, thing, short[thing.entry.follow_up.id]))
    else:
        from warmcall.presentation.queue import idle_lines

        print_lines(idle_lines(services))
    raise SystemExit(EXIT_OK if thing is not None else EXIT_NOTHING_DUE)
