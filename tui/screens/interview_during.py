"""During the interview: the checklist, the notes, the countdown and the pace."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from tui.domain.countdown import CountdownState
from tui.domain.inert import one_line
from tui.domain.pace import pace_of
from tui.domain.records import ChecklistQuestion, Interview
from tui.domain.vocabulary import QuestionState
from tui.screens.base import Copy
from tui.screens.interview_capture import CapturingLine
from tui.screens.questions import QuestionDialog
from tui.services.desk import Desk
from tui.widgets import wording
from tui.widgets.countdown_line import CountdownLine
from tui.widgets.notes_editor import NotesEditor
from tui.widgets.panel import Panel
from tui.widgets.person_summary import answers, plain
from tui.widgets.rows import Column, Row, Rows

_GENERAL = "general notes"
_STANDING = {CountdownState.PAUSED: "paused: w goes on", CountdownState.TIME_UP: "time is up: x ends it"}
"""What stands for the pace where there is none."""

_MARK = {QuestionState.OPEN: " ", QuestionState.ASKED: "✓", QuestionState.SKIPPED: "–"}


class During(CapturingLine):
    """The meeting under way. Enter goes into the notes, Esc comes out of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark('asked')", "Asked", id="during.asked", tooltip="Asked, or open again"),
        Binding(
            "s", "mark('skipped')", "Skip", show=False, id="during.skip", tooltip="Skipped, or open again"
        ),
        Binding("tab", "step(1)", "Next question", show=False, id="during.next"),
        Binding("shift+tab", "step(-1)", "Previous question", show=False, id="during.previous"),
        Binding("asterisk", "star", "Star", key_display="*", id="during.star", tooltip="Worth thanking for"),
        Binding("x", "screen.end", "End", id="during.end", tooltip="End the meeting; u takes it back"),
        Binding("w", "pause", "Pause", show=False, id="during.pause", tooltip="Stop the clock, or go on"),
        Binding("Y", "copy", "Copy", show=False, id="during.copy", tooltip="Copy what they said so far"),
        Binding("a", "add", "Add question", show=False, id="during.add", tooltip="One that came up"),
        Binding("d", "drop", "Drop", show=False, id="during.drop", tooltip="Take the question off the list"),
        Binding(
            "plus", "extend", "5 more", key_display="+", id="during.extend", tooltip="Only if they offer"
        ),
    ]

    def __init__(self, desk: Desk, id: str) -> None:
        super().__init__(desk, id)
        self._at = ("", "")

    def compose(self) -> ComposeResult:
        """Lay out the head, the countdown, the checklist and the notes."""
        yield Panel(id="during-head")
        yield CountdownLine(id="during-line")
        yield Panel(id="during-advice")
        with Horizontal():
            yield Rows((Column(2), Column(weight=1)), id="during-list", opens="Notes")
            with Vertical(id="during-notes"):
                yield Panel(id="during-ask")
                yield NotesEditor(id="during-editor")
        yield from self.captured_line()

    def reload(self) -> None:
        """Show the meeting as it is now."""
        self.hold_still(self._editor, self._at[0])
        interview, contact = self.interview, self.contact
        if interview is None or contact is None:
            return
        work = wording.work(contact)
        self.query_one("#during-head", Panel).show(
            (one_line(contact.name), "bold"),
            f" · {work}" if work else "",
            f" · {wording.MODE[interview.mode]}",
            f" · {wording.limit(interview.countdown)}" if interview.countdown.extended else "",
            self.held_line(),
        )
        rows = [self._row(question) for question in interview.checklist]
        rows.append(Row(_GENERAL, ("", "General notes"), "dim"))
        here = self._at[1] if self._at[0] == interview.id else interview.current
        here = self.followed(interview, here)
        self._list.show(rows, here or _GENERAL)
        if self._question_id() != here:
            self.flush()
        self._at = (interview.id, self._question_id())
        self._show_notes(interview)
        self.show_captured(interview)
        self.tick()

    def tick(self) -> None:
        """Show the time left, the pace, and the sentence to say."""
        interview = self.interview
        if interview is None or not interview.countdown.going or not self.query("#during-line"):
            return
        cadence = self.desk.library.cadence
        close = cadence.close
        countdown, now = self.desk.time.counted(interview.countdown)
        numbers = {one.id: number for number, one in enumerate(interview.checklist, start=1)}
        state = countdown.state(now, close)
        pace = _STANDING.get(state) or wording.pace(
            pace_of(interview.checklist, countdown, now, close), numbers
        )
        at = numbers.get(self._at[1])
        place = f"question {at} of {len(numbers)} · " if at else ""
        urgent = state in (CountdownState.CLOSE, CountdownState.TIME_UP, CountdownState.LAST_FIVE)
        share = countdown.spent(now) / countdown.limit if countdown.limit else 1.0
        line = self.query_one("#during-line", CountdownLine)
        line.show(share, f"{place}{pace}", "bold $warning" if urgent else "")
        advice = self.query_one("#during-advice", Panel)
        words = wording.advice(countdown, now, close, cadence.extension_minutes)
        advice.display = bool(words)
        advice.show((words, "bold reverse"))

    def flush(self) -> None:
        """Save what was typed, under the question it was typed for."""
        interview = self.interview
        if interview is not None and self._editor.unsaved:
            typed_in = self.desk.book.get(Interview, self._at[0]) or interview
            text = self._editor.taken_with(typed_in.notes.get(self._at[1], ""))
            self.desk.interviewing.write_notes(*self._at, text)
            self._editor.show(" ".join(self._at), text)

    def enter(self) -> None:
        """Take the focus."""
        self._list.focus()

    def why_not(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action.startswith(("mark", "star", "drop")) and not self._question_id() and not self.read_only:
            return "These are the general notes: choose a question first"
        return super().why_not(action)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let the notes have the room while they are written, where there is room for one only."""
        self.set_class(isinstance(event.widget, NotesEditor), "-writing")

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Go to the question under the cursor, with its notes."""
        event.stop()
        interview = self.interview
        id_ = self._question_id()
        if interview is not None and self._at != (interview.id, id_):
            self.flush()
            left, self._at = self._at[1], (interview.id, id_)
            if not self.read_only:
                self.desk.interviewing.go_to(interview.id, id_, left)
            self.reload()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Go into the notes."""
        if not isinstance(event, Rows.Moved):
            self._editor.focus()

    def on_notes_editor_typed(self) -> None:
        """Save while it is typed."""
        self.flush()

    def on_notes_editor_left(self) -> None:
        """Come out of the notes."""
        self.flush()
        self._list.focus()

    def on_notes_editor_stepped(self, event: NotesEditor.Stepped) -> None:
        """Go to another question without leaving the notes."""
        self.flush()
        self._list.action_move(event.by)

    def action_mark(self, state: str) -> None:
        """Mark the question, or open it again; from a mark on, go to the next open one."""
        interview, question = self.interview, self._question()
        if self.refuses("mark") or interview is None or question is None:
            return
        wanted = QuestionState(state)
        again = question.state is wanted
        self.desk.interviewing.mark(self.interview_id, question.id, QuestionState.OPEN if again else wanted)
        if not again:
            self._list.action_move(1)

    def action_step(self, by: int) -> None:
        """Go to the next or the previous question."""
        self._list.action_move(by)

    def action_star(self) -> None:
        """Star the answer."""
        question = self._question()
        if not self.refuses("star") and question:
            self.desk.interviewing.star(self.interview_id, question.id)

    def action_drop(self) -> None:
        """Take the question off the list."""
        question = self._question()
        if not self.refuses("drop") and question:
            self.flush()
            self.desk.interviewing.drop(self.interview_id, question.id)

    def action_add(self) -> None:
        """Put a question that came up behind the one at hand."""
        interview = self.interview
        if self.refuses("add") or interview is None:
            return
        behind = self._question_id()

        def take(question: ChecklistQuestion | None) -> None:
            if question:
                self.desk.interviewing.add_question(self.interview_id, question, behind)

        self.app.push_screen(QuestionDialog(self.desk, self.desk.checklists.more(interview)), take)

    def action_extend(self) -> None:
        """Add the minutes they offered, and say what it comes to."""
        if self.refuses("extend"):
            return
        self.desk.interviewing.extend(self.interview_id)
        if self.interview is not None:
            self.say(f"{wording.limit(self.interview.countdown)}. u takes it back")

    def action_pause(self) -> None:
        """Stop the clock, or let it go on."""
        if not self.refuses("pause"):
            self.desk.interviewing.pause_or_go_on(self.interview_id)

    def action_copy(self) -> None:
        """Copy what they said so far."""
        self.flush()
        if self.interview is not None:
            self.post_message(Copy(plain(answers(self.interview))))

    def _row(self, question: ChecklistQuestion) -> Row:
        mark = _MARK[question.state] + ("★" if question.starred else " ")
        close = f" (last {self.desk.library.cadence.close_minutes} min)" if question.referral else ""
        style = "" if question.state is QuestionState.OPEN else "dim"
        return Row(question.id, (mark, question.ask + close), style)

    def _show_notes(self, interview: Interview) -> None:
        question = self._question()
        self.query_one("#during-ask", Panel).show((question.ask if question else "General notes", "bold"))
        id_ = question.id if question else ""
        self._editor.show(f"{interview.id} {id_}", interview.notes.get(id_, ""))

    def _question_id(self) -> str:
        key = self._list.key
        return "" if key == _GENERAL else key

    def _question(self) -> ChecklistQuestion | None:
        return self.listed(self._question_id())

    @property
    def _list(self) -> Rows:
        return self.query_one("#during-list", Rows)

    @property
    def _editor(self) -> NotesEditor:
        return self.query_one("#during-editor", NotesEditor)
