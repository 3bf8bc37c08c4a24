"""The form of an opening heard of, or of a resume kept on file, and recording one from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from warmcall.domain.records import Opening
from warmcall.domain.time_words import TimeRefused
from warmcall.presentation import openings as words
from warmcall.screens.base import View
from warmcall.screens.forms import FormDialog, Values, person_field
from warmcall.screens.places.organization_form import organization_field
from warmcall.screens.when_form import read_past_when, typed_day, when_words
from warmcall.services.openings import ON_FILE
from warmcall.services.services import Services
from warmcall.widgets.form import Field

_HEARD = "heard"
_OPENING = "opening"


def opening_form(
    services: Services, before: Opening | None = None, contact_id: str = "", organization: str = ""
) -> FormDialog:
    """Return the form of the opening `before`, or of a new one from a contact, or at an organization."""

    def understood(values: Mapping[str, str]) -> str:
        typed = values[_HEARD]
        if not typed.strip() or _is_unchanged(values, before):
            return ""
        return when_words(services, partial(read_past_when, services, typed))

    def check(values: Values) -> dict[str, str]:
        problems = services.openings.problems(values)
        try:
            heard_on(services, values, before)
        except TimeRefused:
            problems[_HEARD] = "this is not in the past year"
        return problems

    fields = (
        person_field(services, "contact_id", "Heard from", "a name in People"),
        organization_field(services, "Organization"),
        Field("what", "Which job", "media planner"),
        Field("kind", "What", choices=((_OPENING, "an opening"), (ON_FILE, "my resume on file"))),
        Field(
            _HEARD,
            "Heard on",
            "yesterday, tue, 3 nov; empty: today",
            select_on_focus=before is not None,
            sentence=understood,
        ),
        Field("note", "Note", lines=2),
    )
    if before is None:
        values = {"kind": _OPENING, "contact_id": contact_id, "organization": organization}
        about = contact_id or organization
        return FormDialog(services, "An opening heard of", fields, values, check, about=about)
    values = {
        "contact_id": before.contact_id,
        "organization": before.organization,
        "what": before.what,
        "kind": ON_FILE if before.on_file else _OPENING,
        _HEARD: typed_day(before.heard_on),
        "note": before.note,
    }
    return FormDialog(services, "Edit an opening", fields, values, check, about=before.id)


def heard_on(services: Services, values: Mapping[str, str], before: Opening | None = None) -> date:
    """Return the day in the values of the form, which is today without words.

    Raises:
        TimeRefused: if the words name no day of the last twelve months; the day `before` had may be older.
    """
    if before is not None and _is_unchanged(values, before):
        return before.heard_on
    return services.time.calendar.day_of(read_past_when(services, values[_HEARD]).when)


def add_opening(
    view: View,
    contact_id: str = "",
    organization: str = "",
    select: Callable[[str], None] = lambda _id: None,
) -> None:
    """Ask on `view` for an opening, from a contact or at an organization if given, and record it.

    `select` is called with its id then.
    """
    services = view.services

    def add(values: Values | None) -> None:
        if values:
            opening = services.openings.add(values, heard_on(services, values))
            select(opening.id)
            view.say_undoable(f"Recorded: {words.name_of(opening)}, {words.state(services, opening)}")

    view.app.push_screen(opening_form(services, None, contact_id, organization), add)


def edit_opening(view: View, opening: Opening) -> None:
    """Ask on `view` for the fields of an opening, and save them."""
    services = view.services

    def save(values: Values | None) -> None:
        if values and services.store.get(Opening, opening.id) is not None:
            services.openings.edit(opening.id, values, heard_on(services, values, opening))

    view.app.push_screen(opening_form(services, opening), save)


def _is_unchanged(values: Mapping[str, str], before: Opening | None) -> bool:
    return before is not None and values[_HEARD].strip() == typed_day(before.heard_on)
