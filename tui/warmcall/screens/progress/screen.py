"""Progress: how far people have come, who answered, the weeks, and how sure one is after each meeting."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from warmcall.domain.records import Contact, Target
from warmcall.presentation import wording
from warmcall.presentation.job_answers import OWN_ANSWERS, progress_line
from warmcall.presentation.progress import (
    CHART_CELLS,
    NARROW_CHART_CELLS,
    GroupedPeople,
    ProgressLine,
    head,
    lines,
    people_of,
)
from warmcall.screens.base import TabScreen
from warmcall.screens.people.person_page import PersonPage
from warmcall.screens.profile.targets import TargetsScreen
from warmcall.screens.progress.advice import AdvicePage
from warmcall.screens.progress.answers import AnswersPage
from warmcall.screens.progress.decision import DecisionPage
from warmcall.screens.progress.job_answers import JobAnswersPage
from warmcall.screens.progress.openings import OpeningsPage
from warmcall.screens.progress.people import ProgressPeople
from warmcall.screens.progress.referrals import ReferralsPage, ReferralTree
from warmcall.services.progress import ProgressFigures
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import Excerpt
from warmcall.widgets.rows import Column, Row, Rows
from warmcall.widgets.text_width import fit_width
from warmcall.widgets.titled_pane import TitledPane

_LABEL_CELLS, _NUMBER_CELLS, _SERIES_CELLS = 16, 3, 8
_FULL_CHARTS_FROM = 76
"""The width of the list from which charts are drawn in full."""

SEE_WHO = "See who"
"""What Enter leads to from most lines."""

COLUMNS = (
    Column(_LABEL_CELLS),
    Column(_NUMBER_CELLS),
    Column(CHART_CELLS, min_width=_FULL_CHARTS_FROM),
    Column(NARROW_CHART_CELLS, below_width=_FULL_CHARTS_FROM),
    Column(),
)
"""Label, number, the chart in full or narrow, and words."""


class ProgressScreen(TabScreen):
    """The figures, and beside them who led to whom, where there is room."""

    CSS_PATH = "progress.tcss"
    TAB = "Progress"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "answers", "Answers", id="progress.answers",
                tooltip="Everyone's answers, question by question, and what nobody has answered yet"),
        Binding("w", "referrals", "Who led to whom", id="progress.referrals",
                tooltip="The tree of referrals, how far each has come, and who is to be told"),
        Binding("d", "decision", "Decision", id="progress.decision",
                tooltip="What must be true for this job to be right, and what people said of it"),
        Binding("R", "report", "Report", id="progress.report",
                tooltip="Write what you learned into a file to give away, with names or without"),
        Binding("v", "advice", "Advice", id="progress.advice",
                tooltip="What people advised, ticked once you followed it, and who knows of it"),
        Binding("y", "job_answers", "Your answers", id="progress.job_answers",
                tooltip="What you will say in a job interview: written, and practised aloud"),
        Binding("o", "openings", "Openings", show=False, id="progress.openings",
                tooltip="Openings heard of and resumes on file: from whom, when, what became of each"),
        Binding("T", "targets", "Targets", show=False, id="progress.targets",
                tooltip="Your targets side by side: people, answers, talks; change to another"),
    ]  # fmt: skip

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._shown: tuple[ProgressFigures | None, int, int] = (None, 0, 0)
        self._drawn: tuple[ProgressFigures | None, object] = (None, None)
        self._found: tuple[ProgressFigures | None, str, GroupedPeople] = (None, "", GroupedPeople("", ()))

    def body(self) -> ComposeResult:
        """Lay out the figures and the tree."""
        with Horizontal():
            with TitledPane(title="How far people have come", id="progress-left"):
                yield Panel(id="progress-head")
                yield Rows(COLUMNS, id="progress", enter_label=SEE_WHO, leading=1)
                yield Panel(id="empty")
            yield ReferralTree(self.services, id="referrals-beside")

    def in_view(self) -> str:
        """Return the id of the contact selected in the tree, if the keys go there."""
        return self._tree.rows.key if self._tree.rows.has_focus else ""

    def reload(self) -> None:
        """Show the figures as they are now."""
        figures, target = self.services.progress.figures(), self.services.store.target
        size = self.app.size
        self._shown = (figures, size.width, size.height)
        is_empty = not figures.pipeline.ids
        for part in (self.query_one("#progress-head"), self._rows):
            part.display = not is_empty
        self.query_one("#empty").display = is_empty
        self._tree.reload()
        if is_empty:
            self._show_empty()
            return
        head_words = head(figures, target.role if target else "", self.services.store.count(Target))
        self.query_one("#progress-head", Panel).show((head_words, "bold"))
        beside = self.has_class("-wide")
        width = max(64, size.width // 2) - 2 if beside else size.width
        height = size.height - (5 if beside else 3)
        own = progress_line(self.services.job_answers.states())
        names = self.services.store.revision(Contact)
        basis = (width, height, own, names)
        if self._drawn[0] is not figures or self._drawn[1] != basis:
            self._drawn = (figures, basis)
            last = [own] if own else []
            room = height - len(last)
            found = [*lines(figures, self._name_of, width < _FULL_CHARTS_FROM, room=room), *last]
            while len(found) > height and ProgressLine() in found:
                found.remove(ProgressLine())
            self._rows.show([_row(line, width) for line in found])
        if self.focused is None:
            self._rows.focus()

    def tick(self) -> None:
        """Show other figures once a new day has begun."""
        if self.services.progress.figures() is not self._shown[0]:
            self.reload()

    def on_resize(self) -> None:
        """Fit charts and weeks to the window."""
        self.call_after_refresh(self._fit)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "referrals" and not self._figures.pipeline.ids:
            return self.with_keys(
                "Nobody is in People yet: {app.people} goes there, {people.add} adds someone"
            )
        if action == "job_answers" and self.services.store.target is None:
            return self.with_keys(
                "There is no target yet: {app.target} {target.edit} says which job you aim at"
            )
        if action == "report" and not self._figures.pipeline.ids:
            return self.with_keys(
                "There is nothing to report yet: {app.people} goes to People, {people.add} adds someone"
            )
        rows = self._rows
        if action == "choose" and rows.key == OWN_ANSWERS:
            return ""
        if action == "choose" and rows.has_focus and rows.key and self._people(rows.key).is_empty:
            return "Nobody there yet"
        return super().disabled_reason(action)

    def on_rows_moved(self) -> None:
        """Let the keys know what they act on."""
        self._rows.name_enter("Open" if self._rows.key == OWN_ANSWERS else SEE_WHO)
        self.refresh_bindings()

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        """Open the page of the one person it is about, or the list of all of them; or the own answers."""
        if message.key == OWN_ANSWERS:
            self.action_job_answers()
            return
        ids = (message.key,) if message.rows is self._tree.rows else self._people(message.key).ids
        if len(ids) == 1:
            self.app.push_screen(PersonPage(self.services, ids[0], self.TAB))
        elif ids:
            self.app.push_screen(ProgressPeople(self.services, partial(self._people, message.key)))

    def action_referrals(self) -> None:
        """Go to the tree, where it is shown; else open it on a page."""
        if self.blocked("referrals"):
            return
        if self._tree.display:
            self._tree.rows.focus()
        else:
            self.app.push_screen(ReferralsPage(self.services))

    def action_answers(self) -> None:
        """Show everyone's answers."""
        self.app.push_screen(AnswersPage(self.services))

    def action_advice(self) -> None:
        """List the advice."""
        if not self.blocked("advice"):
            self.app.push_screen(AdvicePage(self.services))

    def action_job_answers(self) -> None:
        """List the user's own answers to the questions of a job interview."""
        if not self.blocked("job_answers"):
            self.app.push_screen(JobAnswersPage(self.services))

    def action_report(self) -> None:
        """Ask how the report is to be, and write it."""
        if self.blocked("report"):
            return
        from warmcall.screens.progress.report import ask_for_report

        ask_for_report(self)

    def action_openings(self) -> None:
        """List the openings heard of."""
        self.app.push_screen(OpeningsPage(self.services))

    def action_targets(self) -> None:
        """Show all targets."""
        self.app.push_screen(TargetsScreen(self.services, self.TAB))

    def action_decision(self) -> None:
        """Show what must be true, and what people said of it."""
        self.app.push_screen(DecisionPage(self.services, self.TAB))

    def action_back(self) -> None:
        """Go back to the figures from the tree beside them, then close a message."""
        if self._tree.rows.has_focus:
            self._rows.focus()
        else:
            super().action_back()

    def _fit(self) -> None:
        size = self.app.size
        if self._shown[1:] != (size.width, size.height):
            self.reload()

    def _show_empty(self) -> None:
        self.query_one("#empty", Panel).show(
            *self.with_key_lines(
                "Nobody here yet: there is nothing to count.",
                ("{app.people} {people.add}", "adds the first person to call, in People"),
                ("{app.people} {people.import}", wording.IMPORTS),
            )
        )

    def _people(self, key: str) -> GroupedPeople:
        """Return those whom a line is about; found again only for another line, or other figures."""
        figures = self._figures
        if self._found[0] is not figures or self._found[1] != key:
            self._found = (figures, key, people_of(key, figures))
        return self._found[2]

    def _name_of(self, contact_id: str) -> str:
        contact = self.services.store.contact(contact_id)
        return wording.short_name(contact) if contact else ""

    @property
    def _figures(self) -> ProgressFigures:
        return self.services.progress.figures()

    @property
    def _tree(self) -> ReferralTree:
        return self.query_one("#referrals-beside", ReferralTree)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#progress", Rows)


def _row(line: ProgressLine, width: int) -> Row:
    """Return the row of a line in a list `width` cells wide."""
    room = width - _LABEL_CELLS - 4
    last = line.series[-max(room // _SERIES_CELLS, 1) :]
    text = "".join(fit_width(words, _SERIES_CELLS - 1) + " " for words in last) or line.text
    if not line.key:
        words = f"{fit_width(line.label, _LABEL_CELLS)} {text}" if text else line.label
        return Row("", ((words, "$muted" if line.dim else ""),), heading=True)
    charts = ((line.chart, "$primary"), (line.narrow_chart, "$primary"))
    cells = (line.label, f"{line.number:>{_NUMBER_CELLS}}", *charts, line.words)
    return Row(line.key, cells, excerpt=Excerpt(text, 0, 0) if text else None)
