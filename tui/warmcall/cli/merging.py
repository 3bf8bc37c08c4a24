"""The command that makes one state file of two copies of it that were changed apart."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from warmcall.cli.base import FILE, db_option, examples
from warmcall.cli.exports import force_option
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.loading import Context, load_context
from warmcall.cli.refusals import refusing
from warmcall.config.safe_files import STATE_BYTES, FileRefused, explanation
from warmcall.storage.errors import BadStateFile
from warmcall.storage.state_file import StateFile

if TYPE_CHECKING:
    from warmcall.storage.raw_table import RawTable

_REFUSAL = "not merged"


@click.command(
    epilog=examples(
        ("warmcall merge from-laptop.json", "bring what the copy has into the state file in use"),
        ("ssh home cat warmcall.json | warmcall merge -", "one that is not here"),
        ("warmcall merge ours.json theirs.json", "into ours.json"),
        ("warmcall merge ours.json theirs.json -o both.json", "into a third file"),
    ),
)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="[OURS] THEIRS")
@click.option("--base", type=FILE, metavar="FILE", help="A file that both came from; an empty one is none.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write there, and leave OURS as it is.")
@click.option("--dry-run", is_flag=True, help="Only say what would come and go.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@force_option
@db_option
@click.pass_obj
def merge(
    invocation: Invocation,
    files: tuple[Path, ...],
    base: Path | None,
    output: Path | None,
    dry_run: bool,
    quiet: bool,
    force: bool,
) -> None:
    """Make one state file of two copies that were changed apart.

    Different records and fields of both stay. Of two values for one field the later stays and the other is
    kept beside it; of answers the words of both stay. Somebody removed on one side is gone unless the other
    side changed them. Copies can be merged in any order, and any number of times; THEIRS is only read,
    and - is standard input.
    """
    from warmcall.presentation.file_merging import merge_lines
    from warmcall.storage.file_merge import merge_files

    if len(files) > 2:
        fail(f"{_REFUSAL}: these are {len(files)} files: name two, OURS and THEIRS, and repeat it for others")
    context = load_context(invocation)
    ours = files[0] if len(files) == 2 else context.paths.state_file
    theirs = _tables(files[-1], context)
    before = None if base is None or _is_empty(base) else _tables(base, context)
    with refusing(_REFUSAL):
        file = StateFile(ours, context.config.zone)
        if output is None and not dry_run:
            found = file.merge_in(theirs, before)
            file.backups.write_waiting()
        else:
            found = merge_files(file.tables(), theirs, before)
    if output is not None and not dry_run:
        from warmcall.cli.exports import deliver
        from warmcall.storage.json_parser import file_content

        deliver(context, b"".join(file_content(found.tables)).decode("ascii"), output, force, quiet)
    for line in () if quiet else merge_lines(found):
        click.echo(line, err=output is not None)


def _tables(path: Path, context: Context, unsaid: str = "") -> dict[str, RawTable]:
    """Return what a copy of the state file holds, or end with a sentence that has no `unsaid` in it.

    A `path` of - is standard input.
    """
    if str(path) == "-":
        with TemporaryDirectory(prefix="warmcall-") as folder:
            copy = Path(folder) / "standard input"
            copy.write_bytes(sys.stdin.buffer.read(STATE_BYTES + 1))
            return _tables(copy, context, f"{folder}/")
    try:
        return StateFile(path, context.config.zone).tables()
    except BadStateFile as error:
        fail(f"{_REFUSAL}: {error}".replace(unsaid, ""))
    except FileRefused as refused:
        fail(f"{_REFUSAL}: {refused.filename}: {refused.what}: {refused.fix}".replace(unsaid, ""))
    except OSError as error:
        fail(f"{_REFUSAL}: {explanation(error)}")


def _is_empty(path: Path) -> bool:
    try:
        return path.stat().st_size == 0
    except OSError:
        return False
