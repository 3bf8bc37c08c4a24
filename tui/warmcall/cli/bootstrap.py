"""Building everything: the settings, the services over the state file, and the app in the terminal."""

from __future__ import annotations

import errno
import gc
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from warmcall.cli.allocator import return_large_blocks
from warmcall.cli.invocation import EXIT_CRASH, LaunchOptions, fail, warn
from warmcall.cli.loading import Context, load_state
from warmcall.config.keymap import Keymap, KeymapEntry, read_keymap
from warmcall.config.layouts import LAYOUTS
from warmcall.config.moved_files import move_log
from warmcall.config.paths import Paths
from warmcall.config.safe_files import FileRefused, write_private
from warmcall.config.settings import write_setting
from warmcall.config.themes import ThemeColors, read_themes
from warmcall.config.typed_paths import typed_path
from warmcall.config.yaml_source import Problem, YamlFault
from warmcall.config.zones import machine_zone
from warmcall.domain.change import Change
from warmcall.domain.store import Store
from warmcall.storage.conflict_files import conflict_files
from warmcall.storage.own_files import refuse_own_file
from warmcall.storage.process_identity import ProcessIdentity, SessionNames
from warmcall.storage.state_file import Loaded, StateFile

if TYPE_CHECKING:
    from warmcall.app.app import WarmcallApp
    from warmcall.app.context import AppContext
    from warmcall.services.people_reading import PeopleFiles
    from warmcall.services.services import Services


def load_keymap(context: Context) -> tuple[Keymap, tuple[Problem, ...]]:
    """Return the user's own keys, and the problems in their file; imports Textual only if there is one."""

    def check(entries: Sequence[KeymapEntry]) -> tuple[Keymap, list[YamlFault]]:
        from warmcall.app.keymap import usable
        from warmcall.app.keymap_registry import keyboard

        return usable(entries, keyboard())

    return read_keymap(context.paths, context.config.keymap, check)


def build_services(context: Context, loaded: Loaded, save: Callable[[Change], None]) -> Services:
    """Return the services over what was loaded; `save` gets every change they make."""
    from warmcall.services.services import Services

    zone = machine_zone(context.config.zone)
    sessions = SessionNames(ProcessIdentity.of_this_process())
    return Services(
        Store(loaded.records), context.library, context.config, context.clock, zone, save, new_id,
        loaded.changes, loaded.read_only, session=sessions.name(new_id()),
        has_ended=sessions.has_ended, find_country=context.find_country,
        holidays_in=context.holidays_in,
    )  # fmt: skip


def load_services(context: Context) -> tuple[Services, Loaded]:
    """Return services for reading the state file only, and what was loaded."""
    _, loaded = load_state(context)
    return build_services(context, loaded, refuse_change), loaded


def new_id() -> str:
    """Return a random id, unique across machines."""
    return os.urandom(8).hex()


def run_app(
    context: Context,
    options: LaunchOptions,
    clean_up: Callable[[], object] = lambda: None,
    practice_only: str = "",
) -> bool:
    """Run the app, and return whether the user asked for the sample data on its first screen.

    Ends with a sentence if the app crashed or could not save. `clean_up` runs if a signal ends the process.
    With `practice_only`, "call" or "interview", the app is nothing but that, and no change is made.
    """
    gc.disable()  # until `_collect_from_now_on`: what is imported and loaded meanwhile stays
    from warmcall.app.app import WarmcallApp
    from warmcall.storage.writer import Writer
    from warmcall.terminal.shutdown import LIMIT_SECONDS

    practising = bool(practice_only)
    return_large_blocks(context.paths.state_file)
    file, loaded = load_state(context, must_exist=practising, to_write=not practising)
    check_copy = partial(refuse_own_file, paths=context.paths, keymap=context.config.keymap)
    writer = Writer(file, folds=not (practising or loaded.read_only), check_copy=check_copy)
    services = build_services(context, loaded, writer.put)
    if practice_only:
        services.history.read_only = "this is practice"
    if practice_only == "interview" and services.store.running() is not None:
        from warmcall.services.practice_interviews import INTERVIEW_RUNS

        fail(f"{INTERVIEW_RUNS}.")
    keymap, keymap_problems = load_keymap(context)
    themes, theme_problems = read_themes(context.paths.config_folder, context.paths.office_folders)
    problems = (*context.problems, *theme_problems, *keymap_problems)
    notices = tuple(filter(None, (move_log(context.paths), *_notices(file, loaded, problems))))
    _prepare_terminal()
    app = WarmcallApp(
        services, writer, _app_context(context, options, keymap, themes, clean_up), notices, practice_only
    )
    crashes = _watch_app(app, context.paths, options)
    app.signals.watch_start()
    result = app.run(mouse=options.mouse or context.config.mouse)
    for sentence in crashes:
        warn(sentence)
    if not writer.stop(LIMIT_SECONDS):
        fail(f"the last changes are not on disk: {writer.state.reason}")
    if crashes:
        raise SystemExit(EXIT_CRASH)
    if app.return_code:
        raise SystemExit(app.return_code)
    return bool(result)


GARBAGE_AT = 10_000
"""How many objects are made before cycles are looked for among them. Opening a screen makes some thousands,
which are there to stay: with the 700 of Python they are looked through twenty times."""


def _keep_what_is_there() -> None:
    """Leave what is no garbage by now, such as the screens, out of all later looks for cycles of it."""
    gc.collect()
    gc.freeze()


def _collect_from_now_on() -> None:
    """Look for cycles of garbage again, among what is made from now on: what the start made stays."""
    gc.freeze()
    gc.set_threshold(GARBAGE_AT)
    gc.enable()


def refuse_change(change: Change) -> None:
    """Stand in for the writer where nothing is written."""
    raise RuntimeError(f"a command that only reads made a change: {change.label}")


def _notices(file: StateFile, loaded: Loaded, problems: tuple[Problem, ...]) -> list[str]:
    """Return what the app has to say at its start about the files it has read, and those beside them."""
    from warmcall.presentation.replaced_file import conflict_notice

    conflicts = conflict_notice([path.name for path in conflict_files(file.path)])
    return [
        *loaded.messages,
        *([conflicts] if conflicts else []),
        *([f"Read only: {loaded.read_only}"] if loaded.read_only else []),
        *(str(problem) for problem in problems if not problem.warning),
        *(f"{problem} (left as it is)" for problem in loaded.problems),
    ]


def _prepare_terminal() -> None:
    """Set up what Textual reads from the environment and the terminal before an app is made."""
    from warmcall.terminal.charset import encoding_of
    from warmcall.terminal.textual_patches import (
        count_parameters_of_code,
        decode_input_leniently,
        disable_pixel_mouse,
        draw_new_screens_settled,
        draw_no_frame_in_a_batch,
        find_handlers_once,
        hold_back_for_one_message,
        keep_pastes_whole,
        lay_out_new_screens_once,
        lay_out_nothing_for_closed_screens,
        log_no_messages,
        make_strip_caches_when_used,
        parse_styles_once,
        read_reactives_directly,
        release_closed_widgets,
        render_changes_alone,
        split_escape_pairs,
        split_text_at_graphemes,
        style_alike_once,
        tint_each_style_once,
        wait_quietly_for_input,
    )

    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # an empty one asks for nothing, but Textual would obey it
    split_escape_pairs(os.environ)
    decode_input_leniently(os.environ, encoding_of(os.environ))
    disable_pixel_mouse(os.environ)
    keep_pastes_whole(os.environ)
    wait_quietly_for_input(os.environ)
    split_text_at_graphemes(os.environ)
    parse_styles_once(os.environ)
    style_alike_once(os.environ)
    tint_each_style_once(os.environ)
    draw_no_frame_in_a_batch(os.environ)
    release_closed_widgets(os.environ)
    make_strip_caches_when_used(os.environ)
    find_handlers_once(os.environ)
    count_parameters_of_code(os.environ)
    log_no_messages(os.environ)
    read_reactives_directly(os.environ)
    lay_out_new_screens_once(os.environ)
    draw_new_screens_settled(os.environ)
    hold_back_for_one_message(os.environ)
    lay_out_nothing_for_closed_screens(os.environ)
    render_changes_alone(os.environ)


def _app_context(
    context: Context,
    options: LaunchOptions,
    keymap: Keymap,
    themes: tuple[ThemeColors, ...],
    clean_up: Callable[[], object],
) -> AppContext:
    """Return what the app needs to know of this machine."""
    from warmcall.app.context import AppContext
    from warmcall.storage.drafts import write_draft
    from warmcall.terminal.charset import charset_for
    from warmcall.terminal.clipboard import under_mosh

    paths, ascii_only = context.paths, context.config.ascii if options.ascii is None else options.ascii

    def save_draft(name: str, draft: bytes) -> str:
        return str(write_draft(paths.drafts_folder, name, draft))

    def write_named_file(typed: str, text: str, overwrite: bool) -> str:
        return write_named(paths, context.config.keymap, typed_path(typed), text, overwrite)

    return AppContext(
        environ=dict(os.environ),
        write_clipboard=partial(write_output, paths, paths.clipboard_file),
        write_page=partial(write_output, paths, paths.briefing_file),
        write_calendar=partial(write_output, paths, paths.calendar_file),
        write_draft=save_draft,
        write_export=lambda ending, text: write_output(paths, paths.export_file(ending), text),
        write_named=write_named_file,
        write_setting=partial(write_setting, paths.config_file),
        clean_up=clean_up,
        charset=charset_for(ascii_only, os.environ),
        keymap=keymap,
        layout=LAYOUTS.get(context.config.keymap, {}),
        under_mosh=under_mosh(),
        monotonic=context.clock.monotonic,
        sample_data=options.sample_data,
        people_files=partial(_people_files, paths),
        own_themes=themes,
        after_start=_collect_from_now_on,
        after_closing=gc.collect,  # of a closed screen all widgets refer to each other
        after_preparing=_keep_what_is_there,
    )


def _people_files(paths: Paths) -> PeopleFiles:
    """Return the files with people that the user names, with what they answered about columns."""
    from warmcall.config.column_answers import ColumnAnswers
    from warmcall.services.people_reading import PeopleFiles

    return PeopleFiles(ColumnAnswers(paths.columns_file))


def write_output(paths: Paths, path: Path, text: str) -> str:
    """Write a file for the user alone, and return its path.

    Raises:
        OSError: if it cannot be written, or if `--db` gave the state file or one beside it that name.
    """
    refuse_own_file(path, paths)
    write_private(path, text)
    return str(path)


def write_named(paths: Paths, keymap: str, path: Path, text: str, overwrite: bool) -> str:
    """Write a file that the user named, for them alone, and return its whole path.

    A file that warmcall reads again is never written over, and no folder is made. `keymap` is the one of the
    settings.

    Raises:
        FileExistsError: if there is such a file and `overwrite` is false.
        OSError: if it cannot be written.
    """
    if not path.parent.is_dir():
        raise FileRefused(errno.ENOENT, path, f"there is no folder {path.parent}", "make it, or name another")
    refuse_own_file(path, paths, keymap)
    write_private(path, text, overwrite)
    return str(path.absolute())


def _watch_app(app: WarmcallApp, paths: Paths, options: LaunchOptions) -> list[str]:
    """Style and send only what changes, and keep what was typed if an unexpected error ends the app.

    Returns:
        A list that holds a sentence for each such error once the app has ended; the traces are in the log.
    """
    from warmcall.terminal.crash_report import crash_sentence
    from warmcall.terminal.textual_patches import (
        install_crash_handler,
        install_frame_diff,
        leave_out_toasts_and_tooltips,
        start_tasks_in_turn,
        style_new_screens_once,
    )

    crashes: list[str] = []

    def on_crash(error: Exception) -> None:
        crashes.append(crash_sentence(error, partial(write_output, paths, paths.log_file)))
        app.rescue()

    install_crash_handler(app, os.environ, on_crash, lambda: app.signals.is_ending)
    install_frame_diff(app, app.redraw, os.environ, options.plain)
    start_tasks_in_turn(app, os.environ)
    style_new_screens_once(app, os.environ)
    leave_out_toasts_and_tooltips(app, os.environ)
    return crashes
