"""The commands about the user: who they are, and the job they aim at; without options they print it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from warmcall.cli.acting import Act, acting, checked_line, json_option, typed_text
from warmcall.cli.base import db_option, examples
from warmcall.cli.bootstrap import load_services
from warmcall.cli.completers import zones
from warmcall.cli.invocation import Invocation, fail
from warmcall.cli.loading import load_context
from warmcall.cli.selecting import select_target
from warmcall.domain.records import Profile
from warmcall.domain.sanitize import many_lines, one_line, visible
from warmcall.services.profile import PROFILE_FIELDS, TARGET_FIELDS

if TYPE_CHECKING:
    from warmcall.services.services import Services

_NOT_CHANGED = "not changed"

_NOT_SET = "–"
"""What is printed for a field that nothing is in."""


@click.command(
    epilog=examples(
        ("warmcall profile", "what is known"),
        ("warmcall profile --name 'Robin Vale' --phone '+1 312 555 0100'", "set two fields"),
    )
)
@click.option("--name", help="Your name.")
@click.option("--background", help="Who you are, as it follows “I'm”: a graduate in history who ran a shop.")
@click.option("--school", help="Where you studied.")
@click.option("--degree", help="What you studied.")
@click.option("--phone", help="Your number, which a voicemail leaves.")
@click.option("--email", help="Your address.")
@click.option("--minutes", help="How many minutes you ask for.")
@click.option("--zone", shell_complete=zones, help="Your time zone, if not the machine's own.")
@json_option
@db_option
@click.pass_obj
def profile(invocation: Invocation, /, as_json: bool, **options: str | None) -> None:
    """Print who you are, or set it.

    Scripts and letters say it of you. Each option sets its field; an empty one clears it.
    """
    fields = _fields(options)
    if not fields:
        _print_profile(_to_read(invocation), as_json)
        return
    with acting(invocation, _NOT_CHANGED, as_json, must_exist=False) as act:
        services = act.services
        for field, problem in services.profile_editing.problems(fields).items():
            fail(f"{_NOT_CHANGED}: {field}: {problem}")
        services.profile_editing.save(fields)
        after = services.store.require(Profile, "profile")
        act.items.append(after)
        _say_changed(act, "Your profile", fields, services.profile_editing.fields())


@click.command(
    epilog=examples(
        ("warmcall target --role 'Media Planner' --place Chicago", "set it"),
        ("warmcall target --add --role Editor", "aim at another job as well"),
    )
)
@click.option("--role", help="The job, such as Media Planner.")
@click.option("--synonyms", help="Other words for it, separated by commas.")
@click.option("--industry", help="The branch of business.")
@click.option("--place", help="Where.")
@click.option("--why", help="Why this job.")
@click.option("--research", help="What you found out about it; - reads standard input.")
@click.option("--add", "adds", is_flag=True, help="Add another target with these fields.")
@click.option("--use", metavar="ROLE", help="Aim at another of your targets from now on.")
@json_option
@db_option
@click.pass_obj
def target(
    invocation: Invocation, /, adds: bool, use: str | None, as_json: bool, **options: str | None
) -> None:
    """Print the job you aim at, or set it.

    Each option sets its field of the present target; an empty one clears it.
    """
    fields = _fields(options)
    if not fields and use is None and not adds:
        _print_targets(_to_read(invocation), as_json)
        return
    with acting(invocation, _NOT_CHANGED, as_json, must_exist=False) as act:
        services = act.services
        if use is not None:
            if fields or adds:
                fail(f"{_NOT_CHANGED}: --use goes without other options: change to it first, then set them")
            found = services.targets.change_to(select_target(services, use, f"{_NOT_CHANGED}: --use").id)
            act.items.append(found)
            act.done = f"You aim at {one_line(found.role)} now"
            return
        if adds or services.store.target is None or "role" in fields:
            for field, problem in services.targets.problems(fields).items():
                fail(f"{_NOT_CHANGED}: {field}: {problem}, as in --role 'Media Planner'")
        if adds:
            added = services.targets.add(fields)
            act.items.append(added)
            present = services.store.target
            fix = "" if present == added else "; warmcall target --use changes to it"
            act.done = f"Added the target {one_line(added.role)}{fix}"
            return
        services.profile_editing.save(fields)
        present = services.store.target
        act.items += [present] if present else []
        _say_changed(act, "Your target", fields, services.profile_editing.fields())


def _to_read(invocation: Invocation) -> Services:
    return load_services(load_context(invocation))[0]


def _fields(options: Mapping[str, str | None]) -> dict[str, str]:
    """Return the fields that are given; the research may be on standard input."""
    fields = {name: text for name, text in options.items() if text is not None}
    for name in [name for name in fields if name != "research"]:
        fields[name] = checked_line(fields[name], _NOT_CHANGED, name)
    if visible(fields.get("research", "")).strip():
        fields["research"] = typed_text([fields["research"]], _NOT_CHANGED, "research")
    return fields


def _say_changed(act: Act, what: str, given: Mapping[str, str], now: Mapping[str, str]) -> None:
    if act.changed:
        act.done = f"{what}: " + ", ".join(f"{name} {_shown(now[name])}" for name in given)
    else:
        act.done = f"Nothing to change: {what.lower()} has that already"


def _shown(text: str) -> str:
    line = one_line(" ".join(text.split()))
    return (line if len(line) <= 60 else f"{line[:59]}…") or _NOT_SET


def _print_profile(services: Services, as_json: bool) -> None:
    if as_json:
        from warmcall.presentation.json_shapes import encoded, profile_json

        minutes = services.library.cadence.minutes_asked
        click.echo(encoded([profile_json(services.store.profile, minutes)]))
        return
    fields = services.profile_editing.fields()
    fields["minutes"] = fields["minutes"] or str(services.library.cadence.minutes_asked)
    click.echo("\n".join(_lines(fields, PROFILE_FIELDS)))


def _print_targets(services: Services, as_json: bool) -> None:
    present = services.store.target
    if as_json:
        from warmcall.presentation.json_shapes import encoded, target_json

        click.echo(encoded(target_json(found, found == present) for found in services.targets.all()))
        return
    lines = _lines(services.profile_editing.fields(), TARGET_FIELDS)
    others = [found for found in services.targets.all() if found != present]
    lines += [f"another target: {_shown(other.role)}" for other in others]
    click.echo("\n".join(lines))


def _lines(fields: Mapping[str, str], names: Sequence[str]) -> list[str]:
    """Return a line for each field, and further lines of a text indented."""
    lines = []
    for name in names:
        first, *rest = many_lines(fields[name].strip()).split("\n")
        lines += [f"{name}: {first or _NOT_SET}", *(f"  {line}" for line in rest)]
    return lines
