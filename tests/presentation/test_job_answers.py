from __future__ import annotations

import pytest
from warmcall.domain.answers import Answer
from warmcall.domain.job_answers import Draws, JobQuestion
from warmcall.domain.practice_answers import AnswerRound
from warmcall.domain.records import JobAnswer, JobPractice
from warmcall.domain.vocabulary import ContactKind
from warmcall.presentation.job_answers import (
    as_text,
    asked,
    head,
    length_of_text,
    material,
    practice_kept,
    practised_words,
    progress_line,
    row_cells,
    series,
    sure_after,
    sure_words,
)
from warmcall.services.job_answers import JobAnswerState, Material
from warmcall.widgets.rich_text import RichPart, plain_text

from tests.examples import CALENDAR, NOW, STAMP, contact, local

WHY = JobQuestion(id="why", ask="Why do you want this work?", seconds=60)
TODAY = CALENDAR.day_of(NOW)


def practice(day: str, before: int, after: int, seconds: int = 52) -> JobPractice:
    return JobPractice(at=local(f"{day} 18:00"), before=before, after=after, seconds=seconds)


def answer(*practices: JobPractice, text: str = "") -> JobAnswer:
    return JobAnswer(
        **STAMP, id="target~why", target_id="target", question_id="why", text=text, practices=practices
    )


def state(*practices: JobPractice, words: int = 0) -> JobAnswerState:
    text = " ".join(["word"] * words)
    return JobAnswerState(WHY, answer(*practices, text=text), words, words * 60 // 150)


ONCE, TWICE = practice("2026-11-20", 2, 3), practice("2026-11-23", 3, 4, 65)


@pytest.mark.parametrize(
    ("practices", "times", "sure"),
    [
        ((), "not practised yet", ""),
        ((ONCE,), "practised once", "sure 2→3"),
        ((ONCE, TWICE), "practised 2 times", "sure 2→4"),
    ],
)
def test_practice_is_said_by_times_and_by_how_sure(
    practices: tuple[JobPractice, ...], times: str, sure: str
) -> None:
    assert (practised_words(answer(*practices)), sure_words(answer(*practices))) == (times, sure)


def texts(cells: tuple[RichPart, ...]) -> list[str]:
    return [cell if isinstance(cell, str) else cell[0] for cell in cells]


@pytest.mark.parametrize(
    ("shown", "cells"),
    [
        (state(), ["–", "    –", "about 1:00", "not yet", ""]),
        (state(words=85), ["○", "   85", "0:34 of 1:00", "not yet", ""]),
        (state(ONCE, words=85), ["●", "   85", "0:34 of 1:00", "1 time", "2→3"]),
        (state(ONCE, TWICE), ["●", "    –", "about 1:00", "2 times", "2→4"]),
    ],
)
def test_a_row_says_how_far_an_answer_is(shown: JobAnswerState, cells: list[str]) -> None:
    sign, ask, *rest = texts(row_cells(shown))
    assert [sign, *rest] == cells
    assert ask == WHY.ask


def test_the_head_counts_what_is_written_and_what_was_practised() -> None:
    assert head("Media Planner", [state(words=9), state(ONCE), state()]) == (
        "Your answers · Media Planner · 1 of 3 written, 1 practised"
    )


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([state(), state()], None),
        ([state(words=9), state()], "1 of 2 written"),
        ([state(ONCE, TWICE), state(ONCE)], "0 of 2 written · sure 2→4, 2→3"),
    ],
)
def test_progress_has_a_line_once_an_answer_is_begun(states: list[JobAnswerState], words: str | None) -> None:
    line = progress_line(states)
    assert (line and line.text) == words


def test_the_practices_stand_side_by_side_the_last_ones_where_there_are_many() -> None:
    assert series(answer(), TODAY, CALENDAR) == []
    assert plain_text(series(answer(ONCE, TWICE), TODAY, CALENDAR)).splitlines() == [
        "How sure, 1 to 5",
        "        20 Nov  today",
        "before  2       3",
        "after   3       4",
        "aloud   0:52    1:05",
    ]
    many = plain_text(series(answer(*[ONCE] * 8, TWICE), TODAY, CALENDAR)).splitlines()
    assert many[0] == "How sure, 1 to 5 · the last 6"
    assert many[2] == "before  2       2       2       2       2       3"


@pytest.mark.parametrize(
    ("words", "seconds", "said"),
    [
        (1, 1, "1 word · 1 s of about 60"),
        (150, 60, "150 words · 60 s of about 60"),
        (200, 80, "200 words · 80 s of about 60, long"),
    ],
)
def test_the_length_follows_what_is_typed(words: int, seconds: int, said: str) -> None:
    assert plain_text(length_of_text(words, seconds, state())) == said


def test_the_practice_so_far_stands_beside_the_length() -> None:
    assert plain_text(length_of_text(5, 2, state(ONCE))).endswith(" · practised once · sure 2→3")


@pytest.mark.parametrize(
    ("seconds", "remark"),
    [
        (30, "0:30 is short. Is there an example to give?"),
        (60, "1:00 is as long as it should be."),
        (130, "2:10 is long. What would they not miss?"),
    ],
)
def test_what_was_said_aloud_gets_a_remark_on_its_length(seconds: float, remark: str) -> None:
    assert plain_text(sure_after(seconds, WHY)).startswith(remark)


def test_after_the_last_question_the_round_is_summed_up() -> None:
    shown = [state(ONCE)]
    under_way = AnswerRound(questions=("why", "you"), kept={"why": ONCE, "you": TWICE})
    over = AnswerRound(questions=("you", "why"), at=1, kept={"you": TWICE, "why": ONCE})
    assert "This round" not in plain_text(practice_kept(under_way, shown, CALENDAR, TODAY))
    summary = plain_text(practice_kept(over, shown, CALENDAR, TODAY))
    assert summary.endswith("This round\n2→3  0:52 of 1:00  Why do you want this work?")


PRIYA = contact(id="priya", name="Priya Raman")


def said(words: str, **fields: object) -> Answer:
    usual = {
        "id": words, "interview_id": "meeting", "question_id": "day", "contact_id": "priya",
        "kind": ContactKind.PRACTITIONER, "at": NOW, "target_id": "target", "ask": "What fills a day?",
    }  # fmt: skip
    return Answer(**(usual | fields), words=words)  # type: ignore[arg-type]


def test_what_was_learned_says_who_said_it_and_what_is_not_to_be_repeated() -> None:
    parts = [
        Material(Draws.YOURSELF, ("I'm Robin Vale.",)),
        Material(
            Draws.INTERVIEWS,
            (),
            (said("checking", starred=True), said("the pay", not_to_repeat=True)),
            more=3,
        ),
        Material(Draws.RESEARCH),
    ]
    shown = plain_text(
        material(parts, {"priya": PRIYA}.get, lambda words: words.replace("{app.target}", "6"))
    )
    assert shown.splitlines() == [
        "What you say of yourself",
        "· I'm Robin Vale.",
        "",
        "What they said",
        "★ checking (Priya: What fills a day?)",
        "⊘ the pay (Priya: What fills a day?)",
        "  and 3 more: {progress.answers} in Progress",
        "",
        "Your research",
        "Nothing yet: 6 {target.research} begins it.",
        "",
        "⊘ not to be repeated there",
    ]


def test_of_an_organization_it_says_where_and_when_nobody_was_met_there() -> None:
    there = material([Material(Draws.ORGANIZATION, place="Two Lamps")], lambda _id: None, str)
    nowhere = material([Material(Draws.ORGANIZATION)], lambda _id: None, str)
    assert plain_text(there) == "What they said at Two Lamps\nNobody there has told you anything yet."
    assert plain_text(nowhere).startswith("What is known of them\nNo place is chosen")


def test_copied_are_the_answers_that_are_written() -> None:
    assert as_text([state(words=2), state()]) == "Why do you want this work?\nword word"


def test_a_question_of_the_users_own_file_is_harmless() -> None:
    odd = JobQuestion(id="x", ask="Why\x1b[31m?\n", seconds=60)
    assert "\x1b" not in plain_text(asked(odd))
