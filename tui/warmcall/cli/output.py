"""How commands print what may be long: inert lines, by a pager where somebody reads them on a terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable

import click

from warmcall.cli.base import NO_PAGER
from warmcall.domain.sanitize import one_line


def print_lines(lines: Iterable[str], inert: bool = False) -> None:
    """Print lines, each of them made inert; what does not fit on a terminal is shown by the pager.

    A command that calls it has the `pager_option`. Lines that are `inert` already, because they have escape
    sequences of ours in them, are printed as they are.
    """
    shown = list(lines) if inert else [one_line(line) for line in lines]
    if not shown or (_is_for_reading() and _by_pager(shown)):
        return
    click.echo("\n".join(shown), color=inert or None)


def _is_for_reading() -> bool:
    """Return whether somebody reads the output on a terminal, and wants a pager."""
    context = click.get_current_context(silent=True)
    unwanted = context is not None and context.meta.get(NO_PAGER, False)
    return not unwanted and sys.stdout.isatty()


def _by_pager(lines: list[str]) -> bool:
    from warmcall.terminal.pager import fits, pager_for, show_by

    size = shutil.get_terminal_size()
    if fits(lines, size.columns, size.lines):
        return False
    pager = pager_for(os.environ)
    if not pager:
        return False
    sys.stdout.flush()
    text = "".join(f"{line}\n" for line in lines)
    encoded = text.encode(sys.stdout.encoding, sys.stdout.errors or "replace")
    of_less = {"LESSCHARSET": "utf-8"} if sys.stdout.encoding.lower().startswith("utf") else {}
    return show_by(pager, encoded, of_less | os.environ)
