"""Putting the parts together: the places, the desk over the state file, and the app on the terminal."""

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

from tui.domain.book import Book
from tui.domain.change import Change
from tui.services.clock import Clock, SystemClock, machine_zone
from tui.services.desk import Desk
from tui.services.rehearsing import INTERVIEW_RUNS
from tui.storage.bad_file import BadStateFile
from tui.storage.config import Config, read_config
from tui.storage.drafts import write_draft
from tui.storage.keymap import Keyboard, Keymap, read_keymap
from tui.storage.library import Library, Problem, convert, read_library
from tui.storage.paths import Paths, content, user_paths, write_private
from tui.storage.state_file import Loaded, StateFile
from tui.storage.writer import Writer
from tui.storage.yaml_source import read_yaml

DONE, NOTHING_DUE, WRONG = 0, 1, 2
"""The exit codes: 1 says that nothing is due, 2 that something is wrong with what was asked or found."""


class Basis(msgspec.Struct, frozen=True):
    """What a command stands on: the state file that was named, if any, and the clock.

    It is the object of the click context; who starts `main` may hand it another with `obj`.
    """

    db: Path | None = None
    clock: Clock = msgspec.field(default_factory=SystemClock)


class Place(msgspec.Struct, frozen=True):
    """What every command needs: clock, paths, settings and library, and what is wrong in the last two."""

    clock: Clock
    paths: Paths
    config: Config
    library: Library
    problems: tuple[Problem, ...]


def place_of(basis: Basis) -> Place:
    """Return the places, the settings and the library, with the state file of `basis` if it names one."""
    paths = user_paths(basis.db, os.environ)
    config, problems = read_config(paths.config_file)
    library = read_library(content(), paths.config_folder)
    return Place(basis.clock, paths, config, library, (*problems, *library.problems))


def keymap_of(place: Place) -> tuple[Keymap, tuple[Problem, ...]]:
    """Return the user's own keys, and what is wrong in their file; Textual is needed only if there is one."""

    def known() -> Keyboard:
        from tui.key_table import keyboard

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


def desk_over(place: Place, loaded: Loaded, save: Callable[[Change], None]) -> Desk:
    """Return the desk over what was loaded, whose changes go to `save`."""
    zone = machine_zone(place.config.zone)
    return Desk(
        Book(loaded.records), place.library, place.config, place.clock, zone, save, new_id,
        loaded.changes, loaded.read_only, session=new_id(),
    )  # fmt: skip


def reading_desk(place: Place) -> tuple[Desk, Loaded]:
    """Return a desk for looking at the state file only, and what was loaded."""
    loaded = load(StateFile(place.paths.state_file))
    return desk_over(place, loaded, _no_save), loaded


class Opening(msgspec.Struct, frozen=True):
    """How the app is to open, as asked for on the command line.

    `plain` has every frame sent the way Textual does it alone; `ascii` is None if nothing was said of it.
    """

    plain: bool = False
    ascii: bool | None = None
    mouse: bool = False


def open_app(basis: Basis, opening: Opening) -> None:
    """Open the app, or the sample data if that is what its first screen is asked for."""
    _refuse_unfit_terminal()
    if run_app(place_of(basis), opening) == "demo":
        open_demo(basis, opening)


def open_demo(basis: Basis, opening: Opening) -> None:
    """Open the app on sample data, in a file that is thrown away at the end, whatever `basis` names."""
    _refuse_unfit_terminal()
    from tui.services.demo import Demo, demo_change

    with tempfile.TemporaryDirectory(prefix="warmcall-demo-") as folder:
        place = place_of(msgspec.structs.replace(basis, db=Path(folder) / "demo.json"))
        desk, _ = reading_desk(place)
        told = convert(read_yaml((content() / "demo.yaml").read_text(encoding="utf-8")), (), Demo)
        change = demo_change(told, place.library, desk.time.now(), desk.time.calendar, new_id)
        StateFile(place.paths.state_file).save([change])
        notice = "Sample data: what you change here is thrown away when you quit."
        run_app(place, opening, (notice,), lambda: shutil.rmtree(folder, ignore_errors=True))


def open_practice(basis: Basis, interview: bool, opening: Opening) -> None:
    """Open practice alone, of calls or of an `interview`, over a state file that is read, never written."""
    _refuse_unfit_terminal()
    run_app(place_of(basis), opening, practice="interview" if interview else "call")


def run_app(
    place: Place,
    opening: Opening,
    notices: tuple[str, ...] = (),
    tidy: Callable[[], object] = lambda: None,
    practice: str = "",
) -> str:
    """Run the app; return what it gives back. `tidy` is called if a signal ends the process.

    With `practice`, "call" or "interview", there is nothing but that, and no change is taken.
    """
    from tui.app import WarmcallApp
    from tui.around import Around
    from tui.terminal.clipboard import behind_mosh
    from tui.terminal.crash import told_of
    from tui.terminal.ending import LIMIT_SECONDS
    from tui.terminal.letters import encoding_of, letters_for
    from tui.terminal.textual_inside import (
        draw_thriftily,
        read_every_byte,
        take_crashes,
        take_escapes_apart,
        tell_the_mouse_in_cells,
    )

    file = StateFile(place.paths.state_file)
    loaded = load(file)
    writer = Writer(file)
    desk = desk_over(place, loaded, writer.put)
    if practice:
        desk.history.read_only = "this is practice"
    if practice == "interview" and desk.book.running() is not None:
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
        crashes.append(told_of(error, lambda trace: to_file(trace, place.paths.log_file)))
        app.rescue()

    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # an empty one asks for nothing, and Textual would take it for one
    take_escapes_apart(os.environ)
    read_every_byte(os.environ, encoding_of(os.environ))
    tell_the_mouse_in_cells(os.environ)
    config = place.config
    around = Around(
        environ=dict(os.environ),
        to_file=to_file,
        to_page=to_page,
        to_calendar=to_calendar,
        to_draft=to_draft,
        tidy=tidy,
        letters=letters_for(config.ascii if opening.ascii is None else opening.ascii, os.environ),
        behind_mosh=behind_mosh(),
        keymap=keymap,
    )
    app = WarmcallApp(desk, writer, around, (*notices, *problems), practice)
    take_crashes(app, os.environ, crashed)
    draw_thriftily(app, os.environ, opening.plain)
    result = app.run(mouse=opening.mouse or config.mouse)
    for sentence in crashes:
        click.echo(f"warmcall: {sentence}", err=True)
    if not writer.stop(LIMIT_SECONDS):
        fail(f"the last changes are not on disk: {writer.state.reason}")
    if app.return_code:
        raise SystemExit(app.return_code)
    return result or ""


def _refuse_unfit_terminal() -> None:
    from tui.terminal.fitness import refusal

    reason = refusal(os.environ, sys.stdin.isatty(), sys.stdout.isatty())
    if reason:
        fail(reason)
