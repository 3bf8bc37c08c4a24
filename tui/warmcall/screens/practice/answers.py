"""Practising the answers of a job interview: how sure, aloud against the clock, and how sure now."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from warmcall.domain import practice_answers as rules
from warmcall.domain.job_answers import LEEWAY, Length, length_of
from warmcall.domain.practice_answers import AnswerRound, AnswerStep
from warmcall.domain.records import Target
from warmcall.presentation import job_answers as words
from warmcall.presentation.counts import words_and_seconds
from warmcall.presentation.practice import MARK
from warmcall.screens.base import TabScreen
from warmcall.screens.dialog import Dialog
from warmcall.screens.practice.layout import TICK_SECONDS, practice_layout, time_left_of_interview
from warmcall.services.job_answers import JobAnswerState
from warmcall.services.services import Services
from warmcall.widgets.bars import CountdownLine
from warmcall.widgets.call_panel import SayBox
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart

HIDDEN = (
    "Answer aloud, from memory.\n"
    "{answering.go_on} when you have said it; {answering.show} shows what you wrote."
)
NOT_WRITTEN = "Nothing is written yet: say it in your own words.\n{answering.go_on} when you have said it."


class AnswerPractice(Dialog[None]):
    """A round through the answers, over the whole window; it begins with one of them.

    Of each answer it keeps when it was said, how sure the user was before and after, and the seconds, as one
    change.
    """

    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = TabScreen.VERTICAL_BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "go_on", "Go on", id="answering.go_on",
                tooltip="You have said it; then on to the next question"),
        Binding("l", "show_answer", "show", id="answering.show",
                tooltip="What you wrote, or from memory again"),
        *(
            Binding(str(figure), f"sure({figure})", f"{word} sure", show=False, id=f"answering.sure_{figure}",
                    tooltip="How sure you are of your answer: once before you say it, once after")
            for figure, word in words.SURENESS.items()
        ),
        Binding("r", "again", "again", id="answering.again",
                tooltip="Start the clock again, or say it once more"),
        Binding("n", "next", "skip", id="answering.next",
                tooltip="On to the next question; nothing is kept of this one"),
        Binding("escape,q,backspace", "leave", "leave", id="dialog.leave",
                tooltip="Back; what you have rated twice is kept"),
        Binding("j,down", "scroll(1)", "Down", show=False, id="answering.down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="answering.up"),
    ]  # fmt: skip

    def __init__(self, services: Services, first: str, target_id: str) -> None:
        """Practise all the answers for a target, beginning with that to the question of the id `first`."""
        super().__init__(services)
        self._target_id = target_id
        ids = tuple(question.id for question in services.job_answers.questions)
        self._round = rules.round_from(ids, first)
        self._shows_answer = False
        self._ticker: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out that this is practice, the question and the time, and what to say."""
        yield from practice_layout(self, CountdownLine(id="practice-line"))

    def room_for_notice(self) -> int:
        """Return how many lines a notice may cover: that of the keys."""
        return 1

    def on_mount(self) -> None:
        """Ask how sure the user is of the first answer."""
        self._ticker = self.set_interval(TICK_SECONDS, self.tick, pause=True)
        self.reload()

    def tick(self) -> None:
        """Let the times follow the clock: that of a real interview, and that of the answer."""
        state, practice = self._state, self._round
        if state is None:
            return
        left = time_left_of_interview(self.services)
        target = self.services.store.get(Target, self._target_id)
        role = target.role if target else ""
        self.query_one("#practice-head", Panel).show(
            *words.round_head(practice, left), "\n", *words.round_about(role, state.answer)
        )
        spoken, meant = practice.spoken(self.services.time.now()), state.question.seconds
        timing = words.time_spoken(spoken, state.question, practice.step)
        is_over = length_of(spoken, meant) is Length.LONG
        style = "bold $warning" if is_over else "bold"
        self.query_one("#practice-line", CountdownLine).show(
            spoken / meant, LEEWAY, "", (timing, style), "$warning" if is_over else ""
        )

    def reload(self) -> None:
        """Show what is to be done at this question; leave if there is no target any more."""
        state, practice = self._state, self._round
        if state is None:
            self.dismiss(None)
            return
        self.tick()
        self.query_one("#reply", Panel).show(*words.asked(state.question))
        title, length = f"{MARK} · your answer", ""
        match practice.step:
            case AnswerStep.BEFORE:
                parts = words.sure_before()
            case AnswerStep.SPEAKING:
                length = words_and_seconds(state.words, state.seconds) if state.words else ""
                parts = self._answer_parts(state)
            case AnswerStep.AFTER:
                parts = words.sure_after(practice.seconds, state.question)
            case AnswerStep.KEPT:
                calendar, now = self.services.time.calendar, self.services.time.now()
                states = self.services.job_answers.states(self._target_id)
                parts = words.practice_kept(practice, states, calendar, calendar.day_of(now))
        self.query_one(SayBox).show(title, length, parts)
        if self._ticker is not None:
            (self._ticker.resume if practice.step is AnswerStep.SPEAKING else self._ticker.pause)()
        self.refresh_bindings()

    def label_of(self, action: str) -> str:
        """Return what Enter does next, and whether the answer is shown or hidden."""
        if action == "go_on":
            return words.next_step(self._round)
        return "from memory" if action == "show_answer" and self._shows_answer else ""

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        step, state = self._round.step, self._state
        rating = step in (AnswerStep.BEFORE, AnswerStep.AFTER)
        if action == "go_on" and rating:
            return "Say how sure you are first: 1 to 5"
        if action.startswith("sure(") and not rating:
            return "How sure you are is asked before you say an answer, and after"
        if action == "again" and step is AnswerStep.BEFORE:
            return "The clock starts once you say how sure you are: 1 to 5"
        if action == "show_answer" and step is not AnswerStep.SPEAKING:
            return "Your answer can be shown while you say it"
        if action == "show_answer" and state is not None and not state.words:
            return self.with_keys(
                "Nothing is written yet: {job_answer.write} on the page of the question does"
            )
        return ""

    def action_go_on(self) -> None:
        """Stop the clock; or go on to the next question, and after the last one leave."""
        if self.blocked("go_on"):
            return
        practice = self._round
        if practice.step is AnswerStep.SPEAKING:
            self._continue(rules.answer_said(practice, self.services.time.now()))
        elif practice.is_last:
            self.action_leave()
        else:
            self._continue(rules.at_question(practice, practice.at + 1))

    def action_sure(self, figure: int) -> None:
        """Say how sure the user is: the clock starts, or after the answer the practice is kept."""
        state, practice = self._state, self._round
        if self.blocked(f"sure({figure})") or state is None:
            return
        rated = rules.say_how_sure(practice, figure, self.services.time.now())
        if rated.step is AnswerStep.KEPT:
            id_ = state.question.id
            self.services.job_answers.practised(id_, rated.kept[id_], self._target_id)
        self._continue(rated)

    def action_show_answer(self) -> None:
        """Show what was written, or hide it again."""
        if not self.blocked("show_answer"):
            self._shows_answer = not self._shows_answer
            self.reload()

    def action_again(self) -> None:
        """Start the clock again; or practise this answer once more."""
        if not self.blocked("again"):
            self._continue(rules.answer_again(self._round, self.services.time.now()))

    def action_next(self) -> None:
        """Go on to the next question, after the last one to the first."""
        self._continue(rules.at_question(self._round, (self._round.at + 1) % len(self._round.questions)))

    def action_scroll(self, by: int) -> None:
        """Scroll what is in the box by so many lines, where it is longer than the box."""
        self.query_one(SayBox).scroll_text(by)

    def _continue(self, practice: AnswerRound) -> None:
        self._round = practice
        self.query_one(SayBox).scroll_home(animate=False, immediate=True)
        self.reload()

    def _answer_parts(self, state: JobAnswerState) -> list[RichPart]:
        """Return what was written, or that the answer is to be said without it."""
        if not state.words:
            return [self.with_keys(NOT_WRITTEN)]
        return [state.answer.text] if self._shows_answer else [self.with_keys(HIDDEN)]

    @property
    def _state(self) -> JobAnswerState | None:
        return self.services.job_answers.state(self._round.question_id, self._target_id)
