"""The interview with one contact: before, during and after."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import Mode
from warmcall.screens.base import GoTo
from warmcall.screens.external import CALENDAR_KEY
from warmcall.screens.interview.panes import InterviewPanes
from warmcall.screens.people.person_screen import PersonScreen
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel

if TYPE_CHECKING:
    from warmcall.screens.forms import Values
    from warmcall.screens.interview.resume import MissedOutcome, ResumeChoice
    from warmcall.services.running_interviews import Stop


class InterviewScreen(PersonScreen):
    """The interview with one contact, in the pane for the state it is in.

    When it opens on a meeting that was left running, or whose hour passed before it was started, it asks
    what became of it.
    """

    CSS_PATH = "interview.tcss"
    TAB = "Interview"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start", "Start now", id="interview.start", tooltip="Start an interview now"),
        Binding(
            "m",
            "meeting",
            "When",
            id="interview.meeting",
            tooltip="Set or change the day, the hour, and how you meet",
        ),
        CALENDAR_KEY,
    ]

    def __init__(self, services: Services, contact_id: str = "", interview_id: str = "") -> None:
        """Make the screen ready to be opened on a contact and their interview."""
        super().__init__(services)
        self._contact_id = contact_id
        self._interview_id = interview_id
        self._panes = InterviewPanes(services)

    def body(self) -> ComposeResult:
        """Lay out the panes, and what is said while no interview is planned."""
        self._choose_somebody()
        self._panes.begin_with(self._interview())
        yield self._panes
        yield Panel(id="empty")

    def go_to(self, target: GoTo) -> None:
        """Show the contact and the interview that `target` names."""
        self.show(target.contact_id, target.interview_id)

    def show(self, contact_id: str, interview_id: str = "") -> None:
        """Open a contact's meeting: the one given, else the one planned or under way, else the last.

        Without a contact, the one shown before stays.
        """
        if contact_id:
            self.flush()
            self._contact_id, self._interview_id = contact_id, interview_id
        self.reload()
        self._ask_what_became_of_it(self._interview(), chosen=bool(interview_id))

    def person(self) -> Contact | None:
        """Return the contact the meeting is with."""
        return self.services.store.contact(self._contact_id)

    def reload(self) -> None:
        """Show the meeting as it is now, in the pane for its state."""
        self._choose_somebody()
        interview = self._interview()
        empty = self.query_one("#empty", Panel)
        empty.display = interview is None
        self._show_empty(empty)
        self._panes.show(interview)
        self.refresh_bindings()

    def tick(self) -> None:
        """Let the countdown follow the clock."""
        self._panes.tick()

    def flush(self) -> None:
        """Save what was typed."""
        self._panes.flush()

    def shows_advice(self, interview_id: str) -> bool:
        """Return whether the sentence to say next in that interview can be read here."""
        small = self.has_class("-tiny") or self.has_class("-flat")
        return not small and self._panes.shows_advice(interview_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to the pane that shows, but for those that make sense with it."""
        pane = self._panes.current
        part = pane.PART if pane is not None else ""
        match action:
            case "start":
                return part in ("", "before")
            case "meeting" | "call" | "follow_up":
                return part != "during"
            case "thank":
                return part == "after"
            case "interview":
                return False
            case _:
                return super().check_action(action, parameters)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action in ("start", "meeting") and self.person() is None:
            return self.with_keys(
                "Nobody is chosen: {app.people} goes to People, {person.interview} there opens the interview"
            )
        return super().disabled_reason(action)

    def action_start(self) -> None:
        """Start the countdown of the meeting planned, or of a new one if none is planned."""
        from warmcall.screens.interview.one_at_a_time import stop_first

        person, interview = self.person(), self._interview()
        if self.blocked("start") or person is None:
            return
        planned = interview if interview is not None and interview.ended_at is None else None

        def run(stop: Stop | None) -> None:
            if planned is not None:
                self.services.interviewing.start(planned.id, stop)
                return
            started = self.services.interviewing.start_now(person.id, stop)
            self._interview_id = started.id if started else ""
            self.reload()

        stop_first(self, self.services, planned.id if planned else "", person.name, run)

    def action_calendar(self) -> None:
        """Write the calendar file, and say where it is."""
        self.external.export_calendar(self.services)

    def action_meeting(self) -> None:
        """Ask when, how and where, and plan the meeting or move it."""
        from warmcall.screens.when_form import meeting_form, meeting_time

        person, interview = self.person(), self._interview()
        if self.blocked("meeting") or person is None:
            return

        def arrange(values: Values | None) -> None:
            if values:
                at = meeting_time(self.services, person, values)
                mode, place = Mode(values["mode"]), values["place"].strip()
                planned = self.services.interviewing.arrange(person.id, at, mode, place)
                self._interview_id = planned.id if planned else ""
                self.reload()

        to_move = interview if interview is not None and interview.ended_at is None else None
        self.app.push_screen(meeting_form(self.services, person, to_move), arrange)

    def action_end(self) -> None:
        """End the meeting; the debrief pane then offers the debrief while it is fresh."""
        interview, pane = self._interview(), self._panes.current
        if interview is None or pane is None or not interview.countdown.going or pane.blocked("end"):
            return
        self.flush()
        self.services.interviewing.end(interview.id)

    def finish(self) -> None:
        """End the meeting that shows; if it has ended already, go into its debrief."""
        from warmcall.screens.interview.debrief_pane import DebriefPane

        pane = self._panes.current
        if isinstance(pane, DebriefPane):
            self._panes.when_shown(pane.action_debrief)
        else:
            self.action_end()

    def _ask_what_became_of_it(self, interview: Interview | None, chosen: bool) -> None:
        """Ask what became of a meeting just opened, or run it in this session if no other does.

        One that was never started is asked about only if it was `chosen` itself, as in the queue.
        """
        if interview is None or self.services.history.read_only:
            return
        unfinished = self.services.unfinished_interviews
        if unfinished.left_running(interview):
            from warmcall.screens.interview.resume import NeverEndedDialog

            answer = partial(self._left_running, interview.id)
            self.surprise()
            self.app.push_screen(NeverEndedDialog(self.services, interview), answer)
        elif chosen and unfinished.missed(interview):
            from warmcall.screens.interview.resume import MissedDialog

            self.surprise()
            self.app.push_screen(MissedDialog(self.services, interview), partial(self._missed, interview.id))
        else:
            self.services.interview_lock.acquire(interview.id)

    def _left_running(self, interview_id: str, choice: ResumeChoice | None) -> None:
        from warmcall.screens.interview.resume import ResumeChoice

        if choice is ResumeChoice.END:
            self.services.unfinished_interviews.end_as_presumed(interview_id)
            self.finish()
        elif choice is ResumeChoice.GO_ON:
            self.services.interview_lock.take_over(interview_id)

    def _missed(self, interview_id: str, outcome: MissedOutcome | None) -> None:
        from warmcall.screens.interview.resume import MissedOutcome

        person = self.person()
        match outcome:
            case MissedOutcome.HELD:
                self.services.unfinished_interviews.record_held(interview_id)
                self.finish()
            case MissedOutcome.NOT_HELD:
                self.services.unfinished_interviews.record_not_held(interview_id)
                self.say_undoable(f"A call to {person.name if person else 'them'} is in the queue")
            case MissedOutcome.MOVED:
                self.action_meeting()

    def _choose_somebody(self) -> None:
        """Show the next meeting, if nobody is shown."""
        if self.person() is None:
            self._contact_id, self._interview_id = self.services.following_up.next_meeting()

    def _interview(self) -> Interview | None:
        """Return the meeting opened, unless it is gone or cancelled; else the one to show for the contact."""
        opened = self.services.store.get(Interview, self._interview_id)
        if opened is not None and opened.contact_id == self._contact_id and not opened.cancelled:
            return opened
        return self.services.interviewing.current(self._contact_id)

    def _show_empty(self, empty: Panel) -> None:
        person = self.person()
        if person is None:
            empty.show(
                *self.with_key_lines(
                    "No interview is planned.",
                    ("{app.people}", "People: {person.interview} on somebody plans one"),
                    ("{app.queue}", "Queue: most interviews begin with a call"),
                )
            )
            return
        empty.show(
            *self.with_key_lines(
                f"No interview is planned with {person.name}.",
                ("{interview.meeting}", "sets day, hour and way"),
                ("{interview.start}", "starts one now: they are on the line"),
                ("{person.call}", "calls to ask for one"),
            )
        )
