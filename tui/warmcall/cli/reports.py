"""The report command: what the search has shown, to be given to somebody."""

from __future__ import annotations

from pathlib import Path

import click

from warmcall.cli.base import db_option, examples
from warmcall.cli.exports import deliver, force_option, output_option, services_to_read
from warmcall.cli.invocation import Invocation
from warmcall.cli.loading import load_context


@click.command(
    epilog=examples(
        ("warmcall report -o learned.md", "as Markdown"),
        ("warmcall report --html -o learned.html", "for a browser, which prints it"),
        ("warmcall report --without-names", "to be given to anybody"),
    ),
)
@click.option("--html", "as_html", is_flag=True, help="One HTML page; a browser prints it, or makes a PDF.")
@click.option("--without-names", is_flag=True, help="Leave out who people are and where they work.")
@output_option
@force_option
@db_option
@click.pass_obj
def report(
    invocation: Invocation, as_html: bool, without_names: bool, output: Path | None, force: bool
) -> None:
    """Write a report: target, answers, and how the search went.

    It is Markdown unless --html is given. Answers marked "not to repeat" are left out. Without names, people
    are "Practitioner 1" and the like, also within notes, for all whose names warmcall knows. What they said
    may still show who they are: read it through before you give it to anybody.
    """
    from warmcall.presentation.report import report_text

    context = load_context(invocation)
    text = report_text(services_to_read(context), not without_names, as_html)
    deliver(context, text, output, force)
