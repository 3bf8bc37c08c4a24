"""The export commands: what is known, in other formats."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warmcall.cli.base import FILE, db_option, examples, print_problems
from warmcall.cli.bootstrap import load_services, write_named
from warmcall.cli.invocation import Invocation, fail, warn
from warmcall.cli.loading import Context, load_context
from warmcall.cli.refusals import nothing_done
from warmcall.config.safe_files import FileRefused, explanation, read_file
from warmcall.domain.sanitize import one_line
from warmcall.services.meetings import NoSuchMeeting, meeting_with

if TYPE_CHECKING:
    from warmcall.formats.content_lines import FolderItem, ItemKind
    from warmcall.services.services import Services
    from warmcall.storage.vdir import KeptItem

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

_vdir_force_option = click.option(
    "--force", is_flag=True, help="Overwrite FILE if it exists, or what another program changed in DIR."
)

_vdir_option = click.option(
    "--vdir",
    "folder",
    type=FILE,
    metavar="DIR",
    help="A file for each in the folder DIR, as vdirsyncer, khal and khard keep them.",
)

_CALENDAR_BYTES = 20_000_000
"""The most that is read of a calendar file that is written over, for the dates of its events."""

_MOST_KEPT = 5
"""How many files that were left as they are get a sentence each."""

_pool_option = click.option("--pool", "with_pool", is_flag=True, help="The people in the pool, too.")


@click.group(
    epilog=examples(
        ("warmcall export md -o everything.md", "all there is, to be read"),
        ("warmcall export ics -o warmcall.ics", "for a calendar"),
        ("warmcall export json | gzip > copy.json.gz", "a copy to keep"),
    ),
)
@db_option
def export() -> None:
    """Write your records in another format."""


@export.command(
    "md",
    epilog=examples(
        ("warmcall export md -o everything.md", "everyone, with all answers"),
        ("warmcall export md --interview | lpr", "the page for the next interview"),
    ),
)
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


@export.command(
    "html",
    epilog=examples(
        ("warmcall export html -o everything.html", "all there is, for a browser"),
        ("warmcall report --html -o learned.html", "what may be given to somebody"),
    ),
)
@output_option
@force_option
@db_option
@click.pass_obj
def html_command(invocation: Invocation, output: Path | None, force: bool) -> None:
    """Write one HTML page: contacts, history and answers of everyone.

    Answers marked “not to repeat” are left out. What may be given to somebody is better made by report.
    """
    from warmcall.formats.html import html
    from warmcall.presentation.full_record import full_record

    context = load_context(invocation)
    deliver(context, html(full_record(services_to_read(context))), output, force)


@export.command(
    "ics",
    epilog=examples(
        ("warmcall export ics -o warmcall.ics", "one file, to be imported again after changes"),
        ("warmcall export ics --vdir ~/.calendars/warmcall", "a file an event, for vdirsyncer and khal"),
    ),
)
@click.option("--notes", is_flag=True, help="Include your notes; others may see the calendar.")
@_vdir_option
@output_option
@_vdir_force_option
@db_option
@click.pass_obj
def calendar_command(
    invocation: Invocation, notes: bool, folder: Path | None, output: Path | None, force: bool
) -> None:
    """Write a calendar file of interviews and follow-ups.

    Everything owed is in it, with its day or hour. Import the file again after a change: what was moved moves
    in the calendar too, and nothing appears twice. With --vdir, files of events that are as they were are not
    touched, those of what is done are removed, and what another program changed is kept.
    """
    from warmcall.formats.icalendar import EVENTS, calendar_file, calendar_items

    _refuse_two_places(folder, output)
    context = load_context(invocation)
    services = services_to_read(context)
    store, time, reverted = services.store, services.time, services.history.reverted
    if folder is not None:
        items = calendar_items(store, time.now(), time.calendar, notes, reverted)
        deliver_items(context, EVENTS, items, folder, force)
        return
    previous = _content_of(output) if force else b""
    text = calendar_file(store, time.now(), time.calendar, notes, reverted, previous)
    deliver(context, text, output, force)


@export.command(
    "json",
    epilog=examples(
        ("warmcall export json -o copy.json", "everything, also what is not to be repeated"),
        ("warmcall export json | jq '.contacts[].name'", "for a script"),
    ),
)
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


@export.command(
    "csv",
    epilog=examples(
        ("warmcall export csv -o contacts.csv", "for a spreadsheet"),
        ("warmcall export csv --pool", "with the people in the pool"),
    ),
)
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


@export.command(
    "vcf",
    epilog=examples(
        ("warmcall export vcf -o contacts.vcf", "for a phone"),
        ("warmcall export vcf --vdir ~/.contacts/warmcall", "a card a file, for khard"),
    ),
)
@_pool_option
@_vdir_option
@output_option
@_vdir_force_option
@db_option
@click.pass_obj
def vcard_command(
    invocation: Invocation, with_pool: bool, folder: Path | None, output: Path | None, force: bool
) -> None:
    """Write the contacts as vCards, for phones, khard and mail programs.

    Your notes are in the cards: take care whom you give them. With --vdir, cards that are as they were are
    not touched, those of people who are gone are removed, and what another program changed is kept.
    """
    from warmcall.formats.address_book_files import CARDS, card_items, vcards

    _refuse_two_places(folder, output)
    context = load_context(invocation)
    store = services_to_read(context).store
    if folder is not None:
        deliver_items(context, CARDS, card_items(store, with_pool), folder, force)
    else:
        deliver(context, vcards(store, with_pool), output, force)


@export.command(
    "google",
    epilog=examples(
        ("warmcall export google -o contacts.csv", "to be imported at contacts.google.com"),
        ("warmcall export google --pool -o all.csv", "with the people in the pool"),
    ),
)
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


def deliver(context: Context, text: str, output: Path | None, force: bool, quiet: bool = False) -> None:
    """Write `text` as UTF-8 to a file for the user alone, or to standard output if there is no `output`.

    If there is such a file already, the command ends and leaves it as it is, unless `force` is set. A file
    that warmcall reads again is never written over.
    """
    if output is None or str(output) in _STANDARD_OUTPUT:
        click.echo(text.encode("utf-8", "replace"), nl=False)
        return
    with nothing_done("written"):
        try:
            write_named(context.paths, context.config.keymap, output, text, force)
        except FileExistsError:
            fail(f"{output} exists already: --force overwrites it. Nothing was written.")
    if not quiet:
        click.echo(f"Written to {one_line(str(output))}, for your eyes only.", err=True)


def deliver_items(
    context: Context, kind: ItemKind, items: Iterable[FolderItem], folder: Path, force: bool
) -> None:
    """Bring a folder to `items`, a file for each, and say how many files that changed.

    What another program changed there is kept, with a sentence, unless `force` is set.
    """
    from warmcall.storage.own_files import refuse_own_file
    from warmcall.storage.vdir import update_vdir

    try:
        refuse_own_file(folder / f"item{kind.ending}", context.paths)
        result = update_vdir(folder, kind, items, force)
    except FileRefused as refused:
        fail(f"{refused.filename}: {refused.what}: {refused.fix}.")
    except OSError as error:
        fail(f"{explanation(error)}. What was written before is whole: the same command goes on.")
    for kept in result.kept[:_MOST_KEPT]:
        warn(f"{folder / kept.name}: {_kept_words(kept)}.")
    if (more := len(result.kept) - _MOST_KEPT) > 0:
        warn(f"{more} more files were kept as they are.")
    figures = [f"{result.written} written", f"{result.removed} removed", f"{result.unchanged} unchanged"]
    if result.kept:
        figures.append(f"{len(result.kept)} kept")
    click.echo(f"{one_line(str(folder))}: {', '.join(figures)}.")


def _kept_words(kept: KeptItem) -> str:
    from warmcall.storage.vdir import Kept

    what = f"“{kept.label}”"
    match kept.why:
        case Kept.CHANGED:
            fix = "change it here, too, or write over it with --force"
            return f"another program changed {what}, so it is kept as it is: {fix}"
        case Kept.NOT_OWED:
            why = f"{what} is not owed any more, but another program changed it, so it is kept"
            return f"{why}: delete it there, or with --force"
        case Kept.TAKEN:
            return f"it is no file of warmcall, so {what} was left out: move it away"


def _refuse_two_places(folder: Path | None, output: Path | None) -> None:
    if folder is not None and output is not None:
        fail("--vdir names a folder and -o a file: give one of them.")


def _content_of(output: Path | None) -> bytes:
    """Return what is in the file that is to be written over; nothing if it is none of ours."""
    if output is None or str(output) in _STANDARD_OUTPUT:
        return b""
    try:
        return read_file(output, _CALENDAR_BYTES)[0]
    except (FileNotFoundError, FileRefused):
        return b""
