"""The commands that open the app: on sample data, for practice, and without a command on the user's file."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import click

from warmcall.cli.base import db_option, examples, launch_flags, launch_options
from warmcall.cli.bootstrap import build_services, new_id, refuse_change, run_app
from warmcall.cli.invocation import Invocation, LaunchOptions, fail
from warmcall.cli.loading import load_context, open_state
from warmcall.config.paths import content
from warmcall.config.yaml_folders import convert
from warmcall.config.yaml_source import read_yaml
from warmcall.storage.state_file import Loaded


@click.command(
    epilog=examples(
        ("warmcall demo", "look around"),
        ("warmcall demo --ascii", "with ASCII characters only"),
    ),
)
@launch_flags
@click.pass_context
def demo(context: click.Context) -> None:
    """Open the app on sample data, in a throwaway file."""
    open_demo(context.obj, launch_options(context))


@click.command(
    epilog=examples(
        ("warmcall practice", "calls to nobody"),
        ("warmcall practice --interview", "an interview of five minutes"),
    ),
)
@click.option("--interview", is_flag=True, help="An interview of five minutes instead.")
@launch_flags
@db_option
@click.pass_context
def practice(context: click.Context, interview: bool) -> None:
    """Practise calls aloud; nothing is written."""
    open_practice(context.obj, launch_options(context), "interview" if interview else "call")


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
        context = load_context(invocation._replace(db=Path(folder) / "demo.json"))
        services = build_services(context, Loaded(), refuse_change)
        sample = convert(read_yaml((content() / "demo.yaml").read_text(encoding="utf-8")), (), Demo)
        change = demo_change(sample, context.library, services.time.now(), services.time.calendar, new_id)
        open_state(context.paths).save([change])
        run_app(
            context,
            options._replace(sample_data=True),
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
