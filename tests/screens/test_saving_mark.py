from __future__ import annotations

import pytest
from warmcall.app import save_status as saving
from warmcall.storage.writer import SaveState

from tests.conftest import Bench
from tests.screens.driving import Driver, driven


async def crash_sentence(at: Driver, state: SaveState) -> None:
    """Have the writer in that state, as its own word brings it to the bar."""
    at.app.writer.state = state  # type: ignore[misc]
    at.app._saved(state)
    await at.settle()


async def test_a_save_that_is_done_in_a_blink_is_not_shown(
    known: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "SLOW_SAVE_SECONDS", 1000.0)
    async with driven(known) as at:
        await crash_sentence(at, SaveState(1))
        assert "saving" not in at.top
        await crash_sentence(at, SaveState())
        assert "saving" not in at.top


async def test_a_slow_save_is_shown_until_it_is_done(known: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "SLOW_SAVE_SECONDS", 0.0)
    async with driven(known) as at:
        for _ in range(2):
            await crash_sentence(at, SaveState(1))
            at.app._save_is_slow()
            await at.settle()
            assert "saving…" in at.top
            await crash_sentence(at, SaveState())
            assert "saving" not in at.top


async def test_a_save_that_failed_is_shown_at_once(known: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "SLOW_SAVE_SECONDS", 1000.0)
    async with driven(known) as at:
        await crash_sentence(at, SaveState(1, "disk full"))
        assert "not saved: disk full, retrying" in at.top
