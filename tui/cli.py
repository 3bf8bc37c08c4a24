"""The command line: the only place that builds and wires."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click
import msgspec

from tui import __version__
from tui.domain.book import Book
from tui.domain.change import Change
from tui.services.clock import SystemClock, machine_zone
from tui.services.desk import Desk
from tui.storage.bad_file import BadStateFile
from tui.storage.config import Config, read_config
from tui.storage.library import Library, Problem, convert, read_library
from tui.storage.paths import Paths, content, user_paths, write_private
from tui.storage.state_file import Loaded, StateFile
from tui.storage.writer import Writer
from tui.storage.yaml_source import read_yaml

DONE, NOTHING_DUE, WRONG = 0, 1, 2
"""The exit codes: 1 says that nothing is due, 2 that something is wrong with what was asked or found."""


class Place(msgspec.Struct, frozen=True):
    """What every command needs: the paths, the settings, the library, and what is wrong in them."""

    paths: Paths
    config: Config
    library: Library
    problems: tuple[Problem, ...]


def _place(db: Path | None) -> Place:
    paths = user_paths(db, os.environ)
    config, problems = read_config(paths.config_file)
    library = read_library(content(), paths.config_folder)
    return Place(paths, config, library, (*problems, *library.problems))


def _new_id() -> str:
    return secrets.token_hex(8)


def _load(file: StateFile) -> Loaded:
    try:
        return file.load()
    except BadStateFile as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{file.path}: {(error.strerror or 'it cannot be read').lower()}. Nothing was changed.")


def _fail(sentence: str) -> NoReturn:
    click.echo(f"warmcall: {sentence}", err=True)
    raise SystemExit(WRONG)


def _no_save(change: Change) -> None:
    """Stand for the writer where nothing is written."""
    raise RuntimeError(f"a command that only reads made a change: {change.label}")


def _reading_desk(place: Place) -> tuple[Desk, Loaded]:
    loaded = _load(StateFile(place.paths.state_file))
    zone = machine_zone(place.config.zone)
    desk = Desk(Book(loaded.records), place.library, place.config, SystemClock(), zone, _no_save, _new_id)
    return desk, loaded


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--db", type=click.Path(path_type=Path), help="The state file to use.")
@click.version_option(__version__, prog_name="warmcall")
@click.pass_context
def main(context: click.Context, db: Path | None) -> None:
    """Twenty minutes with someone who knows: informational interviews, run from the terminal.

    Without a command, the app opens. Exit codes: 0 done, 1 nothing is due, 2 something is wrong.
    """
    context.obj = db
    if context.invoked_subcommand is None:
        _open(db)


@main.command()
@click.pass_obj
def demo(db: Path | None) -> None:
    """Open the app on sample data, in a throwaway file."""
    del db
    _open_demo()


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list instead of lines.")
@click.pass_obj
def due(db: Path | None, as_json: bool) -> None:
    """List what is owed today: exit code 0 if anything is due, 1 if not."""
    from tui.widgets import plain_queue

    desk, loaded = _reading_desk(_place(db))
    _tell_problems(loaded)
    entries = plain_queue.due_today(desk)
    if as_json:
        click.echo(json.dumps([plain_queue.as_json(desk, entry) for entry in entries], indent=1))
    for entry in [] if as_json else entries:
        click.echo(plain_queue.line(desk, entry))
    if not entries and not as_json and sys.stderr.isatty():
        click.echo("Nothing is due.", err=True)
    raise SystemExit(DONE if entries else NOTHING_DUE)


@main.command()
@click.argument("name")
@click.option(
    "--kind", type=click.Choice(["practitioner", "hiring_manager", "connector"]), help="Who they are."
)
@click.option("--organization", "--org", help="Where they work.")
@click.option("--title", help="What they are there.")
@click.option("--phone", help="Their number.")
@click.option("--email", help="Their address.")
@click.option("--zone", help="Their time zone, such as Europe/Berlin.")
@click.option("--notes", help="Anything else.")
@click.pass_obj
def add(db: Path | None, /, name: str, **given: str | None) -> None:
    """Add a contact; their call goes into the queue."""
    place = _place(db)
    file = StateFile(place.paths.state_file)
    loaded = _load(file)
    if loaded.read_only:
        _fail(f"not added: {loaded.read_only}.")
    changes: list[Change] = []
    zone = machine_zone(place.config.zone)
    book = Book(loaded.records)
    desk = Desk(book, place.library, place.config, SystemClock(), zone, changes.append, _new_id)
    fields = {field: text for field, text in given.items() if text is not None} | {"name": name}
    problems = desk.address_book.problems(fields)
    if problems:
        _fail("not added: " + "; ".join(f"{field}: {what}" for field, what in problems.items()))
    contact = desk.address_book.add(fields)
    try:
        file.save(changes)
    except (OSError, BadStateFile) as error:
        _fail(f"not added: {error}")
    click.echo(f"Added {_plain(contact.name)}; the call is in the queue.")


@main.command()
@click.option("--restore", is_flag=False, flag_value="", help="List the backups, or bring back number N.")
@click.pass_obj
def check(db: Path | None, restore: str | None) -> None:
    """Check the state file and the YAML you wrote.

    The exit code is 2 if anything is wrong.
    """
    if restore is not None:
        _restore(StateFile(user_paths(db, os.environ).state_file), restore)
        return
    place = _place(db)
    file = StateFile(place.paths.state_file)
    loaded = _load(file)
    _tell_problems(loaded)
    for problem in place.problems:
        click.echo(f"{'note: ' if problem.warning else ''}{_plain(str(problem))}")
    there = place.paths.state_file.exists()
    count = len(loaded.records)
    click.echo(f"{file.path}: {f'{count} records' if there else 'not there yet; the first change makes it'}")
    wrong = bool(loaded.problems) or any(not problem.warning for problem in place.problems)
    raise SystemExit(WRONG if wrong else DONE)


@main.command()
@click.pass_obj
def paths(db: Path | None) -> None:
    """Show where everything lies."""
    found = user_paths(db, os.environ)
    click.echo(f"state file    {found.state_file}")
    click.echo(f"settings      {found.config_file}")
    click.echo(f"your own YAML {found.config_folder}/scripts, questions, messages")


def _restore(file: StateFile, which: str) -> None:
    """List the backups, or put the one of that number in the place of the state file."""
    backups = list(file.backups.listed())
    if not backups:
        _fail(f"there is no backup of {file.path} yet")
    if not which:
        for number, one in enumerate(backups, start=1):
            holds = f"{one.contacts} contacts, {one.interviews} interviews"
            words = holds if one.contacts >= 0 else "cannot be read"
            click.echo(f"{number:>3}  {one.changed_at}  {words}  {one.path.name}")
        click.echo("`warmcall check --restore N` brings back number N; the present file is kept among these.")
        return
    if not which.isdigit() or not 1 <= int(which) <= len(backups):
        _fail(f"there is no backup number {which[:20]}: `warmcall check --restore` lists 1 to {len(backups)}")
    chosen = backups[int(which) - 1]
    try:
        kept = file.backups.restore(chosen.path)
    except (OSError, BadStateFile) as error:
        _fail(f"not restored: {error}")
    click.echo(f"Restored {chosen.path.name}: {chosen.contacts} contacts, {chosen.interviews} interviews.")
    if kept is not None:
        click.echo(f"What was there is kept as {kept}.")


def _tell_problems(loaded: Loaded) -> None:
    for problem in loaded.problems:
        click.echo(f"warmcall: {_plain(problem)} (left as it is)", err=True)


def _plain(text: str) -> str:
    from tui.domain.inert import one_line

    return one_line(text)


def _open(db: Path | None) -> None:
    _refuse_unfit_terminal()
    if _run(_place(db)) == "demo":
        _open_demo()


def _open_demo() -> None:
    _refuse_unfit_terminal()
    from tui.services.demo import Demo, demo_change

    with tempfile.TemporaryDirectory(prefix="warmcall-demo-") as folder:
        place = _place(Path(folder) / "demo.json")
        desk, _ = _reading_desk(place)
        told = convert(read_yaml((content() / "demo.yaml").read_text(encoding="utf-8")), (), Demo)
        change = demo_change(told, place.library, desk.time.now(), desk.time.calendar, _new_id)
        StateFile(place.paths.state_file).save([change])
        notice = "Sample data: what you change here is thrown away when you quit."
        _run(place, (notice,), lambda: shutil.rmtree(folder, ignore_errors=True))


def _run(place: Place, notices: tuple[str, ...] = (), tidy: Callable[[], object] = lambda: None) -> str:
    """Run the app; return what it gives back. `tidy` is called if a signal ends the process."""
    from tui.app import WarmcallApp
    from tui.terminal.crash import told_of
    from tui.terminal.ending import LIMIT_SECONDS
    from tui.terminal.textual_inside import take_crashes, take_escapes_apart

    file = StateFile(place.paths.state_file)
    loaded = _load(file)
    writer = Writer(file)
    zone = machine_zone(place.config.zone)
    desk = Desk(
        Book(loaded.records), place.library, place.config, SystemClock(), zone, writer.put, _new_id,
        loaded.changes, loaded.read_only,
    )  # fmt: skip
    problems = [*loaded.told, *([f"Read only: {loaded.read_only}"] if loaded.read_only else [])]
    problems += [str(problem) for problem in place.problems if not problem.warning]
    problems += [f"{problem} (left as it is)" for problem in loaded.problems]

    def to_file(text: str, path: Path = place.paths.exports) -> str:
        write_private(path, text)
        return str(path)

    crashes: list[str] = []

    def crashed(error: Exception) -> None:
        crashes.append(told_of(error, lambda trace: to_file(trace, place.paths.log_file)))
        app.rescue()

    take_escapes_apart(os.environ)
    app = WarmcallApp(desk, writer, dict(os.environ), to_file, (*notices, *problems), tidy)
    take_crashes(app, os.environ, crashed)
    result = app.run(mouse=False)
    for sentence in crashes:
        click.echo(f"warmcall: {sentence}", err=True)
    if not writer.stop(LIMIT_SECONDS):
        _fail(f"the last changes are not on disk: {writer.state.reason}")
    if app.return_code:
        raise SystemExit(app.return_code)
    return result or ""


def _refuse_unfit_terminal() -> None:
    from tui.terminal.fitness import refusal

    reason = refusal(os.environ, sys.stdin.isatty(), sys.stdout.isatty())
    if reason:
        _fail(reason)
