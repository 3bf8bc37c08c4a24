"""Forms: fields one below the other, each with its problem beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Label

from warmcall.domain.sanitize import many_lines, one_line
from warmcall.widgets.labelled import Labelled
from warmcall.widgets.picker import MatchSource, Picker
from warmcall.widgets.text_area import PlainTextArea
from warmcall.widgets.text_fields import Line


class Field(NamedTuple):
    """One field: a line of text unless it says otherwise.

    With `choices` (value, label) its value is one of them, found by its letter in `letters`, which are in the
    order of the choices, or by the first letter of its label; with `match_source` it is found by typing,
    with `lines` it is a text of so many lines. With `select_on_focus` the first letter typed replaces a line;
    `at_end` begins a text of several lines at its end.
    `sentence` returns the sentence that the values of the form make with this field, by which a user sees how
    it will be said; empty if there is none yet. `question` stands on a line of its own above the field.
    `remark` returns what is to be said of a value while it is
    typed, on a line under the field; nothing is wrong with it.
    """

    name: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    lines: int = 0
    select_on_focus: bool = False
    at_end: bool = False
    match_source: MatchSource | None = None
    sentence: Callable[[Mapping[str, str]], str] | None = None
    letters: str = ""
    remark: Callable[[Mapping[str, str]], str] | None = None
    question: str = ""


class FieldLine(Labelled, Line):
    """A field that is one line of text."""


class Area(Labelled, PlainTextArea):
    """A text of several lines without a blinking cursor; Tab leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+underscore", "undo", "Undo typing", show=False, key_display="^_", id="area.undo"),
    ]

    def __init__(self, text: str = "", id: str | None = None) -> None:
        super().__init__(text, compact=True, tab_behavior="focus", highlight_cursor_line=False, id=id)
        self.cursor_blink = False


class Choice(Labelled, Widget, can_focus=True):
    """One of a few values, on one line: arrows or Space change it, a letter or digit finds it."""

    DEFAULT_CSS = """
    Choice { height: 1; }
    Choice:focus { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "change(1)", "Change", id="choice.next", tooltip="Next value"),
        Binding("left", "change(-1)", "Change back", show=False, id="choice.previous"),
    ]

    class Changed(Message):
        """The user chose another value."""

        def __init__(self, choice: Choice) -> None:
            self.choice = choice
            super().__init__()

    index: reactive[int] = reactive(0)

    def __init__(
        self, choices: Sequence[tuple[str, str]], value: str, letters: str = "", id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._choices = tuple(choices)
        self._letters = letters
        values = [choice for choice, _ in self._choices]
        self.set_reactive(Choice.index, values.index(value) if value in values else 0)

    @property
    def value(self) -> str:
        """The value chosen."""
        return self._choices[self.index][0] if self._choices else ""

    def choose(self, value: str) -> None:
        """Choose `value`, or the first one if `value` is not among the choices; post no message."""
        self.index = next((index for index, (choice, _) in enumerate(self._choices) if choice == value), 0)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether the key finds a value, and so is no command here."""
        return character is not None and character.isalnum()

    def action_change(self, by: int) -> None:
        """Choose the next or the previous value."""
        if self._choices:
            self.index = (self.index + by) % len(self._choices)
            self.post_message(self.Changed(self))

    def on_key(self, event: events.Key) -> None:
        """Choose the value of the letter typed, else the next whose label begins with what is typed."""
        if not self._choices or event.character is None or not event.character.isalnum():
            return
        letter = event.character.casefold()
        order = [*range(self.index + 1, len(self._choices)), *range(self.index + 1)]
        own = self._letters.find(letter)
        found = (
            own
            if own >= 0
            else next(
                (index for index in order if self._choices[index][1].casefold().startswith(letter)), None
            )
        )
        event.stop()
        if found is not None and found != self.index:
            self.index = found
            self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        """Choose the previous or the next value, if its arrow was clicked."""
        x = event.x - self.styles.padding.left
        if x == 0:
            self.action_change(-1)
        elif x == self.render().cell_length - 1:
            self.action_change(1)

    def render(self) -> Content:
        """Draw the value between the arrows that change it."""
        label = one_line(self._choices[self.index][1]) if self._choices else ""
        return Content(f"‹ {label} ›")


class Form(VerticalScroll):
    """Fields with their labels. Enter goes to the next field, and submits the form in the last one."""

    DEFAULT_CSS = """
    Form { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    Form > .form--label { color: $muted; }
    Form > .form--problem { color: $error; text-style: bold; }
    Form .question { width: 1fr; text-style: bold; }
    Form .remark { width: 1fr; height: 1; padding-left: 15; color: $warning; }
    Form .remark { text-wrap: nowrap; text-overflow: ellipsis; }
    Form Line { width: 1fr; }
    Form Choice { width: 1fr; }
    Form Area { width: 1fr; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"form--label", "form--problem"}

    class Submitted(Message):
        """Enter was pressed in the last field."""

    def __init__(
        self,
        fields: Sequence[Field],
        values: Mapping[str, str],
        unsaved: Mapping[str, str] = MappingProxyType({}),
        id: str | None = None,
    ) -> None:
        """Lay out `fields` with their `values`, and instead of those what was typed before and not saved."""
        super().__init__(id=id, can_focus=False)
        self._fields = tuple(fields)
        self._unsaved = unsaved
        self._widgets: dict[str, FieldLine | Area | Choice | Picker] = {}
        self._remarks: dict[str, Label] = {}
        self._saved = {field.name: _shown(field, values.get(field.name, "")) for field in fields}

    def compose(self) -> ComposeResult:
        """Lay the fields out."""
        for field in self._fields:
            if field.question:
                yield Label(field.question, classes="question", markup=False)
            widget = self._widgets[field.name] = self._widget_of(field)
            widget.set_label(field.label)
            yield widget

    def _widget_of(self, field: Field) -> FieldLine | Area | Choice | Picker:
        value, id_ = self._unsaved.get(field.name, self._saved[field.name]), f"field-{field.name}"
        if field.choices:
            return Choice(field.choices, value, field.letters, id=id_)
        if field.match_source:
            return Picker(field.match_source, value, field.hint, id=id_)
        if field.lines:
            area = Area(value, id=id_)
            if field.at_end:
                area.move_cursor(area.document.end)
            area.styles.height = field.lines
            return area
        return FieldLine(value, field.hint, id=id_, select_on_focus=field.select_on_focus)

    @property
    def values(self) -> dict[str, str]:
        """What the fields hold now."""
        return {field.name: self._value(field) for field in self._fields}

    @property
    def sentence(self) -> str:
        """The sentence that the field with the cursor makes; empty if it makes none."""
        focused = self.screen.focused
        for field in self._fields:
            if field.sentence is not None and focused is not None and focused.id == f"field-{field.name}":
                return field.sentence(self.values)
        return ""

    def show_remarks(self) -> None:
        """Show under their fields what is to be said of the values, as they are now."""
        values = self.values if any(field.remark is not None for field in self._fields) else {}
        for field in self._fields:
            if field.remark is not None:
                self._show_remark(field.name, one_line(field.remark(values)))

    def _show_remark(self, name: str, words: str) -> None:
        label = self._remarks.get(name)
        if label is None and words:
            label = self._remarks[name] = Label(words, classes="remark", id=f"remark-{name}", markup=False)
            self.mount(label, after=self._widgets[name])
        elif label is not None and str(label.content) != words:
            label.update(words)
            label.display = bool(words)

    @property
    def changes(self) -> dict[str, str]:
        """What was typed or chosen, by field, where it differs from what was saved last."""
        saved = dict(self._saved)
        for field in self._fields:
            if field.choices and saved[field.name] not in dict(field.choices):
                saved[field.name] = field.choices[0][0]
        return {name: value for name, value in self.values.items() if value != saved[name]}

    @property
    def changed(self) -> bool:
        """Whether anything was typed or chosen that is not saved."""
        return bool(self.changes)

    def show(self, values: Mapping[str, str]) -> None:
        """Show `values`, except in fields with unsaved changes, which are newer."""
        changes = self.changes
        for field in self._fields:
            shown = _shown(field, values.get(field.name, ""))
            if field.name not in changes and shown != self._saved[field.name]:
                self._saved[field.name] = shown
                self._set_value(field, shown)

    def mark_saved(self) -> dict[str, str]:
        """Return the unsaved changes by field, which the caller saves now, and regard them as saved."""
        changes = self.changes
        self._saved |= changes
        return changes

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show each problem beside its field, and go to the first field that has one."""
        for field in self._fields:
            self._widgets[field.name].show_problem(problems.get(field.name, ""))
        first = next((field.name for field in self._fields if field.name in problems), "")
        if first:
            self.focus_field(first)

    def clear_solved_problems(self, check: Callable[[dict[str, str]], Mapping[str, str]]) -> None:
        """Run `check` and remove the problems that no longer exist; new ones are not shown."""
        shown = {name: widget for name, widget in self._widgets.items() if widget.problem}
        if shown:
            problems = check(self.values)
            for name, widget in shown.items():
                widget.show_problem(problems.get(name, ""))

    def choose(self, name: str, value: str) -> None:
        """Choose `value` in a field with choices."""
        if isinstance(choice := self._widgets[name], Choice):
            choice.choose(value)

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field."""
        self._widgets[name].focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next field; submit the form from the last one."""
        event.stop()
        self._next_after(event.input.id or "")

    def on_key(self, event: events.Key) -> None:
        """Move through the form with Enter on a choice or a picker, and with the arrows between lines.

        While the list of a picker is open, these keys belong to it.
        """
        focused = self.screen.focused
        if isinstance(focused, Picker) and focused.is_open:
            return
        if isinstance(focused, Choice | Picker) and event.key == "enter":
            event.stop()
            self._next_after(focused.id or "")
        elif isinstance(focused, Choice | Line) and event.key in ("up", "down"):
            event.stop()
            if event.key == "down":
                self.screen.focus_next()
            else:
                self.screen.focus_previous()

    def _next_after(self, id_: str) -> None:
        if id_ == f"field-{self._fields[-1].name}":
            self.post_message(self.Submitted())
        else:
            self.screen.focus_next()

    def _set_value(self, field: Field, value: str) -> None:
        widget = self._widgets[field.name]
        if isinstance(widget, Choice):
            widget.choose(value)
        elif isinstance(widget, Line):
            widget.value = value
        elif isinstance(widget, Area):
            widget.load_text(value)

    def _value(self, field: Field) -> str:
        widget = self._widgets[field.name]
        if isinstance(widget, Picker):
            return widget.picked
        if isinstance(widget, Choice | Line):
            return widget.value
        return widget.text


def _shown(field: Field, value: str) -> str:
    """Return `value` as a field can show it: with control characters made visible."""
    if field.choices:
        return value
    if field.match_source:
        return value if field.match_source.name_of(value) else ""
    return many_lines(value) if field.lines else one_line(value)
