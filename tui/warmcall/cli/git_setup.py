"""The command that makes git merge state files by their records, and show what changed in them."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from warmcall.cli.base import FILE, db_option, examples
from warmcall.cli.invocation import Invocation, fail
from warmcall.config.paths import user_paths
from warmcall.config.safe_files import explanation
from warmcall.domain.sanitize import one_line
from warmcall.storage.backups import backups_folder
from warmcall.storage.lock import lock_path

_NAME = "warmcall"
"""What git calls the merge driver and the way to show differences."""


@click.command(
    "git-setup",
    epilog=examples(
        ("warmcall git-setup", "the folder of the state file in use"),
        ("warmcall git-setup ~/search", "another folder, with its warmcall.json"),
    ),
)
@click.argument("folder", required=False, type=FILE)
@db_option
@click.pass_obj
def git_setup(invocation: Invocation, folder: Path | None) -> None:
    """Let git keep the state file, and merge it by its records.

    The folder becomes a git repository unless it is in one. `git pull`, rebase and stash then merge two
    versions of the file as warmcall merge does, and `git diff` shows them as Markdown. The lock, the backups
    and unfinished words are left out. Say it once in every clone: git keeps programs out of what it copies.
    """
    state = user_paths(invocation.db, os.environ).state_file
    if folder is not None:
        state = folder / state.name
    home = state.parent
    if not home.is_dir():
        fail(f"git-setup: {home}: there is no such folder: make it, or start warmcall first")
    if shutil.which("git") is None:
        fail("git-setup: git is not installed here: install it, and say it again")
    is_new = _git(home, "rev-parse", "--is-inside-work-tree", check=False) != "true"
    if is_new:
        _git(home, "init", "--quiet")
    program = _program()
    for name, value in (
        (f"merge.{_NAME}.name", "records of warmcall"),
        (f"merge.{_NAME}.driver", f"{program} merge --quiet %A %B --base %O -o %A --force"),
        (f"diff.{_NAME}.textconv", f"{program} export md --db"),
    ):
        _git(home, "config", name, value)
    try:
        _add_lines(home / ".gitattributes", [f"{_pattern(state.name)} merge={_NAME} diff={_NAME}"])
        name = _escaped(state.name)
        ignored = (
            _escaped(lock_path(state).name),
            f"{_escaped(backups_folder(state).name)}/",
            f".{name}.*",
            f"{name}.*typing-*",
            "warmcall.log",
        )
        _add_lines(home / ".gitignore", ignored)
    except OSError as error:
        fail(f"git-setup: {explanation(error)}")
    where = "is a git repository now" if is_new else "is in a git repository already"
    click.echo(one_line(f"{home} {where}; git merges {state.name} by its records, and shows it as Markdown."))
    click.echo(
        "Next: git add -A and git commit there; after each git clone, warmcall git-setup in the clone."
    )


def _git(folder: Path, *arguments: str, check: bool = True) -> str:
    """Run git in a folder and return what it printed; end with its sentence if it fails."""
    done = subprocess.run(  # noqa: S603 - git itself, without a shell
        ["git", "-C", str(folder), *arguments],  # noqa: S607 - the user's own git
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if check and done.returncode:
        fail(f"git-setup: git {arguments[0]}: {one_line(done.stderr.strip() or 'it failed')}")
    return done.stdout.strip()


def _program() -> str:
    """Return how git's shell is to start this warmcall, from any folder."""
    found = Path(sys.argv[0]).resolve()
    if found.name == "__main__.py" or not os.access(found, os.X_OK):
        return f"{shlex.quote(sys.executable)} -m warmcall"
    return shlex.quote(str(found))


def _pattern(name: str) -> str:
    """Return the pattern by which .gitattributes knows a file of that name, and no other."""
    return f'"{_escaped(name)}"' if " " in name else _escaped(name)


def _escaped(name: str) -> str:
    """Return the pattern by which .gitignore knows a file of that name, and no other."""
    escaped = "".join(f"\\{character}" if character in "\\*?[" else character for character in name)
    return f"\\{escaped}" if escaped[:1] in "#!" else escaped


def _add_lines(path: Path, lines: Iterable[str]) -> None:
    """Add the lines to a file that are not there yet.

    Raises:
        OSError: if it cannot be read or written.
    """
    present = path.read_text(encoding="utf-8", errors="surrogateescape") if path.exists() else ""
    new = [line for line in lines if line not in present.splitlines()]
    if new:
        start = "" if not present or present.endswith("\n") else "\n"
        with path.open("a", encoding="utf-8", errors="surrogateescape") as file:
            file.write(start + "".join(f"{line}\n" for line in new))
