"""An older or another copy of the state file that was put over it, and what is missing in that copy.

A sync program, `git checkout`, `rsync` or a backup tool does that while a session runs. Nothing of what the
session knew is given up: it is kept as a backup, and as changes that bring back what the copy lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from warmcall.domain.change import INCIDENTAL_FIELDS, Change, Edit, edit_between
from warmcall.domain.records import TABLES
from warmcall.storage.merge import CONTACTS, record_fields
from warmcall.storage.raw_table import RawTable, record_id
from warmcall.storage.revision import follows, revision_of

if TYPE_CHECKING:
    from warmcall.storage.file_merge import ValueBeside

Tables = Mapping[str, RawTable]

LABEL = "what a copy put over the file lacked"
"""The name of the changes that bring it back, in the undo list."""

_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of such a change: merging reads none, and the history dates the change that it becomes."""


class Replacement(msgspec.Struct, frozen=True):
    """What a session knew of a file before a copy that lacks some of it was put over it.

    `older` is whether the copy is an earlier content of the same file; otherwise it was changed elsewhere.
    `changes` bring back what it lacks. `differences` are sentences about fields to which both sides gave
    values apart from each other: which stays, and which does not. `kept` is the backup of what was known,
    None if it could not be written, which `reason` then says. `revisions` are those of the copy and of what
    was known. `beside` is the name of another version that lies beside the file instead, in whose case
    `changes` bring in what only it has.
    """

    known: Tables
    older: bool
    changes: tuple[Change, ...]
    differences: tuple[str, ...] = ()
    revisions: tuple[int, int] = (0, 0)
    kept: Path | None = None
    reason: str = ""
    beside: str = ""

    @property
    def sentence(self) -> str:
        """What happened, and where what was known is now."""
        if self.beside:
            keys = {(edit.table, edit.id) for change in self.changes for edit in change.edits}
            new = {
                (edit.table, edit.id)
                for change in self.changes
                for edit in change.edits
                if edit.before is None
            }
            return (
                f"Another version of the state file lies beside it, {self.beside}: merging it adds "
                f"{len(new)} records and changes {len(keys - new)}"
            )
        which = "An older copy" if self.older else "Another copy"
        kept = f"is kept as {self.kept.name}" if self.kept else f"is not kept as a backup: {self.reason}"
        revision, known = self.revisions
        return (
            f"{which} was put over the state file (revision {revision}, known here: {known}); "
            f"what was known here {kept}"
        )


def replacement(present: Tables, known: Tables) -> Replacement | None:
    """Return what `known` has and `present`, which was put over it, lacks; None if it follows from it."""
    if follows(present, known):
        return None
    changes: tuple[Change, ...]
    differences: tuple[str, ...]
    older = follows(known, present)
    if older:
        changes, differences = tuple(_apart(edits_between(present, known))), ()
    else:
        from warmcall.storage.file_merge import merge_files  # few sessions meet another copy

        found = merge_files(present, known)
        changes = changes_between(edits_between(present, found.tables))
        differences = tuple(_difference(found.tables, value) for value in found.beside)
    changes = tuple(change for change in changes if change.edits)
    if not changes and not differences:
        return None
    return Replacement(known, older, changes, differences, (revision_of(present), revision_of(known)))


def _difference(tables: Tables, value: ValueBeside) -> str:
    document = tables[value.key[0]].document_of(value.key[1]) or {}
    name = document.get("name") or value.key[0].rstrip("s").replace("_", " ")
    return f"{name}: {value.name} “{value.kept}” stays; “{value.beside}” was given apart from it"


def changes_between(edits: Iterable[Edit]) -> tuple[Change, ...]:
    """Return `edits` as the changes of a replacement."""
    return tuple(_apart(edits))


def _apart(edits: Iterable[Edit]) -> Iterator[Change]:
    """Yield `edits` as changes; what was removed with a contact is one of its own, as it may be refused."""
    groups: dict[str, list[Edit]] = {}
    for edit in edits:
        contact_id = edit.id if edit.table == CONTACTS else (edit.before or {}).get("contact_id", "")
        groups.setdefault("" if edit.after is not None else contact_id, []).append(edit)
    return (_change(group) for group in groups.values())


def _fields(edit: Edit) -> Iterable[str]:
    """Return the names of the fields that an edit changes; an empty name if the record comes or goes."""
    return [""] if edit.before is None or edit.after is None else edit.before | edit.after


def _change(edits: Iterable[Edit]) -> Change:
    return Change("", _UNDATED, LABEL, tuple(edits))


def edits_between(present: Tables, known: Tables) -> list[Edit]:
    """Return the edits that turn the records of `present` into those of `known`.

    Documents that are no valid records, and fields that change without the user meaning it, are left out.
    """
    edits: list[Edit] = []
    for name in TABLES:
        before, after = present.get(name, RawTable()), known.get(name, RawTable())
        same = set(before.lines.values()) & set(after.lines.values())
        ids = {
            record_id(line): None
            for lines in (after.lines, before.lines)
            for line in lines.values()
            if line not in same
        }
        for id_ in ids:
            old = record_fields(name, before.document_of(id_))
            new = record_fields(name, after.document_of(id_))
            edit = edit_between(name, id_, old, new)
            if edit is None or (new is None and after.number_of(id_) is not None):
                continue
            if any(field not in INCIDENTAL_FIELDS for field in _fields(edit)):
                edits.append(edit)
    return edits
