"""The interview: before, during and after, with one person."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import Mode
from warmcall.screens.external import CALENDAR_KEY
from warmcall.screens.forms import Values
from warmcall.screens.interview.debrief_pane import DebriefPane
from warmcall.screens.interview.left_over import LeftOver
from warmcall.screens.interview.live_pane import LivePane
from warmcall.screens.interview.pane import Pane
from warmcall.screens.interview.prep_pane import PrepPane
from warmcall.screens.when_form import meeting_form, meeting_time
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel


class InterviewScreen(LeftOver):
    """Shows the part of the interview that is now."""

    TAB = "Interview"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start", "Start now", id="interview.start", tooltip="Begin a meeting at once"),
        Binding("m", "meeting", "When", id="interview.meeting", tooltip="Set or move the day, hour and way"),
        Binding("i", "interview", "Interview", show=False, id="person.interview"),
        CALENDAR_KEY,
    ]

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._contact_id = ""
        self._interview_id = ""
        self._panes: tuple[Pane, ...] = (
            PrepPane(services, "before"),
            LivePane(services, "during"),
            DebriefPane(services, "after"),
        )
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
        return self.services.store.contact(self._contact_id)

    def reload(self) -> None:
        """Show the meeting as it is now, turning to another part when its time has come."""
        if self.person() is None:
            self._contact_id, self._interview_id = self.services.following_up.next_meeting()
        interview = self._interview()
        pane = self._pane_for(interview)
        for other_pane in self._panes:
            other_pane.display = other_pane is pane
            other_pane.interview_id = interview.id if interview else ""
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
            return pane is None or isinstance(pane, PrepPane)
        if action == "meeting":
            return not isinstance(pane, LivePane)
        if action == "thank":
            return isinstance(pane, DebriefPane)
        if action in ("call", "follow_up", "interview"):
            return not isinstance(pane, LivePane) and action != "interview"
        return super().check_action(action, parameters)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action in ("start", "meeting") and self.person() is None:
            return self.with_keys(
                "Nobody is chosen: {app.people} is People, where {person.interview} opens the interview"
            )
        return super().disabled_reason(action)

    def action_start(self) -> None:
        """Start the countdown of the meeting planned, or of one that begins at once."""
        person, interview = self.person(), self._interview()
        if self.blocked("start") or person is None:
            return
        if interview is not None and interview.ended_at is None:
            self.services.interviewing.start(interview.id)
        else:
            begun = self.services.interviewing.start_now(person.id)
            self._interview_id = begun.id if begun else ""
            self.reload()

    def action_calendar(self) -> None:
        """Write the calendar file, and say where."""
        self.external.export_calendar(self.services)

    def action_meeting(self) -> None:
        """Ask when and how, and plan the meeting or move it."""
        person, interview = self.person(), self._interview()
        if self.blocked("meeting") or person is None:
            return

        def take(values: Values | None) -> None:
            if values:
                at = meeting_time(self.services, person, values)
                mode, place = Mode(values["mode"]), values["place"].strip()
                planned = self.services.interviewing.arrange(person.id, at, mode, place)
                self._interview_id = planned.id if planned else ""
                self.reload()

        coming = interview if interview is not None and interview.ended_at is None else None
        self.app.push_screen(meeting_form(self.services, person, coming), take)

    def action_end(self) -> None:
        """End the meeting; the page after offers the debrief while it is fresh."""
        interview = self._interview()
        pane = self._shown[0]
        if interview is None or pane is None or not interview.countdown.going or pane.blocked("end"):
            return
        self.flush()
        self.services.interviewing.end(interview.id)

    def _interview(self) -> Interview | None:
        """Return the meeting named, while it is there, else the contact's own choice."""
        named = self.services.store.get(Interview, self._interview_id)
        if named is not None and named.contact_id == self._contact_id and not named.cancelled:
            return named
        return self.services.interviewing.current(self._contact_id)

    def _pane_for(self, interview: Interview | None) -> Pane | None:
        before, during, after = self._panes
        if interview is None:
            return None
        if interview.ended_at is not None:
            return after
        return during if interview.countdown.going else before

    def _show_empty(self, empty: Panel) -> None:
        person = self.person()
        if person is None:
            empty.show(
                "No meeting is planned.\n\n", (self.key("app.people"), "bold $primary"),
                self.with_keys("  People: {person.interview} on somebody plans one\n"),
                (self.key("app.queue"), "bold $primary"), "  Queue: a call is how most meetings begin",
            )  # fmt: skip
            return
        empty.show(
            f"No meeting is planned with {person.name}.\n\n",
            (self.key("interview.meeting"), "bold $primary"), "  sets day, hour and way\n",
            (self.key("interview.start"), "bold $primary"), "  starts one now: they are on the line\n",
            (self.key("person.call"), "bold $primary"), "  calls to ask for one",
        )  # fmt: skip
