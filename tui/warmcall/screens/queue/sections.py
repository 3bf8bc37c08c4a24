"""The sections of the queue: a heading over each, and folding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from warmcall.domain.queue import QueueEntry, Section
from warmcall.presentation import queue as queue_words
from warmcall.services.services import Services
from warmcall.widgets.rows import LazyRows, Row

_HEADING = "#"
"""The prefix of a heading's key; the name of its section follows."""

_STYLE = {Section.OVERDUE: "late", Section.WAITING: "dim"}


class Sections:
    """Makes the rows of the queue; in a folded section only the heading is a row, and can be selected.

    The key of any other row is the id of its follow-up.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._entries: dict[str, QueueEntry] = {}
        self._counts: Counter[Section] = Counter()
        self._folded: set[Section] = set()
        self._shows_all = False

    def __len__(self) -> int:
        return len(self._entries)

    def rows(self, entries: Sequence[QueueEntry], show_all: bool) -> LazyRows:
        """Return the rows for `entries`, which are in the order of the sections.

        With `show_all`, as while a filter is on, folded sections show what is in them.
        """
        self._entries = {entry.follow_up.id: entry for entry in entries}
        self._counts = Counter(entry.section for entry in entries)
        self._shows_all = show_all
        keys: list[str] = []
        section = None
        for entry in entries:
            if entry.section is not section:
                section = entry.section
                keys.append(heading_key(section))
            if show_all or section not in self._folded:
                keys.append(entry.follow_up.id)
        return LazyRows(keys, self._row)

    def ids_in(self, section: Section) -> list[str]:
        """Return the ids of the follow-ups in a section, folded or not."""
        return [id_ for id_, entry in self._entries.items() if entry.section is section]

    def section_of(self, key: str) -> Section | None:
        """Return the section of the row with that key; None if there is no such row."""
        entry = self._entries.get(key)
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
            folded = section in self._folded and not self._shows_all
            heading = queue_words.heading(section, self._counts[section], folded)
            return Row(key if folded else "", (heading,), heading=True)
        entry = self._entries.get(key)
        if entry is None:
            return Row(key, ("",))
        return Row(key, queue_words.row_cells(self._services, entry), _STYLE.get(entry.section, ""))


def heading_key(section: Section) -> str:
    """Return the key of the heading of a section."""
    return f"{_HEADING}{section}"


def heading_section(key: str) -> Section | None:
    """Return the section whose heading has that key; None if it is the key of another row."""
    return Section(key.removeprefix(_HEADING)) if key.startswith(_HEADING) else None
