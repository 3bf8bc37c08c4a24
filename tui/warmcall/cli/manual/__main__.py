"""Prints the manual page: `python -m warmcall.cli.manual > tui/warmcall/warmcall.1` makes it again."""

from __future__ import annotations

import click

from warmcall.cli.manual.page import whole_page

if __name__ == "__main__":
    click.echo(whole_page(), nl=False)
