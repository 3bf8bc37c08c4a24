"""Organizations in words: rows, the page of one, who is asked there and who is next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from warmcall.domain.day_names import WEEKDAYS
from warmcall.domain.evidence import DAYS_IN_WEEK, research_lines
from warmcall.domain.names import first_name
from warmcall.domain.records import PoolPerson
from warmcall.domain.sanitize import one_line
from warmcall.domain.templates import greeting_name
from warmcall.domain.vocabulary import Posting, Stage
from warmcall.domain.when import When
from warmcall.domain.who_is_next import PersonThere, Wait, WayIn
from warmcall.presentation import openings, signs, wording
from warmcall.presentation.person import next_step_cells
from warmcall.services.organizations import OrganizationsBy, Standing
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart

POSTING: dict[Posting, tuple[str, str]] = {
    Posting.UNKNOWN: ("?", "$muted"),
    Posting.OPEN: ("open", "$success"),
    Posting.NONE: ("none", "$muted"),
}
"""Whether openings are posted, in a column, with its style."""

SORTED: dict[OrganizationsBy, str] = {
    OrganizationsBy.WANTED: "want, then ways in",
    OrganizationsBy.WAYS_IN: "ways in",
    OrganizationsBy.POSTING: "posting",
    OrganizationsBy.NAME: "name",
}

NOBODY = ("–", "$muted")
"""What stands where nobody is asked, or next."""

WAYS_SHOWN = 2
"""How many of the ways in stand in the list at most."""

PEOPLE_SHOWN = 12
"""How many people are listed beside the list at most."""


def heading(services: Services, count: int, by: OrganizationsBy) -> list[RichPart]:
    """Return "Places for Media Planner · 14", and what they are sorted by."""
    target = services.store.target
    role = f" for {one_line(target.role)}" if target is not None and target.role.strip() else ""
    return [(f"Places{role} · {count}", "bold"), (f"   sorted: {SORTED[by]}", "$muted")]


def row_cells(services: Services, standing: Standing) -> tuple[RichPart, ...]:
    """Return one row: name, how much it is wanted, postings, ways in, who is asked now, who is next."""
    return (
        standing.name,
        wanted_sign(standing.wanted),
        POSTING[standing.posting],
        _ways_cell(standing),
        _asked_cell(services, standing),
        _next_cell(services, standing),
    )


def wanted_sign(wanted: int) -> RichPart:
    """Return how much it is wanted: ●●●, or nothing."""
    return "●" * wanted, "$primary"


def ways_words(ways: Sequence[tuple[WayIn, int]]) -> str:
    """Return the ways in: "1 met, 1 set, 7 in pool"."""
    return ", ".join(f"{count} {'in pool' if way is WayIn.POOL else way.value}" for way, count in ways)


def facts(services: Services, standing: Standing, with_keys: Callable[[str], str]) -> list[RichPart]:
    """Return what to know of an organization, without the people there.

    `with_keys` puts the user's keys in the place of their ids in a text.
    """
    record, target = standing.record, services.store.target
    others = ", ".join(record.other_names) if record is not None else ""
    known = wording.wanted(record)
    hint = with_keys(
        "{organization.more} sets how much you want it, {organization.posting} whether openings are posted"
    )
    parts: list[RichPart] = [(known, "$primary"), "\n"] if known else [(f"{hint}\n", "$muted")]
    for label, text in (
        ("also", others),
        ("ways in", ways_words(standing.ways)),
        ("asked", asked_words(services, standing)),
        ("next", next_words(services, standing)),
    ):
        if text:
            parts += [(f"{label:<8}", "$muted"), f"{one_line(text)}\n"]
    heard = services.openings.at(standing.place)
    if heard:
        parts += ["\n", ("Openings heard of\n", "bold")]
        parts += [f"{openings.heard_there(services, found)}\n" for found in heard]
    if record is not None and record.notes.strip():
        parts += ["\n", ("Notes\n", "bold"), f"{record.notes.strip()}\n"]
    lines = [
        line
        for name in dict.fromkeys((standing.name, *(record.other_names if record is not None else ())))
        for line in (research_lines(name, target.research) if target is not None else ())
    ]
    if lines:
        parts += ["\n", ("Research\n", "bold"), *(f"{line}\n" for line in dict.fromkeys(lines))]
    return parts


def summary(services: Services, standing: Standing, with_keys: Callable[[str], str]) -> list[RichPart]:
    """Return the facts of an organization, and the people there, a line each."""
    people = services.organizations.people_at(standing.place)
    known_of = services.directory.pool_at(standing.place)
    parts: list[RichPart] = ["\n", ("People\n", "bold")] if people or known_of else []
    for person in people[:PEOPLE_SHOWN]:
        sign, style = signs.STAGE[person.stage]
        words = " · ".join(filter(None, (person.contact.title, wording.STAGE[person.stage])))
        parts += [(sign, style), f" {one_line(person.contact.name)}", (f" · {one_line(words)}\n", "$muted")]
    for known in known_of[: max(PEOPLE_SHOWN - len(people), 0)]:
        words = " · ".join(filter(None, (known.title, "in the pool")))
        parts += [signs.POOL, f" {one_line(known.name)}", (f" · {one_line(words)}\n", "$muted")]
    more = len(people) + len(known_of) - PEOPLE_SHOWN
    parts += [(f"and {more} more\n", "$muted")] if more > 0 else []
    return [*facts(services, standing, with_keys), *parts]


def contact_cells(services: Services, person: PersonThere) -> tuple[RichPart, ...]:
    """Return the row of a contact at an organization: name, title, stage with its sign, next step."""
    sign, style = signs.STAGE[person.stage]
    return (
        person.contact.name,
        (person.contact.title, "$muted"),
        (sign, style),
        (wording.STAGE[person.stage], style),
        *next_step_cells(services, person.contact),
    )


def pool_cells(person: PoolPerson) -> tuple[RichPart, ...]:
    """Return the row of somebody in the pool."""
    words = "never" if person.never else wording.POOL
    return (person.name, "$muted"), (person.title, "$muted"), signs.POOL, (words, "$muted")


def asked_words(services: Services, standing: Standing) -> str:
    """Return who is asked there now: "Mei Tanaka, you meet Mon 30 Nov 14:00"; empty if nobody is."""
    asked, since = standing.turn.asked, standing.turn.silent_since
    if asked is None:
        return ""
    now, calendar = services.time.now(), services.time.calendar
    name = asked.contact.name
    if asked.stage is Stage.SCHEDULED:
        meeting = services.calling.planned_meeting(asked.contact.id)
        return f"{name}, you meet {wording.moment(meeting.at, now, calendar)}" if meeting else name
    if since is not None:
        return f"{name}, silent since {wording.day(calendar.day_of(since), calendar.day_of(now))}"
    return f"{name}, call {wording.due(asked.step, now, calendar)}" if asked.step is not None else name


def next_words(services: Services, standing: Standing) -> str:
    """Return who is next there, and from when: "Nora Feld, in the pool, from Tue 1 Dec"."""
    turn = standing.turn
    if turn.next is None:
        return ""
    pool = "in the pool" if isinstance(turn.next, PoolPerson) else ""
    return ", ".join(filter(None, (turn.next.name, pool, _wait_words(services, standing))))


def why_not_yet(services: Services, standing: Standing, with_keys: Callable[[str], str]) -> str:
    """Return why nobody is asked at an organization now, and what to press; empty if somebody can be."""
    turn = standing.turn
    if turn.next is None:
        known = bool(services.directory.contacts_at(standing.place))
        somebody = "Nobody is left to ask" if known else "Nobody is known yet"
        return f"{somebody} at {one_line(standing.name)}{with_keys(': {people.add} in People adds somebody')}"
    if turn.wait is Wait.NOTHING or turn.asked is None:
        return ""
    name, waits = one_line(turn.asked.contact.name), _wait_words(services, standing)
    first = "is met first" if turn.wait is Wait.MEETING else "is being asked there, one person at a time"
    return (
        f"{name} {first}: {one_line(turn.next.name)} is next, {waits}"
        f"{with_keys('. {rows.choose} shows everybody')}"
    )


def _wait_words(services: Services, standing: Standing) -> str:
    """Return what the next person waits for: "from Tue 1 Dec", "after the meeting"; empty for nothing."""
    turn = standing.turn
    if turn.another_from is not None:
        today = services.time.calendar.day_of(services.time.now())
        return f"from {wording.day(turn.another_from, today)}"
    return {Wait.MEETING: "after the meeting", Wait.CALL: "once the calls end"}.get(turn.wait, "")


def _ways_cell(standing: Standing) -> str:
    """Return the best ways in; the pool only where there is no other."""
    contacts = [(way, count) for way, count in standing.ways if way is not WayIn.POOL]
    return ways_words((contacts or standing.ways)[:WAYS_SHOWN])


def _asked_cell(services: Services, standing: Standing) -> RichPart:
    """Return who is asked now in few cells: "Mei Mon 30 14:00", "Yumi, silent"."""
    asked = standing.turn.asked
    if asked is None:
        return NOBODY
    name = greeting_name(asked.contact)
    if standing.turn.silent_since is not None:
        return f"{name}, silent"
    meeting = services.calling.planned_meeting(asked.contact.id)
    if asked.stage is Stage.SCHEDULED and meeting is not None:
        return f"{name} {_short_when(services, When(meeting.at))}"
    if asked.step is None:
        return name
    calendar = services.time.calendar
    if calendar.day_of(asked.step.due) < calendar.day_of(services.time.now()):
        return f"{name}, late"
    return f"{name} {_short_when(services, asked.step.due)}"


def _short_when(services: Services, at: When) -> str:
    """Return when something is due in at most 9 cells: "14:00", "Mon 14:00", "3 Dec"."""
    calendar = services.time.calendar
    day, today = calendar.day_of(at), calendar.day_of(services.time.now())
    hour = f"{calendar.local(at.instant):%H:%M}" if at.instant is not None else ""
    if day == today:
        return hour or "today"
    if 0 < (day - today).days < DAYS_IN_WEEK:
        return f"{WEEKDAYS[day.weekday()][:3]} {hour or day.day}"
    return wording.short_day(day, today)


def _next_cell(services: Services, standing: Standing) -> RichPart:
    """Return who is next in few cells, or from which day another may be asked."""
    turn = standing.turn
    if turn.another_from is not None:
        name = first_name(turn.next.name) if turn.next is not None else "another"
        return f"{name} {WEEKDAYS[turn.another_from.weekday()][:3]} {turn.another_from.day}", "$muted"
    if turn.next is None or turn.wait is not Wait.NOTHING:
        return NOBODY
    return turn.next.name
