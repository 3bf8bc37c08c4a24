"""The last minutes of an interview in words: what to say, whom to ask for, what to say back. Pure functions.

They are in the order in which they are said, since it is cut at the end where there is no room for all.
"""

from __future__ import annotations

from textwrap import shorten

from warmcall.domain.proposals import met_by_kind
from warmcall.domain.records import Contact, Interview
from warmcall.domain.sanitize import one_line
from warmcall.domain.templates import greeting_name
from warmcall.domain.vocabulary import CaptureKind, ContactKind, Permission, QuestionState, Stage
from warmcall.presentation import countdown as countdown_words
from warmcall.presentation.captures import capture_summary
from warmcall.presentation.interview import KeyOf
from warmcall.services.services import Services
from warmcall.widgets.rich_text import RichPart

SAID_LETTERS = 150
"""Where what they said is cut: enough to know it again, and to say it back."""

SAID_SHOWN = 3
"""How many of the starred answers are shown, the last first: more cannot be said back."""

LEFT_SHOWN = 2
"""How many of the questions not asked are named: it is too late for them."""

_CAPTURED = {
    CaptureKind.PROMISE: ("capture.promise", "Promised: ", "nothing yet"),
    CaptureKind.REFERRAL: ("capture.referral", "Named: ", "nobody yet"),
}
"""The key that captures, the label, and what is said while there is nothing."""

_WHO = {ContactKind.PRACTITIONER: "who does the job", ContactKind.HIRING_MANAGER: "who hires"}


def closing_page(
    services: Services,
    interview: Interview,
    contact: Contact,
    current: str,
    key: KeyOf,
    roomy: bool = False,
) -> list[RichPart]:
    """Return what the close needs while the meeting is at the question `current`; `key` is that of an id.

    Where it is `roomy`, a blank line stands between each two things.
    """
    cadence = services.library.cadence
    countdown, now = services.time.anchored(interview.countdown)
    close = cadence.close_of(countdown.minutes)
    over = countdown_words.urgency(countdown, now, close) == "$error"
    line = line_to_say(interview, current)
    blocks: list[list[RichPart]] = [
        [(countdown_words.advice(countdown, now, close, cadence.extension_minutes), "bold $error")]
        if over or not line
        else [],
        [("Say  ", "$muted"), (f"“{line}”", "bold")] if line else [],
        [ask_for(services, contact)],
        [known_there(services, contact)],
        _said(services.answers.repeatable(interview)),
        [
            *_captured(services, interview, key, CaptureKind.PROMISE),
            "\n",
            *_captured(services, interview, key, CaptureKind.REFERRAL),
        ],
        [tell_referrer(services, contact)],
        _not_asked(interview, current),
    ]
    between, parts = "\n\n" if roomy else "\n", list[RichPart]()
    for block in blocks:
        if any(block):
            parts += [*([between] if parts else []), *block]
    return parts


def line_to_say(interview: Interview, current: str) -> str:
    """Return the question of the close it is at, else the first that is open; empty if there is none."""
    lines = [question for question in interview.checklist if question.in_close]
    here = [question for question in lines if question.id == current]
    still_open = [question for question in lines if question.state is QuestionState.OPEN]
    return next((one_line(question.ask) for question in [*here, *still_open]), "")


def ask_for(services: Services, contact: Contact) -> str:
    """Return which kind of people to ask for, by those met so far and `contact`; empty if both are even."""
    met = {kind: {*people} for kind, people in met_by_kind(services.store).items()}
    met[contact.kind].add(contact.id)
    doers, managers = len(met[ContactKind.PRACTITIONER]), len(met[ContactKind.HIRING_MANAGER])
    if doers == managers:
        return ""
    wanted = ContactKind.HIRING_MANAGER if managers < doers else ContactKind.PRACTITIONER
    counts = f"{_people(doers, 'do it', 'does it')} and {_people(managers, 'hire', 'hires')}"
    return f"Ask for one {_WHO[wanted]}: you have met {counts}."


def known_there(services: Services, contact: Contact) -> str:
    """Return whom of those not met yet `contact` may know, as they work at the same place."""
    names = [
        one_line(other.name)
        for other in services.address_book.at_same_organization(contact)
        if services.address_book.stage(other.id) in (Stage.NEW, Stage.ASKED)
    ]
    first = greeting_name(contact)
    return f"At {one_line(contact.organization)} {first} may know {', '.join(names)}." if names else ""


def tell_referrer(services: Services, contact: Contact) -> str:
    """Return what to say about whoever named them; empty if nobody did, or they are not to be named."""
    referrer = services.store.contact(contact.referrer_id)
    if referrer is None or contact.may_use_name in (Permission.NO, Permission.ASK_LATER):
        return ""
    return f"{one_line(referrer.name)} named them. Say “I'll tell {greeting_name(referrer)} we spoke.”"


def _people(count: int, many: str, one: str) -> str:
    if count == 1:
        return f"1 who {one}"
    return f"{count or 'nobody'} who {many if count else one}"


def _said(interview: Interview) -> list[RichPart]:
    starred = [
        one_line(note)
        for question in interview.checklist
        if question.starred and (note := interview.notes.get(question.id, "").strip())
    ]
    parts: list[RichPart] = [("They have said, to say back", "$muted")]
    for note in reversed(starred[-SAID_SHOWN:]):
        parts += [("\n★ ", "$warning"), shorten(note, SAID_LETTERS, placeholder="…")]
    return parts if starred else []


def _captured(services: Services, interview: Interview, key: KeyOf, kind: CaptureKind) -> list[RichPart]:
    now, calendar = services.time.now(), services.time.calendar
    words = [
        capture_summary(capture, now, calendar) for capture in interview.captured if capture.kind is kind
    ]
    id_, label, none = _CAPTURED[kind]
    return [(f"{key(id_)}  ", "bold $primary"), (label, "$muted"), "; ".join(words) or (none, "$muted")]


def _not_asked(interview: Interview, current: str) -> list[RichPart]:
    """Return the questions that were left out; neither the `current` one nor one that has notes is."""
    left = [
        one_line(question.ask)
        for question in interview.checklist
        if question.state is QuestionState.OPEN
        and not question.in_close
        and question.id != current
        and not interview.notes.get(question.id, "").strip()
    ]
    more = [f"{len(left) - LEFT_SHOWN} more"] if len(left) > LEFT_SHOWN else []
    words = " · ".join([*left[:LEFT_SHOWN], *more])
    return [(f"Not asked, drop without regret: {words}", "$muted")] if left else []
