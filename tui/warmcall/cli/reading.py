"""What commands that read share: services that make no change, and printing, for people or for programs."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from warmcall.cli import output
from warmcall.cli.base import print_problems
from warmcall.cli.invocation import Invocation
from warmcall.cli.loading import load_context
from warmcall.domain.sanitize import one_line

if TYPE_CHECKING:
    import msgspec

    from warmcall.services.services import Services
    from warmcall.widgets.rich_text import RichPart

C = TypeVar("C", bound=Callable[..., Any])


def json_option(command: C) -> C:
    """Give a command that reads `--json`."""
    option = click.option("--json", "as_json", is_flag=True, help="Print JSON; warmcall schema describes it.")
    return option(command)


def services_for(invocation: Invocation) -> Services:
    """Return the services over the state file, and print what is wrong with records that cannot be read."""
    from warmcall.cli.bootstrap import load_services

    services, loaded = load_services(load_context(invocation))
    print_problems(loaded.problems, "left as it is")
    return services


def note_nothing(sentence: str) -> None:
    """Say on a terminal that there is nothing to print, where the exit code alone says so elsewhere."""
    if sys.stderr.isatty():
        click.echo(one_line(sentence), err=True)


def print_json(items: Iterable[msgspec.Struct]) -> None:
    """Print records for programs."""
    from warmcall.presentation.json_shapes import encoded

    click.echo(encoded(items))


def print_lines(lines: Iterable[str | Sequence[RichPart]]) -> None:
    """Print lines of text, each inert and on one line.

    On a terminal long ones are broken between words, and have their styles unless NO_COLOR is set.
    """
    if not sys.stdout.isatty():
        output.print_lines([_plain(line) for line in lines], inert=True)
        return
    from warmcall.presentation.line_wrap import wrapped

    columns = shutil.get_terminal_size().columns
    print_line = _plain if os.environ.get("NO_COLOR") else _styled
    broken = (part for line in lines for part in wrapped(_inert(line), columns))
    output.print_lines([print_line(line) for line in broken], inert=True)


def _inert(line: str | Sequence[RichPart]) -> list[RichPart]:
    parts = [line] if isinstance(line, str) else line
    return [one_line(part) if isinstance(part, str) else (one_line(part[0]), part[1]) for part in parts]


def _plain(line: str | Sequence[RichPart]) -> str:
    parts = [line] if isinstance(line, str) else line
    return one_line("".join(part if isinstance(part, str) else part[0] for part in parts)).rstrip()


def _styled(line: Sequence[RichPart]) -> str:
    """Return a line with the sequences of its styles, in the terminal's own colours."""
    from warmcall.cli.ansi import ansi_line, color_depth
    from warmcall.config.themes import BUNDLED, TERMINAL

    colors = next(theme.colors for theme in BUNDLED if theme.name == TERMINAL)
    return ansi_line(line, colors, color_depth(os.environ, is_terminal=True))
