"""The command about backups: which there are, and bringing one back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from warmcall.cli.base import db_option, examples, pager_option
from warmcall.cli.invocation import Invocation, fail, warn
from warmcall.cli.loading import open_state
from warmcall.cli.output import print_lines
from warmcall.cli.reading import json_option, print_json
from warmcall.cli.refusals import refusing
from warmcall.config.paths import user_paths
from warmcall.config.safe_files import explanation
from warmcall.domain.sanitize import one_line
from warmcall.storage.backups import Backup
from warmcall.storage.state_file import StateFile

if TYPE_CHECKING:
    from warmcall.presentation.json_shapes import BackupJson


@click.group(
    invoke_without_command=True,
    epilog=examples(
        ("warmcall backups", "what each of them holds, the newest first"),
        ("warmcall backups restore 2", "bring the second one back"),
    ),
)
@json_option
@pager_option
@db_option
@click.pass_context
def backups(context: click.Context, as_json: bool) -> None:
    """List the backups of the state file, or bring one back.

    They are made hourly for a day, daily for a month, and before imports, merges and restores.
    """
    if context.invoked_subcommand is None:
        list_backups(open_state(user_paths(context.obj.db, os.environ)), as_json)


@backups.command(
    "restore",
    epilog=examples(
        ("warmcall backups restore 1", "the newest"),
        ("warmcall backups", "to see their numbers"),
    ),
)
@click.argument("number", metavar="N")
@db_option
@click.pass_obj
def restore_command(invocation: Invocation, number: str) -> None:
    """Bring back backup number N. The file as it is now is kept as a backup, too."""
    restore_backup(open_state(user_paths(invocation.db, os.environ)), number)


def list_backups(file: StateFile, as_json: bool = False) -> None:
    """Print the backups of a state file with their numbers, or say that there are none."""
    found = _backups(file)
    if as_json:
        print_json(_as_json(number, backup) for number, backup in enumerate(found, start=1))
        return
    if not found:
        warn(_none_yet(file))
        return
    lines = (
        f"{number:>3}  {backup.changed_at}  {backup_words(backup)}  {backup.path.name}"
        for number, backup in enumerate(found, start=1)
    )
    end = "warmcall backups restore N brings back number N; the file as it is now is kept as a backup, too."
    print_lines([*lines, end])


def restore_backup(file: StateFile, number: str) -> None:
    """Put the backup of that number, as `list_backups` prints it, in the place of the state file."""
    found = _backups(file)
    if not found:
        fail(_none_yet(file))
    if not (number.isascii() and number.isdigit()) or not 1 <= int(number) <= len(found):
        fail(f"there is no backup number {number[:20]}: warmcall backups lists 1 to {len(found)}")
    backup = found[int(number) - 1]
    with refusing("not restored"):
        kept = file.backups.restore(backup.path)
    click.echo(one_line(f"Restored {backup.path.name}: {backup_words(backup)}."))
    if kept is not None:
        click.echo(one_line(f"What was there is kept as {kept}."))


def backup_words(backup: Backup) -> str:
    """Return what a backup or another version of the state file holds."""
    if backup.contacts < 0:
        return "cannot be read"
    return f"{backup.contacts} contacts, {backup.interviews} interviews"


def _backups(file: StateFile) -> list[Backup]:
    """Return the backups of a state file, newest content first, or end if they cannot be listed."""
    try:
        return list(file.backups.listed())
    except OSError as error:
        fail(f"{explanation(error)}. Nothing was changed")


def _as_json(number: int, backup: Backup) -> BackupJson:
    from warmcall.presentation.json_shapes import BackupJson

    is_readable = backup.contacts >= 0
    return BackupJson(
        number=number,
        file=str(backup.path),
        changed_at=backup.changed_at.replace("+00:00", "Z") or None,
        contact_count=backup.contacts if is_readable else None,
        interview_count=backup.interviews if is_readable else None,
    )


def _none_yet(file: StateFile) -> str:
    return f"there is no backup of {file.path} yet: the first change to it makes one"
