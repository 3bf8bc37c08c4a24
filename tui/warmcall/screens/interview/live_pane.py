"""During the interview: the checklist, the notes, the countdown and the pace."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical

from warmcall.domain.pace import Pace, pace_of
from warmcall.domain.records import ChecklistQuestion, Contact, Interview
from warmcall.domain.vocabulary import CaptureKind, QuestionState
from warmcall.presentation import countdown as countdown_words
from warmcall.presentation import interview as words
from warmcall.presentation import wording
from warmcall.presentation.captures import captures_line
from warmcall.presentation.closing import closing_page
from warmcall.presentation.person import answers_and_debrief
from warmcall.screens.base import THREE_COLUMNS_FROM, CopyText
from warmcall.screens.interview.capture_keys import CAPTURE_KEYS
from warmcall.screens.interview.pane import Pane
from warmcall.screens.interview.question_notes import QuestionNotes
from warmcall.screens.interview.read_only_guard import ReadOnlyGuard
from warmcall.services.services import Services
from warmcall.widgets.bars import CountdownLine
from warmcall.widgets.figures import Figures
from warmcall.widgets.notes_editor import LONGEST_LINE, NotesEditor
from warmcall.widgets.page import ScrolledText
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import plain_text
from warmcall.widgets.rows import Column, Row, Rows
from warmcall.widgets.titled_pane import TitledPane, show_title

ROOMY_LINES = 34
"""How high the pane has to be for blank lines between the parts of the close."""

READING_HINT = "{rows.choose}: write what they say here. {during.star}: star it."
WRITING_HINT = "Write what they say. {notes.next}: next question. {notes.leave}: leave the notes."
"""What notes still empty say, before one goes into them and then."""

_GENERAL = "general notes"
"""The key of the row for the notes that belong to no question."""


class LivePane(Pane):
    """The meeting under way. Enter goes into the notes, Esc comes out of them.

    While another session runs the interview, its keys change nothing and say so, until it is taken over.
    """

    PART = "during"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark('asked')", "Asked", id="during.asked", tooltip="Mark it asked, or open again"),
        Binding(
            "s", "mark('skipped')", "Skip", show=False, id="during.skip", tooltip="Skip it, or open it again"
        ),
        Binding("tab", "step(1)", "Next question", show=False, id="during.next"),
        Binding("shift+tab", "step(-1)", "Previous question", show=False, id="during.previous"),
        Binding("asterisk,ctrl+t", "star", "Star", id="during.star",
                tooltip="Star the answer: worth thanking for"),
        Binding("x", "screen.end", "End", id="during.end",
                tooltip="End the interview; {app.undo} undoes it"),
        Binding("w", "pause", "Pause", show=False, id="during.pause", tooltip="Pause or resume the clock"),
        Binding("a", "add", "Add question", show=False, id="during.add", tooltip="A question that came up"),
        Binding("d", "drop", "Drop", show=False, id="during.drop",
                tooltip="Remove the question from the list"),
        Binding("D", "drop_proposed", "Skip as proposed", show=False, id="during.drop_proposed",
                tooltip="Skip the question that the pace proposes to skip"),
        Binding("l", "toggle_close", "List", id="during.close",
                tooltip="In the last minutes: the whole list, or what the close needs"),
        Binding(
            "plus", "extend", "5 more", key_display="+", id="during.extend", tooltip="Only if they offer"
        ),
        Binding("M", "minutes", "Minutes on the notes", show=False, id="during.minutes",
                tooltip="Begin new lines of the notes with the minute, or without it"),
        Binding("Y", "copy", "Copy", show=False, id="during.copy", tooltip="Copy what they said so far"),
        Binding("C", "captures", "Captured", show=False, id="capture.list",
                tooltip="What is captured so far: {rows.choose} edits, {captures.drop} removes"),
        *CAPTURE_KEYS,
        Binding("V", "own_editor", "Own editor", show=False, id="during.own_editor",
                tooltip="Write the notes of this question in your editor: $EDITOR, nano or vi"),
        Binding("T", "take_over", "Take over", id="held.take_over", tooltip="Run this interview here"),
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._guard = ReadOnlyGuard(self)
        self._notes = QuestionNotes(services)
        self._shows_close = self._list_wanted = False
        self._close_of = self._kept = self._urgency = ""

    def compose(self) -> ComposeResult:
        """Lay out the head, the countdown, the checklist or the close, the notes, and what helps beside."""
        yield Panel(id="during-head")
        yield CountdownLine(id="during-line")
        with Container(id="during-columns"):
            with TitledPane(title="Questions", id="during-left"):
                yield Panel(id="during-advice")
                yield Rows((Column(2), Column(weight=1)), id="during-list", enter_label="Notes")
                with ScrolledText(id="during-close"):
                    yield Panel(id="close-text")
            with TitledPane(title="Notes", id="during-notes"):
                yield self._notes
            with Vertical(id="during-side") as side:
                show_title(side, "At hand", has_focus=False)
                yield Figures(id="side-clock", tall=True)
                yield Panel(id="side-words")
                yield CountdownLine(id="side-line", stacked=True)
                with ScrolledText(id="side-page"):
                    yield Panel(id="side-text")
        yield Panel(id="during-captured")

    def on_resize(self) -> None:
        """Use a third column where the window has room for it."""
        self.set_class(self.size.width >= THREE_COLUMNS_FROM, "-three")
        self.reload()

    def reload(self) -> None:
        """Show the meeting as it is now."""
        self._lock_notes()
        interview, contact = self.interview, self.contact
        if interview is None or contact is None:
            return
        work = self.work(contact)
        self.query_one("#during-head", Panel).show(
            self.name_part(contact),
            f" · {work}" if work else "",
            f" · {wording.MODE[interview.mode]}",
            f" · {countdown_words.limit(interview.countdown)}" if interview.countdown.extended else "",
            self._guard.head_line(),
        )
        shown_interview, shown_question = self._notes.place
        here = shown_question if shown_interview == interview.id else interview.current
        here = self._guard.question_to_show(interview, here)
        self._follow_the_close(interview, here)
        rows = self._rows(interview, here)
        self._list.show(rows, here or _GENERAL)
        self._list.styles.height = len(rows) if self._shows_close else "1fr"
        self._notes.show(interview, self._question())
        self._show_captures(interview)
        self._show_beside(interview, contact)
        self._show_hint()
        self.tick()

    def _rows(self, interview: Interview, here: str) -> list[Row]:
        """Return the rows of the list; in the close only what is asked then, and the question it was at."""
        kept = {here, self._kept}
        questions = [
            question
            for question in interview.checklist
            if not self._shows_close or question.in_close or question.id in kept
        ]
        rows = [
            Row(question.id, words.question_cells(question), words.question_style(question))
            for question in questions
        ]
        close = next((at for at, question in enumerate(questions) if question.in_close), None)
        if close is not None:
            reserved = self.services.library.cadence.close_of(interview.countdown.minutes)
            heading = words.close_heading(math.ceil(reserved.total_seconds() / 60))
            rows.insert(close, Row("", (heading,), heading=True))
        if not self._shows_close or "" in kept:
            rows.append(Row(_GENERAL, ("", "General notes"), "dim"))
        return rows

    def _follow_the_close(self, interview: Interview, here: str) -> None:
        """Let the list yield to the close when its time comes, the question it is `here` at staying."""
        countdown, now = self.services.time.anchored(interview.countdown)
        time_to_close = countdown.left(now) <= self.services.library.cadence.close_of(countdown.minutes)
        if self._close_of != interview.id or not time_to_close:
            self._list_wanted = False
        self._close_of = interview.id
        closing = time_to_close and not self._list_wanted
        if closing and not self._shows_close:
            self._kept = here
        self._shows_close = closing
        self.set_class(closing, "-closing")
        self._widen_the_close()

    def _widen_the_close(self) -> None:
        """Give the close the whole width, the notes below it; notes being typed first stay where they are."""
        stacked = self._shows_close and (self.has_class("-stacked") or not self.has_class("-writing"))
        self.set_class(stacked, "-stacked")

    def _show_beside(self, interview: Interview, contact: Contact) -> None:
        """Show what the close needs, and beside it what others said to this question and what is captured."""
        if self._shows_close:
            page = closing_page(
                self.services, interview, contact, self._question_id(), self.key,
                roomy=self.size.height >= ROOMY_LINES,
            )  # fmt: skip
            self.query_one("#close-text", Panel).show(*page)
        if self.screen.has_class("-wide"):
            question = self._question()
            others = words.others_answers(self.services, interview, question) if question else []
            captured = words.captured_page(self.services, interview, self.key)
            self.query_one("#side-text", Panel).show(*others, *(["\n"] if others else []), *captured)

    def _show_hint(self) -> None:
        """Say in notes still empty which key writes them, or comes out of them again."""
        editor, hint = self._notes.editor, ""
        if not editor.read_only:
            hint = WRITING_HINT if editor.has_focus else READING_HINT
        editor.placeholder = self.with_keys(hint)

    def tick(self) -> None:
        """Show the time left, the pace, and the sentence to say; in the last minutes the close."""
        interview = self.interview
        if interview is None or not interview.countdown.going or not self.query("#during-line"):
            return
        if not self.services.unfinished_interviews.left_running(interview):
            self.services.interview_lock.inherit(interview)
        cadence = self.services.library.cadence
        countdown, now = self.services.time.anchored(interview.countdown)
        numbers = {question.id: number for number, question in enumerate(interview.checklist, start=1)}
        close = cadence.close_of(countdown.minutes)
        state = countdown.state(now, close)
        if (countdown.left(now) <= close) is not (self._shows_close or self._list_wanted):
            self.surprise(opens_screen=False)
            self.reload()
            self.screen.refresh_bindings()
            return
        drop_key = "{during.drop_proposed}"
        if self._notes.editor.has_focus:
            drop_key = f"{{notes.leave}} {drop_key}"
        value = self._pace(interview)
        no_pace = self.with_keys(words.NO_PACE.get(state, ""))
        pace = no_pace or countdown_words.pace(value, numbers, self.with_keys(drop_key))
        pace_style = "" if no_pace else countdown_words.PACE_STYLE.get(value.verdict, "")
        number = numbers.get(self._notes.place[1])
        place = f"question {number} of {len(numbers)} · " if number else ""
        style = countdown_words.urgency(countdown, now, close)
        if self._shows_close and style != self._urgency and self.contact is not None:
            self._show_beside(interview, self.contact)
        self._urgency = style
        share = countdown.spent(now) / countdown.limit if countdown.limit else 1.0
        close_share = close / countdown.limit if countdown.limit else 0.0
        three = self.has_class("-three")
        line = self.query_one("#side-line" if three else "#during-line", CountdownLine)
        line.show(share, close_share, place, (pace, pace_style or style), style)
        if three:
            left = countdown_words.clock_words(countdown.left(now))
            self.query_one("#side-clock", Figures).show(left, style)
            self.query_one("#side-words", Panel).show(
                (countdown_words.beside_clock(countdown, now, close), style)
            )
        advice = countdown_words.advice(countdown, now, close, cadence.extension_minutes)
        panel = self.query_one("#during-advice", Panel)
        panel.display = bool(advice) and not self._shows_close
        panel.show((advice, "bold reverse"))

    def enter(self) -> None:
        """Focus the checklist."""
        self._list.focus()

    def flush(self) -> None:
        """Save what was typed into the notes."""
        self._notes.flush()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to take over only an interview that another session runs."""
        if action == "toggle_close":
            return self._shows_close or self._list_wanted
        return bool(self._guard.held) if action == "take_over" else super().check_action(action, parameters)

    def label_of(self, action: str) -> str:
        """Return what the keys do that mean something else in the close."""
        if action == "toggle_close":
            return "List" if self._shows_close else "Close"
        return "Next" if self._shows_close and action == "mark('asked')" else ""

    @property
    def shows_advice(self) -> bool:
        """Whether the sentence to say can be read: not where the notes take all of a narrow window."""
        return not (self.has_class("-writing") and self.screen.has_class("-narrow"))

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if not self._guard.held:
            needs_question = action.startswith(("mark", "star")) or action == "drop"
            if needs_question and not self._question_id():
                return "These are the general notes: choose a question first"
            question = self._question()
            if action == "mark('skipped')" and question and question.state is QuestionState.ASKED:
                return self.with_keys("It is asked already: {during.asked} opens it again")
            if action == "drop_proposed" and self._proposed() is None:
                return self.with_keys("No question has to be skipped; {during.skip} skips the one you are at")
        if action == "captures" and not (self.interview and self.interview.captured):
            return self.with_keys(
                "Nothing is captured yet: {capture.referral} referral, {capture.promise} promise,"
                " {capture.advice} advice, {capture.resume} resume, {capture.on_file} on file"
            )
        no_editor = self.external.editor_disabled_reason() if action == "own_editor" else ""
        return self._guard.disabled_reason(action) or no_editor

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the notes instead of the list while they are typed, where there is no room for both."""
        self.set_class(isinstance(event.widget, NotesEditor), "-writing")
        self._widen_the_close()
        self._show_hint()
        self.tick()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Go to the question under the cursor, with its notes."""
        event.stop()
        interview, question_id = self.interview, self._question_id()
        if interview is None or self._notes.place == (interview.id, question_id):
            return
        left = self._notes.place[1]
        self._notes.show(interview, self.listed(question_id))
        if not self._guard.held:
            self.services.interview_notes.go_to(interview.id, question_id, left)
        self.reload()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Go into the notes."""
        if not isinstance(event, Rows.Moved):
            self._notes.editor.focus()

    def on_notes_editor_left(self) -> None:
        """Come out of the notes."""
        self.flush()
        self._list.focus()

    def on_notes_editor_stepped(self, event: NotesEditor.Stepped) -> None:
        """Go to another question without leaving the notes."""
        self.flush()
        self.action_step(event.by)

    def on_notes_editor_edit_rejected(self) -> None:
        """Say why a letter is not typed."""
        self.say(self._guard.not_typed())

    def on_notes_editor_long_lines_broken(self) -> None:
        """Say what became of a paste."""
        self.say(f"Lines of more than {LONGEST_LINE:,} letters were broken into shorter ones")

    def action_step(self, by: int) -> None:
        """Go to the next or the previous question."""
        before = self._list.key
        self._list.action_move(by)
        if self._list.key == before:
            self.say("The general notes are the last in the list" if by > 0 else "This is the first question")

    def action_mark(self, state: str) -> None:
        """Mark the question and go to the next one, or open it again if it has that mark.

        In the close what was asked stays asked: there Space goes from line to line.
        """
        interview, question = self.interview, self._question()
        if self.blocked(f"mark('{state}')") or interview is None or question is None:
            return
        mark = QuestionState(state)
        again = question.state is mark
        next_line = self._shows_close and mark is QuestionState.ASKED
        if not (again and next_line):
            to = QuestionState.OPEN if again else mark
            self.services.checklists.mark(self.interview_id, question.id, to)
        if next_line or not again:
            self._list.action_move(1)

    def action_star(self) -> None:
        """Star the answer, or take the star off."""
        question = self._question()
        if not self.blocked("star") and question:
            self.services.checklists.star(self.interview_id, question.id)

    def action_toggle_close(self) -> None:
        """Show the whole list again in the last minutes, or what the close needs."""
        self._list_wanted = self._shows_close
        self.reload()
        self.screen.refresh_bindings()

    def action_drop(self) -> None:
        """Take the question off the list."""
        question = self._question()
        if not self.blocked("drop") and question:
            self.flush()
            self.services.checklists.drop(self.interview_id, question.id)

    def action_drop_proposed(self) -> None:
        """Skip the question that the pace proposes to give up."""
        proposed = self._proposed()
        if not self.blocked("drop_proposed") and proposed is not None:
            self.services.checklists.mark(self.interview_id, proposed.id, QuestionState.SKIPPED)
            self.say(f"Skipped: {proposed.ask} {self.key('app.undo')} undoes it")

    def action_add(self) -> None:
        """Add questions that came up, after the one selected."""
        from warmcall.screens.interview.add_questions import QuestionDialog

        interview = self.interview
        if self.blocked("add") or interview is None:
            return
        after = self._question_id()

        def add(questions: Sequence[ChecklistQuestion] | None) -> None:
            if questions:
                self.services.checklists.add_questions(self.interview_id, questions, after)

        self.app.push_screen(QuestionDialog(self.services, interview), add)

    def action_extend(self) -> None:
        """Add the minutes they offered, and say what the limit is now."""
        if self.blocked("extend"):
            return
        self.services.interviewing.extend(self.interview_id)
        if self.interview is not None:
            self.say_undoable(countdown_words.limit(self.interview.countdown))

    def action_pause(self) -> None:
        """Stop the clock, or let it go on."""
        from warmcall.screens.interview.one_at_a_time import stop_first

        interview, contact = self.interview, self.contact
        if self.blocked("pause") or interview is None or contact is None:
            return
        toggle = partial(self.services.interviewing.toggle_pause, interview.id)
        if interview.countdown.paused:
            stop_first(self, self.services, interview.id, contact.name, toggle)
        else:
            toggle()

    def action_minutes(self) -> None:
        """Begin each new line of the notes with its minute, or no longer."""
        self.flush()
        if self.blocked("minutes"):
            return
        self.services.interview_notes.toggle_minutes(self.interview_id)
        if self.interview is not None and self.interview.stamped:
            self.say(f"New lines of the notes begin with their minute, now {self._notes.minute().strip()}")
        else:
            self.say("New lines of the notes begin without the minute")

    def action_copy(self) -> None:
        """Copy what they said so far."""
        self.flush()
        if self.interview is not None:
            repeatable = self.services.answers.repeatable(self.interview)
            self.post_message(CopyText(plain_text(answers_and_debrief(repeatable))))

    def action_own_editor(self) -> None:
        """Have the notes of the question written in the user's own editor."""
        interview = self.interview
        if self.blocked("own_editor") or interview is None:
            return
        self.flush()
        question_id = self._question_id()
        before = self.services.store.require(Interview, interview.id).notes.get(question_id, "")
        write = partial(self.services.interview_notes.write, interview.id, question_id)
        self.external.edit_text(before, write)

    def action_capture(self, kind: str) -> None:
        """Ask for a capture of that kind, and record it."""
        from warmcall.screens.interview.captures import record_capture

        record_capture(self, CaptureKind(kind))

    def action_captures(self) -> None:
        """Open the list of what is captured."""
        from warmcall.screens.interview.captures import CapturesDialog

        if not self.blocked("captures"):
            self.app.push_screen(CapturesDialog(self.services, self.interview_id))

    def action_take_over(self) -> None:
        """Run the interview in this session from now on."""
        self._guard.take_over()

    def _lock_notes(self) -> None:
        """Let the notes be typed only while the interview may be changed here; what was typed is saved."""
        held, editor = bool(self._guard.held), self._notes.editor
        if held and not editor.read_only:
            self.flush()
            if self._notes.place[0] == self.interview_id:
                self.say(self._guard.words_kept())
        editor.read_only = held

    def _show_captures(self, interview: Interview) -> None:
        """Show the line of what is captured so far; there is none while nothing is."""
        now, calendar = self.services.time.now(), self.services.time.calendar
        captured = captures_line(interview.captured, now, calendar)
        panel = self.query_one("#during-captured", Panel)
        panel.display = (
            bool(interview.captured) and not self._shows_close and not self.screen.has_class("-wide")
        )
        panel.show(
            (self.key("capture.list"), "bold $primary"),
            f"  captured: {captured} · {self.key('app.undo')} undoes",
        )

    def _pace(self, interview: Interview) -> Pace:
        countdown, now = self.services.time.anchored(interview.countdown)
        close = self.services.library.cadence.close_of(countdown.minutes)
        return pace_of(interview.checklist, countdown, now, close, self._notes.place[1])

    def _proposed(self) -> ChecklistQuestion | None:
        """Return the question that the pace proposes to give up, if any."""
        return self.listed(self._pace(self.interview).drop) if self.interview else None

    def _question_id(self) -> str:
        """Return the id of the question under the cursor; empty on the general notes."""
        key = self._list.key
        return "" if key == _GENERAL else key

    def _question(self) -> ChecklistQuestion | None:
        return self.listed(self._question_id())

    @property
    def _list(self) -> Rows:
        return self.query_one("#during-list", Rows)
