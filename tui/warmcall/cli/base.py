"""What commands share: their common options, printing, and how the command line ends."""

from __future__ import annotations

import errno
import inspect
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from warmcall.cli.invocation import COMPLETING, EXIT_CRASH, Invocation, LaunchOptions, fail, warn

FILE = click.Path(path_type=Path, readable=False)
"""The type of options that name a file; whether it can be read or written is found out, and said, by us."""

_OUTPUT_ERRORS = {errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}
"""Errors of standard output. An error of a file of ours has the name of the file, or is handled earlier."""

_LAUNCH_OPTIONS = "warmcall.launch_options"
"""Where the click context keeps how the app is to open."""


_EXAMPLES = "Examples:"
_EXAMPLE = re.compile(r"^  (\S(?:\S| (?! ))*)\s{2,}(\S.*)$", re.MULTILINE)
_HELP_WIDTH = 78
"""The columns of a help text, two less than a terminal has at least."""


NO_PAGER = "warmcall.no_pager"
"""Where the click context keeps that no pager is wanted."""


def db_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--db`; if it is given both before and after the command, the latter counts."""

    def store(context: click.Context, _option: click.Parameter, path: Path | None) -> None:
        if path is not None:
            invocation = context.obj._replace(db=path)
            context.obj = context.find_root().obj = invocation

    option = click.option(
        "--db", type=FILE, metavar="FILE", help="The state file to use.", expose_value=False, callback=store
    )
    return option(command)


def launch_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options for how the app opens; `launch_options` returns what they say."""

    def store(context: click.Context, option: click.Parameter, value: bool | None) -> None:
        if value is not None:
            options = launch_options(context)._replace(**{str(option.name): value})
            context.meta[_LAUNCH_OPTIONS] = options

    for names, about in (
        (["--plain-drawing", "plain"], "Draw as Textual does by itself: more bytes, the same picture."),
        (["--ascii/--no-ascii"], "Draw with ASCII characters only, or never."),
        (["--mouse"], "Use the mouse."),
    ):
        option = click.option(
            *names, is_flag=True, default=None, help=about, expose_value=False, callback=store
        )
        command = option(command)
    return command


def launch_options(context: click.Context) -> LaunchOptions:
    """Return how the app is to open, as the options before and after the command say."""
    options: LaunchOptions = context.meta.get(_LAUNCH_OPTIONS, LaunchOptions())
    return options


def print_problems(problems: Iterable[str], consequence: str) -> None:
    """Print the problems of a state file to standard error, each with what happens to its record."""
    for problem in problems:
        warn(f"{problem} ({consequence})")


def name_argument(word: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command that takes one name and nothing else an argument for it: it needs no quotes.

    The command gets the words as one text. Where something follows a name, it does need them, and
    `usage_errors` says so.
    """

    def join(_context: click.Context, _argument: click.Parameter, words: tuple[str, ...]) -> str:
        return " ".join(words)

    return click.argument(word, nargs=-1, required=True, metavar=word.upper(), callback=join, **options)


def pager_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command that prints lists `--no-pager`, which `output.print_lines` obeys."""

    def store(context: click.Context, _option: click.Parameter, value: bool) -> None:
        if value:
            context.meta[NO_PAGER] = True

    option = click.option(
        "--no-pager", is_flag=True, help="Print all at once, on a terminal too.",
        expose_value=False, callback=store,
    )  # fmt: skip
    return option(command)


def examples(*commands: tuple[str, str]) -> str:
    """Return the end of the help of a command (`epilog`): command lines, and what each of them does.

    The words are a phrase without a full stop; `examples_of` finds them again for the manual.
    """
    longest = max(len(line) for line, _ in commands)
    beside = all(longest + len(words) <= _HELP_WIDTH - 6 for _, words in commands)
    lines = []
    for line, words in commands:
        gap = " " * (longest + 2 - len(line)) if beside else f"\n{' ' * 6}"
        lines.append(f"  {line}{gap}{words}")
    return "\n".join(["\b", _EXAMPLES, *lines])


def examples_of(command: click.Command) -> list[tuple[str, str]]:
    """Return the examples in the help of a command, each with what it does."""
    text = (command.epilog or "").partition(f"{_EXAMPLES}\n")[2]
    return [(line, " ".join(words.split())) for line, words in _EXAMPLE.findall(text)]


class WarmcallGroup(click.Group):
    """The whole command line, which ends the way `_orderly_end` says, its help included.

    Its commands are imported when they are asked for, as click's documentation has it ("Lazily loading
    subcommands"): `sections` has, by the headings of the help, the commands with what each does in it; of
    each it says the module in this package and its name there.
    """

    def __init__(self, *arguments: Any, sections: Mapping[str, Mapping[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.sections = sections
        self._places = {name: place for places in sections.values() for name, place in places.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the help."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name; None if there is none."""
        if cmd_name not in self._places:
            return None
        module, _, name = self._places[cmd_name].rpartition(".")
        command: click.Command = getattr(import_module(f"warmcall.cli.{module}"), name)
        _keep_first_sentence(command)
        return command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help: what it is for, the commands under headings, topics, then options and examples."""
        from warmcall.cli.manual.contents import TOPICS

        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        names = [name for name in self._places if not self._command(ctx, name).hidden]
        limit = formatter.width - 6 - max(map(len, names))
        for heading, places in self.sections.items():
            with formatter.section(heading):
                shown = (name for name in places if name in names)
                formatter.write_dl(
                    [
                        (name.ljust(max(map(len, names))), self._command(ctx, name).get_short_help_str(limit))
                        for name in shown
                    ]
                )
        with formatter.section("Topics of the manual, for warmcall help TOPIC"):
            width = max(map(len, names))
            formatter.write_dl([(topic.name.ljust(width), topic.about) for topic in TOPICS])
        click.Command.format_options(self, ctx, formatter)
        self.format_epilog(ctx, formatter)

    def _command(self, context: click.Context, name: str) -> click.Command:
        command = self.get_command(context, name)
        if command is None:
            raise KeyError(name)
        return command

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = COMPLETING,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line, or answer a shell that completes one."""
        _open_closed_streams()
        if sys.platform == "win32":
            fail(_ON_WINDOWS)
        if COMPLETING in os.environ:
            from warmcall.cli.shell_scripts import register

            register()
        return super().main(args, prog_name, complete_var, standalone_mode, **extra)

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Parse the command line; without an `obj` the clock is the machine's."""
        options.setdefault("obj", Invocation())
        with _orderly_end():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _orderly_end(ctx):
            return super().invoke(ctx)


_ON_WINDOWS = (
    "warmcall does not run on Windows itself, which has no terminal of the kind it needs: install WSL, the "
    "Windows Subsystem for Linux, and install and start warmcall there"
)


def _open_closed_streams() -> None:
    """Have an output that the caller closed lead nowhere, in place of a stream that is not there."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - to the end


def _keep_first_sentence(command: click.Command) -> None:
    """Have lists of commands show the first sentence of a help whole, where click would cut it."""
    paragraph = inspect.cleandoc(command.help or "").partition("\n\n")[0]
    if not command.short_help:
        command.short_help = re.split(r"(?<=\.) ", " ".join(paragraph.split()), maxsplit=1)[0]
    if isinstance(command, click.Group):
        for subcommand in command.commands.values():
            _keep_first_sentence(subcommand)


@contextmanager
def _orderly_end(context: click.Context | None = None) -> Iterator[None]:
    """End with a sentence and an exit code that programs understand, whatever happens inside.

    An unexpected error gives `EXIT_CRASH`, never the code by which `due` says that nothing is due. An
    interrupt and a reader that went away give the code of their signal, as a shell does it.
    """
    try:
        yield
    except click.exceptions.Exit:
        raise
    except click.ClickException as error:
        from warmcall.cli.usage_errors import usage_sentence

        fail(usage_sentence(error))
    except (KeyboardInterrupt, click.Abort):
        raise SystemExit(128 + signal.SIGINT) from None
    except Exception as error:
        number = error.errno if isinstance(error, OSError) and error.filename is None else None
        if number not in _OUTPUT_ERRORS:
            fail(_crash_sentence(error, context), EXIT_CRASH)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is not flushed yet
        if number == errno.EPIPE:
            raise SystemExit(128 + signal.SIGPIPE) from None
        fail(f"the output cannot be written: {os.strerror(number or 0).lower()}.")


def _crash_sentence(error: Exception, context: click.Context | None) -> str:
    """Return the sentence about an unexpected error; its trace goes to the log."""
    from warmcall.cli.bootstrap import write_output
    from warmcall.config.moved_files import move_log
    from warmcall.config.paths import user_paths
    from warmcall.terminal.crash_report import crash_sentence

    def write_log(trace: str) -> str:
        paths = user_paths(context.obj.db if context else None, os.environ)
        if moved := move_log(paths):
            warn(moved)
        return write_output(paths, paths.log_file, trace)

    return crash_sentence(error, write_log)
