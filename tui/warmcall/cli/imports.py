"""The import command: people from files of other programs into the pool."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from warmcall.cli.base import FILE, db_option, examples, print_problems
from warmcall.cli.bootstrap import build_services, refuse_change
from warmcall.cli.invocation import EXIT_OK, Invocation, fail
from warmcall.cli.loading import collector_paused, load_context, load_state
from warmcall.config.column_answers import ColumnAnswers
from warmcall.config.safe_files import FileRefused, explanation, read_named
from warmcall.domain.found_people import ColumnField, FoundPeople
from warmcall.domain.sanitize import one_line
from warmcall.formats.unreadable import ColumnsNeeded, UnreadableFile
from warmcall.presentation import importing as words
from warmcall.services.people_reading import read_people
from warmcall.storage.errors import BadStateFile

_STANDARD_INPUT = "-"

_LEFT_SHOWN = 10
"""How many rows that became nobody are shown; --dry-run shows all of them."""

_SAMPLES = 3
"""How many values of a column are shown with the question what it holds."""


@click.command(
    "import",
    epilog=examples(
        ("warmcall import Basic_LinkedInDataExport.zip", "your LinkedIn connections"),
        ("warmcall import --dry-run people.csv", "what would become of each row"),
        ("zcat people.csv.gz | warmcall import -", "from another program"),
    ),
)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Say row by row what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
@click.option(
    "--column", "columns", multiple=True, metavar="HEADING=FIELD",
    help="What a column holds, such as 'Placed at=organization'; it is remembered.",
)  # fmt: skip
@click.option(
    "--day-first/--month-first", "day_first", default=None, help="How dates in figures are written."
)
@click.option("--encoding", default="", metavar="NAME", help="In what the file is written, such as cp1252.")
@db_option
@click.pass_obj
def import_command(
    invocation: Invocation,
    files: tuple[Path, ...],
    dry_run: bool,
    as_json: bool,
    columns: tuple[str, ...],
    day_first: bool | None,
    encoding: str,
) -> None:
    """Add people from files to the pool; - is standard input.

    LinkedIn's ZIP or Connections.csv, contacts of Google and Outlook as CSV, vCard (.vcf), any other table
    with a column of names, and what warmcall exports. Who is here already is not added again.
    """
    context = load_context(invocation)
    given = _columns(columns)
    with collector_paused(), _stopped_by_interrupt():
        file, loaded = load_state(context, must_exist=False, to_write=not dry_run)
        print_problems(loaded.problems, "left as it is")
        if loaded.read_only and not dry_run:
            fail(f"not imported: {loaded.read_only}.")
        answers = ColumnAnswers(context.paths.columns_file)
        reader = _AskingReader(answers, given, day_first, encoding, may_ask=not as_json)
        found = [reader.people(path) for path in files]
        services = build_services(context, loaded, refuse_change)
        day = words.note_day(services.time.calendar.day_of(services.time.now()))
        origins = [words.origin(people, day) for people in found]
        plan = services.importing.plan(found, origins, _progress)
        change = None if dry_run else services.importing.change(plan)
        _clear_progress()
    if change is not None:
        was_there = file.path.exists()
        file.backups.keep_before_next_save("import")
        with collector_paused(), _not_interrupted():
            try:
                file.save([change])
            except BadStateFile as error:
                fail(f"not imported: {error}")
            except OSError as error:
                fail(f"not imported: {explanation(error)}.")
        file.backups.write_waiting()
    names = [str(path) for path in files]
    if as_json:
        click.echo(json.dumps(words.as_json(plan, names, not dry_run), indent=1))
        raise SystemExit(EXIT_OK)
    for line in words.row_lines(plan, names) if dry_run else ():
        click.echo(line)
    for sentence in words.summary(plan, not dry_run):
        click.echo(sentence)
    for row in plan.moved:
        click.echo(f"  {words.moved_line(row)}")
    for line in () if dry_run else words.left_lines(plan.files, _LEFT_SHOWN):
        click.echo(f"  {line}")
    for people, name in zip(plan.files, names, strict=True):
        for line in words.file_words(people, name):
            click.echo(line, err=True)
    if change is not None:
        click.echo(f"{words.UNDO} {words.KEPT}" if was_there else words.UNDO)


class _AskingReader:
    """Reads the files named, and asks on a terminal what the columns of a table hold."""

    def __init__(
        self,
        answers: ColumnAnswers,
        columns: Mapping[str, ColumnField],
        day_first: bool | None,
        encoding: str,
        may_ask: bool,
    ) -> None:
        self._answers = answers
        self._columns = columns
        self._day_first = day_first
        self._encoding = encoding
        self._may_ask = may_ask and sys.stdin.isatty() and sys.stderr.isatty()

    def people(self, path: Path) -> FoundPeople:
        """Return the people in a file, or end with a sentence that says why there are none."""
        shown = "standard input" if str(path) == _STANDARD_INPUT else str(path)
        data = _content(path)
        try:
            found = self._read(data, shown)
        except ColumnsNeeded as needed:
            first = next(filter(None, needed.columns), "Name")
            fail(f"{shown}: {needed}, as in --column '{first}=name'. Nothing was imported.")
        except UnreadableFile as unreadable:
            fail(f"{shown}: {unreadable}. Nothing was imported.")
        except LookupError:
            fail(f"--encoding: there is no encoding {self._encoding[:40]}: say for example cp1252 or utf-16")
        if not found.people:
            seen = ", ".join(column.heading for column in found.columns if column.heading)
            columns = f"; the columns seen are {seen[:300]}" if seen else ""
            left = "; ".join(words.left_lines([found], 3))
            fail(f"{shown}: nobody is in it: {left}{columns}: name another file. Nothing was imported.")
        return found

    def _read(self, data: bytes, shown: str, columns: Mapping[str, ColumnField] | None = None) -> FoundPeople:
        given = {**self._columns, **(columns or {})}
        try:
            found = read_people(data, self._answers, given, self._day_first, self._encoding)
        except ColumnsNeeded as needed:
            if columns is not None or not self._may_ask:
                raise
            click.echo(f"{one_line(shown)}: no heading says where the names are.", err=True)
            asked = self._ask(needed.columns, needed.columns, needed.samples)
            return self._read(data, shown, asked)
        headings = [column.heading for column in found.columns]
        if self._columns:
            self._keep(headings, {name: field for name, field in self._columns.items() if name in headings})
        if columns is None and found.unknown_headings and self._may_ask:
            unknown = found.unknown_headings
            click.echo(one_line(f"{shown}: not known, so in the notes: {', '.join(unknown)}"), err=True)
            if click.confirm("Say what they hold", default=False, err=True):
                asked = self._ask(headings, unknown, ())
            else:
                asked = dict.fromkeys(unknown, ColumnField.OTHER)
                self._keep(headings, asked)
            found = read_people(data, self._answers, {**given, **asked}, self._day_first, self._encoding)
        if found.day_first is not None and not found.day_first_sure and self._may_ask:
            self._day_first = click.confirm("Is 3/4 in its dates the third of April", err=True)
            found = read_people(data, self._answers, given, self._day_first, self._encoding)
        return found

    def _ask(
        self, headings: Sequence[str], asked: Sequence[str], samples: Sequence[Sequence[str]]
    ) -> dict[str, ColumnField]:
        """Ask what columns hold, and keep the answers for the next such table."""
        fields = {name: field for field, name in words.FIELD.items()}
        click.echo(f"One of: {', '.join(fields)}. Enter alone: other, which is in the notes.", err=True)
        answers: dict[str, ColumnField] = {}
        for heading in filter(None, asked):
            at = list(headings).index(heading)
            values = [row[at] for row in samples if at < len(row) and row[at]][:_SAMPLES]
            shown = f" ({'; '.join(values)})" if values else ""
            choice = click.prompt(
                one_line(f"{heading}{shown}"), default="other", show_default=False, err=True,
                type=click.Choice([*fields]), show_choices=False,
            )  # fmt: skip
            answers[heading] = fields[choice]
        self._keep(headings, answers)
        return answers

    def _keep(self, headings: Sequence[str], columns: Mapping[str, ColumnField]) -> None:
        if columns:
            with suppress(OSError):  # it is asked again then
                self._answers.keep(headings, columns)


def _columns(options: Sequence[str]) -> dict[str, ColumnField]:
    """Return what --column says by heading, or end with a sentence."""
    fields = {name: field for field, name in words.FIELD.items()}
    found: dict[str, ColumnField] = {}
    for option in options:
        heading, sign, name = option.rpartition("=")
        name = name.strip().lower().replace("_", " ")
        if not sign or name not in fields:
            fix = f"write HEADING=FIELD, with a field of {', '.join(fields)}"
            fail(f"--column {one_line(option[:60])}: {fix}")
        found[heading.strip()] = fields[name]
    return found


def _content(path: Path) -> bytes:
    """Return the bytes of a file, or of standard input, or end with a sentence."""
    from warmcall.formats.people_files import FILE_BYTES

    if str(path) == _STANDARD_INPUT:
        data = sys.stdin.buffer.read(FILE_BYTES + 1)
        if len(data) > FILE_BYTES:
            fail(f"standard input has more than {FILE_BYTES // 1_000_000} MB. Nothing was imported.")
        return data
    try:
        return read_named(Path(os.path.expanduser(path)), FILE_BYTES)
    except FileNotFoundError:
        fail(f"{path}: there is no such file. Nothing was imported: check the name.")
    except FileRefused as refused:
        fail(f"{path}: {refused.what}. Nothing was imported: {refused.fix}.")


def _progress(done: int, every: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done:,} of {every:,} rows", nl=False, err=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r" + " " * 40 + "\r", nl=False, err=True)


@contextmanager
def _stopped_by_interrupt() -> Iterator[None]:
    """End with a word, and the exit code of the signal, if the user stops it before anything was saved."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        _clear_progress()
        click.echo(f"warmcall: {words.STOPPED}", err=True)
        raise SystemExit(128 + signal.SIGINT) from None


@contextmanager
def _not_interrupted() -> Iterator[None]:
    """Let nothing interrupt what is inside: it takes a fraction of a second, and is done or not at all."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # in another thread than the first one, which no interrupt reaches
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
