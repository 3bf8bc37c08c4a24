"""What some outcomes ask for before they are recorded: when to meet or to call, or whom they named."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec

from warmcall.domain.records import Contact
from warmcall.domain.vocabulary import Mode, Outcome
from warmcall.domain.when import When
from warmcall.presentation import wording
from warmcall.presentation.call import outcome_effect
from warmcall.screens.base import View
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.people.same_person import settle_who
from warmcall.screens.when_form import (
    WHEN_HINT,
    WhenFormDialog,
    meeting_form,
    meeting_time,
    parse_when,
    when_problems,
)
from warmcall.services.address_book import SAME_AS
from warmcall.services.calling import CallPlan, CallResult
from warmcall.services.services import Services
from warmcall.widgets.form import Field

DETAILS_ASKED = {
    Outcome.SCHEDULED: "asks when you meet, plans to confirm it",
    Outcome.CALL_BACK: "asks when to call",
    Outcome.REFERRED: "asks for their name, and plans a call",
}
"""The outcomes that need a time or a name, and what is shown to follow as long as that is not known."""

PlanFor = Callable[[CallResult], CallPlan]
"""Returns what recording a result would do; nothing is changed."""


def ask_for_details(
    screen: View,
    services: Services,
    contact: Contact,
    result: CallResult,
    plan_for: PlanFor,
    record: Callable[[CallResult], object],
) -> None:
    """Ask over `screen` for what the outcome of `result`, one of DETAILS_ASKED, needs.

    `record` is called with the completed result, or not at all if the form is left.
    """

    def effect(when: When) -> str:
        if result.outcome is Outcome.SCHEDULED and when.instant is None:
            return ""  # a meeting needs an hour, which the form asks for
        return outcome_effect(services, plan_for(msgspec.structs.replace(result, at=when)), result.outcome)

    def complete(values: Values | None) -> None:
        if values:
            record(msgspec.structs.replace(result, **_details(services, contact, result.outcome, values)))

    form: FormDialog
    match result.outcome:
        case Outcome.SCHEDULED:
            form = meeting_form(services, contact, effect=effect)
        case Outcome.CALL_BACK:
            fields = (Field("when", "When", WHEN_HINT),)
            check = partial(when_problems, services)
            form = WhenFormDialog(services, f"Call {contact.name} back", fields, {}, check, effect=effect)
        case _:
            form = _referral_form(services, contact)
    screen.app.push_screen(form, complete)


def _details(services: Services, contact: Contact, outcome: Outcome, values: Values) -> dict[str, object]:
    """Return the fields of a CallResult that the values of the form for `outcome` give."""
    if outcome is Outcome.REFERRED:
        same_as = values.get(SAME_AS, "")
        return {
            "person": values["name"].strip(),
            "person_phone": values["phone"].strip(),
            "person_same_as": same_as,
        }
    if outcome is Outcome.CALL_BACK:
        return {"at": parse_when(services, values["when"])}
    return {
        "at": When(meeting_time(services, contact, values)),
        "mode": Mode(values["mode"]),
        "place": values["place"].strip(),
    }


def _referral_form(services: Services, contact: Contact) -> FormDialog:
    fields = (Field("name", "Name"), Field("phone", "Phone", "if they gave it"))
    title = f"Whom did {wording.short_name(contact)} name?"
    settle = settle_who(services, exclude=contact.id)
    return FormDialog(services, title, fields, {}, services.address_book.problems, settle=settle)
