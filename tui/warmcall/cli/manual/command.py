"""The command `man`, which shows the manual page that is installed."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import click

from warmcall.cli.base import examples, pager_option
from warmcall.cli.invocation import fail

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_FILE = "warmcall.1"
"""The page in the package; `python -m warmcall.cli.manual` writes it again."""


def topics_that_begin(
    _context: click.Context, _argument: click.Parameter, typed: str
) -> list[CompletionItem[str]]:
    """Return the topics that begin with what was typed."""
    from click.shell_completion import CompletionItem

    from warmcall.cli.manual.contents import TOPICS

    return [CompletionItem(topic.name, help=topic.about) for topic in TOPICS if topic.name.startswith(typed)]


@click.command(
    epilog=examples(
        ("warmcall man", "read it"),
        ("warmcall man settings", "read a topic of it, as warmcall help settings"),
        ("warmcall man > warmcall.1", "keep it in a file"),
    ),
)
@click.argument("topic", nargs=-1, metavar="[TOPIC]", shell_complete=topics_that_begin)
@pager_option
def man(topic: tuple[str, ...]) -> None:
    """Show the manual page, or a topic of it.

    Where no terminal reads the whole page, it is printed in the form that man reads.
    """
    import shutil
    import subprocess
    import sys

    if topic:
        _show_topic(topic)
        return
    page = resources.files("warmcall") / _FILE
    if sys.stdout.isatty() and (program := shutil.which("man")):
        with resources.as_file(page) as path:
            done = subprocess.run([program, str(path)], check=False)  # noqa: S603 - a file of our own
        if done.returncode == 0:
            return
    click.echo(page.read_text(encoding="ascii"), nl=False)


def _show_topic(words: tuple[str, ...]) -> None:
    from warmcall.cli.manual.contents import topic_called
    from warmcall.cli.manual.plain import topic_lines
    from warmcall.cli.output import print_lines
    from warmcall.cli.usage_errors import no_help_sentence

    topic = topic_called(words)
    if topic is None:
        fail(no_help_sentence(" ".join(words)))
    print_lines(topic_lines(topic))
