"""The command that shows example scripts and question banks, or copies them into the user's own folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from warmcall.cli.base import db_option, examples, pager_option
from warmcall.cli.invocation import Invocation, fail
from warmcall.config.paths import content, user_paths
from warmcall.config.safe_files import explanation, write_private
from warmcall.domain.sanitize import one_line

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ABOUT = {
    "law": "lawyers: not about a case; assistants keep the diary; early, or after five",
    "nursing": "nurses: on shift or off; never about a patient; come and see for yourself",
    "software": "people who write software: most would rather be written to; offers of a referral",
}
"""The examples, which are the folders of `data/examples`, and what is particular in each."""

PARTS = {"script": "scripts", "questions": "questions"}
"""What can be printed alone, and the folder it is in: in the example, and among the user's own files."""


class _ExampleFile(NamedTuple):
    """A file of an example: the folder it belongs into, its name, and its text."""

    folder: str
    name: str
    text: str


def _names(_context: click.Context, _argument: click.Parameter, typed: str) -> list[str]:
    return [name for name in ABOUT if name.startswith(typed)]


def _parts(_context: click.Context, _argument: click.Parameter, typed: str) -> list[str]:
    return [part for part in PARTS if part.startswith(typed)]


@click.command(
    epilog=examples(
        ("warmcall example", "which there are"),
        ("warmcall example law", "read the script and the questions for lawyers"),
        ("warmcall example law --copy", "copy both into your own folder, and use them"),
        ("warmcall example law script > mine.yaml", "one of the two, as it is"),
    ),
)
@click.argument("name", required=False, shell_complete=_names)
@click.argument("part", required=False, shell_complete=_parts)
@click.option(
    "--copy", "copies", is_flag=True, help="Copy the files to where your own scripts and questions are."
)
@pager_option
@db_option
@click.pass_obj
def example(invocation: Invocation, name: str | None, part: str | None, copies: bool) -> None:
    """Print an example of a script and of questions, to copy and change.

    NAME is law, nursing or software, PART script or questions; without PART both are printed, without NAME
    a list. A copied script comes first in a call, and Tab leads to the others; copied questions stand in
    place of those for everyone who does the job, until you remove the file or change its kind.
    """
    from warmcall.cli.output import print_lines

    if name is None:
        if copies:
            fail(f"example: --copy needs a name: {', '.join(ABOUT)}")
        print_lines([f"{known:<10}{about}" for known, about in ABOUT.items()])
        return
    if name not in ABOUT:
        fail(_unknown("example", name, tuple(ABOUT)))
    if part is not None and part not in PARTS:
        fail(_unknown("part of an example", part, tuple(PARTS)))
    files = [file for file in _files(name) if part is None or file.folder == PARTS[part]]
    own = user_paths(invocation.db, os.environ).config_folder
    if copies:
        for path in _copy(files, own):
            click.echo(one_line(f"Copied {path}"))
        click.echo("They are used from the next start on. warmcall check names what is wrong after a change.")
    elif part is not None:
        print_lines(files[0].text.splitlines())
    else:
        print_lines(_both(files, own))


def _unknown(what: str, word: str, known: tuple[str, ...]) -> str:
    from warmcall.cli.usage_errors import meant_or_all

    return f"there is no {what} “{one_line(word[:40])}”: {meant_or_all(word, known)}"


def _files(name: str) -> Iterator[_ExampleFile]:
    """Yield the files of an example, the script first."""
    at: Traversable = content() / "examples" / name
    for folder in PARTS.values():
        for file in sorted((at / folder).iterdir(), key=lambda file: file.name):
            yield _ExampleFile(folder, file.name, file.read_text(encoding="utf-8"))


def _both(files: list[_ExampleFile], own: Path) -> Iterator[str]:
    """Yield the lines of the files, each after a comment that says where it belongs."""
    for at, file in enumerate(files):
        yield from ["---"] * bool(at)
        yield one_line(f"# {own / file.folder / file.name}")
        yield from file.text.splitlines()


def _copy(files: list[_ExampleFile], own: Path) -> list[Path]:
    """Write the files into the user's folders, all or none, and return their paths."""
    paths = [own / file.folder / file.name for file in files]
    there = [path for path in paths if os.path.lexists(path)]
    if there:
        fail(f"{there[0]} exists already: remove or rename it first. Nothing was copied")
    written: list[Path] = []
    try:
        for path, file in zip(paths, files, strict=True):
            write_private(path, file.text, overwrite=False)
            written.append(path)
    except OSError as error:
        for path in written:
            with suppress(OSError):
                path.unlink()
        fail(f"{explanation(error)}. Nothing was copied")
    return paths
