"""How much a screen or a dialog makes when it opens: only what shows, laid out and drawn once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from warmcall.widgets.form import Form

from tests.conftest import Bench
from tests.idle import DRAW_ALL_FRAMES
from tests.screens.driving import Driver, driven

OPENS_AND_CLOSES = "z Esc ? Esc : Esc 2 a Esc e Esc f Esc 3 o Esc 4 m Esc 5 6 e Esc 1 2"
"""Keys, each of which opens or closes a screen or a dialog."""

NAMES = {"Esc": "escape", "?": "question_mark", ":": "colon"}


@contextmanager
def layouts() -> Iterator[list[Screen[Any]]]:
    """Collect every screen that is laid out, as often as it is."""
    screens: list[Screen[Any]] = []
    lay_out = Screen._refresh_layout

    def record(screen: Screen[Any], *args: Any, **more: Any) -> None:
        screens.append(screen)
        lay_out(screen, *args, **more)

    with patch.object(Screen, "_refresh_layout", record):
        yield screens


@contextmanager
def frames() -> Iterator[list[Screen[Any]]]:
    """Collect the screen of every frame that is sent; none is sent before the app has nothing else to do."""
    screens: list[Screen[Any]] = []
    send = App._display

    def record(app: App[Any], screen: Screen[Any], update: Any) -> None:
        if update is not None and not app._batch_count:
            screens.append(screen)
        send(app, screen, update)

    token = DRAW_ALL_FRAMES.set(True)
    with patch.object(App, "_display", record), patch("textual.screen.UPDATE_PERIOD", 3600.0):
        yield screens
    DRAW_ALL_FRAMES.reset(token)


def made(at: Driver, of: str = "") -> list[Widget]:
    """Return what the screen on top has in it, or what the part of it with that id has."""
    return list((at.one(Widget, of) if of else at.app.screen).walk_children(Widget))


@pytest.mark.parametrize(("keys", "fields"), [(("2", "a"), 15), (("6", "e"), 14), (("2", "f"), 3)])
async def test_a_form_has_one_widget_for_each_field_until_there_is_more_to_show(
    demo: Bench, keys: tuple[str, ...], fields: int
) -> None:
    async with driven(demo, size=(80, 60)) as at:
        await at.press(*keys)
        assert len(at.one(Form, "form").values) == fields
        assert len(made(at, "form")) == fields


@pytest.mark.parametrize("keys", [("2", "a"), ("4", "m"), ("f",), ("3",)])
async def test_a_form_and_a_call_are_laid_out_once_when_they_open(demo: Bench, keys: tuple[str, ...]) -> None:
    async with driven(demo) as at:
        await at.press(*keys[:-1])
        with layouts() as screens:
            await at.press(keys[-1])
        assert screens.count(at.app.screen) == 1


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_each_screen_and_dialog_is_drawn_once_when_it_opens_and_when_it_closes(
    demo: Bench, size: tuple[int, int]
) -> None:
    drawn: dict[str, int] = {}
    with frames() as screens:
        async with driven(demo, size=size) as at:
            for number, key in enumerate(OPENS_AND_CLOSES.split()):
                screens.clear()
                await at.press(NAMES.get(key, key))
                drawn[f"{number}: {key}"] = len(screens)
    assert drawn == dict.fromkeys(drawn, 1)


async def test_an_interview_has_the_panes_of_the_states_it_was_shown_in(known: Bench) -> None:
    async with driven(known) as at:
        await at.press("2", "i")
        assert made(at, "panes") == []
        await at.press("s")
        assert panes(at) == ["during"]
        await at.press("x")
        assert panes(at) == ["during", "after"]
        await at.press("u")
        assert panes(at) == ["during", "after"]
        assert at.focused == "during-list"


async def test_the_interview_of_somebody_opens_with_their_pane_alone(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("4")
        (pane,) = panes(at)
        assert at.one(Widget, pane).display


def panes(at: Driver) -> list[str]:
    """Return the ids of the panes of the interview that there are."""
    return [child.id or "" for child in at.one(Widget, "panes").children]
