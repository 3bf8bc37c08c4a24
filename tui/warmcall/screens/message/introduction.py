"""How far an introduction has come: the question that Enter on one in the queue asks."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import Introduction
from warmcall.presentation.wording import introduction_steps, short_name
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.rows import Column, Row, Rows


class IntroductionDialog(Dialog[str]):
    """Lists what can have become of an introduction asked for; gives back the step chosen, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Close: nothing has changed yet"),
    ]

    def __init__(self, services: Services, follow_up: FollowUp) -> None:
        super().__init__(services)
        asked, about = (
            services.store.contact(follow_up.contact_id),
            services.store.contact(follow_up.about_id),
        )
        self._asked = asked.name if asked else "somebody"
        self._steps = introduction_steps(
            short_name(asked) if asked else "they",
            short_name(about) if about else "",
            follow_up.introduction is Introduction.PASSED_ON,
        )

    @property
    def title_words(self) -> str:
        """Of whom the introduction was asked."""
        return f"Introduction by {self._asked}"

    def body(self) -> ComposeResult:
        """Lay out the steps."""
        yield Rows((Column(weight=1),), id="steps", enter_label="Record it")

    def on_mount(self) -> None:
        """Show the steps."""
        rows = self.query_one("#steps", Rows)
        rows.show([Row(step, (words,)) for step, words in self._steps.items()])
        rows.focus()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Give back the step under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.dismiss(event.key)

    def action_leave(self) -> None:
        """Close without a step."""
        self.dismiss("")
