from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.text_analysis import asks_for_job, expects_no_job, job_word, refers_to, sentences

from tests.profiles import modest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One. Two? Three! Four", ["One.", "Two?", "Three!", "Four"]),
        ("Dr. Helen J. Marsh wrote. I read.", ["Dr. Helen J. Marsh wrote.", "I read."]),
        ("A line\n\nand another", ["A line", "and another"]),
        ("It is 3.5 of x.y", ["It is 3.5 of x.y"]),
        ("Well … yes", ["Well …", "yes"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Is there a job?", "job"),
        ("JOBS", "JOBS"),
        ("any Openings now", "Openings"),
        ("if you are hiring", "hiring"),
        ("to hire me", "hire"),
        ("a vacancy", "vacancy"),
        ("an open position", "open position"),
        ("my resume", "resume"),
        ("my résumé", "résumé"),
        ("my CV.", "CV"),
        ("", ""),
        ("jobless, Jobson, hirer, cvx", ""),
        ("your opening hours", ""),
        ("the opening of your show", ""),
        ("on opening the new office", ""),
        ("shall we resume our talk", ""),
        ("in your position", ""),
        ("about your work", ""),
    ],
)
def test_a_word_of_jobs_is_found(text: str, word: str) -> None:
    assert job_word(text) == word


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Are you hiring?", True),
        ("I don't suppose you have any openings?", True),
        ("Any openings?", True),
        ("Please let me know of any openings.", True),
        ("Keep me in mind for a position.", True),
        ("I'm still looking for a job.", True),
        ("I am hoping for an opportunity.", True),
        ("My resume is attached.", True),
        ("I attached the CV.", True),
        ("I wanted to ask if you are hiring", True),
        ("", False),
        ("I found a job, thanks to you.", False),
        ("I'm not looking for a job.", False),
        ("You said that people who hire read the first line only.", False),
        ("I brought it and you looked at my talk. How are you?", False),
        ("I took a job. How are you?", False),
        ("You kept my resume on file in June.", False),
        ("Please keep my resume on file.", True),
    ],
)
def test_a_sentence_that_asks_for_work_is_known(text: str, asks: bool) -> None:
    assert asks_for_job(text) is asks


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I'm not expecting an opening.", True),
        ("No job is asked for.", True),
        ("I’m here to learn, and won’t apply.", True),
        ("Not now. A job would be fine.", False),
        ("I know a notable job.", False),
        ("", False),
    ],
)
def test_the_assurance_is_a_no_and_a_word_of_jobs_in_one_sentence(text: str, said: bool) -> None:
    assert expects_no_job(text) is said


@pytest.mark.parametrize(
    ("text", "notes", "taken_up"),
    [
        ("I think of the three small agency budgets.", ["begin with small agency budgets first"], True),
        ("Small budgets at an agency, you said.", ["begin with small agency budgets first"], True),
        ("I now see the spreadsheets in a new light.", ["half of it is reading spreadsheets"], True),
        ("It was an interesting conversation.", ["an interesting conversation about trade press"], False),
        ("I will learn Excel.", ["Excel!"], True),
        ("I will learn Excellently.", ["Excel!"], False),
        ("You said to go on.", ["go on"], True),
        ("You said to go.", ["go on"], False),
        ("Thank you for your time.", ["read the trade press daily", "budgets"], False),
        ("I read up on budgets.", ["read the trade press daily", "budgets"], True),
        ("Thank you.", [], True),
        ("Thank you.", ["", " … "], True),
        ("面白い話でした", ["面白い話でした"], True),
        ("ありがとう", ["面白い話でした"], False),
    ],
)
def test_a_text_refers_to_a_note_or_does_not(text: str, notes: list[str], taken_up: bool) -> None:
    assert refers_to(text, notes) is taken_up


@modest
@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_can_be_read(text: str, notes: list[str]) -> None:
    assert job_word(text) in text
    assert not sentences(text) or all(sentences(text))
    assert isinstance(asks_for_job(text), bool)
    assert isinstance(expects_no_job(text), bool)
    assert refers_to(text, [text])
    assert isinstance(refers_to(text, notes), bool)
