"""What the user says of a week: a form on the page itself, saved while it is filled."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from warmcall.domain.records import Week
from warmcall.domain.sanitize import plain_line
from warmcall.domain.vocabulary import TargetChange
from warmcall.presentation.weeks import CHANGES, CHANGES_QUESTION, LEARNED_QUESTION
from warmcall.services.services import Services
from warmcall.widgets.debounce import Debounce
from warmcall.widgets.form import Choice, Field, Form

_FIELDS = (
    Field("learned", "Learned", "one sentence", question=LEARNED_QUESTION),
    Field("changes", "Target", choices=CHANGES, question=CHANGES_QUESTION),
)


class WeekForm(Form):
    """What was learned in one week, and whether it changes the target; Enter in the last field finishes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "out", "Leave form", id="week.leave", tooltip="Leave the form; everything is saved"
        ),
        Binding("tab", "app.focus_next", "Next field", id="week.next", tooltip="Or Enter"),
    ]

    class Left(Message):
        """Says that the user leaves the fields."""

    def __init__(self, services: Services, week: Week, id: str) -> None:
        super().__init__(_FIELDS, _values(week), id=id)
        self.services = services
        self._monday = week.monday
        self._save = Debounce(self, self.flush)

    def show_of(self, week: Week) -> None:
        """Show what was said of `week`; what was typed of another is saved first."""
        if week.monday != self._monday:
            self.flush()
            self._monday = week.monday
        values = _values(week)
        if plain_line(typed := self.values["learned"]) == values["learned"]:
            values["learned"] = typed  # it is saved while it is typed, without the space after the last word
        self.show(values)

    def enter(self) -> None:
        """Focus the first field."""
        self.focus_field(_FIELDS[0].name)

    def flush(self) -> None:
        """Save what was typed and is not saved yet."""
        self._save.cancel()
        if self.mark_saved():
            said = self.values
            self.services.weeks.write(self._monday, said["learned"], TargetChange(said["changes"]))

    def on_descendant_blur(self) -> None:
        """Save what was typed into the field that loses the focus."""
        self.flush()

    @on(Input.Changed)
    @on(Choice.Changed)
    def save_soon(self) -> None:
        """Save shortly after the first change that is not saved."""
        if self.is_mounted and self.changes:
            self._save.start()

    def action_out(self) -> None:
        """Save, and leave the fields."""
        self.flush()
        self.post_message(self.Left())


def _values(week: Week) -> dict[str, str]:
    return {"learned": week.learned, "changes": week.changes.value}
