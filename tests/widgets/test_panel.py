from __future__ import annotations

from unittest.mock import patch

from warmcall.widgets.panel import Panel, safe_content

from tests.widgets.stage import staged


def test_no_markup_is_read_and_no_control_is_left() -> None:
    content = safe_content("[bold]x[/]\x1b[31m", ("\u202ey\tz", "bold"), "\r\nnext")
    assert content.plain == "[bold]x[/]␛[31my z\nnext"
    assert [span.style for span in content.spans] == ["bold"]


async def test_a_panel_shows_its_parts_and_draws_only_what_differs() -> None:
    panel = Panel("one ", ("two", "bold"))
    async with staged(panel) as at:
        assert at.lines[0] == "one two"
        with patch.object(panel, "update", wraps=panel.update) as update:
            panel.show("one ", ("two", "bold"))
            assert update.call_count == 0
            panel.show("one ", ("two", ""))
            panel.show("[three]")
            assert update.call_count == 2
        await at.pilot.pause()
        assert at.lines[0] == "[three]"
