"""The page to read before an interview, as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from warmcall.config.zones import zone_named
from warmcall.domain.evidence import and_join, research_lines
from warmcall.domain.preparation import Prepared, minutes_needed, prepared
from warmcall.domain.records import Attempt, ChecklistQuestion, Contact, FollowUp, Interview, Target
from warmcall.domain.sanitize import one_line
from warmcall.domain.vocabulary import FollowUpKind, Permission
from warmcall.formats.documents import Document, DocumentSection, Item, Mark, lines_in
from warmcall.presentation import wording
from warmcall.presentation.counts import counted
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart

RESEARCH_LINES = 5
"""Lines of the research shown where none of them names the organization, so that it stays a quick read."""

_SIGNS = {Mark.NONE: "", Mark.POINT: "- ", Mark.DONE: "[✓] ", Mark.OPEN: "[ ] "}
"""What stands before an item on the screen; an item with a number has that."""

_MAY_USE_NAME = {
    Permission.YES: ", whose name you may use",
    Permission.NO: ", who is not to be named",
    Permission.ASK_LATER: ", whose name you may not use yet",
    Permission.NOT_ASKED: "",
}


def briefing(services: Services, interview: Interview) -> Document:
    """Return the page to read in the lobby or before dialling."""
    contact = services.store.contact(interview.contact_id)
    ready = readiness(services, interview)
    ticks = [Item(item.item.text, Mark.DONE if item.ticked else Mark.OPEN) for item in ready]
    questions = [
        Item(f"{question.ask} ({question.minutes} min)", Mark.NUMBER) for question in interview.checklist
    ]
    warning = services.checklists.warning(interview)
    sections = (
        *background_sections(services, interview),
        DocumentSection(readiness_heading(ready), tuple(ticks)),
        DocumentSection(time_estimate(services, interview), (*questions, Item(warning))),
    )
    name = contact.name if contact else "Someone deleted"
    lines = [wording.work(contact), _when(services, interview, contact), interview.place]
    return Document(name, tuple(line for line in lines if line.strip()), _filled(sections))


def background_sections(services: Services, interview: Interview) -> tuple[DocumentSection, ...]:
    """Return the sections to read: who they are, how you met, what was said so far, research, target."""
    contact = services.store.contact(interview.contact_id)
    if contact is None:
        return ()
    return _filled(
        (
            DocumentSection("Who they are", tuple(_who(contact))),
            DocumentSection("How you met", tuple(_met(services, contact))),
            DocumentSection("What was said so far", tuple(_history(services, contact, interview))),
            DocumentSection("Your research", tuple(_research(contact, services.store.target_for(contact)))),
            DocumentSection("Your target", tuple(_target(services, contact))),
        )
    )


def readiness(services: Services, interview: Interview) -> tuple[Prepared, ...]:
    """Return each thing to have ready, and whether it is."""
    follow_ups = services.store.of_contact(FollowUp, interview.contact_id)
    return prepared(services.library.preparation, interview, follow_ups)


def readiness_heading(ready: tuple[Prepared, ...]) -> str:
    """Return how much is ready: "Have ready · 2 of 6"."""
    return f"Have ready · {sum(item.ticked for item in ready)} of {len(ready)}"


def time_estimate(services: Services, interview: Interview, more: Sequence[ChecklistQuestion] = ()) -> str:
    """Return whether the questions, and `more`, fit: "7 questions, about 18 of 20 minutes"."""
    listed, limit = (*interview.checklist, *more), interview.countdown.minutes
    count, needed = len(listed), minutes_needed(listed, services.library.cadence.close_minutes)
    too_many = ": more than fits" if needed > limit else ""
    return f"{counted(count, 'question')}, about {needed} of {limit} minutes{too_many}"


def page_parts(page: Document) -> list[RichPart]:
    """Return the page as it is shown on the screen: its title, its first lines, and its sections."""
    lines = [f"{one_line(line)}\n" for line in page.lines]
    return [(f"{one_line(page.title)}\n", "bold"), *lines, *section_parts(page.sections)]


def section_parts(sections: Iterable[DocumentSection]) -> list[RichPart]:
    """Return sections as they are shown on the screen, each after a blank line."""
    parts: list[RichPart] = []
    for section in sections:
        parts += ["\n", (f"{one_line(section.title)}\n", "bold $primary")]
        number = 0
        for item in section.items:
            number += item.mark is Mark.NUMBER
            parts += _item_parts(item, number)
    return parts


def _item_parts(item: Item, number: int) -> list[RichPart]:
    if not item.text.strip():
        return []
    sign = _SIGNS.get(item.mark, f"{number}. ")
    return [f"{sign}{one_line(item.text)}\n", *(f"  {one_line(text)}\n" for text in item.more)]


def _filled(sections: tuple[DocumentSection, ...]) -> tuple[DocumentSection, ...]:
    return tuple(section for section in sections if section.items)


def _when(services: Services, interview: Interview, contact: Contact | None) -> str:
    """Return date, hour, mode and minutes, and the contact's hour where it differs."""
    calendar = services.time.calendar
    zone = zone_named(contact.zone) if contact else None
    mine = calendar.local(interview.at)
    theirs = interview.at.astimezone(zone) if zone else mine
    other = f" ({theirs:%H:%M} theirs)" if theirs.utcoffset() != mine.utcoffset() else ""
    minutes = interview.countdown.minutes
    return f"{_stamp(services, interview.at)}{other}, {wording.MODE[interview.mode]} · {minutes} minutes"


def _stamp(services: Services, at: datetime) -> str:
    """Return an instant readable on any day: "Mon 23 Nov 14:00", with the year if it is not this one."""
    local, now = services.time.calendar.local(at), services.time.calendar.local(services.time.now())
    year = f" {local.year}" if local.year != now.year else ""
    return f"{wording.plain_day(local.date())}{year} {local:%H:%M}"


def _who(contact: Contact) -> Iterator[Item]:
    kind = contact.kind.replace("_", " ").capitalize()
    yield Item(f"{kind}: {wording.KIND[contact.kind]}", Mark.POINT)
    phone_and_email = " · ".join(filter(None, [contact.phone, contact.email]))
    if phone_and_email:
        yield Item(phone_and_email, Mark.POINT)
    for line in lines_in(contact.notes):
        yield Item(line, Mark.POINT)


def _met(services: Services, contact: Contact) -> Iterator[Item]:
    referrer = services.store.contact(contact.referrer_id)
    if referrer is not None:
        work = wording.work(referrer)
        who = f"{referrer.name} ({work})" if work else referrer.name
        yield Item(f"Named by {who}{_MAY_USE_NAME[contact.may_use_name]}", Mark.POINT)
    else:
        yield Item(f"Found through: {wording.SOURCE[contact.source]}", Mark.POINT)
    named = and_join([other_contact.name for other_contact in services.store.referred_by(contact.id)])
    if named:
        yield Item(f"Named to you: {named}", Mark.POINT)


def _history(services: Services, contact: Contact, interview: Interview) -> Iterator[Item]:
    """Yield the attempts and the other meetings by time, then the promises still open."""
    events: list[tuple[datetime, Item]] = []
    for attempt in services.store.of_contact(Attempt, contact.id):
        words = f"{_stamp(services, attempt.at)}, {wording.attempt_words(attempt)}"
        events.append((attempt.at, Item(words, Mark.POINT, lines_in(attempt.note))))
    for meeting in services.store.of_contact(Interview, contact.id):
        if meeting.ended_at is not None and not meeting.practice and meeting.id != interview.id:
            words = f"{_stamp(services, meeting.began_at)}, interview {wording.MODE[meeting.mode]}"
            starred = tuple(_starred(services.answers.repeatable(meeting)))
            events.append((meeting.began_at, Item(words, Mark.POINT, starred)))
    yield from (item for _, item in sorted(events, key=lambda item: item[0]))
    for promise in services.store.of_contact(FollowUp, contact.id):
        if promise.kind is FollowUpKind.PROMISE and promise.done_at is None:
            whose = "They promised" if promise.waiting else "You promised"
            yield Item(f"{whose}: {promise.note}", Mark.POINT)


def _starred(interview: Interview) -> Iterator[str]:
    """Yield the starred answers, each after its question, and what was learned."""
    for question in interview.checklist:
        answer = " ".join(lines_in(interview.notes.get(question.id, "")))
        if question.starred and answer:
            yield f"{question.ask} {answer}"
    learned = " ".join(lines_in(interview.debrief.learned))
    if learned:
        yield f"Learned: {learned}"


def _research(contact: Contact, target: Target | None) -> Iterator[Item]:
    """Yield the lines that name their organization, or the first lines if there are none."""
    research = target.research if target else ""
    found = research_lines(contact.organization, research)
    if found or not research.strip():
        yield from (Item(line, Mark.POINT) for line in found)
        return
    lines = lines_in(research)
    yield from (Item(line, Mark.POINT) for line in lines[:RESEARCH_LINES])
    if len(lines) > RESEARCH_LINES:
        yield Item(f"{len(lines) - RESEARCH_LINES} more lines are on Target", Mark.POINT)


def _target(services: Services, contact: Contact) -> Iterator[Item]:
    """Yield at most three lines: the job spoken of with `contact`, why, and the user's background."""
    target, profile = services.store.target_for(contact), services.store.profile
    if target is not None:
        aim = " in ".join(filter(None, [target.role, target.industry]))
        yield from _line(", ".join(filter(None, [aim, target.place])))
        yield from _line(" ".join(lines_in(target.why)))
    if profile is not None and profile.background.strip():
        yield from _line(f"You: {profile.background}")


def _line(text: str) -> Iterator[Item]:
    if text.strip():
        yield Item(text, Mark.POINT)
