from __future__ import annotations

import asyncio
import re
import string
from collections.abc import Callable
from typing import Any, cast

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Label
from warmcall.terminal.key_queue import KeyMarker, KeyQueue, split_escape


def pressed(*found: events.Event) -> list[tuple[str, str | None]]:
    return [(key.key, key.character) for key in found if isinstance(key, events.Key)]


def test_esc_and_a_letter_that_arrive_together_are_two_keys() -> None:
    for letter in string.ascii_lowercase:
        found = split_escape(events.Key(f"alt+{letter}", letter))
        assert pressed(*found) == [("escape", None), (letter, letter)]


def test_a_capital_after_esc_stays_a_capital() -> None:
    for letter in string.ascii_uppercase:
        found = split_escape(events.Key(f"alt+shift+{letter.lower()}", letter))
        assert pressed(*found) == [("escape", None), (letter, letter)]


def test_a_digit_or_a_sign_after_esc_keeps_its_name() -> None:
    assert pressed(*split_escape(events.Key("alt+4", "4"))) == [("escape", None), ("4", "4")]
    named = pressed(*split_escape(events.Key("alt+question_mark", "?")))
    assert named == [("escape", None), ("question_mark", "?")]


@pytest.mark.parametrize(
    "event",
    [
        events.Key("escape", "\x1b"),
        events.Key("x", "x"),
        events.Key("alt", None),
        events.Key("alt+left", None),
        events.Key("alt+ctrl+a", None),
        events.Key("ctrl+s", "\x13"),
        events.Paste("alt+x"),
    ],
    ids=str,
)
def test_everything_else_stays_as_it_is(event: events.Event) -> None:
    assert split_escape(event) == [event]


BUSY_SECONDS = 1.5
"""How long each screen keeps the event loop busy where a test asks for it."""


class Ask(ModalScreen[str]):
    """Asks for a word; `work` is done whenever it opens and closes."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def compose(self) -> ComposeResult:
        self._work()
        yield Input()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)

    def on_unmount(self) -> None:
        self._work()


class Second(Screen[None]):
    """Another screen, whose `x` says `second`; `work` is done whenever it opens."""

    BINDINGS = [Binding("x", "say", "Say"), Binding("b", "app.switch_mode('first')", "Back")]

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def compose(self) -> ComposeResult:
        self._work()
        yield Label("second")

    def on_screen_resume(self) -> None:
        self._work()

    def action_say(self) -> None:
        cast("Asker", self.app).words.append("second")


class Asker(App[None]):
    """Asks for a word on `a`, shows another screen on `s`, and counts each `x`.

    `busy_seconds` is how long each screen keeps the event loop busy, by the loop's own clock.
    """

    BINDINGS = [
        Binding("a", "ask", "Ask"), Binding("x", "count", "Count"), Binding("!", "fail", "Fail"),
        Binding("s", "switch_mode('second')", "Second"),
    ]  # fmt: skip

    def __init__(self, busy_seconds: float = 0.0) -> None:
        super().__init__()
        self.key_queue = KeyQueue(self)
        self.words: list[str | None] = []
        self.counted = 0
        self._busy_seconds = busy_seconds
        self.add_mode("first", lambda: Screen(id="first"))
        self.add_mode("second", lambda: Second(self.keep_busy))

    def keep_busy(self) -> None:
        """Let the event loop find that the time has passed when it goes on."""
        loop: Any = asyncio.get_running_loop()
        time, busy_seconds = loop.time, self._busy_seconds
        loop.time = lambda: time() + busy_seconds

    def compose(self) -> ComposeResult:
        yield Label("home")

    async def on_event(self, event: events.Event) -> None:
        await self.key_queue.handle(event, super().on_event)

    def on_key_marker(self, message: KeyMarker) -> None:
        message.arrived()

    def on_unmount(self) -> None:
        self.key_queue.stop()

    def action_ask(self) -> None:
        self.push_screen(Ask(self.keep_busy), self.words.append)

    def action_count(self) -> None:
        self.counted += 1

    def action_fail(self) -> None:
        raise ZeroDivisionError


def type_at_once(app: App[None], keys: str) -> None:
    """Hand keys, and pastes in <>, to the app as the driver does, without giving it a moment in between."""
    for pasted, key in re.findall("<(.*?)>|(.)", keys, re.DOTALL):
        event: events.Event = events.Paste(pasted) if pasted else events.Key(key, key)
        if key == "\r":
            event = events.Key("enter", "\r")
        event.set_sender(app)
        app.post_message(event)


async def all_handled(app: Asker) -> None:
    """Wait until the app has received every key, and has handled it."""
    arrived = asyncio.Event()
    app.call_later(arrived.set)
    await arrived.wait()
    await app.key_queue.idle()


async def test_keys_typed_at_once_reach_what_the_keys_before_them_opened() -> None:
    app = Asker()
    async with app.run_test():
        type_at_once(app, "xaxax\rxxax\rx")
        await all_handled(app)
        assert app.words == ["xax", "x"]
        assert app.counted == 4


async def test_alt_and_a_letter_act_as_esc_and_that_letter() -> None:
    app = Asker()
    async with app.run_test() as pilot:
        await pilot.press("alt+x", "x")
        await all_handled(app)
        assert app.counted == 2


async def test_a_paste_waits_for_its_turn_too() -> None:
    app = Asker()
    async with app.run_test():
        type_at_once(app, "a<x and x>\rx")
        await all_handled(app)
        assert app.words == ["x and x"]
        assert app.counted == 1


@pytest.mark.parametrize(
    ("keys", "words", "counted"),
    [
        ("xa" + "x" * 36 + "\rx", ["x" * 36], 2),
        ("xa<x and x>" + "ax" * 18 + "\rx", ["x and x" + "ax" * 18], 2),
        ("ax\rx" * 10, ["x"] * 10, 10),
        ("x" + "sxb" * 12 + "sxbx", ["second"] * 13, 2),
    ],
    ids=["a dialog opens", "a paste into it", "dialogs close", "modes"],
)
async def test_keys_wait_for_a_screen_that_keeps_the_loop_busy(
    keys: str, words: list[str], counted: int
) -> None:
    app = Asker(BUSY_SECONDS)
    async with app.run_test():
        type_at_once(app, keys)
        await all_handled(app)
        assert (app.words, app.counted) == (words, counted)


async def test_an_error_of_a_key_is_the_apps_own() -> None:
    async def press() -> None:
        async with Asker().run_test() as pilot:
            await pilot.press("!")
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await press()
