"""Dialogs that are a form: checked when saved, and never closed on what was typed by one stray key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from warmcall.config.zones import zones_called
from warmcall.presentation.wording import plain_day, work
from warmcall.screens.base import View
from warmcall.screens.dialog import Dialog
from warmcall.screens.index_preparation import IndexPreparation
from warmcall.services.services import Services
from warmcall.widgets.debounce import Debounce
from warmcall.widgets.form import Choice, Field, Form
from warmcall.widgets.panel import Panel
from warmcall.widgets.picker import Match, MatchSource

Values = dict[str, str]
"""What the fields of a form hold, by their names."""

Check = Callable[[Values], Mapping[str, str]]
"""Returns what is wrong with the values of a form, by field; nothing if they can be saved."""


Settle = Callable[[View, Values, Callable[[Values], None]], None]
"""Asks, over the form, what its checked values leave open; calls its last argument with all of them then."""


def zone_field(label: str, hint: str) -> Field:
    """Return the field of a time zone, which completes a city typed."""

    def find(words: str, most: int) -> list[Match]:
        return [Match(name, name) for name in zones_called(words, most)]

    source = MatchSource(find, lambda zone: zone, "no time zone has that name: try a larger city nearby")
    return Field("zone", label, hint, match_source=source)


def person_field(services: Services, name: str, label: str, hint: str) -> Field:
    """Return a field for somebody in People, which completes a name; its value is their id."""

    def find(words: str, most: int) -> list[Match]:
        people = services.search.people_named(words, most)
        return [Match(person.id, person.name, work(person)) for person in people]

    def name_of(contact_id: str) -> str:
        person = services.store.contact(contact_id)
        return person.name if person is not None else ""

    return Field(name, label, hint, match_source=MatchSource(find, name_of))


FEW_FIELDS = 7
"""With more fields than these, a form takes all the room that a low window has."""


class FormDialog(Dialog[Values | None]):
    """Asks for a few fields; gives back their values once they pass the check, None when it is left.

    What is typed is kept in the store while the form is open, so that a dropped line does not lose it.
    """

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
        settle: Settle | None = None,
        prepare: Callable[[int], bool] | None = None,
    ) -> None:
        """Make a form that begins in the field `first`, under the sentence `intro`.

        `settle` may ask for more before the form closes. `prepare` makes ready what the remarks of fields are
        taken from, so many things at a time, until it returns True.

        `about`, the id of the record it is about, tells forms of the same title apart when the words left
        in one come back. `intro` must hold nothing that users wrote: each {id} in it becomes a key.
        """
        super().__init__(services)
        self._title_words = title
        self._form_id = f"{title}|{about}"
        unsaved, when = services.unfinished.of(self._form_id)
        self._form = Form(fields, values, unsaved, id="form")
        self.set_class(len(fields) > FEW_FIELDS, "-long")
        self._sentence = Panel("", id="sentence") if any(field.sentence for field in fields) else None
        self._check = check
        self._settle = settle
        if when is not None:
            local = services.time.calendar.local(when)
            intro = f"What you typed on {plain_day(local.date())} at {local:%H:%M} was not saved; here it is."
        self._intro = intro
        self._first = first or fields[0].name
        self._warned = False
        self._keep = Debounce(self, self._keep_unsaved)
        self._preparation = IndexPreparation(self, prepare, self._form.show_remarks) if prepare else None

    @property
    def values(self) -> Values:
        """What the fields hold now."""
        return self._form.values

    @property
    def title_words(self) -> str:
        """What the form is for."""
        return self._title_words

    def body(self) -> ComposeResult:
        """Lay out the introduction, if any, the fields, and below them the sentence of the present one."""
        if self._intro:
            yield Panel(self.with_keys(self._intro), id="intro")
        yield self._form
        if self._sentence is not None:
            yield self._sentence

    def on_mount(self) -> None:
        """Put the cursor into the first field."""
        self._form.focus_field(self._first)
        if self._preparation is None or self._preparation.ready():
            self._form.show_remarks()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the sentence of the field that the cursor is in now."""
        self._show_sentence()

    def on_form_submitted(self) -> None:
        """Save on Enter in the last field."""
        self.action_save()

    def action_save(self) -> None:
        """Check the fields; close with their values, or show beside each what is wrong with it."""
        values = self._form.values
        problems = self._check(values)
        self._form.show_problems(problems)
        if problems:
            return
        if self._settle is not None:
            self._settle(self, values, self.close_with)
        else:
            self.close_with(values)

    def action_leave(self) -> None:
        """Close; if something was typed, only the second Esc does, and discards it."""
        if not self.warn_unsaved("dialog.leave"):
            self.close_with(None)

    def flush(self) -> None:
        """Keep what was typed now, because the program may end."""
        self._keep.flush()

    def warn_unsaved(self, key_id: str) -> bool:
        """Warn, the first time, that something is not saved; return whether the warning was shown.

        `key_id` is the id of the key that was pressed to leave.
        """
        if not self._form.changed or self._warned:
            return False
        self._warned = True
        self.say(self.with_keys(f"Not saved: {{form.save}} saves, {{{key_id}}} again leaves without saving"))
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Remove the problem shown beside a field once it is solved, and keep what was typed."""
        self._form.clear_solved_problems(self._check)
        self._form.show_remarks()
        self._show_sentence()
        self._keep.start()

    def on_text_area_changed(self) -> None:
        """Keep what was typed."""
        self._show_sentence()
        self._keep.start()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Keep what was chosen."""
        self._show_sentence()
        self._keep.start()

    def close_with(self, values: Values | None) -> None:
        """Close, giving back `values`; what was kept of the words typed is dropped once they are saved."""
        self._keep.cancel()
        self.dismiss(values)
        self.app.call_later(self.services.unfinished.drop, self._form_id)

    def _show_sentence(self) -> None:
        if self._sentence is not None:
            self._sentence.show(self._form.sentence)

    def _keep_unsaved(self) -> None:
        self.services.unfinished.keep(self._form_id, self._title_words, self._form.changes)
