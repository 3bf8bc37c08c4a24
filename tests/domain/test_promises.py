from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.promises import as_thing, promise_problem, promise_sentence

from tests.profiles import modest


@pytest.mark.parametrize(
    ("typed", "thing"),
    [
        ("the article", "the article"),
        ("The article.", "the article"),
        ("my resume", "my resume"),
        ("send her the article", "the article"),
        ("I'll send you the article", "the article"),
        ("to send the slides to him", "the slides"),
        ("promised to forward my two interview guides", "my two interview guides"),
        ("send the spreadsheet for mileage", "the spreadsheet for mileage"),
        ("introduce me to Ana Ruiz", "the introduction to Ana Ruiz"),
        ("Ana's number", "Ana's number"),
        ("slides", ""),
        ("send article", ""),
        ("call Ana", ""),
        ("I'll look into it", ""),
        ("keep me on file", ""),
        ("her reading list", ""),
        ("the ‹article›", ""),
        ("", ""),
    ],
)
def test_a_promise_is_a_thing_where_it_is_certain_which(typed: str, thing: str) -> None:
    assert as_thing(typed) == thing
    assert bool(promise_problem(typed)) != bool(thing)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "say what was promised: “the article”"),
        ("slides", "say it as a thing: “the slides”"),
        ("send article", "say it as a thing: “the article”"),
        ("call Ana", "say it as a thing: “the call to Ana”"),
        ("call him on Friday", "say it as a thing: “the call on Friday”"),
        ("meet her at the fair", "say it as a thing: “the meeting at the fair”"),
        ("write to Ana", "say it as a thing: “the letter to Ana”"),
        ("look into it", "say it as a thing: “the article”, “my resume”"),
        ("her reading list", "they read it, so not “her”: “your reading list”"),
        ("tell her about it", "they read it, so not “her”: leave it out"),
        ("the ‹article›", "leave the signs ‹ › out"),
    ],
)
def test_what_is_no_thing_is_asked_about_with_the_words_to_write(typed: str, problem: str) -> None:
    assert promise_problem(typed) == problem


def test_what_they_promised_is_said_to_them() -> None:
    assert as_thing("her reading list", theirs=True) == "your reading list"
    assert promise_sentence("your reading list", theirs=True) == "I'd still be glad of your reading list."
    assert promise_sentence("the article") == "I haven't forgotten the article."


@modest
@given(st.text(max_size=40), st.booleans())
def test_a_thing_is_one_again(typed: str, theirs: bool) -> None:
    thing = as_thing(typed, theirs)
    if thing:
        assert as_thing(thing, theirs) == thing
    assert bool(promise_problem(typed, theirs)) != bool(thing)
