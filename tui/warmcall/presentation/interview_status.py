"""An interview line by line, for plain commands: with whom, the time, the questions, what is captured.

Every state is said in words, so that it can be read aloud.
"""

from __future__ import annotations

import math

from warmcall.domain.countdown import CountdownState
from warmcall.domain.minute_marks import without_minutes
from warmcall.domain.pace import pace_of
from warmcall.domain.records import ChecklistQuestion, Interview
from warmcall.domain.sanitize import many_lines, one_line
from warmcall.domain.vocabulary import QuestionState
from warmcall.presentation import countdown as countdown_words
from warmcall.presentation import wording
from warmcall.presentation.acts import interview_words, meeting_words
from warmcall.presentation.captures import capture_cells
from warmcall.presentation.interview import close_heading
from warmcall.services.services import Services

_STATE = {QuestionState.OPEN: "", QuestionState.ASKED: "asked", QuestionState.SKIPPED: "skipped"}


def status_lines(services: Services, interview: Interview, with_notes: bool = False) -> list[str]:
    """Return all of it: head, clock, what to say now, the questions with their numbers, what is captured.

    `with_notes` has what was noted under each question, too.
    """
    close = next((at for at, asked in enumerate(interview.checklist) if asked.in_close), None)
    lines = [head_line(services, interview), *clock_lines(services, interview)]
    reserved = services.library.cadence.close_of(interview.countdown.minutes)
    minutes = math.ceil(reserved.total_seconds() / 60)
    for at, question in enumerate(interview.checklist):
        if at == close:
            lines.append(f"{close_heading(minutes)}:")
        lines.append(question_line(interview, question))
        if with_notes:
            lines += _note_lines(interview, question.id)
    general = _note_lines(interview, "")
    if with_notes and general:
        lines += ["General notes:", *general]
    if interview.ended_at is None:
        cells = (
            capture_cells(capture, services.time.now(), services.time.calendar)
            for capture in interview.captured
        )
        lines += [one_line(f"Captured: {kind}: {what}") for kind, what in cells]
    return lines


def head_line(services: Services, interview: Interview) -> str:
    """Return whom it is with, and how: "Interview with Mei Tanaka (id 07c1) · Media Planner · by phone"."""
    words = interview_words(services, interview).removeprefix("the ")
    work = wording.work(services.store.contact(interview.contact_id))
    return " · ".join(filter(None, [f"{words[:1].upper()}{words[1:]}", work, wording.MODE[interview.mode]]))


def clock_lines(services: Services, interview: Interview, with_place: bool = True) -> list[str]:
    """Return the time left with the pace, and near the end what to say; before the start when it is.

    Where nobody ended it, that is said instead. `with_place` has the number of the question it is at.
    """
    if interview.countdown.going and services.unfinished_interviews.left_running(interview):
        now, calendar = services.time.now(), services.time.calendar
        return [f"It was never ended: {wording.last_activity(interview, now, calendar)}."]
    if interview.cancelled:
        return ["It was called off."]
    if not interview.countdown.started and interview.ended_at is None:
        return [f"Planned for {meeting_words(interview, services)}."]
    cadence = services.library.cadence
    countdown, now = services.time.anchored(interview.countdown)
    close = cadence.close_of(countdown.minutes)
    state = countdown.state(now, close)
    words = countdown_words.time_left(countdown, now, close)
    if state is CountdownState.ENDED:
        return [f"{wording.meeting_line(interview, services.time.now(), services.time.calendar)}."]
    numbers = numbers_of(interview)
    value = pace_of(interview.checklist, countdown, now, close, interview.current)
    skip = f"warmcall interview skip {numbers.get(value.drop, '')}"
    pace = countdown_words.pace(value, numbers, skip)
    if state in (CountdownState.PAUSED, CountdownState.TIME_UP):
        pace = ""
    number = numbers.get(interview.current)
    place = f"question {number} of {len(numbers)}" if number and with_place else ""
    advice = countdown_words.advice(countdown, now, close, cadence.extension_minutes)
    return [" · ".join(filter(None, [words, place, pace])), *([advice] if advice else [])]


def numbers_of(interview: Interview) -> dict[str, int]:
    """Return the number of each question by its id, from 1."""
    return {question.id: number for number, question in enumerate(interview.checklist, 1)}


def question_line(interview: Interview, question: ChecklistQuestion) -> str:
    """Return a question with its number, and in words how far it is: "4. What surprised you? (now)"."""
    marks = [
        "now" if question.id == interview.current and interview.countdown.going else "",
        _STATE[question.state],
        "starred" if question.starred else "",
    ]
    state = ", ".join(filter(None, marks))
    ask = one_line(question.ask)
    return f"{numbers_of(interview).get(question.id, 0)}. {ask}{f' ({state})' if state else ''}"


def _note_lines(interview: Interview, question_id: str) -> list[str]:
    notes = without_minutes(interview.notes.get(question_id, "")).strip()
    return [f"   {line}" for line in many_lines(notes).split("\n")] if notes else []
