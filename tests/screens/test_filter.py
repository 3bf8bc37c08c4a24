"""A filter says what it found, and which keys are its own."""

from __future__ import annotations

import pkgutil
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import pytest
from warmcall.domain.records import Contact, PoolPerson
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import adding, contact, follow_up
from tests.idle import DRAW_ALL_FRAMES
from tests.screens.driving import Driver, driven

LINES = 24
"""The lines of the window."""


@pytest.mark.parametrize(
    ("screen", "list_id", "words", "found"),
    [
        ("1", "queue", "helen", 5),
        ("2", "people", "northgate", 4),
        ("2", "people", "zzz", 0),
    ],
)
async def test_it_counts_what_it_found_and_its_keys_lead_into_the_list_and_clear_it(
    demo: Bench, screen: str, list_id: str, words: str, found: int
) -> None:
    async with driven(demo) as at:
        await at.press(screen, "slash")
        assert at.footer.split() == ["Enter", "Into", "the", "list", "Esc", "Clear", "F1", "help"]
        assert " of 1" not in at.line_of("filter:")
        everything = len(at.one(Rows, list_id).rows)
        everyone = (
            demo.store.count(Contact) + demo.store.count(PoolPerson)
            if screen == "2"
            else len(demo.services.queue.entries())
        )
        await at.type(words)
        assert at.line_of(f" {words} ").endswith(f" {found} of {everyone}")
        await at.press("escape")
        assert at.one(Rows, list_id).has_focus
        assert len(at.one(Rows, list_id).rows) == everything


@pytest.mark.parametrize(
    ("screen", "made_by"),
    [("1", "warmcall.presentation.queue.row_cells"), ("2", "warmcall.screens.people.screen.list_cells")],
)
async def test_a_key_makes_only_the_rows_that_show_however_many_there_are(
    bench: Bench, screen: str, made_by: str
) -> None:
    people = [contact(id=f"c{number}", name=f"Ana {number:03d}") for number in range(300)]
    calls = [follow_up(FollowUpKind.CALL, contact_id=one.id, id=f"f-{one.id}") for one in people]
    bench.store.apply(adding(*people, *calls))
    DRAW_ALL_FRAMES.set(True)
    async with driven(bench) as at:
        await at.press(screen)
        for key in ("j", "G", "g", "pagedown", "slash", "a", "n", "a", "backspace"):
            assert await most_rows_of_a_frame(at, key, made_by) <= 2 * LINES, key
        await at.press("escape")
        for key in ("x", "u"):
            assert await most_rows_of_a_frame(at, key, made_by) <= 2 * LINES, key


async def most_rows_of_a_frame(at: Driver, key: str, made_by: str) -> int:
    """Press a key, and return how many rows were made at most from one frame to the next.

    On a busy machine more than one frame comes up until a key is dealt with, and the rows are made twice for
    one frame, before and after the list has its new height.
    """
    counts = [0]
    display = at.app._display
    with patch(made_by, wraps=pkgutil.resolve_name(made_by)) as made:

        def count(screen: Any, update: Any) -> None:
            counts.append(made.call_count)
            display(screen, update)

        with patch.object(at.app, "_display", count):
            await at.press(key)
        counts.append(made.call_count)
    return max(after - before for before, after in pairwise(counts))
