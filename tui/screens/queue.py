"""The queue, the home screen: what is next, in order, and why."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.domain.message import PURPOSE_OF
from tui.domain.records import FollowUp, Interview
from tui.domain.vocabulary import FollowUpKind
from tui.screens.base import Copy, Go
from tui.screens.forms import Values
from tui.screens.message import MessageDialog
from tui.screens.person_forms import contact_form
from tui.screens.queue_marks import MarkedQueue
from tui.screens.time_forms import WhenDialog, follow_up_form, understood
from tui.services.dates_in_words import Understood
from tui.widgets import queue_words, wording


class QueueScreen(MarkedQueue):
    """Everything owed, and the keys that do it, put it off or take it away."""

    TAB = "Queue"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "done", "Done", id="queue.done", tooltip="Mark the follow-up done"),
        Binding("z", "snooze", "Snooze", id="queue.snooze",
                tooltip="Put it off: {when.tomorrow} tomorrow, {when.three}, {when.week}, or a day"),
        Binding("a", "add", "Add person", id="queue.add", tooltip="Add a contact; their call comes here"),
        Binding("e", "edit", "Edit", show=False, id="queue.edit",
                tooltip="Change when it is due, and its note"),
        Binding("d", "delete", "Delete", show=False, id="queue.delete", tooltip="Take it out of the queue"),
        Binding("Y", "copy", "Copy", show=False, id="queue.copy", tooltip="Copy the row"),
    ]  # fmt: skip

    def on_rows_chosen(self) -> None:
        """Do what the row says: the right screen opens on that person."""
        owed = self.chosen()
        if owed is None:
            self.action_unfold()
        elif owed.kind is FollowUpKind.CALL:
            self.post_message(Go("Call", owed.contact_id))
        elif owed.kind is FollowUpKind.INTERVIEW:
            self.post_message(Go("Interview", owed.contact_id, owed.interview_id))
        elif owed.kind in PURPOSE_OF and not (owed.kind is FollowUpKind.PROMISE and owed.waiting):
            self.app.push_screen(MessageDialog(self.desk, owed.id))
        else:
            self.action_edit()

    def why_not(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        meant = self.meant()
        if action in ("done", "snooze", "delete", "copy") and not meant:
            return self._no_row()
        if action in ("edit", "choose") and self.chosen() is None:
            return "" if action == "choose" and self.folded_here() else self._no_row()
        if action == "done" and all(one.kind is FollowUpKind.INTERVIEW for one in meant):
            return self.keyed("{rows.choose} opens the interview: it is done when you end it there")
        if action == "snooze" and all(self._is_a_meeting(one) for one in meant):
            return self.keyed(
                "A meeting is moved in the interview: {rows.choose} opens it, {interview.meeting} moves it"
            )
        return super().why_not(action)

    def action_done(self) -> None:
        """Mark what is meant done; an interview is done when it ends."""
        if self.refuses("done"):
            return
        meant = self.meant()
        ids = [one.id for one in meant if one.kind is not FollowUpKind.INTERVIEW]
        left = len(meant) - len(ids)
        self.unmark()
        count = self.desk.following_up.done_all(ids)
        self.say_undoable(_so_many("Done", count, left))

    def action_snooze(self) -> None:
        """Ask until when, and put off what is meant; a meeting stays when it was agreed."""
        if self.refuses("snooze"):
            return
        meant = self.meant()
        moved = [one for one in meant if not self._is_a_meeting(one)]
        (first, *others) = moved
        what = f"{len(moved)} follow-ups" if others else self._what(first)
        local = self.desk.time.calendar.local(first.due)
        hour = f"{local:%H:%M}" if first.timed and not others else ""

        def take(when: Understood | None) -> None:
            if when:
                self.unmark()
                ids = [one.id for one in moved]
                count = self.desk.following_up.snooze_all(ids, when.at, when.timed)
                left = len(meant) - len(moved)
                if others or left:
                    self.say_undoable(_so_many("Put off", count, left))

        self.app.push_screen(WhenDialog(self.desk, f"Put off: {what}", hour), take)

    def action_edit(self) -> None:
        """Ask for the new time and note, and change them."""
        owed = self.chosen()
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
        title = f"Edit: {self._what(one)}"
        self.app.push_screen(follow_up_form(self.desk, title, values, (one.kind,)), take)

    def action_delete(self) -> None:
        """Take what is meant out of the queue."""
        if not self.refuses("delete"):
            ids = [one.id for one in self.meant()]
            self.unmark()
            count = self.desk.following_up.delete_all(ids)
            self.say_undoable(_so_many("Deleted", count))

    def action_add(self) -> None:
        """Ask for a new contact, and add them with their call."""

        def take(values: Values | None) -> None:
            if values:
                self.desk.address_book.add(values)

        self.app.push_screen(contact_form(self.desk), take)

    def action_copy(self) -> None:
        """Copy what is meant, a line each."""
        if not self.refuses("copy"):
            self.post_message(Copy("\n".join(queue_words.copied(self.desk, one) for one in self.meant())))

    def _is_a_meeting(self, owed: FollowUp) -> bool:
        """Return whether it stands for a meeting that was agreed, and is still to be held."""
        meeting = self.desk.book.get(Interview, owed.interview_id)
        return owed.kind is FollowUpKind.INTERVIEW and meeting is not None and meeting.ended_at is None

    def _no_row(self) -> str:
        return (
            self.keyed("This section is folded: {rows.choose} shows what is in it")
            if self.folded_here()
            else self.nothing_here
        )

    def _what(self, owed: FollowUp) -> str:
        return wording.what(owed, self.desk.book.contact(owed.contact_id))


def _so_many(done: str, count: int, left: int = 0) -> str:
    """Return "Done", or "3 done, 1 interview stays"."""
    words = done if count == 1 and not left else f"{count} {done[:1].lower()}{done[1:]}"
    stays = "1 interview stays" if left == 1 else f"{left} interviews stay"
    return f"{words}, {stays}" if left else words
