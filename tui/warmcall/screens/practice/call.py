"""Practice: the lines of a call said aloud, to somebody who answers at random."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Label

from warmcall.domain import practice_call as rules
from warmcall.domain.practice_call import CALLS, PracticeSession, PracticeState
from warmcall.domain.script import word_count
from warmcall.presentation import countdown as countdown_words
from warmcall.presentation import practice as words
from warmcall.presentation.call import gaps_marked
from warmcall.screens.base import TOO_SMALL, TabScreen
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.bars import KeyBar
from warmcall.widgets.panel import Panel, safe_content
from warmcall.widgets.rich_text import RichPart

TICK_SECONDS = 1.0
HIDDEN = (
    "Answer aloud, from memory.\n"
    "{practice.go_on} when you have said it; {practice.show} shows the line first."
)


class PracticeScreen(Dialog[None]):
    """One practice, over the whole window; gone when it is left.

    The first line of a call is shown at once. Later ones are hidden until they were said, so that one
    thinks before one sees; the time runs from the reply on.
    """

    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = TabScreen.VERTICAL_BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "go_on", "Go on", id="practice.go_on", tooltip="Said it, and what comes next"),
        Binding("l", "show_line", "show", id="practice.show", tooltip="Look at the line before saying it"),
        Binding(
            "r",
            "start_over",
            "again",
            show=False,
            id="practice.again",
            tooltip="Count the time of this line anew",
        ),
        Binding("s", "summary", "summary", id="practice.summary", tooltip="What the replies cost so far"),
        Binding("escape,q,backspace", "leave", "leave", id="dialog.leave", tooltip="Back; nothing is kept"),
        Binding("j,down", "scroll(1)", "Down", show=False, id="practice.down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="practice.up"),
    ]

    def __init__(self, services: Services, contact_id: str = "") -> None:
        super().__init__(services)
        self._practice = services.practice_calls.start(contact_id)
        self._contact_id = contact_id
        self._shown = False
        self._summing_up = False
        self._ticking: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out that this is practice, with whom, what they say, the time, and what to say."""
        yield Label(TOO_SMALL, id="too-small", markup=False)
        with Vertical(id="practice"):
            yield Panel(id="practice-head")
            yield Panel(id="practice-who")
            yield Panel(id="heard")
            yield Panel(id="timing")
            with Vertical(id="talk"), VerticalScroll(id="say", can_focus=False):
                yield Panel(id="words")
                yield Panel(id="tip")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first line, and let the time be seen running."""
        self._ticking = self.set_interval(TICK_SECONDS, self.tick)
        self.reload()

    def tick(self) -> None:
        """Let the counter follow the clock."""
        self._show_head()
        self._show_timing()

    def reload(self) -> None:
        """Show where the practice stands."""
        self.tick()
        practice, practice_calls = self._practice, self.services.practice_calls
        tip = ""
        if practice is None:
            self._show_box(words.MARK, "", ["No call script fits this kind of contact."])
        elif self._summing_up:
            self._show_box(*words.calls_summary(rules.summary(practice)))
        elif self._over:
            self._show_box(*words.call_over(practice.calls[-1], practice.number))
        else:
            text = practice_calls.text(practice)
            measure = f"{word_count(text)} words · {practice_calls.text_seconds(text)} s"
            shown: list[RichPart] = gaps_marked(text) if self._visible else [self.with_keys(HIDDEN)]
            self._show_box(f"Say · {words.MARK.lower()}", measure, shown)
            tip = practice.walk.step.tip if self._visible else ""
        below = self.query_one("#tip", Panel)
        below.show(tip)
        below.display = bool(tip)
        self.query_one("#say").set_class(self._summing_up or self._over, "-table")
        if self._ticking is not None:
            (self._ticking.resume if self._speaking else self._ticking.pause)()
        self.refresh_bindings()

    def label_of(self, action: str) -> str:
        """Return what Enter does next."""
        if action != "go_on" or self._practice is None:
            return ""
        return words.next_action(self._practice, self._summing_up)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        practice = self._practice
        if action not in ("go_on", "show_line", "start_over", "summary"):
            return ""
        if practice is None:
            return self.with_keys("There is no script to practise: {dialog.leave} leaves")
        if action == "summary" and self._summing_up:
            return "This is the summary"
        if action == "summary" and practice.last is None:
            return "Nothing was said yet"
        if action in ("show_line", "start_over") and not self._speaking:
            return "Nothing is to be said just now"
        if action == "show_line" and self._visible:
            return "The line is there already"
        return ""

    def action_go_on(self) -> None:
        """Take the line as said, hear the answer, or begin the next call."""
        practice = self._practice
        if self.blocked("go_on") or practice is None:
            return
        practice_calls = self.services.practice_calls
        if self._summing_up:
            self._summing_up = False
            self._go(
                practice_calls.next_call(practice)
                if practice.complete
                else practice_calls.restart_line(practice)
            )
        elif practice.state is PracticeState.ENDED and practice.complete:
            self._summing_up = True
            self.reload()
        elif practice.state is PracticeState.ENDED:
            self._go(practice_calls.next_call(practice))
        else:
            seen = self._visible
            practice = practice_calls.say_line(practice)
            self._go(practice_calls.answer(practice) if seen else practice)

    def action_show_line(self) -> None:
        """Show the line before it is said."""
        if not self.blocked("show_line"):
            self._shown = True
            self.reload()

    def action_start_over(self) -> None:
        """Count the time of this line from now."""
        if not self.blocked("start_over") and self._practice:
            self._practice = self.services.practice_calls.restart_line(self._practice)
            self.reload()

    def action_summary(self) -> None:
        """Show what the replies cost so far."""
        if not self.blocked("summary"):
            self._summing_up = True
            self.reload()

    def action_scroll(self, by: int) -> None:
        """Move what is in the box up or down, where it is longer than its place."""
        self.query_one("#say").scroll_relative(y=by, animate=False, immediate=True)

    @property
    def _visible(self) -> bool:
        """Whether the line to say is shown: at the start of a call, on demand, and once it was said."""
        practice = self._practice
        if practice is None:
            return False
        return self._shown or not practice.reply or practice.state is not PracticeState.SPEAKING

    @property
    def _speaking(self) -> bool:
        """Whether the time of a line is running."""
        practice = self._practice
        return practice is not None and practice.state is PracticeState.SPEAKING and not self._summing_up

    @property
    def _over(self) -> bool:
        return self._practice is not None and self._practice.state is PracticeState.ENDED

    def _go(self, practice: PracticeSession) -> None:
        """Show the practice where it stands now."""
        self._shown, self._practice = False, practice
        self.query_one("#say").scroll_home(animate=False, immediate=True)
        self.reload()

    def _show_head(self) -> None:
        practice, running = self._practice, self.services.store.running()
        now, close = self.services.time.now(), self.services.library.cadence.close
        left = countdown_words.time_left(running.countdown, now, close) if running else ""
        number = f"call {practice.number} of {CALLS}" if practice else ""
        self.query_one("#practice-head", Panel).show(*words.call_head(number, left))
        person = self.services.practice_calls.person(self._contact_id)
        self.query_one("#practice-who", Panel).show(*words.partner_line(person))

    def _show_timing(self) -> None:
        practice = self._practice
        heard, timing = self.query_one("#heard", Panel), self.query_one("#timing", Panel)
        talking = practice is not None and not self._summing_up and not self._over
        heard.display = timing.display = talking
        if practice is None or not talking:
            return
        heard.show(*words.reply_line(practice.reply))
        spoken = practice.spoken(self.services.time.now()).total_seconds()
        needed = self.services.practice_calls.text_seconds(self.services.practice_calls.text(practice))
        said = practice.state is PracticeState.SAID
        timing.show(*words.line_timing(spoken, needed, said, practice.lines[-1] if practice.lines else None))

    def _show_box(self, title: str, measure: str, parts: list[RichPart]) -> None:
        say = self.query_one("#say")
        say.border_title, say.border_subtitle = safe_content(title), measure
        self.query_one("#words", Panel).show(*parts)
