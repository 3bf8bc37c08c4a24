from __future__ import annotations

import asyncio

from textual.widget import Widget
from warmcall.widgets.debounce import Debounce

from tests.idle import PATIENCE_SECONDS
from tests.widgets.stage import staged

LONG = 60.0
"""Seconds, longer than any test takes: the timer itself never fires."""


async def test_the_first_letter_is_saved_at_once_and_the_burst_after_it_together() -> None:
    calls: list[str] = []
    async with staged(widget := Widget()):
        debounce = Debounce(widget, lambda: calls.append("called"), LONG)
        debounce.start()
        assert calls == ["called"]
        debounce.start()
        debounce.start()
        assert (calls, debounce.pending) == (["called"], True)
        debounce.flush()
        debounce.flush()
        assert (calls, debounce.pending) == (["called", "called"], False)


async def test_the_call_for_a_burst_comes_by_itself_and_the_letter_after_it_is_a_first_one_again() -> None:
    calls: list[str] = []
    async with staged(widget := Widget()) as stage:
        debounce = Debounce(widget, lambda: calls.append("called"), 0.001)
        debounce.start()
        debounce.start()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while debounce.pending:
                await stage.pilot.pause()
        assert calls == ["called", "called"]


async def test_a_cancelled_call_never_comes_and_the_burst_goes_on() -> None:
    calls: list[str] = []
    async with staged(widget := Widget()):
        debounce = Debounce(widget, lambda: calls.append("called"), LONG)
        debounce.start()
        debounce.start()
        debounce.cancel()
        debounce.flush()
        debounce.start()
        assert (calls, debounce.pending) == (["called"], True)


def test_nothing_is_called_before_the_widget_is_mounted() -> None:
    calls: list[str] = []
    debounce = Debounce(Widget(), lambda: calls.append("called"))
    debounce.start()
    assert (calls, debounce.pending) == ([], False)
