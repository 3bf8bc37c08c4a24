from __future__ import annotations

from unittest.mock import patch

import pytest
from warmcall.widgets.countdown_line import CountdownLine

from tests.widgets.stage import staged


@pytest.mark.parametrize(
    ("share", "filled"), [(-1.0, 0), (0.0, 0), (0.5, 13), (0.99, 26), (1.0, 26), (7.5, 26)]
)
async def test_the_bar_shows_the_share_spent_beside_the_words(share: float, filled: int) -> None:
    line = CountdownLine()
    async with staged(line, (60, 3)) as at:
        line.show(share, "", "question 1 of 7")
        await at.pilot.pause()
        assert at.lines[0] == f" {'█' * filled}{'░' * (26 - filled)} question 1 of 7"


async def test_the_bar_gives_way_to_the_words() -> None:
    line = CountdownLine()
    async with staged(line, (20, 3)) as at:
        line.show(0.5, "", "question 1 of 7")
        await at.pilot.pause()
        assert at.lines[0] == " █░ question 1 of 7"


async def test_it_is_drawn_only_when_a_cell_or_a_word_changes() -> None:
    line = CountdownLine()
    async with staged(line, (60, 3)):
        line.show(0.5, "", "words")
        with patch.object(line, "refresh") as refresh:
            line.show(0.501, "", "words")
            assert refresh.call_count == 0
            line.show(0.501, "", "words", "bold")
            line.show(0.6, "", "words", "bold")
            assert refresh.call_count == 2
