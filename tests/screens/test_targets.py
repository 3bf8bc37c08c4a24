"""Several targets: added, changed to and compared on one page; a person may serve two."""

from __future__ import annotations

from warmcall.screens.people.person_targets import PersonTargetsDialog
from warmcall.screens.profile.screen import TargetScreen
from warmcall.screens.profile.targets import TargetsScreen
from warmcall.screens.progress.screen import ProgressScreen
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.screens.driving import driven


async def test_targets_are_added_changed_to_and_deleted(demo: Bench) -> None:
    async with driven(demo) as at:
        first = at.store.target
        assert first is not None
        for other in demo.store.target_ids - {first.id}:
            demo.services.targets.delete(other)
        await at.press("2", "enter", "T")
        assert "one target" in at.last_said
        await at.press("q", "6", "T")
        await at.press("d")
        assert "only target" in at.last_said
        await at.press("a")
        await at.type("Radio Host")
        await at.press("ctrl+s")
        assert at.store.target == first
        assert at.one(Rows, "targets").key not in ("", first.id)
        await at.press("enter")
        assert "Your target is Radio Host now" in at.last_said
        await at.press("enter")
        assert "is your present target" in at.last_said
        await at.press("Y")
        assert "Radio Host (present)" in at.copied[-1]
        await at.press("u")
        assert at.store.target == first
        await at.press("U", "d")
        assert "Deleted: Radio Host" in at.last_said
        assert at.store.target is not None
        await at.press("u", "q")
        assert at.shows(TargetScreen)
        await at.press("5", "T")
        assert at.shows(TargetsScreen)
        await at.press("q")
        assert at.shows(ProgressScreen)
        await at.press("2", "enter", "T")
        assert at.shows(PersonTargetsDialog)
