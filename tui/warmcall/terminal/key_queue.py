"""Keys one after the other: each is done with before the next is looked at.

On a bad line letters arrive in bursts. Without this, a burst of "Enter, text" would reach the list
that had the focus when the burst arrived, and its letters would be taken for commands.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.keys import key_to_character
from textual.message import Message

T = TypeVar("T")

ROUNDS = 3
"""How often a marker goes from the focus up to the app: once behind the key, once behind the messages
it made, once behind the changes of focus and screen that those asked for."""

PATIENCE_SECONDS = 1.0
"""The longest a key is waited for: past it something is stuck, and the next key may get through."""

LOOK_AGAIN_SECONDS = 0.02
"""How soon it is noticed that a marker was lost with the screen or widget that carried it."""


class Settled(Message, bubble=True, verbose=True):
    """A marker that follows a key through the same queues."""

    def __init__(self, arrived: Callable[[], None]) -> None:
        self.arrived = arrived
        super().__init__()


class KeyQueue(App[T]):
    """An app that takes keys and pastes in order, whatever they make happen in between."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys: asyncio.Queue[events.Event] = asyncio.Queue()
        self._pump: asyncio.Task[None] | None = None
        self._idle = asyncio.Event()
        self._idle.set()

    async def on_event(self, event: events.Event) -> None:
        """Put keys and pastes in line; everything else goes its usual way."""
        fresh = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if not fresh or self._exit:
            await super().on_event(event)
            return
        self._idle.clear()
        for other_event in apart(event):
            self._keys.put_nowait(other_event)
        if self._pump is None:
            self._pump = asyncio.create_task(self._take_keys(), name="keys in order")

    async def settled(self) -> None:
        """Wait until every key that has arrived is done with."""
        await self._idle.wait()

    def on_settled(self, message: Settled) -> None:
        """Tell that a marker arrived."""
        message.stop()
        message.arrived()

    def on_unmount(self) -> None:
        """Stop taking keys, and let nobody wait for one more."""
        if self._pump is not None:
            self._pump.cancel()
        self._idle.set()

    async def _take_keys(self) -> None:
        while True:
            event = await self._keys.get()
            try:
                await super().on_event(event)
                with suppress(TimeoutError):
                    async with asyncio.timeout(PATIENCE_SECONDS):
                        for _ in range(ROUNDS):
                            await self._marker()
            except Exception as error:
                self.call_later(_raise, error)
            if self._keys.empty():
                self._idle.set()

    async def _marker(self) -> None:
        """Send a marker behind the last key, and wait for it while what carries it is there."""
        arrived = asyncio.Event()
        place = self.focused or self.screen
        if not place.post_message(Settled(arrived.set)):
            return
        while not arrived.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                    await arrived.wait()
            if not place.is_attached or place.screen is not self.screen:
                return


def apart(event: events.Event) -> list[events.Event]:
    """Return `event`, or Esc and the letter it was taken together with.

    A terminal sends Alt and a letter as Esc and that letter, so Esc typed just before a letter looks
    the same when both arrive at once. Nothing here needs Alt.
    """
    if not isinstance(event, events.Key) or not event.key.startswith("alt+"):
        return [event]
    name = event.key.removeprefix("alt+")
    shifted = name.removeprefix("shift+")
    character = key_to_character(shifted)
    if character is None or "+" in shifted:
        return [event]
    letter = character.upper() if shifted != name else character
    return [events.Key("escape", None), events.Key(letter if letter.isalnum() else shifted, letter)]


def _raise(error: Exception) -> None:
    """Raise in the app's own pump what went wrong in ours, so that it is treated like any other."""
    raise error
