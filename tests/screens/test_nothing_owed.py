"""Whoever is left with nothing owed to them is named, and one key plans their next step."""

from __future__ import annotations

from warmcall.domain.vocabulary import FollowUpKind

from tests.conftest import Bench
from tests.screens.driving import driven

CALL = FollowUpKind.CALL


async def test_a_deleted_last_follow_up_is_said_and_planned_again_on_one_key(known: Bench) -> None:
    async with driven(known) as at:
        assert at.owed("Mei Tanaka", CALL)
        await at.press("O")
        assert at.last_said == "The last change left nobody without a next step"
        await at.press("d")
        assert at.last_said == "Deleted. u undoes it"
        assert "Nothing is owed to Mei Tanaka any more: O plans the next step" in at.flat
        assert not known.store.open_of_contact(at.contact("Mei Tanaka").id)
        await at.press("O")
        assert at.owed("Mei Tanaka", CALL)
        assert at.last_said == "In the queue: call Mei Tanaka, today. u undoes it"
        await at.press("u", "u")
        assert at.owed("Mei Tanaka", CALL)
        await at.press("O")
        assert at.last_said == "The last change left nobody without a next step"


async def test_it_is_said_by_itself_where_the_change_says_nothing(known: Bench) -> None:
    async with driven(known) as at:
        at.services.following_up.delete(at.owed("Mei Tanaka", CALL).id)
        await at.settle()
        assert at.last_said == (
            "Nothing is owed to Mei Tanaka any more: O plans the next step. u undoes the change"
        )
