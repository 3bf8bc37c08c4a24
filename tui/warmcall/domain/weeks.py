"""The week: who was asked in it, and what a look back at it counts.

A week runs from Monday to Sunday in the user's zone. A person counts once in each week in which an ask
reached them, or was left or sent; a call that nobody answered has asked nobody yet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

import msgspec

from warmcall.domain.asking_days import monday_of
from warmcall.domain.business_days import Calendar
from warmcall.domain.records import Attempt, Interview
from warmcall.domain.vocabulary import NOBODY_ASKED, Channel, Outcome

WEEK = timedelta(days=7)

WEEKS_SHOWN = 6
"""How many weeks before are shown: enough to see a rhythm, and short enough to read at once."""

_IN_WRITING = (Channel.EMAIL, Channel.MESSAGE)

ScriptAsks = Callable[[str], bool]
"""Returns whether the script of that id is for asking somebody for a talk."""


def week_id(monday: date) -> str:
    """Return the id of the record of a week: two sessions make the same one."""
    return f"week {monday}"


def span_of(monday: date, calendar: Calendar) -> tuple[datetime, datetime]:
    """Return the instant at which the week of `monday` begins for the user, and that of the next one."""
    return calendar.at(monday, time()), calendar.at(monday + WEEK, time())


def last_weekday(monday: date) -> date:
    """Return the Friday of the week of `monday`."""
    return monday + timedelta(days=4)


def review_day(monday: date, calendar: Calendar) -> date:
    """Return the day from which a week can be looked back on: its last business day, else its Friday."""
    friday = last_weekday(monday)
    days = [friday - timedelta(days=number) for number in range(5)]
    return next((day for day in days if calendar.is_business_day(day)), friday)


def asks_of(
    attempts: Sequence[Attempt], interviews: Sequence[Interview], script_asks: ScriptAsks
) -> list[datetime]:
    """Return when one person was asked for a talk, the first time first.

    An answer in writing is no ask of its own, unless nothing was asked before it. A call made from a script
    is an ask if the script is; without one, a call to somebody met before is about something else.
    """
    met = min((talk.began_at for talk in interviews if talk.was_held), default=None) if interviews else None
    asked: list[datetime] = []
    for attempt in sorted(attempts, key=lambda attempt: attempt.at) if len(attempts) > 1 else attempts:
        if attempt.outcome is None or attempt.outcome in NOBODY_ASKED:
            continue
        if attempt.channel in _IN_WRITING:
            is_ask = attempt.outcome is Outcome.SENT or not asked
        elif attempt.path:
            is_ask = script_asks(attempt.path[0].partition("/")[0])
        else:
            is_ask = met is None or attempt.at <= met
        if is_ask:
            asked.append(attempt.at)
    return asked


def people_by_week(asks: Mapping[str, Iterable[datetime]], calendar: Calendar) -> dict[date, frozenset[str]]:
    """Return the ids of the people asked in each week, by its Monday; `asks` are instants by contact id."""
    found: dict[date, set[str]] = {}
    for contact_id, instants in asks.items():
        for at in instants:
            found.setdefault(monday_of(calendar.day_of(at)), set()).add(contact_id)
    return {monday: frozenset(ids) for monday, ids in found.items()}


class Rhythm(msgspec.Struct, frozen=True):
    """How many people were asked week by week; weeks off count for nothing.

    `asked` is the number in the week itself. `before` are the numbers in the weeks before it, the oldest
    first, with None for a week off. Of `counted` weeks since the first ask, `with_ask` had one; the week
    itself is among them once it has an ask, or is over.
    """

    asked: int
    before: tuple[int | None, ...]
    with_ask: int
    counted: int


def rhythm(
    monday: date, people: Mapping[date, Collection[str]], off: Collection[date], is_over: bool
) -> Rhythm:
    """Return the rhythm as it was in the week of `monday`; `people` were asked by week."""
    first = min(people, default=monday)
    weeks = [first + WEEK * number for number in range(max((monday - first).days // 7, 0))]
    before = tuple(None if week in off else len(people.get(week, ())) for week in weeks)
    asked = len(people.get(monday, ()))
    counted = [count for count in before if count is not None]
    if monday not in off and monday >= first and people and (asked or is_over):
        counted.append(asked)
    return Rhythm(asked, before[-WEEKS_SHOWN:], sum(count > 0 for count in counted), len(counted))
