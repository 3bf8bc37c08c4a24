"""The queue, the home screen: what is next, in order, and why."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from warmcall.domain.message import PURPOSE_OF
from warmcall.domain.records import FollowUp, Interview
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.presentation import queue as queue_words
from warmcall.presentation import wording
from warmcall.screens.base import CopyText, GoTo
from warmcall.screens.forms import Values
from warmcall.screens.message.dialog import MessageDialog
from warmcall.screens.people.contact_form import contact_form
from warmcall.screens.queue.marks import MarkedQueue
from warmcall.screens.when_form import WhenDialog, follow_up_form, understood
from warmcall.services.natural_dates import ParsedDate


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
            self.post_message(GoTo("Call", owed.contact_id))
        elif owed.kind is FollowUpKind.INTERVIEW:
            self.post_message(GoTo("Interview", owed.contact_id, owed.interview_id))
        elif owed.kind in PURPOSE_OF and not (owed.kind is FollowUpKind.PROMISE and owed.waiting):
            self.app.push_screen(MessageDialog(self.services, owed.id))
        else:
            self.action_edit()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        targets = self.targets()
        if action in ("done", "snooze", "delete", "copy") and not targets:
            return self._no_row()
        if action in ("edit", "choose") and self.chosen() is None:
            return "" if action == "choose" and self.folded_here() else self._no_row()
        if action == "done" and all(follow_up.kind is FollowUpKind.INTERVIEW for follow_up in targets):
            return self.with_keys("{rows.choose} opens the interview: it is done when you end it there")
        if action == "snooze" and all(self._is_a_meeting(follow_up) for follow_up in targets):
            return self.with_keys(
                "A meeting is moved in the interview: {rows.choose} opens it, {interview.meeting} moves it"
            )
        return super().disabled_reason(action)

    def action_done(self) -> None:
        """Mark what is meant done; an interview is done when it ends."""
        if self.blocked("done"):
            return
        targets = self.targets()
        ids = [follow_up.id for follow_up in targets if follow_up.kind is not FollowUpKind.INTERVIEW]
        left = len(targets) - len(ids)
        self.unmark()
        count = self.services.following_up.complete_all(ids)
        self.say_undoable(_so_many("Done", count, left))

    def action_snooze(self) -> None:
        """Ask until when, and put off what is meant; a meeting stays when it was agreed."""
        if self.blocked("snooze"):
            return
        targets = self.targets()
        moved = [follow_up for follow_up in targets if not self._is_a_meeting(follow_up)]
        (first, *others) = moved
        what = f"{len(moved)} follow-ups" if others else self._what(first)
        local = self.services.time.calendar.local(first.due)
        hour = f"{local:%H:%M}" if first.timed and not others else ""

        def take(when: ParsedDate | None) -> None:
            if when:
                self.unmark()
                ids = [follow_up.id for follow_up in moved]
                count = self.services.following_up.snooze_all(ids, when.at, when.timed)
                left = len(targets) - len(moved)
                if others or left:
                    self.say_undoable(_so_many("Put off", count, left))

        self.app.push_screen(WhenDialog(self.services, f"Put off: {what}", hour), take)

    def action_edit(self) -> None:
        """Ask for the new time and note, and change them."""
        owed = self.chosen()
        if self.blocked("edit") or owed is None:
            return
        follow_up = owed

        def take(values: Values | None) -> None:
            if values:
                when = understood(self.services, values["when"])
                self.services.following_up.edit(follow_up.id, when.at, when.timed, values["note"])

        local = self.services.time.calendar.local(follow_up.due)
        now = self.now()
        coming = follow_up.due >= now or local.date() >= self.services.time.calendar.day_of(now)
        when = f"{local:%Y-%m-%d %H:%M}" if follow_up.timed else f"{local:%Y-%m-%d}"
        values = {"note": follow_up.note, "when": when if coming else "today", "kind": follow_up.kind.value}
        title = f"Edit: {self._what(follow_up)}"
        self.app.push_screen(follow_up_form(self.services, title, values, (follow_up.kind,)), take)

    def action_delete(self) -> None:
        """Take what is meant out of the queue."""
        if not self.blocked("delete"):
            ids = [follow_up.id for follow_up in self.targets()]
            self.unmark()
            count = self.services.following_up.delete_all(ids)
            self.say_undoable(_so_many("Deleted", count))

    def action_add(self) -> None:
        """Ask for a new contact, and add them with their call."""

        def take(values: Values | None) -> None:
            if values:
                self.services.address_book.add(values)

        self.app.push_screen(contact_form(self.services), take)

    def action_copy(self) -> None:
        """Copy what is meant, a line each."""
        if not self.blocked("copy"):
            self.post_message(
                CopyText(
                    "\n".join(
                        queue_words.pasted_line(self.services, follow_up) for follow_up in self.targets()
                    )
                )
            )

    def _is_a_meeting(self, owed: FollowUp) -> bool:
        """Return whether it stands for a meeting that was agreed, and is still to be held."""
        meeting = self.services.store.get(Interview, owed.interview_id)
        return owed.kind is FollowUpKind.INTERVIEW and meeting is not None and meeting.ended_at is None

    def _no_row(self) -> str:
        return (
            self.with_keys("This section is folded: {rows.choose} shows what is in it")
            if self.folded_here()
            else self.nothing_here
        )

    def _what(self, owed: FollowUp) -> str:
        return wording.what(owed, self.services.store.contact(owed.contact_id))


def _so_many(done: str, count: int, left: int = 0) -> str:
    """Return "Done", or "3 done, 1 interview stays"."""
    words = done if count == 1 and not left else f"{count} {done[:1].lower()}{done[1:]}"
    stays = "1 interview stays" if left == 1 else f"{left} interviews stay"
    return f"{words}, {stays}" if left else words
