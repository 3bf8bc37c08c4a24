"""The commands that record something: adding a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from warmcall.cli.base import db_option
from warmcall.cli.bootstrap import build_services
from warmcall.cli.completion import zones
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.loading import load_context, load_state
from warmcall.config.safe_files import explanation
from warmcall.domain.change import Change
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import Source
from warmcall.storage.errors import BadStateFile

if TYPE_CHECKING:
    from warmcall.services.services import Services

SOURCES = [source.value for source in Source]

CANDIDATES = 5
"""How many contacts are named at most where a name could be any of several."""


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
    context = load_context(invocation)
    file, loaded = load_state(context, must_exist=False, to_write=True)
    if loaded.read_only:
        fail(f"not added: {loaded.read_only}.")
    changes: list[Change] = []
    services = build_services(context, loaded, changes.append)
    fields = {field: text for field, text in options.items() if text is not None} | {"name": name}
    referrer = fields.pop("referrer", None)
    if referrer is not None:
        fields["referrer_id"] = _referrer_id(services, referrer)
    problems = services.address_book.problems(fields)
    if problems:
        sentences = (f"{field.removesuffix('_id')}: {problem}" for field, problem in problems.items())
        fail("not added: " + "; ".join(sentences))
    contact = services.address_book.add(fields)
    here = services.duplicates.like_one(contact)
    try:
        file.save(changes)
    except BadStateFile as error:
        fail(f"not added: {error}")
    except OSError as error:
        fail(f"not added: {explanation(error)}.")
    file.backups.write_waiting()
    click.echo(f"Added {one_line(contact.name)}; the call is in the queue.")
    if here:
        from warmcall.presentation.duplicates import namesakes

        click.echo(f"warmcall: {namesakes(services, here[:CANDIDATES])}", err=True)


def _referrer_id(services: Services, words: str) -> str:
    """Return the id of the one contact called `words`, or end with a sentence that names the candidates."""
    from warmcall.presentation.wording import work

    found = services.search.people_named(words, CANDIDATES + 1)
    exact = [contact for contact in found if contact.name.casefold() == " ".join(words.casefold().split())]
    found = exact or found
    shown = one_line(words.strip()[:40])
    if not shown or not found:
        fail(f"not added: referrer: no contact is called “{shown}”")
    if len(found) > 1:
        names = "; ".join(
            one_line(", ".join(filter(None, [contact.name, work(contact)]))) for contact in found[:CANDIDATES]
        )
        more = "; and more" if len(found) > CANDIDATES else ""
        fix = "Give more of the name, or of where they work"
        fail(f"not added: referrer: “{shown}” could be {names}{more}. {fix}")
    return found[0].id
