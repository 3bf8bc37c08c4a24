from __future__ import annotations

import pytest
from warmcall.domain.records import Capture
from warmcall.domain.vocabulary import CaptureKind, Permission
from warmcall.presentation import captures

from tests.examples import CALENDAR, NOW, capture, when

ANA = capture(
    CaptureKind.REFERRAL, "Ana Ruiz", why="runs the desk", may_use_name=Permission.YES,
    fields={"organization": "Two Lamps", "phone": "+1 312 555 0199"},
)  # fmt: skip
SURVEY = capture(CaptureKind.PROMISE, "the survey", due=when("2026-11-27"))
THEIRS = capture(CaptureKind.PROMISE, "the list", theirs=True)


def test_every_kind_and_every_permission_has_words() -> None:
    assert set(captures.CAPTURE_KIND) == set(CaptureKind)
    assert set(captures.PERMISSION) == set(Permission)
    assert {value for value, _ in captures.PERMISSION_CHOICES} == {
        permission.value for permission in Permission
    }


def test_each_permission_is_found_by_a_letter_of_its_own() -> None:
    letters = [label[0] for _, label in captures.PERMISSION_CHOICES]
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (ANA, "Ana Ruiz"),
        (SURVEY, "the survey by Fri 27 Nov"),
        (THEIRS, "the list (theirs)"),
        (capture(CaptureKind.RESUME), "resume looked at"),
        (capture(CaptureKind.RESUME, "one page"), "resume: one page"),
        (capture(CaptureKind.ON_FILE), "on file"),
        (capture(CaptureKind.ON_FILE, "until spring"), "on file: until spring"),
        (capture(CaptureKind.REFERRAL, " Ana\x1b[31m "), "Ana␛[31m"),
    ],
)
def test_a_capture_in_a_few_words(found: Capture, words: str) -> None:
    assert captures.capture_summary(found, NOW, CALENDAR) == words


def test_captures_on_one_line_begin_with_the_newest() -> None:
    assert captures.captures_line((ANA, SURVEY, THEIRS), NOW, CALENDAR) == (
        "the list (theirs), the survey by Fri 27 Nov, Ana Ruiz"
    )
    assert captures.captures_line((), NOW, CALENDAR) == ""


@pytest.mark.parametrize(
    ("found", "cells"),
    [
        (ANA, ("referral", "Ana Ruiz · runs the desk · may use the name: yes · Two Lamps · +1 312 555 0199")),
        (SURVEY, ("promise", "the survey by Fri 27 Nov")),
        (capture(CaptureKind.RESUME, "one page\nbolder"), ("resume", "one page␊bolder")),
        (capture(CaptureKind.ON_FILE), ("on file", "")),
    ],
)
def test_a_row_shows_the_kind_and_all_that_is_known(found: Capture, cells: tuple[str, str]) -> None:
    assert captures.capture_cells(found, NOW, CALENDAR) == cells


@pytest.mark.parametrize(
    ("found", "ended", "words"),
    [
        (ANA, False, "Noted: Ana Ruiz"),
        (ANA, True, "In People, and to be called: Ana Ruiz"),
        (SURVEY, False, "Noted: the survey by Fri 27 Nov"),
        (SURVEY, True, "In the queue: the survey by Fri 27 Nov"),
        (capture(CaptureKind.RESUME), True, "Noted: resume looked at"),
    ],
)
def test_the_notice_says_where_a_capture_is_found(found: Capture, ended: bool, words: str) -> None:
    assert captures.capture_recorded(found, ended, NOW, CALENDAR) == words
