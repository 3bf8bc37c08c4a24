"""The commands that list: what is due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from warmcall.cli.base import db_option, examples, pager_option, print_problems
from warmcall.cli.completers import days
from warmcall.cli.invocation import EXIT_NOTHING_DUE, EXIT_OK, Invocation, fail
from warmcall.cli.loading import load_context, load_state
from warmcall.cli.reading import json_option, note_nothing, print_json, print_lines
from warmcall.domain.queue import QueueEntry
from warmcall.domain.store import Store
from warmcall.domain.when import When
from warmcall.services.queue_cache import QueueCache

if TYPE_CHECKING:
    from warmcall.services.clock import Timekeeper


@click.command(
    epilog=examples(
        ("warmcall due", "what is owed today, each with its id"),
        ("warmcall due --within friday", "what comes due by then, too"),
        ("warmcall due --count", "one short line, for a prompt"),
    ),
)
@click.option(
    "--within",
    metavar="WHEN",
    shell_complete=days,
    help="Include what comes due by then: 3d, 2w, 1m, tomorrow, friday, “24 dec”.",
)
@click.option("--count", is_flag=True, help="Print how much is due, on one short line, for a prompt.")
@json_option
@pager_option
@db_option
@click.pass_obj
def due(invocation: Invocation, within: str | None, count: bool, as_json: bool) -> None:
    """List what is owed today, in the order to do it.

    Each line begins with the id by which other commands know it.

    The exit code is 0 if anything is due, 1 if not.
    """
    from warmcall.presentation import queue as queue_words

    context = load_context(invocation)
    _, loaded = load_state(context)
    print_problems(loaded.problems, "left as it is")
    store = Store(loaded.records)
    time = context.timekeeper(store)
    queue = QueueCache(store, time)
    entries = queue.due_within(0) if within is None else _due_by(queue, _limit(within, time), time)
    if count:
        if as_json:
            from warmcall.presentation.json_shapes import due_count_json

            print_json([due_count_json(entries)])
        elif entries:
            print_lines([queue_words.prompt_line(entries)])
    elif as_json:
        from warmcall.presentation.json_shapes import queue_entry_json

        print_json(queue_entry_json(store, time, entry) for entry in entries)
    elif entries:
        print_lines(queue_words.plain_lines(store, time, queue.entries(), entries))
    else:
        note_nothing(queue_words.nothing_due_message(store, time, queue.entries()))
    raise SystemExit(EXIT_OK if entries else EXIT_NOTHING_DUE)


def _due_by(queue: QueueCache, limit: When, time: Timekeeper) -> Sequence[QueueEntry]:
    """Return what is due by a day, or by an instant, in the order to do it; what is due now is always in."""
    calendar = time.calendar
    days = (calendar.day_of(limit) - calendar.day_of(time.now())).days
    entries, until = queue.due_within(days), limit.instant
    return [entry for entry in entries if not (until and (at := entry.follow_up.due.instant) and at > until)]


def _limit(words: str, time: Timekeeper) -> When:
    """Return until when "3d", "2w", "1m" or "friday" is, or end with a sentence that says what to write."""
    from warmcall.domain.business_days import months_after

    calendar = time.calendar
    today = calendar.day_of(time.now())
    match = re.fullmatch(r"([0-9]{1,4})\s*(d|days?|w|weeks?|m|months?)?", words.strip(), re.IGNORECASE)
    if match is not None:
        number, unit = int(match[1]), (match[2] or "d")[0].lower()
        return When(
            months_after(today, number)
            if unit == "m"
            else today + timedelta(days=number * (7 if unit == "w" else 1))
        )
    from warmcall.domain.time_words import TimeRefused, read_time_to_come

    try:
        return read_time_to_come(words, time.now(), calendar).when
    except TimeRefused as refused:
        fail(f"due: --within: {refused}, or “3d”, “2w”, “1m”")
