from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec
import pytest
from warmcall.domain.countdown import Countdown
from warmcall.domain.records import Attempt, FollowUp
from warmcall.domain.vocabulary import (
    Channel,
    ContactKind,
    DayPart,
    FollowUpKind,
    Mode,
    Outcome,
    Source,
    Stage,
)
from warmcall.presentation import wording

from tests.examples import CALENDAR, NOW, attempt, contact, follow_up, interview, local, question

CALL = FollowUpKind.CALL
RUNNING = Countdown(minutes=20, started_at=NOW)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ContactKind, wording.KIND),
        (Source, wording.SOURCE),
        (Channel, wording.CHANNEL),
        (Mode, wording.MODE),
        (Stage, wording.STAGE),
        (Outcome, wording.OUTCOME),
        (Outcome, wording.OUTCOME_CHOICE),
        (FollowUpKind, wording.FOLLOW_UP),
        (FollowUpKind, wording.FOLLOW_UP_KIND),
        (DayPart, wording.PART),
    ],
)
def test_every_value_of_the_vocabulary_has_words(kind: type[StrEnum], words: Mapping[StrEnum, str]) -> None:
    assert set(words) == set(kind)
    assert not any("_" in text for text in words.values())


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 11, 26), "Thu 26 Nov"),
        (date(2027, 2, 9), "Tue 9 Feb 2027"),
        (date(2025, 11, 23), "Sun 23 Nov 2025"),
    ],
)
def test_days_near_are_words_and_another_year_is_shown(when: date, words: str) -> None:
    assert wording.day(when, date(2026, 11, 23)) == words


@pytest.mark.parametrize(
    ("owed", "words"),
    [
        (follow_up(CALL, "2026-11-24", part=DayPart.MORNING), "tomorrow morning"),
        (follow_up(CALL, "2026-11-23", part=DayPart.AFTERNOON), "this afternoon"),
        (follow_up(CALL, "2026-11-24"), "tomorrow"),
        (follow_up(CALL, "2026-11-24 14:00"), "tomorrow 14:00"),
        (follow_up(CALL, "2026-11-20"), "Fri 20 Nov"),
    ],
)
def test_when_something_is_due(owed: FollowUp, words: str) -> None:
    assert wording.due(owed, NOW, CALENDAR) == words


def test_what_why_and_where_are_shown_as_far_as_they_are_known() -> None:
    luis = contact(organization="Parkway & Sons", title="Account Director")
    assert wording.what(follow_up(CALL), luis) == "call Luis Ortega"
    assert (
        wording.what(follow_up(FollowUpKind.CONFIRM), None) == "confirm the interview with a deleted contact"
    )
    assert wording.work(luis) == "Account Director, Parkway & Sons"
    assert wording.work(contact(organization="Parkway & Sons")) == "Parkway & Sons"
    assert wording.work(None) == ""
    assert wording.why(follow_up(CALL, why="try 2 of 3", note="early")) == "try 2 of 3: early"
    assert wording.why(follow_up(CALL, note="early")) == "early"
    theirs = follow_up(FollowUpKind.PROMISE, waiting=True)
    assert wording.what(theirs, luis) == "promise from Luis Ortega"
    assert wording.what(follow_up(FollowUpKind.PROMISE), luis) == "keep the promise to Luis Ortega"
    asked = follow_up(FollowUpKind.OTHER, note="ask another person\n", why="no answer by Mon 23 Nov")
    assert wording.what(asked, luis) == "ask another person: Luis Ortega"
    assert wording.why(asked) == "no answer by Mon 23 Nov"
    long = follow_up(FollowUpKind.OTHER, note="lend a book\nthe red one")
    assert wording.what(long, luis) == "lend a book …: Luis Ortega"
    assert wording.what(follow_up(FollowUpKind.OTHER), luis) == "follow up with Luis Ortega"
    mine = follow_up(FollowUpKind.PROMISE, note="the article", why="you promised it")
    assert wording.why(mine) == "the article"
    theirs = follow_up(FollowUpKind.PROMISE, note="the list", why="they promised it", waiting=True)
    assert wording.why(theirs) == "the list (theirs)"
    assert wording.why(follow_up(FollowUpKind.PROMISE, why="promised Mon 23 Nov")) == "promised Mon 23 Nov"
    report = follow_up(FollowUpKind.TELL_REFERRER, why="they named someone you met")
    assert wording.what(report, luis) == "tell Luis Ortega how it went"
    assert wording.why(report, contact(name="Mei Tanaka")) == "you met Mei Tanaka"
    assert wording.why(report) == "they named someone you met"
    assert wording.short_name(luis) == "Luis"
    assert wording.short_name(contact(name="佐藤")) == "佐藤"


@pytest.mark.parametrize(
    ("attempts", "words"),
    [
        ([], "first try"),
        ([attempt("2026-11-17 10:05", Outcome.VOICEMAIL)], "try 2 · voicemail left Tue 17 Nov"),
        (
            [attempt("2026-11-17 10:05", Outcome.VOICEMAIL), attempt("2026-11-22 16:00", Outcome.NO_ANSWER)],
            "try 3 · no answer yesterday",
        ),
        ([attempt("2026-11-23 08:40", Outcome.NO_ANSWER)], "try 2 · no answer today 08:40"),
    ],
)
def test_how_often_somebody_was_tried(attempts: list[Attempt], words: str) -> None:
    assert wording.tries(attempts, NOW, CALENDAR) == words


def test_one_line_of_the_history_for_an_attempt_and_for_a_meeting() -> None:
    tried = attempt("2026-11-17 10:05", Outcome.VOICEMAIL)
    assert wording.attempt_line(tried, NOW, CALENDAR) == "Tue 17 Nov 10:05 · phone: voicemail left"
    pending_attempt = attempt("2026-11-23 09:00", None)
    assert wording.attempt_line(pending_attempt, NOW, CALENDAR) == "today 09:00 · phone: under way"
    planned = interview("2026-11-26 14:00", mode=Mode.VIDEO, checklist=(question("a"),))
    assert wording.meeting_line(planned, NOW, CALENDAR) == "Thu 26 Nov 14:00 · interview by video, planned"
    off = msgspec.structs.replace(planned, cancelled=True)
    assert wording.meeting_line(off, NOW, CALENDAR).endswith(", cancelled")
    going = msgspec.structs.replace(planned, countdown=RUNNING)
    assert wording.meeting_line(going, NOW, CALENDAR).endswith(", running")
    end = NOW + timedelta(minutes=21)
    ended = msgspec.structs.replace(planned, countdown=RUNNING.stop(end), ended_at=end)
    assert wording.meeting_line(ended, NOW, CALENDAR) == "today 09:00 · interview by video, 21:00"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("", "their time unknown"),
        ("Mars/Olympus", "their time unknown (Mars/Olympus?)"),
        ("Europe/Berlin", "16:00 there, 09:00 here"),
        ("America/Chicago", "09:00 there and here"),
    ],
)
def test_an_unknown_zone_is_called_unknown_and_never_guessed(zone: str, words: str) -> None:
    theirs = NOW.astimezone(ZoneInfo(zone)) if zone in ("Europe/Berlin", "America/Chicago") else None
    assert wording.local_times(zone, theirs, CALENDAR.local(NOW)) == words


def test_moments_are_in_the_zone_of_the_user() -> None:
    assert wording.moment(local("2026-11-26 14:00"), NOW, CALENDAR) == "Thu 26 Nov 14:00"
    assert wording.plain_day(date(2027, 2, 9)) == "Tue 9 Feb"


@pytest.mark.parametrize(
    ("attempts", "zone", "words"),
    [
        ([], "", ""),
        ([attempt("2026-11-17 10:05", Outcome.SCHEDULED)], "", ""),
        ([attempt("2026-11-16 15:00", Outcome.NO_ANSWER)], "", "a morning"),
        ([attempt("2026-11-16 10:00", Outcome.NO_ANSWER)], "", "an afternoon"),
        ([attempt("2026-11-16 10:00", Outcome.NO_ANSWER)], "Europe/Berlin", "a morning"),
    ],
)
def test_after_calls_that_were_not_answered_the_other_half_of_the_day_is_tried(
    attempts: list[Attempt], zone: str, words: str
) -> None:
    assert wording.half_day_to_try(attempts, CALENDAR, ZoneInfo(zone) if zone else None) == words


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (None, "open in another session"),
        ("2026-11-23 08:02", "open in another session since 08:02"),
        ("2026-11-22 14:02", "open in another session since yesterday 14:02"),
    ],
)
def test_an_interview_held_by_another_session(since: str | None, words: str) -> None:
    assert wording.held_elsewhere(local(since) if since else None, NOW, CALENDAR) == words


@pytest.mark.parametrize(
    ("countdown", "last_note_at", "words"),
    [
        (RUNNING, None, "started 09:00, no notes"),
        (RUNNING, "2026-11-23 09:21", "last note 09:21"),
        (RUNNING.pause(local("2026-11-23 09:05")), None, "paused 09:05"),
        (
            RUNNING.pause(local("2026-11-23 09:05")).resume(local("2026-11-23 09:08")),
            None,
            "resumed 09:08",
        ),
    ],
)
def test_the_last_activity_in_an_interview(
    countdown: Countdown, last_note_at: str | None, words: str
) -> None:
    noted = local(last_note_at) if last_note_at else None
    held = interview(NOW, countdown=countdown, last_note_at=noted)
    assert wording.last_activity(held, NOW + timedelta(hours=1), CALENDAR) == words
