"""Completion for shells: the script that a shell reads, and what is offered beyond an option's choices."""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish")

NAME = "warmcall"
_ASKED_BY = "_WARMCALL_COMPLETE"
"""The variable by which the script asks for what fits; click answers before anything else is done."""


@click.command(epilog="The shell asks warmcall itself for what fits, and needs no network for it.")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    bash: warmcall completion bash >> ~/.bashrc

    zsh: warmcall completion zsh >> ~/.zshrc (behind compinit)

    fish: warmcall completion fish > ~/.config/fish/completions/warmcall.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"there is no completion for {shell}", context)
    made = kind(context.find_root().command, {}, NAME, _ASKED_BY)
    variables = made.source_vars()
    click.echo(made.source_template % variables)


def zones(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    """Return the names of time zones that begin as typed, whatever the case."""
    from zoneinfo import available_timezones

    return sorted(name for name in available_timezones() if name.casefold().startswith(begun.casefold()))
