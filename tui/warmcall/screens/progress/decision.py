"""The decision: what must be true for the job to be right, what people said of it, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from warmcall.domain.decisions import FINAL, WeighedAnswer, WeighedRequirement, is_in
from warmcall.domain.sanitize import plain_line
from warmcall.domain.vocabulary import TargetVerdict
from warmcall.presentation import decision as words_of
from warmcall.presentation import own_words, wording
from warmcall.screens.base import BACK_KEY, TABS, THREE_COLUMNS_FROM, GoBack, TabScreen, View
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.progress.evidence_dialog import EvidenceDialog
from warmcall.services.services import Services
from warmcall.widgets.bars import TopBar
from warmcall.widgets.form import Field
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, ColumnNames, Row, Rows
from warmcall.widgets.titled_pane import TitledPane

_NAMES_FROM = 64
"""The width of the list from which it names who said something; a narrower one counts them."""

REQUIREMENT_COLUMNS = (
    Column(weight=5, name="What must be true"),
    Column(weight=2, min_width=_NAMES_FROM, name="for"),
    Column(weight=2, min_width=_NAMES_FROM, name="against"),
    Column(16, below_width=_NAMES_FROM, name="said"),
    Column(weight=2, min_width=_NAMES_FROM, name="could say"),
)
EVIDENCE_COLUMNS = (Column(1), Column(weight=1, at_most=18), Column(9), Column(2), Column(weight=3))
"""For or against, who said it, when, the signs of the answer, and the words."""

_VERDICT_LETTERS = "gkan"
"""The letters that choose a verdict, in the order of the verdicts."""


class DecisionPage(TabScreen):
    """The requirements with what speaks for and against each, and below them what is decided."""

    CSS_PATH = "progress.tcss"
    TAB = "Progress"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="decision.add",
                tooltip="Something that must be true for the job to be right"),
        Binding("plus", "weigh(True)", "For", key_display="+", id="decision.for",
                tooltip="Choose an answer that speaks for it"),
        Binding("minus", "weigh(False)", "Against", key_display="-", id="decision.against",
                tooltip="Choose an answer that speaks against it"),
        Binding("v", "decide", "Decide", id="decision.decide",
                tooltip="Go, keep asking, another target, or no; and why"),
        Binding("D", "letters", "Letters", id="decision.letters",
                tooltip="A letter to everybody who helped, once it is a go or a no"),
        Binding("e", "edit", "Edit", show=False, id="decision.edit",
                tooltip="Other words for it; of an answer, only those that count"),
        Binding("d", "delete", "Delete", show=False, id="decision.delete",
                tooltip="Delete it, or take the answer away; {app.undo} undoes it"),
        Binding("K", "shift(-1)", "Move up", show=False, id="decision.up", tooltip="It matters more"),
        Binding("J", "shift(1)", "Move down", show=False, id="decision.down", tooltip="It matters less"),
        Binding("tab,shift+tab", "switch", "Other list", show=False, id="decision.switch",
                tooltip="Between what must be true and what was said of it"),
        BACK_KEY,
    ]  # fmt: skip

    def __init__(self, services: Services, tab: str = TAB) -> None:
        """Make the page; `tab` is the label of the screen that it lies over."""
        super().__init__(services)
        self._tab = tab
        self.bar = TopBar(TABS, tab)

    def body(self) -> ComposeResult:
        """Lay out the requirements, what was said of the one under the cursor, and the decision."""
        yield Panel(id="decision-head")
        with Container(id="decision-parts"):
            with TitledPane(title="What must be true", id="decision-left"):
                yield ColumnNames(REQUIREMENT_COLUMNS)
                yield Rows(REQUIREMENT_COLUMNS, id="requirements", enter_label="What was said", leading=1)
            with TitledPane(title="What was said of it", id="decision-beside"):
                yield Rows(EVIDENCE_COLUMNS, id="evidence", enter_label="Who said it", leading=2)
                yield Panel(id="decision-said")
        yield Panel(id="empty")
        yield Panel(id="decision-verdict")

    def on_resize(self) -> None:
        """Put what was said beside what must be true where there is room for both."""
        self.set_class(self.size.width >= THREE_COLUMNS_FROM, "-three")

    def in_view(self) -> str:
        """Return the id of who said what is under the cursor; empty on a requirement."""
        said = self._answer()
        return said.answer.contact_id if said is not None and self._evidence.has_focus else ""

    def reload(self) -> None:
        """Show how the decision stands now."""
        state = self.services.deciding.state()
        calendar = self.services.time.calendar
        today = calendar.day_of(self.now())
        figures = self.services.progress.figures()
        rated = words_of.ratings(figures.talks)
        self.query_one("#decision-head", Panel).show(
            (words_of.question(state.target), "bold"), (f"   {rated}" if rated else "", "$muted")
        )
        self.query_one("#decision-parts").display = bool(state.requirements)
        self._requirements.show([
            Row(one.requirement.id, words_of.requirement_cells(one, self._short_name))
            for one in state.requirements
        ])  # fmt: skip
        self._show_said()
        to_tell = len(self.services.following_up.to_be_told_decision())
        self.query_one("#decision-verdict", Panel).show(
            *words_of.verdict_lines(state, to_tell, today, calendar, self.with_keys)
        )
        empty = self.query_one("#empty", Panel)
        empty.display = not state.requirements
        if not state.requirements:
            empty.show(*self.with_key_lines(
                "What must be true for this job to be right for you? For example: I like what fills the days;"
                " I can live on the pay.",
                ("{decision.add}", "adds one such sentence"),
                ("{decision.for} {decision.against}", "then put what people told you for and against it"),
            ))  # fmt: skip
        elif self.focused is None:
            self._requirements.focus()
        self.refresh_bindings()

    def new_minute(self) -> None:
        """Let the words about days follow the calendar."""
        self.reload()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show what was said of the requirement, or the answer, under the cursor."""
        event.stop()
        self._show_said()
        self.refresh_bindings()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Go from a requirement to what was said of it, and from an answer to who said it."""
        if isinstance(event, Rows.Moved):
            return
        if event.rows is self._requirements:
            self.action_switch()
        elif (said := self._answer()) is not None:
            self.app.push_screen(PersonPage(self.services, said.answer.contact_id, self._tab))

    def on_descendant_focus(self) -> None:
        """Show what belongs to the list that the keys go to, in a low window instead of the decision."""
        self.set_class(self._evidence.has_focus, "-reading")
        self._show_said()
        self.refresh_bindings()

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        state, requirement = self.services.deciding.state(), self._requirement()
        name = action.partition("(")[0]
        if name in ("add", "decide") and state.target is None:
            return self.with_keys(
                "There is no target yet: {app.target} {target.edit} says which job you aim at"
            )
        if name in ("weigh", "edit", "delete", "shift", "switch") and requirement is None:
            return self.with_keys("Nothing must be true yet: {decision.add} adds something")
        if name == "shift" and requirement is not None:
            return _no_shift(state.requirements, requirement, -1 if "-" in action else 1)
        if name == "weigh" and not self.services.answers.all().by_id:
            return "There are no answers yet: they come from the notes of your interviews"
        if name == "switch" and requirement is not None and not requirement.answers:
            return self.with_keys(
                "Nothing was said of it yet: {decision.for} or {decision.against} chooses an answer"
            )
        if name == "letters":
            if state.decision is None or state.decision.verdict not in FINAL:
                return self.with_keys("Only a go or a no is for letters: {decision.decide} decides")
            return no_decided_letters(self.services)
        return super().disabled_reason(action)

    def action_add(self) -> None:
        """Ask for something that must be true, and go to it."""
        if self.blocked("add"):
            return

        def add(values: Values | None) -> None:
            if values:
                self._requirements.go(self.services.deciding.add_requirement(values["text"]))
                self._requirements.focus()

        self.app.push_screen(_requirement_form(self.services), add)

    def action_edit(self) -> None:
        """Ask for other words of the requirement; of an answer, for those that count."""
        requirement, said = self._requirement(), self._answer()
        if self.blocked("edit") or requirement is None:
            return
        if self._evidence.has_focus and said is not None:
            self._quote(said)
            return

        def save(values: Values | None) -> None:
            if values:
                self.services.deciding.edit_requirement(requirement.requirement.id, values["text"])

        self.app.push_screen(_requirement_form(self.services, requirement), save)

    def action_delete(self) -> None:
        """Delete the requirement, or take the answer away from it."""
        requirement, said = self._requirement(), self._answer()
        if self.blocked("delete") or requirement is None:
            return
        if self._evidence.has_focus and said is not None:
            self.services.deciding.remove_evidence(said.evidence.id)
            if not self._evidence.key:
                self._requirements.focus()
            self.say_undoable("The answer is taken away")
        else:
            self.services.deciding.delete_requirement(requirement.requirement.id)
            self.say_undoable("Deleted")

    def action_shift(self, by: int) -> None:
        """Move the requirement up or down."""
        requirement = self._requirement()
        if not self.blocked(f"shift({by})") and requirement is not None:
            self.services.deciding.move_requirement(requirement.requirement.id, by)

    def action_weigh(self, supports: bool) -> None:
        """Let an answer be chosen that speaks for the requirement, or against it."""
        requirement = self._requirement()
        if self.blocked("weigh") or requirement is None:
            return

        def add(answer_id: str | None) -> None:
            answer = self.services.answers.all().by_id.get(answer_id or "")
            if answer is not None:
                id_ = requirement.requirement.id
                piece = self.services.deciding.add_evidence(id_, answer, supports)
                self._evidence.go(piece)
                who = self._short_name(answer.contact_id)
                self.say_undoable(f"{who} is {'for' if supports else 'against'} it")

        self.app.push_screen(EvidenceDialog(self.services, requirement, supports), add)

    def action_decide(self) -> None:
        """Ask what is decided."""
        if self.blocked("decide"):
            return

        def save(values: Values | None) -> None:
            if values:
                verdict = TargetVerdict(values["verdict"])
                self.services.deciding.decide(verdict, values["why"], values["change"])

        self.app.push_screen(_decision_form(self.services), save)

    def action_letters(self) -> None:
        """Put a letter to everybody who helped into the queue, one each."""
        if not self.blocked("letters"):
            add_decided_letters(self)

    def action_switch(self) -> None:
        """Go to the other of the two lists."""
        if self._evidence.has_focus:
            self._requirements.focus()
        elif not self.blocked("switch"):
            self._evidence.focus()

    def action_back(self) -> None:
        """Go back from what was said to what must be true, then close the page."""
        if self._evidence.has_focus:
            self._requirements.focus()
        else:
            self.post_message(GoBack())

    def _quote(self, said: WeighedAnswer) -> None:
        """Ask which words of an answer count."""

        def check(values: Values) -> dict[str, str]:
            words = plain_line(values["words"])
            wrong = words and not is_in(words, said.answer.words)
            return {"words": "these are not their words: copy them, or leave it empty"} if wrong else {}

        def save(values: Values | None) -> None:
            if values:
                self.services.deciding.quote(said.evidence.id, values["words"])

        field = Field("words", "The words", "empty: all of the answer", lines=4)
        values = {"words": said.words}
        title = "The words that count"
        about = said.evidence.id
        self.app.push_screen(FormDialog(self.services, title, (field,), values, check, about=about), save)

    def _show_said(self) -> None:
        """Show the answers to the requirement under the cursor, and the one under the cursor whole."""
        requirement = self._requirement()
        calendar = self.services.time.calendar
        today = calendar.day_of(self.now())
        answers = requirement.answers if requirement is not None else ()
        self._evidence.show([
            Row(said.evidence.id, words_of.evidence_cells(
                said, self._full_name(said.answer.contact_id), today, calendar
            ))
            for said in answers
        ])  # fmt: skip
        self._evidence.display = bool(answers)
        self.query_one("#decision-beside", TitledPane).rename(words_of.said_of(requirement))
        said = self._answer()
        panel = self.query_one("#decision-said", Panel)
        if self._evidence.has_focus and said is not None:
            panel.show(*words_of.evidence_page(said, wording.KIND[said.answer.kind]))
        elif requirement is not None:
            panel.show(*words_of.requirement_page(requirement, self._full_name, self.with_keys))

    def _requirement(self) -> WeighedRequirement | None:
        return self.services.deciding.requirement(self._requirements.key)

    def _answer(self) -> WeighedAnswer | None:
        """Return the answer under the cursor of the second list."""
        requirement, key = self._requirement(), self._evidence.key
        answers = requirement.answers if requirement is not None else ()
        return next((one for one in answers if one.evidence.id == key), None)

    def _short_name(self, contact_id: str) -> str:
        contact = self.services.store.contact(contact_id)
        return wording.short_name(contact) if contact else ""

    def _full_name(self, contact_id: str) -> str:
        contact = self.services.store.contact(contact_id)
        return contact.name if contact else ""

    @property
    def _requirements(self) -> Rows:
        return self.query_one("#requirements", Rows)

    @property
    def _evidence(self) -> Rows:
        return self.query_one("#evidence", Rows)


def _no_shift(listed: Sequence[WeighedRequirement], one: WeighedRequirement, by: int) -> str:
    """Return why a requirement cannot move up or down; empty if it can."""
    if one == listed[0 if by < 0 else -1]:
        return "It is the first already" if by < 0 else "It is the last already"
    return ""


def no_decided_letters(services: Services) -> str:
    """Return why no letter on the decision can be added; empty if one can."""
    if not services.drafting.helpers():
        return "Nobody has helped yet: this letter is for those you met, and those who named somebody"
    if not services.following_up.to_be_told_decision():
        return "Everybody who helped has that letter, or it is in the queue"
    return ""


def add_decided_letters(view: View) -> None:
    """Put a letter to everybody who helped into the queue, one each, and say so over `view`."""
    view.say_undoable(words_of.letters_added(view.services.following_up.add_decided()))


def _requirement_form(services: Services, requirement: WeighedRequirement | None = None) -> FormDialog:
    def check(values: Values) -> dict[str, str]:
        return {} if plain_line(values["text"]) else {"text": "say what must be true"}

    about = requirement.requirement.id if requirement else ""
    values = {"text": requirement.requirement.text if requirement else ""}
    field = Field("text", "It is right if", "I like what fills the days")
    return FormDialog(services, "What must be true", (field,), values, check, about=about)


def _decision_form(services: Services) -> FormDialog:
    state = services.deciding.state()
    decision, role = state.decision, state.target.role if state.target else ""

    def sentence(values: Mapping[str, str]) -> str:
        return own_words.decided(values["verdict"], role, values["why"])

    fields = (
        Field(
            "verdict",
            "Today",
            choices=tuple((verdict.value, words_of.VERDICT[verdict]) for verdict in TargetVerdict),
            letters=_VERDICT_LETTERS,
            sentence=sentence,
        ),
        Field("why", "Because", "I like revising every day", sentence=sentence),
        Field("change", "", "the pay is too low to live on", question=words_of.CHANGE_QUESTION),
    )
    values = {"verdict": TargetVerdict.KEEP_ASKING.value}
    if decision is not None:
        values = {
            "verdict": decision.verdict.value,
            "why": decision.why,
            "change": decision.would_change_my_mind,
        }
    title = words_of.question(state.target)
    about = state.target.id if state.target else ""
    return FormDialog(services, title, fields, values, lambda _values: {}, about=about)
