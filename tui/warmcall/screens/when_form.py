"""Forms and a dialog that ask for a day or a time in words, and show which one they understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, tzinfo
from functools import partial
from typing import ClassVar

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from warmcall.config.zones import zone_named
from warmcall.domain.day_names import MONTHS
from warmcall.domain.promises import promise_problem
from warmcall.domain.records import Contact, Interview
from warmcall.domain.time_words import Reading, TimeRefused, read_past_time, read_time_to_come
from warmcall.domain.vocabulary import FollowUpKind, Mode
from warmcall.domain.when import When
from warmcall.presentation import own_words
from warmcall.presentation.times import understood
from warmcall.presentation.wording import FOLLOW_UP_KIND, MODE, plain_day
from warmcall.screens.dialog import Dialog
from warmcall.screens.forms import Check, FormDialog, Values
from warmcall.services.following_up import Snooze
from warmcall.services.services import Services
from warmcall.widgets.form import Choice, Field
from warmcall.widgets.panel import Panel
from warmcall.widgets.text_fields import Line

WHEN_HINT = "thu 2pm, in 2 weeks, 3 dec 14:00"
WHOSE, MINE, THEIRS = "whose", "mine", "theirs"
"""The name of the field that says whose clock, or whose promise, and its two values."""

_MODE_CHOICES = tuple((mode.value, MODE[mode]) for mode in Mode)
_KINDS_TO_ADD = (
    FollowUpKind.OTHER, FollowUpKind.CALL, FollowUpKind.PROMISE, FollowUpKind.CHECK_IN,
)  # fmt: skip
"""The kinds of follow-ups that users add; the others come from what they record."""

_SNOOZES = (
    (Snooze.TOMORROW, "when.tomorrow", "tomorrow"),
    (Snooze.THREE_BUSINESS_DAYS, "when.three", "three business days"),
    (Snooze.A_WEEK, "when.week", "a week"),
)
"""The preset days, each with the id of its key and its name."""


def read_when(services: Services, words: str, zone: tzinfo | None = None) -> Reading:
    """Return how `words` are read as a coming day or instant in `zone`, or in the user's.

    Raises:
        TimeRefused: if they cannot be.
    """
    calendar = services.time.calendar
    if zone is not None:
        calendar = msgspec.structs.replace(calendar, zone=zone)
    return read_time_to_come(words, services.time.now(), calendar)


def parse_when(services: Services, words: str, zone: tzinfo | None = None) -> When:
    """Return the coming day or instant that `words` mean in `zone`, or in the user's. Raises TimeRefused."""
    return read_when(services, words, zone).when


def read_past_when(services: Services, words: str) -> Reading:
    """Return how `words` are read as a past day or instant in the user's zone. Raises TimeRefused."""
    return read_past_time(words, services.time.now(), services.time.calendar)


def typed_day(day: date) -> str:
    """Return a day as one types it into a field, with its year: "3 nov 2026"."""
    return f"{day.day} {MONTHS[day.month - 1][:3].lower()} {day.year}"


def when_words(
    services: Services, read: Callable[[], Reading], their_zone: tzinfo | None = None, hour: str = ""
) -> str:
    """Return the reading that `read` returns in words, with `their_zone` also on their clock.

    `hour` is the time of day that a day without one keeps. If the words are refused, the reason is returned,
    which says what to write instead.
    """
    try:
        reading = read()
    except TimeRefused as refused:
        return str(refused)
    return understood(reading, services.time.now(), services.time.calendar, their_zone, hour)


def when_problems(
    services: Services,
    values: Mapping[str, str],
    needs_time: bool = False,
    optional: bool = False,
    zone: tzinfo | None = None,
) -> dict[str, str]:
    """Return what is wrong with the field `when` of a form, as its check does; nothing if it is a date.

    With `needs_time` it must have a time of day, and if it is `optional` it may be empty.
    """
    words = values["when"]
    if optional and not words.strip():
        return {}
    try:
        when = parse_when(services, words, zone)
    except TimeRefused as error:
        return {"when": str(error)}
    return {"when": "say the hour too: “thu 2pm”"} if needs_time and when.instant is None else {}


class WhenDialog(Dialog[When | None]):
    """Asks for a day: a preset one by its digit, or one in words, which a letter or Tab begins."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Use it", id="when.take", tooltip="Use the day shown"),
        Binding("1", "preset(1)", "Tomorrow", id="when.tomorrow"),
        Binding("2", "preset(2)", "3 business days", id="when.three"),
        Binding("3", "preset(3)", "A week", id="when.week"),
        Binding("tab", "app.focus_next", "Type a day", id="when.type"),
        Binding("escape", "leave", "Cancel", id="dialog.leave"),
    ]

    def __init__(self, services: Services, title: str, hour: str = "") -> None:
        """Ask under `title`; `hour` is the time of day that is kept, shown after a day without one."""
        super().__init__(services)
        self._title_words = title
        self._hour = hour

    @property
    def title_words(self) -> str:
        """What the day is for."""
        return self._title_words

    def body(self) -> ComposeResult:
        """Lay out the preset days, the line to type in, and what is understood."""
        for snooze, key_id, name in _SNOOZES:
            day = self.services.following_up.snooze_day(snooze)
            hour = f", {self._hour}" if self._hour else ""
            yield Panel((f" {self.key(key_id)}  ", "bold $primary"), f"{name}: {plain_day(day)}{hour}")
        yield Line(hint=f"or type a day: {WHEN_HINT}", id="when")
        yield Panel("", id="understood")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show which day the words mean."""
        self.query_one("#understood", Panel).show(self._understood(event.value))

    def on_key(self, event: events.Key) -> None:
        """Begin to type with the first letter that is not a key here."""
        if event.key in self.active_bindings:
            return
        line = self.query_one("#when", Line)
        if not line.has_focus and event.character and event.character.isalpha():
            event.stop()
            line.focus()
            line.insert_text_at_cursor(event.character)

    def on_input_submitted(self) -> None:
        """Give back the day typed."""
        self.action_accept()

    def action_preset(self, digit: int) -> None:
        """Give back a preset day."""
        self.dismiss(When(self.services.following_up.snooze_day(Snooze(str(digit)))))

    def action_accept(self) -> None:
        """Give back the day typed, or show why it is none."""
        try:
            self.dismiss(parse_when(self.services, self.query_one("#when", Line).value))
        except TimeRefused as error:
            self.query_one("#understood", Panel).show(str(error))

    def _understood(self, words: str) -> str:
        """Return which day the words mean, with the hour that is kept; empty if there are none."""
        if not words.strip():
            return ""
        return when_words(self.services, partial(read_when, self.services, words), hour=self._hour)


Effect = Callable[[When], str]
"""Returns in words what would follow from a date."""


class WhenFormDialog(FormDialog):
    """A form with a field `when`, which shows the date that is typed, and what would follow from it.

    With a field WHOSE on the value THEIRS, the words are of the other side's clock.
    """

    def __init__(
        self,
        services: Services,
        title: str,
        fields: Sequence[Field],
        values: Mapping[str, str],
        check: Check,
        about: str = "",
        effect: Effect | None = None,
        their_zone: tzinfo | None = None,
    ) -> None:
        """Make a form; `their_zone` is the other side's zone, if it is known and not the user's."""
        super().__init__(services, title, fields, values, check, about=about)
        self._effect = effect
        self._their_zone = their_zone

    def body(self) -> ComposeResult:
        """Lay out the form, and below it what is understood."""
        yield from super().body()
        yield Panel("", id="understood")

    def on_mount(self) -> None:
        """Show which date the words mean that the form begins with."""
        self._show_understood()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show which date the words mean; Textual calls the method of the base, too."""
        self._show_understood()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Show the date by the clock now chosen."""
        self._show_understood()

    def _show_understood(self) -> None:
        typed = self.values["when"]
        zone = self._their_zone if self.values.get(WHOSE) == THEIRS else None
        read = partial(read_when, self.services, typed, zone)
        words = when_words(self.services, read, self._their_zone) if typed.strip() else ""
        effect = ""
        if self._effect is not None and words:
            with suppress(TimeRefused):
                effect = self._effect(read().when)
        self.query_one("#understood", Panel).show(words, ("\nthen  ", "bold") if effect else "", effect)


def meeting_form(
    services: Services,
    contact: Contact,
    meeting: Interview | None = None,
    effect: Effect | None = None,
) -> WhenFormDialog:
    """Return the form of a new meeting, or of `meeting`: when, by whose clock, how and where."""
    their_zone = _other_zone(services, contact)

    def check(values: Values) -> dict[str, str]:
        zone = their_zone if values.get(WHOSE) == THEIRS else None
        return when_problems(services, values, needs_time=True, zone=zone)

    clock = Field(WHOSE, "Whose clock", choices=((MINE, "mine"), (THEIRS, f"theirs: {contact.zone}")))
    fields = (
        Field("when", "When", WHEN_HINT, select_on_focus=meeting is not None),
        *((clock,) if their_zone is not None else ()),
        Field("mode", "How", choices=_MODE_CHOICES),
        Field("place", "Place or link"),
    )
    values = {WHOSE: MINE, "mode": Mode.PHONE.value, "place": ""}
    if meeting is not None:
        local = services.time.calendar.local(meeting.at)
        when = f"{typed_day(local)} {local:%H:%M}"
        values |= {"mode": meeting.mode.value, "place": meeting.place, "when": when}
    title = f"An interview with {contact.name}"
    return WhenFormDialog(services, title, fields, values, check, effect=effect, their_zone=their_zone)


def meeting_time(services: Services, contact: Contact, values: Values) -> datetime:
    """Return the instant that the checked `values` of a meeting's form mean.

    Raises:
        TimeRefused: if they name no instant to come.
    """
    zone = _other_zone(services, contact) if values.get(WHOSE) == THEIRS else None
    at = parse_when(services, values["when"], zone).instant
    if at is None:
        raise TimeRefused("say the hour too: “thu 2pm”")
    return at


def _other_zone(services: Services, contact: Contact) -> tzinfo | None:
    """Return the contact's zone if it is known and its clock differs from the user's now, else None."""
    now, zone = services.time.now(), zone_named(contact.zone)
    if zone is None or now.astimezone(zone).utcoffset() == services.time.calendar.local(now).utcoffset():
        return None
    return zone


def follow_up_form(
    services: Services,
    title: str,
    values: Values,
    kinds: tuple[FollowUpKind, ...] = _KINDS_TO_ADD,
    theirs: bool = False,
) -> WhenFormDialog:
    """Return the form of a follow-up: a note, when it is due, and which of `kinds` it is.

    The note of a promise is a thing; `theirs` says that they made it.
    """

    def check(values: Values) -> dict[str, str]:
        promise = values["kind"] == FollowUpKind.PROMISE and values["note"].strip()
        problem = promise_problem(values["note"], theirs) if promise else ""
        return ({"note": problem} if problem else {}) | when_problems(services, values)

    def sentence(values: Mapping[str, str]) -> str:
        return own_words.promise(values["note"], theirs) if values["kind"] == FollowUpKind.PROMISE else ""

    fields = (
        Field("note", "What", sentence=sentence),
        Field("when", "When", WHEN_HINT),
        Field(
            "kind",
            "Kind",
            choices=tuple((kind.value, FOLLOW_UP_KIND[kind]) for kind in kinds),
            sentence=sentence,
        ),
    )
    return WhenFormDialog(services, title, fields, values, check)
