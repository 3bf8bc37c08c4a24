"""Copying on a remote machine: through the terminal, through what it runs in, or into a file."""

from __future__ import annotations

import os
import subprocess
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

LONGEST = 50_000
"""The most bytes of text sent in a clipboard sequence (OSC 52). Many terminals drop a sequence of more than
about 74,000 bytes; in base64, 50,000 bytes become 66,668."""

MOSH_LONGEST = 12_000
"""The most bytes of text sent through mosh, which silently cuts a sequence off after 16,384 characters:
measured with mosh 1.4.0, 12,284 bytes arrived of every longer text."""

SCREEN_LONGEST = MOSH_LONGEST
"""The most bytes of text sent through GNU screen. Screen itself passed on 200,000, but the user may be
attached to it through mosh, which cannot be detected from inside."""

SCREEN_PIECE = 240
"""The most characters passed through screen in one control string. Screen 4.9.0 drops strings of 768
characters or more, start and end included (measured); older versions drop shorter ones, the oldest of 256."""

_TMUX_SECONDS = 2.0

_ANCESTORS = 32
"""The most parent processes that are searched for mosh."""


class ClipboardRoutes(msgspec.Struct, frozen=True):
    """The routes a copied text can go by.

    `plain` has Textual send it to the terminal's clipboard. `codes` sends control codes and returns whether
    it could. `to_file` writes a file and returns its name. `under_mosh` is whether mosh carries the session.
    """

    plain: Callable[[str], object]
    codes: Callable[[str], bool]
    to_file: Callable[[str], str]
    under_mosh: bool = False


class _Route(msgspec.Struct, frozen=True):
    """A route to the clipboard: the most bytes of text it carries, and the message once they are sent."""

    longest: int
    message: str


_TERMINAL = _Route(LONGEST, "Sent to your terminal's clipboard")
_TMUX = _Route(LONGEST, "Sent to tmux's buffer and, if it may, to your clipboard")
_SCREEN = _Route(SCREEN_LONGEST, "Sent through screen to your terminal's clipboard")
_MOSH = _Route(MOSH_LONGEST, "Sent through mosh, which must be 1.4 or newer, to your clipboard")
_UNCERTAIN = _Route(SCREEN_LONGEST, "Sent to your clipboard, if the tmux or screen around it lets it")


def copy(text: str, environ: Mapping[str, str], routes: ClipboardRoutes) -> str:
    """Send `text` to the clipboard; return a message for the user that claims no more than is known.

    Raises:
        OSError: if the text must go to a file, being too long or impossible to send, and cannot be written.
    """
    route, content = _route(environ, routes.under_mosh), text.encode("utf-8", "replace")
    if len(content) > route.longest:
        return f"Too long for the clipboard: written to {_in_file(text, environ, routes)}"
    if route is _TMUX and _through_tmux(content):
        return route.message
    if route is _SCREEN or (route is _UNCERTAIN and _looks_like_screen(environ)):
        sent = routes.codes(through_screen(clipboard_codes(content)))
        if route is _SCREEN and not sent:
            return f"The clipboard cannot be reached: written to {_in_file(text, environ, routes)}"
    if route is not _SCREEN:
        routes.plain(content.decode())
    return _UNCERTAIN.message if route is _TMUX else route.message


def _route(environ: Mapping[str, str], under_mosh: bool) -> _Route:
    """Return the route to the clipboard through the program the app runs in, as far as it can be detected."""
    if environ.get("TMUX"):
        return _TMUX
    if environ.get("STY") or environ.get("TERM", "").startswith("screen."):
        return _SCREEN
    if under_mosh:
        return _MOSH
    around = _looks_like_screen(environ) or environ.get("TERM", "").startswith("tmux")
    return _UNCERTAIN if around else _TERMINAL


def _looks_like_screen(environ: Mapping[str, str]) -> bool:
    """Return whether screen may run on the machine the user came from; tmux may set the same TERM."""
    return environ.get("TERM", "").startswith("screen")


def clipboard_codes(text: bytes) -> str:
    """Return the sequence that sets a terminal's clipboard (OSC 52), in the one form mosh understands."""
    return f"\x1b]52;c;{b64encode(text).decode()}\a"


def through_screen(codes: str) -> str:
    """Return `codes` in device control strings (DCS), which GNU screen passes to its terminal unchanged."""
    pieces = (codes[at : at + SCREEN_PIECE] for at in range(0, len(codes), SCREEN_PIECE))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def under_mosh(process: int | None = None) -> bool:
    """Return whether `process`, or else this one, has mosh among its parents; no variable says so.

    False inside tmux or screen, and on systems without Linux's /proc.
    """
    process = process or os.getpid()
    for _ in range(_ANCESTORS):
        try:
            status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        name, _, fields = status.rpartition(")")
        if name.partition("(")[2] == "mosh-server":
            return True
        process = int(fields.split()[1])
        if process < 2:  # the first process of the system
            return False
    return False


def _in_file(text: str, environ: Mapping[str, str], routes: ClipboardRoutes) -> str:
    """Write a text to a file; return the file's name, with ~ for the home folder."""
    path, home = routes.to_file(text), environ.get("HOME", "").rstrip("/")
    if home and path.startswith(f"{home}/"):
        path = f"~{path.removeprefix(home)}"
    return path


def _through_tmux(text: bytes) -> bool:
    """Load `text` into tmux's buffer and return whether it worked; by default tmux drops OSC 52 itself."""
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
