"""A filter says what it found, and which keys are its own."""

from __future__ import annotations

import pytest
from warmcall.domain.records import Contact, PoolPerson
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.screens.driving import driven


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
