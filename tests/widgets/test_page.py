from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from warmcall.widgets.page import Page
from warmcall.widgets.panel import Panel

ROWS = 10
LIMIT = 20


class Stage(App[None]):
    """A page with a panel of at most so many columns."""

    CSS = f"Page {{ scrollbar-size-vertical: 1; }} Panel {{ max-width: {LIMIT}; }}"

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with Page():
            yield Panel()


@pytest.mark.parametrize(
    ("text", "bar"),
    [
        ("short", False),
        ("\n".join("x" * ROWS), False),
        ("\n".join("x" * (ROWS + 1)), True),
        ("x" * LIMIT * ROWS, False),
        ("x" * LIMIT * ROWS + "x", True),
        ("", False),
    ],
)
@pytest.mark.parametrize("before", ["", "x\n" * 100])
async def test_a_page_has_the_bar_its_text_needs_before_the_text_is_laid_out(
    text: str, bar: bool, before: str
) -> None:
    async with Stage().run_test(size=(60, ROWS)) as pilot:
        page = pilot.app.query_one(Page)
        page.show(before)
        await pilot.pause()
        page.show(text)
        assert page.show_vertical_scrollbar == bar
        await pilot.pause()
        assert page.show_vertical_scrollbar == bar == (page.max_scroll_y > 0)
