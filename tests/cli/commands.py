"""All commands there are, each with its options, for the tests of what holds for every one of them."""

from __future__ import annotations

from collections.abc import Iterator

import click
from warmcall.cli.main import main


def subcommand(group: click.Group, name: str) -> click.Command:
    found = group.get_command(click.Context(group), name)
    assert found is not None
    return found


def all_commands(command: click.Command = main, names: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the names of every command, the main group first, whose name is empty."""
    yield names
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            yield from all_commands(subcommand(command, name), (*names, name))


def command_of(names: tuple[str, ...]) -> click.Command:
    found: click.Command = main
    for name in names:
        assert isinstance(found, click.Group)
        found = subcommand(found, name)
    return found


COMMANDS = list(all_commands())
OPTIONS = [
    (names, option)
    for names in COMMANDS
    for option in command_of(names).params
    if isinstance(option, click.Option) and not option.hidden
]
