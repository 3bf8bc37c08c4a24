"""What a screen is styled for: its size, its state and the theme; and that it is not styled more often."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

from tests.conftest import Bench
from tests.screens.driving import Driver, driven


@contextmanager
def styled_nodes() -> Iterator[list[DOMNode]]:
    """Collect every node that the stylesheet is applied to, as often as it is."""
    nodes: list[DOMNode] = []
    apply = Stylesheet.apply

    def record(self: Stylesheet, node: DOMNode, **more: Any) -> None:
        nodes.append(node)
        apply(self, node, **more)

    with patch.object(Stylesheet, "apply", record):
        yield nodes


@pytest.mark.parametrize("key", ["2", "3", "4", "5", "6", "a", "question_mark"])
async def test_a_screen_is_styled_once_when_it_opens(demo: Bench, key: str) -> None:
    async with driven(demo) as at:
        with styled_nodes() as nodes:
            await at.press(key)
        lasting = [node for node in at.app.screen.walk_children(Widget) if not node.can_focus and not node.id]
        assert lasting
        assert {node: nodes.count(node) for node in lasting} == dict.fromkeys(lasting, 1)


async def test_a_screen_that_comes_back_as_it_was_is_not_styled_again(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2", "1")
        with styled_nodes() as nodes:
            await at.press("2", "1")
        assert nodes == []


@pytest.mark.parametrize("size", [(60, 20), (200, 60)])
async def test_a_screen_that_comes_back_to_a_window_of_another_size_fits_it(
    demo: Bench, size: tuple[int, int]
) -> None:
    async with driven(demo, size=size) as fresh:
        await fresh.press("2")
        expected = fresh.text
    async with driven(demo) as at:
        await at.press("2", "1")
        await at.pilot.resize_terminal(*size)
        await at.press("2")
        assert at.text == expected


async def test_another_theme_is_on_every_screen(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("2", "1")
        at.app.theme = "light"
        await at.settle()
        await at.press("2")
        background = at.app.screen.styles.background
        async with driven(demo) as fresh:
            fresh.app.theme = "light"
            await fresh.settle()
            await fresh.press("2")
            assert background == fresh.app.screen.styles.background
        assert background.brightness > 0.5


async def test_the_styles_of_an_area_are_read_with_its_first_screen(demo: Bench) -> None:
    def sheets(at: Driver) -> set[str]:
        paths = (Path(path) for path, _ in at.app.stylesheet.source)
        return {path.name for path in paths if path.suffix == ".tcss"}

    async with driven(demo) as at:
        assert sheets(at) == {"app.tcss"}
        await at.press("4")
        assert sheets(at) == {"app.tcss", "interview.tcss"}
        with styled_nodes() as nodes:
            await at.press("5")
        assert sheets(at) == {"app.tcss", "interview.tcss", "progress.tcss"}
        assert all(node.screen is at.app.screen for node in nodes if node is not at.app)
