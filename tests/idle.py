"""Waiting for an app in the tests' own process: until nothing is left to do, and not a moment longer.

Textual's own wait sleeps for a fiftieth of a second, measures how busy the processor was, and sleeps again
until it was idle: 33 ms for a key that costs 6 ms, and much more on a machine that has other work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pytest
from textual._compositor import Compositor
from textual._wait import wait_for_idle
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from warmcall.widgets.bars import KeyBar

FRAMES_AT_MOST = 100
"""How many frames on end an app may ask for before it is said to draw for ever."""

IDLE_ROUNDS = 3
"""How many rounds of the event loop without anything ready say that it is idle."""

INSTANT_SECONDS = 0.001
"""How soon it is noticed that an app draws again, once what it had to load is there."""

DRAW_ALL_FRAMES = ContextVar("DRAW_ALL_FRAMES", default=False)
"""Whether to draw the part of every frame that changed, for tests of what is drawn again and what is not."""

PATIENCE_SECONDS = 20.0
"""Past this something is stuck, and the test fails instead of standing still."""


async def loop_idle() -> None:
    """Wait until no task of this loop can go on: each waits for a timer, a thread, a file or another task."""
    loop: Any = asyncio.get_running_loop()
    idle_rounds = 0
    async with asyncio.timeout(PATIENCE_SECONDS):
        while idle_rounds < IDLE_ROUNDS:
            await asyncio.sleep(0)
            idle_rounds = 0 if loop._ready else idle_rounds + 1


async def app_idle(app: App[Any]) -> None:
    """Wait until the app has dealt with every message, and has drawn all there is to draw.

    Frames are drawn at once, those of screens under a dialog, too, and so are steps of scrolling and new
    sizes of the window; in use they come on a clock, sixty in a second. A worker, such as the search of the
    command palette, waits for timers of its own.
    """
    for _ in range(FRAMES_AT_MOST):
        await loop_idle()
        if app._resize_timer is not None or app.animator._animations:
            app._check_resize()
            app.animator()
            continue
        async with asyncio.timeout(PATIENCE_SECONDS):
            while app._batch_count and not app._exit:
                await asyncio.sleep(INSTANT_SECONDS)
        if any(worker.is_running for worker in app.workers):
            await wait_for_idle(0)
        screens = [screen for screen in app.screen_stack if _frame_is_due(screen)]
        if app._exit or not screens:
            return
        for screen in screens:
            screen._on_timer_update()
    raise AssertionError(f"{app.screen} asks for another frame for ever")


def _frame_is_due(screen: Screen[Any]) -> bool:
    """Return whether a screen has to be laid out or drawn.

    One under a dialog asks for the next frame in every frame, and is drawn with the dialog.
    """
    return screen.is_current and bool(
        screen._layout_required
        or screen._scroll_required
        or (screen._repaint_required and screen is screen.app.screen)
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


@contextmanager
def no_time_lost() -> Iterator[None]:
    """Let pilots wait as `app_idle` does, hold no screen back when it is shown, and draw what is seen.

    There is no terminal that frames could be sent to: what a test looks at is drawn whole when it looks. Nor
    is the bar of the keys asked after each key whether it would look another way: it is drawn with the rest.
    """
    pause = Pilot.pause
    render = Compositor.render_update
    redraw_if_changed = KeyBar._redraw_if_changed

    async def pause_until_idle(self: Pilot[Any], delay: float | None = None) -> None:
        await (app_idle(self.app) if delay is None else pause(self, delay))

    def render_if_seen(self: Compositor, full: bool = False, **more: Any) -> Any:
        if full or DRAW_ALL_FRAMES.get():
            return render(self, full=full, **more)
        self._dirty_regions.clear()
        return None

    def redraw(self: KeyBar) -> None:
        if DRAW_ALL_FRAMES.get():
            redraw_if_changed(self)
        else:
            self._looks_later = False
            self.refresh()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pilot, "pause", pause_until_idle)
        patch.setattr(KeyBar, "_redraw_if_changed", redraw)
        patch.setattr(Compositor, "render_update", render_if_seen)
        yield
