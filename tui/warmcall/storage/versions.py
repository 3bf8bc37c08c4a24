"""What the file knows of how its records came about, so that two copies changed apart can be made one again.

The table `versions` has a document for each record that was edited, removed, or added again after that. A
record without one is as it was made. The documents hold stamps (see `stamps`): for each field the latest one
of every session that gave it a value, the latest of all first, which is that of the value in the record. So
of two values it is known whether one was given by somebody who saw the other, or beside it.

A record that is removed leaves what was in it there for a month, since another copy may have changed it
meanwhile; after that only that it is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import datetime, timedelta
from typing import Any

import msgspec

from warmcall.domain.change import INCIDENTAL_FIELDS, Change, Edit, is_abridged
from warmcall.domain.records import OF_CONTACT, TABLE_OF, Contact, FollowUp, Interview, PoolPerson
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage.change_log import META, KeptChanges
from warmcall.storage.raw_table import RawTable, document_in
from warmcall.storage.stamps import clock_time, earlier, joined, name_of, next_time, stamp

VERSIONS = "versions"
"""The name of the table."""

KEPT_AFTER_REMOVAL = timedelta(days=30)
"""For how long what was in a removed record is kept, as long as the oldest daily backup."""

NEXT_STEPS = (FollowUpKind.CALL, FollowUpKind.CHECK_IN, FollowUpKind.INTERVIEW)
"""The kinds of follow-ups that are the next step with somebody, of whom one is owed one at a time."""

CONTACTS, FOLLOW_UPS, POOL = TABLE_OF[Contact], TABLE_OF[FollowUp], TABLE_OF[PoolPerson]
INTERVIEWS = TABLE_OF[Interview]
BELONGING = frozenset(TABLE_OF[kind] for kind in OF_CONTACT)
"""The tables of the records that belong to a contact, and are removed with it."""

CLOCK, ERA = "clock", "versions_since"
"""The fields of `meta` for the time seen last, and for the time from when on every change left its stamp."""

RecordKey = tuple[str, str]
"""A record's table and id."""


class RecordVersion(msgspec.Struct, omit_defaults=True):
    """What is known of how one record came about. `id` is its table and its own id, with a hyphen between.

    `fields` are the stamps of each field, as an edit names it; one without is as old as the record, or as
    `since`, the time of its last change before stamps were kept. `made` are the stamps at which it was added
    after a removal, `removals` those of the removals, and `gone` what those who removed it had seen, each
    session's latest.
    `siblings` are the values of a field that were given beside one another, by their stamps, as long as
    nobody has decided between them by giving another.
    `document` is what was in a removed record, `owner` the contact it belonged to, and `owned` the records
    that belonged to a removed contact. `knew` are the earlier next steps with the same contact which whoever
    planned this one had in view, None where that does not matter; `closed` is when a step was planned, apart
    from this one, that makes it needless.
    """

    id: str
    fields: dict[str, list[str]] = {}
    since: str = ""
    made: list[str] = []
    removals: list[str] = []
    gone: list[str] = []
    siblings: dict[str, dict[str, Any]] = {}
    document: dict[str, Any] | None = None
    owner: str = ""
    owned: list[str] = []
    knew: list[str] | None = None
    closed: str = ""

    @property
    def stamps(self) -> list[str]:
        """The latest stamp of every session that gave a field its value, or added the record again."""
        return joined(self.made, *self.fields.values())


def version_id(key: RecordKey) -> str:
    """Return the id of the document about the record of that table and id."""
    return f"{key[0]}-{key[1]}"


def record_key(id_: str) -> RecordKey:
    """Return the table and the id of the record that a document is about."""
    table, _, record = id_.partition("-")
    return table, record


def version_of(versions: RawTable, key: RecordKey) -> RecordVersion:
    """Return what is known of a record; nothing if there is no document, or it cannot be read."""
    id_ = version_id(key)
    found = versions.document_of(id_)
    if found is not None:
        try:
            return msgspec.convert(found, RecordVersion)
        except msgspec.ValidationError:
            pass
    return RecordVersion(id_)


def put_version(versions: RawTable, version: RecordVersion) -> None:
    """Keep what is known of a record."""
    document = msgspec.to_builtins(version)
    number = versions.number_of(version.id)
    if number is None:
        versions.add(version.id, document)
    else:
        versions[number] = document


def first_stamp(document: Mapping[str, Any], version: RecordVersion, era: str) -> str:
    """Return the stamp of the fields of a record that have none of their own.

    Its session stands for the making of the record: two machines may make the same one apart from each other,
    as the record of an organization. `era` is from when on all changes left stamps, empty if never.
    """
    created, changed = str(document.get("created_at", "")), str(document.get("changed_at", ""))
    time = version.since
    if not time:
        unknown = _is_empty(version) and (not era or _time_of(changed) < era)
        time = _time_of(changed if unknown else created)
    return stamp(time, name_of(created))


def leaves_values(table: str, version: RecordVersion) -> bool:
    """Return whether a removed record leaves what was in it: of the pool, which is large, only one edited."""
    return table != POOL or bool(version.stamps)


def _is_empty(version: RecordVersion) -> bool:
    return not (version.fields or version.made or version.gone)


def _time_of(written: str) -> str:
    """Return the time of the clock for an instant as the file has it; the earliest if it is none."""
    try:
        return clock_time(datetime.fromisoformat(written))
    except (ValueError, OverflowError):
        return clock_time(datetime.fromisoformat("1970-01-01T00:00:00+00:00"))


def meta_field(tables: Mapping[str, RawTable], name: str) -> str:
    """Return a text in the table `meta`; an empty one if there is none."""
    try:
        document = next(iter(tables["meta"].values()), None) if "meta" in tables else None
    except ValueError:
        return ""
    found = document.get(name) if isinstance(document, dict) else None
    return found if isinstance(found, str) else ""


def set_meta(meta: RawTable, fields: Mapping[str, Any]) -> None:
    """Set fields of the document in the table `meta`."""
    number = next(iter(meta), "1")
    meta[number] = (dict(meta[number]) if number in meta else dict(META)) | dict(fields)


class VersionRecorder:
    """Records the versions of what one write changes, in `tables`, which are then ready to be written.

    The first write of a file without versions takes them from its last changes.
    """

    def __init__(self, tables: dict[str, RawTable], session: str) -> None:
        self._tables = tables
        self._session = session
        self._seen = meta_field(tables, CLOCK)
        if VERSIONS not in tables:
            tables[VERSIONS] = versions_of_log(tables)
            self._start = True
        else:
            self._start = False
        self._era = meta_field(tables, ERA)
        self._versions = tables[VERSIONS]

    def record(self, edits: Iterable[Edit], at: datetime) -> None:
        """Give every field that `edits` changed, in the records as they are now, the stamp of this moment."""
        changed = [edit for edit in edits if edit.table != VERSIONS]
        if not changed:
            return
        self._seen = next_time(self._seen, at)
        fields: dict[str, Any] = {CLOCK: self._seen}
        if self._start:
            self._era = fields[ERA] = self._seen
            self._start = False
        set_meta(self._tables["meta"], fields)
        record_edits(self._tables, self._versions, changed, stamp(self._seen, self._session), self._era)


def record_edits(
    tables: Mapping[str, RawTable], versions: RawTable, edits: Iterable[Edit], stamp_: str, era: str = ""
) -> None:
    """Record in `versions` what `edits`, made at one moment, changed in the records of `tables`.

    `era` is the time since when all changes left stamps; empty while none have.
    """
    edits = tuple(edits)
    removed = [edit for edit in edits if edit.after is None]
    owned: dict[str, list[str]] = {}
    if any(edit.table == CONTACTS for edit in removed):
        owned = _removed_belongings(versions)
    for edit in removed:
        if edit.table in BELONGING and edit.before is not None:
            owner = str(edit.before.get("contact_id", ""))
            owned.setdefault(owner, []).append(version_id((edit.table, edit.id)))
    people_added = {edit.id for edit in edits if edit.table == CONTACTS and edit.before is None}
    for edit in edits:
        is_new = edit.before is None and edit.after is not None and edit.table != FOLLOW_UPS
        if is_new and versions.number_of(version_id((edit.table, edit.id))) is None:
            continue  # nothing is known of it, and it is as it was made: an import adds thousands
        version = version_of(versions, (edit.table, edit.id))
        if edit.after is None:
            _record_removal(version, edit, stamp_, owned)
        elif edit.before is None:
            if not _record_addition(version, edit, stamp_, tables, people_added):
                continue
        elif not _record_edit(version, edit, stamp_, era):
            continue
        put_version(versions, version)
    if removed:
        _forget_old(versions, stamp_)


def _record_edit(version: RecordVersion, edit: Edit, stamp_: str, era: str) -> bool:
    """Record that fields have new values; return whether there is anything to record."""
    before = edit.before or {}
    names = [name for name in before | (edit.after or {}) if name not in INCIDENTAL_FIELDS]
    if _is_empty(version) and "changed_at" in before:
        last = _time_of(str(before["changed_at"]))
        version.since = last if not era or last < era else ""
    for name in names:
        version.fields[name] = joined(version.fields.get(name, ()), [stamp_])
        version.siblings.pop(name, None)
    return bool(names)


def _record_addition(
    version: RecordVersion, edit: Edit, stamp_: str, tables: Mapping[str, RawTable], people_added: Set[str]
) -> bool:
    """Record that a record was added; return whether there is anything to record.

    `people_added` are the contacts that the same change adds: they had no next step before.
    """
    if version.gone:
        version.made = joined(version.made, [stamp_])
        for name, value in (edit.after or {}).items():
            if version.document is not None and version.document.get(name) != value:
                version.fields[name] = joined(version.fields.get(name, ()), [stamp_])
        version.document = None
    after = edit.after or {}
    if edit.table == FOLLOW_UPS and after.get("kind") in NEXT_STEPS:
        contact_id = str(after.get("contact_id", ""))
        version.knew = [] if contact_id in people_added else _next_steps(tables, contact_id, edit.id)
    return bool(version.made) or version.knew is not None


def _record_removal(version: RecordVersion, edit: Edit, stamp_: str, owned: Mapping[str, list[str]]) -> None:
    before = edit.before or {}
    version.removals = joined(version.removals, [stamp_])
    version.gone = joined(version.gone, version.stamps, [stamp_])
    if leaves_values(edit.table, version) and not is_abridged(edit):
        version.document = dict(before)
    version.owner = str(before.get("contact_id", "")) if edit.table in BELONGING else ""
    if edit.table == CONTACTS:
        version.owned = sorted({*version.owned, *owned.get(edit.id, ())})


def _removed_belongings(versions: RawTable) -> dict[str, list[str]]:
    """Return the documents about removed records, by the contact they belonged to."""
    found: dict[str, list[str]] = {}
    for line in versions.lines.values():
        if b'"owner"' in line:
            version = _decoded(line)
            if version is not None and version.owner:
                found.setdefault(version.owner, []).append(version.id)
    return found


def _next_steps(tables: Mapping[str, RawTable], contact_id: str, but: str) -> list[str]:
    """Return the ids of all steps with a contact that a next step may follow, done ones too."""
    table = tables.get(FOLLOW_UPS, RawTable())
    quoted = msgspec.json.encode(contact_id) if contact_id.isascii() else b""
    found: list[str] = []
    for number, line in table.lines.items():
        if quoted in line:
            document = table[number]
            if (
                isinstance(document, dict)
                and document.get("contact_id") == contact_id
                and document.get("kind") in NEXT_STEPS
                and document.get("id") != but
            ):
                found.append(str(document.get("id")))
    return sorted(found)


def _forget_old(versions: RawTable, stamp_: str) -> None:
    """Let go of what was in records removed long before the moment of `stamp_`."""
    oldest = earlier(stamp_, KEPT_AFTER_REMOVAL)
    for number, line in list(versions.lines.items()):
        if b'"document":{' in line and b'"gone"' in line:
            version = _decoded(line)
            if version is not None and version.gone and version.gone[0] < oldest:
                version.document = None
                versions[number] = msgspec.to_builtins(version)


def _decoded(line: bytes) -> RecordVersion | None:
    try:
        return msgspec.convert(document_in(line), RecordVersion)
    except (ValueError, msgspec.ValidationError):
        return None


def versions_of_log(tables: Mapping[str, RawTable]) -> RawTable:
    """Return the versions of a file that has none, as its last changes tell them.

    A change stands for a session of its own, and its instant for its time: copies of one file that went apart
    have the earlier changes in common.
    """
    versions = RawTable()
    for change in KeptChanges(tables):
        record_edits(tables, versions, _of_records(change), change_stamp(change))
    return versions


def change_stamp(change: Change) -> str:
    """Return the stamp of a change made before stamps were kept."""
    return stamp(clock_time(change.at), name_of(change.id))


def _of_records(change: Change) -> list[Edit]:
    return [edit for edit in change.edits if edit.table != VERSIONS]
