from __future__ import annotations

import asyncio

from textual.widget import Widget
from warmcall.widgets.debounce import Debounce

from tests.idle import PATIENCE_SECONDS
from tests.widgets.stage import staged

LONG = 60.0
"""Seconds, longer than any test takes: the timer itself never fires."""


async def test_a_burst_is_one_call_and_the_next_one_another() -> None:
    calls: list[str] = []
    async with staged(widget := Widget()):
        debounce = Debounce(widget, lambda: calls.append("called"), LONG)
        debounce.start()
        debounce.start()
        debounce.flush()
        debounce.flush()
        assert calls == ["called"]
        debounce.start()
        debounce.flush()
        assert calls == ["called", "called"]


async def test_the_call_comes_by_itself() -> None:
    calls: list[str] = []
    async with staged(widget := Widget()) as stage:
        debounce = Debounce(widget, lambda: calls.append("called"), 0.001)
        debounce.start()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while debounce.pending:
                await stage.pilot.pause()
        assert calls == ["called"]


async def test_a_cancelled_call_never_comes() -> None:
    calls: list[str] = []
    async with staged(widget := Widget()):
        debounce = Debounce(widget, lambda: calls.append("called"), LONG)
        debounce.start()
        debounce.cancel()
        debounce.flush()
        assert calls == []


def test_nothing_starts_before_the_widget_is_mounted() -> None:
    debounce = Debounce(Widget(), lambda: None)
    debounce.start()
    assert not debounce.pending
