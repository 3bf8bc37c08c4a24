"""The one place that touches what Textual keeps private; `WARMCALL_PLAIN_TEXTUAL=1` turns it off."""

from __future__ import annotations

import codecs
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from typing import Any, NamedTuple

from rich.color import ColorSystem
from rich.text import Text
from textual.app import App
from textual.strip import Strip

from warmcall.terminal.redraw import Redraw

SWITCH = "WARMCALL_PLAIN_TEXTUAL"

PINNED = "8.2.8"
"""The version of Textual whose private parts are known; with another one it draws as it does alone."""

SYNC_BYTES = 200
"""Below this a frame arrives in one piece anyway, and asking the terminal to wait for its end is waste."""

_MOUSE = "\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h"
"""Buttons and moves told, in figures of any size: the same as Textual's own driver sends."""

_BEGIN_SEQUENCES = "[O]P_^NX\\"
"""Characters that begin a longer sequence behind Esc; only the terminal's timing tells those apart."""


class _Named(NamedTuple):
    """What the table asks of a key: a name."""

    value: str


def split_escape_pairs(environ: Mapping[str, str]) -> bool:
    """Have Esc and the character behind it read as two keys when they arrive at once.

    Textual takes such pairs for Alt and a character, or drops the Esc. On a slow line they are what a
    person typed one after the other. Returns whether it is done: not if it is turned off, or Textual's
    table is not where it was.
    """
    if environ.get(SWITCH):
        return False
    try:
        from textual._ansi_sequences import ANSI_SEQUENCES_KEYS as table
        from textual.keys import Keys, _character_to_key
    except ImportError:
        return False
    for code in range(0x20, 0x7F):
        character = chr(code)
        if character not in _BEGIN_SEQUENCES:
            pair = (Keys.Escape, _Named(_character_to_key(character)))
            table[f"\x1b{character}"] = pair  # type: ignore[index]
    return True


def disable_pixel_mouse(environ: Mapping[str, str]) -> bool:
    """Have a terminal that could tell the mouse in pixels not asked to: Textual would leave it so behind us.

    Returns whether it is done: not if it is turned off, or Textual's driver is not what it was.
    """
    if environ.get(SWITCH) or sys.platform == "win32":
        return False
    from textual.drivers.linux_driver import LinuxDriver

    if not hasattr(LinuxDriver, "_enable_mouse_pixels"):
        return False
    LinuxDriver._enable_mouse_pixels = lambda self: None  # type: ignore[method-assign]
    return True


def decode_input_leniently(environ: Mapping[str, str], encoding: str) -> bool:
    """Have what is typed read as `encoding`, and what is not in it as a mark, where Textual would end.

    Returns whether it is done: not if it is turned off, or Textual's driver does not read as it did.
    """
    if environ.get(SWITCH) or sys.platform == "win32":
        return False
    from textual.drivers import linux_driver

    if not hasattr(linux_driver, "getincrementaldecoder"):
        return False

    def decoder(_utf_8: str) -> Callable[[], codecs.IncrementalDecoder]:
        return partial(codecs.getincrementaldecoder(encoding), "replace")

    linux_driver.getincrementaldecoder = decoder
    return True


def send(app: App[Any], environ: Mapping[str, str], codes: str) -> bool:
    """Send `codes` to the terminal of `app`, in line with what it draws.

    Returns whether it is done: not if it is turned off, or Textual's driver is not where it was.
    """
    driver = getattr(app, "_driver", None)
    if environ.get(SWITCH) or driver is None:
        return False
    driver.write(codes)
    return True


def mouse_codes(app: App[Any]) -> str:
    """Return what has the terminal of `app` tell of the mouse, as at the start; empty if it is not to."""
    return _MOUSE if getattr(getattr(app, "_driver", None), "_mouse", False) else ""


def install_crash_handler(
    app: App[Any], environ: Mapping[str, str], take: Callable[[Exception], object]
) -> bool:
    """Have a mistake that ends `app` given to `take`, and not shown with what its variables held.

    Returns whether it is done: not if it is turned off, or Textual's way of ending is not what it was.
    """
    usual = getattr(app, "_handle_exception", None)
    if environ.get(SWITCH) or usual is None or not hasattr(app, "_fatal_error"):
        return False
    begun = False

    def handle(error: Exception) -> None:
        nonlocal begun
        if not begun:
            begun = True
            with suppress(Exception):  # a second mistake must not keep the first from ending it
                take(error)
            app._fatal_error = lambda: app.panic(Text())  # type: ignore[method-assign]
            usual(error)

    app._handle_exception = handle  # type: ignore[method-assign]
    if sys.platform != "win32":
        from textual.drivers.linux_driver import LinuxDriver

        def read(driver: LinuxDriver) -> None:
            try:
                driver.run_input_thread()
            except Exception as error:
                app.call_later(handle, error)

        LinuxDriver._run_input_thread = read  # type: ignore[assignment,method-assign]
    return True


def install_frame_diff(
    app: App[Any], redraw: Redraw, environ: Mapping[str, str], plain: bool = False
) -> bool:
    """Have `app` send only the cells that change, from now on; `redraw` then has it send all of them.

    Returns whether it is done: not if it is turned off, by `plain` or the environment, or Textual is not
    the version it was made for, or one of the parts it needs is not there.
    """
    if plain or environ.get(SWITCH) or not _known(app):
        return False
    drawing = DiffedDrawing(app)
    redraw.forget_frame = drawing.forget
    app._display = drawing.display  # type: ignore[assignment,method-assign]
    return True


class DiffedDrawing:
    """Stands in for the part of an app that sends a frame to the terminal."""

    def __init__(self, app: App[Any]) -> None:
        from warmcall.terminal.frame_diff import FrameDiff

        self._app = app
        self._usual = app._display
        self._thrift = FrameDiff()
        self._terminal: object = None

    def forget(self) -> None:
        """Take nothing on the terminal for known."""
        self._thrift.forget()

    def display(self, screen: Any, update: Any) -> None:
        """Send a frame; one that is more than cells is sent the way Textual does."""
        app, driver = self._app, self._app._driver
        drawn = update is not None and not app._batch_count and app._running and not app._closed
        if not drawn or app.is_headless or driver is None or driver.is_inline:
            self._usual(screen, update)
            return
        try:
            text: str | None = self.text_for(update)
        except ValueError:  # this frame alone
            text = None
        except Exception:
            app.log.error("Thrifty drawing is off")
            del app._display
            text = None
        if text is None:
            self.forget()
            self._usual(screen, update)
            return
        if text:
            from textual._ansi_sequences import SYNC_END, SYNC_START

            together = app._sync_available and len(text) > SYNC_BYTES
            driver.write(f"{SYNC_START}{text}{SYNC_END}" if together else text)
            driver.flush()
        app.post_display_hook()

    def text_for(self, update: Any) -> str:
        """Return what to send for an update.

        Raises:
            ValueError: if it is more than texts in cells.
        """
        from textual._compositor import LayoutUpdate

        app = self._app
        terminal = getattr(app._driver, "_writer_thread", None)
        if terminal is not self._terminal:  # a new one each time the terminal was left to other programs
            self._terminal = terminal
            self.forget()
        system = app.console._color_system or ColorSystem.TRUECOLOR
        whole = isinstance(update, LayoutUpdate) and update.region == app.size.region
        cursor = app.screen.outer_size.clamp_offset(app.cursor_position)
        pieces = [(x, y, [run for strip in strips for run in _runs(strip, system)])
                  for x, y, strips in _strips(update)]  # fmt: skip
        text = self._thrift.draw((app.size.width, app.size.height), pieces, (cursor.x, cursor.y), whole)
        app._previous_cursor_position = cursor
        return text


def _strips(update: Any) -> Iterator[tuple[int, int, list[Strip]]]:
    """Give the strips of an update by column and row, cut as Textual cuts them.

    Raises:
        ValueError: if it is no update of whole rows or of pieces of rows.
    """
    from textual._compositor import ChopsUpdate, LayoutUpdate

    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            yield update.region.x, y, list(line)
    elif isinstance(update, ChopsUpdate):
        for y, first, behind in update.spans:
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if strip is None or x > behind or end <= first:
                    continue
                inside = first <= x < behind and end <= behind
                yield x, y, [strip if inside else strip.crop(0, min(end, behind) - x)]
    else:
        raise ValueError("another kind of update")


def _runs(strip: Strip, system: ColorSystem) -> Iterator[tuple[str, Any]]:
    """Give the texts of a strip, each in the pen that Textual would take for it.

    Raises:
        ValueError: if there is a link or a control sequence in it.
    """
    from warmcall.terminal.styles import PLAIN, cell_style_of

    for text, style, control in strip:
        if control or (style is not None and style.link):
            raise ValueError("more than text")
        if style is None:
            yield text, PLAIN
        else:
            codes = style._ansi
            yield text, cell_style_of(Strip.render_ansi(style, system) if codes is None else codes)


def _known(app: App[Any]) -> bool:
    """Return whether Textual is the version known, with every part that is used where it was."""
    try:
        from rich.cells import split_graphemes
        from rich.style import Style
        from textual._ansi_sequences import SYNC_END, SYNC_START
        from textual._compositor import ChopsUpdate, LayoutUpdate

        return (
            version("textual") == PINNED
            and sys.platform != "win32"
            and all(hasattr(app, name) for name in _PARTS)
            and all(callable(part) for part in (split_graphemes, Strip.render_ansi))
            and all(isinstance(part, str) for part in (SYNC_START, SYNC_END))
            and hasattr(Style, "_ansi")
            and hasattr(app.console, "_color_system")
            and _takes(app._display, "screen", "renderable")
            and _takes(LayoutUpdate, "strips", "region")
            and _takes(ChopsUpdate, "chops", "spans", "chop_ends")
        )
    except (ImportError, AttributeError):
        return False


_PARTS = (
    "_batch_count", "_running", "_closed", "_driver", "_sync_available", "_previous_cursor_position",
    "_display",
)  # fmt: skip


def _takes(part: Callable[..., object], *names: str) -> bool:
    return tuple(inspect.signature(part).parameters) == names
