"""What the clocks of the machine say at one moment, and the time between two such readings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""An instant as the file keeps it: one without a zone is refused, since it could be any of many."""


class ClockReading(msgspec.Struct, frozen=True):
    """What the clocks of the machine say at one moment.

    `utc` is the wall clock, aware, which can be set. `since_boot` cannot be set, and goes on while the
    machine sleeps; `boot_id` identifies the boot it counts from, and is empty where the machine has none.
    """

    utc: Instant
    boot_id: str = ""
    since_boot: timedelta = timedelta()

    def same_boot(self, later: ClockReading) -> bool:
        """Return whether the time until `later` can be measured without the wall clock."""
        return bool(self.boot_id) and self.boot_id == later.boot_id and self.since_boot <= later.since_boot

    def instant_of(self, later: ClockReading) -> datetime:
        """Return the instant of `later` by the wall clock of this reading; by its own on another boot."""
        if not self.same_boot(later):
            return later.utc
        try:
            return self.utc + (later.since_boot - self.since_boot)
        except OverflowError:  # a reading in the file may say any year
            return later.utc

    def set_until(self, later: ClockReading) -> timedelta:
        """Return how far the wall clock was set until `later`, back if negative; none on another boot."""
        return later.utc - self.instant_of(later)
