"""The lines above a script: whom to call, on what number, why now, and what time it is there."""

from __future__ import annotations

from datetime import datetime

from tui.domain.cadence import WEEKDAYS
from tui.domain.filling import first_name
from tui.domain.inert import one_line
from tui.domain.records import Contact
from tui.domain.vocabulary import Channel, Permission
from tui.services.desk import Desk
from tui.storage.zones import zone_named
from tui.widgets import wording
from tui.widgets.panel import Part

TOO_EARLY, TOO_LATE = (8, 30), (17, 30)
"""Local hours between which a stranger can be called at work."""


def header(desk: Desk, person: Contact, channel: Channel) -> list[Part]:
    """Return the lines above the script for a contact."""
    now, calendar = desk.time.now(), desk.time.calendar
    number = person.phone or "no number yet (E)"
    if channel is Channel.EMAIL:
        number = person.email or "no email yet (E)"
    work = wording.work(person)
    zone = zone_named(person.zone)
    local = now.astimezone(zone) if zone else None
    attempts = desk.calling.attempts(person.id)
    under_way = desk.calling.under_way(person.id, channel)
    referrer = desk.book.contact(person.referrer_id)
    source = f" · named by {referrer.name}" if referrer else ""
    reach = f" · {wording.CHANNEL[channel]}{source}"
    times = wording.times(person.zone, local, calendar.local(now))
    slots = wording.slots(attempts, calendar, zone) if channel is Channel.PHONE else ""
    parts: list[Part] = [
        (one_line(person.name), "bold"), f" · {work}" if work else "", "\n",
        (number, "bold $accent"), reach, f" · {slots}" if slots else "", "\n",
        (f"{unfit} · " if (unfit := unfit_hour(local)) else "", "bold $warning"),
        f"{wording.tries(attempts, now, calendar)} · {times}",
    ]  # fmt: skip
    if words := unnamed(person, referrer):
        parts += ["\n", (words, "bold $warning")]
    if under_way and under_way.note.strip():
        parts += ["\n", ("note  ", "$muted"), under_way.note.strip().splitlines()[0]]
    return parts


def unnamed(person: Contact, referrer: Contact | None) -> str:
    """Return what keeps whoever referred `person` out of the script; empty if nothing does."""
    if referrer is None:
        return ""
    match person.may_use_name:
        case Permission.ASK_LATER:
            return f"ask {first_name(referrer.name)} first: may I use your name?"
        case Permission.NO:
            return f"leave the name of {first_name(referrer.name)} out: they said no"
        case _:
            return ""


def unfit_hour(local: datetime | None) -> str:
    """Return why it is no hour to call them at work, by their own clock; empty if it is one, or unknown."""
    if local is None:
        return ""
    if local.weekday() in (5, 6):
        return f"it is {WEEKDAYS[local.weekday()]} there"
    if not TOO_EARLY <= (local.hour, local.minute) <= TOO_LATE:
        return "outside working hours there"
    return ""
