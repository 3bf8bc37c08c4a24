"""The commands about the user's files: checking them, where they are, and the keys they may change."""

from __future__ import annotations

import os

import click

from warmcall.cli.base import db_option, examples, print_problems
from warmcall.cli.bootstrap import build_services, load_keymap, refuse_change
from warmcall.cli.invocation import EXIT_ERROR, EXIT_OK, Invocation, fail
from warmcall.cli.loading import load_context, load_state, open_state
from warmcall.config.paths import Paths, user_paths
from warmcall.config.safe_files import explanation
from warmcall.config.settings import read_config
from warmcall.config.themes import read_themes
from warmcall.domain.sanitize import one_line
from warmcall.storage.backups import Backup, describe
from warmcall.storage.conflict_files import conflict_files
from warmcall.storage.errors import BadStateFile
from warmcall.storage.migrations import SCHEMA
from warmcall.storage.state_file import StateFile


@click.command(
    epilog=examples(
        ("warmcall check", "the state file in use, and your settings and YAML"),
        ("warmcall check --db copy.json", "another state file"),
    ),
)
@click.option(
    "--restore", is_flag=False, flag_value="", metavar="[N]", help="List the backups, or bring back number N."
)
@db_option
@click.pass_obj
def check(invocation: Invocation, restore: str | None) -> None:
    """Check the state file and the YAML you wrote.

    The exit code is 2 if anything is wrong.
    """
    if restore is not None:
        file = open_state(user_paths(invocation.db, os.environ))
        if restore:
            _restore_backup(file, restore)
        else:
            _list_backups(file)
        return
    from warmcall.presentation.replaced_file import conflict_note
    from warmcall.terminal.textual_patches import plain_drawing_notice

    context = load_context(invocation)
    file, loaded = load_state(context)
    print_problems(loaded.problems, "left as it is")
    themes = read_themes(context.paths.config_folder)[1]
    problems = (*context.problems, *themes, *load_keymap(context)[1])
    for problem in sorted(problems, key=lambda problem: problem.warning):
        _say(f"{'note: ' if problem.warning else ''}{problem}")
    for path in conflict_files(file.path):
        _say(f"note: {conflict_note(str(path), _content(describe(path)))}")
    if file.backups.thinned:
        _say(f"note: {file.backups.folder}: {file.backups.thinned}")
    older = f", which the next change brings to {SCHEMA}" if loaded.schema < SCHEMA else ""
    count = f"{len(loaded.records)} records, schema {loaded.schema}{older}"
    _say(f"{file.path}: {count if file.path.exists() else 'not there yet; the first change makes it'}")
    country = build_services(context, loaded, refuse_change).time.country
    if country.code:
        _say(f"country: {country.code}, {country.origin}")
    if notice := plain_drawing_notice():
        click.echo(notice)
    wrong = bool(loaded.problems) or any(not problem.warning for problem in problems)
    raise SystemExit(EXIT_ERROR if wrong else EXIT_OK)


@click.command(
    epilog=examples(
        ("warmcall paths", "where everything lies"),
    ),
)
@db_option
@click.pass_obj
def paths(invocation: Invocation) -> None:
    """Show where the files are."""
    found = user_paths(invocation.db, os.environ)
    _say(f"state file    {found.state_file}")
    _say(f"settings      {found.config_file}")
    _say(f"your own keys {_keymap_file(found)}")
    _say(f"your own YAML {found.config_folder}/scripts, questions, messages, themes")


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
    named = read_config(places.config_file)[0].keymap
    try:
        return one_line(str(places.keymap_file(named)))
    except (RuntimeError, ValueError):
        return one_line(named)


def _backups(file: StateFile) -> list[Backup]:
    """Return the backups of a state file, newest content first, or end with a sentence if there are none."""
    try:
        backups = list(file.backups.listed())
    except OSError as error:
        fail(f"{explanation(error)}. Nothing was changed.")
    if not backups:
        fail(f"there is no backup of {file.path} yet")
    return backups


def _content(backup: Backup) -> str:
    """Return what a backup or another version of the state file holds."""
    if backup.contacts < 0:
        return "cannot be read"
    return f"{backup.contacts} contacts, {backup.interviews} interviews"


def _list_backups(file: StateFile) -> None:
    """Print the backups of a state file with their numbers."""
    for number, backup in enumerate(_backups(file), start=1):
        _say(f"{number:>3}  {backup.changed_at}  {_content(backup)}  {backup.path.name}")
    click.echo(
        "`warmcall check --restore N` brings back number N; the file as it is now is kept as a backup too."
    )


def _restore_backup(file: StateFile, number: str) -> None:
    """Put the backup of that number, as `_list_backups` prints it, in the place of the state file."""
    backups = _backups(file)
    if not number.isdigit() or not 1 <= int(number) <= len(backups):
        fail(f"there is no backup number {number[:20]}: `warmcall check --restore` lists 1 to {len(backups)}")
    backup = backups[int(number) - 1]
    try:
        kept = file.backups.restore(backup.path)
    except BadStateFile as error:
        fail(f"not restored: {error}")
    except OSError as error:
        fail(f"not restored: {explanation(error)}.")
    _say(f"Restored {backup.path.name}: {_content(backup)}.")
    if kept is not None:
        _say(f"What was there is kept as {kept}.")
