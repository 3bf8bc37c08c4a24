"""The command about looks: the page of signs and colours, in a theme."""

from __future__ import annotations

import os
import sys

import click

from warmcall.cli.ansi import ColorDepth, ansi_line, color_depth
from warmcall.cli.base import db_option, examples
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.loading import load_context
from warmcall.config.paths import user_paths
from warmcall.config.themes import BUNDLED, BUNDLED_NAMES, own_theme_names, read_themes, theme_for
from warmcall.domain.sanitize import one_line
from warmcall.terminal.ascii_fallback import ascii_for

_WIDTH = 80


def _names(_context: click.Context, _argument: click.Parameter, typed: str) -> list[str]:
    """Return the names of themes that begin with what was typed."""
    paths = user_paths(None, os.environ)
    own = own_theme_names((*paths.office_folders, paths.config_folder))
    return [name for name in (*BUNDLED_NAMES, *own) if name.startswith(typed)]


@click.command(
    epilog=examples(
        ("warmcall theme", "the one in your settings"),
        ("warmcall theme contrast", "another one"),
    ),
)
@click.argument("name", required=False, shell_complete=_names)
@db_option
@click.pass_obj
def theme(invocation: Invocation, name: str | None) -> None:
    """Show every sign and colour of a theme, and what it means.

    Without a NAME it is the theme in your settings. A file themes/NAME.yaml beside them is a theme of your
    own; the page names the colours it may have.
    """
    from warmcall.presentation.theme_page import theme_page

    context = load_context(invocation)
    own = read_themes(context.paths.config_folder, context.paths.office_folders)[0]
    themes = {theme.name: theme for theme in (*BUNDLED, *own)}
    if name is not None and name not in themes:
        fail(f"theme: there is no theme “{one_line(name[:40])}”: use one of {', '.join(themes)}")
    depth = color_depth(os.environ, sys.stdout.isatty())
    few = depth is ColorDepth.SIXTEEN
    chosen = theme_for(name or context.config.theme, False, few, tuple(themes.values()))
    if name is not None and chosen != name:
        click.echo(f"With sixteen colours {name} is not used: this is {chosen}.", err=True)
    for parts in theme_page(themes[chosen], themes):
        line = ansi_line(parts, themes[chosen].colors, depth, _WIDTH)
        click.echo("".join(map(ascii_for, line)) if context.config.ascii else line, color=True)
