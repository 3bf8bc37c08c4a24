"""The closed lists of words warmcall uses: one word for one thing, as stored in the file."""

from __future__ import annotations

from enum import StrEnum


class ContactKind(StrEnum):
    """What a contact can help with; each kind is asked different questions."""

    PRACTITIONER = "practitioner"
    HIRING_MANAGER = "hiring_manager"
    CONNECTOR = "connector"


class Permission(StrEnum):
    """Whether the name of whoever referred somebody may be used with them."""

    NOT_ASKED = ""
    YES = "yes"
    NO = "no"
    ASK_LATER = "ask_later"


class CaptureKind(StrEnum):
    """What can be captured during an interview."""

    REFERRAL = "referral"
    PROMISE = "promise"
    RESUME = "resume"
    ADVICE = "advice"
    ON_FILE = "on_file"
    OPENING = "opening"


class Source(StrEnum):
    """Where a name came from; a referral also points at the contact who gave it."""

    PROFESSOR = "professor"
    PLACEMENT_OFFICE = "placement_office"
    ASSOCIATION = "association"
    BUSINESS_NEWS = "business_news"
    REFERRAL = "referral"
    ALUMNI = "alumni"
    EVENT = "event"
    ONLINE = "online"
    OTHER = "other"


class News(StrEnum):
    """What was read of somebody in the business news."""

    OTHER = ""
    PROMOTED = "promoted"
    HIRED = "hired"


class Posting(StrEnum):
    """Whether an organization has posted openings for the job aimed at."""

    UNKNOWN = ""
    NONE = "none"
    OPEN = "open"


class OpeningEnd(StrEnum):
    """What became of an opening, or of a resume on file, in the order a key goes through them.

    OPEN means that something may still come of it.
    """

    OPEN = ""
    APPLIED = "applied"
    NOT_FOR_ME = "not_for_me"
    GONE = "gone"


class TargetChange(StrEnum):
    """Whether what was learned in a week changes the target."""

    NOT_SAID = ""
    NO = "no"
    A_LITTLE = "a_little"
    YES = "yes"


class TargetVerdict(StrEnum):
    """What the user decides about the target."""

    GO = "go"
    KEEP_ASKING = "keep_asking"
    ANOTHER_TARGET = "another_target"
    NO = "no"


class Channel(StrEnum):
    """The way an attempt was made."""

    PHONE = "phone"
    VOICEMAIL = "voicemail"
    EMAIL = "email"
    MESSAGE = "message"
    IN_PERSON = "in_person"


class Outcome(StrEnum):
    """How an attempt ended."""

    SCHEDULED = "scheduled"
    TALK_NOW = "talk_now"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    CALL_BACK = "call_back"
    SENT = "sent"
    REPLIED = "replied"
    DECLINED = "declined"
    REFERRED = "referred"
    WRONG_NUMBER = "wrong_number"


NOBODY_ASKED = (Outcome.NO_ANSWER, Outcome.WRONG_NUMBER)
"""Outcomes by which nobody was asked: nothing that was said or written has reached anybody."""

NOT_REACHED = (*NOBODY_ASKED, Outcome.VOICEMAIL, Outcome.SENT)
"""Outcomes after which nobody can have said anything, as that they keep the resume."""

AGREED = (Outcome.SCHEDULED, Outcome.TALK_NOW)
"""Outcomes that are a yes."""


class Mode(StrEnum):
    """How a meeting is held."""

    PHONE = "phone"
    VIDEO = "video"
    IN_PERSON = "in_person"


class FollowUpKind(StrEnum):
    """What is owed to a contact."""

    CALL = "call"
    CONFIRM = "confirm"
    INTERVIEW = "interview"
    THANK_YOU = "thank_you"
    PROMISE = "promise"
    TELL_REFERRER = "tell_referrer"
    CHECK_IN = "check_in"
    OTHER = "other"


class Introduction(StrEnum):
    """How far an introduction has come: one contact is asked to introduce the user to another."""

    NONE = ""
    ASKED = "asked"
    PASSED_ON = "passed_on"
    MADE = "made"
    THANKED = "thanked"


class DayPart(StrEnum):
    """A part of the day worth trying; ANY when it does not matter."""

    ANY = ""
    MORNING = "morning"
    AFTERNOON = "afternoon"


class QuestionState(StrEnum):
    """The state of a question during an interview."""

    OPEN = "open"
    ASKED = "asked"
    SKIPPED = "skipped"


class Stage(StrEnum):
    """How far a contact has come; derived from the records, never stored."""

    NEW = "new"
    ASKED = "asked"
    SCHEDULED = "scheduled"
    MET = "met"
    THANKED = "thanked"
    IN_TOUCH = "in_touch"
    DECLINED = "declined"
    HELD = "held"
