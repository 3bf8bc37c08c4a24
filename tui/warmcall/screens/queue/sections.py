"""The sections of the queue: a heading over each, and folding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from warmcall.domain.queue import QueueEntry, Section, section_spans
from warmcall.presentation import queue as queue_words
from warmcall.services.services import Services
from warmcall.widgets.rows import LazyRows, Row

if TYPE_CHECKING:
    from warmcall.domain.records import FollowUp
    from warmcall.widgets.rich_text import Excerpt

_HEADING = "#"
"""The prefix of a heading's key; the name of its section follows."""

_STYLE = {Section.WAITING: "dim"}

_GAP = "-"
"""The prefix of the key of a blank line above a heading; the name of its section follows."""


class Sections:
    """Makes the rows of the queue; in a folded section only the heading is a row, and can be selected.

    The key of any other row is the id of its follow-up.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._ids: dict[Section, list[str]] = {}
        self._folded: set[Section] = set()
        self._filtered_by = ""
        self._keys: list[str] = []
        self._basis: tuple[Sequence[QueueEntry] | None, frozenset[Section]] = (None, frozenset())

    def __len__(self) -> int:
        return sum(map(len, self._ids.values()))

    def rows(self, entries: Sequence[QueueEntry], filtered_by: str, height: int = 0) -> LazyRows:
        """Return the rows for `entries`, which are in the order of the sections.

        A blank line stands above each section but the first if all of it fits into `height` lines.
        While they are `filtered_by` words, folded sections show what is in them, and a row shows where the
        words were found, if they are not in it anyway.
        """
        self._filtered_by = filtered_by
        basis = (entries, frozenset() if filtered_by else frozenset(self._folded))
        if basis[0] is not self._basis[0] or basis[1] != self._basis[1]:
            self._basis, self._ids, self._keys = basis, {}, []
            for section, start, end in section_spans(entries):
                self._ids[section] = [entry.follow_up.id for entry in entries[start:end]]
                self._keys += [heading_key(section), *(() if section in basis[1] else self._ids[section])]
        if len(self._keys) + len(self._ids) - 1 > height:
            return LazyRows(self._keys, self._row)
        spaced: list[str] = []
        for key in self._keys:
            if spaced and (section_above := heading_section(key)):
                spaced.append(f"{_GAP}{section_above}")
            spaced.append(key)
        return LazyRows(spaced, self._row)

    def ids_in(self, section: Section) -> list[str]:
        """Return the ids of the follow-ups in a section, folded or not."""
        return self._ids.get(section, [])

    def section_of(self, key: str) -> Section | None:
        """Return the section of the row with that key; None if there is no such row."""
        entry = self._services.queue.entry(key)
        return entry.section if entry else heading_section(key)

    def is_folded(self, section: Section | None) -> bool:
        """Return whether a section is folded."""
        return section in self._folded

    def fold(self, section: Section) -> None:
        """Fold a section."""
        self._folded.add(section)

    def unfold(self, section: Section) -> None:
        """Unfold a section."""
        self._folded.discard(section)

    def _row(self, key: str) -> Row:
        section = heading_section(key)
        if section is not None:
            folded = section in self._folded and not self._filtered_by
            heading = queue_words.heading(section, len(self.ids_in(section)), folded)
            return Row(key if folded else "", heading, heading=True)
        if key.startswith(_GAP):
            return Row("", ("",), heading=True)
        entry = self._services.queue.entry(key)
        if entry is None:
            return Row(key, ("",))
        cells, style = queue_words.row_cells(self._services, entry), _STYLE.get(entry.section, "")
        both_widths = (*cells[:3], *cells[2:])  # whom stands in one column or the other, by the room there is
        return Row(key, both_widths, style, excerpt=self._excerpt(entry.follow_up), excerpt_from=4)

    def _excerpt(self, follow_up: FollowUp) -> Excerpt | None:
        """Return where the words of the filter were found, if that does not stand in a row anyway."""
        if not self._filtered_by:
            return None
        from warmcall.presentation.found import excerpt
        from warmcall.services.search import Where

        shown = (Where.NAME, Where.WORK, Where.REASON, Where.OWED)
        kind_name = queue_words.KIND_NAMES[follow_up.kind]
        found = self._services.search.where_found_for(follow_up, kind_name, self._filtered_by, shown)
        return excerpt(found) if found else None


def heading_key(section: Section) -> str:
    """Return the key of the heading of a section."""
    return f"{_HEADING}{section}"


def heading_section(key: str) -> Section | None:
    """Return the section whose heading has that key; None if it is the key of another row."""
    return Section(key.removeprefix(_HEADING)) if key.startswith(_HEADING) else None
