"""The command line: the group of all commands, and those that open the app."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import click
import msgspec

from warmcall import __version__
from warmcall.cli.base import WarmcallGroup, db_option, launch_flags, launch_options
from warmcall.cli.bootstrap import (
    Invocation,
    LaunchOptions,
    build_services,
    fail,
    load_context,
    new_id,
    open_state,
    refuse_change,
    run_app,
)
from warmcall.cli.completion import completion
from warmcall.cli.exports import export
from warmcall.cli.files import check, keys, paths
from warmcall.cli.imports import import_command
from warmcall.cli.lists import due
from warmcall.cli.manual import man
from warmcall.cli.records import add
from warmcall.cli.reports import report
from warmcall.cli.themes import theme
from warmcall.config.library import convert
from warmcall.config.paths import content
from warmcall.config.yaml_source import read_yaml
from warmcall.storage.state_file import Loaded
from warmcall.terminal.plain_output import never_fail


@click.group(
    cls=WarmcallGroup,
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
    never_fail(sys.stdout, sys.stderr)
    if context.invoked_subcommand is None:
        open_app(context.obj, launch_options(context))


@main.command()
@launch_flags
@click.pass_context
def demo(context: click.Context) -> None:
    """Open the app on sample data, in a throwaway file."""
    open_demo(context.obj, launch_options(context))


@main.command()
@click.option("--interview", is_flag=True, help="An interview of five minutes instead.")
@launch_flags
@db_option
@click.pass_context
def practice(context: click.Context, interview: bool) -> None:
    """Practise calls aloud; nothing is written."""
    open_practice(context.obj, launch_options(context), "interview" if interview else "call")


for command in (due, add, import_command, check, paths, keys, theme, export, report, man, completion):
    main.add_command(command)


def open_app(invocation: Invocation, options: LaunchOptions) -> None:
    """Open the app, and the sample data after it if that was asked for on its first screen."""
    _require_terminal()
    if run_app(load_context(invocation), options):
        open_demo(invocation, options)


def open_demo(invocation: Invocation, options: LaunchOptions) -> None:
    """Open the app on sample data, in a file that is deleted at the end; `--db` is ignored."""
    from warmcall.services.demo import Demo, demo_change

    _require_terminal()
    with tempfile.TemporaryDirectory(prefix="warmcall-demo-") as folder:
        context = load_context(msgspec.structs.replace(invocation, db=Path(folder) / "demo.json"))
        services = build_services(context, Loaded(), refuse_change)
        sample = convert(read_yaml((content() / "demo.yaml").read_text(encoding="utf-8")), (), Demo)
        change = demo_change(sample, context.library, services.time.now(), services.time.calendar, new_id)
        open_state(context.paths).save([change])
        run_app(
            context,
            msgspec.structs.replace(options, sample_data=True),
            lambda: shutil.rmtree(folder, ignore_errors=True),
        )


def open_practice(invocation: Invocation, options: LaunchOptions, kind: str) -> None:
    """Open practice alone, "call" or "interview", over a state file that is read and never written."""
    _require_terminal()
    run_app(load_context(invocation), options, practice_only=kind)


def _require_terminal() -> None:
    """End with a sentence if this is no terminal that a full-screen app can run in."""
    from warmcall.terminal.tty_check import refusal

    reason = refusal(os.environ, sys.stdin.isatty(), sys.stdout.isatty())
    if reason:
        fail(reason)
