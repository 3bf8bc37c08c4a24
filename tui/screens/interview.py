"""The interview: before, during and after, with one person."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.domain.records import Contact, Interview
from tui.domain.vocabulary import FollowUpKind, Mode
from tui.screens.forms import Values
from tui.screens.interview_after import After
from tui.screens.interview_before import Before
from tui.screens.interview_during import During
from tui.screens.interview_left import LeftOver
from tui.screens.interview_pane import Pane
from tui.screens.time_forms import meeting_form, meeting_time
from tui.services.desk import Desk
from tui.widgets.panel import Panel


class InterviewScreen(LeftOver):
    """Shows the part of the interview that is now."""

    TAB = "Interview"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start", "Start now", id="interview.start", tooltip="Begin a meeting at once"),
        Binding("m", "meeting", "When", id="interview.meeting", tooltip="Set or move the day, hour and way"),
        Binding("i", "interview", "Interview", show=False, id="person.interview"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._contact_id = ""
        self._interview_id = ""
        self._panes: tuple[Pane, ...] = (Before(desk, "before"), During(desk, "during"), After(desk, "after"))
        self._shown: tuple[Pane | None, str] = (None, "")

    def body(self) -> ComposeResult:
        """Lay out the three parts, of which one shows."""
        yield from self._panes
        yield Panel(id="empty")

    def show(self, contact_id: str, interview_id: str = "") -> None:
        """Turn to a contact's meeting: the one named, else the one to come, else the last."""
        if contact_id:
            self.flush()
            self._contact_id, self._interview_id = contact_id, interview_id
        self.reload()
        self.opened(self._interview(), chosen=bool(interview_id))

    def person(self) -> Contact | None:
        """Return the contact the meeting is with."""
        return self.desk.book.contact(self._contact_id)

    def reload(self) -> None:
        """Show the meeting as it is now, turning to another part when its time has come."""
        if self.person() is None:
            self._contact_id, self._interview_id = self._next_meeting()
        interview = self._interview()
        pane = self._pane_for(interview)
        for one in self._panes:
            one.display = one is pane
            one.interview_id = interview.id if interview else ""
        empty = self.query_one("#empty", Panel)
        empty.display = pane is None
        self._show_empty(empty)
        if pane is not None:
            pane.reload()
            if (pane, pane.interview_id) != self._shown:
                pane.enter()
        elif self._shown[0] is not None:
            self.set_focus(None)
        self._shown = (pane, interview.id if interview else "")
        self.refresh_bindings()

    def tick(self) -> None:
        """Let the countdown follow the clock."""
        if self._shown[0] is not None:
            self._shown[0].tick()

    def advises(self, interview_id: str) -> bool:
        """Return whether the sentence to say in that meeting stands here for all to see."""
        during = self._panes[1]
        small = self.has_class("-tiny") or self.has_class("-flat")
        return self._shown == (during, interview_id) and not small

    def flush(self) -> None:
        """Save what was typed."""
        for pane in self._panes:
            if pane.is_mounted:
                pane.flush()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to the part that shows."""
        pane = self._shown[0]
        if action == "start":
            return pane is None or isinstance(pane, Before)
        if action == "meeting":
            return not isinstance(pane, During)
        if action == "thank":
            return isinstance(pane, After)
        if action in ("call", "follow_up", "interview"):
            return not isinstance(pane, During) and action != "interview"
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action in ("start", "meeting") and self.person() is None:
            return self.keyed(
                "Nobody is chosen: {app.people} is People, where {person.interview} opens the interview"
            )
        return super().why_not(action)

    def action_start(self) -> None:
        """Start the countdown of the meeting planned, or of one that begins at once."""
        person, interview = self.person(), self._interview()
        if self.refuses("start") or person is None:
            return
        if interview is not None and interview.ended_at is None:
            self.desk.interviewing.start(interview.id)
        else:
            begun = self.desk.interviewing.begin_now(person.id)
            self._interview_id = begun.id if begun else ""
            self.reload()

    def action_meeting(self) -> None:
        """Ask when and how, and plan the meeting or move it."""
        person, interview = self.person(), self._interview()
        if self.refuses("meeting") or person is None:
            return

        def take(values: Values | None) -> None:
            if values:
                at = meeting_time(self.desk, person, values)
                mode, place = Mode(values["mode"]), values["place"].strip()
                planned = self.desk.interviewing.arrange(person.id, at, mode, place)
                self._interview_id = planned.id if planned else ""
                self.reload()

        coming = interview if interview is not None and interview.ended_at is None else None
        self.app.push_screen(meeting_form(self.desk, person, coming), take)

    def action_end(self) -> None:
        """End the meeting; the page after offers the debrief while it is fresh."""
        interview = self._interview()
        pane = self._shown[0]
        if interview is None or pane is None or not interview.countdown.going or pane.refuses("end"):
            return
        self.flush()
        self.desk.interviewing.end(interview.id)

    def _interview(self) -> Interview | None:
        """Return the meeting named, while it is there, else the contact's own choice."""
        named = self.desk.book.get(Interview, self._interview_id)
        if named is not None and named.contact_id == self._contact_id and not named.cancelled:
            return named
        return self.desk.interviewing.current(self._contact_id)

    def _pane_for(self, interview: Interview | None) -> Pane | None:
        before, during, after = self._panes
        if interview is None:
            return None
        if interview.ended_at is not None:
            return after
        return during if interview.countdown.going else before

    def _next_meeting(self) -> tuple[str, str]:
        """Return contact and interview of the meeting under way, or of the next in the queue."""
        running = self.desk.book.running()
        if running:
            return running.contact_id, running.id
        queue = (entry.follow_up for entry in self.desk.following_up.queue())
        coming = next((one for one in queue if one.kind is FollowUpKind.INTERVIEW), None)
        return (coming.contact_id, coming.interview_id) if coming else ("", "")

    def _show_empty(self, empty: Panel) -> None:
        person = self.person()
        if person is None:
            empty.show(
                "No meeting is planned.\n\n", (self.key("app.people"), "bold $primary"),
                self.keyed("  People: {person.interview} on somebody plans one\n"),
                (self.key("app.queue"), "bold $primary"), "  Queue: a call is how most meetings begin",
            )  # fmt: skip
            return
        empty.show(
            f"No meeting is planned with {person.name}.\n\n",
            (self.key("interview.meeting"), "bold $primary"), "  sets day, hour and way\n",
            (self.key("interview.start"), "bold $primary"), "  starts one now: they are on the line\n",
            (self.key("person.call"), "bold $primary"), "  calls to ask for one",
        )  # fmt: skip
