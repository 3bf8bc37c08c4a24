"""Message templates: what is written to a contact, and for which purpose."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from warmcall.domain.script import Fault
from warmcall.domain.templates import Filled, Values, fill, template_faults
from warmcall.domain.vocabulary import FollowUpKind


class Purpose(StrEnum):
    """What a message is for."""

    ASK = "ask"
    THANK_YOU = "thank_you"
    CONFIRM = "confirm"
    CHECK_IN = "check_in"
    TELL_REFERRER = "tell_referrer"
    PROMISE = "promise"
    SETTLE_TIME = "settle_time"
    INTRODUCTION = "introduction"
    THANKS_FOR_INTRODUCTION = "thanks_for_introduction"
    THANKS_FOR_NO = "thanks_for_no"
    THANKS_FOR_NAME = "thanks_for_name"
    LATE = "late"
    DECIDED = "decided"
    NAMES = "names"


class Medium(StrEnum):
    """The form of a message: an email has a subject, a message is short and has none."""

    EMAIL = "email"
    MESSAGE = "message"


PURPOSE_OF = {
    FollowUpKind.THANK_YOU: Purpose.THANK_YOU,
    FollowUpKind.CONFIRM: Purpose.CONFIRM,
    FollowUpKind.CHECK_IN: Purpose.CHECK_IN,
    FollowUpKind.TELL_REFERRER: Purpose.TELL_REFERRER,
    FollowUpKind.PROMISE: Purpose.PROMISE,
}
"""The kinds of follow-ups that are done by writing, with the purpose of the message."""

ABOUT_A_THIRD = (Purpose.TELL_REFERRER, Purpose.INTRODUCTION, Purpose.THANKS_FOR_INTRODUCTION)
"""The purposes of letters about a third person, which take nothing from what either of the two said."""


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A subject and a text; an email needs both."""

    body: str
    subject: str = ""


class MessageTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One template. `purpose` is the key `for` in the file, and `channel` its medium.

    `again` is the wording for somebody who was written to before and has not answered, so that a second
    letter knows the first; `known` is for somebody the user has met already.
    """

    id: str
    title: str
    purpose: Purpose = msgspec.field(name="for")
    body: str
    channel: Medium = Medium.EMAIL
    subject: str = ""
    again: Wording | None = None
    known: Wording | None = None

    def wordings(self) -> Iterator[tuple[tuple[str, ...], Wording]]:
        """Yield each wording after the keys that lead to it in the file."""
        yield (), Wording(self.body, self.subject)
        for key, wording in (("again", self.again), ("known", self.known)):
            if wording is not None:
                yield (key,), wording

    def wording_for(self, values: Values) -> Wording:
        """Return the wording that fits what `values` say of earlier letters, and of meetings."""
        if self.again is not None and values.get("attempt.when"):
            return self.again
        if self.known is not None and values.get("met.when"):
            return self.known
        return Wording(self.body, self.subject)


class Draft(msgspec.Struct, frozen=True):
    """A filled template; `gaps` are the placeholders without a value, in order."""

    subject: str
    body: str
    gaps: tuple[str, ...] = ()


def faults(template: MessageTemplate) -> Iterator[Fault]:
    """Yield everything wrong with `template`."""
    for at, wording in template.wordings():
        for field, text in (("subject", wording.subject), ("body", wording.body)):
            yield from (Fault((*at, field), what, fix) for what, fix in template_faults(text))
        if not wording.body.strip():
            yield Fault((*at, "body"), "the message is empty", "write what it says")
        if template.channel is Medium.EMAIL and not wording.subject.strip():
            fix = "add “subject:” with three or four words"
            yield Fault((*at, "subject"), "an email needs a subject", fix)


def draft(template: MessageTemplate, values: Values) -> Draft:
    """Return `template` filled with `values`, in the wording that fits them."""
    wording = template.wording_for(values)
    subject: Filled = fill(wording.subject, values)
    body = fill(wording.body, values)
    return Draft(subject.text, body.text, (*subject.gaps, *body.gaps))
