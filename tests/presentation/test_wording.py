from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec
import pytest
from warmcall.domain.countdown import Countdown, Pause
from warmcall.domain.pace import Pace, Verdict
from warmcall.domain.queue import Section, entry
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
from warmcall.presentation import countdown as countdown_words
from warmcall.presentation import queue, wording

from tests.examples import CALENDAR, NOW, attempt, contact, follow_up, interview, local, question

CLOSE = timedelta(minutes=3)
CALL = FollowUpKind.CALL


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
        (Section, queue.SECTION),
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
def test_days_near_are_words_and_the_year_is_told_if_it_is_another(when: date, words: str) -> None:
    assert wording.day(when, date(2026, 11, 23)) == words


@pytest.mark.parametrize(
    ("owed", "words"),
    [
        (follow_up(CALL, "2026-11-23"), "today"),
        (follow_up(CALL, "2026-11-23", part=DayPart.MORNING), "this morning"),
        (follow_up(CALL, "2026-11-23", part=DayPart.AFTERNOON), "this afternoon"),
        (follow_up(CALL, "2026-11-24", part=DayPart.MORNING), "tomorrow am"),
        (follow_up(CALL, "2026-11-26", part=DayPart.AFTERNOON), "Thu 26 Nov pm"),
        (follow_up(CALL, "2026-11-22"), "1 d late"),
        (follow_up(CALL, "2026-11-21"), "2 d late"),
        (follow_up(CALL, "2025-11-23"), "365 d late"),
        (follow_up(CALL, "2026-11-23 09:50"), "09:50, in 50 min"),
        (follow_up(CALL, "2026-11-23 14:00"), "14:00, in 5 h"),
        (follow_up(CALL, "2026-11-23 08:59"), "1 min late"),
        (follow_up(CALL, "2026-11-22 09:00"), "24 h late"),
        (follow_up(CALL, "2026-11-20 14:00"), "2 d late"),
        (follow_up(CALL, "2026-11-24 14:00"), "tomorrow 14:00"),
        (follow_up(CALL, "2026-12-03 14:00"), "Thu 3 Dec 14:00"),
    ],
)
def test_when_an_entry_of_the_queue_is_due(owed: FollowUp, words: str) -> None:
    assert queue.due_words(entry(owed, NOW, CALENDAR), NOW, CALENDAR) == words


@pytest.mark.parametrize(
    ("owed", "words"),
    [
        (follow_up(CALL, "2026-11-24", part=DayPart.MORNING), "tomorrow, morning"),
        (follow_up(CALL, "2026-11-24"), "tomorrow"),
        (follow_up(CALL, "2026-11-24 14:00"), "tomorrow 14:00"),
        (follow_up(CALL, "2026-11-20"), "Fri 20 Nov"),
    ],
)
def test_when_something_is_due(owed: FollowUp, words: str) -> None:
    assert wording.due(owed, NOW, CALENDAR) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(), "1 min"),
        (timedelta(seconds=119), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=47, minutes=59), "47 h"),
        (timedelta(hours=48), "2 d"),
        (timedelta(days=9, hours=23), "9 d"),
    ],
)
def test_a_span_is_shown_in_its_largest_unit(span: timedelta, words: str) -> None:
    assert queue.rounded_span(span) == words


def test_what_why_and_where_are_told_with_what_is_known() -> None:
    luis = contact(organization="Parkway & Sons", title="Account Director")
    assert wording.what(follow_up(CALL), luis) == "call Luis Ortega"
    assert wording.what(follow_up(FollowUpKind.CONFIRM), None) == "confirm with someone deleted"
    assert wording.work(luis) == "Account Director, Parkway & Sons"
    assert wording.work(contact(organization="Parkway & Sons")) == "Parkway & Sons"
    assert wording.work(None) == ""
    assert wording.why(follow_up(CALL, why="try 2 of 3", note="early")) == "try 2 of 3: early"
    assert wording.why(follow_up(CALL, note="early")) == "early"
    theirs = follow_up(FollowUpKind.PROMISE, waiting=True)
    assert wording.what(theirs, luis) == "promise from Luis Ortega"
    assert wording.what(follow_up(FollowUpKind.PROMISE), luis) == "promise to Luis Ortega"
    asked = follow_up(FollowUpKind.OTHER, note="ask another person\n", why="no answer by Mon 23 Nov")
    assert wording.what(asked, luis) == "ask another person: Luis Ortega"
    assert wording.why(asked) == "no answer by Mon 23 Nov"
    long = follow_up(FollowUpKind.OTHER, note="lend a book\nthe red one")
    assert wording.what(long, luis) == "lend a book …: Luis Ortega"
    assert wording.what(follow_up(FollowUpKind.OTHER), luis) == "see to Luis Ortega"
    told = follow_up(FollowUpKind.TELL_REFERRER, why="they named someone you met")
    assert wording.why(told, contact(name="Mei Tanaka")) == "you met Mei Tanaka"
    assert wording.why(told) == "they named someone you met"
    assert wording.short_name(luis) == "Luis"
    assert wording.short_name(contact(name="佐藤")) == "佐藤"


RUNNING = Countdown(minutes=20, started_at=NOW)


@pytest.mark.parametrize(
    ("countdown", "after", "words"),
    [
        (Countdown(minutes=20), 0, "20 minutes"),
        (RUNNING, 0, "20:00 left"),
        (RUNNING, 439, "12:41 left"),
        (RUNNING, 899, "5:01 left"),
        (RUNNING, 900, "last 5, 5:00 left"),
        (RUNNING, 1020, "close, 3:00 left"),
        (RUNNING, 1199, "close, 0:01 left"),
        (RUNNING, 1200, "time up"),
        (RUNNING, 1200.9, "time up"),
        (RUNNING, 1201, "over by 0:01"),
        (RUNNING, 1230, "over by 0:30"),
        (RUNNING, 4800, "over by 60:00"),
        (RUNNING.extend(5), 1199, "5:01 left"),
        (RUNNING.pause(NOW + timedelta(minutes=21)), 9000, "paused, over by 1:00"),
        (msgspec.structs.replace(RUNNING, pauses=(Pause(NOW),)), 500, "paused, 20:00 left"),
        (RUNNING.stop(NOW + timedelta(minutes=19)), 5000, "took 19:00"),
    ],
)
def test_what_the_countdown_says(countdown: Countdown, after: float, words: str) -> None:
    assert countdown_words.time_left(countdown, NOW + timedelta(seconds=after), CLOSE) == words


@pytest.mark.parametrize(
    ("minutes", "beginning"),
    [
        (0, ""),
        (14.9, ""),
        (15, "Last five minutes: “I see we have five minutes left.”"),
        (17, "The close: “Who else should I talk to?"),
        (20, "Time is up: “The 20 minutes are up."),
        (99, "Time is up: “The 20 minutes are up."),
    ],
)
def test_the_sentence_to_say_comes_as_the_end_comes_near(minutes: float, beginning: str) -> None:
    advice = countdown_words.advice(RUNNING, NOW + timedelta(minutes=minutes), CLOSE)
    assert advice.startswith(beginning)
    assert bool(advice) == bool(beginning)


@pytest.mark.parametrize(
    ("extended", "more", "ending"),
    [
        (0, 5, "“The 20 minutes are up. Shall we stop, or would five more suit you?”"),
        (0, 10, "“The 20 minutes are up. Shall we stop, or would ten more suit you?”"),
        (5, 5, "“The 25 minutes are up. Thank you: I will let you go.”"),
    ],
)
def test_more_time_is_asked_for_once_and_never_on_top_of_what_they_gave(
    extended: int, more: int, ending: str
) -> None:
    countdown = RUNNING.extend(extended)
    assert countdown_words.advice(countdown, NOW + timedelta(minutes=26), CLOSE, more).endswith(ending)


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (timedelta(hours=1), "set 1 h forward"),
        (timedelta(minutes=-65), "set 1 h 5 min back"),
        (timedelta(seconds=-40), "set 40 s back"),
        (timedelta(minutes=59, seconds=59.7), "set 1 h forward"),
        (timedelta(days=2), "set 48 h forward"),
    ],
)
def test_a_clock_that_was_set_is_told_with_how_far_and_which_way(by: timedelta, words: str) -> None:
    said = countdown_words.clock_set(by)
    assert said == f"The clock of this machine was {words}; the countdown goes on as before"


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.ON_PACE, "1:35 each · on pace"),
        (Verdict.BEHIND, "1:35 each · behind: drop question 6? D: yes"),
        (Verdict.CLOSE, "the close: who else?"),
        (Verdict.DONE, "all asked"),
    ],
)
def test_what_the_pace_says(verdict: Verdict, words: str) -> None:
    pace = Pace(verdict, 3, timedelta(seconds=95), "q6")
    assert countdown_words.pace(pace, {"q6": 6}) == words


@pytest.mark.parametrize(
    ("attempts", "words"),
    [
        ([], "first try"),
        ([attempt("2026-11-17 10:05", Outcome.VOICEMAIL)], "try 2 · voicemail left Tue 17 Nov 10:05"),
        (
            [attempt("2026-11-17 10:05", Outcome.VOICEMAIL), attempt("2026-11-22 16:00", Outcome.NO_ANSWER)],
            "try 3 · no answer yesterday 16:00",
        ),
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
        ("", "their time unknown, yours 09:00"),
        ("Mars/Olympus", "their time unknown (Mars/Olympus?), yours 09:00"),
        ("Europe/Berlin", "their time 16:00, yours 09:00"),
    ],
)
def test_an_unknown_zone_is_said_to_be_and_never_guessed(zone: str, words: str) -> None:
    theirs = NOW.astimezone(ZoneInfo(zone)) if zone == "Europe/Berlin" else None
    assert wording.local_times(zone, theirs, CALENDAR.local(NOW)) == words


def test_moments_are_told_in_the_users_zone() -> None:
    assert wording.moment(local("2026-11-26 14:00"), NOW, CALENDAR) == "Thu 26 Nov 14:00"
    assert wording.plain_day(date(2027, 2, 9)) == "Tue 9 Feb"
