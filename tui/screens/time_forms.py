"""Dialogs that ask for a day or a time, and show what they understood."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.domain.vocabulary import FollowUpKind, Mode
from tui.screens.base import Dialog
from tui.screens.forms import FormDialog, Values
from tui.services.clock import NotADate, Understood, understand
from tui.services.desk import Desk
from tui.services.following_up import Snooze
from tui.widgets.form import Field, Line
from tui.widgets.panel import Panel
from tui.widgets.wording import FOLLOW_UP_KIND, MODE, plain_day

WHEN_HINT = "thu 2pm, in 2 weeks, 3 dec 14:00"
MODE_CHOICES = tuple((one.value, MODE[one]) for one in Mode)
_OWN_KINDS = (
    FollowUpKind.OTHER, FollowUpKind.CALL, FollowUpKind.PROMISE, FollowUpKind.CHECK_IN,
)  # fmt: skip


def understood(desk: Desk, words: str) -> Understood:
    """Return the date meant by `words`. Raises NotADate."""
    return understand(words, desk.time.now(), desk.time.calendar)


def understood_words(desk: Desk, words: str) -> str:
    """Return what `words` are taken for, or what is wrong with them."""
    try:
        found = understood(desk, words)
    except NotADate as wrong:
        return str(wrong)
    calendar = desk.time.calendar
    if found.timed:
        return f"{day_with_year(desk, found)}, {calendar.local(found.at):%H:%M} your time"
    return day_with_year(desk, found)


def day_with_year(desk: Desk, found: Understood) -> str:
    """Return the day that was understood, with its year if that is not this year."""
    calendar = desk.time.calendar
    day, today = calendar.day_of(found.at), calendar.day_of(desk.time.now())
    return plain_day(day) + (f" {day.year}" if day.year != today.year else "")


def when_problem(desk: Desk, words: str, needs_time: bool = False, may_be_empty: bool = False) -> str:
    """Return why `words` are no date to go by; with `needs_time` a time of day has to be said."""
    if may_be_empty and not words.strip():
        return ""
    try:
        found = understood(desk, words)
    except NotADate as wrong:
        return str(wrong)
    return "say the hour too: “thu 2pm”" if needs_time and not found.timed else ""


class WhenDialog(Dialog[Understood | None]):
    """Asks for a day: a ready-made one by its figure, or one in words, for which a letter or Tab begins."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take it", id="when.take", tooltip="Take the day shown"),
        Binding("1", "ready(1)", "Tomorrow", id="when.tomorrow"),
        Binding("2", "ready(2)", "3 business days", id="when.three"),
        Binding("3", "ready(3)", "A week", id="when.week"),
        Binding("tab", "app.focus_next", "Type a day", id="when.type"),
        Binding("escape", "leave", "Cancel", id="dialog.leave"),
    ]

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(desk)
        self._title_words = title

    @property
    def title_words(self) -> str:
        """What the day is for."""
        return self._title_words

    def body(self) -> ComposeResult:
        """Lay out the ready-made days, the line to type in, and what is understood."""
        for way, words in zip(Snooze, ("tomorrow", "three business days", "a week"), strict=True):
            day = self.desk.time.calendar.day_of(self.desk.following_up.snoozed(way))
            yield Panel((f" {way.value}  ", "bold $primary"), f"{words}: {plain_day(day)}")
        yield Line(hint=f"or type a day: {WHEN_HINT}", id="when")
        yield Panel("", id="understood")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the words are taken for."""
        self.query_one("#understood", Panel).show(
            understood_words(self.desk, event.value) if event.value.strip() else ""
        )

    def on_key(self, event: events.Key) -> None:
        """Begin to type with the first letter."""
        line = self.query_one("#when", Line)
        if not line.has_focus and event.character and event.character.isalpha():
            event.stop()
            line.focus()
            line.insert_text_at_cursor(event.character)

    def on_input_submitted(self) -> None:
        """Take the day typed."""
        self.action_take()

    def action_ready(self, number: int) -> None:
        """Take a ready-made day."""
        self.dismiss(Understood(self.desk.following_up.snoozed(Snooze(str(number))), False))

    def action_take(self) -> None:
        """Take the day typed, if it is one."""
        try:
            self.dismiss(understood(self.desk, self.query_one("#when", Line).value))
        except NotADate as wrong:
            self.query_one("#understood", Panel).show(str(wrong))


Follows = Callable[[Understood], str]
"""What puts into words what a time would lead to."""


class WhenFormDialog(FormDialog):
    """A form with a field `when`, which shows what it understood as it is typed, and what follows."""

    follows: Follows | None = None

    def body(self) -> ComposeResult:
        """Lay out the form, and below it what is understood."""
        yield from super().body()
        yield Panel("", id="understood")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the words are taken for."""
        super().on_input_changed(event)
        if event.input.id != "field-when":
            return
        words = understood_words(self.desk, event.value) if event.value.strip() else ""
        then = ""
        if self.follows is not None and words:
            with suppress(NotADate):
                then = self.follows(understood(self.desk, event.value))
        self.query_one("#understood", Panel).show(words, ("\nthen  ", "bold") if then else "", then)


def meeting_form(
    desk: Desk, name: str, mode: str = Mode.PHONE, place: str = "", follows: Follows | None = None
) -> WhenFormDialog:
    """Return the form of a meeting: when, how, where."""

    def check(values: Values) -> dict[str, str]:
        wrong = when_problem(desk, values["when"], needs_time=True)
        return {"when": wrong} if wrong else {}

    fields = (
        Field("when", "When", WHEN_HINT),
        Field("mode", "How", choices=MODE_CHOICES),
        Field("place", "Place or link"),
    )
    form = WhenFormDialog(desk, f"A meeting with {name}", fields, {"mode": mode, "place": place}, check)
    form.follows = follows
    return form


def promise_form(desk: Desk, name: str) -> WhenFormDialog:
    """Return the form of a promise: what, whose, and by when."""

    def check(values: Values) -> dict[str, str]:
        problems = {
            "what": "" if values["what"].strip() else "say what was promised",
            "when": when_problem(desk, values["when"], may_be_empty=True),
        }
        return {field: what for field, what in problems.items() if what}

    days = desk.library.cadence.promise_days
    fields = (
        Field("what", "What", "send you the article"),
        Field("whose", "Whose", choices=(("mine", "mine, to keep"), ("theirs", "theirs, to wait for"))),
        Field("when", "By when", f"empty: in {days} business days"),
    )
    return WhenFormDialog(desk, f"A promise: {name}", fields, {"whose": "mine"}, check)


def follow_up_form(
    desk: Desk, title: str, values: Values, kinds: tuple[FollowUpKind, ...] = _OWN_KINDS
) -> WhenFormDialog:
    """Return the form of a follow-up: what kind, when, and a note."""

    def check(values: Values) -> dict[str, str]:
        wrong = when_problem(desk, values["when"])
        return {"when": wrong} if wrong else {}

    fields = (
        Field("note", "What"),
        Field("when", "When", WHEN_HINT),
        Field("kind", "Kind", choices=tuple((one.value, FOLLOW_UP_KIND[one]) for one in kinds)),
    )
    return WhenFormDialog(desk, title, fields, values, check)
