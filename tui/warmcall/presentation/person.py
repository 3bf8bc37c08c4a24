"""A person as text: fields, next step, who named whom, and the whole history in one timeline."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from warmcall.config.zones import zone_named
from warmcall.domain.evidence import research_lines
from warmcall.domain.message import PURPOSE_OF
from warmcall.domain.person_merge import AnyPerson
from warmcall.domain.queue import Section, entry
from warmcall.domain.records import Attempt, Contact, FollowUp, Interview
from warmcall.domain.sanitize import one_line
from warmcall.domain.templates import fill
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind
from warmcall.presentation import openings, shortlist, signs, wording
from warmcall.presentation.captures import PERMISSION
from warmcall.presentation.duplicates import standing, was_merged
from warmcall.presentation.owed import owed_reason, short_due_words
from warmcall.presentation.targets import served
from warmcall.services.address_book import FROM_POOL, SAME_AS, new_referrer
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart


def page(services: Services, contact: Contact, with_keys: Callable[[str], str]) -> list[RichPart]:
    """Return the same as `summary` under the name, for a page of its own."""
    return [(one_line(contact.name), "bold"), "\n", *summary(services, contact, with_keys)]


def summary(services: Services, contact: Contact, with_keys: Callable[[str], str]) -> list[RichPart]:
    """Return what to know of a contact beside a list: how to reach them, last words, next step, what to say.

    Notes, research and the history follow, the newest first. `with_keys` puts the user's keys in the place of
    their ids in a text.
    """
    events, owed = events_with(services, contact), services.address_book.next_step(contact.id)
    return [
        *_reach(services, contact),
        *_last_and_next(services, events, owed, with_keys),
        *_opening(services, contact, owed),
        *_block("Notes", [contact.notes.strip()]),
        *_block("Research", _research(services, contact)),
        *_timeline(services, contact, events),
    ]


def added(contact: Contact, values: Mapping[str, str]) -> str:
    """Return what is said once a contact was added, or found to be in People; and who is new with them.

    `values` are those of the form that they were entered in.
    """
    is_new = values.get(SAME_AS) != contact.id or bool(values.get(FROM_POOL))
    named_by = new_referrer(values["referrer_id"])
    referrer = f"; {one_line(named_by)}, who named them, is in People" if named_by else ""
    where = "in the queue to be called" if is_new else "in People already; what was missing is filled in"
    return f"{one_line(contact.name)} is {where}{referrer}"


def is_in_people(services: Services, person: AnyPerson) -> str:
    """Return who somebody of a name is: "Dana Whitfield · Professor, Lake Arden · met"."""
    known = (person.name, wording.work(person), standing(services, person))
    return one_line(" · ".join(filter(None, known)))


def somebody_else(name: str) -> str:
    """Return the words for somebody who is in People by that name not yet."""
    return one_line(f"somebody else called {name}")


def _reach(services: Services, contact: Contact) -> list[RichPart]:
    """Return what they do, how they stand to the user, how to reach them, and who named whom, a line each."""
    stage = services.address_book.stage(contact.id)
    sign, style = signs.STAGE[stage]
    referrer = services.store.contact(contact.referrer_id)
    source = wording.SOURCE[contact.source] + (f": {contact.found}" if contact.found else "")
    if referrer:
        source = " · ".join(filter(None, [f"named by {referrer.name}", PERMISSION[contact.may_use_name]]))
    zone = zone_named(contact.zone)
    clock = f"{services.time.now().astimezone(zone):%H:%M} there" if zone else "their time unknown"
    named = ", ".join(person.name for person in services.store.referred_by(contact.id))
    kind = " · ".join(filter(None, [wording.KIND[contact.kind], source]))
    parts: list[RichPart] = [wording.work(contact), "\n"] if wording.work(contact) else []
    parts += [(f"{sign} {wording.STAGE[stage]}", style), (f" · {kind}\n", "$muted")]
    if contact.phone.strip():
        parts += [signs.CALL, f" {contact.phone}", (f"   {clock}", "$muted"), "\n"]
    if contact.email.strip():
        parts += [signs.WRITE, f" {contact.email}\n"]
    for label, text in (
        ("place", wording.wanted(services.directory.index.find(contact.organization))),
        ("called", contact.goes_by),
        ("known", f"since {shortlist.month(contact.connected_on)}" if contact.connected_on else ""),
        ("zone", contact.zone if zone is None else ""),
        ("why", contact.why),
        ("for", served(services, contact)),
        ("named", named),
        *(openings.fact(services, found) for found in services.openings.of_contact(contact.id)),
        ("merged", was_merged(services, services.store.merged_into(contact.id))),
        *(
            ("intro", introduction_words(services, contact, other))
            for other in services.following_up.introductions.of(contact)
        ),
    ):
        if text:
            parts += [(f"{label:<7}", "$muted"), f"{text}\n"]
    return parts


def introduction_words(services: Services, contact: Contact, owed: FollowUp) -> str:
    """Return how far an introduction has come: "to Mei Tanaka: passed on", or "by Priya Raman: asked"."""
    is_asked = owed.contact_id == contact.id
    other = services.store.contact(owed.about_id if is_asked else owed.contact_id)
    name = other.name if other else "somebody"
    return one_line(f"{'to' if is_asked else 'by'} {name}: {owed.introduction.replace('_', ' ')}")


def _last_and_next(
    services: Services, events: Sequence[Event], owed: FollowUp | None, with_keys: Callable[[str], str]
) -> list[RichPart]:
    """Return the last thing that happened, and what comes next."""
    now, calendar = services.time.now(), services.time.calendar
    happened = [event for event in events if event[0] <= now]
    last = _newest_first(happened)[0][1] if happened else "not asked yet"
    coming: list[RichPart] = [(with_keys("nothing owed: {person.follow_up} adds something"), "$muted")]
    if owed is not None:
        words = ", ".join(filter(None, [wording.due(owed, now, calendar), owed_reason(services, owed)]))
        coming = [signs.of_follow_up(owed), f" {words}"]
    return ["\n", ("last   ", "$muted"), f"{last}\n", ("next   ", "$muted"), *coming, "\n"]


def _opening(services: Services, contact: Contact, owed: FollowUp | None) -> list[RichPart]:
    """Return the first words of the call, if a call is what comes next."""
    if owed is None or owed.kind is not FollowUpKind.CALL or not contact.phone.strip():
        return []
    uses = services.calling.script_uses(contact, owed)
    scripts = services.library.scripts_for(contact.kind, uses[0])
    if not scripts:
        return []
    step = scripts[0].steps[scripts[0].start]
    return _block("Say", [f"“{fill(step.say, services.drafting.values(contact, owed)).text}”"])


def _research(services: Services, contact: Contact) -> list[str]:
    """Return the lines of the research on the target that name where they work."""
    target = services.store.target_for(contact)
    return research_lines(contact.organization, target.research) if target else []


def _block(title: str, lines: Sequence[str]) -> list[RichPart]:
    """Return lines under a title and a blank line; nothing if all of them are empty."""
    if not any(lines):
        return []
    return ["\n", (f"{title}\n", "bold"), *(f"{line}\n" for line in lines)]


def next_step_cells(services: Services, contact: Contact) -> tuple[RichPart, RichPart, RichPart]:
    """Return the first follow-up of a contact for a list: its sign, when, and why; empty without one."""
    owed = services.address_book.next_step(contact.id)
    if owed is None:
        return "", "", ""
    now, calendar = services.time.now(), services.time.calendar
    place = entry(owed, now, calendar)
    style = "$warning" if place.section is Section.OVERDUE else ""
    when = (short_due_words(place, now, calendar), style)
    return signs.of_follow_up(owed), when, (owed_reason(services, owed), "$muted")


def list_cells(services: Services, contact: Contact, note: str = "") -> tuple[RichPart, ...]:
    """Return a contact for a list: name, work, sign and word of the stage, and the next step's three cells.

    A `note` stands in the place of the work.
    """
    stage = services.address_book.stage(contact.id)
    sign, style = signs.STAGE[stage]
    return (
        contact.name,
        (note, "") if note else (wording.work(contact), "$muted"),
        (sign, style),
        (wording.STAGE[stage], style),
        *next_step_cells(services, contact),
    )


Event = tuple[datetime, str, list[RichPart]]
"""When something happened, the line that says so, and what was written or said then."""


def _timeline(services: Services, contact: Contact, events: Sequence[Event]) -> list[RichPart]:
    """Return what happened with a contact, and that they were added, newest first."""
    now, calendar = services.time.now(), services.time.calendar
    parts: list[RichPart] = ["\n", ("History", "bold"), "\n"]
    added: Event = (contact.created_at, f"{wording.moment(contact.created_at, now, calendar)} · added", [])
    for _, line, details in _newest_first([added, *events]):
        parts += [(line, "bold" if details else ""), "\n", *_indented(details)]
    return parts


def _indented(parts: Sequence[RichPart]) -> list[RichPart]:
    """Return `parts`, which begin on a line of their own, with each line two cells to the right."""
    found: list[RichPart] = []
    begins = True
    for part in parts:
        text = part if isinstance(part, str) else part[0]
        lines = text.split("\n")
        shifted = [f"  {line}" if line and (place or begins) else line for place, line in enumerate(lines)]
        begins = text.endswith("\n")
        words = "\n".join(shifted)
        found.append(words if isinstance(part, str) else (words, part[1]))
    return found


def events_with(services: Services, contact: Contact, in_words: bool = False) -> list[Event]:
    """Return what happened with a contact after they were added; `in_words` without signs, to be heard."""
    now, calendar = services.time.now(), services.time.calendar
    events: list[Event] = []
    for attempt in services.store.of_contact(Attempt, contact.id):
        line = wording.attempt_line(attempt, now, calendar)
        events.append((attempt.at, line, [f"{text}\n" for text in (attempt.note, attempt.body) if text]))
    for interview in services.store.of_contact(Interview, contact.id):
        line = wording.meeting_line(interview, now, calendar, in_words)
        kept_back = services.answers.kept_back(interview)
        events.append((interview.began_at, line, answers_and_debrief(interview, kept_back, in_words)))
    for owed in services.store.of_contact(FollowUp, contact.id):
        if owed.done_at is not None and not owed.dropped and (owed.kind in PURPOSE_OF or owed.letter):
            what = wording.own_text(owed) if owed.letter else wording.FOLLOW_UP_KIND[owed.kind]
            words = f"{what}: {'sent' if owed.body else 'done'}"
            line = f"{wording.moment(owed.done_at, now, calendar)} · {words}"
            texts = ("" if owed.letter else owed.note, owed.subject if owed.body else "", owed.body)
            events.append((owed.done_at, line, [f"{text}\n" for text in texts if text]))
    return events


def _newest_first(events: Sequence[Event]) -> list[Event]:
    return sorted(events, key=lambda event: event[0], reverse=True)


_CAPTURE_HEADING = {
    CaptureKind.RESUME: "Looked at the resume",
    CaptureKind.ADVICE: "Advised you",
    CaptureKind.ON_FILE: "Keeps you on file",
    CaptureKind.OPENING: "Spoke of an opening",
}
"""The captures that are shown with the answers, as what was said in that meeting."""


def answers_and_debrief(
    interview: Interview, kept_back: Collection[str] = (), in_words: bool = False
) -> list[RichPart]:
    """Return what was asked and answered, and what the debrief says of it.

    The questions with the ids in `kept_back` have the sign of what is not to be repeated; `in_words` they
    have words for signs.
    """
    debrief = interview.debrief
    return [
        *answers_given(interview, kept_back, in_words),
        *_titled(
            ("Learned", debrief.learned),
            ("Changes to the target", debrief.changes),
            ("Who next", debrief.next),
            ("How it fits", f"{debrief.fit} of 5" if debrief.fit else ""),
            ("How sure of yourself", f"{debrief.confidence} of 5" if debrief.confidence else ""),
        ),
    ]


def answers_given(
    interview: Interview, kept_back: Collection[str] = (), in_words: bool = False
) -> list[RichPart]:
    """Return what was asked and answered, and what they said about the resume."""
    parts: list[RichPart] = []
    for question in interview.checklist:
        note = interview.notes.get(question.id, "").strip()
        if note:
            found = signs.of_answer(question.starred, question.id in kept_back)
            marks = "".join(f"{signs.WORDS[sign]}: " if in_words else f"{sign[0]} " for sign in found)
            parts += [(f"{marks}{question.ask}\n", "$muted"), f"{note}\n"]
    parts += _titled(("General notes", interview.notes.get("", "")))
    for capture in interview.captured:
        if capture.kind in _CAPTURE_HEADING:
            parts += [
                (f"{_CAPTURE_HEADING[capture.kind]}\n", "$muted"),
                f"{capture.what}\n" if capture.what.strip() else "",
            ]
    return parts


def _titled(*texts: tuple[str, str]) -> list[RichPart]:
    """Return each text that is not empty under its label."""
    parts: list[RichPart] = []
    for label, text in texts:
        if text.strip():
            parts += [(f"{label}\n", "$muted"), f"{text.strip()}\n"]
    return parts
