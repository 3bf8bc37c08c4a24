"""The names of days and months, in English, so that no locale changes what is shown or stored."""

from __future__ import annotations

from datetime import date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month_number(name: str) -> int:
    """Return the number of a month by its name, or by the first three letters of it or more."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name[:3].capitalize()))


def plain_day(day: date) -> str:
    """Return a day as "Thu 26 Nov"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"
