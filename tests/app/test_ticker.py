"""How often the app looks at the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from textual.app import App
from warmcall.app.ticker import FAST_TICK_SECONDS, SLOW_TICK_SECONDS, Ticker

from tests.conftest import Bench
from tests.examples import adding, contact


class Timer:
    """A timer of an app that never runs; it says how often it would be called, while it would."""

    def __init__(self, seconds: float, pause: bool) -> None:
        self.seconds = seconds
        self.runs = not pause

    def resume(self) -> None:
        self.runs = True

    def pause(self) -> None:
        self.runs = False


class Timers:
    """Stands for an app whose timers are looked at."""

    def __init__(self) -> None:
        self._made: list[Timer] = []

    def set_interval(self, seconds: float, _call: Callable[[], None], pause: bool = False) -> Timer:
        self._made.append(Timer(seconds, pause))
        return self._made[-1]

    @property
    def running(self) -> set[float]:
        return {timer.seconds for timer in self._made if timer.runs}


def test_each_second_wakes_the_app_only_while_an_interview_runs(bench: Bench) -> None:
    timers = Timers()
    Ticker(cast("App[Any]", timers), bench.services, lambda: None).start()
    assert timers.running == {SLOW_TICK_SECONDS}
    bench.store.apply(adding(contact(id="mei")))
    assert timers.running == {SLOW_TICK_SECONDS}
    meeting = bench.services.interviewing.start_now("mei")
    assert meeting is not None
    assert timers.running == {FAST_TICK_SECONDS, SLOW_TICK_SECONDS}
    bench.services.interviewing.end(meeting.id)
    assert timers.running == {SLOW_TICK_SECONDS}

    bench.services.history.undo()
    assert timers.running == {FAST_TICK_SECONDS, SLOW_TICK_SECONDS}
    begun_again = Timers()
    Ticker(cast("App[Any]", begun_again), bench.services, lambda: None).start()
    assert begun_again.running == {FAST_TICK_SECONDS, SLOW_TICK_SECONDS}
