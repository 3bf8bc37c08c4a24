"""Dialogs that are a form: checked when saved, and never closed on what was typed by one stray key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input

from warmcall.presentation.wording import plain_day
from warmcall.screens.dialog import Dialog
from warmcall.services.services import Services
from warmcall.widgets.form import Choice, Field, Form
from warmcall.widgets.notes_editor import SAVE_AFTER_SECONDS
from warmcall.widgets.panel import Panel

Values = dict[str, str]
Check = Callable[[Values], Mapping[str, str]]


class FormDialog(Dialog[Values | None]):
    """Asks for a few fields; gives them back when they pass the check, None when it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="form.save", tooltip="Check the fields and save them"),
        Binding("escape", "leave", "Cancel", id="dialog.leave", tooltip="Close without saving"),
        Binding("tab", "app.focus_next", "Next field", id="form.next", tooltip="Or Enter"),
    ]

    def __init__(
        self,
        services: Services,
        title: str,
        fields: Sequence[Field],
        values: Mapping[str, str],
        check: Check,
        intro: str = "",
        first: str = "",
        about: str = "",
    ) -> None:
        """Lay out a form; `about` tells it from others of the same title, for words left in it.

        `intro` holds words of our own alone, nothing from outside: {id} in it becomes a key.
        """
        super().__init__(services)
        self._title_words = title
        self._form_id = f"{title}|{about}"
        typed, when = services.unfinished.of(self._form_id)
        self._form = Form(fields, values, typed, id="form")
        self._check = check
        if when is not None:
            local = services.time.calendar.local(when)
            intro = f"Your words of {local:%H:%M}, {plain_day(local.date())}, which were not saved, are back."
        self._intro = intro
        self._first = first or fields[0].name
        self._warned = False
        self._keeping: Timer | None = None

    @property
    def values(self) -> Values:
        """What the fields hold now."""
        return self._form.values

    @property
    def title_words(self) -> str:
        """What the form is for."""
        return self._title_words

    def body(self) -> ComposeResult:
        """Lay out the introduction, if any, and the fields."""
        if self._intro:
            yield Panel(self.with_keys(self._intro), id="intro")
        yield self._form

    def on_mount(self) -> None:
        """Begin in the first field wanted."""
        self._form.focus_field(self._first)

    def on_form_submitted(self) -> None:
        """Take Enter in the last field for saving."""
        self.action_save()

    def action_save(self) -> None:
        """Check the fields; close with them, or say beside each what is wrong."""
        values = self._form.values
        problems = self._check(values)
        self._form.show_problems(problems)
        if not problems:
            self._close(values)

    def action_leave(self) -> None:
        """Close; what was typed is given up only at the second Esc."""
        if not self.holds_back("dialog.leave"):
            self._close(None)

    def flush(self) -> None:
        """Keep what was typed, so that nothing that ends the program loses it."""
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
            self.services.unfinished.keep(self._form_id, self._title_words, self._form.changes)

    def holds_back(self, id_: str) -> bool:
        """Warn once, before the key of that id leaves, of what is not saved; return whether it did."""
        if not self._form.changed or self._warned:
            return False
        self._warned = True
        self.say(self.with_keys(f"Not saved: {{form.save}} saves, {{{id_}}} again leaves without saving"))
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take back what was said beside a field once it is right."""
        self._form.clear_solved_problems(self._check)
        self._keep_soon()

    def on_text_area_changed(self) -> None:
        """Have what was typed kept."""
        self._keep_soon()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Have what was chosen kept."""
        self._keep_soon()

    def _keep_soon(self) -> None:
        if self._keeping is None and self.is_mounted:
            self._keeping = self.set_timer(SAVE_AFTER_SECONDS, self.flush)

    def _close(self, values: Values | None) -> None:
        """Close, and forget what was typed once it is saved."""
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        self.dismiss(values)
        self.app.call_later(self.services.unfinished.drop, self._form_id)
