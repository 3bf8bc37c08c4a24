"""What was captured so far in an interview, to be put right or taken out again."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Capture, Interview
from warmcall.presentation.captures import cells
from warmcall.screens.dialog import Dialog
from warmcall.screens.forms import Values
from warmcall.screens.interview.capture_forms import capture_form, captured
from warmcall.services.services import Services
from warmcall.widgets.rows import Column, Row, Rows


class CapturesDialog(Dialog[None]):
    """The captures of one interview that has not ended."""

    TITLE_WORDS = "Captured"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", show=False, id="captures.edit", tooltip="Or {rows.choose}"),
        Binding(
            "d",
            "drop",
            "Take out",
            id="captures.drop",
            tooltip="Take it out; {app.undo}, outside, takes it back",
        ),
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Back to the interview"),
    ]

    def __init__(self, services: Services, interview_id: str) -> None:
        super().__init__(services)
        self._interview_id = interview_id

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Rows((Column(9), Column(weight=1)), id="captures", opens="Edit")

    def on_mount(self) -> None:
        """Show the list."""
        self.reload()

    def reload(self) -> None:
        """Show the captures as they are now; close once there are none."""
        now, calendar = self.services.time.now(), self.services.time.calendar
        rows = [Row(capture.id, cells(capture, now, calendar)) for capture in self._captures()]
        self.query_one("#captures", Rows).show(rows)
        if not rows and self.is_current:
            self.dismiss(None)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Change the one under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.action_edit()

    def action_edit(self) -> None:
        """Ask for the capture anew, and change it."""
        interview, capture = self._interview(), self._chosen()
        person = self.services.store.contact(interview.contact_id) if interview else None
        if capture is None or person is None:
            return

        def take(values: Values | None) -> None:
            if values:
                changed = captured(self.services, capture.kind, values, capture)
                self.services.capturing.edit(self._interview_id, changed)

        self.app.push_screen(capture_form(self.services, capture.kind, person, capture), take)

    def action_drop(self) -> None:
        """Take the capture out."""
        capture = self._chosen()
        if capture is not None:
            self.services.capturing.remove(self._interview_id, capture.id)
            self.say(self.with_keys("Taken out. {app.undo}, outside this list, takes it back"))

    def _interview(self) -> Interview | None:
        return self.services.store.get(Interview, self._interview_id)

    def _captures(self) -> tuple[Capture, ...]:
        interview = self._interview()
        return interview.captured if interview and interview.ended_at is None else ()

    def _chosen(self) -> Capture | None:
        key = self.query_one("#captures", Rows).key
        return next((capture for capture in self._captures() if capture.id == key), None)
