"""The short forms in which something is taken down while the talk goes on."""

from __future__ import annotations

from collections.abc import Callable

from warmcall.domain.cadence import MONTHS
from warmcall.domain.records import Capture, Contact
from warmcall.domain.vocabulary import CaptureKind, ContactKind, Permission
from warmcall.presentation.captures import PERMISSION_CHOICES
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.people.contact_form import KIND_CHOICES
from warmcall.screens.when_form import MINE, THEIRS, WHOSE, WhenFormDialog, understood, when_problem
from warmcall.services.services import Services
from warmcall.widgets.form import Field

Taken = Callable[[Capture], None]

_MORE = ("kind", "organization", "phone")
"""What may be told of a referral once it is changed; while the talk goes on it can wait."""


def capture_form(
    services: Services, kind: CaptureKind, person: Contact, capture: Capture | None = None
) -> FormDialog:
    """Return the form of a new capture of that kind with `person`, or of `capture`."""
    about = capture.id if capture else person.id
    if kind is CaptureKind.PROMISE:
        return _promise_form(services, person, capture, about)
    if kind is CaptureKind.REFERRAL:
        return _referral_form(services, person, capture, about)
    title, field, intro = {
        CaptureKind.RESUME: (
            f"Resume looked at: {person.name}",
            Field("what", "Their advice", "one page, numbers first"),
            "Only if they offered to look. Their advice goes into your queue and the thank-you.",
        ),
        CaptureKind.ON_FILE: (
            f"Keeps you on file: {person.name}",
            Field("what", "What they said", "may be empty"),
            "It stays with the person, and is a reason to write again.",
        ),
    }[kind]
    values = {"what": capture.what if capture else ""}
    return FormDialog(services, title, (field,), values, lambda _values: {}, intro=intro, about=about)


def captured(services: Services, kind: CaptureKind, values: Values, before: Capture | None = None) -> Capture:
    """Return the capture that a form, which passed its check, gave back, in the place of `before`."""
    when = values.get("when", "").strip()
    fields = dict(before.fields) if before else {}
    fields |= {name: values[name].strip() for name in _MORE if name in values}
    return Capture(
        id=before.id if before else "",
        kind=kind,
        what=values["what"].strip(),
        why=values.get("why", "").strip(),
        theirs=values.get(WHOSE) == THEIRS,
        due=understood(services, when).at if when else None,
        may_use_name=Permission(values.get("may_use_name", "")),
        fields=fields,
    )


def _referral_form(services: Services, by: Contact, capture: Capture | None, about: str) -> FormDialog:
    fields = [
        Field("what", "Name"),
        Field("why", "Why them", "what they know, or do"),
        Field("may_use_name", "Use your name?", choices=PERMISSION_CHOICES),
    ]
    values = {"kind": ContactKind.PRACTITIONER.value}
    if capture is not None:
        fields += [
            Field("kind", "Who they are", choices=KIND_CHOICES),
            Field("organization", "Organization"),
            Field("phone", "Phone"),
        ]
        given = {"what": capture.what, "why": capture.why, "may_use_name": capture.may_use_name.value}
        values |= capture.fields | given

    def check(values: Values) -> dict[str, str]:
        problems = {} if values["what"].strip() else {"what": "a name is needed"}
        return problems | services.address_book.problems({"phone": values.get("phone", "")})

    return FormDialog(
        services, f"Named by {by.name}", fields, values, check, about=about,
        intro="Ask: “May I use your name?” The rest can wait: their call comes when you end.",
    )  # fmt: skip


def _promise_form(services: Services, person: Contact, capture: Capture | None, about: str) -> FormDialog:
    def check(values: Values) -> dict[str, str]:
        problems = {
            "what": "" if values["what"].strip() else "say what was promised",
            "when": when_problem(services, values["when"], may_be_empty=True),
        }
        return {field: what for field, what in problems.items() if what}

    days = services.library.cadence.promise_days
    fields = (
        Field("what", "What", "send you the article"),
        Field(WHOSE, "Whose", choices=((MINE, "mine, to keep"), (THEIRS, "theirs, to wait for"))),
        Field("when", "By when", f"empty: in {days} business days", replaced=capture is not None),
    )
    values = {WHOSE: MINE}
    if capture is not None:
        values = {
            "what": capture.what,
            WHOSE: THEIRS if capture.theirs else MINE,
            "when": _day(services, capture),
        }
    return WhenFormDialog(services, f"A promise: {person.name}", fields, values, check, about=about)


def _day(services: Services, capture: Capture) -> str:
    """Return the day a promise is due in words that are understood, with the hour if one was said."""
    if capture.due is None:
        return ""
    local = services.time.calendar.local(capture.due)
    hour = "" if capture.due == services.time.calendar.all_day(local.date()) else f" {local:%H:%M}"
    return f"{local.day} {MONTHS[local.month - 1][:3].lower()} {local.year}{hour}"
