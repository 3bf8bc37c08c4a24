"""Dialogs that ask for a day or a time, and show what they understood."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, tzinfo
from typing import ClassVar

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from warmcall.config.zones import zone_named
from warmcall.domain.day_names import MONTHS
from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import FollowUpKind, Mode
from warmcall.presentation.wording import FOLLOW_UP_KIND, MODE, plain_day
from warmcall.screens.dialog import Dialog
from warmcall.screens.forms import FormDialog, Values
from warmcall.services.following_up import Snooze
from warmcall.services.natural_dates import DateError, ParsedDate, parse_date, parse_past_date, preload_parser
from warmcall.services.services import Services
from warmcall.widgets.form import Choice, Field
from warmcall.widgets.panel import Panel
from warmcall.widgets.text_fields import Line

WHEN_HINT = "thu 2pm, in 2 weeks, 3 dec 14:00"
WHOSE, MINE, THEIRS = "whose", "mine", "theirs"
MODE_CHOICES = tuple((mode.value, MODE[mode]) for mode in Mode)
_OWN_KINDS = (
    FollowUpKind.OTHER, FollowUpKind.CALL, FollowUpKind.PROMISE, FollowUpKind.CHECK_IN,
)  # fmt: skip


Reads = Callable[[Services, str, tzinfo | None], ParsedDate]
"""What takes words for a date, said in a zone if that is not the user's; it raises DateError."""


def understood(services: Services, words: str, zone: tzinfo | None = None) -> ParsedDate:
    """Return the date to come meant by `words`, said in `zone` if it is given. Raises DateError."""
    calendar = services.time.calendar
    if zone is not None:
        calendar = msgspec.structs.replace(calendar, zone=zone)
    return parse_date(words, services.time.now(), calendar)


def understood_past(services: Services, words: str, zone: tzinfo | None = None) -> ParsedDate:
    """Return the time gone by meant by `words`, by the user's clock. Raises DateError."""
    del zone
    return parse_past_date(words, services.time.now(), services.time.calendar)


def understood_words(
    services: Services,
    words: str,
    reads: Reads = understood,
    said_in: tzinfo | None = None,
    theirs: tzinfo | None = None,
) -> str:
    """Return what `words` are taken for, or what is wrong with them; with `theirs` also on their clock."""
    try:
        found = reads(services, words, said_in)
    except DateError as wrong:
        return str(wrong)
    local = services.time.calendar.local(found.at)
    if not found.timed:
        return day_with_year(services, found)
    there = found.at.astimezone(theirs) if theirs is not None else local
    other = "" if there.date() == local.date() else f"{plain_day(there.date())}, "
    beside = f" · {other}{there:%H:%M} theirs" if there.utcoffset() != local.utcoffset() else ""
    return f"{day_with_year(services, found)}, {local:%H:%M} your time{beside}"


def day_with_year(services: Services, found: ParsedDate) -> str:
    """Return the day that was understood, with its year if that is not this year."""
    calendar = services.time.calendar
    day, today = calendar.day_of(found.at), calendar.day_of(services.time.now())
    return plain_day(day) + (f" {day.year}" if day.year != today.year else "")


def when_problem(
    services: Services,
    words: str,
    needs_time: bool = False,
    may_be_empty: bool = False,
    zone: tzinfo | None = None,
) -> str:
    """Return why `words` are no date to go by; with `needs_time` a time of day has to be said."""
    if may_be_empty and not words.strip():
        return ""
    try:
        found = understood(services, words, zone)
    except DateError as wrong:
        return str(wrong)
    return "say the hour too: “thu 2pm”" if needs_time and not found.timed else ""


class WhenDialog(Dialog[ParsedDate | None]):
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

    def __init__(self, services: Services, title: str, hour: str = "") -> None:
        """Ask under `title`; a whole day is shown with `hour`, the time of day that will be kept."""
        super().__init__(services)
        self._title_words = title
        self._hour = f", {hour}" if hour else ""

    def on_mount(self) -> None:
        """Have what reads dates at hand by the time it is needed."""
        preload_parser()

    @property
    def title_words(self) -> str:
        """What the day is for."""
        return self._title_words

    def body(self) -> ComposeResult:
        """Lay out the ready-made days, the line to type in, and what is understood."""
        for way, id_, words in (
            (Snooze.TOMORROW, "when.tomorrow", "tomorrow"),
            (Snooze.THREE_BUSINESS_DAYS, "when.three", "three business days"),
            (Snooze.A_WEEK, "when.week", "a week"),
        ):
            day = self.services.time.calendar.day_of(self.services.following_up.snooze_day(way))
            yield Panel((f" {self.key(id_)}  ", "bold $primary"), f"{words}: {plain_day(day)}{self._hour}")
        yield Line(hint=f"or type a day: {WHEN_HINT}", id="when")
        yield Panel("", id="understood")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the words are taken for."""
        self.query_one("#understood", Panel).show(self._understood(event.value))

    def _understood(self, words: str) -> str:
        """Return what `words` are taken for, with the hour that is kept; empty if there are none."""
        if not words.strip():
            return ""
        with suppress(DateError):
            if not understood(self.services, words).timed:
                return f"{understood_words(self.services, words)}{self._hour}"
        return understood_words(self.services, words)

    def on_key(self, event: events.Key) -> None:
        """Begin to type with the first letter that is no key here."""
        if event.key in self.active_bindings:
            return
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
        self.dismiss(ParsedDate(self.services.following_up.snooze_day(Snooze(str(number))), False))

    def action_take(self) -> None:
        """Take the day typed, if it is one."""
        try:
            self.dismiss(understood(self.services, self.query_one("#when", Line).value))
        except DateError as wrong:
            self.query_one("#understood", Panel).show(str(wrong))


Follows = Callable[[ParsedDate], str]
"""What puts into words what a time would lead to."""


class WhenFormDialog(FormDialog):
    """A form with a field `when`, which shows what it understood as it is typed, and what follows."""

    follows: Follows | None = None
    theirs: tzinfo | None = None
    """The other side's zone, if it is known and not the user's."""

    def on_mount(self) -> None:
        """Begin in the first field, with what reads dates at hand by the time it is needed."""
        super().on_mount()
        preload_parser()

    def zone_said(self) -> tzinfo | None:
        """Return the zone in which the words are meant: theirs if that was chosen, else the user's own."""
        return self.theirs if self.values.get(WHOSE) == THEIRS else None

    def body(self) -> ComposeResult:
        """Lay out the form, and below it what is understood."""
        yield from super().body()
        yield Panel("", id="understood")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the words are taken for."""
        super().on_input_changed(event)
        self._show_understood()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Show the same words on the other clock."""
        super().on_choice_changed(event)
        self._show_understood()

    def _show_understood(self) -> None:
        typed, zone = self.values["when"], self.zone_said()
        words = (
            understood_words(self.services, typed, said_in=zone, theirs=self.theirs) if typed.strip() else ""
        )
        then = ""
        if self.follows is not None and words:
            with suppress(DateError):
                then = self.follows(understood(self.services, typed, zone))
        self.query_one("#understood", Panel).show(words, ("\nthen  ", "bold") if then else "", then)


def meeting_form(
    services: Services,
    contact: Contact,
    meeting: Interview | None = None,
    follows: Follows | None = None,
) -> WhenFormDialog:
    """Return the form of a meeting: when, by whose clock, how, where; of `meeting` if there is one."""
    theirs = other_zone(services, contact)
    whose = {WHOSE: MINE}

    def check(values: Values) -> dict[str, str]:
        zone = theirs if values.get(WHOSE) == THEIRS else None
        wrong = when_problem(services, values["when"], needs_time=True, zone=zone)
        return {"when": wrong} if wrong else {}

    clock = Field(WHOSE, "Whose clock", choices=((MINE, "mine"), (THEIRS, f"theirs: {contact.zone}")))
    fields = (
        Field("when", "When", WHEN_HINT, select_on_focus=meeting is not None),
        *((clock,) if theirs is not None else ()),
        Field("mode", "How", choices=MODE_CHOICES),
        Field("place", "Place or link"),
    )
    values = {"mode": meeting.mode if meeting else Mode.PHONE, "place": meeting.place if meeting else ""}
    if meeting is not None:
        local = services.time.calendar.local(meeting.at)
        values["when"] = f"{local.day} {MONTHS[local.month - 1][:3].lower()} {local.year} {local:%H:%M}"
    form = WhenFormDialog(services, f"A meeting with {contact.name}", fields, values | whose, check)
    form.follows, form.theirs = follows, theirs
    return form


def meeting_time(services: Services, contact: Contact, values: Values) -> datetime:
    """Return the instant that a form of a meeting, which passed its check, gave back."""
    zone = other_zone(services, contact) if values.get(WHOSE) == THEIRS else None
    return understood(services, values["when"], zone).at


def other_zone(services: Services, contact: Contact) -> tzinfo | None:
    """Return the contact's zone if it is known and its clock is not the user's just now, else None."""
    now, zone = services.time.now(), zone_named(contact.zone)
    if zone is None or now.astimezone(zone).utcoffset() == services.time.calendar.local(now).utcoffset():
        return None
    return zone


def follow_up_form(
    services: Services, title: str, values: Values, kinds: tuple[FollowUpKind, ...] = _OWN_KINDS
) -> WhenFormDialog:
    """Return the form of a follow-up: what kind, when, and a note."""

    def check(values: Values) -> dict[str, str]:
        wrong = when_problem(services, values["when"])
        return {"when": wrong} if wrong else {}

    fields = (
        Field("note", "What"),
        Field("when", "When", WHEN_HINT),
        Field(
            "kind",
            "Kind",
            choices=tuple((follow_up_kind.value, FOLLOW_UP_KIND[follow_up_kind]) for follow_up_kind in kinds),
        ),
    )
    return WhenFormDialog(services, title, fields, values, check)
