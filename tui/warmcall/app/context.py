"""What the app needs to know of the machine it runs on; `cli/bootstrap.py` makes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec

from warmcall.config.themes import ThemeColors
from warmcall.screens.external import WriteDraft, WriteNamed, WriteText
from warmcall.terminal.charset import Charset

if TYPE_CHECKING:
    from warmcall.services.people_reading import PeopleFiles


def _no_answers() -> PeopleFiles:
    from warmcall.services.people_reading import PeopleFiles

    return PeopleFiles()


class AppContext(msgspec.Struct, frozen=True, kw_only=True):
    """The files the app may write, the terminal it runs in, and the keys the user chose.

    `write_clipboard` writes a text that is too long for the terminal's clipboard, `write_page` a page to
    print, `write_calendar` the calendar file, `write_draft` a draft for a mail program. `write_export` writes
    an export under an ending such as "csv" and returns its path, `write_named` a text to a path that was
    typed, `write_setting` a setting by its name; all raise OSError, the last ValueError for settings that
    cannot be changed. `clean_up` runs when a signal ends the process. `keymap` holds keys by the id of their
    binding, under Textual's names; an empty tuple means no key. `layout` is one of `LAYOUTS`, empty on a
    usual keyboard. `under_mosh` is whether mosh carries the session. `monotonic` is a clock in seconds that
    only rises. `sample_data` is whether the file is one of sample data, thrown away at the end.
    `people_files` returns the files with people that the user names. `own_themes` are those the user wrote.
    `after_start` is called once, when the first screen is there, `after_closing` when a screen or dialog is
    gone, `after_preparing` when the work between keys is done.
    """

    environ: Mapping[str, str]
    write_clipboard: WriteText
    write_page: WriteText
    write_calendar: WriteText
    write_draft: WriteDraft
    clean_up: Callable[[], object] = lambda: None
    write_export: Callable[[str, str], str] = lambda _ending, _text: "a file"
    write_named: WriteNamed = lambda typed, _text, _overwrite: typed
    write_setting: Callable[[str, str | bool], object] = lambda _name, _value: None
    charset: Charset = Charset.ALL
    keymap: Mapping[str, tuple[str, ...]] = {}
    layout: Mapping[str, str] = {}
    under_mosh: bool = False
    monotonic: Callable[[], float] = time.monotonic
    sample_data: bool = False
    people_files: Callable[[], PeopleFiles] = _no_answers
    own_themes: tuple[ThemeColors, ...] = ()
    after_start: Callable[[], object] = lambda: None
    after_closing: Callable[[], object] = lambda: None
    after_preparing: Callable[[], object] = lambda: None
