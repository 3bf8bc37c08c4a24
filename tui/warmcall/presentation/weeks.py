"""A look back at a week, in words: exact, and without a reproach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from warmcall.domain.day_names import WEEKDAYS, plain_day
from warmcall.domain.queue import QueueEntry
from warmcall.domain.records import Contact, FollowUp, Week
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import FollowUpKind, TargetChange
from warmcall.presentation.wording import short_day, short_name
from warmcall.services.services import Services
from warmcall.services.weeks import WeekReview
from warmcall.widgets.rich_text import RichPart, plain_text

MINUTES = 2
"""How long the look back takes; said beforehand, so that it is begun."""

LEARNED_QUESTION = "What did you learn that you did not know on Monday?"

CHANGES_QUESTION = "Does it change the target?"

CHANGES = (
    (TargetChange.NOT_SAID.value, "not said"), (TargetChange.NO.value, "no"),
    (TargetChange.A_LITTLE.value, "a little"), (TargetChange.YES.value, "yes"),
)  # fmt: skip
"""Whether what was learned changes the target, as choices."""

DOTS_AT_MOST = 10
"""A longer row of dots is not counted at a glance."""

NAMES_AT_MOST = 4
"""How many people or things one line names; the others are counted."""


def week_name(monday: date) -> str:
    """Return a week by its working days: "Mon 23 to Fri 27 Nov", "Mon 28 Dec to Fri 1 Jan"."""
    friday = monday + timedelta(days=4)
    first = plain_day(monday)
    if monday.month == friday.month:
        first = first.rpartition(" ")[0]
    return f"{first} to {plain_day(friday)}"


def asked(count: int, goal: int, off: bool) -> str:
    """Return how many people were asked: "asked 3 of 5", "asked 7, with a goal of 5", "week off"."""
    if off:
        return "week off"
    return f"asked {count} of {goal}" if count <= goal else f"asked {count}, with a goal of {goal}"


def queue_title(services: Services) -> str:
    """Return the title of the queue: "Owed · asked 3 of 5 this week", "Owed · week off".

    Before the first ask of the week it says nothing of the week.
    """
    weeks = services.weeks
    count, off = weeks.asked_now(), weeks.is_off(weeks.present())
    words = asked(count, weeks.goal, off)
    if off:
        return f"Owed · {words}"
    return f"Owed · {words} this week" if count else "Owed"


def offer(services: Services, with_keys: Callable[[str], str]) -> str:
    """Return the line with which a look back at the present week is offered."""
    weeks = services.weeks
    words = asked(weeks.asked_now(), weeks.goal, off=False)
    return f"Your week: {words}. {with_keys('{queue.week}')} looks back at it, in {MINUTES} minutes."


def head(services: Services, review: WeekReview) -> list[RichPart]:
    """Return what stands above the questions: the week, and what was done in it."""
    week = review.week
    parts: list[RichPart] = [("Your week", "bold"), f" · {week_name(week.monday)}"]
    parts += [(f" · {MINUTES} minutes", "$muted")] if review.is_present and not week.reviewed else []
    parts += [(" · looked back on", "$muted")] if week.reviewed else []
    parts += ["\n\n", *_asked(review), "\n", *_rhythm(review)]
    for line in (_done(review), _waiting(services, review.waiting)):
        parts += ["\n", line] if line else []
    return parts


def following(review: WeekReview, with_keys: Callable[[str], str]) -> list[RichPart]:
    """Return what stands below the questions: whom the next week is for, and what was learned before."""
    parts: list[RichPart] = []
    if review.is_present and not review.next_off:
        ready, count = review.ready, len(review.ready)
        said = f"{count} ready: {_names(ready)}" if ready else "Nobody is ready yet"
        parts += [("Next week", "bold"), f" {review.goal}? {said}."]
        if review.more:
            more = f" {review.more}{' more' if count else ''} from the shortlist: {{week.shortlist}}"
            parts.append(with_keys(more))
    elif review.is_present:
        parts += [("Next week", "bold"), " is off."]
    if review.learned_before:
        parts += ["\n\n" if parts else "", ("Learned before", "bold"), "\n"]
        for week in review.learned_before:
            parts += [(f"{plain_day(week.monday)[4:]:<8}", "$muted"), one_line(week.learned), "\n"]
    return parts


def as_text(services: Services, review: WeekReview, with_keys: Callable[[str], str]) -> str:
    """Return a week as plain text, to be copied."""
    learned = one_line(review.week.learned)
    changes = dict(CHANGES)[review.week.changes.value]
    said = [learned] if learned else []
    said += [f"Changes the target: {changes}"] if review.week.changes else []
    below = plain_text(following(review, with_keys)) if review.is_present else ""
    return "\n".join(filter(None, [plain_text(head(services, review)), *said, below]))


def off_now(week: Week) -> str:
    """Return what is said once a week was made one off, or one like the others."""
    name = week_name(week.monday)
    return f"{name} is a week off: it is not counted" if week.off else f"{name} counts again"


def _asked(review: WeekReview) -> list[RichPart]:
    """Return how many were asked, and a dot for each and for what is left of the goal."""
    if review.week.off:
        return [("Week off", "bold"), ": it is not counted"]
    count, goal = review.rhythm.asked, review.goal
    words = asked(count, goal, off=False)
    people = f"{words[:1].upper()}{words[1:]}"
    people += " people" if count <= goal else ""
    if max(count, goal) > DOTS_AT_MOST:
        return [people]
    return [people, "   ", ("●" * count, "$primary"), ("○" * (goal - count), "$muted")]


def _rhythm(review: WeekReview) -> list[RichPart]:
    """Return the numbers of the weeks before, and how many weeks had an ask."""
    found = review.rhythm
    parts: list[RichPart] = []
    if found.before:
        numbers = " ".join("off" if count is None else str(count) for count in found.before)
        parts += [("last weeks  ", "$muted"), numbers]
    if found.counted:
        parts += ["   " if parts else "", ("weeks with an ask: ", "$muted")]
        parts.append(f"{found.with_ask} of {found.counted}")
    return parts or [("The first ask begins the count of weeks.", "$muted")]


def _done(review: WeekReview) -> str:
    """Return who was met, thanked and named: "Met 2 · thanked 1 · named by them: Mei, Teo"."""
    parts = [
        f"met {len(review.met)}" if review.met else "",
        f"thanked {len(review.thanked)}" if review.thanked else "",
        f"named by them: {_names(review.named)}" if review.named else "",
    ]
    words = " · ".join(filter(None, parts))
    return f"{words[:1].upper()}{words[1:]}"


def _waiting(services: Services, entries: Sequence[QueueEntry]) -> str:
    """Return what others wait for: "Waiting on you: the budget for Helen (2 days late), thanks to Priya"."""
    store, calendar = services.store, services.time.calendar
    today = calendar.day_of(services.time.now())
    things = []
    for entry in entries:
        owed = entry.follow_up
        contact = store.contact(owed.contact_id)
        name = one_line(short_name(contact)) if contact else "a deleted contact"
        things.append(f"{_thing(owed, name)} ({_when(calendar.day_of(owed.due), today)})")
    return f"Waiting on you: {_listed(things)}" if things else ""


def _thing(owed: FollowUp, name: str) -> str:
    match owed.kind:
        case FollowUpKind.PROMISE:
            note = one_line(owed.note).strip()
            return f"{note} for {name}" if note else f"a promise to {name}"
        case FollowUpKind.THANK_YOU:
            return f"thanks to {name}"
        case _:
            return f"a word to {name} on how it went"


def _when(day: date, today: date) -> str:
    """Return a day as people say it: "2 days late", "today", "Monday", "3 Dec"."""
    away = (day - today).days
    if away < 0:
        return "1 day late" if away == -1 else f"{-away} days late"
    return WEEKDAYS[day.weekday()] if 1 < away < 7 else short_day(day, today)


def _names(people: Sequence[Contact]) -> str:
    return _listed([one_line(short_name(person)) for person in people])


def _listed(words: Sequence[str]) -> str:
    """Return `words` with commas, the first few of them, and how many more there are."""
    more = len(words) - NAMES_AT_MOST
    return ", ".join(words[:NAMES_AT_MOST]) + (f" and {more} more" if more > 0 else "")
