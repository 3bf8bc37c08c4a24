from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from warmcall.config.paths import Paths

from tests.conftest import Bench
from tests.formats.ics import read
from tests.screens.driving import driven


@pytest.mark.parametrize("screen", ["1", "4"])
async def test_shift_c_writes_the_calendar_file_and_says_where(demo: Bench, screen: str) -> None:
    texts: list[str] = []

    def keep(text: str) -> str:
        texts.append(text)
        return "/there/warmcall.ics"

    async with driven(demo) as at:
        with patch.object(at.app.external, "write_calendar", keep):
            await at.press(screen, "C")
        assert (
            at.last_said
            == "Written to /there/warmcall.ics: open it in your calendar, and again after changes"
        )
    (text,) = texts
    events = read(text).inside
    assert "Interview: Mei Tanaka" in [rich_part.text("SUMMARY") for rich_part in events]
    assert demo.saved == []


async def test_a_calendar_file_that_cannot_be_written_says_why(demo: Bench) -> None:
    def full(_text: str) -> str:
        raise OSError(28, "No space left on device")

    async with driven(demo) as at:
        with patch.object(at.app.external, "write_calendar", full):
            await at.press("C")
        assert at.last_said == "Calendar file not written: no space left on device"


def test_the_calendar_file_lies_beside_the_state_file() -> None:
    assert Paths(Path("/home/me/warmcall.json"), Path("/etc")).calendar_file == Path("/home/me/warmcall.ics")
