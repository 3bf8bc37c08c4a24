"""A walk through every screen and dialog that shows a person, in legs that begin in an app of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.vocabulary import Channel, FollowUpKind, Mode, Source
from warmcall.screens.people.person_page import PersonPage
from warmcall.widgets.rows import Rows

from tests.conftest import Bench
from tests.examples import local, when
from tests.screens.driving import Driver

NAMED = (
    "queue", "your week", "people", "page", "sources", "attempts", "call", "practice", "before",
    "page to read", "during", "after", "outcome s", "thank-you", "deleted",
)  # fmt: skip
"""Stops at which the person's name is on the screen."""

Leg = Callable[[Driver, Contact], AsyncIterator[str]]
"""A part of the walk: yields the name of each stop while the app stands there."""


def with_person(bench: Bench, name: str) -> Contact:
    """Put a person of that name everywhere a name can stand, with everything owed to them."""
    bench.services.profile_editing.save(
        {"name": name, "phone": "+1 312 555 0118", "role": name, "research": name, "background": name}
    )
    fields = {"name": name, "organization": name, "title": name, "notes": name, "phone": name, "zone": name}
    person = bench.services.address_book.add(fields)
    bench.services.address_book.add({"name": "Ana Ruiz", "referrer_id": person.id})
    bench.services.pending_attempts.note(person.id, name, Channel.PHONE)
    for kind in FollowUpKind:
        if kind is not FollowUpKind.INTERVIEW:
            bench.services.following_up.add(person.id, kind, when("2026-11-24"), name)
    meeting = bench.services.interviewing.arrange(person.id, local("2026-11-23 14:00"), Mode.VIDEO, name)
    assert meeting is not None
    question = bench.services.checklists.own_question(name)
    bench.services.checklists.add_questions(meeting.id, [question], "came-to-it")
    bench.services.interview_notes.write(meeting.id, "came-to-it", name)
    return person


async def people(at: Driver, person: Contact) -> None:
    """Go to People, the cursor on that person."""
    await at.press("2")
    if at.shows(PersonPage):
        await at.press("q")
    at.one(Rows, "people").go(person.id)
    await at.settle()


async def _queue(at: Driver, person: Contact) -> AsyncIterator[str]:
    yield "queue"
    await at.press("R")
    yield "your week"
    await at.press("q")
    for kind in FollowUpKind:
        owed = [follow_up for follow_up in at.store.of_contact(FollowUp, person.id) if follow_up.kind is kind]
        if kind not in (FollowUpKind.CALL, FollowUpKind.INTERVIEW) and owed:
            at.one(Rows, "queue").go(owed[0].id)
            await at.press("enter")
            yield f"enter on {kind}"
            await at.press("escape", "1")
    for key, stop in (("z", "snooze"), ("e", "edit"), ("f", "follow-up"), ("?", "help"), (":", "palette")):
        await at.press(key)
        await at.app.workers.wait_for_complete()
        await at.settle()
        yield stop
        await at.press("escape")


async def _people(at: Driver, person: Contact) -> AsyncIterator[str]:
    await people(at, person)
    yield "people"
    await at.press("/")
    await at.type("line2")
    yield "filtered"
    await at.press("escape")
    await people(at, person)
    await at.press("e")
    yield "contact form"
    await at.press("escape", "a")
    await at.press("escape", "enter")
    yield "page"
    await at.press("l")
    yield "attempt form"
    await at.press("escape", "h")
    yield "attempts"
    await at.press("e")
    yield "attempt edited"
    await at.press("escape", "escape", "6")
    yield "target"
    await at.press("e")
    yield "profile form"
    await at.press("escape", "n")
    yield "read in the news"
    await at.press("escape", "o")
    at.one(Rows, "sources").go(person.source)
    await at.press("space")
    yield "sources"
    at.one(Rows, "sources").go(Source.PLACEMENT_OFFICE)
    await at.press("W")
    yield "a letter for names"
    await at.press("escape", "q")
    await people(at, person)
    await at.press("d")
    yield "deleted"


async def _call(at: Driver, person: Contact) -> AsyncIterator[str]:
    await people(at, person)
    await at.press("c")
    yield "call"
    await at.press("P")
    yield "practice"
    await at.press("enter", "l", "s")
    yield "practised"
    await at.press("escape")
    for stop in ("voicemail", "email", "message"):
        await at.press("tab")
        yield stop
    await at.press("n")
    yield "note"
    await at.press("escape", "o")
    yield "outcome"
    for key in "sbf":
        await at.press(key)
        yield f"outcome {key}"
        await at.press("escape")


async def _meeting(at: Driver, person: Contact) -> AsyncIterator[str]:
    await people(at, person)
    await at.press("i")
    yield "before"
    await at.press("b")
    yield "page to read"
    await at.press("escape", "m")
    yield "meeting"
    await at.press("escape", "s")
    yield "during"
    await at.press("j")
    yield "second question"


async def _captures_and_debrief(at: Driver, person: Contact) -> AsyncIterator[str]:
    await people(at, person)
    await at.press("i", "s", "j", "r")
    yield "referral"
    await at.type(person.organization)
    await at.press("ctrl+s")
    yield "captured"
    await at.press("C")
    yield "captures"
    await at.press("enter")
    yield "capture to edit"
    await at.press("escape", "escape", "p")
    yield "promise"
    await at.press("escape", "v")
    yield "resume"
    await at.press("escape", "o")
    yield "on file"
    await at.press("escape", "x")
    yield "after"
    await at.press("e")
    await at.type(person.organization)
    await at.press("escape")
    yield "debriefed"
    await at.press("t")
    yield "thank-you"


LEGS: dict[str, Leg] = {
    "queue": _queue,
    "people and target": _people,
    "call": _call,
    "meeting": _meeting,
    "captures and debrief": _captures_and_debrief,
}
