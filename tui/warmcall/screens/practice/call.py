"""Practising calls: the user says each line aloud, and the other side answers at random."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from warmcall.domain import practice_call as rules
from warmcall.domain.practice_call import CALLS, PracticeSession, PracticeState
from warmcall.domain.script import word_count
from warmcall.presentation import practice as words
from warmcall.presentation.call import gaps_marked
from warmcall.presentation.counts import words_and_seconds
from warmcall.screens.base import TabScreen
from warmcall.screens.dialog import Dialog
from warmcall.screens.practice.layout import TICK_SECONDS, practice_layout, time_left_of_interview
from warmcall.services.practice_calls import PracticeCalls
from warmcall.services.services import Services
from warmcall.widgets.call_panel import SayBox
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart

NO_SCRIPT = "No call script fits this kind of contact."
HIDDEN = (
    "Answer aloud, from memory.\n"
    "{practice.go_on} when you have said it; {practice.show} shows the line first."
)


class PracticeScreen(Dialog[None]):
    """One practice session, over the whole window; nothing of it is kept.

    The first line of a call is shown at once. Later ones stay hidden until they were said, so that the
    user thinks before reading; the time of a line runs from the reply before it.
    """

    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = TabScreen.VERTICAL_BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "go_on", "Go on", id="practice.go_on",
                tooltip="You have said it: show what comes next"),
        Binding("l", "show_line", "show", id="practice.show", tooltip="Look at the line before saying it"),
        Binding("r", "start_over", "again", show=False, id="practice.again",
                tooltip="Time this line again"),
        Binding("s", "summary", "summary", id="practice.summary", tooltip="How long you took so far"),
        Binding("escape,q,backspace", "leave", "leave", id="dialog.leave", tooltip="Back; nothing is kept"),
        Binding("j,down", "scroll(1)", "Down", show=False, id="practice.down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="practice.up"),
    ]  # fmt: skip

    def __init__(self, services: Services, contact_id: str = "") -> None:
        """Practise calling a contact, or the sample person if there is no contact of that id."""
        super().__init__(services)
        self._session = services.practice_calls.start(contact_id)
        self._contact_id = contact_id
        self._revealed = False
        self._summing_up = False
        self._ticker: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out that this is practice and with whom, what they say and the time, and what to say."""
        yield from practice_layout(self)

    def room_for_notice(self) -> int:
        """Return how many lines a notice may cover: that of the keys."""
        return 1

    def on_mount(self) -> None:
        """Show the first line, and its time running."""
        self._ticker = self.set_interval(TICK_SECONDS, self.tick)
        self.reload()

    def tick(self) -> None:
        """Let the times follow the clock: that of a real interview, and that of the line."""
        session, calls, now = self._session, self._calls, self.services.time.now()
        number = f"call {session.number} of {CALLS}" if session else ""
        person = calls.person(self._contact_id)
        self.query_one("#practice-head", Panel).show(
            *words.call_head(number, time_left_of_interview(self.services)), "\n", *words.partner_line(person)
        )
        reply = self.query_one("#reply", Panel)
        reply.display = session is not None and not self._shows_table
        if session is not None:
            timing = words.line_timing(
                session.spoken(now).total_seconds(),
                calls.text_seconds(calls.text(session)),
                session.state is PracticeState.SAID,
                session.lines[-1] if session.lines else None,
            )
            reply.show(*words.reply_line(session.reply), "\n", *timing)

    def reload(self) -> None:
        """Show the line to say; or how the call ended, or the summary."""
        self.tick()
        session, tip = self._session, ""
        if session is None:
            title, length = words.MARK, ""
            parts: list[RichPart] = [NO_SCRIPT]
        elif self._summing_up:
            title, length, parts = words.calls_summary(rules.summary(session))
        elif session.state is PracticeState.ENDED:
            title, length, parts = words.call_over(session.calls[-1], session.number)
        else:
            text = self._calls.text(session)
            title = f"Say · {words.MARK.lower()}"
            length = words_and_seconds(word_count(text), self._calls.text_seconds(text))
            parts = gaps_marked(text) if self._line_visible else [self.with_keys(HIDDEN)]
            tip = session.walk.step.tip if self._line_visible else ""
        say = self.query_one(SayBox)
        say.show(title, length, parts, tip)
        say.set_class(self._shows_table, "-table")
        if self._ticker is not None:
            (self._ticker.resume if self._speaking else self._ticker.pause)()
        self.refresh_bindings()

    def label_of(self, action: str) -> str:
        """Return what Enter does next; empty for any other key."""
        if action != "go_on" or self._session is None:
            return ""
        return words.next_action(self._session, self._summing_up)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action not in ("go_on", "show_line", "start_over", "summary"):
            return ""
        if self._session is None:
            return self.with_keys("There is no script to practise: {dialog.leave} leaves")
        if action == "summary" and self._summing_up:
            return "This is the summary"
        if action == "summary" and self._session.last is None:
            return "Nothing was said yet"
        if action in ("show_line", "start_over") and not self._speaking:
            return "There is nothing to say at this point"
        if action == "show_line" and self._line_visible:
            return "The line is shown already"
        return ""

    def action_go_on(self) -> None:
        """Record the line as said, hear the answer, begin the next call, or sum up after the last."""
        session, calls = self._session, self.services.practice_calls
        if self.blocked("go_on") or session is None:
            return
        if self._summing_up:
            self._continue(calls.next_call(session) if session.complete else calls.restart_line(session))
        elif session.state is not PracticeState.ENDED:
            said = calls.say_line(session)
            self._continue(calls.answer(said) if self._line_visible else said)
        elif session.complete:
            self.action_summary()
        else:
            self._continue(calls.next_call(session))

    def action_show_line(self) -> None:
        """Show the line before it is said."""
        if not self.blocked("show_line"):
            self._revealed = True
            self.reload()

    def action_start_over(self) -> None:
        """Count the time of this line from now."""
        if not self.blocked("start_over") and self._session:
            self._session = self._calls.restart_line(self._session)
            self.reload()

    def action_summary(self) -> None:
        """Show what the replies cost so far."""
        if not self.blocked("summary"):
            self._summing_up = True
            self.reload()

    def action_scroll(self, by: int) -> None:
        """Scroll what is in the box by so many lines, where it is longer than the box."""
        self.query_one(SayBox).scroll_text(by)

    def _continue(self, session: PracticeSession) -> None:
        """Show the session from its new line on, out of the summary."""
        self._session, self._revealed, self._summing_up = session, False, False
        self.query_one(SayBox).scroll_home(animate=False, immediate=True)
        self.reload()

    @property
    def _calls(self) -> PracticeCalls:
        return self.services.practice_calls

    @property
    def _line_visible(self) -> bool:
        """Whether the line to say is shown: at the start of a call, on demand, and once it was said."""
        session = self._session
        return session is not None and (
            self._revealed or not session.reply or session.state is not PracticeState.SPEAKING
        )

    @property
    def _speaking(self) -> bool:
        """Whether the time of a line is running."""
        session = self._session
        return session is not None and session.state is PracticeState.SPEAKING and not self._summing_up

    @property
    def _shows_table(self) -> bool:
        """Whether the box shows how a call ended, or the summary, and no line to say."""
        session = self._session
        return self._summing_up or (session is not None and session.state is PracticeState.ENDED)
