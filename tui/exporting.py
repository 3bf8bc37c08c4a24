"""The export commands: what is known, in other formats."""

from __future__ import annotations

from pathlib import Path

import click

from tui.commands import FileGroup
from tui.services.desk import Desk
from tui.services.meetings import NoSuchMeeting, meant
from tui.storage.paths import write_private
from tui.wiring import Basis, fail, place_of, reading_desk

_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to, for your eyes only."
)
_force = click.option("--force", is_flag=True, help="Write over FILE if it is there.")


@click.group(cls=FileGroup)
def export() -> None:
    """Write what you know in another format."""


@export.command("md")
@click.option(
    "--interview", "who", is_flag=False, flag_value="", metavar="[WHO]",
    help="Only the page to read before a meeting: the next, or the one with WHO.",
)  # fmt: skip
@_output
@_force
@click.pass_obj
def markdown_command(basis: Basis, who: str | None, output: Path | None, force: bool) -> None:
    """Write Markdown: contacts, history and answers of everyone."""
    from tui.domain.inert import one_line
    from tui.exchange.markdown import markdown
    from tui.widgets.briefing import briefing
    from tui.widgets.everything import everything

    desk = _desk(basis)
    if who is None:
        deliver(markdown(everything(desk)), output, force)
        return
    try:
        interview = meant(desk.book, desk.time, who)
    except NoSuchMeeting as error:
        fail(f"{one_line(str(error))}.")
    deliver(markdown(briefing(desk, interview)), output, force)


@export.command("ics")
@click.option("--notes", is_flag=True, help="With your notes: the calendar may be seen by others.")
@_output
@_force
@click.pass_obj
def calendar_command(basis: Basis, notes: bool, output: Path | None, force: bool) -> None:
    """Write a calendar file of interviews and follow-ups.

    What is owed stands there with its day or hour. Taken in again after something was moved, it moves the
    event and doubles none.
    """
    from tui.exchange.calendar_file import calendar_file

    desk = _desk(basis)
    deliver(calendar_file(desk.book, desk.time.now(), desk.time.calendar, notes), output, force)


@export.command("json")
@_output
@_force
@click.pass_obj
def json_command(basis: Basis, output: Path | None, force: bool) -> None:
    """Write every record as JSON, by table."""
    from tui.exchange.tables import as_json

    deliver(as_json(_desk(basis).book), output, force)


@export.command("csv")
@_output
@_force
@click.pass_obj
def csv_command(basis: Basis, output: Path | None, force: bool) -> None:
    """Write the contacts as CSV.

    A cell that a spreadsheet would run begins with an apostrophe.
    """
    from tui.exchange.tables import contacts_csv

    deliver(contacts_csv(_desk(basis).book), output, force)


def _desk(basis: Basis) -> Desk:
    """Return the desk over the state file; what is left out of it is told."""
    from tui.domain.inert import one_line

    desk, loaded = reading_desk(place_of(basis))
    for problem in loaded.problems:
        click.echo(f"warmcall: {one_line(problem)} (left out)", err=True)
    return desk


def deliver(text: str, output: Path | None, force: bool) -> None:
    """Write `text` to a file for its owner alone, else to standard output, as UTF-8 wherever it runs.

    A file that is there already is left as it is and the command ends, unless `force` is set.
    """
    if output is None or str(output) == "-":
        click.echo(text.encode("utf-8", "replace"), nl=False)
        return
    if not output.parent.is_dir():
        fail(f"{output}: there is no folder {output.parent}. Nothing was written.")
    try:
        write_private(output, text, over=force)
    except FileExistsError:
        fail(f"{output} is there already: --force writes over it. Nothing was written.")
    except OSError as error:
        fail(f"{output}: {(error.strerror or 'it cannot be written').lower()}. Nothing was written.")
    click.echo(f"Written to {output}, for your eyes only.", err=True)
