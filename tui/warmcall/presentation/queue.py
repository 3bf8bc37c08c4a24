"""The queue in words: its rows, its headings, the names a search looks at, what an empty one says."""

from __future__ import annotations

from warmcall.domain.queue import Counts, QueueEntry, Section
from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.presentation import countdown, wording
from warmcall.services.services import Services

WHEN_CELLS = 16
"""How much of the row there is for when."""


def cells(services: Services, entry: QueueEntry) -> tuple[str, ...]:
    """Return one row: when, what and whom, where they work, why, and the last two in one."""
    follow_up = entry.follow_up
    contact = services.store.contact(follow_up.contact_id)
    what, work = wording.what(follow_up, contact), wording.work(contact)
    why = wording.why(follow_up, services.store.contact(follow_up.about_id))
    organization = contact.organization if contact else ""
    both = " · ".join(filter(None, [why, organization if why else work]))
    if own := wording.own_words(follow_up):
        name = contact.name if contact else "someone deleted"
        what, why = own, " · ".join(filter(None, [name, why]))
        both = why
    return (when(services, entry), what, work, why, both)


def when(services: Services, entry: QueueEntry) -> str:
    """Return when it is due, or the time left if it is the interview under way."""
    running, follow_up = services.store.running(), entry.follow_up
    if (
        running is None
        or follow_up.kind is not FollowUpKind.INTERVIEW
        or follow_up.interview_id != running.id
    ):
        return wording.when(entry, services.time.now(), services.time.calendar)
    if services.unfinished_interviews.left_running(running):
        return "never ended"
    left = countdown.minutes_left(*services.time.counted(running.countdown))
    return left if len(left) <= WHEN_CELLS else left.removesuffix(" left")


def heading(section: Section, count: int, folded: bool) -> str:
    """Return the heading of a section: "Today · 4", or "Coming up · 7, folded"."""
    return f"{wording.SECTION[section]} · {count}{', folded' if folded else ''}"


def copied(services: Services, follow_up: FollowUp) -> str:
    """Return one follow-up as a line to be pasted elsewhere."""
    contact = services.store.contact(follow_up.contact_id)
    about = services.store.contact(follow_up.about_id)
    parts = [wording.what(follow_up, contact), wording.work(contact), wording.why(follow_up, about)]
    return " · ".join(filter(None, parts))


def counters(counts: Counts) -> tuple[str, str]:
    """Return how much is due for the bar, and the same where there is less room; empty if nothing is."""
    late = f"{counts.late} late" if counts.late else ""
    today = f"{counts.today} today" if counts.today else ""
    due = counts.late + counts.today
    return " · ".join(filter(None, [late, today])), f"{due} due" if due else ""


def nothing_due(services: Services) -> str:
    """Return the sentence for when nothing is due: until when, and what then."""
    entries = services.following_up.queue()
    coming = min(entries, key=lambda entry: (entry.follow_up.due, entry.follow_up.id), default=None)
    return f"Nothing is due{_until(services, coming)}." if coming else "Nothing is owed to anybody."


def idle_lines(services: Services) -> list[str]:
    """Return what is true and useful when nothing is due: until when, who waits longest, whom to call."""
    found = services.following_up.idle_summary()
    calendar, now = services.time.calendar, services.time.now()
    lines = [nothing_due(services)]
    if found.silent is not None and found.since is not None:
        days = (calendar.day_of(now) - calendar.day_of(found.since)).days
        ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
        lines.append(f"Longest without a word: {found.silent.name}, the last one {ago}.")
    if found.to_call is not None:
        lines.append(f"To call next: {_introduced(services, found.to_call)}.")
    return [one_line(line) for line in lines]


def _until(services: Services, coming: QueueEntry) -> str:
    now, calendar = services.time.now(), services.time.calendar
    contact = services.store.contact(coming.follow_up.contact_id)
    day = wording.day(calendar.day_of(coming.follow_up.due), calendar.day_of(now))
    return one_line(f" until {day}: {wording.what(coming.follow_up, contact)}")


def _introduced(services: Services, contact: Contact) -> str:
    referrer = services.store.contact(contact.referrer_id)
    named = f"named by {referrer.name}" if referrer else ""
    return ", ".join(filter(None, [contact.name, contact.organization, named]))


KIND_NAMES = {kind: f"{wording.FOLLOW_UP_KIND[kind]}\n{wording.FOLLOW_UP[kind]}" for kind in FollowUpKind}
"""The names each kind goes by on the screen, which is what a search looks at."""
