"""When something is due: a day, which is the same date in every time zone, or an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import NoReturn

import msgspec

from warmcall.domain.clock_reading import Instant

_DAY_LENGTH = len("2026-12-01")
YEARS = range(1900, 2200)
"""The years a date in the file can be in: near the ends of the calendar, adding a day to a date fails."""


class When:
    """A day without an hour, or an instant; it never changes, and two of the same moment are equal.

    A day is a date on the wall calendar: it stays that date when the user or the file moves to another
    zone (RFC 5545 calls it DATE, and an instant DATE-TIME). `instant` is aware, in UTC, and None for a day.
    Two of them have no order of their own, since an instant is on different days in different zones:
    `Calendar.order_of` gives one for the user's zone.
    """

    __slots__ = ("_day", "instant")

    _day: date
    instant: datetime | None

    def __init__(self, moment: date | datetime) -> None:
        """Make one of a date, or of an aware datetime.

        Raises:
            ValueError: if a datetime has no zone: it could be any of many instants.
        """
        instant = None
        day = moment
        if isinstance(moment, datetime):
            if moment.tzinfo is None:
                raise ValueError("an instant needs a zone")
            instant = moment.astimezone(UTC)
            day = instant.date()
        object.__setattr__(self, "instant", instant)
        object.__setattr__(self, "_day", day)

    @classmethod
    def parse(cls, text: str) -> When:
        """Return what `text`, as it stands in the state file, says: "2026-12-01", "2026-12-01T16:15:00Z".

        Raises:
            ValueError: if it is neither a date nor an instant with a zone, or its year is not one of
                `YEARS`.
        """
        kind = date if len(text) == _DAY_LENGTH else Instant
        try:
            moment: date | datetime = msgspec.convert(text, kind)
        except msgspec.ValidationError as error:
            raise ValueError(str(error)) from error
        except UnicodeEncodeError as error:
            raise ValueError("Half a character") from error
        if moment.year not in YEARS:
            raise ValueError("Expected a date from 1900 to 2199")
        return cls(moment)

    def day_in(self, zone: tzinfo) -> date:
        """Return the day it is on in `zone`, which matters to an instant only."""
        return self._day if self.instant is None else self.instant.astimezone(zone).date()

    def __str__(self) -> str:
        """Return it as the state file has it: a date, or an instant that ends in Z (RFC 3339)."""
        if self.instant is None:
            return self._day.isoformat()
        return f"{self.instant.replace(tzinfo=None).isoformat()}Z"

    def __repr__(self) -> str:
        return f"When({self})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, When):
            return NotImplemented
        return self.instant == other.instant and self._day == other._day

    def __hash__(self) -> int:
        return hash(self.instant or self._day)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{name} cannot be set: a When never changes")
