"""What nobody waits for is done while no key is pressed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast
from unittest.mock import patch

from textual.app import App
from warmcall.app import idle_work
from warmcall.app.first_uses import FirstUses
from warmcall.app.idle_work import IDLE_SECONDS, MANY_EDITS, IdleWork
from warmcall.config import yaml_folders
from warmcall.config.library import PARTS
from warmcall.domain.store import Store

from tests.conftest import Bench
from tests.examples import adding, contact
from tests.idle import PATIENCE_SECONDS
from tests.screens.driving import driven, fill_with_demo


class Timers:
    """Stands for an app whose timers are called by the test."""

    is_running = True

    def __init__(self) -> None:
        self.running: list[Timer] = []

    def set_interval(self, seconds: float, call: Callable[[], None]) -> Timer:
        timer = Timer(self, seconds, call)
        self.running.append(timer)
        return timer

    def pass_once(self) -> None:
        """Let the time of each timer pass once."""
        for timer in list(self.running):
            timer.call()


class Timer:
    """One timer, until it is stopped."""

    def __init__(self, timers: Timers, seconds: float, call: Callable[[], None]) -> None:
        self._timers = timers
        self.seconds = seconds
        self.call = call

    def stop(self) -> None:
        self._timers.running.remove(self)


def test_work_goes_on_while_no_key_is_pressed_until_all_is_done() -> None:
    timers, store, left = Timers(), Store(), [3, 2]
    calls: list[int] = []

    def step(which: int) -> Callable[[], bool]:
        def work() -> bool:
            calls.append(which)
            left[which] = max(left[which] - 1, 0)
            return not left[which]

        return work

    work = IdleWork(cast("App[Any]", timers), store, [step(0), step(1)])
    assert not timers.running, "a session that is started and left does nothing"
    work.note_key()
    timers.pass_once()
    assert [timer.seconds for timer in timers.running] == [IDLE_SECONDS]
    timers.pass_once()
    timers.pass_once()
    assert calls == [0], "begun once no key came for a while"
    work.note_key()
    timers.pass_once()
    assert calls == [0], "a key interrupts it"
    for _ in range(20):
        timers.pass_once()
    assert left == [0, 0]
    assert not timers.running, "nothing wakes the app once all is done"
    store.apply(adding(contact(id="one")))
    assert not timers.running
    work.note_key()
    assert not timers.running
    store.apply(adding(*(contact(id=f"c{number}") for number in range(MANY_EDITS))))
    assert not timers.running
    work.note_key()
    assert len(timers.running) == 1


async def test_the_indexes_of_the_filters_are_made_before_these_are_opened(bench: Bench) -> None:
    fill_with_demo(bench)
    with patch.object(idle_work, "IDLE_SECONDS", 0.001):
        async with driven(bench) as at, asyncio.timeout(PATIENCE_SECONDS):
            await at.press("j")
            while not (at.services.search.prepare(0) and at.services.pool_search.prepare(0)):
                await asyncio.sleep(0)


async def test_what_first_keys_need_is_read_before_they_are_pressed_a_little_at_a_time(bench: Bench) -> None:
    fill_with_demo(bench)
    services = bench.services
    library = bench.services.library.replaced()
    for part in (*PARTS, "_files"):
        vars(library).pop(part, None)
    async with driven(bench) as at:
        with patch.object(services, "library", library):
            work = FirstUses(at.app, services, {})
            steps = 1
            while not work.step():
                steps += 1
        read: list[object] = []
        with patch.object(yaml_folders, "read_yaml", read.append):
            assert all(getattr(library, part) for part in PARTS if part not in ("own_messages", "holidays"))
        assert read == []
        assert steps > len(library.scripts) + len(PARTS)
