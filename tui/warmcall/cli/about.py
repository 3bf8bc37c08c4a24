"""The commands about warmcall itself: help and version."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from warmcall import __version__
from warmcall.cli.base import examples, pager_option
from warmcall.cli.invocation import fail

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_PARTS = ("textual", "tinydb", "click", "msgspec")
"""The parts whose version somebody who looks for a mistake wants to know."""


def _names_of_help(
    context: click.Context, argument: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """Return the commands, or those of the group named before, that begin so, and the topics."""
    from click.shell_completion import CompletionItem

    from warmcall.cli.manual.command import topics_that_begin

    words = context.params.get("words") or ()
    at = _context_of(words, context.find_root())
    found = {}
    if at is not None and isinstance(at.command, click.Group):
        names = at.command.list_commands(at)
        commands = {name: at.command.get_command(at, name) for name in names if name.startswith(typed)}
        found = {name: command.get_short_help_str() for name, command in commands.items() if command}
    items = [CompletionItem(name, help=about) for name, about in found.items()]
    if words:
        return items
    return items + [item for item in topics_that_begin(context, argument, typed) if item.value not in found]


@click.command(
    "help",
    epilog=examples(
        ("warmcall help", "all commands, and the topics of the manual"),
        ("warmcall help due", "a command"),
        ("warmcall help export md", "a command of a group"),
        ("warmcall help settings", "a topic"),
    ),
)
@click.argument("words", nargs=-1, metavar="[COMMAND|TOPIC]...", shell_complete=_names_of_help)
@pager_option
@click.pass_context
def help_command(context: click.Context, words: tuple[str, ...]) -> None:
    """Show what a command does, or a topic of the manual.

    Without a word it lists all of them. Of a word that is both, such as keys, the command comes first.
    """
    from warmcall.cli.manual.contents import topic_called
    from warmcall.cli.manual.plain import topic_lines
    from warmcall.cli.output import print_lines
    from warmcall.cli.usage_errors import no_help_sentence

    root = context.find_root()
    topic = topic_called(words)
    shown = _context_of(words, root, strict=topic is None)
    if shown is None and topic is None:
        fail(no_help_sentence(words[0], root))
    lines = [] if shown is None else shown.get_help().splitlines()
    if topic is not None:
        lines += [*([""] if lines else []), *topic_lines(topic)]
    print_lines(lines)


def _context_of(words: Sequence[str], root: click.Context, strict: bool = False) -> click.Context | None:
    """Return the context of the command of that name, None if there is none.

    Where `strict`, words that no command of a group has end the program with a sentence, as they do where
    the command is run.
    """
    shown = root
    for at, word in enumerate(words):
        command = shown.command
        if not isinstance(command, click.Group):
            if strict:
                fail(f"{shown.info_name} has no commands of its own: leave out “{word[:40]}”")
            return None
        found = command.get_command(shown, word)
        if found is None and (at == 0 or not strict):
            return None
        name, found, _ = command.resolve_command(shown, [word])
        if found is not None:
            shown = click.Context(found, parent=shown, info_name=name)
    return shown


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
