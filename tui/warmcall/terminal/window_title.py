"""The title of the terminal's window: set for a while, the user's own restored afterwards."""

from __future__ import annotations

import os
import select
from collections.abc import Callable, Mapping
from contextlib import suppress

_PUSH = "\x1b[22;2t"
_POP = "\x1b]2;\a\x1b[23;2t"
"""Empties the title and restores the saved one: where none was saved, as by mosh, none is left."""

_CANCEL = "\x18"
"""CAN: has a terminal abandon a sequence that it has received only in part (ECMA-48)."""

_OUTPUT = 2
"""The file descriptor Textual draws on: standard error."""

_WITH_TITLE_STACK = (
    "xterm", "tmux", "rxvt", "alacritty", "foot", "wezterm", "st-", "konsole", "gnome", "vte", "putty",
    "mintty", "contour", "iterm", "kitty", "ghostty",
)  # fmt: skip
"""Prefixes of TERM for terminals that can save and restore a title. The Linux console has no title, and
screen 4.9 restores the wrong one."""


def has_title_stack(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal can save and restore its title; tmux can, also as TERM=screen."""
    term = environ.get("TERM", "").lower()
    in_tmux = bool(environ.get("TMUX")) and not term.startswith("screen.")
    return term.startswith(_WITH_TITLE_STACK) or (in_tmux and term.startswith("screen"))


class WindowTitle:
    """Shows a few words as the title of the terminal's window, and restores the user's own title.

    `send` sends control codes and returns whether it could. A title already shown is not sent again.
    """

    def __init__(self, send: Callable[[str], bool]) -> None:
        self._send = send
        self._words = ""
        self._shown = ""
        self._is_set = False
        self._left = False

    def show(self, words: str) -> None:
        """Show `words`; if empty, the user's own title."""
        self._words = words
        if self._left or words == self._shown:
            return
        if not words:
            self._restore()
        elif self._send(f"{'' if self._is_set else _PUSH}\x1b]2;{words}\a"):
            self._is_set, self._shown = True, words

    def leave(self) -> None:
        """Restore the user's own title, while other programs have the terminal or at the end."""
        self._left = True
        self._restore()

    def resume(self) -> None:
        """Show the words again, whatever title other programs set."""
        self._left, self._shown = False, ""
        self.show(self._words)

    def restore_at_once(self) -> None:
        """Restore the user's own title at once, ahead of output still waiting to be sent."""
        if not self._is_set:
            return
        self._is_set = False
        with suppress(OSError, ValueError):  # the terminal may be gone
            if select.select([], [_OUTPUT], [], 0)[1]:
                os.write(_OUTPUT, f"{_CANCEL}{_POP}".encode())

    def _restore(self) -> None:
        if self._is_set and self._send(_POP):
            self._is_set, self._shown = False, ""
