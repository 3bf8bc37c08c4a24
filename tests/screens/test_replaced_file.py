"""A copy that lacks something was put over the file: the bar says so until it is merged back or left."""

from __future__ import annotations

import asyncio
import threading

import pytest
from warmcall.domain.change import Change, inverse
from warmcall.domain.records import Contact, FollowUp, PoolPerson, to_document
from warmcall.presentation.replaced_file import LEFT, MERGING, MERGING_REASON, NOTHING_MISSING
from warmcall.screens.people.screen import PeopleScreen
from warmcall.services import merge_back
from warmcall.storage.raw_table import RawTable
from warmcall.storage.replacement import Replacement
from warmcall.storage.session_view import ExternalChanges

from tests.conftest import Bench
from tests.screens.driving import Driver, driven

NOTICE = "older file: F merges back, X leaves it"


async def without_mei(at: Driver) -> None:
    """Let the writer report that a copy from before Mei was added is in the file's place."""
    added = at.bench.saved[-1]
    known = {
        "contacts": RawTable.of({"1": to_document(at.contact("Mei Tanaka"))}),
        "follow_ups": RawTable(),
    }
    missing = Change("", added.at, "missing", added.edits)
    found = ExternalChanges(inverse(added.edits), ("it was replaced",), Replacement(known, True, (missing,)))
    at.app.save_status._on_external_changes(found)
    await at.settle()


async def test_one_key_merges_back_what_an_older_copy_lacks_and_undo_takes_that_back(known: Bench) -> None:
    async with driven(known) as at:
        mei, owed = at.contact("Mei Tanaka"), list(at.store.all(FollowUp))
        await without_mei(at)
        assert at.said[-1] == "it was replaced"
        assert list(at.store.all(Contact)) == []
        assert at.top.endswith(NOTICE)
        for tab in "2346":
            await at.press(tab)
            assert NOTICE in at.top
        await at.press("1", "F")
        assert at.last_said == "Merged back, as one change; u undoes it"
        assert (list(at.store.all(Contact)), list(at.store.all(FollowUp))) == ([mei], owed)
        assert NOTICE not in at.top
        await at.press("u")
        assert list(at.store.all(Contact)) == []


async def test_the_file_can_be_left_as_it_is(known: Bench) -> None:
    async with driven(known) as at:
        await without_mei(at)
        await at.press("X")
        assert (at.last_said, NOTICE in at.top) == (LEFT, False)
        await at.press("F")
        assert (at.last_said, list(at.store.all(Contact))) == (NOTHING_MISSING, [])


@pytest.mark.parametrize("key", ["F", "X"])
async def test_the_keys_say_that_nothing_was_replaced(known: Bench, key: str) -> None:
    async with driven(known) as at:
        await at.press(key)
        assert at.last_said == NOTHING_MISSING


async def test_a_large_merge_is_made_in_steps_while_keys_act(
    known: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge_back, "MOST_EDITS_WATCHED", 0)
    monkeypatch.setattr(merge_back, "EDITS_AT_ONCE", 1)
    computing, go_on = threading.Event(), threading.Event()
    compute = merge_back.Merging.compute

    def slow(merging: merge_back.Merging) -> None:
        compute(merging)
        computing.set()
        assert go_on.wait(20)

    async with driven(known) as at:
        mei, owed = at.contact("Mei Tanaka"), list(at.store.all(FollowUp))
        await without_mei(at)
        parts: list[int] = []
        at.store.listen(lambda change: parts.append(len(change.edits)))
        monkeypatch.setattr(merge_back.Merging, "compute", slow)
        await at.press("F")
        assert await asyncio.to_thread(computing.wait, 20)
        await at.press("2", "F")
        assert at.top.endswith(MERGING)
        assert at.last_said == MERGING_REASON
        at.services.history.commit_edits("there again", at.bench.saved[-1].edits[:1])  # it has to start anew
        computing.clear()
        go_on.set()
        await at.app.workers.wait_for_complete()
        await at.settle()
        assert computing.is_set()
        assert (list(at.store.all(Contact)), list(at.store.all(FollowUp))) == ([mei], owed)
        assert set(parts) == {1}
        assert at.last_said == "Merged back, as one change; u undoes it"
        assert MERGING not in at.top
        assert NOTICE not in at.top
        await at.press("u")
        assert list(at.store.all(FollowUp)) == []


async def test_a_large_change_is_undone_and_done_again_in_steps_while_keys_act(known: Bench) -> None:
    async with driven(known) as at:
        history = at.services.history
        people = [PoolPerson(**history.stamp(), name=f"Ann {number}") for number in range(1_200)]
        history.commit("import 1,200 people", *people)
        await at.press("u", "2")
        assert isinstance(at.app.screen, PeopleScreen)
        assert "undoing…" in at.top or not at.store.count(PoolPerson)
        await at.app.workers.wait_for_complete()
        await at.settle()
        assert (at.store.count(PoolPerson), at.last_said) == (0, "Undone: import 1,200 people")
        await at.press("U")
        await at.app.workers.wait_for_complete()
        await at.settle()
        assert (at.store.count(PoolPerson), at.last_said) == (1_200, "Done again: import 1,200 people")
        assert "…" not in at.top
