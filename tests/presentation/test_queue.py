from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from warmcall.domain.queue import Counts, QueueEntry, Section, entry
from warmcall.domain.records import AnyRecord, FollowUp, replace
from warmcall.domain.vocabulary import DayPart, FollowUpKind, Mode
from warmcall.domain.when import When
from warmcall.presentation import queue
from warmcall.presentation.owed import due_words, plain_due_words, rounded_span
from warmcall.widgets.rich_text import plain_text
from warmcall.widgets.rows import Row

from tests.conftest import Bench
from tests.examples import (
    CALENDAR,
    LUIS,
    NOW,
    REFERRER,
    adding,
    contact,
    follow_up,
    interview,
    local,
    question,
)

CALL = FollowUpKind.CALL
MEI = contact(id="mei", name="Mei Tanaka", organization="Northgate Agency", title="Media Planner")


def entry_of(bench: Bench, owed: FollowUp, *more: AnyRecord) -> QueueEntry:
    bench.store.apply(adding(LUIS, owed, *more))
    return entry(owed, bench.clock.now(), CALENDAR)


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
    assert due_words(entry(owed, NOW, CALENDAR), NOW, CALENDAR) == words


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
    assert rounded_span(span) == words


@pytest.mark.parametrize(
    ("owed", "cells"),
    [
        (
            follow_up(CALL, "2026-11-23"),
            ("today", "☎", "Luis Ortega", "Parkway & Sons", "", "Parkway & Sons"),
        ),
        (
            follow_up(CALL, "2026-11-20", why="try 2 of 5"),
            ("! 3 d late", "☎", "Luis Ortega", "Parkway & Sons", "try 2 of 5",
             "try 2 of 5 · Parkway & Sons"),
        ),
        (
            follow_up(FollowUpKind.OTHER, "2026-11-24", note="lend a book", why="you promised it"),
            ("tomorrow", "·", "lend a book", "Parkway & Sons", "Luis Ortega · you promised it",
             "Luis Ortega · you promised it · Parkway & Sons"),
        ),
        (
            follow_up(FollowUpKind.OTHER, "2026-11-24", note="lend a book", contact_id="gone"),
            ("tomorrow", "·", "lend a book", "", "a deleted contact", "a deleted contact"),
        ),
        (
            follow_up(FollowUpKind.TELL_REFERRER, "2026-11-24", about_id="dana", why="you met"),
            ("tomorrow", "➤", "Luis Ortega", "Parkway & Sons", "you met Dana Whitfield",
             "you met Dana Whitfield · Parkway & Sons"),
        ),
        (
            follow_up(FollowUpKind.THANK_YOU, "2026-11-23 14:00"),
            ("14:00 5 h", "✉", "Luis Ortega", "Parkway & Sons", "thank-you",
             "thank-you · Parkway & Sons"),
        ),
        (
            follow_up(FollowUpKind.THANK_YOU, "2026-11-23 09:50"),
            ("09:50", "✉", "Luis Ortega", "Parkway & Sons", "thank-you",
             "thank-you · Parkway & Sons"),
        ),
        (
            follow_up(FollowUpKind.INTERVIEW, "2026-11-23 09:50", interview_id="m"),
            ("09:50 50 min", "◷", "Luis Ortega", "Parkway & Sons", "by video",
             "by video · Parkway & Sons"),
        ),
        (
            follow_up(FollowUpKind.PROMISE, "2026-11-26", note="the article"),
            ("Thu 26", "◆", "Luis Ortega", "Parkway & Sons", "the article",
             "the article · Parkway & Sons"),
        ),
        (
            follow_up(FollowUpKind.INTERVIEW, "2026-11-26 10:30", interview_id="m"),
            ("Thu 26 10:30", "◷", "Luis Ortega", "Parkway & Sons", "by video",
             "by video · Parkway & Sons"),
        ),
    ],
)  # fmt: skip
def test_a_row_shows_when_by_a_sign_what_whom_where_and_why(
    bench: Bench, owed: FollowUp, cells: tuple[str, ...]
) -> None:
    meeting = interview("2026-11-26 10:30", id="m", mode=Mode.VIDEO)
    row = Row("", queue.row_cells(bench.services, entry_of(bench, owed, REFERRER, meeting)))
    assert row.texts == cells


def test_only_what_is_late_warns_and_what_waits_is_dim(bench: Bench) -> None:
    def style_of_day(due: str, **fields: Any) -> str:
        cell = queue.row_cells(bench.services, entry_of(bench, follow_up(CALL, due, **fields)))[0]
        return cell if isinstance(cell, str) else cell[1]

    assert style_of_day("2026-11-20", id="late") == "$warning"
    assert style_of_day("2026-11-23", id="today") == "bold"
    assert style_of_day("2026-11-24", id="later") == ""


@pytest.mark.parametrize(
    ("minutes", "when"),
    [(0, "20 min left"), (12, "8 min left"), (20, "time up"), (22, "over by 2 min"), (300, "never ended")],
)
def test_the_row_of_the_running_interview_shows_the_time_left(bench: Bench, minutes: int, when: str) -> None:
    meeting = interview(NOW, checklist=(question("a"),))
    owed = follow_up(FollowUpKind.INTERVIEW, When(NOW), interview_id=meeting.id)
    other = follow_up(FollowUpKind.INTERVIEW, "2026-11-24 10:00", interview_id="other")
    bench.store.apply(adding(LUIS, meeting, owed, other))
    bench.services.interviewing.start(meeting.id)
    bench.clock.forward(minutes=minutes)
    assert queue.when(bench.services, entry(owed, bench.clock.now(), CALENDAR)) == when
    assert queue.when(bench.services, entry(other, bench.clock.now(), CALENDAR)) == "tomorrow 10:00"


def test_a_paused_countdown_fits_the_column(bench: Bench) -> None:
    meeting = interview(NOW, checklist=(question("a"),))
    owed = follow_up(FollowUpKind.INTERVIEW, When(NOW), interview_id=meeting.id)
    bench.store.apply(adding(LUIS, meeting, owed))
    bench.services.interviewing.start(meeting.id)
    bench.services.interviewing.toggle_pause(meeting.id)
    shown = queue.when(bench.services, entry(owed, bench.clock.now(), CALENDAR))
    assert shown == "paused 20 min"
    assert len(shown) <= queue.WHEN_CELLS


@pytest.mark.parametrize(
    ("section", "heading"),
    [
        (Section.OVERDUE, "Overdue  4"),
        (Section.TODAY, "Today  4"),
        (Section.COMING_UP, "Coming up  4"),
        (Section.WAITING, "Waiting on them  4"),
    ],
)
def test_the_heading_of_every_section(section: Section, heading: str) -> None:
    assert plain_text(queue.heading(section, 4, folded=False)) == heading
    assert plain_text(queue.heading(section, 4, folded=True)) == f"{heading}, folded"


@pytest.mark.parametrize(
    ("late", "today", "shown"),
    [
        (0, 0, ("", "")),
        (2, 0, ("2 late", "2 due")),
        (0, 4, ("4 today", "4 due")),
        (2, 4, ("2 late · 4 today", "6 due")),
    ],
)
def test_how_much_is_due_in_a_long_and_a_short_form(late: int, today: int, shown: tuple[str, str]) -> None:
    assert queue.due_counts(Counts(late=late, today=today)) == shown


def test_entries_as_plain_lines_begin_with_the_short_id_and_say_when_in_whole_words(bench: Bench) -> None:
    late = entry_of(
        bench, follow_up(CALL, "2026-11-20", id="abcde1", why="try 2 of 3", note="ask\x1b[31m early")
    )
    gone = entry_of(bench, follow_up(CALL, "2026-11-23", id="xy", contact_id="gone"))
    other = entry_of(bench, follow_up(CALL, "2026-12-23", id="abcde2"))
    lines = queue.plain_lines(bench.store, bench.services.time, [late, gone, other], [late, gone])
    assert [plain_text(line) for line in lines] == [
        "abcde1  3 days late · call Luis Ortega · Account Director, Parkway & Sons"
        " · try 2 of 3: ask␛[31m early",
        "xy      today · call a deleted contact",
    ]
    assert queue.pasted_line(bench.store, late.follow_up) == (
        "call Luis Ortega · Account Director, Parkway & Sons · try 2 of 3: ask\x1b[31m early"
    )


@pytest.mark.parametrize(
    ("owed", "words"),
    [
        (follow_up(CALL, "2026-11-23", part=DayPart.AFTERNOON), "this afternoon"),
        (follow_up(CALL, "2026-11-26", part=DayPart.MORNING), "Thu 26 Nov morning"),
        (follow_up(CALL, "2026-11-22"), "1 day late"),
        (follow_up(CALL, "2026-11-23 08:59"), "1 minute late"),
        (follow_up(CALL, "2026-11-20 14:00"), "2 days late"),
        (follow_up(CALL, "2026-11-23 10:05"), "10:05, in 1 hour"),
    ],
)
def test_when_an_entry_is_due_in_words_to_be_heard(owed: FollowUp, words: str) -> None:
    assert plain_due_words(entry(owed, NOW, CALENDAR), NOW, CALENDAR) == words


@pytest.mark.parametrize(
    ("owed", "sentence"),
    [
        ([], "Nothing is owed to anybody."),
        (
            [follow_up(CALL, "2026-11-25", id="a"), follow_up(CALL, "2026-11-24", id="b")],
            "Nothing is due until tomorrow: call Luis Ortega.",
        ),
        (
            [follow_up(CALL, "2026-11-24", id="a"), follow_up(FollowUpKind.CONFIRM, "2026-11-24", id="b")],
            "Nothing is due until tomorrow: confirm the interview with Luis Ortega.",
        ),
        (
            [
                follow_up(FollowUpKind.CONFIRM, "2026-11-24 14:00", id="a"),
                follow_up(CALL, "2026-11-24", id="b", part=DayPart.MORNING),
            ],
            "Nothing is due until tomorrow: call Luis Ortega.",
        ),
        (
            [
                follow_up(CALL, "2026-11-24", id="a", waiting=True),
                follow_up(FollowUpKind.CHECK_IN, "2026-11-25", id="b"),
            ],
            "Nothing is due until Wed 25 Nov: write to Luis Ortega.",
        ),
    ],
)
def test_with_nothing_due_it_names_the_first_row_below(
    bench: Bench, owed: list[FollowUp], sentence: str
) -> None:
    bench.store.apply(adding(LUIS, *owed))
    entries = bench.services.queue.entries()
    assert queue.nothing_due_message(bench.store, bench.services.time, entries) == sentence


SILENT = "Longest without a word: Mei Tanaka, 12 days."
TO_CALL = "To call next: Luis Ortega, Parkway & Sons, named by Mei Tanaka."


@pytest.mark.parametrize(
    ("met_at", "owed", "lines"),
    [
        ("2026-11-11 08:00", [], [SILENT, TO_CALL]),
        ("2026-11-22 08:00", [], [TO_CALL]),
        ("2026-11-22 08:00", [follow_up(CALL, "2026-11-24")], []),
        (
            "2026-11-22 08:00",
            [
                follow_up(CALL, "2026-11-25", id="call"),
                follow_up(FollowUpKind.CHECK_IN, "2026-11-24", contact_id="mei", id="write"),
            ],
            [TO_CALL],
        ),
    ],
)
def test_with_nothing_due_it_says_who_was_silent_longest_and_whom_to_call(
    bench: Bench, met_at: str, owed: list[FollowUp], lines: list[str]
) -> None:
    met = interview(met_at, contact_id="mei", ended_at=local(met_at) + timedelta(minutes=20))
    bench.store.apply(adding(MEI, met, replace(LUIS, referrer_id="mei"), *owed))
    assert queue.idle_lines(bench.services)[1:] == lines


@pytest.mark.parametrize(
    ("names", "whom"),
    [
        (["Mei"], "Mei"),
        (["Mei", "Luis"], "Mei and Luis"),
        (["Mei", "Luis", "Tom", "Ana"], "Mei, Luis and 2 more"),
    ],
)
def test_those_to_whom_nothing_is_owed_are_named_as_far_as_there_is_room(names: list[str], whom: str) -> None:
    assert queue.nothing_owed(names, "O") == f"Nothing is owed to {whom} any more: O plans the next step"
