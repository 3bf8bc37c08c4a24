"""Keys in order: each is handled completely before the next one is delivered.

On a bad line letters arrive in bursts. Without this, a burst of "Enter, text" would go to the list that
had the focus when the burst arrived, and its letters would run commands there.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from textual import events
from textual.app import App
from textual.keys import key_to_character
from textual.message import Message
from textual.widget import Widget

SURPRISE_SECONDS = 0.3
"""How long after a screen came up by itself keys are ignored: they were on their way to what was there
before. People need about 0.2 seconds to react to what they see, and longer to read it."""

MOST_OPENING_SECONDS = 5.0
"""How long keys are ignored at most while such a screen is opening."""

ROUNDS = 3
"""How often a marker travels from the focus up to the app after each key: once after the key itself, once
after the messages it caused, once after the changes of focus and screen that those asked for."""

RECHECK_SECONDS = 0.02
"""How often it is checked whether a marker was lost together with the widget that carried it."""

MAX_RECHECKS = 150
"""How often it is checked before the next key is delivered all the same, which may free what is stuck.

Checks are counted, not seconds: each takes at least one turn of the event loop, so that a loop kept busy by a
screen that opens slowly costs no patience. The largest screens open within 60 turns, however long each takes.
"""

Deliver = Callable[[events.Event], Awaitable[None]]
"""What an app does with an event without this queue: Textual's own `on_event`."""


class KeyMarker(Message, bubble=True, verbose=True):
    """A message that follows a key through the same queues, up to the app, which calls its `arrived`."""

    def __init__(self, arrived: Callable[[], None]) -> None:
        self.arrived = arrived
        super().__init__()


def is_text_field(widget: Widget | None) -> bool:
    """Return whether letters are typed into a widget.

    It goes by the names of its classes: the text area takes long to import, and the first screen has none.
    """
    return any(kind.__name__ in ("Input", "TextArea") for kind in type(widget).__mro__)


class KeyQueue:
    """Delivers keys and pastes to an app in order, whatever they cause in between.

    The app has to call `handle` from its `on_event`, `stop` from its `on_unmount`, and the `arrived` of a
    `KeyMarker` when it receives one.

    Something may come up that no key asked for, such as a question about what another session did. Whoever
    shows it calls `surprise` before, and the app `screen_shown` when a screen has come up; a key pressed
    before `SURPRISE_SECONDS` after that was meant for what was there, and does nothing. Keys with Ctrl still
    act, and words go into the text field that has the focus. What a key opens is never delayed. `clock`
    returns seconds that only rise.
    """

    def __init__(
        self,
        app: App[Any],
        clock: Callable[[], float] = time.monotonic,
        translations: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    ) -> None:
        """Deliver to `app`.

        A key that types one of `translations` acts as the key named there, with its sign, unless a text
        field has the focus.
        """
        self._app = app
        self._clock = clock
        self._translations = translations
        self._opening = False
        self._ignored_until = clock()
        self._keys: asyncio.Queue[tuple[events.Event, float]] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle(self, event: events.Event, deliver: Deliver) -> None:
        """Queue a key or a paste; pass everything else to `deliver` at once."""
        from_terminal = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if not from_terminal or self._app.return_code is not None:
            await deliver(event)
            return
        self._idle.clear()
        for key in split_escape(event):
            self._keys.put_nowait((key, self._clock()))
        if self._task is None:
            self._task = asyncio.create_task(self._deliver_in_order(deliver), name="keys in order")

    def surprise(self, opens_screen: bool = True) -> None:
        """Ignore keys for a moment: something comes up by itself, a screen unless `opens_screen` is false."""
        self._opening = opens_screen
        self._ignored_until = self._clock() + (MOST_OPENING_SECONDS if opens_screen else SURPRISE_SECONDS)

    def screen_shown(self) -> None:
        """Note that a screen has come up; from now on the moment passes if it did so by itself."""
        if self._opening:
            self.surprise(opens_screen=False)

    async def idle(self) -> None:
        """Wait until every key that has arrived is handled."""
        await self._idle.wait()

    def stop(self) -> None:
        """Deliver no more keys, and end every wait in `idle`."""
        if self._task is not None:
            self._task.cancel()
        self._idle.set()

    async def _deliver_in_order(self, deliver: Deliver) -> None:
        """Deliver the queued keys for ever, waiting after each one until it is handled."""
        while True:
            event, arrived_at = await self._keys.get()
            try:
                if not self._is_ignored(event, arrived_at):
                    await deliver(self._translated(event))
                rechecks = iter(range(MAX_RECHECKS))
                for _ in range(ROUNDS):
                    await self._send_marker(rechecks)
            except Exception as error:
                self._app.call_later(_raise, error)
            if self._keys.empty():
                self._idle.set()

    def _is_ignored(self, event: events.Event, arrived_at: float) -> bool:
        """Return whether a key was meant for what was there before something came up by itself."""
        if arrived_at >= self._ignored_until or not isinstance(event, events.Key):
            return False
        return "ctrl+" not in event.key and not is_text_field(self._app.focused)

    def _translated(self, event: events.Event) -> events.Event:
        """Return the key that the user's layout means by `event`; a text takes what is typed."""
        if not isinstance(event, events.Key) or is_text_field(self._app.focused):
            return event
        found = self._translations.get(event.character or "")
        return events.Key(*found) if found else event

    async def _send_marker(self, rechecks: Iterator[int]) -> None:
        """Send a marker after the last key, and wait until it arrives or the widget carrying it is gone.

        The wait ends early when no `rechecks` are left.
        """
        app, arrived = self._app, asyncio.Event()
        carrier = app.focused or app.screen
        if not carrier.post_message(KeyMarker(arrived.set)):
            return
        for _ in rechecks:
            with suppress(TimeoutError):
                async with asyncio.timeout(RECHECK_SECONDS):
                    await arrived.wait()
            if arrived.is_set() or not carrier.is_attached or carrier.screen is not app.screen:
                return


def split_escape(event: events.Event) -> list[events.Event]:
    """Return `event`, or, for Alt and a letter, Esc and that letter.

    A terminal sends Alt and a letter as Esc followed by the letter, so Esc typed just before a letter looks
    the same when both arrive at once. Nothing in warmcall needs Alt.
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
    """Raise an error of the queue's task in the app's own message loop, which handles it like any other."""
    raise error
