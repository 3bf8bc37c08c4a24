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


class MessageTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One template. `purpose` is the key `for` in the file, and `channel` its medium."""

    id: str
    title: str
    purpose: Purpose = msgspec.field(name="for")
    body: str
    channel: Medium = Medium.EMAIL
    subject: str = ""


class Draft(msgspec.Struct, frozen=True):
    """A filled template; `gaps` are the placeholders without a value, in order."""

    subject: str
    body: str
    gaps: tuple[str, ...] = ()


def faults(template: MessageTemplate) -> Iterator[Fault]:
    """Yield everything wrong with `template`."""
    for field, text in (("subject", template.subject), ("body", template.body)):
        yield from (Fault((field,), what, fix) for what, fix in template_faults(text))
    if not template.body.strip():
        yield Fault(("body",), "the message is empty", "write what it says")
    if template.channel is Medium.EMAIL and not template.subject.strip():
        yield Fault(("subject",), "an email needs a subject", "add “subject:” with three or four words")


def draft(template: MessageTemplate, values: Values) -> Draft:
    """Return `template` filled with `values`."""
    subject: Filled = fill(template.subject, values)
    body = fill(template.body, values)
    return Draft(subject.text, body.text, (*subject.gaps, *body.gaps))
