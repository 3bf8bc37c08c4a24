"""Capturing: what is taken down in passing during an interview, and what it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from warmcall.domain import captures as rules
from warmcall.domain.cadence import Cadence, FollowUpPlan
from warmcall.domain.records import AnyRecord, Capture, FollowUp, Interview, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import CaptureKind, ContactKind, Permission
from warmcall.services.address_book import AddressBook
from warmcall.services.clock import Timekeeper
from warmcall.services.history import History

_LABEL = {
    CaptureKind.REFERRAL: "referral: {}",
    CaptureKind.PROMISE: "promise: {}",
    CaptureKind.RESUME: "resume reviewed",
    CaptureKind.ON_FILE: "keep on file",
}
_MORE = ("organization", "title", "phone", "email")
"""The fields of a referral's contact that may be known already."""


class Capturing:
    """Takes down, changes and takes out captures; each is one change.

    While the interview runs they are kept in it alone. Its end makes of each what it stands for, in the
    same change; one taken down after the end becomes that at once.
    """

    def __init__(
        self, store: Store, history: History, time: Timekeeper, cadence: Cadence, address_book: AddressBook
    ) -> None:
        self._store = store
        self._history = history
        self._time = time
        self._cadence = cadence
        self._address_book = address_book

    def add(self, interview_id: str, capture: Capture) -> Capture:
        """Add `capture`, whatever its id, to an interview; return it as it is kept.

        Raises:
            KeyError: if there is no such interview.
        """
        interview = self._store.require(Interview, interview_id)
        kept = msgspec.structs.replace(_tidied(capture), id=str(self._history.stamp()["id"]))
        with_it = replace(interview, captured=(*interview.captured, kept))
        records: Sequence[AnyRecord] = (with_it,)
        if interview.ended_at is not None:
            records = self.records_for(with_it, (kept,), self._time.now())
        self._history.commit(_label(kept), *records)
        return kept

    def edit(self, interview_id: str, capture: Capture) -> None:
        """Put `capture` in the place of the one with its id; after the end it is a record already."""
        interview = self._store.require(Interview, interview_id)
        if interview.ended_at is None:
            changed = tuple(
                _tidied(capture) if other_capture.id == capture.id else other_capture
                for other_capture in interview.captured
            )
            self._history.commit(f"edit {_label(capture)}", replace(interview, captured=changed))

    def remove(self, interview_id: str, capture_id: str) -> None:
        """Take a capture out of an interview that has not ended."""
        interview = self._store.require(Interview, interview_id)
        gone = next((capture for capture in interview.captured if capture.id == capture_id), None)
        if interview.ended_at is None and gone is not None:
            kept = tuple(capture for capture in interview.captured if capture.id != capture_id)
            self._history.commit(f"take out {_label(gone)}", replace(interview, captured=kept))

    def records_for(
        self, interview: Interview, captures: Sequence[Capture], now: datetime
    ) -> tuple[AnyRecord, ...]:
        """Return the interview, naming whom `captures` name, and the records they become at `now`.

        Nothing is changed.
        """
        made: list[AnyRecord] = []
        named: list[str] = []
        calendar = self._time.calendar
        for capture in captures:
            if capture.kind is CaptureKind.REFERRAL:
                person, call = self._address_book.new(_fields(capture, interview.contact_id))
                named.append(person.id)
                made += [person, call]
                if capture.may_use_name is Permission.ASK_LATER:
                    ask = rules.ask_permission(person.name, now, self._cadence, calendar)
                    made.append(self._owed(interview, ask, person.id))
            elif owed := rules.owed_for(capture, now, self._cadence, calendar):
                made.append(self._owed(interview, owed))
        return (replace(interview, named=(*interview.named, *named)), *made)

    def _owed(self, interview: Interview, owed: FollowUpPlan, about_id: str = "") -> FollowUp:
        return self._address_book.follow_up(
            interview.contact_id, owed, interview_id=interview.id, about_id=about_id
        )


def _tidied(capture: Capture) -> Capture:
    return msgspec.structs.replace(capture, what=capture.what.strip(), why=capture.why.strip())


def _label(capture: Capture) -> str:
    return _LABEL[capture.kind].format(capture.what)


def _fields(capture: Capture, by: str) -> dict[str, str]:
    """Return the fields of the contact a referral becomes; what the file holds beyond them is left."""
    fields = {name: capture.fields[name] for name in _MORE if name in capture.fields}
    if capture.fields.get("kind") in list(ContactKind):
        fields["kind"] = capture.fields["kind"]
    return fields | {
        "name": capture.what,
        "notes": capture.why,
        "may_use_name": capture.may_use_name,
        "referrer_id": by,
    }
