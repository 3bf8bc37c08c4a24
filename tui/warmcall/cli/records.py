"""The commands that record something: adding a contact."""

from __future__ import annotations

import click

from warmcall.cli.base import db_option
from warmcall.cli.changing import changing
from warmcall.cli.completion import zones
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.selecting import CANDIDATES, select_person
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import Source

SOURCES = [source.value for source in Source]

_REFUSAL = "not added"


@click.command()
@click.argument("name")
@click.option(
    "--kind", type=click.Choice(["practitioner", "hiring_manager", "connector"]), help="Who they are."
)
@click.option("--organization", "--org", help="Where they work.")
@click.option("--title", help="What they are there.")
@click.option("--phone", help="Their number.")
@click.option("--email", help="Their address.")
@click.option("--zone", shell_complete=zones, help="Their time zone, such as Europe/Berlin.")
@click.option(
    "--source", type=click.Choice(SOURCES), metavar="SOURCE",
    help=f"Where the name came from: {', '.join(SOURCES)}.",
)  # fmt: skip
@click.option("--referrer", help="The contact who gave you the name; the source is then referral.")
@click.option("--notes", help="Anything else.")
@db_option
@click.pass_obj
def add(invocation: Invocation, /, name: str, **options: str | None) -> None:
    """Add a contact; their call goes into the queue."""
    fields = {field: text for field, text in options.items() if text is not None} | {"name": name}
    referrer = fields.pop("referrer", None)
    with changing(invocation, _REFUSAL, must_exist=False) as services:
        if referrer is not None:
            fields["referrer_id"] = select_person(services, referrer, f"{_REFUSAL}: referrer").id
        problems = services.address_book.problems(fields)
        if problems:
            sentences = (f"{field.removesuffix('_id')}: {problem}" for field, problem in problems.items())
            fail(f"{_REFUSAL}: {'; '.join(sentences)}")
        contact = services.address_book.add(fields)
        here = services.duplicates.like_one(contact)
    click.echo(f"Added {one_line(contact.name)}; the call is in the queue.")
    if here:
        from warmcall.presentation.duplicates import namesakes

        click.echo(f"warmcall: {namesakes(services, here[:CANDIDATES])}", err=True)
