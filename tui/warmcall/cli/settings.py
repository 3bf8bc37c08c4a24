"""The command about settings: which hold and why, and changing them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from typing import Literal, NamedTuple, NoReturn

import click

from warmcall.cli.base import db_option, examples, pager_option
from warmcall.cli.completers import zones
from warmcall.cli.invocation import EXIT_ERROR, EXIT_OK, Invocation, fail, warn
from warmcall.cli.output import print_lines
from warmcall.cli.reading import json_option, print_json
from warmcall.config.country import country_finder
from warmcall.config.layouts import LAYOUTS
from warmcall.config.paths import Paths, user_paths
from warmcall.config.safe_files import explanation, write_private
from warmcall.config.settings import (
    SETTINGS,
    YES_OR_NO,
    SettingRefused,
    setting_value,
    settings_file,
    write_setting,
    written_settings,
)
from warmcall.config.themes import BUNDLED_NAMES, own_theme_names
from warmcall.config.yaml_source import Problem
from warmcall.config.zones import machine_zone
from warmcall.domain.sanitize import one_line

_DEFAULTS: dict[str, str | bool] = {"theme": "dark", "bell": True, "mouse": False, "cursor": False}
"""What holds where nothing is set; of the other settings, nothing."""


class _Held(NamedTuple):
    """A setting that holds: its value, and from where it is: `set_by` in a word, `origin` exactly."""

    name: str
    value: str | bool
    set_by: Literal["default", "file", "office", "environment"]
    origin: str


@click.group(
    invoke_without_command=True,
    epilog=examples(
        ("warmcall config", "every setting, and from where it is"),
        ("warmcall config set theme light", "change one"),
        ("warmcall config --edit", "all of them, in your editor"),
    ),
)
@json_option
@click.option("--edit", "edits", is_flag=True, help="Open the file in your editor, and check it afterwards.")
@click.option("--init", "makes", is_flag=True, help="Make a file that explains every setting and sets none.")
@pager_option
@db_option
@click.pass_context
def config(context: click.Context, as_json: bool, edits: bool, makes: bool) -> None:
    """Show the settings, or change them.

    Without a command it lists every setting with its value, and says whether that is the default, or stands
    in your file or one that your careers office gives to everybody, or comes from the environment.
    """
    if context.invoked_subcommand is not None:
        return
    paths = _paths(context.obj)
    if makes:
        _make(paths)
    elif edits:
        _edit(paths)
    else:
        _show(context.obj, paths, as_json)


@config.command(
    "get",
    epilog=examples(
        ("warmcall config get theme", "the value alone, for a script"),
        ("warmcall config get zone --json", "and from where it is"),
    ),
)
@click.argument("name", shell_complete=lambda _context, _argument, typed: _names(typed))
@json_option
@db_option
@click.pass_obj
def get_command(invocation: Invocation, name: str, as_json: bool) -> None:
    """Print the value of a setting; nothing if it has none."""
    held = {setting.name: setting for setting in _held(invocation, _paths(invocation))[0]}
    if name not in held:
        _refuse_name(name)
    if as_json:
        _print_json([held[name]])
    else:
        click.echo(one_line(_text(held[name].value)))


def _values(context: click.Context, _argument: click.Parameter, typed: str) -> list[str]:
    """Return the values that the setting before may have, if there are few, and that begin so."""
    name = context.params.get("name")
    if name == "zone":
        return zones(context, _argument, typed)
    if name == "theme":
        paths = _paths(context.obj)
        values = [*BUNDLED_NAMES, *own_theme_names((*paths.office_folders, paths.config_folder))]
    else:
        values = ["true", "false"] if name in YES_OR_NO else [*LAYOUTS] if name == "keymap" else []
    return [value for value in values if value.startswith(typed)]


@config.command(
    "set",
    epilog=examples(
        ("warmcall config set zone America/Chicago", "your time zone"),
        ("warmcall config set bell no", "no ring"),
        ("warmcall config set --default bell", "as it is without a setting"),
    ),
)
@click.argument("name", shell_complete=lambda _context, _argument, typed: _names(typed))
@click.argument("value", required=False, shell_complete=_values)
@click.option("--default", "unset", is_flag=True, help="Take the setting out, instead of giving it a VALUE.")
@json_option
@db_option
@click.pass_obj
def set_command(invocation: Invocation, name: str, value: str | None, unset: bool, as_json: bool) -> None:
    """Give a setting another value. Comments and other lines of the file stay."""
    paths = _paths(invocation)
    path = paths.config_file
    if name not in SETTINGS:
        _refuse_name(name)
    if unset == (value is not None):
        fail(f"config set: {name} needs a value, or --default: {SETTINGS[name].about}")
    try:
        wanted = (
            None
            if value is None
            else setting_value(name, value, (*paths.office_folders, paths.config_folder))
        )
        write_setting(path, name, wanted)
    except SettingRefused as refused:
        fail(f"not set: {refused}: {refused.fix}")
    except OSError as error:
        fail(f"not set: {explanation(error)}. Nothing was changed")
    except ValueError as error:
        fail(f"not set: {path}: {error}: warmcall config --edit opens it. Nothing was changed")
    if as_json:
        _print_json([setting for setting in _held(invocation, paths)[0] if setting.name == name])
    elif wanted is None:
        click.echo(f"{name} is not set any more. That holds from the next start on.")
    else:
        click.echo(one_line(f"{name} is {_text(wanted)}. That holds from the next start on."))


def _names(typed: str) -> list[str]:
    return [name for name in SETTINGS if name.startswith(typed)]


def _paths(invocation: Invocation) -> Paths:
    return user_paths(invocation.db, os.environ)


def _refuse_name(name: str) -> NoReturn:
    from warmcall.cli.usage_errors import meant_or_all

    fail(f"there is no setting “{name[:40]}”: {meant_or_all(name, SETTINGS)}")


def _show(invocation: Invocation, paths: Paths, as_json: bool) -> None:
    held, problems = _held(invocation, paths)
    if as_json:
        _print_json(held)
    else:
        widths = [max(len(_text(setting.value)) for setting in held), max(map(len, SETTINGS))]
        print_lines(
            f"{setting.name:<{widths[1]}}  {_text(setting.value):<{min(widths[0], 30)}}  {setting.origin}"
            for setting in held
        )
    _end_with(problems)


def _end_with(problems: Sequence[Problem]) -> None:
    """Print what is wrong in the settings files, and end."""
    for problem in problems:
        warn(str(problem))
    raise SystemExit(EXIT_ERROR if any(not problem.warning for problem in problems) else EXIT_OK)


def _held(invocation: Invocation, paths: Paths) -> tuple[list[_Held], tuple[Problem, ...]]:
    """Return every setting as it holds, and what is wrong in the files."""
    written, problems = written_settings(paths.config_file, paths.office_folders)
    held: list[_Held] = []
    for name in SETTINGS:
        setting = written.get(name)
        if setting is not None and setting.value not in (None, ""):
            origin = f"{setting.file}, line {setting.line}"
            set_by: Literal["file", "office"] = "office" if setting.of_office else "file"
            held.append(_Held(name, setting.value, set_by, origin))
        else:
            held.append(_from_elsewhere(name, invocation, paths))
    return held, (*paths.office_problems, *problems)


def _from_elsewhere(name: str, invocation: Invocation, paths: Paths) -> _Held:
    """Return a setting that does not stand in the file."""
    if name == "country":
        found = country_finder("", invocation.locale)("")
        if found.code:
            return _Held(name, found.code, "environment", found.origin.removeprefix("from "))
        return _Held(name, "", "default", "that of your phone number")
    if name == "zone":
        zone = getattr(machine_zone("")(), "key", "UTC")
        if os.environ.get("TZ"):
            return _Held(name, zone, "environment", f"TZ={os.environ['TZ']}")
        return _Held(name, zone, "default", "that of this machine")
    if name == "theme" and os.environ.get("NO_COLOR"):
        return _Held(name, "dark", "default", "default; no colour, for NO_COLOR is set")
    if name == "keymap" and not paths.keymap_file("").exists():
        return _Held(name, "", "default", f"default; {paths.keymap_file('')} if you make it")
    if name == "keymap":
        return _Held(name, "keymap.yaml", "default", "default")
    if name == "ascii":
        return _Held(name, False, "default", "default; true where the locale is not UTF-8")
    if name == "mail":
        return _Held(name, "", "default", "default; a letter becomes a draft in a file")
    return _Held(name, _DEFAULTS.get(name, ""), "default", "default")


def _text(value: str | bool) -> str:
    return value if isinstance(value, str) else str(value).lower()


def _print_json(settings: Sequence[_Held]) -> None:
    from warmcall.presentation.json_shapes import SettingJson

    print_json(
        SettingJson(name=held.name, value=held.value, set_by=held.set_by, origin=held.origin)
        for held in settings
    )


def _make(paths: Paths) -> None:
    """Make a settings file that explains every setting; one that is there stays."""
    try:
        write_private(paths.config_file, settings_file(), overwrite=False)
    except FileExistsError:
        fail(f"{paths.config_file} exists already: warmcall config --edit opens it. Nothing was changed")
    except OSError as error:
        fail(f"{explanation(error)}. Nothing was changed")
    click.echo(one_line(f"Made {paths.config_file}: every setting is explained in it, and none is set."))


def _edit(paths: Paths) -> None:
    """Open the settings file in the user's editor, and say afterwards what is wrong in it."""
    from warmcall.terminal.editors import NoEditor, editor_words

    try:
        words = editor_words(os.environ)
    except NoEditor as reason:
        fail(f"not opened: {reason}")
    if shutil.which(words[0]) is None:
        fail(f"not opened: there is no program {words[0]}: set EDITOR or VISUAL to your editor")
    if not paths.config_file.exists():
        _make(paths)
    try:
        done = subprocess.run([*words, str(paths.config_file)], check=False)  # noqa: S603 - the user's own
    except OSError as error:
        fail(f"not opened: {words[0]}: {(error.strerror or '').lower()}: set EDITOR or VISUAL to your editor")
    if done.returncode:
        fail(f"{words[0]} ended with {done.returncode}: look whether it saved {paths.config_file}")
    _end_with(written_settings(paths.config_file)[1])
