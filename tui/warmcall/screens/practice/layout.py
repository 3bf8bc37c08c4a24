"""What the screens of practice have in common: where things stand, and the time left of a real interview."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Label

from warmcall.presentation.countdown import time_left
from warmcall.screens.base import TOO_SMALL, set_breakpoints
from warmcall.services.services import Services
from warmcall.widgets.bars import KeyBar
from warmcall.widgets.call_panel import SayBox
from warmcall.widgets.notice_line import NoticeLine
from warmcall.widgets.panel import Panel

TICK_SECONDS = 1.0
"""How often the clock of practice is drawn."""


def practice_layout(screen: Screen[Any], *between: Widget) -> ComposeResult:
    """Lay out that this is practice, what they say, whatever stands `between`, and what to say."""
    set_breakpoints(screen)
    yield Label(TOO_SMALL, id="too-small", markup=False)
    with Vertical(id="practice"):
        yield Panel(id="practice-head")
        yield Panel(id="reply")
        yield from between
        with Vertical(id="talk"):
            yield SayBox(id="say")
    yield KeyBar()
    yield NoticeLine()


def time_left_of_interview(services: Services) -> str:
    """Return the time left of the interview that is running, which practice must not hide; else nothing."""
    running = services.store.running()
    if running is None:
        return ""
    close = services.library.cadence.close_of(running.countdown.minutes)
    return time_left(running.countdown, services.time.now(), close)
