"""The queue, the home screen: what is next, in order, and why."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from tui.domain.message import PURPOSE_OF
from tui.domain.queue import Section
from tui.domain.records import Contact, FollowUp
from tui.domain.vocabulary import FollowUpKind
from tui.screens.base import Copy, Go
from tui.screens.forms import Values
from tui.screens.message import MessageDialog
from tui.screens.person_forms import contact_form
from tui.screens.time_forms import WhenDialog, follow_up_form, understood
from tui.screens.with_person import PersonScreen
from tui.services.dates_in_words import Understood
from tui.widgets import wording
from tui.widgets.panel import Panel, Part
from tui.widgets.person_summary import summary
from tui.widgets.rows import Column, Row, Rows

_ROOMY = 100
_COLUMNS = (
    Column(16),
    Column(weight=3),
    Column(weight=3, needs=_ROOMY),
    Column(weight=4, needs=_ROOMY),
    Column(weight=4, upto=_ROOMY),
)
"""When, what and whom, where they work, why; the last two as one where there is less room."""


class QueueScreen(PersonScreen):
    """Everything owed, and the keys that do it, put it off or take it away."""

    TAB = "Queue"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "done", "Done", id="queue.done", tooltip="Mark the follow-up done"),
        Binding("z", "snooze", "Snooze", id="queue.snooze", tooltip="Put it off: 1 tomorrow, 2, 3, or a day"),
        Binding("a", "add", "Add person", id="queue.add", tooltip="Add a contact; their call comes here"),
        Binding(
            "e", "edit", "Edit", show=False, id="queue.edit", tooltip="Change when it is due, and its note"
        ),
        Binding("d", "delete", "Delete", show=False, id="queue.delete", tooltip="Take it out of the queue"),
        Binding("Y", "copy", "Copy", show=False, id="queue.copy", tooltip="Copy the row"),
    ]

    def body(self) -> ComposeResult:
        """Lay out the list, and beside it the person, where there is room."""
        with Horizontal():
            yield Rows(_COLUMNS, id="queue")
            yield Panel(id="empty")
            yield Panel(id="detail")

    def person(self) -> Contact | None:
        """Return the contact of the row under the cursor."""
        owed = self._chosen()
        return self.desk.book.contact(owed.contact_id) if owed else None

    def reload(self) -> None:
        """Show the queue as it is now."""
        entries = self.desk.following_up.queue()
        now, calendar = self.now(), self.desk.time.calendar
        rows: list[Row] = []
        section: Section | None = None
        for entry in entries:
            one = entry.follow_up
            if entry.section is not section:
                section = entry.section
                count = sum(other.section is section for other in entries)
                rows.append(Row("", (f"{wording.SECTION[section]} · {count}",), heading=True))
            contact = self.desk.book.contact(one.contact_id)
            about = self.desk.book.contact(one.about_id)
            why, work = wording.why(one, about), wording.work(contact)
            organization = contact.organization if contact else ""
            both = " · ".join(filter(None, [why, organization if why else work]))
            when = self._time_left(one) or wording.when(entry, now, calendar)
            cells = (when, wording.what(one, contact), work, why, both)
            style = {Section.OVERDUE: "late", Section.WAITING: "dim"}.get(entry.section, "")
            rows.append(Row(one.id, cells, style))
        listed = self.query_one("#queue", Rows)
        listed.show(rows)
        listed.display = bool(rows)
        if rows and self.focused is None:
            listed.focus()
        empty = self.query_one("#empty", Panel)
        empty.display = not rows
        empty.show(*self._nothing_due())
        self._show_detail()

    def tick(self) -> None:
        """Let the words about time follow the clock."""
        self.reload()

    def on_rows_moved(self) -> None:
        """Show the person of the row."""
        self._show_detail()
        self.refresh_bindings()

    def on_rows_chosen(self) -> None:
        """Do what the row says: the right screen opens on that person."""
        owed = self._chosen()
        if owed is None:
            return
        if owed.kind is FollowUpKind.CALL:
            self.post_message(Go("Call", owed.contact_id))
        elif owed.kind is FollowUpKind.INTERVIEW:
            self.post_message(Go("Interview", owed.contact_id, owed.interview_id))
        elif owed.kind in PURPOSE_OF and not (owed.kind is FollowUpKind.PROMISE and owed.waiting):
            self.app.push_screen(MessageDialog(self.desk, owed.id))
        else:
            self.action_edit()

    def why_not(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        owed = self._chosen()
        if action in ("done", "snooze", "edit", "delete", "copy", "choose") and owed is None:
            return "Nothing is in the queue: a adds someone, f a follow-up"
        if action == "done" and owed and owed.kind is FollowUpKind.INTERVIEW:
            return "Enter opens the interview: it is done when you end it there"
        return super().why_not(action)

    def action_done(self) -> None:
        """Mark the follow-up done."""
        owed = self._chosen()
        if not self.refuses("done") and owed:
            self.desk.following_up.done(owed.id)
            self.say("Done. u takes it back")

    def action_snooze(self) -> None:
        """Ask until when, and put it off."""
        owed = self._chosen()
        if self.refuses("snooze") or owed is None:
            return
        one = owed

        def take(when: Understood | None) -> None:
            if when:
                self.desk.following_up.snooze(one.id, when.at, when.timed)

        title = f"Put off: {wording.what(one, self.person())}"
        self.app.push_screen(WhenDialog(self.desk, title), take)

    def action_edit(self) -> None:
        """Ask for the new time and note, and change them."""
        owed = self._chosen()
        if self.refuses("edit") or owed is None:
            return
        one = owed

        def take(values: Values | None) -> None:
            if values:
                when = understood(self.desk, values["when"])
                self.desk.following_up.edit(one.id, when.at, when.timed, values["note"])

        local = self.desk.time.calendar.local(one.due)
        now = self.now()
        coming = one.due >= now or local.date() >= self.desk.time.calendar.day_of(now)
        when = f"{local:%Y-%m-%d %H:%M}" if one.timed else f"{local:%Y-%m-%d}"
        values = {"note": one.note, "when": when if coming else "today", "kind": one.kind.value}
        title = f"Edit: {wording.what(one, self.person())}"
        self.app.push_screen(follow_up_form(self.desk, title, values, (one.kind,)), take)

    def action_delete(self) -> None:
        """Take it out of the queue."""
        owed = self._chosen()
        if not self.refuses("delete") and owed:
            self.desk.following_up.delete(owed.id)
            self.say("Deleted. u takes it back")

    def action_add(self) -> None:
        """Ask for a new contact, and add them with their call."""

        def take(values: Values | None) -> None:
            if values:
                self.desk.address_book.add(values)

        self.app.push_screen(contact_form(self.desk), take)

    def action_copy(self) -> None:
        """Copy the row."""
        owed = self._chosen()
        if not self.refuses("copy") and owed:
            about = self.desk.book.contact(owed.about_id)
            parts = [wording.what(owed, self.person()), wording.work(self.person()), wording.why(owed, about)]
            self.post_message(Copy(" · ".join(filter(None, parts))))

    def _time_left(self, owed: FollowUp) -> str:
        """Return the time left if this is the interview under way."""
        running = self.desk.book.running()
        if running is None or owed.kind is not FollowUpKind.INTERVIEW or owed.interview_id != running.id:
            return ""
        return wording.time_left(running.countdown, self.now(), self.desk.library.cadence.close)

    def _chosen(self) -> FollowUp | None:
        return self.desk.book.get(FollowUp, self.query_one("#queue", Rows).key)

    def _show_detail(self) -> None:
        person = self.person()
        parts = summary(self.desk, person) if person else []
        self.query_one("#detail", Panel).show(*parts)

    def _nothing_due(self) -> list[Part]:
        if not self.desk.book.count(Contact):
            return [
                "Nobody here yet.\n\n",
                ("a", "bold $primary"), "  adds the first person to call\n",
                ("6", "bold $primary"), "  is your profile and target: what the script says about you",
            ]  # fmt: skip
        return [
            "Nothing is owed to anybody.\n\n",
            ("2", "bold $primary"), "  People: c calls, f adds a follow-up\n",
            ("a", "bold $primary"), "  adds someone new to call",
        ]  # fmt: skip
