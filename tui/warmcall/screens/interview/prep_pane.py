"""Before the interview: what to have ready, and the questions in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from warmcall.domain.preparation import ONE_MINUTE
from warmcall.domain.records import ChecklistQuestion, Interview
from warmcall.domain.templates import has_gap
from warmcall.formats.markdown import plain
from warmcall.presentation import wording
from warmcall.presentation.briefing import (
    background_sections,
    briefing,
    readiness,
    readiness_heading,
    section_parts,
    time_estimate,
)
from warmcall.screens.base import CopyText
from warmcall.screens.interview.pane import Pane
from warmcall.widgets.page import ScrolledText
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, Row, Rows
from warmcall.widgets.text_width import SENTENCE_CELLS, truncate
from warmcall.widgets.titled_pane import TitledPane, show_title

if TYPE_CHECKING:
    from warmcall.screens.forms import Values

_COLUMNS = (Column(3), Column(weight=1), Column(6))
"""The tick or the number, what to have ready or to ask, and the minutes."""

_ITEM, _QUESTION = "item ", "question "

_RECAST = "Say what is between ‹ and › in your own words: it comes from your research or notes."


class PrepPane(Pane):
    """What to have ready, each with a tick, and the checklist, to be changed before the talk."""

    PART = "before"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "screen.start", "Start the clock", id="before.start",
                tooltip="The interview begins: the countdown runs"),
        Binding("b", "read", "Read", id="before.read", tooltip="One page on them, to read or to print"),
        Binding("space", "tick", "Tick", id="before.tick", tooltip="Tick what is ready"),
        Binding("o", "minute", "One minute", show=False, id="before.minute",
                tooltip="Say the minute about yourself aloud, against the clock"),
        Binding("a", "add", "Add question", id="before.add", tooltip="From the bank, or your own"),
        Binding("e", "edit", "Edit", show=False, id="before.edit", tooltip="Change its words"),
        Binding("d", "drop", "Drop", id="before.drop", tooltip="Remove the question from the list"),
        Binding("K", "shift(-1)", "Move up", id="before.up", tooltip="Ask it earlier"),
        Binding("Y", "copy", "Copy", show=False, id="before.copy", tooltip="Copy the page to read"),
        Binding("J", "shift(1)", "Move down", id="before.down", tooltip="Ask it later"),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        """Lay out the head, the list, and beside it what is known of the contact."""
        yield Panel(id="before-head")
        with Horizontal():
            with TitledPane(title="To have ready, and to ask", id="before-left"):
                yield Rows(_COLUMNS, id="before-list", enter_label="Tick or edit")
            with ScrolledText(id="before-known") as known:
                show_title(known, "What is known", has_focus=False)
                yield Panel(id="before-about")

    def reload(self) -> None:
        """Show the meeting as it is planned now."""
        interview, contact = self.interview, self.contact
        if interview is None or contact is None:
            return
        now, calendar = self.services.time.now(), self.services.time.calendar
        place = f" · {truncate(interview.place, SENTENCE_CELLS)}" if interview.place else ""
        work, warning = self.work(contact), self.services.checklists.warning(interview)
        self.query_one("#before-head", Panel).show(
            self.name_part(contact), f" · {work}\n" if work else "\n",
            f"{wording.moment(interview.at, now, calendar)}, {wording.MODE[interview.mode]}{place}"
            f" · {interview.countdown.minutes} minutes",
            (f"\n{warning}" if warning else "", "bold $warning"),
        )  # fmt: skip
        self._list.show(self._rows(interview))
        self.query_one("#before-about", Panel).show(
            *section_parts(background_sections(self.services, interview))[1:]
        )

    def enter(self) -> None:
        """Focus the list."""
        self._list.focus()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "tick" and not self._list.key.startswith(_ITEM):
            return self.with_keys(
                "{before.tick} ticks what is ready; {before.up} and {before.down} move a question"
            )
        if action == "tick" and self._list.key in self._ticked_by_itself():
            return "This one ticks itself when it is done"
        if action.startswith(("edit", "drop", "shift")) and self._question() is None:
            return self.with_keys("Choose a question first: {rows.down} goes down the list")
        return ""

    def on_rows_moved(self) -> None:
        """Let the footer follow the cursor."""
        self.screen.refresh_bindings()

    def on_rows_chosen(self) -> None:
        """Tick the item, or change the words of the question."""
        if self._list.key.startswith(_ITEM):
            self.action_tick()
        else:
            self.action_edit()

    def action_tick(self) -> None:
        """Tick the item, or take the tick off."""
        if not self.blocked("tick"):
            self.services.interviewing.toggle_prepared(self.interview_id, self._list.key.removeprefix(_ITEM))

    def action_minute(self) -> None:
        """Open the practice of the minute on oneself."""
        from warmcall.screens.interview.one_minute import OneMinuteDialog

        if self.interview is not None:
            self.app.push_screen(OneMinuteDialog(self.services, self.interview_id))

    def action_add(self) -> None:
        """Ask for questions, from the bank or the user's own, and add them to the checklist."""
        from warmcall.screens.interview.add_questions import QuestionDialog

        interview = self.interview
        if interview is None:
            return

        def add(questions: tuple[ChecklistQuestion, ...] | None) -> None:
            if questions:
                self.services.checklists.add_questions(self.interview_id, questions)
                self._list.go(_QUESTION + questions[0].id)

        self.app.push_screen(QuestionDialog(self.services, interview), add)

    def action_edit(self) -> None:
        """Open the form of the question, and change its words."""
        from warmcall.screens.forms import FormDialog
        from warmcall.widgets.form import Field

        question = self._question()
        if self.blocked("edit") or question is None:
            return
        question_id = question.id

        def reword(values: Values | None) -> None:
            if values:
                self.services.checklists.reword(self.interview_id, question_id, values["ask"])

        def check(values: Values) -> dict[str, str]:
            return {} if values["ask"].strip() else {"ask": "write what to ask"}

        form = FormDialog(
            self.services,
            "The question",
            (Field("ask", "Ask"),),
            {"ask": question.ask},
            check,
            intro=_RECAST if has_gap(question.ask) else "",
            about=question_id,
        )  # fmt: skip
        self.app.push_screen(form, reword)

    def action_drop(self) -> None:
        """Take the question off the list."""
        question = self._question()
        if not self.blocked("drop") and question:
            self.services.checklists.drop(self.interview_id, question.id)
            self.say_undoable("Removed from the list")

    def action_shift(self, by: int) -> None:
        """Move the question up or down."""
        question = self._question()
        if self.blocked("shift") or question is None or self.interview is None:
            return
        end = self.interview.checklist[-1 if by > 0 else 0]
        if question.id == end.id:
            self.say(f"It is the {'last' if by > 0 else 'first'} already")
        else:
            self.services.checklists.move(self.interview_id, question.id, by)

    def action_read(self) -> None:
        """Open the page to read before the meeting."""
        from warmcall.screens.interview.briefing_page import BriefingDialog

        if self.interview is not None:
            self.app.push_screen(BriefingDialog(self.services, self.interview_id))

    def action_copy(self) -> None:
        """Copy the page to read before the meeting."""
        if self.interview is not None:
            self.post_message(CopyText(plain(briefing(self.services, self.interview))))

    def _rows(self, interview: Interview) -> list[Row]:
        ready = readiness(self.services, interview)
        rows = [Row("", (readiness_heading(ready),), heading=True)]
        for item in ready:
            aloud = f"{self.key('before.minute')}: try" if item.item.id == ONE_MINUTE else ""
            rows.append(Row(_ITEM + item.item.id, ("[✓]" if item.ticked else "[ ]", item.item.text, aloud)))
        gaps = sum(has_gap(question.ask) for question in interview.checklist)
        own_words = self.with_keys(f" · {gaps} with a gap: {{before.edit}}") if gaps else ""
        rows.append(Row("", (time_estimate(self.services, interview) + own_words,), heading=True))
        for number, question in enumerate(interview.checklist, start=1):
            style = "late" if has_gap(question.ask) else ""
            cells = (f"{number:>2}.", question.ask, f"{question.minutes} min")
            rows.append(Row(_QUESTION + question.id, cells, style))
        return rows

    def _ticked_by_itself(self) -> set[str]:
        """Return the keys of the rows whose tick follows from the records, so that no key changes it."""
        interview = self.interview
        ready = readiness(self.services, interview) if interview else ()
        return {_ITEM + item.item.id for item in ready if item.automatic}

    def _question(self) -> ChecklistQuestion | None:
        return self.listed(self._list.key.removeprefix(_QUESTION))

    @property
    def _list(self) -> Rows:
        return self.query_one("#before-list", Rows)
