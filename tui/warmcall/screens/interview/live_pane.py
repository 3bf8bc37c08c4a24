"""During the interview: the checklist, the notes, the countdown and the pace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from warmcall.domain.countdown import CountdownState
from warmcall.domain.records import ChecklistQuestion
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import QuestionState
from warmcall.presentation import countdown as countdown_words
from warmcall.presentation import wording
from warmcall.screens.interview.add_questions import QuestionDialog
from warmcall.screens.interview.marking import GENERAL, Marking
from warmcall.widgets.bars import CountdownLine
from warmcall.widgets.notes_editor import NotesEditor
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows
from warmcall.widgets.text_width import NAME_CELLS, cut

_STANDING = {
    CountdownState.PAUSED: "paused: {during.pause} goes on",
    CountdownState.TIME_UP: "time is up: {during.end} ends it",
}
"""What stands for the pace where there is none."""

_MARK = {QuestionState.OPEN: " ", QuestionState.ASKED: "✓", QuestionState.SKIPPED: "–"}


class LivePane(Marking):
    """The meeting under way. Enter goes into the notes, Esc comes out of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark('asked')", "Asked", id="during.asked", tooltip="Asked, or open again"),
        Binding(
            "s", "mark('skipped')", "Skip", show=False, id="during.skip", tooltip="Skipped, or open again"
        ),
        Binding("tab", "step(1)", "Next question", show=False, id="during.next"),
        Binding("shift+tab", "step(-1)", "Previous question", show=False, id="during.previous"),
        Binding("asterisk", "star", "Star", key_display="*", id="during.star", tooltip="Worth thanking for"),
        Binding("x", "screen.end", "End", id="during.end",
                tooltip="End the meeting; {app.undo} takes it back"),
        Binding("w", "pause", "Pause", show=False, id="during.pause", tooltip="Stop the clock, or go on"),
        Binding("a", "add", "Add question", show=False, id="during.add", tooltip="One that came up"),
        Binding("d", "drop", "Drop", show=False, id="during.drop", tooltip="Take the question off the list"),
        Binding("D", "drop_proposed", "Drop it as proposed", show=False, id="during.drop_proposed",
                tooltip="Skip the question that the pace says to give up; {app.undo} takes it back"),
        Binding(
            "plus", "extend", "5 more", key_display="+", id="during.extend", tooltip="Only if they offer"
        ),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        """Lay out the head, the countdown, the checklist and the notes."""
        yield Panel(id="during-head")
        yield CountdownLine(id="during-line")
        yield Panel(id="during-advice")
        with Horizontal():
            yield Rows((Column(2), Column(weight=1)), id="during-list", opens="Notes")
            yield from self.notes()
        yield from self.captured_line()

    def reload(self) -> None:
        """Show the meeting as it is now."""
        self.hold_still(self.editor, self.at[0])
        interview, contact = self.interview, self.contact
        if interview is None or contact is None:
            return
        work = cut(wording.work(contact), NAME_CELLS)
        self.query_one("#during-head", Panel).show(
            (cut(one_line(contact.name), NAME_CELLS), "bold"),
            f" · {work}" if work else "",
            f" · {wording.MODE[interview.mode]}",
            f" · {countdown_words.limit(interview.countdown)}" if interview.countdown.extended else "",
            self.held_line(),
        )
        rows = [self._row(question) for question in interview.checklist]
        rows.append(Row(GENERAL, ("", "General notes"), "dim"))
        here = self.at[1] if self.at[0] == interview.id else interview.current
        here = self.followed(interview, here)
        self._list.show(rows, here or GENERAL)
        if self._question_id() != here:
            self.flush()
        self.at = (interview.id, self._question_id())
        self.show_notes(interview, self._question())
        self.show_captured(interview)
        self.tick()

    def tick(self) -> None:
        """Show the time left, the pace, and the sentence to say."""
        interview = self.interview
        if interview is None or not interview.countdown.going or not self.query("#during-line"):
            return
        cadence = self.services.library.cadence
        close = cadence.close
        countdown, now = self.services.time.counted(interview.countdown)
        numbers = {question.id: number for number, question in enumerate(interview.checklist, start=1)}
        state = countdown.state(now, close)
        writing = self.editor.has_focus
        pace = self.with_keys(_STANDING.get(state, "")) or countdown_words.pace(
            self._pace(interview),
            numbers,
            self.with_keys("{notes.leave} {during.drop_proposed}" if writing else "{during.drop_proposed}"),
        )
        at = numbers.get(self.at[1])
        place = f"question {at} of {len(numbers)} · " if at else ""
        urgent = state in (CountdownState.CLOSE, CountdownState.TIME_UP, CountdownState.LAST_FIVE)
        share = countdown.spent(now) / countdown.limit if countdown.limit else 1.0
        line = self.query_one("#during-line", CountdownLine)
        line.show(share, place, pace, "bold $warning" if urgent else "")
        advice = self.query_one("#during-advice", Panel)
        words = countdown_words.advice(countdown, now, close, cadence.extension_minutes)
        advice.display = bool(words)
        advice.show((words, "bold reverse"))

    def enter(self) -> None:
        """Take the focus."""
        self._list.focus()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        about_one = action.startswith(("mark", "star")) or action == "drop"
        if about_one and not self._question_id() and not self.read_only:
            return "These are the general notes: choose a question first"
        if action == "drop_proposed" and self._proposed() is None and not self.read_only:
            return self.with_keys(
                "The pace asks for nothing to be dropped; {during.skip} skips the question you are at"
            )
        return super().disabled_reason(action)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let the notes have the room while they are written, where there is room for one only."""
        self.set_class(isinstance(event.widget, NotesEditor), "-writing")
        self.tick()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Go to the question under the cursor, with its notes."""
        event.stop()
        interview = self.interview
        id_ = self._question_id()
        if interview is not None and self.at != (interview.id, id_):
            self.flush()
            left, self.at = self.at[1], (interview.id, id_)
            if not self.read_only:
                self.services.interview_notes.go_to(interview.id, id_, left)
            self.reload()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Go into the notes."""
        if not isinstance(event, Rows.Moved):
            self.editor.focus()

    def on_notes_editor_left(self) -> None:
        """Come out of the notes."""
        self.flush()
        self._list.focus()

    def on_notes_editor_stepped(self, event: NotesEditor.Stepped) -> None:
        """Go to another question without leaving the notes."""
        self.flush()
        self.action_step(event.by)

    def action_step(self, by: int) -> None:
        """Go to the next or the previous question."""
        before = self._list.key
        self._list.action_move(by)
        if self._list.key == before:
            self.say("The general notes are the last" if by > 0 else "This is the first question")

    def action_add(self) -> None:
        """Put questions that came up behind the one at hand."""
        interview = self.interview
        if self.blocked("add") or interview is None:
            return
        behind = self._question_id()

        def take(questions: Sequence[ChecklistQuestion] | None) -> None:
            if questions:
                self.services.checklists.add_questions(self.interview_id, questions, behind)

        self.app.push_screen(QuestionDialog(self.services, interview), take)

    def action_extend(self) -> None:
        """Add the minutes they offered, and say what it comes to."""
        if self.blocked("extend"):
            return
        self.services.interviewing.extend(self.interview_id)
        if self.interview is not None:
            self.say_undoable(countdown_words.limit(self.interview.countdown))

    def action_pause(self) -> None:
        """Stop the clock, or let it go on."""
        if not self.blocked("pause"):
            self.services.interviewing.toggle_pause(self.interview_id)

    def _row(self, question: ChecklistQuestion) -> Row:
        mark = _MARK[question.state] + ("★" if question.starred else " ")
        close = f" (last {self.services.library.cadence.close_minutes} min)" if question.referral else ""
        style = "" if question.state is QuestionState.OPEN else "dim"
        return Row(question.id, (mark, question.ask + close), style)
