from __future__ import annotations

import string

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Input, Label
from warmcall.terminal.key_queue import KeyMarker, KeyQueue, split_escape


def pressed(*found: events.Event) -> list[tuple[str, str | None]]:
    return [(key.key, key.character) for key in found if isinstance(key, events.Key)]


@pytest.mark.parametrize("letter", string.ascii_lowercase)
def test_esc_and_a_letter_that_arrive_together_are_two_keys(letter: str) -> None:
    found = split_escape(events.Key(f"alt+{letter}", letter))
    assert pressed(*found) == [("escape", None), (letter, letter)]


@pytest.mark.parametrize("letter", string.ascii_uppercase)
def test_a_capital_after_esc_stays_a_capital(letter: str) -> None:
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


class Ask(ModalScreen[str]):
    """Asks for a word."""

    def compose(self) -> ComposeResult:
        yield Input()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)


class Asker(App[None]):
    """Asks for a word on `a`, and counts each `x`."""

    BINDINGS = [Binding("a", "ask", "Ask"), Binding("x", "count", "Count"), Binding("!", "fail", "Fail")]

    def __init__(self) -> None:
        super().__init__()
        self.key_queue = KeyQueue(self)
        self.words: list[str | None] = []
        self.counted = 0

    def compose(self) -> ComposeResult:
        yield Label("home")

    async def on_event(self, event: events.Event) -> None:
        await self.key_queue.handle(event, super().on_event)

    def on_key_marker(self, message: KeyMarker) -> None:
        message.arrived()

    def on_unmount(self) -> None:
        self.key_queue.stop()

    def action_ask(self) -> None:
        self.push_screen(Ask(), self.words.append)

    def action_count(self) -> None:
        self.counted += 1

    def action_fail(self) -> None:
        raise ZeroDivisionError


def type_at_once(app: App[None], keys: str) -> None:
    """Hand keys to the app as the driver does, without giving it a moment in between."""
    for key in keys:
        event = events.Key("enter", "\r") if key == "\r" else events.Key(key, key)
        event.set_sender(app)
        app.post_message(event)


async def test_keys_typed_at_once_reach_what_the_keys_before_them_opened() -> None:
    app = Asker()
    async with app.run_test() as pilot:
        type_at_once(app, "xaxax\rxxax\rx")
        await pilot.pause()
        await app.key_queue.idle()
        assert app.words == ["xax", "x"]
        assert app.counted == 4


async def test_a_paste_waits_for_its_turn_too() -> None:
    app = Asker()
    async with app.run_test() as pilot:
        type_at_once(app, "a")
        app.post_message(events.Paste("x and x"))
        type_at_once(app, "\rx")
        await pilot.pause()
        await app.key_queue.idle()
        assert app.words == ["x and x"]
        assert app.counted == 1


async def test_an_error_of_a_key_is_the_apps_own() -> None:
    async def press() -> None:
        async with Asker().run_test() as pilot:
            await pilot.press("!")
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await press()
