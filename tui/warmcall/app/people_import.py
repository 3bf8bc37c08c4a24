"""Making an import: computed in another thread, and in the store in steps, while keys act."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from textual.app import App

from warmcall.app.large_changes import LargeChanges
from warmcall.presentation import importing as words
from warmcall.presentation.unsaved import one_after_another
from warmcall.services.importing import ImportPlan
from warmcall.services.services import Services
from warmcall.widgets.keys import key_display_of

_TRIES = 3
"""How often an import is planned again because people were edited meanwhile."""


class PeopleImport:
    """Makes imports that were planned; `keep_backup` has the file kept as it was before an event."""

    def __init__(
        self,
        app: App[Any],
        services: Services,
        keep_backup: Callable[[str], None],
        large_changes: LargeChanges,
        say: Callable[[str], None],
    ) -> None:
        self._app = app
        self._services = services
        self._keep_backup = keep_backup
        self._large_changes = large_changes
        self._say = say

    def start(self, plan: ImportPlan, origins: Sequence[str]) -> None:
        """Make an import, or say why it cannot be made now."""
        if self._large_changes.under_way_now:
            self._say(one_after_another(self._large_changes.under_way_now))
        elif self._services.history.read_only:
            self._say(f"Nothing is changed: {self._services.history.read_only}")
        else:
            self._app.run_worker(self._make(plan, origins), name="import")

    async def _make(self, plan: ImportPlan, origins: Sequence[str]) -> None:
        importing = self._services.importing
        with self._large_changes.under_way(words.under_way(plan)):
            for _ in range(_TRIES):
                edits = await asyncio.to_thread(importing.edits, plan)
                steps = importing.commit_in_steps(plan, edits)
                if steps is not None:
                    self._keep_backup("import")
                    await self._large_changes.make(steps)
                    undo = key_display_of(self._app, "app.undo")
                    self._say(words.done_notice(plan, undo))
                    return
                plan = await asyncio.to_thread(importing.plan, plan.files, origins)
                if plan.does_nothing:
                    self._say(words.NOTHING_NEW)
                    return
            self._say(words.EDITED_MEANWHILE)
