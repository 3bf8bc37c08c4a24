"""Taking things down in passing, without leaving the interview: a key, a few words, and back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import Interview
from warmcall.domain.vocabulary import CaptureKind
from warmcall.presentation.captures import line, short
from warmcall.screens.forms import Values
from warmcall.screens.interview.capture_forms import capture_form, captured
from warmcall.screens.interview.captures import CapturesDialog
from warmcall.screens.interview.read_only_guard import ReadOnlyGuard
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart


class CaptureActions(ReadOnlyGuard):
    """A part of the interview screen where captures can be taken down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "capture('referral')", "Referral", id="capture.referral", tooltip="Somebody they named"),
        Binding("p", "capture('promise')", "Promise", id="capture.promise",
                tooltip="Something said that will be done, by you or by them"),
        Binding("v", "capture('resume')", "Resume viewed", show=False, id="capture.resume",
                tooltip="They offered to look at your resume: what they advised"),
        Binding("o", "capture('on_file')", "On file", show=False, id="capture.on_file",
                tooltip="They keep you on file"),
    ]  # fmt: skip

    def action_capture(self, kind: str) -> None:
        """Ask for a capture in a few words, and take it down."""
        interview, contact, wanted = self.interview, self.contact, CaptureKind(kind)
        if self.blocked("capture") or interview is None or contact is None:
            return
        id_ = interview.id

        def take(values: Values | None) -> None:
            if values:
                capture = self.services.capturing.add(id_, captured(self.services, wanted, values))
                now, calendar = self.services.time.now(), self.services.time.calendar
                self.say_undoable(f"{self._taken(wanted)}: {short(capture, now, calendar)}")

        self.app.push_screen(capture_form(self.services, wanted, contact), take)

    def _taken(self, kind: CaptureKind) -> str:
        """Return what has become of a capture just taken down."""
        ended = self.interview is not None and self.interview.ended_at is not None
        if ended and kind is CaptureKind.REFERRAL:
            return "In People, and to be called"
        return "In the queue" if ended and kind is CaptureKind.PROMISE else "Taken down"


class CaptureLine(CaptureActions):
    """The same with a line that shows what is captured so far, and a list to put it right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("C", "captures", "Captured", show=False, id="capture.list",
                tooltip="What is captured so far: {rows.choose} edits, {captures.drop} takes out"),
    ]  # fmt: skip

    def captured_line(self) -> ComposeResult:
        """Lay out the line."""
        yield Panel(id="during-captured")

    def show_captured(self, interview: Interview) -> None:
        """Show what is captured so far; no line as long as nothing is."""
        now, calendar = self.services.time.now(), self.services.time.calendar
        captured, undo = line(interview.captured, now, calendar), self.key("app.undo")
        parts: list[RichPart] = [
            (self.key("capture.list"), "bold $primary"), f"  captured: {captured} · {undo} takes back",
        ]  # fmt: skip
        panel = self.query_one("#during-captured", Panel)
        panel.display = bool(interview.captured)
        panel.show(*parts)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action == "captures" and not (self.interview and self.interview.captured):
            return self.with_keys(
                "Nothing is captured yet: {capture.referral} referral, {capture.promise} promise,"
                " {capture.resume} resume, {capture.on_file} on file"
            )
        return super().disabled_reason(action)

    def action_captures(self) -> None:
        """Open the list of what is captured."""
        if not self.blocked("captures"):
            self.app.push_screen(CapturesDialog(self.services, self.interview_id))
