"""The queue in words: rows, headings, what it says when nothing is due, plain lines, search names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from warmcall.domain.id_prefixes import short_ids
from warmcall.domain.number_words import spelled
from warmcall.domain.proposals import Proposal, ProposalKind
from warmcall.domain.queue import Counts, QueueEntry, Section, counts
from warmcall.domain.records import Contact, FollowUp, Interview
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.presentation import countdown, signs, wording
from warmcall.presentation.owed import owed_reason, plain_due_words, short_due_words
from warmcall.widgets.rich_text import RichPart

if TYPE_CHECKING:
    from warmcall.domain.store import Store
    from warmcall.services.clock import Timekeeper
    from warmcall.services.services import Services

NAMES_SHOWN = 2
"""How many people are named at most in one notice."""

WHEN_CELLS = wording.SHORT_CELLS
"""The width of the column that says when, with its sign if it is late."""

SECTION = {
    Section.OVERDUE: "Overdue",
    Section.TODAY: "Today",
    Section.COMING_UP: "Coming up",
    Section.WAITING: "Waiting on them",
}


def row_cells(services: Services, entry: QueueEntry) -> tuple[RichPart, ...]:
    """Return one row: when, after "!" if it is late, the sign of the kind, whom, where they work, why, and
    where there is less room why and where they work in one."""
    follow_up = entry.follow_up
    contact = services.store.contact(follow_up.contact_id)
    whom = contact.name if contact else "a deleted contact"
    organization = contact.organization if contact else ""
    if text := wording.own_text(follow_up):
        whom, reason = text, " · ".join(filter(None, [whom, wording.why(follow_up)]))
    else:
        reason = owed_reason(services, follow_up)
    late = entry.section is Section.OVERDUE
    dim = "" if entry.section is Section.WAITING else "$muted"
    day_style = {Section.OVERDUE: "$warning", Section.TODAY: "bold"}.get(entry.section, "")
    sign = signs.of_follow_up(follow_up)
    return (
        (f"{signs.LATE[0]} {when(services, entry)}" if late else when(services, entry), day_style),
        sign[0] if entry.section is Section.WAITING else sign,
        whom,
        (organization, dim),
        (reason, dim),
        (" · ".join(filter(None, [reason, organization])), dim),
    )


def when(services: Services, entry: QueueEntry) -> str:
    """Return when an entry is due in at most 14 cells, or the time left if it is a meeting under way."""
    follow_up = entry.follow_up
    going = {interview.id: interview for interview in services.store.going()}.get(follow_up.interview_id)
    if going is None or follow_up.kind is not FollowUpKind.INTERVIEW:
        return short_due_words(entry, services.time.now(), services.time.calendar)
    return time_left(services, going)


def time_left(services: Services, going: Interview) -> str:
    """Return the minutes left in an interview under way, in at most 14 cells."""
    if services.unfinished_interviews.left_running(going):
        return "never ended"
    left = countdown.minutes_left(*services.time.anchored(going.countdown))
    if len(left) > WHEN_CELLS:
        left = left.removesuffix(" left").replace(",", "").replace("over by", "over")
    return left if len(left) <= WHEN_CELLS else left.replace(" min", "min")


def heading(section: Section, count: int, folded: bool) -> tuple[RichPart, ...]:
    """Return the heading of a section: "Today  4", or "Coming up  7, folded"."""
    name_style = "$warning" if section is Section.OVERDUE else ""
    return (SECTION[section], name_style), (f"  {count}{', folded' if folded else ''}", "not bold $muted")


def nothing_owed(names: Sequence[str], key: str) -> str:
    """Return that nothing is owed to the people of these names any more; `key` plans their next step."""
    first = ", ".join(names[:NAMES_SHOWN]) if len(names) > NAMES_SHOWN else " and ".join(names)
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    return f"Nothing is owed to {one_line(first)}{more} any more: {key} plans the next step"


def planned_steps(services: Services, steps: Sequence[FollowUp]) -> str:
    """Return what was planned and when it is due, or how many steps if they are with several people."""
    if len({step.contact_id for step in steps}) != 1:
        return f"{len(steps)} next steps are in the queue"
    contact = services.store.contact(steps[0].contact_id)
    what, due = (
        wording.what(steps[0], contact),
        wording.due(steps[0], services.time.now(), services.time.calendar),
    )
    return f"In the queue: {what}, {due}"


def pasted_line(store: Store, follow_up: FollowUp) -> str:
    """Return one follow-up as a line to be copied and pasted elsewhere."""
    contact = store.contact(follow_up.contact_id)
    about = store.contact(follow_up.about_id)
    parts = [wording.what(follow_up, contact), wording.work(contact), wording.why(follow_up, about)]
    return " · ".join(filter(None, parts))


def plain_lines(
    store: Store, time: Timekeeper, every: Sequence[QueueEntry], shown: Sequence[QueueEntry]
) -> list[list[RichPart]]:
    """Return the entries `shown` as lines for prompts, cron and screen readers.

    Each begins with the short id, which no other of `every` entry has, and says when, then as `pasted_line`.
    """
    short = short_ids(entry.follow_up.id for entry in every)
    width = max((len(short[entry.follow_up.id]) for entry in shown), default=0)
    lines: list[list[RichPart]] = []
    for entry in shown:
        when = plain_due_words(entry, time.now(), time.calendar)
        style = {Section.OVERDUE: "$warning", Section.TODAY: "bold"}.get(entry.section, "")
        start = f"{one_line(short[entry.follow_up.id]):<{width}}  "
        lines.append([start, (when, style), f" · {one_line(pasted_line(store, entry.follow_up))}"])
    return lines


def prompt_line(entries: Sequence[QueueEntry]) -> str:
    """Return how much is due on one short line: "2 late · 4 today · 3 coming"; empty if nothing."""
    found = counts(entries)
    coming = len(entries) - found.late - found.today
    return " · ".join(filter(None, [due_counts(found)[0], f"{coming} coming" if coming else ""]))


def due_counts(counts: Counts) -> tuple[str, str]:
    """Return how much is due in a long and a short form: "2 late · 4 today", "6 due"; empty if nothing."""
    late = f"{counts.late} late" if counts.late else ""
    today = f"{counts.today} today" if counts.today else ""
    due = counts.late + counts.today
    return " · ".join(filter(None, [late, today])), f"{due} due" if due else ""


def nothing_due_message(store: Store, time: Timekeeper, queue: Sequence[QueueEntry]) -> str:
    """Return the sentence for when nothing is due: until when, and the first row of the queue."""
    return f"Nothing is due{_until(store, time, queue[0])}." if queue else "Nothing is owed to anybody."


def done_while_interviewing(name: str, what: str, with_keys: Callable[[str], str]) -> str:
    """Return what is said before a follow-up is marked done while the interview with `name` runs.

    The key is the one that ends the interview on its own screen, and the hand may mean that.
    """
    done, interview = with_keys("{queue.done}"), with_keys("{app.interview}")
    return one_line(
        f"The interview with {name} is running: {interview} goes to it. {done} again marks this done: {what}"
    )


def proposal_line(proposal: Proposal, with_keys: Callable[[str], str]) -> str:
    """Return a proposal as a sentence; `with_keys` puts the user's keys in the place of their ids."""
    met = spelled(proposal.met)
    who = one_line(proposal.contact.name) if proposal.contact else with_keys("{queue.add} adds somebody")
    match proposal.kind:
        case ProposalKind.RESEARCH:
            return with_keys(
                "Before the first call: {app.practice} practises it aloud;"
                " {app.target}, then {target.research}, is for research."
            )
        case ProposalKind.HIRING_MANAGER:
            return f"You have met {met} who do the job. Next, ask one who hires for it: {who}."
        case ProposalKind.PRACTITIONER:
            return f"You have met {met} who hire for the job. Next, ask one who does it: {who}."


def idle_lines(services: Services) -> list[str]:
    """Return lines for when nothing is due: until when, who has been silent longest, whom to call next.

    Whom to call next is left out where the first line names that call already.
    """
    found = services.queue.idle_summary()
    calendar, now = services.time.calendar, services.time.now()
    queue = services.queue.entries()
    lines = [nothing_due_message(services.store, services.time, queue)]
    if found.silent is not None and found.since is not None:
        days = (calendar.day_of(now) - calendar.day_of(found.since)).days
        lines.append(f"Longest without a word: {found.silent.name}, {days} days.")
    first = queue[0].follow_up if queue else None
    named = first.contact_id if first is not None and first.kind is FollowUpKind.CALL else ""
    if found.to_call is not None and found.to_call.id != named:
        lines.append(f"To call next: {_name_and_referrer(services, found.to_call)}.")
    return [one_line(line) for line in lines]


def _until(store: Store, time: Timekeeper, coming: QueueEntry) -> str:
    now, calendar = time.now(), time.calendar
    contact = store.contact(coming.follow_up.contact_id)
    day = wording.day(calendar.day_of(coming.follow_up.due), calendar.day_of(now))
    return one_line(f" until {day}: {wording.what(coming.follow_up, contact)}")


def _name_and_referrer(services: Services, contact: Contact) -> str:
    referrer = services.store.contact(contact.referrer_id)
    named = f"named by {referrer.name}" if referrer else ""
    return ", ".join(filter(None, [contact.name, contact.organization, named]))


KIND_NAMES = {kind: f"{wording.FOLLOW_UP_KIND[kind]}\n{wording.FOLLOW_UP[kind]}" for kind in FollowUpKind} | {
    FollowUpKind.CONFIRM: "confirm"
}
"""The names each kind goes by on the screen, which is what a search looks at; "interview" does not find what
confirms one."""
