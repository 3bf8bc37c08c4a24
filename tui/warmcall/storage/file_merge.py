"""Makes one state file of two copies that were changed apart, on two machines or by a sync program.

Every field of every record has a stamp (see `versions`), so that it is known of two values whether one was
given by somebody who saw the other. If so, that one stays. If not, the later one stays and the other is kept
beside it, as a sibling, until somebody gives the field another value; of texts and lists the words of both
stay. A record that one side removed stays removed unless the other side changed it, unseen, or added a
record to it. Of the next steps with somebody that were planned apart, one stays open.

What is joined are sets and maxima, so that copies may be merged in any order, and any number of times, and
all who have merged everything hold the same: the data type is an add-wins map of multi-value registers
(Shapiro et al., "A comprehensive study of convergent and commutative replicated data types", 2011), whose
causal contexts are kept by field. Only where two copies hold different values with one stamp, because a
program that leaves none has edited one of them, the base says which one is new, if there is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from warmcall.domain.change import (
    INCIDENTAL_FIELDS,
    Change,
    ChangeKind,
    Edit,
    Fields,
    keeps_words_of_both,
    patched,
    value_in,
)
from warmcall.domain.records import TABLES
from warmcall.domain.vocabulary import FollowUpKind, QuestionState
from warmcall.storage.change_log import CHANGES, CHANGES_KEPT, KeptChanges
from warmcall.storage.merge import normalized
from warmcall.storage.raw_table import RawTable, document_json, line_of_struct, record_id
from warmcall.storage.stamps import covers, joined
from warmcall.storage.versions import (
    BELONGING,
    CLOCK,
    CONTACTS,
    ERA,
    FOLLOW_UPS,
    INTERVIEWS,
    POOL,
    VERSIONS,
    RecordKey,
    RecordVersion,
    first_stamp,
    leaves_values,
    meta_field,
    put_version,
    record_key,
    set_meta,
    version_id,
    version_of,
    versions_of_log,
)

Tables = Mapping[str, RawTable]

_CONTACT_ID = re.compile(rb'"contact_id":"([\w-]+)"')

_MISSING: Any = None
"""Stands for a field inside a mapping, such as the notes under a question, that is not there."""


class ValueBeside(msgspec.Struct, frozen=True):
    """A value that was given beside the one that stays: of which field of which record, and both values."""

    key: RecordKey
    name: str
    kept: Any
    beside: Any


class MergedFiles(msgspec.Struct, frozen=True):
    """Two state files made one. `tables` are ready to be written; they are ours where nothing differs.

    `added`, `changed` and `removed` are the records in which they differ from ours. `beside` are the values
    of either side that do not stay, and are kept beside those that do, without those that ours kept already.
    `revived` are records that one side had removed and the other had changed. `log_changed` is whether the
    other side has changes to undo that ours has not, `versions_changed` whether it knows more of how records
    came about, such as that one was removed which ours never had.
    """

    tables: dict[str, RawTable]
    added: tuple[RecordKey, ...] = ()
    changed: tuple[RecordKey, ...] = ()
    removed: tuple[RecordKey, ...] = ()
    beside: tuple[ValueBeside, ...] = ()
    revived: tuple[RecordKey, ...] = ()
    log_changed: bool = False
    versions_changed: bool = False

    @property
    def differs(self) -> bool:
        """Whether there is anything in it that is not in ours."""
        records = self.added or self.changed or self.removed
        return bool(records or self.log_changed or self.versions_changed)


def values_beside(tables: Tables) -> Iterator[ValueBeside]:
    """Yield the values in a file that were given apart from those that stay, and not decided between yet."""
    versions = tables.get(VERSIONS, RawTable())
    for line in versions.lines.values():
        if b'"siblings"' in line:
            key = record_key(record_id(line))
            document = tables[key[0]].document_of(key[1]) if key[0] in tables else None
            for name, siblings in version_of(versions, key).siblings.items() if document else ():
                kept = value_in(document or {}, name)
                for value in siblings.values():
                    if value != kept and not _has_all_of(kept, value):
                        yield ValueBeside(key, name, kept, value)


class _Side:
    """One of the two files: its documents by record, and their versions."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.versions = tables[VERSIONS] if VERSIONS in tables else versions_of_log(tables)
        self.era = meta_field(tables, ERA)

    def lines(self, table: str) -> dict[str, bytes]:
        """Return the JSON of every document of a table by record id; the first of one that is there twice."""
        return _json_by_id(self.tables[table]) if table in self.tables else {}

    def record(self, key: RecordKey) -> tuple[Fields | None, RecordVersion]:
        """Return the document of a record, or what is left of a removed one, and its version.

        A next step that merging has closed is open in it.
        """
        version = version_of(self.versions, key)
        document = self.tables[key[0]].document_of(key[1]) if key[0] in self.tables else None
        document = version.document if document is None else document
        return document and document | _opened(version), version


class _Joined(msgspec.Struct):
    """A record of both sides made one: its values, if any are known, its version, and what lies beside."""

    document: Fields | None
    version: RecordVersion
    beside: list[ValueBeside]

    @property
    def is_alive(self) -> bool:
        """Whether it was never removed, or somebody changed it whom those who removed it had not seen."""
        gone = self.version.gone
        return not gone or any(not covers(gone, found) for found in self.version.stamps)


def merge_files(ours: Tables, theirs: Tables, base: Tables | None = None) -> MergedFiles:
    """Return the two files made one; `base` is a file that both came from, if there is one."""
    return _FileMerge(ours, theirs, base or {}).result()


class _FileMerge:
    """One merge of two files."""

    def __init__(self, ours: Tables, theirs: Tables, base: Tables) -> None:
        self._ours, self._theirs, self._base = _Side(ours), _Side(theirs), base
        self._joined: dict[RecordKey, _Joined] = {}
        self._alive: dict[RecordKey, bool] = {}
        our_versions, their_versions = (_json_by_id(side.versions) for side in (self._ours, self._theirs))
        self._versions_differ = [
            record_key(id_)
            for id_ in {**our_versions, **their_versions}
            if our_versions.get(id_) != their_versions.get(id_)
        ]

    def result(self) -> MergedFiles:
        """Join all records, and put them into copies of our tables."""
        for table in TABLES:
            for id_ in self._differing(table):
                self._joined[table, id_] = self._join((table, id_))
        self._decide_who_is_alive()
        self._close_steps_planned_apart()
        return self._written()

    def _differing(self, table: str) -> list[str]:
        """Return the ids of the records of which the two files do not have the same."""
        ours, theirs = self._ours.lines(table), self._theirs.lines(table)
        found = {id_: None for id_ in (*ours, *theirs) if ours.get(id_) != theirs.get(id_)}
        found |= {id_: None for name, id_ in self._versions_differ if name == table}
        return list(found)

    def _join(self, key: RecordKey) -> _Joined:
        (ours, our_version), (theirs, their_version) = self._ours.record(key), self._theirs.record(key)
        version = _joined_version(our_version, their_version)
        if ours is None or theirs is None:
            return _Joined(ours if theirs is None else theirs, version, [])
        firsts = (
            first_stamp(ours, our_version, self._ours.era),
            first_stamp(theirs, their_version, self._theirs.era),
        )
        return self._join_fields(key, (ours, theirs), (our_version, their_version), firsts, version)

    def _join_fields(
        self,
        key: RecordKey,
        documents: tuple[Fields, Fields],
        versions: tuple[RecordVersion, RecordVersion],
        firsts: tuple[str, str],
        version: RecordVersion,
    ) -> _Joined:
        ours, theirs = (_flat(normalized(key[0], document)) for document in documents)
        chosen: Fields = {}
        beside: list[ValueBeside] = []
        for name in ours | theirs:
            if name in INCIDENTAL_FIELDS:
                continue
            values = (ours.get(name, _MISSING), theirs.get(name, _MISSING))
            is_decided = not any(name in side.siblings for side in versions)
            if values[0] == values[1] and is_decided:
                continue
            survivors = self._survivors(key, name, values, versions, firsts)
            known = (versions[0].fields.get(name, ()), versions[1].fields.get(name, ()))
            version.fields[name] = joined(*known, survivors)
            version.siblings.pop(name, None)
            survivors = _without_repeated(survivors)
            value = chosen[name] = _view(key[0], name, survivors)
            if len(survivors) > 1:
                version.siblings[name] = survivors
                beside += [
                    ValueBeside(key, name, value, other)
                    for found, other in survivors.items()
                    if other != value
                    and not _has_all_of(value, other)
                    and found not in versions[0].siblings.get(name, ())
                ]
        latest = [max([first, *side.stamps]) for first, side in zip(firsts, versions, strict=True)]
        newer = max(
            zip(latest, (ours, theirs), strict=True),
            key=lambda side: (side[0], str(side[1].get("changed_at", "")), _canonical(side[1])),
        )[1]
        for name in ours | theirs:
            if name in INCIDENTAL_FIELDS and name in newer:
                chosen[name] = newer[name]
        before = {name: ours[name] for name in chosen if name in ours}
        after = {
            name: value
            for name, value in chosen.items()
            if value is not _MISSING or ("." not in name and key[0] != POOL)
        }
        document = patched(documents[0], Edit(key[0], key[1], before | dict.fromkeys(chosen), after))
        unknown = {name: value for name, value in documents[1].items() if name not in documents[0]}
        return _Joined(
            document | {name: unknown[name] for name in unknown if name not in chosen}, version, beside
        )

    def _survivors(
        self,
        key: RecordKey,
        name: str,
        values: tuple[Any, Any],
        versions: tuple[RecordVersion, RecordVersion],
        firsts: tuple[str, str],
    ) -> dict[str, Any]:
        """Return the values of a field that nobody who saw them has replaced, by their stamps."""
        given = [
            version.siblings.get(name) or {(version.fields.get(name) or [first])[0]: value}
            for version, first, value in zip(versions, firsts, values, strict=True)
        ]
        known = [
            (*version.fields.get(name, ()), first) for version, first in zip(versions, firsts, strict=True)
        ]
        survivors: dict[str, Any] = {}
        for found in sorted({*given[0], *given[1]}, reverse=True):
            if found in given[0] and found in given[1]:
                survivors[found] = self._one_of(key, name, given[0][found], given[1][found])
            elif found in given[0] and not covers(known[1], found):
                survivors[found] = given[0][found]
            elif found in given[1] and not covers(known[0], found):
                survivors[found] = given[1][found]
        if not survivors:
            latest = max({*given[0], *given[1]})
            survivors = {latest: given[0].get(latest, given[1].get(latest))}
        return survivors

    def _one_of(self, key: RecordKey, name: str, ours: Any, theirs: Any) -> Any:
        """Return which of two values with one stamp is new: a program that leaves none wrote one of them."""
        if ours == theirs:
            return ours
        base = self._base[key[0]].document_of(key[1]) if key[0] in self._base else None
        if base is not None:
            before = _flat(normalized(key[0], base)).get(name, _MISSING)
            if before in (ours, theirs):
                return theirs if before == ours else ours
        return max((ours, theirs), key=lambda value: (value is not None, _canonical(value)))

    def _decide_who_is_alive(self) -> None:
        self._join_contacts_brought_back()
        self._alive = {key: found.is_alive for key, found in self._joined.items()}
        removed = {
            id_: found.version
            for (table, id_), found in self._joined.items()
            if table == CONTACTS and found.version.gone
        }
        if removed:
            belongings = list(self._belongings(removed))
            for contact_id, key, alive in belongings:
                if alive or version_id(key) not in removed[contact_id].owned:
                    self._alive[CONTACTS, contact_id] = True
            for contact_id, key, alive in belongings:
                found = self._joined.get(key)
                if found is not None and not alive and self._alive[CONTACTS, contact_id]:
                    self._alive[key] = _went_with_contact(found.version, removed[contact_id])
        for key in [key for key in self._joined if key[0] == POOL]:
            if self._is_there((CONTACTS, key[1])):
                self._alive[key] = False
        for key in [key for key in self._joined if key[0] == CONTACTS and self._alive[key]]:
            in_pool = (POOL, key[1])
            if in_pool not in self._joined and self._is_there(in_pool):
                self._joined[in_pool] = self._join(in_pool)
                self._alive[in_pool] = False

    def _join_contacts_brought_back(self) -> None:
        """Join the contacts of removed records, too: a record is back with a contact who was brought back."""
        for key, found in list(self._joined.items()):
            if key[0] in BELONGING and found.version.gone:
                contact = (CONTACTS, str((found.document or {}).get("contact_id", found.version.owner)))
                if contact not in self._joined and version_of(self._ours.versions, contact).gone:
                    self._joined[contact] = self._join(contact)

    def _is_there(self, key: RecordKey) -> bool:
        if key in self._alive:
            return self._alive[key]
        return key[0] in self._ours.tables and self._ours.tables[key[0]].number_of(key[1]) is not None

    def _belongings(self, contacts: Mapping[str, RecordVersion]) -> Iterator[tuple[str, RecordKey, bool]]:
        """Yield every record known to belong to one of `contacts`, and whether it is there by itself."""
        for table in sorted(BELONGING):
            for side in (self._ours, self._theirs):
                for id_, line in side.lines(table).items():
                    match = _CONTACT_ID.search(line)
                    contact_id = match[1].decode("ascii") if match else ""
                    key = (table, id_)
                    if contact_id in contacts and key not in self._joined:
                        yield contact_id, key, True
        for side in (self._ours, self._theirs):
            for line in side.versions.lines.values():
                key = record_key(record_id(line)) if b'"owner"' in line else ("", "")
                if key[0] and key not in self._joined and not self._is_there(key):
                    owner = version_of(side.versions, key).owner
                    if owner in contacts:
                        yield owner, key, False
        for key, found in self._joined.items():
            if key[0] in BELONGING:
                contact_id = str((found.document or {}).get("contact_id", found.version.owner))
                if contact_id in contacts:
                    yield contact_id, key, found.is_alive

    def _close_steps_planned_apart(self) -> None:
        """Let one next step with each contact stay open, of those planned by somebody who saw not the others.

        A meeting comes before a call; of two steps of a kind the one planned later stays.
        """
        people = {
            str((found.document or {}).get("contact_id", ""))
            for (table, _), found in self._joined.items()
            if table == FOLLOW_UPS
        } - {""}
        if not people:
            return
        steps: dict[str, list[tuple[Fields, RecordVersion]]] = {}
        for document, version in self._all_steps():
            if document.get("contact_id") in people and version.knew is not None:
                steps.setdefault(str(document["contact_id"]), []).append((document, version))
        for planned in steps.values():
            for document, version in planned:
                later = [
                    other
                    for other, other_version in planned
                    if other is not document
                    and str(other["id"]) not in (version.knew or ())
                    and str(document["id"]) not in (other_version.knew or ())
                    and _takes_the_place_of(other, document)
                ]
                if later:
                    self._close(document, max(str(other.get("created_at", "")) for other in later))

    def _all_steps(self) -> Iterator[tuple[Fields, RecordVersion]]:
        """Yield every follow-up of which it is known what whoever planned it had in view."""
        yielded: set[str] = set()
        for (table, id_), found in self._joined.items():
            if table == FOLLOW_UPS and found.document is not None:
                yielded.add(id_)
                yield found.document, found.version
        for line in self._ours.versions.lines.values():
            table, id_ = record_key(record_id(line))
            if table == FOLLOW_UPS and id_ not in yielded and b'"knew"' in line:
                document, version = self._ours.record((table, id_))
                if document is not None:
                    yield document, version

    def _close(self, document: Fields, at: str) -> None:
        key = (FOLLOW_UPS, str(document["id"]))
        if key not in self._joined:
            self._joined[key] = self._join(key)
            self._alive[key] = self._joined[key].is_alive
        version = self._joined[key].version
        version.closed = max(version.closed, at)

    def _written(self) -> MergedFiles:
        """Return copies of our tables with everything joined in them."""
        tables = {name: table.copy() for name, table in self._ours.tables.items()}
        versions = tables[VERSIONS] = self._ours.versions.copy()
        added: list[RecordKey] = []
        changed: list[RecordKey] = []
        removed: list[RecordKey] = []
        revived: list[RecordKey] = []
        for key, found in self._joined.items():
            if found.document is not None:
                found.document = found.document | _closed(found.version)
            alive = self._alive[key] and found.document is not None
            is_kept = not alive and leaves_values(key[0], found.version)
            found.version.document = found.document if is_kept else None
            if not _is_nothing(found.version):
                put_version(versions, found.version)
            table = tables.setdefault(key[0], RawTable())
            number = table.number_of(key[1])
            if not alive:
                if number is not None:
                    del table[number]
                    removed.append(key)
            elif number is None:
                table.add(key[1], found.document or {})
                added.append(key)
            elif table[number] != found.document:
                table[number] = found.document
                changed.append(key)
            if alive and found.version.gone and not found.version.made:
                revived.append(key)
        for name in self._theirs.tables.keys() - {*TABLES, "meta", CHANGES, VERSIONS}:
            _add_unknown(tables.setdefault(name, RawTable()), self._theirs.tables[name])
        log_changed = _join_logs(tables.setdefault(CHANGES, RawTable()), self._theirs.tables.get(CHANGES))
        _join_meta(tables, self._theirs.tables)
        beside = tuple(value for found in self._joined.values() for value in found.beside)
        versions_changed = versions.lines != self._ours.versions.lines
        return MergedFiles(
            tables, tuple(added), tuple(changed), tuple(removed), beside, tuple(revived), log_changed,
            versions_changed,
        )  # fmt: skip


def _json_by_id(table: RawTable) -> dict[str, bytes]:
    """Return the JSON of every document of a table by its id; the first of one that is there twice."""
    found: dict[str, bytes] = {}
    for line in table.lines.values():
        found.setdefault(record_id(line), document_json(line))
    found.pop("", None)
    return found


def _joined_version(ours: RecordVersion, theirs: RecordVersion) -> RecordVersion:
    """Return what is known of a record on either side; the siblings are joined with the values."""
    names = {**ours.fields, **theirs.fields}
    return RecordVersion(
        ours.id,
        fields={name: joined(ours.fields.get(name, ()), theirs.fields.get(name, ())) for name in names},
        since=min(filter(None, (ours.since, theirs.since)), default=""),
        made=joined(ours.made, theirs.made),
        removals=joined(ours.removals, theirs.removals),
        gone=joined(ours.gone, theirs.gone),
        siblings={**ours.siblings, **theirs.siblings},
        owner=max(ours.owner, theirs.owner),
        owned=sorted({*ours.owned, *theirs.owned}),
        closed=max(ours.closed, theirs.closed),
        knew=None
        if ours.knew is None and theirs.knew is None
        else sorted({*(ours.knew or ()), *(theirs.knew or ())}),
    )


def _closed(version: RecordVersion) -> Fields:
    """Return the fields of a next step that one planned apart has made needless, if nobody set them."""
    if not version.closed or "done_at" in version.fields:
        return {}
    return {"done_at": version.closed, "dropped": True}


def _opened(version: RecordVersion) -> Fields:
    """Return the same fields as they were before that."""
    return {"done_at": None, "dropped": False} if _closed(version) else {}


def _went_with_contact(version: RecordVersion, contact: RecordVersion) -> bool:
    """Return whether a removed record was only removed together with its contact, since it was there last."""
    made = max(version.made, default="")
    removals = [removal for removal in version.removals if removal > made]
    return bool(removals) and all(removal in contact.removals for removal in removals)


def _is_nothing(version: RecordVersion) -> bool:
    return version == RecordVersion(version.id)


def _flat(document: Fields) -> Fields:
    """Return a document with the answers in its notes as fields of their own, named as edits name them."""
    flat: Fields = {}
    for name, value in document.items():
        if name == "notes" and isinstance(value, dict):
            flat |= {f"{name}.{key}": inner for key, inner in value.items()}
        else:
            flat[name] = value
    return flat


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _without_repeated(survivors: dict[str, Any]) -> dict[str, Any]:
    """Return the values by their stamps, the latest first, without an earlier one that is the same."""
    found: dict[str, Any] = {}
    for stamp, value in survivors.items():
        if value not in found.values():
            found[stamp] = value
    return found


def _view(table: str, name: str, survivors: Mapping[str, Any]) -> Any:
    """Return what a record shows of values given beside one another: the latest, with more of the others.

    A follow-up that somebody has done is done, whoever had it open meanwhile, and a countdown stopped is so.
    """
    latest, *others = survivors.values()
    if not others:
        return latest
    if (table, name) == (FOLLOW_UPS, "done_at"):
        return next(filter(None, survivors.values()), latest)
    if (table, name) == (INTERVIEWS, "countdown"):
        return next((value for value in survivors.values() if value and value.get("stopped_at")), latest)
    if keeps_words_of_both(table, name):
        texts = [text for text in (latest, *others) if isinstance(text, str)]
        return _lines_of_all(texts) if texts else latest
    if name in _LISTS and all(isinstance(value, list) for value in (latest, *others)):
        return _items_of_all([latest, *others])
    return latest


_LISTS = frozenset({
    "checklist", "captured", "to_ask", "practices", "also_for", "named", "prepared", "other_names", "themes",
    "emails", "phones", "links",
})  # fmt: skip
"""The fields that hold lists of which each item counts by itself."""


def _lines_of_all(texts: Iterable[str]) -> str:
    """Return the lines of all texts: those of the first, then of each other those that are not there yet."""
    lines: list[str] = []
    for text in texts:
        lines += [line for line in text.split("\n") if line not in lines or not line.strip()]
    return "\n".join(lines).strip("\n")


def _items_of_all(lists: Iterable[list[Any]]) -> list[Any]:
    """Return the items of all lists; of one that several have, by its id, the first, and that it was done."""
    found: dict[str, Any] = {}
    for items in lists:
        for item in items:
            id_ = str(item["id"]) if isinstance(item, dict) and "id" in item else _canonical(item)
            if id_ not in found:
                found[id_] = item
            elif isinstance(item, dict):
                found[id_] = found[id_] | _marks_of(found[id_], item)
    return list(found.values())


def _marks_of(item: Fields, other: Fields) -> Fields:
    """Return what was marked on one of two copies of a question: that it was asked, or starred."""
    marks: Fields = {}
    if other.get("starred"):
        marks["starred"] = True
    if item.get("state") == QuestionState.OPEN and other.get("state"):
        marks["state"] = other["state"]
    return marks


def _has_all_of(value: Any, other: Any) -> bool:
    """Return whether a text or a list that was made of several has everything of another one."""
    if isinstance(value, str) and isinstance(other, str):
        return bool(other) and set(other.split("\n")) <= set(value.split("\n"))
    if isinstance(value, list) and isinstance(other, list):
        return len(_items_of_all([value, other])) == len(value)
    return False


def _takes_the_place_of(other: Fields, step: Fields) -> bool:
    """Return whether one next step makes another one, planned apart from it, needless."""
    if step.get("kind") == FollowUpKind.INTERVIEW:
        return False
    if step.get("kind") == FollowUpKind.CALL and other.get("kind") == FollowUpKind.INTERVIEW:
        return True
    return other.get("kind") == step.get("kind") and _order(other) > _order(step)


def _order(step: Fields) -> tuple[str, str]:
    """Return by what it is known which of two steps was planned later, the same on all machines."""
    return str(step.get("created_at", "")), str(step["id"])


def _add_unknown(table: RawTable, theirs: RawTable) -> None:
    """Add the documents of a table that this version does not know, if they are not there."""
    present = {document_json(line) for line in table.lines.values()}
    ids = {record_id(line) for line in table.lines.values()} - {""}
    for line in theirs.lines.values():
        content = document_json(line)
        if content not in present and record_id(line) not in ids:
            table.put_line(number := table.next_number(), b'"%b":%b' % (number.encode(), content))


def _join_meta(tables: dict[str, RawTable], theirs: Tables) -> None:
    """Join the clocks, the revisions and the last saves of both files."""
    ours_document, their_document = _meta_of(tables), _meta_of(theirs)
    fields: Fields = {}
    for name in (CLOCK, ERA):
        fields[name] = max(meta_field(tables, name), meta_field(theirs, name))
    for name, value in their_document.items():
        mine = ours_document.get(name)
        if isinstance(value, dict) and isinstance(mine, dict | None):
            both = dict(mine or {})
            for inner, number in value.items():
                if isinstance(number, int) and isinstance(both.get(inner, 0), int):
                    both[inner] = max(number, both.get(inner, 0))
            fields[name] = both
        elif name == "revision" and isinstance(value, int) and isinstance(mine, int | None):
            fields[name] = max(value, mine or 0)
    if any(ours_document.get(name, "") != value for name, value in fields.items()):
        set_meta(tables["meta"], fields)


def _meta_of(tables: Tables) -> Fields:
    try:
        found = next(iter(tables["meta"].values()), None) if "meta" in tables else None
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _join_logs(log: RawTable, theirs: RawTable | None) -> bool:
    """Join the last changes of both files, for undo, in the order of their times; return whether any came in.

    What was done and what undid it stay together, so that one's undoing on one side is not another's.
    """
    if theirs is None:
        return False
    ours = _groups(KeptChanges({CHANGES: log}))
    others = _groups(KeptChanges({CHANGES: theirs}))
    news = {id_: group for id_, group in others.items() if len(group) > len(ours.get(id_, ()))}
    if not news:
        return False
    groups = sorted((ours | news).values(), key=lambda group: (group[0].at, group[0].id))
    while sum(map(len, groups)) > CHANGES_KEPT and len(groups) > 1:
        groups.pop(0)
    kept = [change.id for group in groups for change in group]
    if kept == [change.id for change in KeptChanges({CHANGES: log})]:
        return False
    for number in list(log):
        del log[number]
    for at, change in enumerate((change for group in groups for change in group), start=1):
        log.put_line(str(at), line_of_struct(str(at), change))
    return True


def _groups(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """Return each change that was done, by its id, with those that undid it, did it again, and so on."""
    groups: dict[str, list[Change]] = {}
    done: list[str] = []
    undone: list[str] = []
    for change in changes:
        if change.kind is ChangeKind.UNDO and done:
            undone.append(done.pop())
            groups[undone[-1]].append(change)
        elif change.kind is ChangeKind.REDO and undone:
            done.append(undone.pop())
            groups[done[-1]].append(change)
        elif change.kind is ChangeKind.DO:
            groups[change.id] = [change]
            done.append(change.id)
            undone.clear()
        elif change.kind is ChangeKind.NOT_UNDOABLE:
            groups[change.id] = [change]
    return groups
