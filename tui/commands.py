"""What the commands have in common: `--db` before or behind them, and an end that programs understand."""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path
from typing import Any

import click

from tui.storage.paths import user_paths, write_private
from tui.wiring import fail


def db_option() -> click.Option:
    """Return the option that names the state file; the one nearest to the command's own options counts."""

    def take(context: click.Context, _option: click.Parameter, chosen: Path | None) -> None:
        if chosen is not None:
            context.obj = context.find_root().obj = chosen

    return click.Option(
        ["--db"], type=click.Path(path_type=Path), metavar="FILE", help="The state file to use.",
        expose_value=False, callback=take,
    )  # fmt: skip


class FileCommand(click.Command):
    """A command over the state file."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.params.append(db_option())


class FileGroup(click.Group):
    """A group of commands over the state file, but for those made with a `cls` of their own."""

    command_class = FileCommand

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.params.append(db_option())


class Main(FileGroup):
    """The whole command line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run what was asked for.

        A mistake of our own ends it with a sentence and the code that says that something is wrong, never
        with the one by which `due` says that nothing is due; an interrupt, or a reader that is gone, with
        the code of the signal.
        """
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            raise SystemExit(128 + signal.SIGINT) from None
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is not flushed yet
                raise SystemExit(128 + signal.SIGPIPE) from None
            fail(_mistake(error, ctx))


def _mistake(error: Exception, context: click.Context) -> str:
    """Return what to say of a mistake of our own, its trace in a file."""
    from tui.terminal.crash import told_of

    def keep(trace: str) -> str:
        log = user_paths(context.obj, os.environ).log_file
        write_private(log, trace)
        return str(log)

    return told_of(error, keep)
