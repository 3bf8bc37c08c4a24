from __future__ import annotations

import pytest
from warmcall.widgets.figures import ASCII_CLASS, Figures, can_be_drawn, full_height, half_height

from tests.widgets.stage import staged


def test_figures_of_half_blocks_are_three_lines_high() -> None:
    assert half_height("+1 20") == [
        " ▄  ▄█    ▀▀█ █▀█",
        "▀█▀  █    █▀▀ █ █",
        "    ▀▀▀   ▀▀▀ ▀▀▀",
    ]  # fmt: skip


def test_figures_of_whole_blocks_are_five_lines_high() -> None:
    assert [line.rstrip() for line in full_height("7:4")] == [
        "██████      ██  ██",
        "    ██  ██  ██  ██",
        "    ██      ██████",
        "    ██  ██      ██",
        "    ██          ██",
    ]


@pytest.mark.parametrize(("text", "drawn"), [("", False), ("+1  312", True), ("12:41", True), ("1x", False)])
def test_only_what_has_figures_is_drawn_large(text: str, drawn: bool) -> None:
    assert can_be_drawn(text) is drawn


async def test_in_ascii_figures_stand_on_one_line() -> None:
    figures = Figures()
    async with staged(figures, (60, 6)) as at:
        at.pilot.app.add_class(ASCII_CLASS)
        figures.show("+1  312  555")
        await at.pilot.pause()
        assert at.lines[0] == "+1  312  555"
