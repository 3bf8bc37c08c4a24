"""Putting the parts together: the places, the services over the state file, and the app on the terminal."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click
import msgspec

from warmcall.config.keymap import Keyboard, Keymap, read_keymap
from warmcall.config.library import Library, Problem, convert, read_library
from warmcall.config.paths import Paths, content, user_paths, write_private
from warmcall.config.settings import Config, read_config
from warmcall.config.yaml_source import read_yaml
from warmcall.domain.change import Change
from warmcall.domain.store import Store
from warmcall.services.clock import Clock, SystemClock, machine_zone
from warmcall.services.practice_interviews import INTERVIEW_RUNS
from warmcall.services.services import Services
from warmcall.storage.drafts import write_draft
from warmcall.storage.errors import BadStateFile
from warmcall.storage.state_file import Loaded, StateFile
from warmcall.storage.writer import Writer

DONE, NOTHING_DUE, WRONG = 0, 1, 2
"""The exit codes: 1 says that nothing is due, 2 that something is wrong with what was asked or found."""


class Invocation(msgspec.Struct, frozen=True):
    """What a command stands on: the state file that was named, if any, and the clock.

    It is the object of the click context; who starts `main` may hand it another with `obj`.
    """

    db: Path | None = None
    clock: Clock = msgspec.field(default_factory=SystemClock)


class Context(msgspec.Struct, frozen=True):
    """What every command needs: clock, paths, settings and library, and what is wrong in the last two."""

    clock: Clock
    paths: Paths
    config: Config
    library: Library
    problems: tuple[Problem, ...]


def load_context(invocation: Invocation) -> Context:
    """Return the places, the settings and the library, with the state file of `basis` if it names one."""
    paths = user_paths(invocation.db, os.environ)
    config, problems = read_config(paths.config_file)
    library = read_library(content(), paths.config_folder)
    return Context(invocation.clock, paths, config, library, (*problems, *library.problems))


def keymap_of(place: Context) -> tuple[Keymap, tuple[Problem, ...]]:
    """Return the user's own keys, and what is wrong in their file; Textual is needed only if there is one."""

    def known() -> Keyboard:
        from warmcall.app.keymap_registry import keyboard

        return keyboard()

    return read_keymap(place.paths, place.config.keymap, known)


def new_id() -> str:
    """Return an id that no other machine will give."""
    return secrets.token_hex(8)


def load(file: StateFile) -> Loaded:
    """Return what is in the state file, or end with a sentence why it cannot be read."""
    try:
        return file.load()
    except BadStateFile as error:
        fail(str(error))
    except OSError as error:
        fail(f"{file.path}: {(error.strerror or 'it cannot be read').lower()}. Nothing was changed.")


def fail(sentence: str) -> NoReturn:
    """End with a sentence, and the exit code that says that something is wrong."""
    click.echo(f"warmcall: {sentence}", err=True)
    raise SystemExit(WRONG)


def _no_save(change: Change) -> None:
    """Stand for the writer where nothing is written."""
    raise RuntimeError(f"a command that only reads made a change: {change.label}")


def services_over(place: Context, loaded: Loaded, save: Callable[[Change], None]) -> Services:
    """Return the services over what was loaded, whose changes go to `save`."""
    zone = machine_zone(place.config.zone)
    return Services(
        Store(loaded.records), place.library, place.config, place.clock, zone, save, new_id,
        loaded.changes, loaded.read_only, session=new_id(),
    )  # fmt: skip


def reading_services(place: Context) -> tuple[Services, Loaded]:
    """Return the services for looking at the state file only, and what was loaded."""
    loaded = load(StateFile(place.paths.state_file))
    return services_over(place, loaded, _no_save), loaded


class LaunchOptions(msgspec.Struct, frozen=True):
    """How the app is to open, as asked for on the command line.

    `plain` has every frame sent the way Textual does it alone; `ascii` is None if nothing was said of it.
    """

    plain: bool = False
    ascii: bool | None = None
    mouse: bool = False


def open_app(invocation: Invocation, opening: LaunchOptions) -> None:
    """Open the app, or the sample data if that is what its first screen is asked for."""
    _refuse_unfit_terminal()
    if run_app(load_context(invocation), opening) == "demo":
        open_demo(invocation, opening)


def open_demo(invocation: Invocation, opening: LaunchOptions) -> None:
    """Open the app on sample data, in a file that is thrown away at the end, whatever `basis` names."""
    _refuse_unfit_terminal()
    from warmcall.services.demo import Demo, demo_change

    with tempfile.TemporaryDirectory(prefix="warmcall-demo-") as folder:
        place = load_context(msgspec.structs.replace(invocation, db=Path(folder) / "demo.json"))
        services, _ = reading_services(place)
        told = convert(read_yaml((content() / "demo.yaml").read_text(encoding="utf-8")), (), Demo)
        change = demo_change(told, place.library, services.time.now(), services.time.calendar, new_id)
        StateFile(place.paths.state_file).save([change])
        notice = "Sample data: what you change here is thrown away when you quit."
        run_app(place, opening, (notice,), lambda: shutil.rmtree(folder, ignore_errors=True))


def open_practice(invocation: Invocation, interview: bool, opening: LaunchOptions) -> None:
    """Open practice alone, of calls or of an `interview`, over a state file that is read, never written."""
    _refuse_unfit_terminal()
    run_app(load_context(invocation), opening, practice="interview" if interview else "call")


def run_app(
    place: Context,
    opening: LaunchOptions,
    notices: tuple[str, ...] = (),
    tidy: Callable[[], object] = lambda: None,
    practice: str = "",
) -> str:
    """Run the app; return what it gives back. `tidy` is called if a signal ends the process.

    With `practice`, "call" or "interview", there is nothing but that, and no change is taken.
    """
    from warmcall.app.app import WarmcallApp
    from warmcall.app.context import AppContext
    from warmcall.terminal.charset import charset_for, encoding_of
    from warmcall.terminal.clipboard import under_mosh
    from warmcall.terminal.crash_report import crash_sentence
    from warmcall.terminal.shutdown import LIMIT_SECONDS
    from warmcall.terminal.textual_patches import (
        decode_input_leniently,
        disable_pixel_mouse,
        install_crash_handler,
        install_frame_diff,
        split_escape_pairs,
    )

    file = StateFile(place.paths.state_file)
    loaded = load(file)
    writer = Writer(file)
    services = services_over(place, loaded, writer.put)
    if practice:
        services.history.read_only = "this is practice"
    if practice == "interview" and services.store.running() is not None:
        fail(f"{INTERVIEW_RUNS}.")
    problems = [*loaded.told, *([f"Read only: {loaded.read_only}"] if loaded.read_only else [])]
    keymap, wrong_keys = keymap_of(place)
    problems += [str(problem) for problem in (*place.problems, *wrong_keys) if not problem.warning]
    problems += [f"{problem} (left as it is)" for problem in loaded.problems]

    def to_file(text: str, path: Path = place.paths.exports) -> str:
        write_private(path, text)
        return str(path)

    def to_page(text: str) -> str:
        return to_file(text, place.paths.page)

    def to_calendar(text: str) -> str:
        return to_file(text, place.paths.calendar)

    def to_draft(name: str, content: bytes) -> str:
        return str(write_draft(place.paths.drafts, name, content))

    crashes: list[str] = []

    def crashed(error: Exception) -> None:
        crashes.append(crash_sentence(error, lambda trace: to_file(trace, place.paths.log_file)))
        app.rescue()

    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # an empty one asks for nothing, and Textual would take it for one
    split_escape_pairs(os.environ)
    decode_input_leniently(os.environ, encoding_of(os.environ))
    disable_pixel_mouse(os.environ)
    config = place.config
    context = AppContext(
        environ=dict(os.environ),
        write_clipboard=to_file,
        write_page=to_page,
        write_calendar=to_calendar,
        write_draft=to_draft,
        clean_up=tidy,
        charset=charset_for(config.ascii if opening.ascii is None else opening.ascii, os.environ),
        under_mosh=under_mosh(),
        keymap=keymap,
    )
    app = WarmcallApp(services, writer, context, (*notices, *problems), practice)
    install_crash_handler(app, os.environ, crashed)
    install_frame_diff(app, app.redraw, os.environ, opening.plain)
    result = app.run(mouse=opening.mouse or config.mouse)
    for sentence in crashes:
        click.echo(f"warmcall: {sentence}", err=True)
    if not writer.stop(LIMIT_SECONDS):
        fail(f"the last changes are not on disk: {writer.state.reason}")
    if app.return_code:
        raise SystemExit(app.return_code)
    return result or ""


def _refuse_unfit_terminal() -> None:
    from warmcall.terminal.tty_check import refusal

    reason = refusal(os.environ, sys.stdin.isatty(), sys.stdout.isatty())
    if reason:
        fail(reason)
