"""The command `man`, which shows the manual page that is installed."""

from __future__ import annotations

from importlib import resources

import click

from warmcall.cli.base import examples

_FILE = "warmcall.1"
"""The page in the package; `python -m warmcall.cli.manual` writes it again."""


@click.command(
    epilog=examples(
        ("warmcall man", "read it"),
        ("warmcall man > warmcall.1", "keep it in a file"),
    ),
)
def man() -> None:
    """Show the manual page; where no terminal reads it, print it as it is."""
    import shutil
    import subprocess
    import sys

    page = resources.files("warmcall") / _FILE
    if sys.stdout.isatty() and (program := shutil.which("man")):
        with resources.as_file(page) as path:
            done = subprocess.run([program, str(path)], check=False)  # noqa: S603 - a file of our own
        if done.returncode == 0:
            return
    click.echo(page.read_text(encoding="ascii"), nl=False)
