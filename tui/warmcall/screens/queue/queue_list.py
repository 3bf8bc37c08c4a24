"""The list of the queue: its sections, which fold, a filter, and the rows that are marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from warmcall.domain.queue import DUE, QueueEntry, Section
from warmcall.domain.records import Contact, FollowUp
from warmcall.presentation import queue as queue_words
from warmcall.presentation.person import summary
from warmcall.screens.base import View
from warmcall.screens.external import CALENDAR_KEY
from warmcall.screens.people.person_actions import PersonScreen
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.rows import Column, LazyRows, Row, Rows
from warmcall.widgets.text_fields import Line

_ROOMY = 100
_COLUMNS = (
    Column(queue_words.WHEN_CELLS),
    Column(weight=3),
    Column(weight=3, min_width=_ROOMY),
    Column(weight=4, min_width=_ROOMY),
    Column(weight=4, below_width=_ROOMY),
)
"""When, what and whom, where they work, why; the last two as one where there is less room."""

_HINT = "filter: words of any field, or kind:call, target:planner; {screen.back} clears"

_STYLE = {Section.OVERDUE: "late", Section.WAITING: "dim"}
_HEADING = "#"
"""What the key of a heading begins with, before its section."""


class QueueList(PersonScreen):
    """Everything owed, as a list to find one's way in; what is done with a row is for those who inherit."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="queue.filter",
                tooltip="Words of any field; kind:call, target:planner"),
        Binding("left,minus", "fold", "Fold", show=False, id="queue.fold", tooltip="Fold this section away"),
        Binding("right,plus", "unfold", "Unfold", show=False, id="queue.unfold", tooltip="Show it again"),
        Binding("down", "into_list", "Into the list", show=False, id="queue.into_list"),
        CALENDAR_KEY,
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._entries: dict[str, QueueEntry] = {}
        self._counts: dict[Section, int] = {}
        self._folded: set[Section] = set()

    def body(self) -> ComposeResult:
        """Lay out the filter, the list, and beside it the person, where there is room."""
        yield Line(hint=self.with_keys(_HINT), id="filter")
        with Horizontal():
            with Vertical(id="owed"):
                yield Panel(id="quiet")
                yield Rows(_COLUMNS, id="queue")
                yield Panel(id="empty")
            yield Panel(id="detail")

    def on_mount(self) -> None:
        """Begin in the list; the filter shows when it is wanted."""
        self._filter.display = False

    def person(self) -> Contact | None:
        """Return the contact of the row under the cursor."""
        owed = self.chosen()
        return self.services.store.contact(owed.contact_id) if owed else None

    @property
    def rows(self) -> Rows:
        """The list itself."""
        return self.query_one("#queue", Rows)

    def chosen(self) -> FollowUp | None:
        """Return the follow-up under the cursor."""
        return self.services.store.get(FollowUp, self.rows.key)

    def reload(self) -> None:
        """Show the queue as it is now."""
        everything = self.services.following_up.queue()
        words = self._filter.value
        entries = (
            self.services.search.follow_ups(everything, words, queue_words.KIND_NAMES)
            if words.strip()
            else everything
        )
        self._entries = {entry.follow_up.id: entry for entry in entries}
        (listed := self.rows).show(LazyRows(self._keys(entries), self._row))
        listed.display = bool(entries)
        if entries and self.focused is None:
            listed.focus()
        idle_summary = self.query_one("#quiet", Panel)
        idle_summary.display = bool(entries) and everything[0].section not in DUE and not words
        idle_summary.show("\n".join(queue_words.idle_lines(self.services)) if idle_summary.display else "")
        empty = self.query_one("#empty", Panel)
        empty.display = not entries
        if not entries:
            empty.show(*(_not_found(self, words) if everything else _nothing_owed(self)))
        self._show_detail()

    def tick(self) -> None:
        """Let the sections and the words about time follow the clock."""
        self.reload()

    def on_rows_moved(self) -> None:
        """Show the person of the row."""
        self._show_detail()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Show the person where there is room now."""
        self.call_after_refresh(self._show_detail)

    def on_input_changed(self) -> None:
        """Filter with every letter."""
        self.reload()

    def on_input_submitted(self) -> None:
        """Go from the filter into what it found."""
        self.action_into_list()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action in ("fold", "unfold", "into_list") and not self._entries:
            return self.nothing_here
        if action == "filter" and not self.services.following_up.queue():
            return self.nothing_here
        if action in ("fold", "unfold") and self._filter.value.strip():
            return self.with_keys("While a filter is on, everything found shows: {screen.back} clears it")
        if action == "unfold" and self._section() not in self._folded:
            return self.with_keys("Nothing is folded here: {queue.fold} folds this section")
        if action == "fold" and self._section() in self._folded:
            return self.with_keys("This section is folded: {queue.unfold} shows it again")
        return super().disabled_reason(action)

    @property
    def nothing_here(self) -> str:
        """Why there is nothing to act on."""
        if self._filter.value.strip():
            return self.with_keys("The filter finds nothing: {screen.back} clears it")
        return self.with_keys(
            "Nothing is in the queue: {queue.add} adds someone, {person.follow_up} a follow-up"
        )

    def action_calendar(self) -> None:
        """Write the calendar file, and say where."""
        self.external.export_calendar(self.services)

    def action_fold(self) -> None:
        """Fold the section under the cursor away."""
        section = self._section()
        if not self.blocked("fold") and section:
            self._folded.add(section)
            self.reload()
            self.rows.go(f"{_HEADING}{section}")

    def action_unfold(self) -> None:
        """Show what is in the folded section under the cursor."""
        section = self._section()
        if not self.blocked("unfold") and section:
            self._folded.discard(section)
            self.reload()
            self.rows.go(self.ids_in(section)[0])

    def action_filter(self) -> None:
        """Begin to filter, or to filter otherwise."""
        if not self.blocked("filter"):
            self._filter.display = True
            self._filter.value = ""
            self._filter.focus()
            # Looked at while the first letter is still to come, thousands of rows hold no letter up.
            self.call_after_refresh(self._found, self.services.following_up.queue(), "")

    def _found(self, entries: Sequence[QueueEntry], words: str) -> list[QueueEntry]:
        return self.services.search.follow_ups(entries, words, queue_words.KIND_NAMES)

    def action_into_list(self) -> None:
        """Go from the filter into what it found."""
        if not self.blocked("into_list"):
            self.rows.focus()

    def action_back(self) -> None:
        """Clear the filter first; then go back."""
        if self._filter.display:
            self._filter.value = ""
            self._filter.display = False
            self.reload()
            self.rows.focus()
        else:
            super().action_back()

    def _keys(self, entries: Sequence[QueueEntry]) -> list[str]:
        """Return the keys of the rows: a heading for each section, and what is in it unless it is folded."""
        keys: list[str] = []
        self._counts = {}
        folded = set() if self._filter.value.strip() else self._folded
        for entry in entries:
            if entry.section not in self._counts:
                keys.append(f"{_HEADING}{entry.section}")
                self._counts[entry.section] = 0
            self._counts[entry.section] += 1
            if entry.section not in folded:
                keys.append(entry.follow_up.id)
        return keys

    def _row(self, key: str) -> Row:
        if key.startswith(_HEADING):
            section = Section(key.removeprefix(_HEADING))
            folded = section in self._folded and not self._filter.value.strip()
            words = queue_words.heading(section, self._counts.get(section, 0), folded)
            return Row(key if folded else "", (words,), heading=True)
        entry = self._entries.get(key)
        if entry is None:
            return Row(key, ("",))
        return Row(key, queue_words.row_cells(self.services, entry), _STYLE.get(entry.section, ""))

    def folded_here(self) -> Section | None:
        """Return the folded section whose heading is under the cursor, or None."""
        key = self.rows.key
        return Section(key.removeprefix(_HEADING)) if key.startswith(_HEADING) else None

    def ids_in(self, section: Section) -> list[str]:
        """Return the ids of what is listed in a section, folded or not."""
        return [id_ for id_, entry in self._entries.items() if entry.section is section]

    def _section(self) -> Section | None:
        """Return the section under the cursor."""
        key = self.rows.key
        if (folded := self.folded_here()) is not None:
            return folded
        entry = self._entries.get(key)
        return entry.section if entry else None

    def _show_detail(self) -> None:
        detail = self.query_one("#detail", Panel)
        if detail.display:
            person = self.person()
            detail.show(*(summary(self.services, person, self.with_keys) if person else []))

    @property
    def _filter(self) -> Line:
        return self.query_one("#filter", Line)


def _not_found(screen: View, words: str) -> list[RichPart]:
    clears: list[RichPart] = [(screen.key("screen.back"), "bold $primary"), "  clears"]
    return [f"Nothing that is owed has “{words}” in any field.\n\n", *clears]


def _nothing_owed(screen: View) -> list[RichPart]:
    services, adds = screen.services, (screen.key("queue.add"), "bold $primary")
    if not services.store.count(Contact):
        return [
            "Nobody here yet.\n\n",
            adds, "  adds the first person to call\n",
            (screen.key("app.target"), "bold $primary"),
            "  is your profile and target: what the script says about you",
        ]  # fmt: skip
    return [
        "\n".join(queue_words.idle_lines(services)), "\n\n",
        (screen.key("app.people"), "bold $primary"),
        screen.with_keys("  People: {person.call} calls, {person.follow_up} adds a follow-up\n"),
        adds, "  adds someone new to call",
    ]  # fmt: skip
