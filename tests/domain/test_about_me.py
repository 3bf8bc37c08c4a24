from __future__ import annotations

import pytest
from warmcall.domain.about_me import aim, background_clause, background_problem, education, one_minute
from warmcall.domain.templates import profile_values

from tests.examples import profile, target


@pytest.mark.parametrize(
    ("typed", "clause"),
    [
        ("a graduate in history", "a graduate in history"),
        ("I'm a nurse.", "a nurse"),
        ("I’m  a nurse ", "a nurse"),
        ("i am a nurse", "a nurse"),
        ("I'm I'm a nurse", "a nurse"),
        ("Iman's assistant", "Iman's assistant"),
        ("", ""),
    ],
)
def test_a_background_follows_i_am_once(typed: str, clause: str) -> None:
    assert background_clause(typed) == clause
    assert profile_values(profile(background=typed))["me.background"] == clause


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("a former teacher", False),
        ("my own boss", False),
        ("used to long nights", False),
        ("working in a bank", False),
        ("wasting no time", False),
        ("", False),
        ("I was a teacher", True),
        ("was a teacher", True),
        ("I've taught for ten years", True),
        ("graduated in 2024", True),
        ("we run a shop", True),
    ],
)
def test_what_cannot_follow_i_am_is_asked_about(typed: str, wrong: bool) -> None:
    assert bool(background_problem(typed)) is wrong


@pytest.mark.parametrize(
    ("school", "degree", "sentence"),
    [
        ("Lake Arden College", "BA in Marketing", "I have a BA in Marketing from Lake Arden College"),
        ("", "MA in History", "I have an MA in History"),
        ("Lake Arden College", "a diploma in nursing", "I have a diploma in nursing from Lake Arden College"),
        ("Lake Arden College", "", "I went to Lake Arden College"),
        ("", " ", ""),
    ],
)
def test_where_and_what_one_studied_is_one_sentence(school: str, degree: str, sentence: str) -> None:
    assert education(school, degree) == sentence
    assert profile_values(profile(school=school, degree=degree))["me.education"] == sentence


@pytest.mark.parametrize(
    ("role", "industry", "place", "sentence"),
    [
        ("Media Planner", "advertising", "Chicago", "a Media Planner in advertising in Chicago"),
        ("architect", "", "Chicago", "an architect in Chicago"),
        ("architect", "", "", "an architect"),
    ],
)
def test_the_job_aimed_at_is_one_sentence(role: str, industry: str, place: str, sentence: str) -> None:
    assert aim(role, industry, place) == f"I'm thinking of becoming {sentence}"
    assert aim("", industry, place) == ""


def test_a_minute_about_oneself_has_every_fact_once_and_none_that_is_missing() -> None:
    me = profile(name="Robin Vale", background="a graduate", school="Lake Arden", degree="BA in Marketing")
    job = target(role="Media Planner", industry="", place="Chicago", why="I like figures!")
    assert one_minute(me, job) == (
        "I'm Robin Vale.",
        "I'm a graduate.",
        "I have a BA in Marketing from Lake Arden.",
        "I'm thinking of becoming a Media Planner in Chicago.",
        "I like figures!",
    )
    assert one_minute(None, None) == ()
    named = profile(name="R", background="a graduate of Lake Arden", school="Lake Arden", degree="BA in Law")
    assert one_minute(named, None)[1:] == ("I'm a graduate of Lake Arden.", "I have a BA in Law.")
