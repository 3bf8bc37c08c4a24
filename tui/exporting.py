"""The export commands: what is known, in other formats."""

from __future__ import annotations

from pathlib import Path

import click

from tui.services.meetings import NoSuchMeeting, meant
from tui.storage.paths import write_private
from tui.wiring import fail, place_of, reading_desk


@click.group()
def export() -> None:
    """Write what you know in another format."""


@export.command("md")
@click.option(
    "--interview", "who", is_flag=False, flag_value="", metavar="[WHO]",
    help="Only the page to read before a meeting: the next, or the one with WHO.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to, for your eyes only."
)
@click.option("--force", is_flag=True, help="Write over FILE if it is there.")
@click.pass_obj
def markdown_command(db: Path | None, who: str | None, output: Path | None, force: bool) -> None:
    """Write Markdown: contacts, history and answers of everyone."""
    from tui.domain.inert import one_line
    from tui.exchange.markdown import markdown
    from tui.widgets.briefing import briefing
    from tui.widgets.everything import everything

    desk, loaded = reading_desk(place_of(db))
    for problem in loaded.problems:
        click.echo(f"warmcall: {one_line(problem)} (left out)", err=True)
    if who is None:
        deliver(markdown(everything(desk)), output, force)
        return
    try:
        interview = meant(desk.book, desk.time, who)
    except NoSuchMeeting as error:
        fail(f"{one_line(str(error))}.")
    deliver(markdown(briefing(desk, interview)), output, force)


def deliver(text: str, output: Path | None, force: bool) -> None:
    """Write `text` to a file for its owner alone, else to standard output, as UTF-8 wherever it runs.

    A file that is there already is left as it is and the command ends, unless `force` is set.
    """
    if output is None or str(output) == "-":
        click.echo(text.encode("utf-8", "replace"), nl=False)
        return
    if not output.parent.is_dir():
        fail(f"{output}: there is no folder {output.parent}. Nothing was written.")
    try:
        write_private(output, text, over=force)
    except FileExistsError:
        fail(f"{output} is there already: --force writes over it. Nothing was written.")
    except OSError as error:
        fail(f"{output}: {(error.strerror or 'it cannot be written').lower()}. Nothing was written.")
    click.echo(f"Written to {output}, for your eyes only.", err=True)
