"""Why a check-in is written: what the records propose, and the line for a reason of one's own."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from warmcall.domain.objections import ASK_WHY
from warmcall.domain.reasons import Reason
from warmcall.domain.records import FollowUp
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.text_fields import Line

PROPOSED = 3
"""More than three reasons at once are a list to read and no help."""


class WithReason(Dialog[None]):
    """A dialog over one follow-up; for a check-in it proposes reasons, and asks for one."""

    VERTICAL_BREAKPOINTS = [(0, "-flat"), (22, "-tall"), (30, "-roomy")]
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"reason({number})", f"Reason {number}", show=False,
                    id=f"message.reason_{number}", tooltip="Take this reason, and draft the text with it")
            for number in range(1, PROPOSED + 1)
        ),
        Binding("w", "why", "Why", show=False, id="message.why", tooltip="Type why you write"),
    ]  # fmt: skip

    def __init__(self, services: Services, follow_up_id: str) -> None:
        super().__init__(services)
        self.follow_up_id = follow_up_id
        self.told: set[str] = set()

    def follow_up(self) -> FollowUp | None:
        """Return the follow-up as it is now."""
        return self.services.store.get(FollowUp, self.follow_up_id)

    def told_once(self, words: str) -> bool:
        """Return whether `words` were said in this visit already; say them if not."""
        if words in self.told:
            return True
        self.told.add(words)
        self.say(words)
        return False

    def reason_body(self) -> ComposeResult:
        """Lay out the reasons and the line for one, where the follow-up is a check-in."""
        if self._is_check_in:
            follow_up = self.follow_up()
            yield Panel("", id="reasons")
            yield Line(one_line(follow_up.note) if follow_up else "", ASK_WHY, id="why")

    def show_reasons(self) -> None:
        """Show what the records propose, a figure before each, and the reason taken."""
        follow_up = self.follow_up()
        if follow_up is None or not self._is_check_in:
            return
        reasons, parts = self._proposed(), list[RichPart]()
        for number, reason in enumerate(reasons, start=1):
            taken, key = reason.words == follow_up.note, self.key(f"message.reason_{number}")
            parts += [
                *(["\n"] if parts else []), (f"{key}{'✓' if taken else ' '} ", "bold $primary"),
                one_line(reason.words), (f" · {one_line(reason.source)}", "$muted"),
            ]  # fmt: skip
        panel = self.query_one("#reasons", Panel)
        panel.display = bool(reasons)
        panel.set_class(bool(follow_up.note.strip()), "-taken")
        panel.show(*parts)
        line = self.query_one("#why", Line)
        if not line.has_focus:
            line.value = one_line(follow_up.note)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys for reasons out where there is none to give."""
        if action in ("reason", "why"):
            return self._is_check_in
        return super().check_action(action, parameters)

    def disabled_reason(self, action: str) -> str:
        """Return why a key's action cannot be done now."""
        if action.startswith("reason") and not self._proposed():
            return self.with_keys("The records have no reason yet: {message.why}, and type why you write")
        return super().disabled_reason(action)

    def action_reason(self, number: int) -> None:
        """Take a reason proposed; a text that has no place for it is dropped at the second press only."""
        if self.blocked("reason"):
            return
        self.flush()
        follow_up, reasons = self.follow_up(), self._proposed()
        if follow_up is None or number > len(reasons):
            self.say(self.with_keys(f"There is no reason {number}: {{message.why}}, and type why you write"))
            return
        words = reasons[number - 1].words
        fits = self.services.drafting.reasons.fits_in(follow_up, words)
        key = self.key(f"message.reason_{number}")
        again = f"That drafts the text anew and drops what you wrote: {key} again does it"
        if not fits and not self.told_once(again):
            return
        self._take(words, anew=not fits)

    def action_why(self) -> None:
        """Go to the line for a reason of one's own."""
        self.query_one("#why", Line).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the reason typed, and let letters be keys again."""
        if event.input.id == "why":
            self.flush()
            self.set_focus(None)

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """Take the reason typed when its line is left."""
        if event.input.id == "why":
            self.flush()

    def flush(self) -> None:
        """Keep the reason typed, if it differs from what is kept."""
        follow_up = self.follow_up()
        if follow_up is None or follow_up.done_at is not None or not self._is_check_in:
            return
        typed = self.query_one("#why", Line).value.strip()
        if typed != one_line(follow_up.note).strip():
            self._take(typed)

    def keep_text(self) -> None:
        """Keep what was written before the reason goes into it."""

    def show_draft(self, one: FollowUp) -> None:
        """Show what was written so far, else the draft."""

    def _take(self, words: str, anew: bool = False) -> None:
        self.keep_text()
        self.services.drafting.reasons.set(self.follow_up_id, words, anew)
        follow_up = self.follow_up()
        if follow_up is not None:
            self.query_one("#why", Line).value = one_line(follow_up.note)
            self.show_reasons()
            self.show_draft(follow_up)

    def _proposed(self) -> tuple[Reason, ...]:
        follow_up = self.follow_up()
        return self.services.drafting.reasons.proposed(follow_up)[:PROPOSED] if follow_up else ()

    @property
    def _is_check_in(self) -> bool:
        follow_up = self.follow_up()
        return follow_up is not None and follow_up.kind is FollowUpKind.CHECK_IN
