"""What is said of two copies of the state file that were made one again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from warmcall.domain.sanitize import one_line
from warmcall.presentation.counts import counted
from warmcall.storage.file_merge import MergedFiles, ValueBeside
from warmcall.storage.raw_table import RawTable
from warmcall.storage.versions import RecordKey

_NOUNS = {
    "contacts": ("person", "people"),
    "pool": ("person in the pool", "people in the pool"),
    "attempts": ("attempt", "attempts"),
    "interviews": ("interview", "interviews"),
    "follow_ups": ("follow-up", "follow-ups"),
    "organizations": ("organization", "organizations"),
    "advice": ("piece of advice", "pieces of advice"),
}
"""What the records of a table are called, one and several; those of all others are other records."""

_LONGEST = 60
"""How many characters of a value are shown at most."""

NOTHING_NEW = "There is nothing in it that is not here."


def merge_lines(found: MergedFiles) -> list[str]:
    """Return what a merge brought to our file, a sentence a line."""
    lines = []
    for keys, what in ((found.added, "added"), (found.changed, "changed"), (found.removed, "removed")):
        if keys:
            lines.append(f"{_counts(keys)} {what}.")
    if not lines:
        lines.append("Only what can be undone came in." if found.log_changed else NOTHING_NEW)
    for key in found.revived:
        name = _name(found.tables, key)
        lines.append(one_line(f"{name} was removed on one side and changed on the other, and is kept."))
    return [*lines, *beside_lines(found.tables, found.beside)]


def beside_lines(tables: Mapping[str, RawTable], values: Iterable[ValueBeside]) -> Iterator[str]:
    """Yield a sentence for each value that was given apart from the one that stays."""
    for value in values:
        field = value.name.replace("_", " ").replace("notes.", "answer to ")
        yield one_line(
            f"{_name(tables, value.key)}, {field}: {_shown(value.kept)} stays; {_shown(value.beside)} was "
            "given apart from it, and is kept until somebody gives it another value."
        )


def _counts(keys: Iterable[RecordKey]) -> str:
    """Return how many records of each kind there are: "2 people, 1 follow-up"."""
    nouns = Counter(_NOUNS.get(table, ("other record", "other records")) for table, _ in keys)
    return ", ".join(counted(count, *noun) for noun, count in nouns.items())


def _name(tables: Mapping[str, RawTable], key: RecordKey) -> str:
    """Return the name of a record, else of whom it is with, else of its kind."""
    document = tables[key[0]].document_of(key[1]) if key[0] in tables else None
    name = (document or {}).get("name")
    if isinstance(name, str) and name.strip():
        return name
    noun = _NOUNS.get(key[0], (key[0].rstrip("s").replace("_", " "), ""))[0]
    contact = (
        tables["contacts"].document_of(str((document or {}).get("contact_id", ""))) if document else None
    )
    return f"{noun} with {contact['name']}" if contact and "name" in contact else noun


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else "nothing" if value is None else str(value)
    text = one_line(text)
    return f"“{text[:_LONGEST]}…”" if len(text) > _LONGEST else f"“{text}”"
