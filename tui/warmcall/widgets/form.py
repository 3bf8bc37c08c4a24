"""Forms: fields one below the other, each with what is wrong beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Label

from warmcall.domain.sanitize import many_lines, one_line
from warmcall.widgets.picker import Matches, Picker, Picks
from warmcall.widgets.text_fields import Line, PlainTextArea


class Field(NamedTuple):
    """One field.

    With `choices` (value, words) it is chosen, with `picks` found by typing, with `lines` it is a text of
    several lines. What is in a `replaced` one is typed over.
    """

    name: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    lines: int = 0
    replaced: bool = False
    picks: Picks | None = None


class Area(PlainTextArea):
    """A text of several lines without a blinking cursor; Tab leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+underscore", "undo", "Undo typing", show=False, key_display="^_", id="area.undo"),
    ]

    def __init__(self, text: str = "", id: str | None = None) -> None:
        super().__init__(text, compact=True, tab_behavior="focus", highlight_cursor_line=False, id=id)
        self.cursor_blink = False


class Choice(Widget, can_focus=True):
    """One of a few values, on one line: arrows or Space change it, a letter or figure finds it."""

    DEFAULT_CSS = """
    Choice { height: 1; }
    Choice:focus { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", "Change", id="choice.next", tooltip="Next value"),
        Binding("left", "turn(-1)", "Change back", show=False, id="choice.previous"),
    ]

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, choice: Choice) -> None:
            self.choice = choice
            super().__init__()

    at: reactive[int] = reactive(0)

    def __init__(self, choices: Sequence[tuple[str, str]], value: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self._choices = tuple(choices)
        values = [choice for choice, _ in self._choices]
        self.set_reactive(Choice.at, values.index(value) if value in values else 0)

    @property
    def value(self) -> str:
        """The value chosen."""
        return self._choices[self.at][0] if self._choices else ""

    def choose(self, value: str) -> None:
        """Show `value` as the one chosen, the first one if it is none of them; nobody is told."""
        self.at = next((at for at, (choice, _) in enumerate(self._choices) if choice == value), 0)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether the key looks for a value, and so is no command here."""
        return character is not None and character.isalnum()

    def action_turn(self, by: int) -> None:
        """Choose the next or the previous value."""
        if self._choices:
            self.at = (self.at + by) % len(self._choices)
            self.post_message(self.Changed(self))

    def on_key(self, event: events.Key) -> None:
        """Choose the next value whose words begin with the letter or figure typed."""
        if not self._choices or event.character is None or not event.character.isalnum():
            return
        letter = event.character.casefold()
        order = [*range(self.at + 1, len(self._choices)), *range(self.at + 1)]
        found = next((at for at in order if self._choices[at][1].casefold().startswith(letter)), None)
        event.stop()
        if found is not None and found != self.at:
            self.at = found
            self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        """Turn to the value before or after, if the arrow that says so was clicked."""
        if event.x == 0:
            self.action_turn(-1)
        elif event.x == self.render().cell_length - 1:
            self.action_turn(1)

    def render(self) -> Content:
        """Draw the value between the arrows that change it."""
        words = one_line(self._choices[self.at][1]) if self._choices else ""
        return Content(f"‹ {words} ›")


class Form(VerticalScroll):
    """Fields with their labels. Enter goes to the next field; the last one is left by saving."""

    DEFAULT_CSS = """
    Form { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    Form .line { height: 1; }
    Form .tall { height: auto; }
    Form .label { width: 15; color: $muted; }
    Form .wrong { width: auto; max-width: 36; color: $error; text-style: bold; }
    Form Line { width: 1fr; }
    Form .picking { width: 1fr; height: auto; }
    Form Choice { width: 1fr; }
    Form Area { width: 1fr; }
    """

    class LastLeft(Message):
        """Enter was pressed in the last field."""

    def __init__(
        self,
        fields: Sequence[Field],
        values: Mapping[str, str],
        typed: Mapping[str, str] = MappingProxyType({}),
        id: str | None = None,
    ) -> None:
        """Lay out `fields` with their `values`, and over those what was `typed` before and not saved."""
        super().__init__(id=id, can_focus=False)
        self._fields = tuple(fields)
        self._before = typed
        self._given = {field.name: _shown(field, values.get(field.name, "")) for field in fields}

    def compose(self) -> ComposeResult:
        """Lay the fields out."""
        for field in self._fields:
            value = self._before.get(field.name, self._given[field.name])
            id_ = f"field-{field.name}"
            with Horizontal(classes="tall" if field.lines or field.picks else "line"):
                yield Label(field.label, classes="label", markup=False)
                if field.choices:
                    yield Choice(field.choices, value, id=id_)
                elif field.picks:
                    matches = Matches()
                    with Vertical(classes="picking"):
                        yield Picker(field.picks, value, field.hint, matches, id=id_)
                        yield matches
                elif field.lines:
                    area = Area(value, id=id_)
                    area.styles.height = field.lines
                    yield area
                else:
                    yield Line(value, field.hint, id=id_, replaced=field.replaced)
                yield Label("", classes="wrong", id=f"wrong-{field.name}", markup=False)

    @property
    def values(self) -> dict[str, str]:
        """What the fields hold now."""
        return {field.name: self._value(field) for field in self._fields}

    @property
    def typed(self) -> dict[str, str]:
        """What was typed or chosen, by field, where that is not what the form began with."""
        given = dict(self._given)
        for field in self._fields:
            if field.choices and given[field.name] not in dict(field.choices):
                given[field.name] = field.choices[0][0]
        return {name: value for name, value in self.values.items() if value != given[name]}

    @property
    def changed(self) -> bool:
        """Whether anything was typed or chosen since the form was opened."""
        return bool(self.typed)

    def show(self, values: Mapping[str, str]) -> None:
        """Show `values`, but for fields with something typed in them that was not `taken`: that is newer."""
        typed = self.typed
        for field in self._fields:
            shown = _shown(field, values.get(field.name, ""))
            if field.name not in typed and shown != self._given[field.name]:
                self._given[field.name] = shown
                self._put(field, shown)

    def taken(self) -> dict[str, str]:
        """Return what was typed or chosen and not yet taken, by field; the caller now saves it."""
        typed = self.typed
        self._given |= typed
        return typed

    def complain(self, problems: Mapping[str, str]) -> None:
        """Show what is wrong beside each field, and go to the first that is."""
        for field in self._fields:
            self.query_one(f"#wrong-{field.name}", Label).update(problems.get(field.name, ""))
        first = next((field.name for field in self._fields if field.name in problems), "")
        if first:
            self.focus_field(first)

    def look_again(self, check: Callable[[dict[str, str]], Mapping[str, str]]) -> None:
        """Take back what is said beside fields that are right by now; say nothing new."""
        said = {
            field.name: label
            for field in self._fields
            if str((label := self.query_one(f"#wrong-{field.name}", Label)).content)
        }
        if said:
            problems = check(self.values)
            for name, label in said.items():
                label.update(problems.get(name, ""))

    def choose(self, name: str, value: str) -> None:
        """Have `value` chosen in a field with choices."""
        self.query_one(f"#field-{name}", Choice).choose(value)

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field."""
        self.query_one(f"#field-{name}", Widget).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field, or say that the last one was left."""
        event.stop()
        self._next_after(event.input.id or "")

    def on_key(self, event: events.Key) -> None:
        """Let Enter on a choice or a picker, and the arrows between lines, move through the form.

        While the list of a picker is open they are its own.
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
            self.post_message(self.LastLeft())
        else:
            self.screen.focus_next()

    def _put(self, field: Field, value: str) -> None:
        widget = self.query_one(f"#field-{field.name}", Widget)
        if isinstance(widget, Choice):
            widget.choose(value)
        elif isinstance(widget, Line):
            widget.value = value
        elif isinstance(widget, Area):
            widget.load_text(value)

    def _value(self, field: Field) -> str:
        widget = self.query_one(f"#field-{field.name}", Widget)
        if isinstance(widget, Picker):
            return widget.picked
        if isinstance(widget, Choice | Line):
            return widget.value
        return widget.text if isinstance(widget, Area) else ""


def _shown(field: Field, value: str) -> str:
    """Return `value` as a field can show it: what would reach the terminal as a control is made visible."""
    if field.choices:
        return value
    if field.picks:
        return value if field.picks.name_of(value) else ""
    return many_lines(value) if field.lines else one_line(value)
