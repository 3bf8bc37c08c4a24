"""The commands that undo and redo the last change, whoever made it: a command, or the app."""

from __future__ import annotations

import click

from warmcall.cli.acting import acting, json_option
from warmcall.cli.base import db_option, examples
from warmcall.cli.invocation import Invocation, fail
from warmcall.domain.sanitize import one_line
from warmcall.services.history import UndoRefused


@click.command(
    epilog=examples(
        ("warmcall undo", "the last change, of any session"),
        ("warmcall undo --json", "with the records as they are now"),
    )
)
@json_option
@db_option
@click.pass_obj
def undo(invocation: Invocation, as_json: bool) -> None:
    """Undo the last change.

    It may be one of a command or of the app. Again undoes the one before.
    """
    _revert(invocation, as_json, back=True)


@click.command(
    epilog=examples(
        ("warmcall redo", "what was undone last"),
        ("warmcall redo --json", "with the records as they are now"),
    )
)
@json_option
@db_option
@click.pass_obj
def redo(invocation: Invocation, as_json: bool) -> None:
    """Do again what was undone last."""
    _revert(invocation, as_json, back=False)


def _revert(invocation: Invocation, as_json: bool, back: bool) -> None:
    refusal = "not undone" if back else "not done again"
    with acting(invocation, refusal, as_json) as act:
        history = act.services.history
        try:
            label = history.undo() if back else history.redo()
        except UndoRefused as refused:
            fail(f"{refused}.")
        if not label:
            fail(f"{refusal}: there is nothing to {'undo' if back else 'redo'}")
        act.done = f"{'Undone' if back else 'Done again'}: {one_line(label)}"
