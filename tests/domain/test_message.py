from __future__ import annotations

import msgspec
import pytest
from warmcall.config.library import Library
from warmcall.domain.evidence import about_meeting_values, closing_of_promise, meeting_values
from warmcall.domain.message import (
    PURPOSE_OF,
    Draft,
    Medium,
    MessageTemplate,
    Purpose,
    Wording,
    draft,
    faults,
)
from warmcall.domain.script import word_count
from warmcall.domain.templates import about_values
from warmcall.domain.vocabulary import FollowUpKind

from tests.examples import (
    CALENDAR,
    NOW,
    contact,
    follow_up,
    interview,
    only,
    ordinary_values,
    question,
    words,
)

FORBIDDEN = {"job", "jobs", "opening", "openings", "hire", "hiring", "position", "vacancy", "vacancies"}
SOUND = MessageTemplate(
    "hello", "Hello", Purpose.ASK, "Dear {contact.name},", Medium.EMAIL, "Hello {me.name}"
)

MEETING = interview(
    "2026-11-24 14:00",
    checklist=(question("day", starred=True), question("path", starred=True), question("look", starred=True)),
    notes={
        "day": "half of it is reading other people's spreadsheets, and being polite about the mistakes",
        "path": "begin at a small agency, because it shows you the whole trade",
        "look": "people who check a number before they repeat it",
    },
)
PROMISE = follow_up(FollowUpKind.PROMISE, note="send you the survey", interview_id="meeting")


def values(*starred: str) -> dict[str, str]:
    """Return what an ordinary meeting gives, with only the answers to `starred` starred."""
    checklist = tuple(
        msgspec.structs.replace(question, starred=question.id in starred) for question in MEETING.checklist
    )
    meeting = msgspec.structs.replace(MEETING, checklist=checklist)
    named = [contact(id="mei", name="Mei Tanaka")]
    return (
        ordinary_values()
        | meeting_values(meeting, named, [PROMISE], CALENDAR, NOW)
        | about_meeting_values(MEETING, CALENDAR, NOW)
        | about_values(contact(name="Mei Tanaka"))
        | {"follow_up.note": "I followed your advice and went to the Media Club"}
        | {
            "slots.both": "Tuesday at 10:00, Wednesday at 14:00 or Friday at 11:00",
            "me.email": "robin@example.com",
            "promise.closing": closing_of_promise(True, "", "twenty"),
            "decision.what": "I've decided to go for the work of a Media Planner",
            "decision.part": "that half of it is checking",
            "helped.named": "Mei Tanaka",
        }
    )


def test_a_sound_template_has_no_faults() -> None:
    assert list(faults(SOUND)) == []


@pytest.mark.parametrize(
    ("changes", "where", "what"),
    [
        ({"body": "Dear {contact.nmae}"}, ("body",), "unknown placeholder {contact.nmae}"),
        ({"subject": "{you}"}, ("subject",), "unknown placeholder {you}"),
        ({"body": " \n"}, ("body",), "the message is empty"),
        ({"subject": ""}, ("subject",), "an email needs a subject"),
    ],
)
def test_a_fault_of_a_template_is_named_with_its_place(
    changes: dict[str, str], where: tuple[str, ...], what: str
) -> None:
    fault = only(faults(msgspec.structs.replace(SOUND, **changes)))
    assert (fault.where, fault.what, fault.warning) == (where, what, False)
    assert fault.fix


def test_a_short_message_needs_no_subject() -> None:
    short = msgspec.structs.replace(SOUND, subject="", channel=Medium.MESSAGE)
    assert list(faults(short)) == []


def test_a_draft_is_filled_and_keeps_its_gaps() -> None:
    assert draft(SOUND, {"me.name": "Robin"}) == Draft("Hello Robin", "Dear ‹their name›,", ("contact.name",))


def test_every_follow_up_that_is_written_has_a_bundled_template(library: Library) -> None:
    for purpose in {*PURPOSE_OF.values(), Purpose.ASK}:
        assert library.messages_for(purpose)


def test_emails_come_before_short_messages(library: Library) -> None:
    assert [template.channel for template in library.messages_for(Purpose.ASK)] == [
        Medium.EMAIL,
        Medium.EMAIL,
        Medium.MESSAGE,
    ]


def test_the_bundled_templates_are_all_sound_and_need_nothing_unusual(library: Library) -> None:
    for template in library.messages.values():
        assert list(faults(template)) == []
        assert draft(template, values("day")).gaps == ()


def test_the_ask_email_is_short_and_says_nothing_of_jobs(library: Library) -> None:
    filled = draft(library.messages["ask-email"], ordinary_values())
    assert filled.gaps == ()
    assert word_count(filled.body) <= library.cadence.email_words_warn == 75
    assert not FORBIDDEN & set(words(f"{filled.subject} {filled.body}"))
    assert filled.body.index("Dana Whitfield suggested I talk to you") < filled.body.index("Robin Vale")
    assert filled.body.count("?") <= 3
    assert 3 <= word_count(filled.subject) <= 4


def test_the_ask_message_fits_a_connection_note(library: Library) -> None:
    filled = draft(library.messages["ask-message"], ordinary_values())
    assert filled.gaps == ()
    assert len(filled.body) <= library.cadence.note_characters == 200
    assert not FORBIDDEN & set(words(filled.body))


@pytest.mark.parametrize("starred", [("day",), ("day", "path"), ("day", "path", "look")])
def test_the_thank_you_is_60_to_150_words_and_leans_on_what_was_starred(
    library: Library, starred: tuple[str, ...]
) -> None:
    filled = draft(library.messages["thank-you"], values(*starred))
    assert filled.gaps == ()
    assert 60 <= word_count(filled.body) <= 150
    assert filled.body.count("‹say it to them: “") == 1
    assert MEETING.notes[starred[0]] in filled.body
    assert filled.subject == "Thank you, Luis"
    assert "Mei Tanaka" in filled.body
    assert "I haven't forgotten the survey." in filled.body


def test_a_thank_you_without_a_star_asks_for_one(library: Library) -> None:
    assert draft(library.messages["thank-you"], values()).gaps == ("meeting.starred_1",)


@pytest.mark.parametrize(
    "id_",
    [
        "thank-you",
        "check-in",
        "tell-referrer",
        "promise-kept",
        "confirm",
        "decided",
        "late",
        "settle-time",
        "thanks-for-no",
        "thanks-for-name",
    ],
)
def test_no_bundled_message_asks_for_a_job(library: Library, id_: str) -> None:
    template = library.messages[id_]
    assert not (FORBIDDEN - {"opening"}) & set(words(f"{template.subject} {template.body}"))


def test_a_check_in_needs_a_reason_to_write(library: Library) -> None:
    without = values("day") | {"follow_up.note": ""}
    assert draft(library.messages["check-in"], without).gaps == ("follow_up.note",)


def test_the_confirmation_names_the_day_the_hour_and_the_minutes(library: Library) -> None:
    body = draft(library.messages["confirm"], values()).body
    for part in ("Tuesday 24 November", "14:00", "by phone", "twenty minutes"):
        assert part in body


SECOND = Wording("I wrote to you {attempt.when}.")
KNOWN = Wording("We spoke {met.when}.")


@pytest.mark.parametrize(
    ("given_values", "body"),
    [
        ({}, "Hello."),
        ({"attempt.when": "on Friday"}, "I wrote to you on Friday."),
        ({"met.when": "in May"}, "We spoke in May."),
        ({"met.when": "in May", "attempt.when": "on Friday"}, "I wrote to you on Friday."),
    ],
)
def test_a_letter_knows_those_before_it_and_who_was_met(given_values: dict[str, str], body: str) -> None:
    template = MessageTemplate("hello", "Hello", Purpose.ASK, "Hello.", again=SECOND, known=KNOWN)
    assert draft(template, given_values).body == body
    assert draft(msgspec.structs.replace(template, again=None, known=None), given_values).body == "Hello."


@pytest.mark.parametrize(
    ("met", "coming", "begins"),
    [
        (False, "", "Once you've had a look, could we talk for twenty minutes?"),
        (True, "", "I hope it's useful."),
        (True, "on Friday", "I look forward to our talk on Friday"),
        (False, "on Friday", "I look forward to our talk on Friday"),
    ],
)
def test_a_kept_promise_ends_by_what_comes_next(met: bool, coming: str, begins: str) -> None:
    assert closing_of_promise(met, coming, "twenty").startswith(begins)
