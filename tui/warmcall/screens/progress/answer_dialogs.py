"""What the keys on answers ask for: a theme, how two answers differ, which question is the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from warmcall.domain.answers import Answer, AnsweredQuestion
from warmcall.domain.text_folding import folded
from warmcall.presentation.answers import answerer
from warmcall.presentation.counts import counted
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rows import Column, LazyRows, Row, Rows
from warmcall.widgets.text_fields import Line

SWITCH_KEY = Binding(
    "tab", "app.focus_next", "Next part", show=False, id="answers.switch",
    tooltip="From one list, or the line, to the next",
)  # fmt: skip
"""The key that goes from one part to the next, on the page of answers and in its dialogs."""

_SHOWN = 200
"""So many letters of the answer that differs are shown: enough to know it again."""


class ThemeDialog(Dialog[str | None]):
    """Asks for a theme: one typed, or one used before; gives back its words."""

    TITLE_WORDS = "A theme of this answer"
    BINDINGS: ClassVar[list[BindingType]] = [SWITCH_KEY]

    def __init__(self, services: Services, answer: Answer, last: str) -> None:
        """Offer the themes used so far; `last` is the one given last, the first to choose."""
        super().__init__(services)
        self._tagged = {folded(theme) for theme in answer.themes}
        themes = services.answers.all().themes
        self._themes = sorted(themes, key=lambda theme: folded(theme[0]) != folded(last))

    def body(self) -> ComposeResult:
        """Lay out the line, and the themes below it."""
        yield Line(hint="type a word or two of yours, or go down and choose", id="theme")
        yield Rows((Column(3), Column(), Column(11)), id="themes", enter_label="This")

    def on_mount(self) -> None:
        """Show the themes used so far."""
        self._rows.display = bool(self._themes)
        self._list("")

    def on_key(self, event: events.Key) -> None:
        """Go from the line down into the list."""
        if event.key == "down" and self.query_one("#theme", Line).has_focus and self._rows.rows:
            event.stop()
            self._rows.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the themes that have what is typed."""
        self._list(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back what is typed; with nothing typed, the theme under the cursor."""
        if theme := event.value.strip() or self._rows.key:
            self.dismiss(theme)
        else:
            self.say("Type a theme: a word or two of yours")

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Give back the theme chosen."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(event.key)

    def _list(self, typed: str) -> None:
        wanted = folded(typed).strip("# ")
        self._rows.show(
            [
                Row(
                    theme,
                    ("[✓]" if folded(theme) in self._tagged else "[ ]", theme, counted(count, "answer")),
                )
                for theme, count in self._themes
                if wanted in folded(theme)
            ]
        )

    @property
    def _rows(self) -> Rows:
        return self.query_one("#themes", Rows)


class Differing(NamedTuple):
    """The id of the other answer, and how the two differ; no words if they do not any more."""

    other_id: str
    how: str


_HEADING = "heading"
"""The place of the heading among the ids of answers, which are longer."""


class DifferDialog(Dialog[Differing | None]):
    """Asks from which other answer an answer differs, and how."""

    TITLE_WORDS = "Two answers that differ"
    BINDINGS: ClassVar[list[BindingType]] = [SWITCH_KEY]

    def __init__(self, services: Services, answer: Answer, same: Sequence[Answer]) -> None:
        """Offer `same`, the other answers to that question, and then all others."""
        super().__init__(services)
        self._answer = answer
        found = services.answers.all()
        ids = {answer.id, *(other.id for other in same)}
        self._same = [other.id for other in same]
        self._others = [id_ for id_ in found.by_id if id_ not in ids]
        pairs = found.differing.get(answer.id, ())
        self._how = {id_: pair.how for pair in pairs for id_ in pair.answers if id_ != answer.id}

    def body(self) -> ComposeResult:
        """Lay out whose answer it is, the other answers, and the line."""
        yield Panel(id="differ-this")
        yield Rows((Column(16), Column()), id="others", enter_label="This")
        yield Line(hint="type how they differ, in one line", id="how")

    def on_mount(self) -> None:
        """Show the answers to choose from; where it is clear which, go to the line at once."""
        name, words = answerer(self.services, self._answer), " ".join(self._answer.words.split())
        self.query_one("#differ-this", Panel).show(
            (f"{name}: ", "bold"), words[:_SHOWN], ("\ndiffers from", "$muted")
        )
        between = [_HEADING] if self._same and self._others else []
        keys = [*self._same, *between, *self._others]
        self._rows.show(LazyRows(keys, self._row), next(iter(self._how), ""))
        is_clear = bool(self._how) or len(self._same) == 1
        (self.query_one("#how", Line) if is_clear else self._rows).focus()
        self._fill()

    def on_rows_moved(self) -> None:
        """Show what was said of the two before."""
        self._fill()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Go on to how they differ."""
        if not isinstance(event, Rows.Moved):
            self.query_one("#how", Line).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back the two with what was typed; an empty line says that they do not differ any more."""
        how = event.value.strip()
        if how or self._rows.key in self._how:
            self.dismiss(Differing(self._rows.key, how))
        else:
            self.say("Say in a few words how they differ")

    def _fill(self) -> None:
        self.query_one("#how", Line).value = self._how.get(self._rows.key, "")

    def _row(self, key: str) -> Row:
        if key == _HEADING:
            return Row("", ("Answers to other questions",), heading=True)
        answer = self.services.answers.all().by_id.get(key)
        if answer is None:
            return Row(key, ("",))
        sign = "≠ " if answer.id in self._how else ""
        return Row(answer.id, (f"{sign}{answerer(self.services, answer)}", " ".join(answer.words.split())))

    @property
    def _rows(self) -> Rows:
        return self.query_one("#others", Rows)


class JoinDialog(Dialog[str | None]):
    """Asks which question is the same in other words; gives back its id, or that of one to take apart."""

    TITLE_WORDS = "The same question in other words"

    def __init__(self, services: Services, asked: AnsweredQuestion) -> None:
        super().__init__(services)
        self._asked = asked

    def body(self) -> ComposeResult:
        """Lay out the question and those it may be."""
        yield Panel((self._asked.ask, "bold"), id="join-this")
        yield Rows((Column(), Column(11)), id="same", enter_label="Join")

    def on_mount(self) -> None:
        """Show what is joined already, then the questions with answers, then those without."""
        answered = [asked for asked in self.services.answers.all().questions if asked.id != self._asked.id]
        never_answered = self.services.answers.never_answered()
        rows = [
            *_headed(
                self.with_keys("One with it already: {rows.choose} takes it apart"),
                [Row(id_, (ask, "")) for id_, ask in self._asked.others.items()],
            ),
            *_headed(
                "Is it the same as …?",
                [Row(asked.id, (asked.ask, counted(len(asked.answers), "answer"))) for asked in answered],
            ),
            *_headed(
                "Nobody has answered these yet",
                [Row(question.id, (question.ask, "")) for question in never_answered],
            ),
        ]
        self._rows.show(rows)
        self._rows.focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Give back the question chosen."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(event.key)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#same", Rows)


def _headed(title: str, rows: list[Row]) -> list[Row]:
    return [Row("", (title,), heading=True), *rows] if rows else []
