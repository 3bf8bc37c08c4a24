"""Migrations: bringing the tables of an older file up to date, one version of the layout at a time.

1 to 2  A day without an hour is a date ("2026-12-01"). It was an instant, noon in the user's zone, which is
        another date half a day away; the flag `timed` was false for such a day, and true for an hour.
2 to 3  An organization is a record; before, it was a text of each contact alone. Contacts keep that text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import msgspec

from warmcall.config.zones import zone_named
from warmcall.domain.change import Change, Fields
from warmcall.domain.clock_reading import Instant
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage.raw_table import RawTable

SCHEMA = 3
"""The version of the file's layout. A file with a newer one is only read."""

Migration = Callable[[dict[str, RawTable], tzinfo], None]

FindZone = Callable[[], tzinfo]
"""Returns the zone of the session that migrates; it is called only if there is something to migrate."""


def migrate(tables: dict[str, RawTable], schema: int, find_zone: FindZone) -> None:
    """Edit `tables` from the layout of version `schema` into the present one; nothing if they have it.

    The version in `meta` is raised with it, so that nothing is migrated twice. What no version changes
    stays as it is, and so does a document that cannot be read.
    """
    if schema >= SCHEMA:
        return
    zone = find_zone()
    for version in range(schema, SCHEMA):
        MIGRATIONS[version](tables, zone)
    meta = tables["meta"]
    number = next(iter(meta))
    meta[number] = dict(meta[number]) | {"schema": SCHEMA}


def _to_2(tables: dict[str, RawTable], zone: tzinfo) -> None:
    """Turn days that were stored as instants into dates.

    They were noon in the zone of the profile, else of the settings, else of the machine. Only the first is
    in the file; `zone`, that of this session, takes the place of the others. Days made in another zone are
    found by being noon there.
    """
    days = _DaysOfSchema1(_profile_zone(tables) or zone, _noons(tables))
    # The log is first, because it is read back from the present documents as they were.
    _migrate_changes(tables, days)
    for name, migrated in (("follow_ups", days.follow_up), ("interviews", days.interview)):
        table = tables.get(name, RawTable())
        for number in table:
            document = _document(table, number)
            after = migrated(document)
            if after != document:
                table[number] = after


def _to_3(tables: dict[str, RawTable], _zone: tzinfo) -> None:
    """Make a record of each organization that contacts have, named as the first of them has it.

    Its id follows from the name: two machines that migrate copies of a file make the same records.
    """
    from warmcall.domain.organizations import organization_id, organization_key

    organizations = tables.get("organizations", RawTable())
    known = {_document(organizations, number).get("id") for number in organizations}
    contacts = tables.get("contacts", RawTable())
    for number in contacts:
        contact = _document(contacts, number)
        name = contact.get("organization")
        if not isinstance(name, str) or not organization_key(name) or (id_ := organization_id(name)) in known:
            continue
        known.add(id_)
        stamp = {field: contact.get(field) for field in ("created_at", "changed_at")}
        organizations[organizations.next_number()] = {"id": id_, **stamp, "name": name}
    if organizations:
        tables["organizations"] = organizations


MIGRATIONS: dict[int, Migration] = {1: _to_2, 2: _to_3}
"""By version, what edits tables of that layout into the next one."""


class _DaysOfSchema1:
    """Finds the day that an instant of schema 1 stands for."""

    def __init__(self, zone: tzinfo, noons: Counter[time]) -> None:
        """Make one for a user whose days are noon in `zone`; `noons` counts the times they have in UTC."""
        self._zone = zone
        self._noons = noons

    def follow_up(self, document: Fields) -> Fields:
        """Return a follow-up, or some fields of one that say enough, in the layout of schema 2."""
        at, timed = _instant(document.get("due")), document.get("timed", False)
        if at is None or not isinstance(timed, bool):
            return document
        after = {name: value for name, value in document.items() if name != "timed"}
        if timed:
            return after
        day = self._noon_day(at) or (None if _may_hide_hour(document) else _day_with_noon_at(at))
        return after | {"due": (day or self._local_day(at)).isoformat()}

    def interview(self, document: Fields) -> Fields:
        """Return an interview, or some fields of one, in the layout of schema 2.

        What was captured had no flag: its instant is a day if it is noon, as the old program showed it.
        """
        captured = document.get("captured")
        if not isinstance(captured, list):
            return document
        return document | {"captured": [self._capture(capture) for capture in captured]}

    def _capture(self, capture: Any) -> Any:
        at = _instant(capture.get("due")) if isinstance(capture, dict) else None
        day = self._noon_day(at) if at is not None else None
        return capture if day is None else capture | {"due": day.isoformat()}

    def _noon_day(self, at: datetime) -> date | None:
        """Return the day whose noon `at` is, here or where other days were made; None if it is none."""
        local = at.astimezone(self._zone)
        if local.time() == _NOON:
            return local.date()
        return _day_with_noon_at(at) if at.astimezone(UTC).time() in self._noons else None

    def _local_day(self, at: datetime) -> date:
        """Return the day `at` is on, here or, if no day was made here, where most were made."""
        here = at.astimezone(self._zone).date()
        noon_here = datetime.combine(here, _NOON, self._zone).astimezone(UTC).time()
        if not self._noons or noon_here in self._noons:
            return here
        (noon_there, _), *_ = self._noons.most_common(1)
        offset = _offset_with_noon_at(noon_there)
        return here if offset is None else (at.astimezone(UTC) + offset).date()


_NOON = time(12)


def _may_hide_hour(follow_up: Fields) -> bool:
    """Return whether a follow-up without an hour may have the instant of a promise that was said with one.

    What was captured in an interview handed on its instant, and no flag.
    """
    kinds = (FollowUpKind.PROMISE, FollowUpKind.OTHER)
    return bool(follow_up.get("interview_id")) and follow_up.get("kind") in kinds


def _noons(tables: Mapping[str, RawTable]) -> Counter[time]:
    """Return how many days without an hour were stored at each time of day, in UTC."""
    table = tables.get("follow_ups", RawTable())
    documents = (_document(table, number) for number in table)
    days = (found for found in documents if found.get("timed", False) is False and not _may_hide_hour(found))
    instants = (at for found in days if (at := _instant(found.get("due"))) is not None)
    return Counter(at.astimezone(UTC).time() for at in instants)


_WESTMOST = timedelta(hours=-10)
"""The offset of Hawaii. Few people live farther west, or farther east than the 13:45 hours of the Chatham
Islands in summer; their days are taken for those of the other side of the date line."""


def _offset_with_noon_at(utc: time) -> timedelta | None:
    """Return the offset from UTC where it is noon at `utc`; None if that is no full quarter of an hour.

    Every offset in use is one; and between `_WESTMOST` and a day later, only one has its noon then.
    """
    if utc.minute % 15 or utc.second or utc.microsecond:
        return None
    offset = timedelta(hours=_NOON.hour - utc.hour, minutes=-utc.minute)
    return offset if offset >= _WESTMOST else offset + timedelta(days=1)


def _day_with_noon_at(at: datetime) -> date | None:
    """Return the day whose noon `at` is somewhere; None if it is noon nowhere."""
    utc = at.astimezone(UTC)
    offset = _offset_with_noon_at(utc.time())
    return None if offset is None else (utc + offset).date()


def _migrate_changes(tables: Mapping[str, RawTable], days: _DaysOfSchema1) -> None:
    """Migrate the values in the last changes, so that they are undone and redone as before.

    An edit holds only the fields that differ, so it may have an instant without the flag that says what
    it means. The flag is known by going back from the present documents, the newest change first.
    """
    follow_ups = tables.get("follow_ups", RawTable())
    documents = (_document(follow_ups, number) for number in follow_ups)
    known: dict[str, Fields] = {str(document.get("id")): document for document in documents}
    changes = tables.get("changes", RawTable())
    for number in reversed(list(changes)):
        document = _document(changes, number)
        try:
            msgspec.convert(document, Change)
        except msgspec.ValidationError:
            continue
        edits = [_migrated_edit(edit, known, days) for edit in reversed(document["edits"])]
        after = document | {"edits": edits[::-1]}
        if after != document:
            changes[number] = after


def _migrated_edit(edit: Fields, known: dict[str, Fields], days: _DaysOfSchema1) -> Fields:
    """Return an edit in the layout of schema 2.

    `known` are the follow-ups by id as they were after the edit; it is set to what they were before it.
    """
    before, after = edit["before"], edit["after"]
    if edit["table"] == "interviews":
        return edit | {"before": before and days.interview(before), "after": after and days.interview(after)}
    if edit["table"] != "follow_ups":
        return edit
    whole_after = known.get(edit["id"], {}) | (after or {})
    whole_before = dict(before or {})
    if before is not None and after is not None:
        whole_before |= {name: value for name, value in whole_after.items() if name not in before | after}
    known[edit["id"]] = whole_before
    return edit | {
        "before": _migrated_fields(before, whole_before, days),
        "after": _migrated_fields(after, whole_after, days),
    }


def _migrated_fields(fields: Fields | None, whole: Fields, days: _DaysOfSchema1) -> Fields | None:
    """Return the `fields` of an edit in the layout of schema 2; `whole` is the follow-up they belong to."""
    if not fields or not fields.keys() & {"due", "timed"}:
        return fields
    kept = {name: value for name, value in fields.items() if name != "timed"}
    migrated = days.follow_up(whole)
    return kept | {"due": migrated["due"]} if "due" in migrated else kept


def _instant(value: object) -> datetime | None:
    """Return the instant that a field of schema 1 holds; None if it holds none, or one of a far year."""
    try:
        at: datetime = msgspec.convert(value, Instant)
    except msgspec.ValidationError:
        return None
    return at if 1 < at.year < 9999 else None


def _profile_zone(tables: Mapping[str, RawTable]) -> tzinfo | None:
    table = tables.get("profile", RawTable())
    name = next((_document(table, number).get("zone") for number in table), None)
    return zone_named(name) if isinstance(name, str) else None


def _document(table: RawTable, number: str) -> Fields:
    """Return a document; an empty one if it cannot be read."""
    try:
        document = table[number]
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
