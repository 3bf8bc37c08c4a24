"""Completion for shells: the script that a shell reads, and the values offered for options."""

from __future__ import annotations

import click

from warmcall.cli.base import examples

SHELLS = ("bash", "zsh", "fish")

NAME = "warmcall"
_VARIABLE = "_WARMCALL_COMPLETE"
"""The environment variable by which the script asks for completions; click answers at once."""


@click.command(
    epilog=examples(
        ("warmcall completion bash >> ~/.bashrc", "for bash"),
        ("warmcall completion zsh >> ~/.zshrc", "for zsh, behind compinit"),
        ("warmcall completion fish > ~/.config/fish/completions/warmcall.fish", "for fish"),
    ),
)
@click.argument("shell", type=click.Choice(SHELLS), metavar="SHELL")
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    The shell then asks warmcall itself what fits; no network is needed.
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}", context)
    script = kind(context.find_root().command, {}, NAME, _VARIABLE)
    click.echo(script.source_template % script.source_vars())


def zones(_context: click.Context, _option: click.Parameter, typed: str) -> list[str]:
    """Return the names of time zones that begin with what was typed, ignoring case."""
    from zoneinfo import available_timezones

    return sorted(name for name in available_timezones() if name.casefold().startswith(typed.casefold()))
