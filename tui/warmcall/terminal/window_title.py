"""The title of the terminal's window: ours for a while, the user's own again afterwards."""

from __future__ import annotations

import os
import select
from collections.abc import Callable, Mapping
from contextlib import suppress

_PUSH = "\x1b[22;2t"
_POP = "\x1b]2;\a\x1b[23;2t"
"""Empties the title before the old one comes back: where none was kept, as by mosh, no time of ours stays."""

_GIVE_UP = "\x18"
"""Has a terminal give up the sequence that it may be in the middle of."""

_OUTPUT = 2
"""Where Textual draws: the terminal as standard error."""

_KNOWING = (
    "xterm", "tmux", "rxvt", "alacritty", "foot", "wezterm", "st-", "konsole", "gnome", "vte", "putty",
    "mintty", "contour", "iterm", "kitty", "ghostty",
)  # fmt: skip
"""How the names of terminals begin that keep a title aside. The console of Linux has none, and screen 4.9
gives back the wrong one."""


def knows_titles(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal is one that gives a title back; tmux does under any name."""
    term = environ.get("TERM", "").lower()
    in_tmux = bool(environ.get("TMUX")) and not term.startswith("screen.")
    return term.startswith(_KNOWING) or (in_tmux and term.startswith("screen"))


class WindowTitle:
    """Shows a few words as the title of the terminal's window, and gives the user's own back.

    `send` sends control codes and returns whether it could. Nothing is sent that is shown already.
    """

    def __init__(self, send: Callable[[str], bool]) -> None:
        self._send = send
        self._words = ""
        self._shown = ""
        self._ours = False
        self._away = False

    def show(self, words: str) -> None:
        """Show `words`; without any, the user's own title."""
        self._words = words
        if self._away or words == self._shown:
            return
        if not words:
            self._give_back()
        elif self._send(f"{'' if self._ours else _PUSH}\x1b]2;{words}\a"):
            self._ours, self._shown = True, words

    def leave(self) -> None:
        """Give the user's own title back while other programs have the terminal, or for good."""
        self._away = True
        self._give_back()

    def come_back(self) -> None:
        """Show the words again, whatever title other programs left."""
        self._away, self._shown = False, ""
        self.show(self._words)

    def give_back_at_once(self) -> None:
        """Give the user's own title back past everything that waits to be sent, for an end in a hurry."""
        if not self._ours:
            return
        self._ours = False
        with suppress(OSError, ValueError):  # a terminal that is gone or takes nothing holds nothing up
            if select.select([], [_OUTPUT], [], 0)[1]:
                os.write(_OUTPUT, f"{_GIVE_UP}{_POP}".encode())

    def _give_back(self) -> None:
        if self._ours and self._send(_POP):
            self._ours, self._shown = False, ""
