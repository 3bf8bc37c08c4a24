"""Copying on a remote machine: through the terminal, through what it runs in, or into a file."""

from __future__ import annotations

import os
import subprocess
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

LONGEST = 50_000
"""Bytes of text a terminal's clipboard sequence is trusted with; many drop more than about 74,000
bytes of base64, which is what this many become."""

MOSH_LONGEST = 12_000
"""Bytes of text for mosh, which keeps 16,384 characters of a sequence and cuts the rest off without a word:
measured with mosh 1.4.0, 12,284 bytes of text arrived of any longer one."""

SCREEN_LONGEST = MOSH_LONGEST
"""Bytes of text for GNU screen, which passed on 200,000 whole; but who is attached to it may come by mosh,
and that cannot be seen from within."""

SCREEN_PIECE = 240
"""Characters passed through screen in one string: it drops a string that reaches 768 with what stands around
it (measured with 4.9.0), older ones with lower limits, the oldest with 256."""

_TMUX_SECONDS = 2.0

_ANCESTORS = 32
"""How many processes above this one are looked at for mosh at most."""


class ClipboardRoutes(msgspec.Struct, frozen=True):
    """The ways a text can go: `plain` has Textual send it to the terminal's clipboard, `codes` sends control
    codes and returns whether it could, `to_file` writes a file and returns its name, and `under_mosh` says
    whether mosh carries this session."""

    plain: Callable[[str], object]
    codes: Callable[[str], bool]
    to_file: Callable[[str], str]
    under_mosh: bool = False


class _Way(msgspec.Struct, frozen=True):
    """A way to the clipboard: how many bytes of text it takes, and what is known when they are sent."""

    longest: int
    told: str


_TERMINAL = _Way(LONGEST, "Sent to your terminal's clipboard")
_TMUX = _Way(LONGEST, "Sent to tmux's buffer and, if it may, to your clipboard")
_SCREEN = _Way(SCREEN_LONGEST, "Sent through screen to your terminal's clipboard")
_MOSH = _Way(MOSH_LONGEST, "Sent through mosh, which must be 1.4 or newer, to your clipboard")
_UNSEEN = _Way(SCREEN_LONGEST, "Sent to your clipboard, if the tmux or screen around it lets it")


def copy(text: str, environ: Mapping[str, str], ways: ClipboardRoutes) -> str:
    """Send `text` to the clipboard; return what was done, claiming no more than is known.

    Raises:
        OSError: if the text is too long for the way to the terminal and cannot be written to a file.
    """
    way, content = _way(environ, ways.under_mosh), text.encode("utf-8", "replace")
    if len(content) > way.longest:
        return f"Too long for the clipboard: written to {_in_file(text, environ, ways)}"
    if way is _TMUX and _through_tmux(content):
        return way.told
    if way is _SCREEN or (way is _UNSEEN and _looks_like_screen(environ)):
        sent = ways.codes(through_screen(clipboard_codes(content)))
        if way is _SCREEN and not sent:
            return f"The clipboard cannot be reached: written to {_in_file(text, environ, ways)}"
    if way is not _SCREEN:
        ways.plain(content.decode())
    return _UNSEEN.told if way is _TMUX else way.told


def _way(environ: Mapping[str, str], under_mosh: bool) -> _Way:
    """Return the way out of what the app runs in, as far as it can be seen from here."""
    if environ.get("TMUX"):
        return _TMUX
    if environ.get("STY") or environ.get("TERM", "").startswith("screen."):
        return _SCREEN
    if under_mosh:
        return _MOSH
    beyond = _looks_like_screen(environ) or environ.get("TERM", "").startswith("tmux")
    return _UNSEEN if beyond else _TERMINAL


def _looks_like_screen(environ: Mapping[str, str]) -> bool:
    """Return whether it may be screen on the machine this one was reached from; tmux has that TERM, too."""
    return environ.get("TERM", "").startswith("screen")


def clipboard_codes(text: bytes) -> str:
    """Return what sets the clipboard of a terminal (OSC 52), in the one form that mosh knows, too."""
    return f"\x1b]52;c;{b64encode(text).decode()}\a"


def through_screen(codes: str) -> str:
    """Return `codes` in device control strings, which GNU screen hands to its terminal as they are."""
    pieces = (codes[at : at + SCREEN_PIECE] for at in range(0, len(codes), SCREEN_PIECE))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def under_mosh(process: int | None = None) -> bool:
    """Return whether `process`, or else this one, was started under mosh, which tells it in no other way.

    False where the system does not tell of processes as Linux does, and inside tmux or screen.
    """
    process = process or os.getpid()
    for _ in range(_ANCESTORS):
        try:
            status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        before, _, behind = status.rpartition(")")
        if before.partition("(")[2] == "mosh-server":
            return True
        process = int(behind.split()[1])
        if process < 2:  # the first process of all
            return False
    return False


def _in_file(text: str, environ: Mapping[str, str], ways: ClipboardRoutes) -> str:
    """Write a text to a file, and return which, with the home folder as people write it."""
    path, home = ways.to_file(text), environ.get("HOME", "").rstrip("/")
    if home and path.startswith(f"{home}/"):
        path = f"~{path.removeprefix(home)}"
    return path


def _through_tmux(text: bytes) -> bool:
    """Hand `text` to tmux, whose usual settings drop the terminal's own sequence."""
    try:
        done = subprocess.run(
            ["tmux", "load-buffer", "-w", "-"],  # noqa: S607 - the user's own tmux
            input=text,
            capture_output=True,
            timeout=_TMUX_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
