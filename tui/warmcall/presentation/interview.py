"""What the panes of an interview say, during it and after. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from warmcall.domain.countdown import CountdownState
from warmcall.domain.records import ChecklistQuestion, Contact, Debrief, FollowUp, Interview
from warmcall.domain.sanitize import one_line
from warmcall.domain.templates import has_gap
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import FollowUpKind, QuestionState
from warmcall.presentation import countdown, wording
from warmcall.presentation.captures import capture_cells
from warmcall.presentation.person import answers_given, is_in_people
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart

NO_PACE = {
    CountdownState.PAUSED: "paused: {during.pause} resumes",
    CountdownState.TIME_UP: "time is up: {during.end} ends it",
}
"""What is shown in place of the pace in the states that have none; {id} stands for a key."""

_MARK = {QuestionState.OPEN: " ", QuestionState.ASKED: "✓", QuestionState.SKIPPED: "–"}

KeyOf = Callable[[str], str]
"""Gives the key of a binding's id, as the user has it."""


def question_cells(question: ChecklistQuestion) -> tuple[str, str]:
    """Return the marks of a question and its words."""
    return _MARK[question.state] + ("★" if question.starred else " "), question.ask


def close_heading(close_minutes: int) -> str:
    """Return what stands above the questions of the close."""
    return f"The close · last {close_minutes} min"


def question_style(question: ChecklistQuestion) -> str:
    """Return the style of a question's row: dim once asked or skipped, marked while it has a gap."""
    if question.state is not QuestionState.OPEN:
        return "dim"
    return "late" if has_gap(question.ask) else ""


def quit_while_running(name: str, key: str) -> str:
    """Return what is said at the first try to quit while the interview with `name` runs."""
    return one_line(f"The interview with {name} is running, and its clock goes on: {key} again quits")


def others_answers(services: Services, interview: Interview, question: ChecklistQuestion) -> list[RichPart]:
    """Return what others said to a question, in any words: the starred answers first, then the newest.

    What is not to be repeated is left out: whoever is asked now may see the screen.
    """
    found = services.answers.said_by_others(question.id, interview.contact_id)
    parts: list[RichPart] = [("What others said to this\n", "bold")]
    for place, answer in enumerate(found):
        contact = services.store.require(Contact, answer.contact_id)
        who = " · ".join(filter(None, (one_line(contact.name), one_line(contact.organization))))
        head = f"{'★ ' if answer.starred else ''}{who}\n"
        parts += [*(["\n"] if place else []), (head, "$muted"), f"{answer.words}\n"]
    return parts if found else [*parts, ("Nobody has been asked this yet.\n", "$muted")]


def captured_page(services: Services, interview: Interview, key: KeyOf) -> list[RichPart]:
    """Return what is captured so far, a line each, the newest first, or the keys that capture."""
    now, calendar = services.time.now(), services.time.calendar
    cells = [capture_cells(capture, now, calendar) for capture in reversed(interview.captured)]
    parts: list[RichPart] = [("Captured\n", "bold")]
    parts += [part for kind, what in cells for part in ((f"{kind:<9}", "$muted"), f"{what}\n")]
    if cells:
        return [*parts, _key(key, "capture.list"), ("  changes it", "$muted")]
    return [
        *parts, _key(key, "capture.referral"), ("  whom they named   ", "$muted"),
        _key(key, "capture.promise"), ("  what was promised", "$muted"),
    ]  # fmt: skip


def debrief_head(services: Services, interview: Interview, key: KeyOf) -> list[RichPart]:
    """Return how the meeting went, and the keys for the thank-you, the next interview and the debrief."""
    now, calendar = services.time.now(), services.time.calendar
    parts: list[RichPart] = [f"{wording.meeting_line(interview, now, calendar)}\n"]
    thank_you = next(iter(_owed(services, interview, FollowUpKind.THANK_YOU)), None)
    if thank_you is not None and thank_you.done_at is not None:
        parts.append("The thank-you is sent.\n")
    elif thank_you is not None:
        due = wording.due(thank_you, now, calendar)
        parts += [_key(key, "after.thank"), f"  writes the thank-you, due {due}\n"]
    planned = services.calling.planned_meeting(interview.contact_id)
    if planned is None:
        parts += [_key(key, "after.meeting"), "  sets the next interview with them\n"]
    else:
        parts.append(f"The next interview is {wording.moment(planned.at, now, calendar)}.\n")
    fresh = interview.debrief == Debrief()
    offer = "  while it is fresh: what did you learn?" if fresh else "  continues it"
    return [*parts, ("Debrief", "bold"), "  ", _key(key, "after.debrief"), offer]


def what_came_of_it(services: Services, interview: Interview, key: KeyOf) -> list[RichPart]:
    """Return what the debrief leads to, whom they named and what was promised."""
    named = [contact.name for id_ in interview.named if (contact := services.store.contact(id_))]
    promises = [
        f"{promise.note} ({'theirs' if promise.waiting else 'mine'}, "
        f"{'kept' if promise.done_at else 'open'})\n"
        for promise in _owed(services, interview, FollowUpKind.PROMISE)
    ]
    no_promise: list[RichPart] = [_key(key, "capture.promise"), "  notes what one of you promised\n"]
    blocks: list[list[RichPart]] = [
        _next_steps(services, interview, key),
        [("They named\n", "bold"), ", ".join(named), "\n"] if named else [],
        [("Promises\n", "bold"), *(promises or no_promise)],
    ]
    parts: list[RichPart] = []
    for block in filter(None, blocks):
        parts += [*(["\n"] if parts else []), *block]
    return parts


def what_they_said(services: Services, interview: Interview) -> list[RichPart]:
    """Return the answers under a heading; nothing if there are none."""
    notes = answers_given(interview, services.answers.kept_back(interview))
    return [("What they said\n", "bold"), *notes] if notes else []


def resume_question(services: Services, interview: Interview) -> list[RichPart]:
    """Return the question whether to resume a running interview: with whom, and with how much time left."""
    close = services.library.cadence.close_of(interview.countdown.minutes)
    left = countdown.time_left(*services.time.anchored(interview.countdown), close)
    parts: list[RichPart] = [f"Resume with {_who(services, interview)}, {left}?"]
    if services.interview_lock.held_elsewhere(interview):
        held = wording.held_elsewhere(interview.held_since, services.time.now(), services.time.calendar)
        parts.append((f"\n\nIt is {held}: resuming takes it over.", "$muted"))
    return parts


def running_question(services: Services, interview: Interview, other: str) -> list[RichPart]:
    """Return the question what becomes of a running interview while the user talks with `other`."""
    close = services.library.cadence.close_of(interview.countdown.minutes)
    left = countdown.time_left(*services.time.anchored(interview.countdown), close)
    words = f"The interview with {_who(services, interview)} is running, {left}."
    parts: list[RichPart] = [f"{words}\nIt can end, or wait, while you talk with {one_line(other)}."]
    if services.interview_lock.held_elsewhere(interview):
        held = wording.held_elsewhere(interview.held_since, services.time.now(), services.time.calendar)
        parts.append((f"\n\nIt is {held}.", "$muted"))
    return parts


def never_ended_question(services: Services, interview: Interview) -> list[RichPart]:
    """Return the question whether to end an interview as of the last typed into it, and what is due then."""
    now, calendar = services.time.now(), services.time.calendar
    end = services.unfinished_interviews.presumed_end(interview)
    last, then = wording.last_activity(interview, now, calendar), wording.moment(end, now, calendar)
    due = end + timedelta(hours=services.library.cadence.thank_you_hours)
    due_words = wording.moment(due, now, calendar)
    thanks = f"is due {due_words}" if due > now else f"was due {due_words}: late is better than never"
    return [
        f"The interview with {_who(services, interview)} was never ended: {last}.\n"
        f"End it as of {then}? The thank-you {thanks}."
    ]


def missed_question(services: Services, interview: Interview) -> list[RichPart]:
    """Return what is said of a meeting that was not started when its hour came."""
    when = wording.moment(interview.at, services.time.now(), services.time.calendar)
    who = _who(services, interview)
    return [f"The interview with {who} was planned for {when}, and the clock was never started."]


def next_names(words: str) -> list[str]:
    """Return the names in what the debrief says about whom to talk to next; the first may be any words.

    Further people are known by the capitals their names have.
    """
    first, *rest = (
        re.split(r"[,(:]", part, maxsplit=1)[0].strip() for part in re.split(r"[;\n]| and ", words)
    )
    return [name for name in (first, *(name for name in rest if name[:1].isupper())) if name]


def who_next(services: Services, interview: Interview) -> tuple[str, Contact | None]:
    """Return the first name in the debrief of somebody not named in the talk, and who in People that is.

    The name is empty if there is none; a first name alone is that of somebody named in the talk.
    """
    named = [contact for id_ in interview.named if (contact := services.store.contact(id_))]
    first_names = {folded(wording.short_name(contact)) for contact in named}
    for name in next_names(interview.debrief.next):
        known = services.address_book.people_called(name)
        if folded(name) not in first_names and not any(contact.id in interview.named for contact in known):
            return name, next((contact for contact in known if contact.id != interview.contact_id), None)
    return "", None


def _next_steps(services: Services, interview: Interview, key: KeyOf) -> list[RichPart]:
    """Return the keys that do what the debrief says is to be done."""
    debrief = interview.debrief
    parts: list[RichPart] = []
    if debrief.changes.strip():
        parts += [_key(key, "app.target"), "  opens the target: change it while you know why\n"]
    name, known = who_next(services, interview)
    if known is not None:
        parts += [_key(key, "after.add"), f"  notes that they named {is_in_people(services, known)}\n"]
    elif name:
        by = _who(services, interview)
        parts += [_key(key, "after.add"), f"  adds {one_line(name)} to People, named by {by}\n"]
    return parts


def _who(services: Services, interview: Interview) -> str:
    contact = services.store.contact(interview.contact_id)
    return one_line(contact.name) if contact else "a deleted contact"


def _owed(services: Services, interview: Interview, kind: FollowUpKind) -> list[FollowUp]:
    """Return the follow-ups of that kind that an interview brought about, those done included."""
    return [
        follow_up
        for follow_up in services.store.of_contact(FollowUp, interview.contact_id)
        if follow_up.kind is kind and follow_up.interview_id == interview.id
    ]


def _key(key: KeyOf, id_: str) -> RichPart:
    return key(id_), "bold $primary"
