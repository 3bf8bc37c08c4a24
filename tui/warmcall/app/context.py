"""What is around the app on its machine, handed in by the one place that wires."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from warmcall.screens.external import WriteDraft, WriteText
from warmcall.terminal.charset import Charset


class AppContext(msgspec.Struct, frozen=True, kw_only=True):
    """The files the app may write, the terminal it is on, and the keys the user wants.

    `to_file` takes what is too long for the clipboard, `to_page` a page for the printer, `to_calendar` the
    calendar file, `to_draft` a draft for a mail program; `tidy` is called if a signal ends the process.
    `keymap` gives keys, as Textual calls them, by the id of what they do; none for what is to have no key.
    `under_mosh` says that mosh carries the session.
    """

    environ: Mapping[str, str]
    to_file: WriteText
    to_page: WriteText
    to_calendar: WriteText
    to_draft: WriteDraft
    tidy: Callable[[], object] = lambda: None
    letters: Charset = Charset.ALL
    keymap: Mapping[str, tuple[str, ...]] = {}
    under_mosh: bool = False
