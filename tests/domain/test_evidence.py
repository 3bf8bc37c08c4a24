from __future__ import annotations

from datetime import date

import pytest
from warmcall.domain.countdown import Countdown
from warmcall.domain.evidence import (
    about_meeting_values,
    and_join,
    day_phrase,
    long_date,
    meeting_reason,
    meeting_values,
    resume_advice,
    resume_task,
    starred_answers,
)
from warmcall.domain.records import Capture, FollowUp, replace
from warmcall.domain.templates import PLACEHOLDERS
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind, Mode

from tests.examples import CALENDAR, NOW, capture, contact, follow_up, interview, local, question

PROMISE = FollowUpKind.PROMISE


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([], ""),
        (["Ana"], "Ana"),
        (["Ana", "Tom"], "Ana and Tom"),
        (["Ana", "Tom", "Mei"], "Ana, Tom and Mei"),
    ],
)
def test_names_are_joined_as_people_say_them(parts: list[str], text: str) -> None:
    assert and_join(parts) == text


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("2026-11-24 14:00", "Tuesday 24 November"),
        ("2026-11-24 23:59", "Tuesday 24 November"),
        ("2027-03-01 00:00", "Monday 1 March"),
    ],
)
def test_dates_are_the_users_own(at: str, text: str) -> None:
    assert long_date(local(at), CALENDAR) == text


def test_starred_answers_come_in_order_on_one_line_without_a_full_stop() -> None:
    meeting = interview(
        checklist=(
            question("a", starred=True),
            question("b"),
            question("c", starred=True),
            question("d", starred=True),
        ),
        notes={"c": "  read\n the spreadsheets. ", "a": "start small...", "b": "not this", "d": " \n"},
    )
    assert starred_answers(meeting) == ["start small", "read the spreadsheets"]


def test_a_meeting_gives_its_values() -> None:
    meeting = interview(
        "2026-11-24 14:00",
        mode=Mode.VIDEO,
        place="https://meet.example.com",
        countdown=Countdown(minutes=25),
        checklist=tuple(question(letter, starred=True) for letter in "abcd"),
        notes={letter: letter * 3 for letter in "abcd"},
    )
    promises = [
        follow_up(PROMISE, note="send the article", interview_id="meeting"),
        follow_up(PROMISE, note="theirs", interview_id="meeting", waiting=True),
        follow_up(PROMISE, note="from another talk", interview_id="other"),
        follow_up(FollowUpKind.OTHER, note="no promise", interview_id="meeting"),
        follow_up(PROMISE, note="call on Friday", interview_id="meeting"),
    ]
    named = [contact(id="a", name="Ana"), contact(id="t", name="Tom")]
    assert meeting_values(meeting, named, promises, CALENDAR, NOW) == {
        "meeting.when": "on Tuesday",
        "met.when": "today",
        "met.month": "November",
        "meeting.weekday": "Tuesday",
        "meeting.date": "Tuesday 24 November",
        "meeting.time": "14:00",
        "meeting.how": "by video",
        "meeting.place": "https://meet.example.com",
        "meeting.where": "The link I have is https://meet.example.com",
        "meeting.minutes": "twenty-five",
        "meeting.named": "Ana and Tom",
        "meeting.promised": "the article and ‹say what you promised: “call on Friday”›",
        "meeting.advice": "",
        "meeting.starred_1": "‹say it to them: “aaa”›",
        "meeting.starred_2": "‹say it to them: “bbb”›",
        "meeting.starred_3": "‹say it to them: “ccc”›",
    }


def test_a_meeting_that_began_late_is_named_by_when_it_began() -> None:
    started = Countdown().start(local("2026-11-25 09:30"))
    values = meeting_values(interview("2026-11-24 14:00", countdown=started), [], [], CALENDAR, NOW)
    assert (values["meeting.weekday"], values["meeting.time"]) == ("Wednesday", "09:30")


@pytest.mark.parametrize("mode", list(Mode))
def test_every_way_to_meet_has_its_words(mode: Mode) -> None:
    assert meeting_values(interview(mode=mode), [], [], CALENDAR, NOW)["meeting.how"]


def test_without_a_meeting_there_is_nothing_to_lean_on() -> None:
    assert meeting_values(None, [], [], CALENDAR, NOW) == {}


def test_every_value_of_a_meeting_has_a_name_on_the_list() -> None:
    meeting = interview(checklist=(question("a", starred=True),), notes={"a": "a"})
    assert set(meeting_values(meeting, [], [], CALENDAR, NOW)) <= set(PLACEHOLDERS)


ADVICE = capture(CaptureKind.RESUME, " One page.\n Numbers first. ")
ON_FILE = capture(CaptureKind.ON_FILE, "for the spring")
REVISED = follow_up(
    FollowUpKind.OTHER, note=resume_task(ADVICE.what), interview_id="meeting", done_at=NOW
)  # fmt: skip
ADVICE_USED = "I've changed my resume as you advised"
KEPT = "You said you'd keep me on file, and I'd like to keep you up to date"


def test_advice_on_the_resume_is_something_to_lean_on() -> None:
    meeting = interview(captured=(ADVICE, capture(CaptureKind.RESUME), ON_FILE, ADVICE))
    assert resume_advice(meeting) == ["One page. Numbers first"] * 2
    assert meeting_values(meeting, [], [], CALENDAR, NOW)["meeting.advice"] == (
        "‹say it to them: “One page. Numbers first and One page. Numbers first”›"
    )


@pytest.mark.parametrize(
    ("captured", "follow_ups", "reason"),
    [
        ((), [], ""),
        ((ADVICE,), [], ""),
        ((ADVICE,), [replace(REVISED, done_at=None)], ""),
        ((ADVICE,), [replace(REVISED, dropped=True)], ""),
        ((ADVICE,), [replace(REVISED, interview_id="other")], ""),
        ((ADVICE,), [REVISED], ADVICE_USED),
        ((ON_FILE,), [], KEPT),
        ((ON_FILE, ADVICE), [REVISED], ADVICE_USED),
        ((capture(CaptureKind.REFERRAL, "Ana"),), [REVISED], ""),
    ],
)
def test_a_meeting_gives_a_reason_to_write_again(
    captured: tuple[Capture, ...], follow_ups: list[FollowUp], reason: str
) -> None:
    assert meeting_reason(interview(captured=captured), follow_ups) == reason


def test_without_a_meeting_there_is_no_reason() -> None:
    assert meeting_reason(None, [REVISED]) == ""


@pytest.mark.parametrize(
    ("day", "phrase"),
    [
        ("2026-11-23", "today"),
        ("2026-11-22", "on Sunday"),
        ("2026-11-17", "on Tuesday"),
        ("2026-11-16", "on Monday 16 November"),
        ("2026-11-29", "on Sunday"),
        ("2026-11-30", "on Monday 30 November"),
    ],
)
def test_a_weekday_alone_is_one_within_the_week(day: str, phrase: str) -> None:
    assert day_phrase(date.fromisoformat(day), date(2026, 11, 23)) == phrase


def test_of_a_meeting_with_somebody_else_a_letter_has_only_when_it_was() -> None:
    meeting = interview("2026-11-20 14:00", checklist=(question("a", starred=True),), notes={"a": "a secret"})
    assert about_meeting_values(meeting, CALENDAR, NOW) == {
        "about.when": "on Friday",
        "about.weekday": "Friday",
        "about.minutes": "twenty",
    }


@pytest.mark.parametrize(
    ("ended_at", "minutes"),
    [
        ("2026-11-24 14:19", "twenty"),
        ("2026-11-24 14:23", "twenty"),
        ("2026-11-24 14:12", "twelve"),
        ("2026-11-24 14:41", "forty-one"),
        ("2026-11-24 14:01", "twenty"),
        ("", "twenty"),
    ],
)
def test_a_letter_says_the_minutes_a_meeting_took(ended_at: str, minutes: str) -> None:
    began = local("2026-11-24 14:00")
    countdown = Countdown(minutes=20, started_at=began, stopped_at=local(ended_at) if ended_at else None)
    meeting = replace(
        interview("2026-11-24 14:00"), countdown=countdown, ended_at=local(ended_at) if ended_at else None
    )
    assert meeting_values(meeting, [], [], CALENDAR, NOW)["meeting.minutes"] == minutes


@pytest.mark.parametrize(
    ("mode", "place", "phone", "where"),
    [
        (Mode.PHONE, "", "+1 312 555 0142", "I'll call you on +1 312 555 0142"),
        (
            Mode.PHONE,
            "+1 312 555 0199 ext. 4",
            "+1 312 555 0142",
            "The number I have is +1 312 555 0199 ext. 4",
        ),
        (Mode.PHONE, "they call me", "+1 312 555 0142", ""),
        (Mode.PHONE, "", "", ""),
        (
            Mode.VIDEO,
            "https://meet.example.com",
            "+1 312 555 0142",
            "The link I have is https://meet.example.com",
        ),
        (Mode.IN_PERSON, "4th floor", "+1 312 555 0142", "The place I have is 4th floor"),
        (Mode.IN_PERSON, " ", "+1 312 555 0142", ""),
    ],
)
def test_a_confirmation_says_where_or_who_calls(mode: Mode, place: str, phone: str, where: str) -> None:
    meeting = replace(interview("2026-11-24 14:00"), mode=mode, place=place)
    values = meeting_values(meeting, [], [], CALENDAR, NOW, phone=phone)
    assert values["meeting.where"] == where
