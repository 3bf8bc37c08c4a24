"""The export commands: what is known, in other formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from warmcall.cli.base import FILE, db_option, print_problems
from warmcall.cli.bootstrap import load_services, write_named
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.loading import Context, load_context
from warmcall.config.safe_files import FileRefused, explanation
from warmcall.domain.sanitize import one_line
from warmcall.services.meetings import NoSuchMeeting, meeting_with

if TYPE_CHECKING:
    from warmcall.services.services import Services

_STANDARD_OUTPUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""The names of standard output, which may be a pipe or a device."""

output_option = click.option(
    "-o",
    "--output",
    type=FILE,
    metavar="FILE",
    help="The file, for your eyes only; - is standard output.",
)
force_option = click.option("--force", is_flag=True, help="Overwrite FILE if it exists.")

_pool_option = click.option("--pool", "with_pool", is_flag=True, help="The people in the pool, too.")


@click.group()
@db_option
def export() -> None:
    """Write your records in another format."""


@export.command("md")
@click.option(
    "--interview", "who", is_flag=False, flag_value="", metavar="[WHO]",
    help="Only the page to read before an interview: the next, or the one with WHO.",
)  # fmt: skip
@output_option
@force_option
@db_option
@click.pass_obj
def markdown_command(invocation: Invocation, who: str | None, output: Path | None, force: bool) -> None:
    """Write Markdown: contacts, history and answers of everyone.

    Answers marked “not to repeat” are left out.
    """
    from warmcall.formats.markdown import markdown
    from warmcall.presentation.briefing import briefing
    from warmcall.presentation.full_record import full_record

    context = load_context(invocation)
    services = services_to_read(context)
    if who is None:
        deliver(context, markdown(full_record(services)), output, force)
        return
    try:
        interview = meeting_with(services.store, services.time, who)
    except NoSuchMeeting as error:
        fail(f"{one_line(str(error))}.")
    deliver(context, markdown(briefing(services, interview)), output, force)


@export.command("ics")
@click.option("--notes", is_flag=True, help="Include your notes; others may see the calendar.")
@output_option
@force_option
@db_option
@click.pass_obj
def calendar_command(invocation: Invocation, notes: bool, output: Path | None, force: bool) -> None:
    """Write a calendar file of interviews and follow-ups.

    Everything owed is in it, with its day or hour. Import the file again after a change: what was moved moves
    in the calendar too, and nothing appears twice.
    """
    from warmcall.formats.icalendar import calendar_file

    context = load_context(invocation)
    services = services_to_read(context)
    text = calendar_file(services.store, services.time.now(), services.time.calendar, notes)
    deliver(context, text, output, force)


@export.command("json")
@output_option
@force_option
@db_option
@click.pass_obj
def json_command(invocation: Invocation, output: Path | None, force: bool) -> None:
    """Write every record as JSON, by table.

    It is a copy of everything you have, to keep or to read in again: answers that are not to be repeated are
    in it, too. The other exports leave them out.
    """
    from warmcall.formats.tables import as_json

    context = load_context(invocation)
    deliver(context, as_json(services_to_read(context).store), output, force)


@export.command("csv")
@_pool_option
@output_option
@force_option
@db_option
@click.pass_obj
def csv_command(invocation: Invocation, with_pool: bool, output: Path | None, force: bool) -> None:
    """Write the contacts as CSV.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    from warmcall.formats.tables import contacts_csv

    context = load_context(invocation)
    deliver(context, contacts_csv(services_to_read(context).store, with_pool), output, force)


@export.command("vcf")
@_pool_option
@output_option
@force_option
@db_option
@click.pass_obj
def vcard_command(invocation: Invocation, with_pool: bool, output: Path | None, force: bool) -> None:
    """Write the contacts as vCards, for phones, khard and mail programs.

    Your notes are in the cards: take care whom you give them.
    """
    from warmcall.formats.address_book_files import vcards

    context = load_context(invocation)
    deliver(context, vcards(services_to_read(context).store, with_pool), output, force)


@export.command("google")
@_pool_option
@output_option
@force_option
@db_option
@click.pass_obj
def google_command(invocation: Invocation, with_pool: bool, output: Path | None, force: bool) -> None:
    """Write the contacts as CSV that Google Contacts imports."""
    from warmcall.formats.address_book_files import google_csv

    context = load_context(invocation)
    deliver(context, google_csv(services_to_read(context).store, with_pool), output, force)


def services_to_read(context: Context) -> Services:
    """Return the services over the state file, and print which records had to be left out."""
    services, loaded = load_services(context)
    print_problems(loaded.problems, "left out")
    return services


def deliver(context: Context, text: str, output: Path | None, force: bool) -> None:
    """Write `text` as UTF-8 to a file for the user alone, or to standard output if there is no `output`.

    If there is such a file already, the command ends and leaves it as it is, unless `force` is set. A file
    that warmcall reads again is never written over.
    """
    if output is None or str(output) in _STANDARD_OUTPUT:
        click.echo(text.encode("utf-8", "replace"), nl=False)
        return
    try:
        write_named(context.paths, context.config.keymap, output, text, force)
    except FileExistsError:
        fail(f"{output} exists already: --force overwrites it. Nothing was written.")
    except FileRefused as refused:
        fail(f"{refused.filename}: {refused.what}. Nothing was written: {refused.fix}.")
    except OSError as error:
        fail(f"{explanation(error)}. Nothing was written.")
    click.echo(f"Written to {one_line(str(output))}, for your eyes only.", err=True)
