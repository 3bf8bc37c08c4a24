"""The command that prints what a shell needs to complete command lines."""

from __future__ import annotations

import click

from warmcall.cli.base import examples
from warmcall.cli.shell_scripts import SHELLS, script_for


@click.command(
    epilog=examples(
        ("warmcall completion bash >> ~/.bashrc", "for bash"),
        ("warmcall completion zsh >> ~/.zshrc", "for zsh, after compinit"),
        ("warmcall completion fish > ~/.config/fish/completions/warmcall.fish", "for fish"),
    ),
)
@click.argument("shell", type=click.Choice([*SHELLS]), metavar="SHELL")
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    The shell then asks warmcall itself what fits; no network is needed.
    """
    click.echo(script_for(shell), nl=False)
