"""What some outcomes ask for before they are recorded: when, or whom; and what follows, in words."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from tui.domain.records import Contact
from tui.domain.vocabulary import Mode, Outcome
from tui.screens.forms import FormDialog, Values
from tui.screens.speaking import Speaking
from tui.screens.time_forms import (
    WHEN_HINT,
    WhenFormDialog,
    meeting_form,
    meeting_time,
    understood,
    when_problem,
)
from tui.services.calling import CallEnd, Ending
from tui.services.dates_in_words import Understood
from tui.services.desk import Desk
from tui.widgets import wording
from tui.widgets.form import Field

ASKS = {
    Outcome.SCHEDULED: "asks when: the meeting, and to confirm it",
    Outcome.CALL_BACK: "asks when: a call at that time",
    Outcome.REFERRED: "asks for the name: a call to them",
}
"""The outcomes that need a time or a person, and what is said of them before it is known."""

Planned = Callable[[CallEnd], Ending]
"""What tells what an end would do."""


def push_rest(
    over: Speaking,
    desk: Desk,
    contact: Contact,
    end: CallEnd,
    plan: Planned,
    done: Callable[[CallEnd], object],
) -> None:
    """Ask over a screen for what the outcome of `end`, one of ASKS, needs; give `done` the end with it.

    `done` is not called if the form is left.
    """

    def follows(when: Understood) -> str:
        told = msgspec.structs.replace(end, at=when.at, timed=when.timed)
        return in_queue(desk, plan(told), end.outcome)

    def take(values: Values | None) -> None:
        if values:
            done(msgspec.structs.replace(end, **_told(desk, contact, end.outcome, values)))

    form: FormDialog
    match end.outcome:
        case Outcome.SCHEDULED:
            form = meeting_form(desk, contact, follows=follows)
        case Outcome.CALL_BACK:
            form = _call_back_form(desk, contact)
            form.follows = follows
        case _:
            form = _referral_form(desk, contact)
    over.app.push_screen(form, take)


def _told(desk: Desk, contact: Contact, outcome: Outcome, values: Values) -> dict[str, object]:
    """Return the fields of a CallEnd that the form of `outcome` tells."""
    if outcome is Outcome.REFERRED:
        return {"person": values["name"].strip(), "person_phone": values["phone"].strip()}
    if outcome is Outcome.CALL_BACK:
        when = understood(desk, values["when"])
        return {"at": when.at, "timed": when.timed}
    return {
        "at": meeting_time(desk, contact, values),
        "mode": Mode(values["mode"]),
        "place": values["place"].strip(),
    }


def _call_back_form(desk: Desk, contact: Contact) -> WhenFormDialog:
    def check(values: Values) -> dict[str, str]:
        wrong = when_problem(desk, values["when"])
        return {"when": wrong} if wrong else {}

    return WhenFormDialog(desk, f"Call {contact.name} back", (Field("when", "When", WHEN_HINT),), {}, check)


def _referral_form(desk: Desk, contact: Contact) -> FormDialog:
    fields = (Field("name", "Name"), Field("phone", "Phone", "if they gave it"))
    title = f"Whom did {wording.greeting(contact)} name?"
    return FormDialog(desk, title, fields, {}, desk.address_book.problems)


def in_queue(desk: Desk, ending: Ending, outcome: Outcome) -> str:
    """Return what an ending puts into the queue, in words."""
    if outcome is Outcome.TALK_NOW:
        minutes = ending.interview.countdown.minutes if ending.interview else 0
        return f"the interview opens, {minutes} minutes on the clock"
    if outcome is Outcome.DECLINED:
        return "nothing more: they are left in peace"
    if ending.hold:
        return f"held, not lost: {ending.hold}"
    return owed_words(desk, ending)


def owed_words(desk: Desk, ending: Ending) -> str:
    """Return the follow-ups of an ending in words: "call tomorrow, try 2 of 5"."""
    now, calendar = desk.time.now(), desk.time.calendar
    if ending.referred is not None and ending.owed:
        return f"call {ending.referred.name} {wording.due(ending.owed[0], now, calendar)}"
    words = [
        f"{one.note or wording.FOLLOW_UP_KIND[one.kind]} {wording.due(one, now, calendar)}"
        + (f", {one.why.partition(',')[0]}" if one.why.startswith("try") else "")
        for one in ending.owed
    ]
    return "; ".join(words)
