"""What the commands have in common: `--db` before or behind them, and an end that programs understand."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec

from warmcall.cli.bootstrap import Invocation, LaunchOptions, fail
from warmcall.config.paths import user_paths, write_private

_OUTPUT_REFUSED = {errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}
"""Why no more output is taken; where a file of ours is meant, the error has its name or is told before."""


def db_option() -> click.Option:
    """Return the option that names the state file; the one nearest to the command's own options counts."""

    def take(context: click.Context, _option: click.Parameter, chosen: Path | None) -> None:
        if chosen is not None:
            invocation = msgspec.structs.replace(context.obj, db=chosen)
            context.obj = context.find_root().obj = invocation

    return click.Option(
        ["--db"], type=click.Path(path_type=Path), metavar="FILE", help="The state file to use.",
        expose_value=False, callback=take,
    )  # fmt: skip


_OPENING = "warmcall.opening."
"""How the app is to open is kept under this and the option's name, wherever the option stood."""


def launch_option_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options for how the app is to open; `launch_options` returns them."""

    def take(context: click.Context, option: click.Parameter, given: bool | None) -> None:
        if given:
            context.meta[f"{_OPENING}{option.name}"] = given
        elif given is not None and option.name == "ascii":
            context.meta[f"{_OPENING}ascii"] = False

    for words, default, about in (
        ("--mouse", False, "Let the mouse be used."),
        ("--ascii/--no-ascii", None, "Draw in ASCII alone, or never."),
        ("--plain-drawing", False, "Draw as Textual does alone: more bytes, same picture."),
    ):
        option = click.option(
            words, is_flag=True, default=default, help=about, expose_value=False, callback=take
        )
        command = option(command)
    return command


def launch_options() -> LaunchOptions:
    """Return how the app is to open, as the options before and behind the command say."""
    meta = click.get_current_context().meta
    given = {name: meta.get(f"{_OPENING}{name}") for name in ("plain_drawing", "ascii", "mouse")}
    return LaunchOptions(bool(given["plain_drawing"]), given["ascii"], bool(given["mouse"]))


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
    """The whole command line; how it ends, with its help, too, is what `_ended_well` says."""

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:
        """Take the words of the command line apart, for the machine's clock if `obj` brings no other."""
        named.setdefault("obj", Invocation())
        with _ended_well():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: click.Context) -> Any:
        """Run what was asked for."""
        with _ended_well(ctx):
            return super().invoke(ctx)


@contextmanager
def _ended_well(context: click.Context | None = None) -> Iterator[None]:
    """End with a sentence and an exit code that programs understand, whatever happens inside.

    A mistake of our own gives the code that says that something is wrong, never the one by which `due` says
    that nothing is due; an interrupt, or a reader that is gone, the code of the signal.
    """
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except KeyboardInterrupt:
        raise SystemExit(128 + signal.SIGINT) from None
    except Exception as error:
        number = error.errno if isinstance(error, OSError) and error.filename is None else None
        if number not in _OUTPUT_REFUSED:
            fail(_mistake(error, context))
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is not flushed yet
        if number == errno.EPIPE:
            raise SystemExit(128 + signal.SIGPIPE) from None
        fail(f"the output cannot be written: {os.strerror(number or 0).lower()}.")


def _mistake(error: Exception, context: click.Context | None) -> str:
    """Return what to say of a mistake of our own, its trace in a file."""
    from warmcall.terminal.crash_report import crash_sentence

    def keep(trace: str) -> str:
        log = user_paths(context.obj.db if context else None, os.environ).log_file
        write_private(log, trace)
        return str(log)

    return crash_sentence(error, keep)
