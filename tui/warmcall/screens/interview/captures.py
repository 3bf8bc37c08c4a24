"""Captures: what is recorded in passing while the talk goes on, with one key and a few words.

Here are the short form of each kind, and the list in which captures are corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from warmcall.domain.promises import as_thing, promise_problem
from warmcall.domain.records import Capture, Contact, Interview
from warmcall.domain.sanitize import plain_line
from warmcall.domain.vocabulary import CaptureKind, ContactKind, Permission
from warmcall.presentation import own_words
from warmcall.presentation.captures import PERMISSION_CHOICES, capture_cells, capture_recorded
from warmcall.screens.base import DROP_CAPTURE_KEY
from warmcall.screens.dialog import Dialog
from warmcall.screens.forms import FormDialog, Values
from warmcall.screens.interview.pane import Pane
from warmcall.screens.people.contact_form import KIND_CHOICES
from warmcall.screens.people.here_already import name_here, prepare_names
from warmcall.screens.people.same_person import settle_who
from warmcall.screens.places.organization_form import organization_field
from warmcall.screens.when_form import (
    MINE,
    THEIRS,
    WHOSE,
    WhenFormDialog,
    parse_when,
    typed_day,
    when_problems,
)
from warmcall.services.address_book import SAME_AS
from warmcall.services.services import Services
from warmcall.widgets.form import Field
from warmcall.widgets.rows import Column, Row, Rows

_LATER_FIELDS = ("kind", "organization", "phone")
"""Fields of a referral that only the form for changing one asks for: during the talk they can wait."""


def record_capture(pane: Pane, kind: CaptureKind) -> None:
    """Ask over `pane` for a capture of that kind, and record it in the interview that the pane shows."""
    interview, contact, services = pane.interview, pane.contact, pane.services
    if pane.blocked("capture") or interview is None or contact is None:
        return
    id_ = interview.id

    def record(values: Values | None) -> None:
        if values:
            capture = services.capturing.add(id_, _capture_from(services, kind, values))
            ended = pane.interview is not None and pane.interview.ended_at is not None
            pane.say_undoable(capture_recorded(capture, ended, services.time.now(), services.time.calendar))

    pane.app.push_screen(_form(services, kind, contact), record)


class CapturesDialog(Dialog[None]):
    """The captures of an interview that has not ended, to be changed or removed."""

    TITLE_WORDS = "Captured"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", show=False, id="captures.edit", tooltip="{rows.choose} does the same"),
        DROP_CAPTURE_KEY,
        Binding("escape,q", "leave", "Close", id="dialog.leave", tooltip="Back to the interview"),
    ]

    def __init__(self, services: Services, interview_id: str) -> None:
        super().__init__(services)
        self._interview_id = interview_id

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield Rows((Column(9), Column(weight=1)), id="captures", enter_label="Edit")

    def on_mount(self) -> None:
        """Show the list."""
        self.reload()

    def reload(self) -> None:
        """Show the captures as they are now; close once there are none."""
        now, calendar = self.services.time.now(), self.services.time.calendar
        rows = [Row(capture.id, capture_cells(capture, now, calendar)) for capture in self._captures()]
        self.query_one("#captures", Rows).show(rows)
        if not rows and self.is_current:
            self.dismiss(None)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Change the capture under the cursor."""
        if not isinstance(event, Rows.Moved):
            self.action_edit()

    def action_edit(self) -> None:
        """Open the form of the selected capture, and save what is changed in it."""
        interview, capture = self._interview(), self._selected()
        contact = self.services.store.contact(interview.contact_id) if interview else None
        if capture is None or contact is None:
            return

        def change(values: Values | None) -> None:
            if values:
                changed = _capture_from(self.services, capture.kind, values, capture)
                self.services.capturing.edit(self._interview_id, changed)

        self.app.push_screen(_form(self.services, capture.kind, contact, capture), change)

    def action_drop(self) -> None:
        """Remove the selected capture."""
        capture = self._selected()
        if capture is not None:
            self.services.capturing.remove(self._interview_id, capture.id)
            self.say(self.with_keys("Removed. {app.undo} on the interview undoes it"))

    def _interview(self) -> Interview | None:
        return self.services.store.get(Interview, self._interview_id)

    def _captures(self) -> tuple[Capture, ...]:
        interview = self._interview()
        return interview.captured if interview and interview.ended_at is None else ()

    def _selected(self) -> Capture | None:
        key = self.query_one("#captures", Rows).key
        return next((capture for capture in self._captures() if capture.id == key), None)


def _form(
    services: Services, kind: CaptureKind, contact: Contact, capture: Capture | None = None
) -> FormDialog:
    """Return the form for a new capture of that kind with `contact`, or for changing `capture`."""
    about = capture.id if capture else contact.id
    if kind is CaptureKind.PROMISE:
        return _promise_form(services, contact, capture, about)
    if kind is CaptureKind.REFERRAL:
        return _referral_form(services, contact, capture, about)
    title, field, intro = {
        CaptureKind.ADVICE: (
            f"Advice from {contact.name}",
            Field("what", "You should", "join the media club", sentence=_advice_sentence),
            "It is kept under Progress, until you have followed it and told them.",
        ),
        CaptureKind.RESUME: (
            f"Resume looked at: {contact.name}",
            Field("what", "Their advice", "one page, numbers first"),
            "Only if they offered to look. Their advice goes into your queue and the thank-you.",
        ),
        CaptureKind.ON_FILE: (
            f"Keeps you on file: {contact.name}",
            Field("what", "What they said", "may be empty"),
            "It is on Progress among the openings; after some months a letter is owed.",
        ),
        CaptureKind.OPENING: (
            f"An opening {contact.name} spoke of",
            Field("what", "Which job", "media planner; may be empty"),
            "You did not ask for it: thank them, and go on. It is on Progress among the openings.",
        ),
    }[kind]
    values = {"what": capture.what if capture else ""}
    needed = {"what": "say what they advise"} if kind is CaptureKind.ADVICE else {}

    def check(values: Values) -> dict[str, str]:
        return {} if plain_line(values["what"]) else needed

    return FormDialog(services, title, (field,), values, check, intro=intro, about=about)


def _advice_sentence(values: Mapping[str, str]) -> str:
    return own_words.advice(values["what"])


def _referral_form(services: Services, by: Contact, capture: Capture | None, about: str) -> FormDialog:
    fields = [
        Field("what", "Name", remark=name_here(services, "what")),
        Field("why", "Why them", "what they know, or do"),
        Field("may_use_name", "Use your name?", choices=PERMISSION_CHOICES),
    ]
    values = {"kind": ContactKind.PRACTITIONER.value}
    if capture is not None:
        fields += [
            Field("kind", "Who they are", choices=KIND_CHOICES),
            organization_field(services, "Organization"),
            Field("phone", "Phone"),
        ]
        given = {"what": capture.what, "why": capture.why, "may_use_name": capture.may_use_name.value}
        values |= capture.fields | given

    def check(values: Values) -> dict[str, str]:
        problems = {} if plain_line(values["what"]) else {"what": "a name is needed"}
        return problems | services.address_book.problems({"phone": values.get("phone", "")})

    return FormDialog(
        services, f"Named by {by.name}", fields, values, check, about=about,
        intro="Ask: “May I use your name?” The rest can wait: their call comes when you end.",
        settle=settle_who(services, "what", exclude=by.id, known=capture.what if capture else ""),
        prepare=prepare_names(services),
    )  # fmt: skip


def _promise_form(services: Services, contact: Contact, capture: Capture | None, about: str) -> FormDialog:
    def check(values: Values) -> dict[str, str]:
        problem = promise_problem(values["what"], values.get(WHOSE) == THEIRS)
        problems = {"what": problem} if problem else {}
        return problems | when_problems(services, values, optional=True)

    def sentence(values: Mapping[str, str]) -> str:
        return own_words.promise(values["what"], values.get(WHOSE) == THEIRS)

    days = services.library.cadence.promise_days
    fields = (
        Field("what", "What", "the article", sentence=sentence),
        Field(WHOSE, "Whose", choices=((MINE, "mine, to keep"), (THEIRS, "theirs, to wait for"))),
        Field("when", "By when", f"empty: in {days} business days", select_on_focus=capture is not None),
    )
    values = {WHOSE: MINE}
    if capture is not None:
        values = {
            "what": capture.what,
            WHOSE: THEIRS if capture.theirs else MINE,
            "when": _day_words(services, capture),
        }
    return WhenFormDialog(services, f"A promise: {contact.name}", fields, values, check, about=about)


def _day_words(services: Services, capture: Capture) -> str:
    """Return the day a promise is due as the form reads it back, with the hour if it has one."""
    if capture.due is None:
        return ""
    calendar, at = services.time.calendar, capture.due.instant
    day = calendar.day_of(capture.due)
    hour = "" if at is None else f" {calendar.local(at):%H:%M}"
    return f"{typed_day(day)}{hour}"


def _capture_from(
    services: Services, kind: CaptureKind, values: Values, before: Capture | None = None
) -> Capture:
    """Return the capture that the checked `values` of a form describe; it replaces `before` if given."""
    when = values.get("when", "").strip()
    fields = dict(before.fields) if before else {}
    fields |= {name: values[name].strip() for name in (*_LATER_FIELDS, SAME_AS) if name in values}
    if before is not None and before.what != values["what"].strip() and SAME_AS not in values:
        fields.pop(SAME_AS, None)
    what, theirs = values["what"].strip(), values.get(WHOSE) == THEIRS
    return Capture(
        id=before.id if before else "",
        kind=kind,
        what=(kind is CaptureKind.PROMISE and as_thing(what, theirs)) or what,
        why=values.get("why", "").strip(),
        theirs=theirs,
        due=parse_when(services, when) if when else None,
        may_use_name=Permission(values.get("may_use_name", "")),
        fields=fields,
    )
