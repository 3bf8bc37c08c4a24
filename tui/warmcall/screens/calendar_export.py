"""Screens with the key that writes the calendar file."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from warmcall.screens.external import write_calendar
from warmcall.screens.people.person_actions import PersonScreen


class CalendarScreen(PersonScreen):
    """A screen about days and hours."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("C", "calendar", "Calendar file", show=False, id="calendar.write",
                tooltip="Write interviews and follow-ups to a file that calendars take in"),
    ]  # fmt: skip

    def action_calendar(self) -> None:
        """Write the calendar file, and say where."""
        self.say(write_calendar(self))
