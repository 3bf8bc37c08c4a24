"""What is new in the file for this session: how it differs from what the session's store holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from warmcall.domain.change import Change, Edit, Fields, edit_between, patched
from warmcall.domain.records import TABLES
from warmcall.storage.merge import Place
from warmcall.storage.raw_table import RawTable, own_id


class ExternalChanges(msgspec.Struct, frozen=True):
    """What a save or a look at the file brought from other sessions: edits to take, and words to tell."""

    edits: tuple[Edit, ...] = ()
    told: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.edits or self.told)

    def sliced(self, most: int) -> Iterable[ExternalChanges]:
        """Yield the same news in parts of at most `most` edits."""
        yield ExternalChanges(self.edits[:most], self.told)
        for at in range(most, len(self.edits), most):
            yield ExternalChanges(self.edits[at : at + most])


class SessionView:
    """The tables as the session's store holds them, once its own changes are made in them.

    `gone` are the documents that others removed, `theirs` the records that they made, and `_good` the last
    readable state of those that somebody made unreadable: the store goes on with it.
    """

    def __init__(self) -> None:
        self.tables: Mapping[str, RawTable] = {}
        self.gone: dict[Place, Fields] = {}
        self.theirs: set[Place] = set()
        self._good: dict[Place, Fields] = {}

    def back(self, own: Iterable[Change], tables: Mapping[str, RawTable]) -> list[Edit]:
        """Return edits that add what others removed and `own` changes put back, for a store without it.

        The word of its removal may have come to the store after those changes.
        """
        places = {(edit.table, edit.id) for change in own for edit in change.edits} & self.gone.keys()
        edits: list[Edit] = []
        for name, id_ in sorted(places):
            record = _record(name, tables[name].document_of(id_)) if name in tables else None
            if record is not None:
                edits.append(Edit(name, id_, None, record))
        return edits

    def news(self, tables: Mapping[str, RawTable], own: Iterable[Change]) -> ExternalChanges:
        """Return how `tables` differ from the store, which has made `own` changes; know them from now on.

        A change that was refused is in the store all the same, and not in `tables`.
        """
        mine: dict[Place, list[Edit]] = {}
        for change in own:
            for edit in change.edits:
                mine.setdefault((edit.table, edit.id), []).append(edit)
        places = _differences(self.tables, tables)
        places |= dict.fromkeys(place for place in mine if place[0] in TABLES)
        edits: list[Edit] = []
        told: list[str] = []
        good, gone = dict(self._good), dict(self.gone)
        for place in places:
            name, id_ = place
            raw = self.tables[name].document_of(id_) if name in self.tables else None
            before = _record(name, raw) or good.get(place)
            ours = mine.get(place, [])
            if (
                raw is None and ours and ours[0].before is not None
            ):  # the store held on to what others removed
                before = _record(name, gone.get(place))
            now = tables[name].document_of(id_) if name in tables else None
            after = _record(name, now)
            if now is not None and after is None:
                if before is not None and place not in good:
                    good[place] = before
                    told.append(f"{name}.{tables[name].number_of(id_)}: somebody made it unreadable")
                continue
            good.pop(place, None)
            if now is not None and ours:
                gone.pop(place, None)
            if now is None and raw is not None and all(edit.after is not None for edit in ours):
                gone[place] = raw
            for edit in ours:
                before = edit.after if None in (edit.before, edit.after) else before and patched(before, edit)
            if before is None and after is not None:
                self.theirs.add(place)
            found = edit_between(name, id_, before, after)
            edits.extend([found] if found else [])
        self.tables, self.gone, self._good = tables, gone, good
        return ExternalChanges(tuple(edits), tuple(told))


def _record(name: str, document: Fields | None) -> Fields | None:
    """Return a document as the store holds it; None if it is no record."""
    try:
        plain: Fields = msgspec.to_builtins(msgspec.convert(document, TABLES[name]))
    except msgspec.ValidationError:
        return None
    return plain


def _differences(before: Mapping[str, RawTable], after: Mapping[str, RawTable]) -> dict[Place, None]:
    """Return table and id of every record whose line is not the same in both, in the order of `after`."""
    found: dict[Place, None] = {}
    for name in TABLES:
        old: Mapping[str, bytes] = before[name].lines if name in before else {}
        new: Mapping[str, bytes] = after[name].lines if name in after else {}
        for these, those in ((new, old), (old, new)):
            for number, line in these.items():
                other = those.get(number)
                if other is not line and other != line:
                    found[name, own_id(line)] = None
        found.pop((name, ""), None)
    return found
