"""Changes of thousands of records: made in steps, so that keys act meanwhile, and drawn at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class LargeChanges:
    """Makes one large change at a time.

    `words` says in the bar which one is under way, and is empty if none is. `quiet` is true while a step is
    made: the screens are not repainted from it, but once at the end, by `reload_screens`.
    """

    def __init__(self, reload_screens: Callable[[], None], update_bar: Callable[[], None]) -> None:
        self._reload_screens = reload_screens
        self._update_bar = update_bar
        self.words = ""
        self.quiet = False

    @contextmanager
    def under_way(self, words: str) -> Iterator[None]:
        """Show `words` in the bar as long as a large change is computed and made, and then repaint."""
        self.words = words
        self._update_bar()
        try:
            yield
        finally:
            self.words = ""
            self._reload_screens()
            self._update_bar()

    async def make(self, steps: Generator[None, None, T]) -> T:
        """Make all steps, with keys acting in between, and return what the generator returns."""
        while True:
            try:
                with self.quietly():
                    next(steps)
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
