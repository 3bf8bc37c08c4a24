"""What some outcomes ask for before they are recorded: when, or whom; and what follows, in words."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from warmcall.domain.records import Contact
from warmcall.domain.vocabulary import Mode, Outcome
from warmcall.presentation import wording
from warmcall.screens.base import View
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.when_form import (
    WHEN_HINT,
    WhenFormDialog,
    meeting_form,
    meeting_time,
    understood,
    when_problem,
)
from warmcall.services.calling import CallPlan, CallResult
from warmcall.services.natural_dates import ParsedDate
from warmcall.services.services import Services
from warmcall.widgets.form import Field

ASKS = {
    Outcome.SCHEDULED: "asks when: the meeting, and to confirm it",
    Outcome.CALL_BACK: "asks when: a call at that time",
    Outcome.REFERRED: "asks for the name: a call to them",
}
"""The outcomes that need a time or a person, and what is said of them before it is known."""

Planned = Callable[[CallResult], CallPlan]
"""What tells what an end would do."""


def push_rest(
    over: View,
    services: Services,
    contact: Contact,
    end: CallResult,
    plan: Planned,
    done: Callable[[CallResult], object],
) -> None:
    """Ask over a screen for what the outcome of `end`, one of ASKS, needs; give `done` the end with it.

    `done` is not called if the form is left.
    """

    def follows(when: ParsedDate) -> str:
        told = msgspec.structs.replace(end, at=when.at, timed=when.timed)
        return in_queue(services, plan(told), end.outcome)

    def take(values: Values | None) -> None:
        if values:
            done(msgspec.structs.replace(end, **_told(services, contact, end.outcome, values)))

    form: FormDialog
    match end.outcome:
        case Outcome.SCHEDULED:
            form = meeting_form(services, contact, follows=follows)
        case Outcome.CALL_BACK:
            form = _call_back_form(services, contact)
            form.follows = follows
        case _:
            form = _referral_form(services, contact)
    over.app.push_screen(form, take)


def _told(services: Services, contact: Contact, outcome: Outcome, values: Values) -> dict[str, object]:
    """Return the fields of a CallResult that the form of `outcome` tells."""
    if outcome is Outcome.REFERRED:
        return {"person": values["name"].strip(), "person_phone": values["phone"].strip()}
    if outcome is Outcome.CALL_BACK:
        when = understood(services, values["when"])
        return {"at": when.at, "timed": when.timed}
    return {
        "at": meeting_time(services, contact, values),
        "mode": Mode(values["mode"]),
        "place": values["place"].strip(),
    }


def _call_back_form(services: Services, contact: Contact) -> WhenFormDialog:
    def check(values: Values) -> dict[str, str]:
        wrong = when_problem(services, values["when"])
        return {"when": wrong} if wrong else {}

    return WhenFormDialog(
        services, f"Call {contact.name} back", (Field("when", "When", WHEN_HINT),), {}, check
    )


def _referral_form(services: Services, contact: Contact) -> FormDialog:
    fields = (Field("name", "Name"), Field("phone", "Phone", "if they gave it"))
    title = f"Whom did {wording.short_name(contact)} name?"
    return FormDialog(services, title, fields, {}, services.address_book.problems)


def in_queue(services: Services, ending: CallPlan, outcome: Outcome) -> str:
    """Return what an ending puts into the queue, in words."""
    if outcome is Outcome.TALK_NOW:
        minutes = ending.interview.countdown.minutes if ending.interview else 0
        return f"the interview opens, {minutes} minutes on the clock"
    if outcome is Outcome.DECLINED:
        return "nothing more: they are left in peace"
    if ending.hold:
        return f"held, not lost: {ending.hold}"
    return owed_words(services, ending)


def owed_words(services: Services, ending: CallPlan) -> str:
    """Return the follow-ups of an ending in words: "call tomorrow, try 2 of 5"."""
    now, calendar = services.time.now(), services.time.calendar
    if ending.referred is not None and ending.owed:
        return f"call {ending.referred.name} {wording.due(ending.owed[0], now, calendar)}"
    words = [
        f"{follow_up.note or wording.FOLLOW_UP_KIND[follow_up.kind]} {wording.due(follow_up, now, calendar)}"
        + (f", {follow_up.why.partition(',')[0]}" if follow_up.why.startswith("try") else "")
        for follow_up in ending.owed
    ]
    return "; ".join(words)
