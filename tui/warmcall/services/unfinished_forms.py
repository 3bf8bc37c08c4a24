"""What was typed into forms that were not saved: kept, so that a dropped connection loses none of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from warmcall.domain.change import Change
from warmcall.domain.records import TABLE_OF, Unfinished, replace
from warmcall.domain.store import Store
from warmcall.services.history import History


class UnfinishedForms:
    """Keeps what is typed into each form until it is saved or given up."""

    def __init__(self, store: Store, history: History) -> None:
        self._store = store
        self._history = history

    def all(self) -> list[Unfinished]:
        """Return the forms with unsaved text, the newest first."""
        return sorted(self._store.all(Unfinished), key=lambda form: form.changed_at, reverse=True)

    def of(self, form_id: str) -> tuple[Mapping[str, str], datetime | None]:
        """Return what was typed into a form, by field, and when; ({}, None) if nothing was."""
        found = self._store.get(Unfinished, form_id)
        return (found.typed, found.changed_at) if found else ({}, None)

    def keep(self, form_id: str, title: str, typed: Mapping[str, str]) -> None:
        """Keep what is typed into a form so far, by field; nothing typed drops the form."""
        if self._history.read_only or not typed:
            self.drop(form_id)
            return
        found = self._store.get(Unfinished, form_id)
        if found is None:
            found = Unfinished(**(self._history.stamp() | {"id": form_id, "title": title}))
        kept = replace(found, typed=dict(typed))
        self._history.commit("words in a form", kept, merge=f"form {form_id}", undoable=False)

    def drop(self, form_id: str) -> None:
        """Forget what was typed into a form: it was saved, or given up."""
        found = self._store.get(Unfinished, form_id)
        if found is not None and not self._history.read_only:
            self._history.commit("words in a form", removed=(found,), undoable=False)


def only_unfinished_forms(change: Change) -> bool:
    """Return whether a change concerns unsaved forms alone, which no screen shows."""
    return all(edit.table == TABLE_OF[Unfinished] for edit in change.edits)
