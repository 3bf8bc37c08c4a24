"""The command line; what it puts together for a command is in `wiring`."""

from __future__ import annotations

import json
import os
import re
import sys

import click

from warmcall import __version__
from warmcall.cli.base import Main, launch_option_flags, launch_options
from warmcall.cli.bootstrap import (
    DONE,
    NOTHING_DUE,
    WRONG,
    Invocation,
    fail,
    keymap_of,
    load,
    load_context,
    open_app,
    open_demo,
    open_practice,
    reading_services,
    services_over,
)
from warmcall.cli.completion import completion, zones
from warmcall.cli.exports import export
from warmcall.cli.manual import man
from warmcall.config.paths import Paths, user_paths
from warmcall.config.settings import read_config
from warmcall.domain.change import Change
from warmcall.domain.vocabulary import Source
from warmcall.services.services import Services
from warmcall.storage.errors import BadStateFile
from warmcall.storage.state_file import Loaded, StateFile
from warmcall.terminal.plain_output import never_fail

SOURCES = [source.value for source in Source]
SHOWN = 5
"""How many names a mistake in a name brings up at most."""


@click.group(cls=Main, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@launch_option_flags
@click.version_option(__version__, prog_name="warmcall", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Twenty minutes with someone who knows: informational interviews, run from the terminal.

    Without a command, the app opens. `warmcall man` prints the manual, `warmcall completion` what completes
    commands in bash, zsh and fish.

    Exit codes: 0 done; 1 nothing is due, or a mistake of its own ended the screens; 2 something is wrong
    with what was asked or found; 128 + N ended by signal N.
    """
    never_fail(sys.stdout, sys.stderr)
    if context.invoked_subcommand is None:
        open_app(context.obj, launch_options())


for one in (export, man, completion):
    main.add_command(one)


@main.command(cls=click.Command)
@launch_option_flags
@click.pass_obj
def demo(invocation: Invocation) -> None:
    """Open the app on sample data, in a throwaway file."""
    open_demo(invocation, launch_options())


@main.command()
@click.option("--interview", is_flag=True, help="An interview of five minutes instead.")
@launch_option_flags
@click.pass_obj
def practice(invocation: Invocation, interview: bool) -> None:
    """Practise calls aloud; nothing is written."""
    open_practice(invocation, interview, launch_options())


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list instead of lines.")
@click.option("--within", metavar="TIME", help="Also what comes due within 3d (days) or 2w (weeks).")
@click.pass_obj
def due(invocation: Invocation, as_json: bool, within: str | None) -> None:
    """List what is owed today.

    The exit code is 0 if anything is due, 1 if not.
    """
    from warmcall.presentation import queue as queue_words

    days = _days(within) if within is not None else 0
    services, loaded = reading_services(load_context(invocation))
    _tell_problems(loaded)
    entries = services.following_up.due_within(days)
    if as_json:
        click.echo(json.dumps([queue_words.as_json(services, entry) for entry in entries], indent=1))
    for entry in [] if as_json else entries:
        click.echo(queue_words.plain_line(services, entry))
    if not entries and not as_json and sys.stderr.isatty():
        click.echo(_plain(queue_words.nothing_due_message(services)), err=True)
    raise SystemExit(DONE if entries else NOTHING_DUE)


@main.command()
@click.argument("name")
@click.option(
    "--kind", type=click.Choice(["practitioner", "hiring_manager", "connector"]), help="Who they are."
)
@click.option("--organization", "--org", help="Where they work.")
@click.option("--title", help="What they are there.")
@click.option("--phone", help="Their number.")
@click.option("--email", help="Their address.")
@click.option("--zone", shell_complete=zones, help="Their time zone, such as Europe/Berlin.")
@click.option(
    "--source", type=click.Choice(SOURCES), metavar="SOURCE",
    help=f"Where the name came from: {', '.join(SOURCES)}.",
)  # fmt: skip
@click.option("--referrer", help="Who of your contacts gave you the name; it is then a referral.")
@click.option("--notes", help="Anything else.")
@click.pass_obj
def add(invocation: Invocation, /, name: str, **given: str | None) -> None:
    """Add a contact; their call goes into the queue."""
    place = load_context(invocation)
    file = StateFile(place.paths.state_file)
    loaded = load(file)
    if loaded.read_only:
        fail(f"not added: {loaded.read_only}.")
    changes: list[Change] = []
    services = services_over(place, loaded, changes.append)
    fields = {field: text for field, text in given.items() if text is not None} | {"name": name}
    referrer = fields.pop("referrer", None)
    if referrer is not None:
        fields["referrer_id"] = _referrer(services, referrer)
    problems = services.address_book.problems(fields)
    if problems:
        told = (f"{field.removesuffix('_id')}: {what}" for field, what in problems.items())
        fail("not added: " + "; ".join(told))
    contact = services.address_book.add(fields)
    try:
        file.save(changes)
    except (OSError, BadStateFile) as error:
        fail(f"not added: {error}")
    click.echo(f"Added {_plain(contact.name)}; the call is in the queue.")


@main.command()
@click.option(
    "--restore", is_flag=False, flag_value="", metavar="[N]", help="List the backups, or bring back number N."
)
@click.pass_obj
def check(invocation: Invocation, restore: str | None) -> None:
    """Check the state file and the YAML you wrote.

    The exit code is 2 if anything is wrong.
    """
    if restore is not None:
        _restore(StateFile(user_paths(invocation.db, os.environ).state_file), restore)
        return
    place = load_context(invocation)
    file = StateFile(place.paths.state_file)
    loaded = load(file)
    _tell_problems(loaded)
    problems = (*place.problems, *keymap_of(place)[1])
    for problem in sorted(problems, key=lambda problem: problem.warning):
        click.echo(f"{'note: ' if problem.warning else ''}{_plain(str(problem))}")
    from warmcall.terminal.textual_patches import plain_drawing_notice

    if notice := plain_drawing_notice():
        click.echo(notice)
    there = place.paths.state_file.exists()
    count = len(loaded.records)
    click.echo(f"{file.path}: {f'{count} records' if there else 'not there yet; the first change makes it'}")
    wrong = bool(loaded.problems) or any(not problem.warning for problem in problems)
    raise SystemExit(WRONG if wrong else DONE)


@main.command()
@click.pass_obj
def paths(invocation: Invocation) -> None:
    """Show where everything lies."""
    found = user_paths(invocation.db, os.environ)
    click.echo(f"state file    {found.state_file}")
    click.echo(f"settings      {found.config_file}")
    click.echo(f"your own keys {_keymap_file(found)}")
    click.echo(f"your own YAML {found.config_folder}/scripts, questions, messages")


@main.command()
@click.pass_obj
def keys(invocation: Invocation) -> None:
    """List every key by the id that a keymap file knows it by."""
    from warmcall.app.keymap_registry import lines

    keymap, problems = keymap_of(load_context(invocation))
    for line in lines(keymap):
        click.echo(line)
    for problem in problems:
        click.echo(_plain(str(problem)), err=True)
    raise SystemExit(WRONG if problems else DONE)


def _keymap_file(found: Paths) -> str:
    """Return where the user's own keys are looked for, or what the settings say if no file can be there."""
    named = read_config(found.config_file)[0].keymap
    try:
        return _plain(str(found.keymap_file(named)))
    except (RuntimeError, ValueError):
        return _plain(named)


def _restore(file: StateFile, which: str) -> None:
    """List the backups, or put the one of that number in the place of the state file."""
    backups = list(file.backups.listed())
    if not backups:
        fail(f"there is no backup of {file.path} yet")
    if not which:
        for number, backup in enumerate(backups, start=1):
            holds = f"{backup.contacts} contacts, {backup.interviews} interviews"
            words = holds if backup.contacts >= 0 else "cannot be read"
            click.echo(f"{number:>3}  {backup.changed_at}  {words}  {backup.path.name}")
        click.echo("`warmcall check --restore N` brings back number N; the present file is kept among these.")
        return
    if not which.isdigit() or not 1 <= int(which) <= len(backups):
        fail(f"there is no backup number {which[:20]}: `warmcall check --restore` lists 1 to {len(backups)}")
    chosen = backups[int(which) - 1]
    try:
        kept = file.backups.restore(chosen.path)
    except (OSError, BadStateFile) as error:
        fail(f"not restored: {error}")
    click.echo(f"Restored {chosen.path.name}: {chosen.contacts} contacts, {chosen.interviews} interviews.")
    if kept is not None:
        click.echo(f"What was there is kept as {kept}.")


def _referrer(services: Services, words: str) -> str:
    """Return the id of the one contact meant by `words`, or end with a sentence that names them all."""
    from warmcall.presentation.wording import work

    found = services.search.people_named(words, SHOWN + 1)
    exact = [contact for contact in found if contact.name.casefold() == " ".join(words.casefold().split())]
    found = exact or found
    asked = _plain(words.strip()[:40])
    if not asked or not found:
        fail(f"not added: referrer: no contact is called “{asked}”")
    if len(found) > 1:
        names = "; ".join(
            _plain(", ".join(filter(None, [contact.name, work(contact)]))) for contact in found[:SHOWN]
        )
        more = "; and more" if len(found) > SHOWN else ""
        fix = "Say more of the name or of where they work"
        fail(f"not added: referrer: “{asked}” could be {names}{more}. {fix}")
    return found[0].id


def _days(words: str) -> int:
    """Return how many days "3d", "2w" or "3" are, or end with a sentence that says what to write."""
    match = re.fullmatch(r"([0-9]{1,4})\s*(d|days?|w|weeks?)?", words.strip(), re.IGNORECASE)
    if match is None:
        fail(f"due: --within “{_plain(words[:20])}” is no time: write days as 3d, or weeks as 2w")
    return int(match[1]) * (7 if (match[2] or "d")[0] in "wW" else 1)


def _tell_problems(loaded: Loaded) -> None:
    for problem in loaded.problems:
        click.echo(f"warmcall: {_plain(problem)} (left as it is)", err=True)


def _plain(text: str) -> str:
    from warmcall.domain.sanitize import one_line

    return one_line(text)
