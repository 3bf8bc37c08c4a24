"""The commands about one person or one thing to do: all that is known of somebody, and what to do now."""

from __future__ import annotations

import click

from warmcall.cli.base import db_option, examples, pager_option
from warmcall.cli.completers import people
from warmcall.cli.invocation import EXIT_NOTHING_DUE, EXIT_OK, Invocation
from warmcall.cli.reading import json_option, print_json, print_lines, services_for
from warmcall.cli.selecting import select_person
from warmcall.domain.id_prefixes import short_ids


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

    WHO is a name, a part of one, or an id. Answers not to be repeated are in it, marked so; export md leaves
    them out.
    """
    services = services_for(invocation)
    contact = select_person(services, " ".join(who))
    if as_json:
        from warmcall.presentation.json_shapes import whole_person_json

        print_json([whole_person_json(services, contact)])
        return
    from warmcall.presentation.plain_people import whole_person

    short = short_ids(entry.follow_up.id for entry in services.queue.entries())
    print_lines(whole_person(services, contact, short))


@click.command("next")
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
