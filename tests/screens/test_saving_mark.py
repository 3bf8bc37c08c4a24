from __future__ import annotations

from typing import cast

import pytest
from warmcall.app import save_status
from warmcall.storage.writer import SaveState

from tests.conftest import Bench
from tests.screens.driving import Driver, SavedAtOnce, driven


async def report(at: Driver, state: SaveState) -> None:
    """Have the writer report that state."""
    cast("SavedAtOnce", at.app.save_status.writer).report(state)
    await at.settle()


async def test_a_fast_save_is_not_shown(known: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(save_status, "SLOW_SAVE_SECONDS", 1000.0)
    async with driven(known) as at:
        await report(at, SaveState(1))
        assert "saving" not in at.top
        await report(at, SaveState())
        assert "saving" not in at.top


async def test_a_slow_save_is_shown_until_it_is_done(known: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(save_status, "SLOW_SAVE_SECONDS", 0.0)
    async with driven(known) as at:
        for _ in range(2):
            await report(at, SaveState(1))
            at.app.save_status._on_slow_save()
            await at.settle()
            assert "saving…" in at.top
            await report(at, SaveState())
            assert "saving" not in at.top


async def test_a_save_that_failed_is_shown_at_once(known: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(save_status, "SLOW_SAVE_SECONDS", 1000.0)
    async with driven(known) as at:
        await report(at, SaveState(1, "disk full"))
        assert "not saved: disk full, retrying" in at.top


async def test_what_to_do_is_said_once_each_time_saving_begins_to_fail(known: Bench) -> None:
    async with driven(known) as at:
        for times in (1, 2):
            for state in (
                SaveState(1, "disk full", "free some space"),
                SaveState(2, "disk full", "free some space"),
            ):
                await report(at, state)
            assert sum("free some space" in said for said in at.said) == times
            await report(at, SaveState())
            assert "not saved" not in at.top
