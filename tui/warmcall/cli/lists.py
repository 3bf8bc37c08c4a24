"""The commands that list: what is due."""

from __future__ import annotations

import json
import re
import sys

import click

from warmcall.cli.base import db_option, print_problems
from warmcall.cli.invocation import EXIT_NOTHING_DUE, EXIT_OK, Invocation, fail
from warmcall.cli.loading import load_context, load_state
from warmcall.domain.sanitize import one_line
from warmcall.domain.store import Store
from warmcall.services.queue_cache import QueueCache


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list instead of lines.")
@click.option("--within", metavar="TIME", help="Include what comes due within 3d (days) or 2w (weeks).")
@db_option
@click.pass_obj
def due(invocation: Invocation, as_json: bool, within: str | None) -> None:
    """List what is owed today.

    The exit code is 0 if anything is due, 1 if not.
    """
    from warmcall.presentation import queue as queue_words

    days = _days(within) if within is not None else 0
    context = load_context(invocation)
    _, loaded = load_state(context)
    print_problems(loaded.problems, "left as it is")
    store = Store(loaded.records)
    time = context.timekeeper(store)
    queue = QueueCache(store, time)
    entries = queue.due_within(days)
    if as_json:
        click.echo(json.dumps([queue_words.as_json(store, entry) for entry in entries], indent=1))
    elif entries:
        click.echo("\n".join(queue_words.plain_line(store, time, entry) for entry in entries))
    elif sys.stderr.isatty():
        click.echo(one_line(queue_words.nothing_due_message(store, time, queue.entries())), err=True)
    raise SystemExit(EXIT_OK if entries else EXIT_NOTHING_DUE)


def _days(words: str) -> int:
    """Return how many days "3d", "2w" or "3" are, or end with a sentence that says what to write."""
    match = re.fullmatch(r"([0-9]{1,4})\s*(d|days?|w|weeks?)?", words.strip(), re.IGNORECASE)
    if match is None:
        fail(f"due: --within “{one_line(words[:20])}” is not a time: write days as 3d, or weeks as 2w")
    return int(match[1]) * (7 if (match[2] or "d")[0] in "wW" else 1)
