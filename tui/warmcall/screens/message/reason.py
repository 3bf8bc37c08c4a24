"""Why a check-in is written: the reasons the records propose, and a line to type another."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from warmcall.domain.objections import ASK_WHY
from warmcall.domain.reasons import Reason
from warmcall.domain.records import FollowUp
from warmcall.domain.sanitize import one_line
from warmcall.screens.base import View
from warmcall.services.services import Services
from warmcall.widgets.panel import Panel
from warmcall.widgets.rich_text import RichPart
from warmcall.widgets.text_fields import Line

REASONS_SHOWN = 3
"""More than three reasons at once are a list to read and no help."""


class ReasonPicker(View, Vertical):
    """Shows the reasons proposed for one check-in, each after its number, and marks the one that is set.

    It changes nothing by itself: the dialog around it has the keys, and sets the reason.
    """

    DEFAULT_CSS = """
    ReasonPicker { height: auto; }
    """

    def __init__(self, services: Services, follow_up: FollowUp) -> None:
        super().__init__()
        self.services = services
        self._follow_up = follow_up

    def compose(self) -> ComposeResult:
        """Lay out the reasons, and the line for another."""
        yield Panel("", id="reasons")
        yield Line(one_line(self._follow_up.note), ASK_WHY, id="why")

    @property
    def proposed(self) -> tuple[Reason, ...]:
        """The reasons shown, the strongest first."""
        return self.services.drafting.reasons.proposed(self._follow_up)[:REASONS_SHOWN]

    @property
    def typed(self) -> str:
        """What stands in the line now."""
        return self._line.value.strip()

    @property
    def changed(self) -> bool:
        """Whether something else stands in the line than the reason that is set."""
        return self.typed != one_line(self._follow_up.note).strip()

    def show(self, follow_up: FollowUp, replace_typed: bool = False) -> None:
        """Show the reasons for the follow-up as it is now; words being typed stay, unless `replace_typed`."""
        self._follow_up = follow_up
        parts: list[RichPart] = []
        for number, reason in enumerate(self.proposed, start=1):
            mark = "✓" if reason.words == follow_up.note else " "
            parts += [
                "\n" if parts else "", (f"{self.key(f'message.reason_{number}')}{mark} ", "bold $primary"),
                one_line(reason.words), (f" · {one_line(reason.source)}", "$muted"),
            ]  # fmt: skip
        panel = self.query_one("#reasons", Panel)
        panel.display = bool(parts)
        panel.set_class(bool(follow_up.note.strip()), "-chosen")
        panel.show(*parts)
        if replace_typed or not self._line.has_focus:
            self._line.value = one_line(follow_up.note)

    def enter(self) -> None:
        """Go into the line."""
        self._line.focus()

    @property
    def _line(self) -> Line:
        return self.query_one("#why", Line)
