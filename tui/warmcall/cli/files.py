"""The commands about the user's files: checking them, where they are, and the keys they may change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warmcall.cli.backups import backup_words, list_backups, restore_backup
from warmcall.cli.base import db_option, examples, pager_option, print_problems
from warmcall.cli.bootstrap import build_services, load_keymap, refuse_change
from warmcall.cli.invocation import EXIT_ERROR, EXIT_OK, Invocation, fail, warn
from warmcall.cli.loading import load_context, load_state, open_state
from warmcall.cli.output import print_lines
from warmcall.cli.places import own_places
from warmcall.cli.reading import json_option, print_json
from warmcall.cli.usage_errors import meant_or_all
from warmcall.config.country import Country
from warmcall.config.moved_files import move_log
from warmcall.config.office import office_folders
from warmcall.config.paths import Paths, user_paths
from warmcall.config.settings import read_config
from warmcall.config.themes import read_themes
from warmcall.config.yaml_source import Problem
from warmcall.domain.sanitize import one_line
from warmcall.storage.backups import describe
from warmcall.storage.conflict_files import conflict_files
from warmcall.storage.errors import BadStateFile
from warmcall.storage.migrations import SCHEMA
from warmcall.storage.state_file import Loaded, StateFile

if TYPE_CHECKING:
    from warmcall.presentation.json_shapes import FindingJson, PathJson


@click.command(
    epilog=examples(
        ("warmcall check", "the state file in use, and your settings and YAML"),
        ("warmcall check --db copy.json", "another state file"),
        (
            "warmcall check --json | jq '.items[] | select(.level == \"error\")'",
            "what is wrong, for a script",
        ),
    ),
)
@json_option
@click.option(
    "--restore", is_flag=False, flag_value="", metavar="[N]", hidden=True, help="As warmcall backups does."
)
@db_option
@click.pass_obj
def check(invocation: Invocation, as_json: bool, restore: str | None) -> None:
    """Check the state file and the YAML you wrote.

    The exit code is 2 if anything is wrong.
    """
    if restore is not None:
        file = open_state(user_paths(invocation.db, os.environ))
        restore_backup(file, restore) if restore else list_backups(file)
        return
    from warmcall.terminal.textual_patches import plain_drawing_notice

    context = load_context(invocation)
    if moved := move_log(context.paths):
        warn(moved)
    file, loaded = load_state(context)
    themes = read_themes(context.paths.config_folder, context.paths.office_folders)[1]
    problems = (*context.problems, *themes, *load_keymap(context)[1])
    wrong = bool(loaded.problems) or any(not problem.warning for problem in problems)
    country = build_services(context, loaded, refuse_change).time.country
    drawing = plain_drawing_notice()
    if as_json:
        print_json(_findings(file, loaded, problems, country, drawing))
        raise SystemExit(EXIT_ERROR if wrong else EXIT_OK)
    print_problems(loaded.problems, "left as it is")
    for problem in sorted(problems, key=lambda problem: problem.warning):
        _say(f"{'note: ' if problem.warning else ''}{problem}")
    for _, note in _notes(file):
        _say(f"note: {note}")
    _say(f"{file.path}: {_state_words(file, loaded)}")
    if country.code:
        _say(f"country: {country.code}, {country.origin}")
    if drawing:
        click.echo(drawing)
    raise SystemExit(EXIT_ERROR if wrong else EXIT_OK)


def _notes(file: StateFile) -> Iterator[tuple[str, str]]:
    """Yield what is worth knowing of files beside the state file, each with the name of the file."""
    from warmcall.presentation.file_merging import beside_lines
    from warmcall.presentation.replaced_file import conflict_note
    from warmcall.storage.file_merge import values_beside

    for path in conflict_files(file.path):
        yield str(path), conflict_note(str(path), backup_words(describe(path)))
    with suppress(OSError, BadStateFile):
        tables = file.tables()
        for sentence in beside_lines(tables, values_beside(tables)):
            yield str(file.path), sentence
    if file.backups.thinned:
        yield str(file.backups.folder), f"{file.backups.folder}: {file.backups.thinned}"


def _state_words(file: StateFile, loaded: Loaded) -> str:
    if not file.path.exists():
        return "not there yet; the first change makes it"
    older = f", which the next change brings to {SCHEMA}" if loaded.schema < SCHEMA else ""
    return f"{len(loaded.records)} records, schema {loaded.schema}{older}"


def _findings(
    file: StateFile, loaded: Loaded, problems: Iterable[Problem], country: Country, drawing: str
) -> Iterator[FindingJson]:
    """Yield what `check` prints, for programs."""
    from warmcall.presentation.json_shapes import FindingJson

    state = str(file.path)
    for words in loaded.problems:
        yield FindingJson(level="error", file=state, line=None, what=words, fix="it is left as it is")
    for found in problems:
        yield FindingJson(
            level="note" if found.warning else "error", file=found.file, line=found.line, what=found.what,
            fix=found.fix,
        )  # fmt: skip
    for name, note in _notes(file):
        yield FindingJson(level="note", file=name, line=None, what=note, fix="")
    yield FindingJson(level="info", file=state, line=None, what=_state_words(file, loaded), fix="")
    if country.code:
        words = f"country: {country.code}, {country.origin}"
        yield FindingJson(level="info", file=None, line=None, what=words, fix="")
    if drawing:
        yield FindingJson(level="note", file=None, line=None, what=drawing, fix="")


@click.command(
    epilog=examples(
        ("warmcall paths", "where everything lies"),
        ("warmcall paths log", "where one thing lies, for a script"),
        ("warmcall paths --json", "all of it, and whether it is there"),
    ),
)
@click.argument("name", required=False, shell_complete=lambda _context, _argument, typed: _path_names(typed))
@json_option
@pager_option
@db_option
@click.pass_obj
def paths(invocation: Invocation, name: str | None, as_json: bool) -> None:
    """Show where everything lies: of all, or of NAME."""
    found = user_paths(invocation.db, os.environ)
    lines = {line.name: line for line in _places(found)}
    if name is not None and name not in lines:
        fail(f"paths: there is no “{name[:40]}”: {meant_or_all(name, lines)}")
    shown = [lines[name]] if name else [*lines.values()]
    if as_json:
        print_json(shown)
    elif name:
        _say(lines[name].file)
    else:
        width = max(map(len, lines))
        print_lines(f"{line.name:<{width}}  {line.file}" for line in shown)


def _path_names(typed: str) -> list[str]:
    return [line.name for line in _places(user_paths(None, os.environ)) if line.name.startswith(typed)]


def _places(found: Paths) -> Iterator[PathJson]:
    """Yield every file and folder that warmcall reads or writes, whether it is there or not."""
    from warmcall.presentation.json_shapes import PathJson

    own = own_places(found, _keymap_file(found))
    for name, place, about in (*own, *_office_places(found)):
        yield PathJson(name=name, file=str(place), exists=_is_there(str(place)), what=about)


def _office_places(found: Paths) -> Iterator[tuple[str, Path, str]]:
    """Yield each folder for everybody on this host, the most important first, with its name and use."""
    folders = office_folders(os.environ, found.config_folder)
    for number, folder in enumerate(reversed(folders), 1):
        about = "what your careers office gives to everybody on this host, under your own"
        yield "office" if number == 1 else f"office-{number}", folder, about


def _is_there(place: str) -> bool:
    """Return whether a file, or any whose name fits a pattern that ends with *, is there."""
    path = Path(place)
    try:
        if "*" in path.name:
            return any(path.parent.glob(path.name))
        return path.exists()
    except (OSError, ValueError):
        return False


@click.command(
    epilog=examples(
        ("warmcall keys", "all keys, by the screen they are on"),
        ("warmcall keys | grep queue", "those of the queue"),
    ),
)
@db_option
@click.pass_obj
def keys(invocation: Invocation) -> None:
    """List every key with its id for a keymap file."""
    from warmcall.app.keymap_registry import lines

    keymap, problems = load_keymap(load_context(invocation))
    for line in lines(keymap):
        click.echo(line)
    for problem in problems:
        click.echo(one_line(str(problem)), err=True)
    raise SystemExit(EXIT_ERROR if problems else EXIT_OK)


def _say(words: str) -> None:
    """Print a line; the names of files in it may be anybody's, and must do nothing to the terminal."""
    click.echo(one_line(words))


def _keymap_file(places: Paths) -> str:
    """Return the file of the user's own keys; if no file can have the name in the settings, that name."""
    named = read_config(places.config_file, places.office_folders)[0].keymap
    try:
        return one_line(str(places.keymap_file(named)))
    except (RuntimeError, ValueError):
        return one_line(named)
