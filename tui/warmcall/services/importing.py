"""Importing people from files of other programs into the pool: first a plan, then one change."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from warmcall.domain.adding_found import (
    added_to_contact,
    added_to_found,
    added_to_pool_person,
    is_other_work,
    work_of,
)
from warmcall.domain.change import Change, Edit, edit_of
from warmcall.domain.found_people import FoundPeople, FoundPerson
from warmcall.domain.organizations import organization_key
from warmcall.domain.person_keys import KeyIndex, KeyKind, PersonKeys, entries_of, keys_of, only_profile
from warmcall.domain.records import (
    TABLE_OF,
    TABLES,
    Contact,
    MergedPerson,
    Organization,
    PoolPerson,
    from_document,
    replace,
)
from warmcall.domain.store import Store
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History

EDITS_AT_ONCE = 500
"""How many edits go to the store in one step, which takes some 10 milliseconds."""

PROGRESS_ROWS = 500
"""After how many rows progress is reported."""

_USABLE_ID = re.compile(r"[\w-]{1,64}", re.ASCII)

_KINDS: tuple[type[Contact] | type[PoolPerson] | type[MergedPerson] | type[Organization], ...] = (
    Contact,
    PoolPerson,
    MergedPerson,
    Organization,
)
"""The records a plan reads."""


class RowResult(StrEnum):
    """What becomes of a row: somebody new, more about somebody known, or nothing that is not known."""

    ADDED = "added"
    MERGED = "merged"
    KNOWN = "known"


class PlannedRow(msgspec.Struct, frozen=True, gc=False):
    """What becomes of one row or card. `person_id` is whom it adds, or is merged into.

    `because` is what both have in common; `same_line` the line of the same file that is about the same person
    and comes first, 0 if there is none. `news` is the work they changed to since, `work_before` what was
    known.
    """

    row: FoundPerson
    file: int
    result: RowResult
    person_id: str
    name: str
    because: KeyKind | None = None
    same_line: int = 0
    news: str = ""
    work_before: str = ""


class ImportPlan(msgspec.Struct, frozen=True):
    """What an import would do; nothing is done yet.

    `rows` are those of all `files`, in their order. `new` are the people it adds, by id, and `changed` those
    here that get more, each as it is and as it becomes. `revision` is that of the store it was made for.
    """

    files: tuple[FoundPeople, ...]
    rows: tuple[PlannedRow, ...]
    new: Mapping[str, FoundPerson]
    changed: tuple[tuple[Contact | PoolPerson, Contact | PoolPerson], ...]
    revision: tuple[int, ...]

    @property
    def left(self) -> int:
        """How many rows or cards became nobody."""
        return sum(len(file.left) for file in self.files)

    @property
    def moved(self) -> list[PlannedRow]:
        """The rows of people who changed job or title since."""
        return [row for row in self.rows if row.news]

    def count(self, result: RowResult) -> int:
        """Return of how many rows this becomes."""
        return sum(row.result is result for row in self.rows)

    @property
    def does_nothing(self) -> bool:
        """Whether everybody in it is known, with all it says."""
        return not self.new and not self.changed

    @property
    def label(self) -> str:
        """What it does, for undo."""
        count = len(self.new) or len(self.changed)
        people = "1 person" if count == 1 else f"{count:,} people"
        return f"import {people}" if self.new else f"import more about {people}"


class Importing:
    """Plans and commits imports. `new_id` returns an id unique across machines."""

    def __init__(
        self,
        store: Store,
        history: History,
        time: Timekeeper,
        address_book: AddressBook,
        new_id: Callable[[], str],
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._address_book = address_book
        self._new_id = new_id

    def plan(
        self,
        files: Sequence[FoundPeople],
        origins: Sequence[str] = (),
        on_progress: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> ImportPlan:
        """Return what importing `files`, in this order, would do; any thread may ask.

        `origins` name the file in a note on work that changed, such as "LinkedIn, 29 Nov 2026".
        `on_progress` is called with how many rows of how many were looked at, and may raise to stop it.
        """
        revision = self._store.revision(*_KINDS)
        day = self._time.calendar.day_of(self._time.now())
        planning = _Planning(self._store, day, self._new_id(), on_progress)
        planning.total = sum(len(file.people) for file in files)
        for number, file in enumerate(files):
            planning.add_file(number, file, origins[number] if origins else file.kind.value)
            planning.index_new(number < len(files) - 1)
        changed = tuple(
            (before, after)
            for id_, after in planning.changed.items()
            if (before := planning.here[id_]) != after
        )
        rows = tuple(planning.rows)
        new = {row.person_id: planning.new[row.person_id] for row in rows if row.result is RowResult.ADDED}
        return ImportPlan(tuple(files), rows, new, changed, revision)

    def is_outdated(self, plan: ImportPlan) -> bool:
        """Return whether people came, changed or went since: then the plan must be made again."""
        return plan.revision != self._store.revision(*_KINDS)

    def change(self, plan: ImportPlan) -> Change | None:
        """Return what `plan` does as one change that is not committed, for whoever saves it without a store.

        None if it does nothing, or nothing may be written.
        """
        if plan.does_nothing or self._history.read_only:
            return None
        return Change(self._new_id(), self._time.now(), plan.label, self.edits(plan))

    def commit(self, plan: ImportPlan) -> Change | None:
        """Save what `plan` does as one change; None if it does nothing, or nothing may be written."""
        return None if plan.does_nothing else self._history.commit_edits(plan.label, self.edits(plan))

    def commit_in_steps(self, plan: ImportPlan, edits: tuple[Edit, ...]) -> Generator[int, None, None] | None:
        """Save the `edits` of `plan` as one change that undo takes back, and in the store in short steps.

        None if people changed since it was made, it does nothing, or nothing may be written.
        """
        if not edits or self.is_outdated(plan):
            return None
        return self._history.commit_in_steps(plan.label, edits, EDITS_AT_ONCE)

    def edits(self, plan: ImportPlan) -> tuple[Edit, ...]:
        """Return the edits that do what `plan` says; any thread may ask.

        An organization that a contact gets by it has a record from then on.
        """
        now = self._time.now()
        stamp = {"created_at": msgspec.to_builtins(now), "changed_at": msgspec.to_builtins(now)}
        table = TABLE_OF[PoolPerson]
        added = [Edit(table, id_, None, _document(id_, person, stamp)) for id_, person in plan.new.items()]
        changed = (edit_of(before, replace(after, changed_at=now)) for before, after in plan.changed)
        elsewhere = [
            after
            for before, after in plan.changed
            if isinstance(after, Contact) and after.organization != before.organization
        ]
        places = (edit_of(None, place) for place in self._address_book.new_organizations(*elsewhere))
        return (*added, *filter(None, (*changed, *places)))


def _document(id_: str, person: FoundPerson, stamp: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document of a new pool person; fields at their defaults are left out, as in the file."""
    document: dict[str, Any] = {"id": id_, **stamp, **msgspec.to_builtins(person)}
    del document["line"]
    document.pop("remarks", None)
    document.pop("record_id", None)
    for name in _SEVERAL:
        if name in document:
            document[name] = list(document[name])
    return document


_SEVERAL = ("emails", "phones", "links")


class _Group:
    """The rows of one file that are about one person: the first, and what all of them say together."""

    __slots__ = ("keys", "others", "person", "row")

    def __init__(self, row: FoundPerson, keys: PersonKeys) -> None:
        self.row = row
        self.person = row
        self.keys = keys
        self.others: list[tuple[FoundPerson, KeyKind]] = []


class _Planning:
    """One plan in the making: the people here, those that are added, and what becomes of each row."""

    def __init__(
        self, store: Store, day: date, first_id: str, on_progress: Callable[[int, int], None]
    ) -> None:
        self.rows: list[PlannedRow] = []
        self.new: dict[str, FoundPerson] = {}
        self.changed: dict[str, Contact | PoolPerson] = {}
        self.here: dict[str, Contact | PoolPerson] = {}
        self.total = self._done = 0
        self._day = day
        self._first_id = first_id
        self._on_progress = on_progress
        self._other_names = {
            organization_key(name): organization_key(organization.name)
            for organization in list(store.all(Organization))
            for name in organization.other_names
        }
        self._merged = {record.original.get("id", ""): record for record in list(store.all(MergedPerson))}
        self._index = KeyIndex()
        people: list[Contact | PoolPerson] = [*list(store.all(Contact)), *list(store.all(PoolPerson))]
        for person in people:
            self.here[person.id] = person
            self._index.add(person.id, self._keys(person))
        for id_, record in self._merged.items():
            self._add_merged(id_, record)

    def _keys(self, person: Contact | PoolPerson | FoundPerson) -> PersonKeys:
        return keys_of(person, self._organization_key) if self._other_names else keys_of(person)

    def _organization_key(self, name: str) -> str:
        key = organization_key(name)
        return self._other_names.get(key, key)

    def _add_merged(self, id_: str, record: MergedPerson) -> None:
        """Have who was merged into another recognized too: their rows belong to that person now."""
        try:
            original = from_document(record.original, TABLES[record.table])
        except (KeyError, msgspec.ValidationError):
            return
        is_here = self._kept_id(id_) in self.here and id_ not in self._index
        if isinstance(original, Contact | PoolPerson) and is_here:
            self._index.add(id_, self._keys(original))

    def add_file(self, number: int, file: FoundPeople, origin: str) -> None:
        """Plan the rows of a file: those about one person together, and each group with who is here."""
        touched: set[str] = set()
        rows: list[PlannedRow] = []
        alike = self._alike(file.people)
        for person in file.people:
            if person.line not in alike:
                rows.append(self._added(number, person))
        for group in self._groups([person for person in file.people if person.line in alike]):
            rows.append(self._planned(number, group, origin, touched))
            if group.others:
                rows += _others(rows[-1], group)
        rows.sort(key=_line_of)
        self.rows += rows

    def _alike(self, people: Sequence[FoundPerson]) -> set[int]:
        """Return the lines of those who may be the same as somebody here, or in the same file."""
        seen: dict[object, int] = {}
        alike: set[int] = set()
        has_here = len(self._index) > 0
        with_names = has_here or not all(map(only_profile, people))
        key_of = self._organization_key if self._other_names else organization_key
        for person in people:
            self._done += 1
            if self._done % PROGRESS_ROWS == 0:
                self._on_progress(self._done, self.total)
            line = person.line
            entries = entries_of(person, key_of, with_names)
            for entry in entries:
                first = seen.setdefault(entry, line)
                if first != line:
                    alike.add(first)
                    alike.add(line)
            if has_here and (self._index.has_any(entries) or person.record_id in self.here):
                alike.add(line)
        return alike

    def _added(self, number: int, person: FoundPerson) -> PlannedRow:
        """Note somebody new, and return what becomes of the row."""
        id_ = self._id_for(person)
        self.new[id_] = person
        return PlannedRow(person, number, RowResult.ADDED, id_, person.name)

    def index_new(self, wanted: bool) -> None:
        """Have people who were added recognized in the next file, if there is one."""
        for id_, person in self.new.items() if wanted else ():
            if id_ not in self._index:
                self._index.add(id_, self._keys(person))

    def _groups(self, people: Sequence[FoundPerson]) -> list[_Group]:
        """Return the rows of one file by person; those with nothing but a name are compared last."""
        index = KeyIndex()
        groups: list[_Group] = []
        bare: list[_Group] = []
        for person in people:
            group = _Group(person, self._keys(person))
            (bare if group.keys.is_bare else groups).append(group)
        found: list[_Group] = []
        for group in (*groups, *bare):
            same = _chosen(index.same(group.keys), group.keys, index)
            if same is None:
                index.add(str(len(found)), group.keys)
                found.append(group)
                continue
            id_, kind = same
            first = found[int(id_)]
            first.others.append((group.row, kind))
            first.person = added_to_found(first.person, group.row)
            first.keys = self._keys(first.person)
            index.add(id_, first.keys)
        return found

    def _planned(self, number: int, group: _Group, origin: str, touched: set[str]) -> PlannedRow:
        """Return what becomes of the first row of a group; note what the group adds to whom."""
        index, person = self._index, group.person
        same = _chosen(index.same(group.keys), group.keys, index) if len(index) else None
        if same is None:
            return msgspec.structs.replace(self._added(number, person), row=group.row)
        found_id, kind = same
        id_ = self._kept_id(found_id)
        if id_ in self.new:
            known = self.new[id_]
            self.new[id_] = added_to_found(known, person)
            index.add(id_, self._keys(self.new[id_]))
            result = RowResult.KNOWN if self.new[id_] == known else RowResult.MERGED
            return PlannedRow(group.row, number, result, id_, known.name, kind)
        before = self.changed.get(id_, self.here[id_])
        after, news = self._with_row(before, group.person, origin, id_ in touched, self._known_work(found_id))
        touched.add(id_)
        if after != before:
            self.changed[id_] = after
            index.add(id_, self._keys(after))
        result = RowResult.KNOWN if after == before else RowResult.MERGED
        work = work_of(before) if news else ""
        return PlannedRow(group.row, number, result, id_, before.name, kind, news=news, work_before=work)

    def _with_row(
        self,
        person: Contact | PoolPerson,
        row: FoundPerson,
        origin: str,
        touched: bool,
        known_work: tuple[str, ...],
    ) -> tuple[Contact | PoolPerson, str]:
        """Return a person here with what a row adds, and the work that is news.

        Of several people of one file who are the same here, only the first can bring news of their work.
        """
        if touched and is_other_work(person, row):
            line = work_of(row)
            notes = f"{row.notes}\n{line}" if row.notes else line
            row = msgspec.structs.replace(row, organization="", title="", notes=notes)
        if isinstance(person, Contact):
            added = added_to_contact(person, row, origin, known_work)
        else:
            added = added_to_pool_person(person, row, origin, self._day, known_work)
        assert isinstance(added.person, Contact | PoolPerson)  # noqa: S101 - it is of the kind it was
        return added.person, added.news

    def _kept_id(self, id_: str) -> str:
        """Return the id of whom somebody became a part of, by merges of the user; their own if none."""
        for _ in self._merged:
            if id_ in self.here or id_ not in self._merged:
                break
            id_ = self._merged[id_].kept_id
        return id_

    def _known_work(self, id_: str) -> tuple[str, ...]:
        """Return the work of somebody who was merged into another, which is no news of that person."""
        if id_ not in self._merged or id_ in self.here:
            return ()
        original = self._merged[id_].original
        return (", ".join(filter(None, (original.get("title", ""), original.get("organization", "")))),)

    def _id_for(self, person: FoundPerson) -> str:
        """Return an id for somebody new: their own from JSON of ours, if it is free."""
        own = person.record_id
        if (
            own
            and _USABLE_ID.fullmatch(own)
            and not (own in self.here or own in self.new or own in self._merged)
        ):
            return own
        return f"{self._first_id}{len(self.new):05x}"


def _line_of(row: PlannedRow) -> int:
    return row.row.line


def _others(first: PlannedRow, group: _Group) -> Iterator[PlannedRow]:
    """Yield what becomes of the other rows of a group, by what becomes of the first."""
    result = RowResult.MERGED if first.result is RowResult.ADDED else first.result
    for row, kind in group.others:
        yield PlannedRow(row, first.file, result, first.person_id, first.name, kind, group.row.line)


def _chosen(
    same: Sequence[tuple[str, KeyKind]], keys: PersonKeys, index: KeyIndex
) -> tuple[str, KeyKind] | None:
    """Return who of those that are the same as somebody is the one to add to; None if nobody surely is.

    Where nothing but a name says so, it is the one of whom no more is known either, or the only one.
    """
    if not same:
        return None
    if same[0][1] is not KeyKind.NAME:
        return same[0]
    bare = [found for found in same if index.keys(found[0]).is_bare]
    return next(iter(bare or (same if len(same) == 1 else ())), None) if keys.is_bare else None
