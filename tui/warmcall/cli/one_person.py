"""The command that makes two people who are one person one, and takes them apart again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warmcall.cli.acting import acting, json_option
from warmcall.cli.base import db_option, examples
from warmcall.cli.completers import people
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.selecting import select_person
from warmcall.domain.records import Contact
from warmcall.domain.sanitize import one_line

if TYPE_CHECKING:
    from warmcall.services.services import Services

_FIELDS = (
    "name",
    "goes_by",
    "kind",
    "organization",
    "title",
    "phone",
    "email",
    "zone",
    "source",
    "found",
    "why",
)
"""The fields of which one value stays where the two have different ones; notes are put together."""


@click.command(
    "merge-people",
    epilog=examples(
        ("warmcall merge-people 3f2a 9c01", "the second becomes a part of the first"),
        ("warmcall merge-people 3f2a 9c01 --prefer second", "where they differ, what the second has stays"),
        ("warmcall merge-people --take-apart 3f2a", "two again"),
    ),
)
@click.argument("first", shell_complete=people, required=False)
@click.argument("second", shell_complete=people, required=False)
@click.option(
    "--prefer", type=click.Choice(["first", "second"]), default="first", show_default=True,
    help="Whose value stays where both have one.",
)  # fmt: skip
@click.option(
    "--take-apart", metavar="WHO", shell_complete=people, help="Give back whoever was merged into WHO last."
)
@json_option
@db_option
@click.pass_obj
def merge_people(
    invocation: Invocation,
    first: str | None,
    second: str | None,
    prefer: str,
    take_apart: str | None,
    as_json: bool,
) -> None:
    """Make two people who are one person one.

    All that belongs to either goes to the first, and one next step remains.
    """
    from warmcall.presentation.acts import person_words
    from warmcall.presentation.duplicates import apart, merged
    from warmcall.services.people_merging import MergeRefused

    refusal = "not merged" if take_apart is None else "not taken apart"
    if take_apart is not None and (first or second):
        fail(f"{refusal}: --take-apart names the person itself: leave the other names out")
    if take_apart is None and not (first and second):
        fail(f"{refusal}: two people are needed, by name or id, as in warmcall merge-people 3f2a 9c01")
    with acting(invocation, refusal, as_json) as act:
        services = act.services
        try:
            if take_apart is not None:
                kept = select_person(services, take_apart, refusal)
                done = services.people_merging.take_apart(kept.id)
                act.done = apart(done)
                act.items += [found for found in (done.kept, done.back) if isinstance(found, Contact)]
                return
            one = select_person(services, first or "", refusal)
            other = select_person(services, second or "", refusal)
            winner = one if prefer == "first" else other
            result = services.people_merging.merge(one.id, other.id, winner.id, seen=(one, other))
        except MergeRefused as refused:
            fail(f"{refused}")
        kept = services.store.require(Contact, result.kept.id)
        act.items.append(kept)
        act.done = f"{merged(services, result)}: {person_words(services, kept)}"
        act.follows += _differences(services, kept, one, other)


def _differences(services: Services, kept: Contact, one: Contact, other: Contact) -> list[str]:
    """Return which value stayed in each field of which the two had different ones, a line each."""
    lines = []
    for field in _FIELDS:
        mine, theirs, stayed = (str(getattr(person, field)) for person in (one, other, kept))
        if mine and theirs and mine != theirs:
            gone = theirs if stayed == mine else mine
            label = field.replace("_", " ")
            lines.append(one_line(f"{label}: {stayed.replace('_', ' ')}, not {gone.replace('_', ' ')}"))
    return lines
