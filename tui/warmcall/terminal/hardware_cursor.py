"""Where the terminal's own cursor stands, which screen readers and braille displays follow.

It is always left there; whether it is seen is a setting. A hidden one is of no use to them: brltty and the
readers of the Linux console follow a cursor that shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.cells import cell_len
from textual.app import App
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Input

from warmcall.terminal.textual_patches import send

SHOW = "\x1b[?25h"


def cursor_offset(widget: Widget) -> Offset:
    """Return the cell of the screen where the cursor stands while `widget` is used, counted from 0.

    In a field that is its caret, in a list the first cell of the selected row; both say so by a property
    `cursor_screen_offset`, as Textual calls it. Elsewhere it is the first cell.
    """
    if isinstance(widget, Input):  # Textual's own property is a cell too far at the end of the text
        caret = cell_len(widget.value[: widget.cursor_position])
        x, y = widget.content_region.offset
        return Offset(x + caret - int(widget.scroll_offset.x), y)
    found = getattr(widget, "cursor_screen_offset", None)
    return found if isinstance(found, Offset) else widget.content_region.offset


def show_cursor(app: App[Any], environ: Mapping[str, str]) -> None:
    """Show the cursor from now on, also after another program had the terminal; Textual hides it."""
    send(app, environ, SHOW)
    app.app_resume_signal.subscribe(app, lambda _app: send(app, environ, SHOW), immediate=True)
