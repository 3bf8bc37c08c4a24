"""The one thing to do now, and how: the number and the first words of a call, a letter, a meeting.

What comes first is what the queue of the app has first, and how it is done what Enter opens there.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from warmcall.config.zones import zone_named
from warmcall.domain.message import Draft, Medium, MessageTemplate, Purpose
from warmcall.domain.message import draft as filled_draft
from warmcall.domain.person_keys import profile_link
from warmcall.domain.queue import DUE, QueueEntry
from warmcall.domain.records import Contact, Interview
from warmcall.domain.script import ScriptFor, Step
from warmcall.domain.templates import PLACEHOLDERS, fill
from warmcall.domain.vocabulary import FollowUpKind, QuestionState
from warmcall.formats.documents import lines_in
from warmcall.presentation import wording
from warmcall.presentation.briefing import (
    background_sections,
    briefing,
    readiness,
    time_estimate,
)
from warmcall.presentation.call import hour_caution, referrer_caution
from warmcall.presentation.countdown import minutes_left
from warmcall.presentation.json_shapes import (
    NextJson,
    ReplyJson,
    interview_json,
    person_json,
    queue_entry_json,
)
from warmcall.presentation.owed import owed_reason, plain_due_words
from warmcall.services.calling import only_written
from warmcall.services.services import Services

Way = Literal["call", "write", "meet", "do"]

LINES_OF_LETTER = 3
"""How many lines of a letter are enough to know which one it is."""

SECTIONS_OF_BRIEFING = 2
"""How many sections of the page to read before a meeting are shown: who they are, and how you met."""


class CallWords(NamedTuple):
    """A call: the number, the time there, what to be careful of, and the first step of the script."""

    number: str
    there: datetime | None
    cautions: tuple[str, ...]
    say: str
    step: Step | None


class Letter(NamedTuple):
    """A letter or a message: its template, if any, where it goes, and its text as drafted."""

    template: MessageTemplate | None
    address: str
    draft: Draft


class NextThing(NamedTuple):
    """What to do now, with whom, and how; `call`, `letter` and `meeting` belong to the way of that name."""

    entry: QueueEntry
    contact: Contact | None
    way: Way
    call: CallWords | None = None
    letter: Letter | None = None
    meeting: Interview | None = None


def next_thing(services: Services) -> NextThing | None:
    """Return what to do now: the interview that is going on, else the first thing due; None if nothing is."""
    entries = [entry for entry in services.queue.entries() if entry.section in DUE]
    running = services.store.running()
    going = (
        entry
        for entry in entries
        if running is not None
        and entry.follow_up.kind is FollowUpKind.INTERVIEW
        and entry.follow_up.interview_id == running.id
    )
    first = next(going, entries[0] if entries else None)
    return _how(services, first) if first is not None else None


def next_lines(services: Services, thing: NextThing, short_id: str) -> list[str]:
    """Return what to do now in lines; `short_id` is that of the follow-up."""
    owed, now, calendar = thing.entry.follow_up, services.time.now(), services.time.calendar
    work, reason = wording.work(thing.contact), owed_reason(services, owed)
    lines = [
        f"Now: {wording.what(owed, thing.contact)}{f', {work}' if work else ''}",
        f"Due: {plain_due_words(thing.entry, now, calendar)}",
        _labelled(
            "Why", "" if reason in (wording.FOLLOW_UP_KIND[owed.kind], wording.own_text(owed)) else reason
        ),
        *(_call_lines(services, thing.call) if thing.call else ()),
        *(_letter_lines(thing.letter) if thing.letter else ()),
        *(_meeting_lines(services, thing.meeting) if thing.meeting else ()),
        f"Then: {_then(services, thing, shlex.quote(short_id))}",
    ]
    return [line for line in lines if line]


def next_json(services: Services, thing: NextThing) -> NextJson:
    """Return what to do now for programs."""
    call, letter, contact = thing.call, thing.letter, thing.contact
    there = call.there if call else None
    return NextJson(
        way=thing.way,
        follow_up=queue_entry_json(services.store, services.time, thing.entry),
        person=person_json(services, contact) if contact else None,
        address=call.number if call else _bare_address(contact, letter) if contact and letter else "",
        their_time=f"{there:%H:%M}" if there else None,
        cautions=list(call.cautions) if call else [],
        say=call.say if call else "",
        replies=[ReplyJson(key=key, hear=reply.hear) for key, reply in call.step.replies.items()]
        if call and call.step
        else [],
        template=letter.template.id if letter and letter.template else None,
        subject=letter.draft.subject if letter else "",
        text=letter.draft.body if letter else "",
        gaps=list(letter.draft.gaps) if letter else [],
        interview=interview_json(services.store, services.time, thing.meeting) if thing.meeting else None,
    )


def _how(services: Services, entry: QueueEntry) -> NextThing:
    owed = entry.follow_up
    contact = services.store.contact(owed.contact_id)
    if contact is None:
        return NextThing(entry, None, "do")
    if owed.kind is FollowUpKind.INTERVIEW:
        meeting = services.store.get(Interview, owed.interview_id)
        return NextThing(entry, contact, "meet", meeting=meeting)
    if owed.kind is FollowUpKind.CALL:
        letter = _letter_for_call(services, contact, entry)
        if letter is not None:
            return NextThing(entry, contact, "write", letter=letter)
        return NextThing(entry, contact, "call", call=_call(services, contact, entry))
    waits_for_promise = owed.kind is FollowUpKind.PROMISE and owed.waiting
    if services.drafting.purpose(owed) is not None and not waits_for_promise:
        template = services.drafting.template(owed)
        return NextThing(
            entry,
            contact,
            "write",
            letter=Letter(template, _address(contact, template), services.drafting.draft(owed)),
        )
    return NextThing(entry, contact, "do")


def _call(services: Services, contact: Contact, entry: QueueEntry) -> CallWords:
    use = services.calling.script_uses(contact, entry.follow_up)[0]
    scripts = services.library.scripts_for(contact.kind, use)
    step = scripts[0].steps[scripts[0].start] if scripts else None
    zone = zone_named(contact.zone)
    there = services.time.now().astimezone(zone) if zone else None
    referrer = services.store.contact(contact.referrer_id)
    cautions = (hour_caution(there, services.library.cadence), referrer_caution(contact, referrer))
    values = services.drafting.values(contact, entry.follow_up)
    say = fill(step.say, values).text if step else ""
    return CallWords(contact.phone.strip(), there, tuple(filter(None, cautions)), say, step)


def _letter_for_call(services: Services, contact: Contact, entry: QueueEntry) -> Letter | None:
    """Return what to write where no call is possible, or where they asked to be written to."""
    calling, drafting, owed = services.calling, services.drafting, entry.follow_up
    instead = calling.letter_instead(contact, owed)
    if instead is not None:
        template = drafting.template(instead)
        return Letter(template, _address(contact, template), drafting.draft(instead))
    use = calling.script_uses(contact, owed)[0]
    promised = calling.template_promised(contact, services.library.scripts) if use is ScriptFor.ASK else None
    if promised is None and not (use in (ScriptFor.ASK, ScriptFor.MET) and only_written(contact)):
        return None
    asks = services.library.messages_for(Purpose.ASK)
    named = [template for template in asks if template.id == promised]
    medium = Medium.EMAIL if contact.email.strip() or promised is not None else Medium.MESSAGE
    fitting = [template for template in asks if template.channel is medium]
    chosen = next(iter((*named, *fitting, *asks)), None)
    if chosen is None:
        return None
    return Letter(chosen, _address(contact, chosen), filled_draft(chosen, drafting.ask_values(contact)))


def _bare_address(contact: Contact, letter: Letter) -> str:
    by_email = letter.template is None or letter.template.channel is Medium.EMAIL
    return contact.email if by_email else contact.phone or profile_link(contact.notes)


def _address(contact: Contact, template: MessageTemplate | None) -> str:
    return wording.message_address(contact, template.channel if template else Medium.EMAIL)


def _call_lines(services: Services, call: CallWords) -> Iterator[str]:
    mine = services.time.calendar.local(services.time.now())
    yield _labelled("Number", call.number or "no number yet")
    yield _labelled("Time", wording.local_times("", call.there, mine))
    for caution in call.cautions:
        yield _labelled("Careful", caution)
    yield _labelled("Say", " ".join(lines_in(call.say)))
    yield from _listed(
        "They may say", [reply.hear for reply in call.step.replies.values()] if call.step else []
    )


def _letter_lines(letter: Letter) -> Iterator[str]:
    yield _labelled("Draft", letter.template.title if letter.template else "")
    yield _labelled("Send", letter.address)
    yield _labelled("Subject", letter.draft.subject)
    lines = lines_in(letter.draft.body)
    more = " …" if len(lines) > LINES_OF_LETTER else ""
    yield _labelled("Begins", f"{' '.join(lines[:LINES_OF_LETTER])}{more}")
    gaps = dict.fromkeys(PLACEHOLDERS.get(gap, gap) for gap in letter.draft.gaps)
    yield _labelled("Missing", ", ".join(gaps))


def _meeting_lines(services: Services, meeting: Interview) -> Iterator[str]:
    if meeting.countdown.going:
        clock = "Paused" if meeting.countdown.paused else "Running"
        yield _labelled(clock, minutes_left(*services.time.anchored(meeting.countdown)))
        still_open = [one.ask for one in meeting.checklist if one.state is QuestionState.OPEN]
        yield from _listed("Still to ask", still_open)
        return
    head = briefing(services, meeting).lines
    work = wording.work(services.store.contact(meeting.contact_id))
    yield _labelled("When", " · ".join(line for line in head if line != work))
    for section in background_sections(services, meeting)[:SECTIONS_OF_BRIEFING]:
        yield from _listed(section.title, [item.text for item in section.items])
    ready = readiness(services, meeting)
    missing = [item.item.text for item in ready if not item.ticked]
    yield from _listed(f"Not ready yet, {len(missing)} of {len(ready)}", missing)
    yield from _listed(time_estimate(services, meeting), [question.ask for question in meeting.checklist])


def _then(services: Services, thing: NextThing, short_id: str) -> str:
    match thing.way:
        case "call":
            return f"warmcall log {shlex.quote(_person_id(services, thing))} OUTCOME says how it ended"
        case "write":
            return f"warmcall draft {short_id} prints all of it, warmcall sent {short_id} says it is sent"
        case "meet" if thing.meeting is not None and thing.meeting.countdown.going:
            return "warmcall interview note WORDS takes down what they say, warmcall interview end ends it"
        case "meet":
            return (
                "warmcall interview start begins it, warmcall export md --interview prints the page to read"
            )
        case "do":
            return f"warmcall done {short_id} says it is done"


def _person_id(services: Services, thing: NextThing) -> str:
    from warmcall.domain.id_prefixes import short_ids

    short = short_ids(contact.id for contact in services.store.all(Contact))
    return short.get(thing.entry.follow_up.contact_id, "WHO")


def _labelled(label: str, text: str) -> str:
    return f"{label}: {text}" if text.strip() else ""


def _listed(label: str, texts: Sequence[str]) -> list[str]:
    """Return texts in lines of their own under a label; nothing without any."""
    return [f"{label}:", *(f"  {text}" for text in texts)] if texts else []
