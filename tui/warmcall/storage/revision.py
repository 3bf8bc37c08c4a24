"""How one content of the state file follows from another: the revision, and the last save of each session.

The file's table `meta` holds a revision, which every save counts up, and under `saves` the revision at which
each session saved last: a version vector. A content made from another one has every save that the other
has. A content in which one is missing is an older copy, or was made elsewhere, and took the file's place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from warmcall.storage.change_log import META
from warmcall.storage.raw_table import RawTable

SESSIONS_KEPT = 200
"""How many sessions' last saves are kept, 4 kB; those that saved least lately are dropped. Each command that
adds something is a session, too."""


def increment_revision(meta: RawTable, session: str) -> None:
    """Count one more write of the file, by `session`, in its table `meta`."""
    number = next(iter(meta), "1")
    document = dict(meta[number]) if number in meta else dict(META)
    revision = _revision(document) + 1
    saves = sorted((_saves(document) | {session: revision}).items(), key=lambda save: save[1])
    meta[number] = document | {"revision": revision, "saves": dict(saves[-SESSIONS_KEPT:])}


def revision_of(tables: Mapping[str, RawTable]) -> int:
    """Return the revision of a content; 0 if it has none."""
    return _revision(_meta(tables))


def follows(present: Mapping[str, RawTable], known: Mapping[str, RawTable]) -> bool:
    """Return whether the content `present` has all saves that `known` has."""
    if revision_of(present) < revision_of(known):
        return False
    saves = _saves(_meta(present))
    for session, revision in _saves(_meta(known)).items():
        dropped = len(saves) >= SESSIONS_KEPT and min(saves.values()) > revision
        if saves.get(session, 0) < revision and not (session not in saves and dropped):
            return False
    return True


def _meta(tables: Mapping[str, RawTable]) -> dict[str, Any]:
    """Return the document of the table `meta`; empty if there is none, or it cannot be read."""
    try:
        document = next(iter(tables["meta"].values()), None) if "meta" in tables else None
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def _revision(document: Mapping[str, Any]) -> int:
    found = document.get("revision")
    return found if isinstance(found, int) else 0


def _saves(document: Mapping[str, Any]) -> dict[str, int]:
    """Return the revision of each session's last save, without what somebody else may have put there."""
    found = document.get("saves")
    saves = found.items() if isinstance(found, dict) else ()
    return {session: revision for session, revision in saves if isinstance(revision, int)}
