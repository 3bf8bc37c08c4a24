"""Before the interview: what to have ready, and the questions in their order."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from tui.domain.inert import one_line
from tui.domain.preparation import items_for
from tui.domain.records import ChecklistQuestion, Interview
from tui.screens.base import Copy
from tui.screens.forms import FormDialog, Values
from tui.screens.interview_pane import Pane
from tui.screens.questions import QuestionDialog
from tui.widgets import wording
from tui.widgets.form import Field
from tui.widgets.panel import Panel, Part
from tui.widgets.person_summary import plain, summary
from tui.widgets.rows import Column, Row, Rows

_ITEM, _QUESTION = "item ", "question "


class Before(Pane):
    """Preparation with ticks, and the checklist while it can still be changed at leisure."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "screen.start", "Start the clock", id="before.start",
                tooltip="The meeting begins: the countdown runs"),
        Binding("space", "tick", "Tick", id="before.tick", tooltip="Tick what is ready"),
        Binding("a", "add", "Add question", id="before.add", tooltip="From the bank, or your own"),
        Binding("e", "edit", "Edit", show=False, id="before.edit", tooltip="Change its words"),
        Binding("d", "drop", "Drop", id="before.drop", tooltip="Take the question off the list"),
        Binding("K", "shift(-1)", "Move up", id="before.up", tooltip="Ask it earlier"),
        Binding("Y", "copy", "Copy", show=False, id="before.copy", tooltip="Copy the page to read"),
        Binding("J", "shift(1)", "Move down", id="before.down", tooltip="Ask it later"),
    ]  # fmt: skip

    def compose(self) -> ComposeResult:
        """Lay out the head, the list, and what is known of the person beside it."""
        yield Panel(id="before-head")
        with Horizontal():
            yield Rows((Column(3), Column(weight=1), Column(6)), id="before-list", opens="Tick or edit")
            yield Panel(id="before-known")

    def reload(self) -> None:
        """Show the meeting as it is planned now."""
        interview, contact = self.interview, self.contact
        if interview is None or contact is None:
            return
        now, calendar = self.desk.time.now(), self.desk.time.calendar
        place = f" · {interview.place}" if interview.place else ""
        work, warning = wording.work(contact), self.desk.checklists.warning(interview)
        self.query_one("#before-head", Panel).show(
            (one_line(contact.name), "bold"), f" · {work}\n" if work else "\n",
            f"{wording.moment(interview.at, now, calendar)}, {wording.MODE[interview.mode]}{place}"
            f" · {interview.countdown.minutes} minutes",
            (f"\n{warning}" if warning else "", "bold $warning"),
        )  # fmt: skip
        self._list.show(self._rows(interview))
        self.query_one("#before-known", Panel).show(*self._known(interview))

    def enter(self) -> None:
        """Take the focus."""
        self._list.focus()

    def why_not(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "tick" and not self._list.key.startswith(_ITEM):
            return "Space ticks what to have ready; on a question, K and J move it"
        if action.startswith(("edit", "drop", "shift")) and self._question() is None:
            return "Choose a question first: j goes down the list"
        return ""

    def on_rows_moved(self) -> None:
        """Let the footer follow the cursor."""
        self.screen.refresh_bindings()

    def on_rows_chosen(self) -> None:
        """Tick the thing, or change the words of the question."""
        if self._list.key.startswith(_ITEM):
            self.action_tick()
        else:
            self.action_edit()

    def action_tick(self) -> None:
        """Tick what is ready, or take the tick off."""
        if not self.refuses("tick"):
            self.desk.interviewing.tick(self.interview_id, self._list.key.removeprefix(_ITEM))

    def action_add(self) -> None:
        """Ask for a question of the bank or the user's own, and put it on the list."""
        interview = self.interview
        if interview is None:
            return

        def take(question: ChecklistQuestion | None) -> None:
            if question:
                self.desk.interviewing.add_question(self.interview_id, question)
                self._list.go(_QUESTION + question.id)

        self.app.push_screen(QuestionDialog(self.desk, self.desk.checklists.more(interview)), take)

    def action_edit(self) -> None:
        """Ask for the question's words, and change them."""
        question = self._question()
        if self.refuses("edit") or question is None:
            return
        id_ = question.id

        def take(values: Values | None) -> None:
            if values:
                self.desk.interviewing.reword(self.interview_id, id_, values["ask"])

        def check(values: Values) -> dict[str, str]:
            return {} if values["ask"].strip() else {"ask": "write what to ask"}

        form = FormDialog(
            self.desk, "The question", (Field("ask", "Ask"),), {"ask": question.ask}, check, about=id_
        )
        self.app.push_screen(form, take)

    def action_drop(self) -> None:
        """Take the question off the list."""
        question = self._question()
        if not self.refuses("drop") and question:
            self.desk.interviewing.drop(self.interview_id, question.id)
            self.say("Off the list. u takes it back")

    def action_shift(self, by: int) -> None:
        """Move the question up or down."""
        question = self._question()
        if not self.refuses("shift") and question:
            self.desk.interviewing.move(self.interview_id, question.id, by)

    def action_copy(self) -> None:
        """Copy who they are, what is known, and the questions."""
        interview = self.interview
        if interview is not None:
            questions = [f"{at}. {one.ask}" for at, one in enumerate(interview.checklist, start=1)]
            self.post_message(Copy("\n".join([plain(self._known(interview)), "", *questions])))

    def _rows(self, interview: Interview) -> list[Row]:
        items = items_for(self.desk.library.preparation, interview.mode)
        ready = sum(item.id in interview.prepared for item in items)
        rows = [Row("", (f"Have ready · {ready} of {len(items)}",), heading=True)]
        for item in items:
            ticked = item.id in interview.prepared
            rows.append(Row(_ITEM + item.id, ("[✓]" if ticked else "[ ]", item.text, "")))
        minutes = sum(question.minutes for question in interview.checklist)
        count = len(interview.checklist)
        rows.append(Row("", (f"Questions · {count}, about {minutes} minutes",), heading=True))
        for number, question in enumerate(interview.checklist, start=1):
            rows.append(
                Row(_QUESTION + question.id, (f"{number:>2}.", question.ask, f"{question.minutes} min"))
            )
        return rows

    def _known(self, interview: Interview) -> list[Part]:
        """Return who they are and what is known, to read in the lobby."""
        contact = self.desk.book.contact(interview.contact_id)
        target = self.desk.book.target
        parts = summary(self.desk, contact) if contact else []
        if target and target.research:
            parts += ["\n", ("Research", "bold"), "\n", target.research]
        return parts

    def _question(self) -> ChecklistQuestion | None:
        return self.listed(self._list.key.removeprefix(_QUESTION))

    @property
    def _list(self) -> Rows:
        return self.query_one("#before-list", Rows)
