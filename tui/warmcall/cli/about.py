"""The commands about warmcall itself: help and version."""

from __future__ import annotations

import platform

import click

from warmcall import __version__
from warmcall.cli.base import examples, pager_option
from warmcall.cli.invocation import fail

_PARTS = ("textual", "tinydb", "click", "msgspec")
"""The parts whose version somebody who looks for a mistake wants to know."""


@click.command(
    "help",
    epilog=examples(
        ("warmcall help", "all commands"),
        ("warmcall help due", "one of them"),
        ("warmcall help export md", "one of a group"),
    ),
)
@click.argument("words", nargs=-1, metavar="[COMMAND]...")
@pager_option
@click.pass_context
def help_command(context: click.Context, words: tuple[str, ...]) -> None:
    """Show what a command does, or list all of them."""
    from warmcall.cli.output import print_lines

    shown = context.find_root()
    for word in words:
        command = shown.command
        if not isinstance(command, click.Group):
            fail(f"{shown.info_name} has no commands of its own: leave out “{word[:40]}”")
        name, found, _ = command.resolve_command(shown, [word])
        if found is not None:
            shown = click.Context(found, parent=shown, info_name=name)
    print_lines(shown.get_help().splitlines())


@click.command(
    "version",
    epilog=examples(("warmcall version", "one line"), ("warmcall version --json", "with those of its parts")),
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, with the versions of Python and the parts."
)
def version_command(as_json: bool) -> None:
    """Print the version."""
    print_version(as_json)


def print_version(as_json: bool) -> None:
    """Print the version of warmcall, as JSON also those of Python and of the parts it is made of."""
    if not as_json:
        click.echo(f"warmcall {__version__}")
        return
    from warmcall.cli.reading import print_json
    from warmcall.presentation.json_shapes import VersionJson

    versions = {"warmcall": __version__, "python": platform.python_version()}
    versions |= {part: _version_of(part) for part in _PARTS}
    print_json(VersionJson(name=name, version=number) for name, number in versions.items())


def _version_of(part: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow to import

    try:
        return version(part)
    except PackageNotFoundError:
        return ""
