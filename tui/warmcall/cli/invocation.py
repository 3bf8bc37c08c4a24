"""What a command is run with, and how it ends; nothing here needs more than click."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import click

if TYPE_CHECKING:
    from pathlib import Path

    from warmcall.services.clock import Clock

EXIT_OK, EXIT_NOTHING_DUE, EXIT_ERROR, EXIT_CRASH = 0, 1, 2, 70
"""The exit codes: 1 is for `due` when nothing is due, 2 for anything wrong in what was asked or found, and 70
for an error in warmcall itself, in the screens, too (EX_SOFTWARE of sysexits(3))."""


COMPLETING = "_WARMCALL_COMPLETE"
"""The environment variable by which a shell asks for what fits, whatever the program was called."""

_ENDS = (".", "?", "!", "…")


class Invocation(NamedTuple):
    """What a command is run with: the state file named with `--db`, if any, the clock and the locale.

    `clock` is None for that of the machine. `locale` are the variables of the environment that may name the
    user's country; None if they count for nothing. It is the object of the click context; whoever calls
    `main` may pass another one as `obj`.
    """

    db: Path | None = None
    clock: Clock | None = None
    locale: Mapping[str, str] | None = os.environ


class LaunchOptions(NamedTuple):
    """How the command line asks the app to open.

    With `plain` every frame is sent the way Textual does it alone. `ascii` is None if neither `--ascii` nor
    `--no-ascii` is given. `sample_data` is whether the file is one of sample data, thrown away at the end.
    """

    plain: bool = False
    ascii: bool | None = None
    mouse: bool = False
    sample_data: bool = False


def fail(sentence: str, code: int = EXIT_ERROR) -> NoReturn:
    """Print `sentence`, which says what is wrong and then what to do, to standard error, and end with `code`.

    It becomes one line, `warmcall: what is wrong: what to do.`
    """
    warn(sentence)
    raise SystemExit(code)


def warn(sentence: str) -> None:
    """Print a sentence to standard error as `fail` does, and go on."""
    from warmcall.domain.sanitize import one_line
    from warmcall.terminal.plain_output import never_fail

    never_fail(sys.stderr)  # a command line that cannot be parsed gets here before `main` runs
    line = one_line(sentence.strip())
    click.echo(f"warmcall: {line if line.endswith(_ENDS) else f'{line}.'}", err=True)
