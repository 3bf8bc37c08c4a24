"""Changes of thousands of records: made in steps, so that keys act meanwhile, and drawn at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class LargeChanges:
    """Makes one large change at a time.

    `under_way_now` says which one is under way, such as "undoing…", and is empty if none is; `words` is that
    with how many records are done. `quiet` is true while a step is made: the screens are not repainted from
    it, but once at the end, by `reload_screens`.
    """

    def __init__(self, reload_screens: Callable[[], None], update_bar: Callable[[], None]) -> None:
        self._reload_screens = reload_screens
        self._update_bar = update_bar
        self.under_way_now = ""
        self.quiet = False
        self._done = 0

    @property
    def words(self) -> str:
        """What the bar says of the change under way."""
        return f"{self.under_way_now} {self._done:,}" if self._done else self.under_way_now

    @contextmanager
    def under_way(self, words: str) -> Iterator[None]:
        """Show `words` in the bar as long as a large change is computed and made, and then repaint."""
        self.under_way_now = words
        self._update_bar()
        try:
            yield
        finally:
            self.under_way_now, self._done = "", 0
            self._reload_screens()
            self._update_bar()

    async def make(self, steps: Generator[int, None, T]) -> T:
        """Make all steps, with keys acting in between, and return what the generator returns.

        Each step yields how many records are done.
        """
        while True:
            try:
                with self.quietly():
                    self._done = next(steps)
            except StopIteration as end:
                result: T = end.value
                return result
            await asyncio.sleep(0)

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Have the store changed without repainting the screens from it."""
        self.quiet = True
        try:
            yield
        finally:
            self.quiet = False
