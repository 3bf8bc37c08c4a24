"""The queue, the home screen: what is next, in order, and why."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from warmcall.domain.queue import DUE, QueueEntry, Section
from warmcall.domain.records import Contact, FollowUp, Interview, PoolPerson
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.domain.when import When
from warmcall.presentation import queue as queue_words
from warmcall.presentation import weeks as week_words
from warmcall.presentation import wording
from warmcall.screens.base import SHORTLIST_KEY, CopyText, GoTo
from warmcall.screens.confirm_once import ConfirmOnce
from warmcall.screens.external import CALENDAR_KEY
from warmcall.screens.index_preparation import IndexPreparation
from warmcall.screens.people.person_beside import PersonBeside
from warmcall.screens.people.person_screen import PersonScreen
from warmcall.screens.queue.marks import Marks
from warmcall.screens.queue.sections import Sections, heading_key, heading_section
from warmcall.services.services import Services
from warmcall.widgets.filter_line import FilterLine
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.rows import Column, ColumnNames, Rows
from warmcall.widgets.titled_pane import TitledPane

if TYPE_CHECKING:
    from warmcall.screens.forms import Values

_ROOMY = 96
"""From this many cells on, the reason and where they work have a column each."""

COLUMNS = (
    Column(queue_words.WHEN_CELLS, name="when"),
    Column(1),
    Column(weight=4, name="whom", at_most=20, below_width=_ROOMY),
    Column(weight=4, name="whom", at_most=28, min_width=_ROOMY),
    Column(weight=4, name="where", at_most=24, min_width=_ROOMY),
    Column(weight=6, name="why", min_width=_ROOMY),
    Column(weight=6, name="why", below_width=_ROOMY),
)
"""When, the sign of what is to be done, whom, where they work, why. Where there is less room whom
has a narrower column, and why and where they work have one."""

_LEADING = 3
"""How many columns have the tint of the cursor in a window that is not wide."""

HOLIDAYS_AFTER_SECONDS = 0.5
"""How long after the start the holidays are learned: the first frame is drawn by then."""

_HINT = "filter: words of any field, or kind:call, target:planner"

_ON_MARKED = ("done", "snooze", "delete", "copy")
"""The actions that act on all marked rows."""


class QueueScreen(PersonScreen):
    """Everything owed, and the keys that do it, put it off or delete it."""

    TAB = "Queue"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "done", "Done", id="queue.done", tooltip="Mark the follow-up done"),
        Binding("z", "snooze", "Snooze", id="queue.snooze",
                tooltip="Put it off: {when.tomorrow} tomorrow, {when.three}, {when.week}, or a day"),
        SHORTLIST_KEY,
        Binding("a", "add", "Add person", id="queue.add", tooltip="Add a contact; their call comes here"),
        Binding("e", "edit", "Edit", show=False, id="queue.edit",
                tooltip="Change when it is due, and its note"),
        Binding("d", "delete", "Delete", show=False, id="queue.delete", tooltip="Delete it from the queue"),
        Binding("Y", "copy", "Copy", show=False, id="queue.copy", tooltip="Copy the row"),
        Binding("space", "mark", "Mark", id="queue.mark",
                tooltip="Mark it and move on; what you do next is done to all marked"),
        Binding("slash", "filter", "Filter", id="queue.filter",
                tooltip="Words of any field; kind:call, target:planner"),
        Binding("left,minus", "fold", "Fold", show=False, id="queue.fold", tooltip="Fold this section away"),
        Binding("right,plus", "unfold", "Unfold", show=False, id="queue.unfold", tooltip="Show it again"),
        Binding("R", "week", "Your week", show=False, id="queue.week",
                tooltip="Look back at the week, and choose whom the next one is for"),
        CALENDAR_KEY,
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._sections = Sections(services)
        self._index = IndexPreparation(self, self._prepare_search, self._filter_prepared)
        self._confirm = ConfirmOnce(self.say)
        self._marks = Marks(services.store, self._show_marks)
        self._timed: tuple[object, ...] = ()
        self._awaits_holidays = services.weeks.depends_on_holidays()

    def body(self) -> ComposeResult:
        """Lay out the filter, the list, and beside it the person, where there is room."""
        yield FilterLine(_HINT, id="filter")
        with Horizontal():
            with TitledPane(title="Owed", id="owed"):
                yield Panel(id="quiet")
                yield ColumnNames(COLUMNS)
                yield Rows(COLUMNS, id="queue", leading=_LEADING)
                yield Panel(id="empty")
            yield PersonBeside(self.services, self.with_keys, id="detail")

    def person(self) -> Contact | None:
        """Return the contact of the row under the cursor."""
        follow_up = self._selected()
        return self.services.store.contact(follow_up.contact_id) if follow_up else None

    def reload(self) -> None:
        """Show the queue as it is now."""
        self._marks.prune()
        queue = self.services.queue.entries()
        words = self._filter.value
        if words.strip() and not self._index.ready():
            return
        entries = self._found(queue, words) if words.strip() else queue
        self._filter.show_found(len(entries), len(queue))
        rows = self._rows
        rows.show(self._sections.rows(entries, words.strip(), rows.size.height))
        rows.display = bool(entries)
        if entries and self.focused is None:
            rows.focus()
        lines = [] if words or not entries else self._lines_above(queue)
        above = self.query_one("#quiet", Panel)
        above.display = bool(lines)
        above.show("\n".join(lines))
        empty = self.query_one("#empty", Panel)
        empty.display = not entries
        if not entries:
            empty.show(*(self._nothing_found(words) if queue else self._nothing_owed()))
        self.query_one("#owed", TitledPane).rename(week_words.queue_title(self.services))
        self._show_detail()
        self._timed = self._what_seconds_change()

    def tick(self) -> None:
        """Let the sections follow the clock to the second, and the time left of the interviews going on."""
        if self._timed != self._what_seconds_change():
            self.reload()

    def new_minute(self) -> None:
        """Let the words about time follow the clock."""
        self.reload()

    def _what_seconds_change(self) -> tuple[object, ...]:
        """Return what differs as soon as a row moves or counts down without the minute being another."""
        going = self.services.store.going()
        left = [queue_words.time_left(self.services, interview) for interview in going]
        return (self.services.queue.entries(), left)

    def on_mount(self) -> None:
        """Learn the holidays once the list is there, where they decide whether the week is offered."""
        if self._awaits_holidays:
            self.set_timer(HOLIDAYS_AFTER_SECONDS, self._start_learning_holidays)

    def _start_learning_holidays(self) -> None:
        self.run_worker(self._learn_holidays(), name="holidays")

    async def _learn_holidays(self) -> None:
        """Import the library of holidays beside the app, as it takes longer than a key may wait."""
        calendar = self.services.time.calendar
        await asyncio.to_thread(calendar.is_business_day, calendar.day_of(self.now()))
        self._awaits_holidays = False
        self.reload()

    def on_rows_moved(self) -> None:
        """Show the person of the row."""
        self._confirm.reset()
        self._show_detail()
        self.refresh_bindings()

    def on_rows_chosen(self) -> None:
        """Do what the row says: open the right screen on that person, or unfold the section."""
        from warmcall.screens.message.dialog import MessageDialog

        follow_up = self._selected()
        if follow_up is None:
            self.action_unfold()
        elif follow_up.kind is FollowUpKind.CALL:
            self.post_message(GoTo("Call", follow_up.contact_id, follow_up_id=follow_up.id))
        elif follow_up.kind is FollowUpKind.INTERVIEW:
            self.post_message(GoTo("Interview", follow_up.contact_id, follow_up.interview_id))
        elif self.services.drafting.purpose(follow_up) and not (
            follow_up.kind is FollowUpKind.PROMISE and follow_up.waiting
        ):
            self.app.push_screen(MessageDialog(self.services, follow_up.id))
        elif follow_up.introduction and follow_up.waiting:
            self._ask_how_far(follow_up)
        else:
            self.action_edit()

    def _ask_how_far(self, follow_up: FollowUp) -> None:
        """Ask what has become of an introduction, and record it."""
        from warmcall.screens.message.introduction import IntroductionDialog

        introductions = self.services.following_up.introductions

        def record(step: str | None) -> None:
            match step:
                case "pass_on":
                    introductions.pass_on(follow_up.id)
                    self.say_undoable("Passed on: now waiting for an answer")
                case "make":
                    introductions.make(follow_up.id)
                    self.say_undoable("Made: the thanks and the call are in the queue")
                case "give_up":
                    introductions.give_up(follow_up.id)
                    self.say_undoable("Out of the queue")

        self.app.push_screen(IntroductionDialog(self.services, follow_up), record)

    def on_resize(self) -> None:
        """Show the person where there is room now."""
        self.call_after_refresh(self._show_detail)

    def on_input_changed(self) -> None:
        """Filter with every letter."""
        self.reload()

    def on_input_submitted(self) -> None:
        """Go from the filter into what it found."""
        if not self.blocked("into_list"):
            self._rows.focus()

    def on_filter_line_cleared(self) -> None:
        """Show everything again."""
        self.action_back()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        selected, targets = self._selected(), self._targets()
        folded = self._folded_heading()
        if action in _ON_MARKED and not targets:
            return self._no_row()
        if action in ("edit", "choose") and selected is None:
            return "" if action == "choose" and folded else self._no_row()
        if action == "done" and all(follow_up.kind is FollowUpKind.INTERVIEW for follow_up in targets):
            return self.with_keys("An interview is done when you end it: {rows.choose} opens it")
        if action == "snooze" and all(self._is_a_meeting(follow_up) for follow_up in targets):
            return self.with_keys(
                "An interview is moved on its own screen: {rows.choose} opens it,"
                " {interview.meeting} moves it"
            )
        if action == "mark" and selected is None and folded is None:
            return self._nothing_here()
        if action in ("fold", "unfold", "into_list") and not self._sections:
            return self._nothing_here()
        if action == "filter" and not self.services.queue.entries():
            return self._nothing_here()
        if action in ("fold", "unfold"):
            return self._folding_reason(action)
        return super().disabled_reason(action)

    def keeps_hint(self, action: str) -> bool:
        """Return whether a hint stays as it is on rows where the key cannot act, and says why when pressed.

        To dim what a meeting has not, on the way into it and out, costs half as much as the move itself.
        """
        return action in ("done", "snooze") and bool(self._targets())

    def label_of(self, action: str) -> str:
        """Return what a key does while rows are marked."""
        if not self._marks:
            return ""
        if action == "back":
            return "Unmark all"
        for binding in self.BINDINGS:
            if isinstance(binding, Binding) and binding.action == action and action in _ON_MARKED:
                first = action == _ON_MARKED[0]
                return f"{binding.description} {len(self._marks)}{' marked' if first else ''}"
        return ""

    def action_done(self) -> None:
        """Mark the targets done, except interviews, which are done when they end."""
        if self.blocked("done") or not self._sure_while_interviewing():
            return
        targets = self._targets()
        ids = [follow_up.id for follow_up in targets if follow_up.kind is not FollowUpKind.INTERVIEW]
        self._marks.clear()
        count = self.services.following_up.complete_all(ids)
        self.say_undoable(_count_words("Done", count, len(targets) - len(ids)))

    def _sure_while_interviewing(self) -> bool:
        """Return whether `x` is meant for the list: it ends an interview, so while one runs it asks first."""
        running = self.services.store.running()
        contact = self.services.store.contact(running.contact_id) if running else None
        if contact is None:
            return True
        targets = self._targets()
        what = self._action_words(targets[0]) if len(targets) == 1 else f"{len(targets)} follow-ups"
        question = queue_words.done_while_interviewing(contact.name, what, self.with_keys)
        sure = self._confirm.confirmed(question)
        if sure:
            self._confirm.reset()
        return sure

    def action_snooze(self) -> None:
        """Ask until when, and put the targets off, except meetings, which stay when they were agreed."""
        from warmcall.screens.when_form import WhenDialog

        if self.blocked("snooze"):
            return
        targets = self._targets()
        movable = [follow_up for follow_up in targets if not self._is_a_meeting(follow_up)]
        stay = len(targets) - len(movable)
        (first, *others) = movable
        what = f"{len(movable)} follow-ups" if others else self._action_words(first)
        at = None if others else first.due.instant
        hour = f"{self.services.time.calendar.local(at):%H:%M}" if at is not None else ""

        def put_off(when: When | None) -> None:
            if when is not None:
                self._marks.clear()
                ids = [follow_up.id for follow_up in movable]
                count = self.services.following_up.snooze_all(ids, when)
                if others or stay:
                    self.say_undoable(_count_words("Put off", count, stay))

        self.app.push_screen(WhenDialog(self.services, f"Put off: {what}", hour), put_off)

    def action_edit(self) -> None:
        """Ask for the new time and note of the follow-up under the cursor, and change them."""
        from warmcall.screens.when_form import follow_up_form, parse_when

        follow_up = self._selected()
        if self.blocked("edit") or follow_up is None:
            return

        def save(values: Values | None) -> None:
            if values:
                when = parse_when(self.services, values["when"])
                self.services.following_up.edit(follow_up.id, when, values["note"])

        calendar, due = self.services.time.calendar, follow_up.due
        coming = calendar.day_of(due) >= calendar.day_of(self.now())
        when = str(due) if due.instant is None else f"{calendar.local(due.instant):%Y-%m-%d %H:%M}"
        values = {"note": follow_up.note, "when": when if coming else "today", "kind": follow_up.kind.value}
        title = f"Edit: {self._action_words(follow_up)}"
        self.app.push_screen(
            follow_up_form(self.services, title, values, (follow_up.kind,), follow_up.waiting), save
        )

    def action_delete(self) -> None:
        """Delete the targets."""
        if not self.blocked("delete"):
            ids = [follow_up.id for follow_up in self._targets()]
            self._marks.clear()
            count = self.services.following_up.delete_all(ids)
            self.say_undoable(_count_words("Deleted", count))

    def action_copy(self) -> None:
        """Copy the targets, a line each."""
        if not self.blocked("copy"):
            lines = (queue_words.pasted_line(self.services.store, follow_up) for follow_up in self._targets())
            self.post_message(CopyText("\n".join(lines)))

    def action_shortlist(self) -> None:
        """Show who of the pool, and of the contacts not asked yet, is worth asking next."""
        from warmcall.screens.people.shortlist import ShortlistScreen

        self.app.push_screen(ShortlistScreen(self.services))

    def action_add(self) -> None:
        """Ask for a new contact, and add them with their call."""
        from warmcall.screens.people.contact_form import contact_form

        def add(values: Values | None) -> None:
            if values:
                self._show_added(self.services.address_book.add(values), values)

        self.app.push_screen(contact_form(self.services), add)

    def _show_added(self, added: Contact, values: Values) -> None:
        """Select the call of a contact just added, and say that it is here; a filter may hide it."""
        from warmcall.presentation.person import added as added_words

        if self._filter.close():
            self.reload()
            self._rows.focus()
        for owed in self.services.store.of_contact(FollowUp, added.id):
            section = self._sections.section_of(owed.id)
            if section is not None and self._sections.is_folded(section):
                self._sections.unfold(section)
                self.reload()
            self._rows.go(owed.id)
        self.say_undoable(added_words(added, values))

    def action_mark(self) -> None:
        """Mark or unmark the row, or everything in a folded section, and move on."""
        if not self.blocked("mark"):
            section = self._folded_heading()
            self._marks.toggle([self._rows.key] if section is None else self._sections.ids_in(section))
            self._rows.action_move(1)

    def action_filter(self) -> None:
        """Begin to filter, or to filter by other words."""
        if not self.blocked("filter"):
            self._filter.open()
            self.call_after_refresh(self._prepare_filter)

    def action_fold(self) -> None:
        """Fold the section under the cursor."""
        section = self._section()
        if not self.blocked("fold") and section:
            self._sections.fold(section)
            self.reload()
            self._rows.go(heading_key(section))

    def action_unfold(self) -> None:
        """Show what is in the folded section under the cursor."""
        section = self._section()
        if not self.blocked("unfold") and section:
            self._sections.unfold(section)
            self.reload()
            self._rows.go(self._sections.ids_in(section)[0])

    def action_week(self) -> None:
        """Look back at the present week."""
        from warmcall.screens.queue.week_review import WeekScreen

        self.app.push_screen(WeekScreen(self.services))

    def action_calendar(self) -> None:
        """Write the calendar file, and say where."""
        self.external.export_calendar(self.services)

    def action_back(self) -> None:
        """Go back to the list from the person beside it, unmark, close the filter, then a message."""
        if self._beside.has_focus:
            self._rows.focus()
        elif self._marks and self.focused is self._rows:
            self._marks.clear()
        elif self._filter.close():
            self.reload()
            self._rows.focus()
        else:
            super().action_back()

    @property
    def _beside(self) -> PersonBeside:
        return self.query_one("#detail", PersonBeside)

    @property
    def _filter(self) -> FilterLine:
        return self.query_one("#filter", FilterLine)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#queue", Rows)

    def _selected(self) -> FollowUp | None:
        """Return the follow-up under the cursor."""
        return self.services.store.get(FollowUp, self._rows.key)

    def selected_follow_up_id(self) -> str:
        """Return the id of the follow-up under the cursor; empty if there is none."""
        follow_up = self._selected()
        return follow_up.id if follow_up else ""

    def _targets(self) -> list[FollowUp]:
        """Return the follow-ups that a key acts on."""
        return self._marks.targets(self._selected())

    def _section(self) -> Section | None:
        """Return the section under the cursor."""
        return self._sections.section_of(self._rows.key)

    def _folded_heading(self) -> Section | None:
        """Return the folded section whose heading is under the cursor; None if it is on another row."""
        return heading_section(self._rows.key)

    def _found(self, entries: Sequence[QueueEntry], words: str) -> Sequence[QueueEntry]:
        """Return those of `entries` that the filter finds."""
        return self.services.search.follow_ups(entries, words, queue_words.KIND_NAMES)

    def _prepare_search(self, at_once: int) -> bool:
        """Prepare a part of the search; return whether all is prepared."""
        return self.services.search.prepare(at_once)

    def _prepare_filter(self) -> None:
        """Prepare the search before the first letter comes, so that thousands of rows do not delay it."""
        if self._index.ready():
            self._found(self.services.queue.entries(), "")

    def _filter_prepared(self) -> None:
        """Show what was typed while the search was being prepared."""
        self._prepare_filter()
        self.reload()

    def _is_a_meeting(self, follow_up: FollowUp) -> bool:
        """Return whether it is about a meeting that was agreed and has not ended."""
        meeting = self.services.store.get(Interview, follow_up.interview_id)
        return follow_up.kind is FollowUpKind.INTERVIEW and meeting is not None and meeting.ended_at is None

    def _action_words(self, follow_up: FollowUp) -> str:
        return wording.what(follow_up, self.services.store.contact(follow_up.contact_id))

    def _folding_reason(self, action: str) -> str:
        """Return why the section under the cursor cannot be folded or unfolded; empty if it can."""
        if self._filter.value.strip():
            return self.with_keys("While a filter is on, nothing is folded: {screen.back} clears it")
        folded = self._sections.is_folded(self._section())
        if action == "unfold" and not folded:
            return self.with_keys("Nothing is folded here: {queue.fold} folds this section")
        if action == "fold" and folded:
            return self.with_keys("This section is folded: {queue.unfold} shows it again")
        return ""

    def _no_row(self) -> str:
        """Return why no follow-up is under the cursor."""
        if self._folded_heading():
            return self.with_keys("This section is folded: {rows.choose} shows what is in it")
        return self._nothing_here()

    def _nothing_here(self) -> str:
        """Return why the list is empty."""
        if self._filter.value.strip():
            return self.with_keys("The filter finds nothing: {screen.back} clears it")
        return self.with_keys(
            "Nothing is in the queue: {queue.add} adds someone, {person.follow_up} a follow-up"
        )

    def _nothing_found(self, words: str) -> list[RichPart]:
        """Return what the empty list shows while a filter finds nothing."""
        return self.with_key_lines(
            f"Nothing that is owed has “{words}” in any field.", ("{screen.back}", "clears the filter")
        )

    def _lines_above(self, queue: Sequence[QueueEntry]) -> list[str]:
        """Return what stands above the list: a proposal, the week, and when nothing is due, until when."""
        proposal = self.services.queue.proposal()
        lines = [queue_words.proposal_line(proposal, self.with_keys)] if proposal else []
        if not self._awaits_holidays and self.services.weeks.is_offered():
            lines.append(week_words.offer(self.services, self.with_keys))
        return (
            lines if queue and queue[0].section in DUE else [*lines, *queue_words.idle_lines(self.services)]
        )

    def _nothing_owed(self) -> list[RichPart]:
        """Return what the empty list shows while nothing is owed to anybody."""
        in_pool, nobody = self.services.store.count(PoolPerson), "Nobody here yet."
        if in_pool:
            from warmcall.presentation.pool import pool_words

            nobody = f"{pool_words(in_pool)}, and nobody is chosen yet."
        shortlist = (("{shortlist.open}", "proposes whom to ask this week, and why"),) if in_pool else ()
        if not self.services.store.count(Contact):
            imports = ("{app.people} {people.import}", wording.IMPORTS)
            return self.with_key_lines(
                nobody,
                *shortlist,
                ("{queue.add}", "first, adds somebody to call; a name is enough"),
                ("{app.practice}", "then practises the call aloud; nobody is called"),
                ("{rows.choose}", "then calls them, with the script filled in"),
                *(() if in_pool else (imports,)),
                ("{app.target}", "is your profile and target: what the script says about you"),
            )
        return self.with_key_lines(
            "\n".join(self._lines_above(())),
            *shortlist,
            ("{app.people}", "People: {person.call} calls, {person.follow_up} adds a follow-up"),
            ("{queue.add}", "adds someone new to call"),
        )

    def _show_marks(self, ids: frozenset[str]) -> None:
        self._rows.mark(ids)
        self.refresh_bindings()

    def _show_detail(self) -> None:
        self._beside.show_person(self.person())


def _count_words(done: str, count: int, stay: int = 0) -> str:
    """Return "Done", "3 done", or "3 done, 1 interview stays"."""
    words = done if count == 1 and not stay else f"{count} {done[:1].lower()}{done[1:]}"
    stays = "1 interview stays" if stay == 1 else f"{stay} interviews stay"
    return f"{words}, {stays}" if stay else words
