"""The command line: the group of all commands, each in a module that is imported when it is run or listed."""

from __future__ import annotations

import sys

import click

from warmcall import __version__
from warmcall.cli.base import WarmcallGroup, db_option, launch_flags, launch_options

_COMMANDS = {
    "add": "records.add",
    "check": "files.check",
    "completion": "completion.completion",
    "demo": "launch.demo",
    "due": "lists.due",
    "export": "exports.export",
    "import": "imports.import_command",
    "keys": "files.keys",
    "man": "manual.man",
    "paths": "files.paths",
    "practice": "launch.practice",
    "report": "reports.report",
    "theme": "themes.theme",
}
"""Where each command is: the module in this package, and its name there."""


@click.group(
    cls=WarmcallGroup,
    places=_COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@launch_flags
@click.version_option(__version__, prog_name="warmcall", message="%(prog)s %(version)s")
@db_option
@click.pass_context
def main(context: click.Context) -> None:
    """Twenty minutes with someone who knows: informational interviews, run from the terminal.

    Without a command, the app opens. `warmcall man` prints the manual, `warmcall completion` the script with
    which bash, zsh or fish completes commands.

    Exit codes: 0 done; 1 nothing is due, or an error in warmcall ended the screens; 2 something is wrong
    with what was asked or found; 128 + N ended by signal N.
    """
    from warmcall.terminal.plain_output import never_fail

    never_fail(sys.stdout, sys.stderr)
    if context.invoked_subcommand is None:
        from warmcall.cli.launch import open_app

        open_app(context.obj, launch_options(context))
