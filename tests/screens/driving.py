"""The app under a driver: keys go in; what a person would see, copy and be notified of comes out."""

from __future__ import annotations

import asyncio
import builtins
import itertools
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, cast
from unittest.mock import patch

from rich.cells import cell_len
from textual import events
from textual._context import visible_screen_stack
from textual.app import App
from textual.geometry import Region
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea
from warmcall.app.app import WarmcallApp
from warmcall.app.context import AppContext
from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.config.yaml_folders import convert
from warmcall.config.yaml_source import read_yaml
from warmcall.domain.change import Change
from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.screens.queue import screen as queue
from warmcall.services.demo import Demo, demo_change
from warmcall.services.services import Services
from warmcall.storage.writer import SaveState, Writer
from warmcall.terminal.charset import Charset
from warmcall.terminal.textual_patches import (
    make_strip_caches_when_used,
    release_closed_widgets,
    split_text_at_graphemes,
    start_tasks_in_turn,
    style_new_screens_once,
)
from warmcall.widgets.panel import Panel

from tests.conftest import Bench, FakeClock
from tests.idle import PATIENCE_SECONDS, app_idle

W = TypeVar("W", bound=Widget)

_CHARACTERS = {"enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f", "space": " "}
"""What a terminal sends with the keys that have both a name and a character."""

WIDE_CHARACTER_REST = "\0"
"""What stands in a line of cells for the second cell of a wide character."""


class SavedAtOnce:
    """Stands for the writer where every change is on disk at once, unless a test reports another state."""

    def __init__(self) -> None:
        self.state = SaveState()
        self._listener: Callable[[SaveState], None] = lambda _state: None

    def on_state(self, listener: Callable[[SaveState], None]) -> None:
        """Call `listener` with each state that `report` is given."""
        self._listener = listener

    def report(self, state: SaveState) -> None:
        """Be in `state`, and say so as the writer does."""
        self.state = state
        self._listener(state)

    def on_external_changes(self, listener: object) -> None:
        """Never call `listener`: there are no other sessions."""

    def keep_backup(self, event: str) -> None:
        """Keep nothing: there is no file."""

    def save_now(self) -> None:
        """Do nothing: everything is saved."""

    def drain(self, seconds: float) -> bool:
        """Return True: everything is on disk."""
        return True


class Driver:
    """One running app, and what went in and out of it."""

    def __init__(self, app: WarmcallApp, bench: Bench, pilot: Pilot[str]) -> None:
        self.app = app
        self.bench = bench
        self.pilot = pilot
        self.copied: list[str] = []
        self.said: list[str] = []

    @property
    def services(self) -> Services:
        """The services the app works on."""
        return self.bench.services

    @property
    def store(self) -> Store:
        """The store the app shows."""
        return self.bench.store

    @property
    def clock(self) -> FakeClock:
        """The clock the app goes by."""
        return self.bench.clock

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names or as characters, each dealt with and drawn before the next."""
        for key in keys:
            self.app.post_message(key_event(key))
            await self._keys_handled()
        await self.settle()

    async def click(self, words: str, times: int = 1, right: int = 0) -> None:
        """Click where `words` begin, or so many cells to the `right` of it."""
        (y,) = (at for at, line in enumerate(self.lines) if words in line)
        x = cells(self.lines[y]).index(cells(words)) + right
        await self.pilot.click(offset=(x, y), times=times)
        await self.settle()

    async def wheel(self, words: str, by: int) -> None:
        """Turn the wheel over `words`, so many notches down, or up if it is negative."""
        (y,) = (at for at, line in enumerate(self.lines) if words in line)
        x = cells(self.lines[y]).index(cells(words))
        notch = events.MouseScrollDown if by > 0 else events.MouseScrollUp
        for _ in range(abs(by)):
            self.app.post_message(notch(None, x, y, 0, 1, 0, False, False, False, x, y))
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text in one burst, as a poor line delivers it; into a field it is drawn at its end."""
        writing = isinstance(self.app.focused, Input | TextArea)
        with self.app.batch_update() if writing else nullcontext():
            for character in text:
                self.app.post_message(key_event(character))
            await self._keys_handled()
        await self.settle()

    async def settle(self) -> None:
        """Wait until everything sent is dealt with and drawn."""
        await self._keys_handled()
        await app_idle(self.app)

    async def _keys_handled(self) -> None:
        """Wait until the app has dealt with every key sent, or has ended."""
        arrived = asyncio.Event()
        async with asyncio.timeout(PATIENCE_SECONDS):
            if self.app.call_later(arrived.set):
                await arrived.wait()
            await self.app.key_queue.idle()

    async def at(self, now: datetime) -> None:
        """Let it be `now`, as the app sees at its next tick."""
        self.clock.move_to(now)
        self.app.ticker.tick()
        await self.settle()

    async def forward(self, **duration: float) -> None:
        """Let a duration pass, given as for timedelta."""
        self.clock.forward(**duration)
        self.app.ticker.tick()
        await self.settle()

    async def cut_off(self) -> None:
        """Have everything typed handed over, as a dropped line does."""
        self.app.flush()
        await self.settle()

    @property
    def strips(self) -> list[Strip]:
        """What is drawn, line by line, the screens under a dialog included."""
        return strips_of(self.app)

    @property
    def lines(self) -> list[str]:
        """What a person sees, line by line."""
        return [strip.text.rstrip() for strip in self.strips]

    @property
    def text(self) -> str:
        """What a person sees."""
        return "\n".join(self.lines)

    @property
    def flat(self) -> str:
        """What a person reads: the text without the breaks between lines, borders and double spaces."""
        words = " ".join(line.rstrip("▲┃▼").strip("│▕▏ ") for line in self.lines)
        return " ".join(words.split())

    def panel(self, id_: str) -> str:
        """Return what a panel says, without the breaks between lines; empty if it does not show."""
        panel = self.one(Panel, id_)
        shows = all(node.display for node in panel.ancestors_with_self if isinstance(node, Widget))
        return " ".join(str(panel.content).split()) if shows else ""

    @property
    def top(self) -> str:
        """The first line."""
        return text_of_line(self.app, 0)

    @property
    def footer(self) -> str:
        """The last line."""
        return text_of_line(self.app, self.app.size.height - 1)

    @property
    def last_said(self) -> str:
        """The last notice shown to the user."""
        return self.said[-1] if self.said else ""

    async def read(self) -> None:
        """Let the seconds of the notice pass."""
        self.app.notices.hide()
        await self.settle()

    @property
    def focused(self) -> str:
        """The id of the widget that has the focus; empty if none has."""
        focused = self.app.focused
        return (focused.id or "") if focused is not None else ""

    def shows(self, kind: builtins.type[Screen[Any]]) -> bool:
        """Return whether the screen on top is of that kind."""
        return isinstance(self.app.screen, kind)

    def line_of(self, words: str) -> str:
        """Return the one line that has `words`."""
        found = [line for line in self.lines if words in line]
        assert len(found) == 1, f"{words!r} is on {len(found)} lines of:\n{self.text}"
        return found[0]

    def one(self, kind: builtins.type[W], id_: str) -> W:
        """Return a widget of the screen on top."""
        return self.app.screen.query_one(f"#{id_}", kind)

    def contact(self, name: str) -> Contact:
        """Return the contact of that name."""
        (found,) = (contact for contact in self.store.all(Contact) if contact.name == name)
        return found

    def owed(self, name: str, kind: FollowUpKind) -> FollowUp:
        """Return what is owed to the contact of that name."""
        (found,) = (
            follow_up
            for follow_up in self.store.of_contact(FollowUp, self.contact(name).id)
            if follow_up.kind is kind and follow_up.done_at is None
        )
        return found


@asynccontextmanager
async def driven(
    bench: Bench,
    size: tuple[int, int] = (80, 24),
    environ: Mapping[str, str] | None = None,
    notices: tuple[str, ...] = (),
    charset: Charset = Charset.ALL,
    keymap: Mapping[str, tuple[str, ...]] | None = None,
    holidays_after: float = 3600.0,
    **context: Any,
) -> AsyncIterator[Driver]:
    """Run the app over the services of `bench`, in a `context` with these fields.

    Holidays are learned so many seconds after the start, by the clock on the wall; usually not at all.
    """
    split_text_at_graphemes({})
    release_closed_widgets({})
    make_strip_caches_when_used({})
    app = app_over(bench, environ, notices, charset, keymap or {}, **context)
    said: list[str] = []
    copied: list[str] = []
    notify, copy, add_all = app.notify, app.copy_to_clipboard, app.notices.add_all

    def record_copy(text: str) -> None:
        copied.append(text)
        copy(text)

    def record_notice(message: str, **more: Any) -> None:
        said.append(message)
        notify(message, **more)

    def record_notices(warnings: Sequence[str], seconds: float) -> None:
        said.extend(warnings)
        add_all(warnings, seconds)

    with (
        patch.object(app, "notify", record_notice),
        patch.object(app.notices, "add_all", record_notices),
        patch.object(app, "copy_to_clipboard", record_copy),
        patch.object(queue, "HOLIDAYS_AFTER_SECONDS", holidays_after),  # or rows come half a second later
    ):
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, bench, pilot)
            driver.said, driver.copied = said, copied
            await driver.settle()
            yield driver
            if not app._exit:
                app.exit()


def strips_of(app: App[Any]) -> list[Strip]:
    """Return what an app draws, line by line, the screens under a dialog included."""
    compositor = app.screen._compositor
    update = compositor.render_update(full=True, screen_stack=app._background_screens)
    return [Strip.join(line) for line in cast("Any", update).strips]


def text_of_line(app: App[Any], y: int) -> str:
    """Return the text of one line of what an app draws, which costs a tenth of drawing all of them."""
    compositor = app.screen._compositor
    visible_screen_stack.set(app._background_screens)
    pieces = compositor._render_chops(Region(0, y, compositor.size.width, 1), y.__eq__)[y]
    return Strip.join(pieces.values()).text.rstrip()


def app_over(
    bench: Bench,
    environ: Mapping[str, str] | None = None,
    notices: tuple[str, ...] = (),
    charset: Charset = Charset.ALL,
    keymap: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    practice_only: str = "",
    **fields: Any,
) -> WarmcallApp:
    """Return an app over the services of `bench` whose changes are saved at once."""
    writer = cast("Writer", SavedAtOnce())
    context = app_context(environ, charset=charset, keymap=keymap, **fields)
    app = WarmcallApp(bench.services, writer, context, notices, practice_only)
    start_tasks_in_turn(app, context.environ)
    style_new_screens_once(app, context.environ)
    return app


def app_context(environ: Mapping[str, str] | None = None, **fields: Any) -> AppContext:
    """Return a context in which no file is written."""

    def write(_text: str) -> str:
        return "a file"

    usual: dict[str, Any] = {"write_clipboard": write, "write_page": write, "write_calendar": write}
    usual["monotonic"] = map(float, itertools.count(step=1000)).__next__  # whoever presses keys has read it
    return AppContext(environ=environ or {}, write_draft=lambda _name, _content: "a draft", **usual | fields)


def key_event(key: str) -> events.Key:
    """Return the event that a terminal causes with a key, by Textual's name, or with a character."""
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(key, _CHARACTERS.get(key))


def fill_with_demo(bench: Bench) -> None:
    """Put the sample data into the store, dated from the fake clock's today."""
    library, now, calendar = bench.services.library, bench.clock.now(), bench.services.time.calendar
    made_for = (id(library), now, calendar.zone, calendar.noon_hour(), bench.services.time.country.code)
    if made_for not in _samples:
        numbers = itertools.count(1)
        change = demo_change(_sample(), library, now, calendar, lambda: f"demo{next(numbers):04d}")
        _samples[made_for] = library, change
    bench.store.apply(_samples[made_for][1])


_samples: dict[tuple[object, ...], tuple[Library, Change]] = {}
"""The change with the sample data by what it depends on, with the library, so that its id stays its own."""


@cache
def _sample() -> Demo:
    """Return the sample data, read once for all tests of a run."""
    return convert(read_yaml((content() / "demo.yaml").read_text(encoding="utf-8")), (), Demo)


def cells(line: str) -> str:
    """Return `line` with one character for each terminal cell, so that columns can be counted."""
    return "".join(
        character + WIDE_CHARACTER_REST * (cell_len(character) - 1)
        for character in line
        if cell_len(character)
    )
