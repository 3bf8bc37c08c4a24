"""An interview that another session holds: it is looked at here, and changed only once it is taken over."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from warmcall.domain.records import Interview
from warmcall.presentation import wording
from warmcall.screens.interview.pane import Pane
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.rich_text import RichPart

LOOKING = frozenset({"copy", "step(1)", "step(-1)", "take_over"})
"""The actions of a pane that need no hold on the interview: they change nothing in it, or take the hold."""


class ReadOnlyGuard(Pane):
    """A part of the interview screen whose keys, while another session holds the interview, say so and do
    nothing, but for those LOOKING."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T", "take_over", "Take over", id="held.take_over", tooltip="Run this interview here"),
    ]

    _followed = ""

    @property
    def read_only(self) -> str:
        """Where the interview is open instead of here; empty if it may be changed here."""
        interview = self.interview
        if interview is None or not self.services.interview_lock.held_elsewhere(interview):
            return ""
        return wording.held(interview.held_since, self.services.time.now(), self.services.time.calendar)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        held = self.read_only
        return (
            f"It is {held}: {self.key('held.take_over')} takes over" if held and action not in LOOKING else ""
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to take over only what is held elsewhere."""
        return bool(self.read_only) if action == "take_over" else super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Keep a key of this pane from changing what is held elsewhere, and say so."""
        if not self.read_only:
            return
        active = self.screen.active_bindings.get(event.key)
        if active is not None and active.node is self and self.blocked(active.binding.action):
            event.stop()

    def on_notes_editor_refused(self) -> None:
        """Say why a letter is not taken."""
        keys = self.with_keys("{notes.leave}, then {held.take_over}")
        self.say(f"Not typed: it is {self.read_only}. {keys} takes over")

    def action_take_over(self) -> None:
        """Run the interview in this session from now on."""
        self.services.interview_lock.take_over(self.interview_id)
        self.say("It is yours now: the other session looks on")

    def hold_still(self, editor: NotesEditor, shown: str) -> None:
        """Have `editor` take letters only while the interview, `shown` so far or not, may be changed here.

        What was typed until then is kept.
        """
        held = self.read_only
        if held and not editor.read_only:
            self.flush()
            if shown == self.interview_id:
                self.say(f"It is {held}. Your words are kept: {self.key('held.take_over')} takes over")
        editor.read_only = bool(held)

    def followed(self, interview: Interview, here: str) -> str:
        """Return the question to show: `here`, or the one that whoever runs the interview has gone to."""
        gone_on = interview.current != self._followed
        self._followed = interview.current
        return interview.current if self.read_only and gone_on else here

    def held_line(self) -> RichPart:
        """Return the line of the head that says where the interview is open."""
        return (
            f"\n{self.read_only}: {self.key('held.take_over')} takes over" if self.read_only else "",
            "bold $warning",
        )
