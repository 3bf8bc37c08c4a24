"""The lines above a script: whom to call, on what number, why now, and what time it is there."""

from __future__ import annotations

from datetime import datetime

from warmcall.config.zones import zone_named
from warmcall.domain.cadence import Cadence
from warmcall.domain.calling_hours import BadTime, bad_time_to_call
from warmcall.domain.day_names import WEEKDAYS
from warmcall.domain.records import Contact
from warmcall.domain.sanitize import one_line
from warmcall.domain.templates import first_name
from warmcall.domain.vocabulary import Channel, Permission
from warmcall.presentation import wording
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart


def header(services: Services, person: Contact, channel: Channel) -> list[RichPart]:
    """Return the lines above the script for a contact."""
    now, calendar = services.time.now(), services.time.calendar
    number = person.phone or "no number yet (E)"
    if channel is Channel.EMAIL:
        number = person.email or "no email yet (E)"
    work = wording.work(person)
    zone = zone_named(person.zone)
    local = now.astimezone(zone) if zone else None
    attempts = services.pending_attempts.completed(person.id)
    pending_attempt = services.pending_attempts.pending(person.id, channel)
    referrer = services.store.contact(person.referrer_id)
    source = f" · named by {referrer.name}" if referrer else ""
    reach = f" · {wording.CHANNEL[channel]}{source}"
    times = wording.local_times(person.zone, local, calendar.local(now))
    slots = wording.call_slots(attempts, calendar, zone) if channel is Channel.PHONE else ""
    parts: list[RichPart] = [
        (one_line(person.name), "bold"), f" · {work}" if work else "", "\n",
        (number, "bold $accent"), reach, f" · {slots}" if slots else "", "\n",
        (f"{unfit} · " if (unfit := hour_caution(local, services.library.cadence)) else "", "bold $warning"),
        f"{wording.tries(attempts, now, calendar)} · {times}",
    ]  # fmt: skip
    if words := referrer_caution(person, referrer):
        parts += ["\n", (words, "bold $warning")]
    if pending_attempt and pending_attempt.note.strip():
        parts += ["\n", ("note  ", "$muted"), pending_attempt.note.strip().splitlines()[0]]
    return parts


def referrer_caution(person: Contact, referrer: Contact | None) -> str:
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


def hour_caution(local: datetime | None, cadence: Cadence) -> str:
    """Return why it is no hour to call them at work, by their own clock; empty if it is one, or unknown."""
    if local is None:
        return ""
    match bad_time_to_call(local, cadence):
        case BadTime.WEEKEND:
            return f"it is {WEEKDAYS[local.weekday()]} there"
        case BadTime.OUTSIDE_HOURS:
            return "outside working hours there"
        case None:
            return ""
