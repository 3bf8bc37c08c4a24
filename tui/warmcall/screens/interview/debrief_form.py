"""The debrief: a form on the pane itself, saved while it is filled."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, TextArea

from warmcall.domain.records import Debrief, Interview
from warmcall.services.services import Services
from warmcall.widgets.debounce import Debounce
from warmcall.widgets.form import Choice, Field, Form

_FIT = (
    ("0", "not said"), ("1", "1: not for me"), ("2", "2: rather not"), ("3", "3: could be"),
    ("4", "4: yes, mostly"), ("5", "5: this is it"),
)  # fmt: skip
_CONFIDENCE = (
    ("0", "not said"), ("1", "1: a first guess"), ("2", "2: shaky"), ("3", "3: fair"),
    ("4", "4: quite sure"), ("5", "5: sure"),
)  # fmt: skip
_FIELDS = (
    Field("learned", "Learned", lines=3),
    Field("changes", "Target changes", "to the job you aim at"),
    Field("fit", "How it fits", choices=_FIT),
    Field("confidence", "How sure", choices=_CONFIDENCE),
    Field("next", "Who next", "whom to talk to next"),
)
_NUMBERS = ("fit", "confidence")
"""The fields that the record holds as numbers from 0, not said, to 5."""


class DebriefForm(Form):
    """What was learned in one interview. Esc comes out; Enter in the last field does too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,backspace",
            "out",
            "Leave form",
            id="debrief.leave",
            tooltip="Leave the form; everything is saved",
        ),
        Binding("tab", "app.focus_next", "Next field", id="debrief.next", tooltip="Or Enter"),
    ]

    class Left(Message):
        """Says that the user leaves the fields."""

    def __init__(self, services: Services, id: str) -> None:
        super().__init__(_FIELDS, _values(Debrief()), id=id)
        self.services = services
        self._interview_id = ""
        self._save = Debounce(self, self.flush)

    def show_of(self, interview: Interview) -> None:
        """Show the debrief of `interview`; what was typed into that of another is saved first."""
        if interview.id != self._interview_id:
            self.flush()
            self._interview_id = interview.id
        self.show(_values(interview.debrief))

    def enter(self) -> None:
        """Focus the first field."""
        self.focus_field(_FIELDS[0].name)

    def flush(self) -> None:
        """Save what was typed and is not saved yet."""
        self._save.cancel()
        if not self._interview_id:
            return
        typed = self.mark_saved()
        interview = self.services.store.get(Interview, self._interview_id)
        if typed and interview is not None:
            fields: dict[str, str | int] = {
                name: int(text) if name in _NUMBERS else text for name, text in typed.items()
            }
            self.services.interviewing.debrief(
                interview.id, msgspec.structs.replace(interview.debrief, **fields)
            )

    def on_form_submitted(self) -> None:
        """Leave the fields on Enter in the last of them."""
        self.action_out()

    def on_descendant_blur(self) -> None:
        """Save what was typed into the field that loses the focus, so that undo goes field by field."""
        self.flush()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def save_soon(self) -> None:
        """Save shortly after the first change that is not saved."""
        if self.is_mounted and self.changes:
            self._save.start()

    def action_out(self) -> None:
        """Save, and leave the fields."""
        self.flush()
        self.post_message(self.Left())


def _values(debrief: Debrief) -> dict[str, str]:
    return {field.name: str(getattr(debrief, field.name)) for field in _FIELDS}
