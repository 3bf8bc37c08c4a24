"""A bare app around one widget, which remembers the messages it was sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget
from warmcall.app.themes import DARK

from tests.idle import DRAW_ALL_FRAMES
from tests.screens.driving import strips_of


class Stage(App[None]):
    """Shows one widget, in the app's own colours."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._widget = widget

    def compose(self) -> ComposeResult:
        yield self._widget

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DARK.variables


class Staged:
    """A widget on its stage."""

    def __init__(self, pilot: Pilot[None], messages: list[Message]) -> None:
        self.pilot = pilot
        self._messages = messages

    @property
    def lines(self) -> list[str]:
        """What a person sees, line by line."""
        return [strip.text.rstrip() for strip in strips_of(self.pilot.app)]

    def received(self, *kinds: type[Message]) -> list[Any]:
        """Return the messages of those kinds posted since the last call."""
        found = [message for message in self._messages if type(message) in kinds]
        self._messages.clear()
        return found

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names."""
        await self.pilot.press(*keys)
        await self.pilot.pause()


@asynccontextmanager
async def staged(widget: Widget, size: tuple[int, int] = (40, 10)) -> AsyncIterator[Staged]:
    """Put `widget` on a stage of that size, where each frame is drawn."""
    DRAW_ALL_FRAMES.set(True)
    messages: list[Message] = []
    app = Stage(widget)

    def hook(message: Message) -> None:
        if message not in messages:
            messages.append(message)

    async with app.run_test(size=size, message_hook=hook) as pilot:
        await pilot.pause()
        messages.clear()
        yield Staged(pilot, messages)
