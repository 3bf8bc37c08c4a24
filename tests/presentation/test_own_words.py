from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from warmcall.presentation import own_words

from tests.examples import ME, REFERRER

Sentence = Callable[[Mapping[str, str]], str]


@pytest.mark.parametrize(
    ("sentence", "values", "expected"),
    [
        (own_words.name, {"name": " Robin Vale "}, "“Hello, this is Robin Vale.”"),
        (own_words.background, {"background": "I'm a nurse"}, "“I'm a nurse.”"),
        (own_words.background, {"background": "I was a nurse"}, "Not after “I'm”: say “a former …”"),
        (own_words.studies, {"degree": "BA", "school": "Arden"}, "“I have a BA from Arden.”"),
        (own_words.number, {"phone": "+1 312"}, "“My number is +1 312.”"),
        (own_words.address, {"email": "a@b.org"}, "“You can write to me at a@b.org.”"),
        (own_words.ask, {"minutes": "20"}, "“Could I have twenty minutes, on a day that suits you?”"),
        (own_words.ask, {"minutes": "x"}, ""),
        (own_words.job, {"role": "architect"}, "“I'm thinking of becoming an architect.”"),
        (own_words.why, {"why": "I like it!"}, "“I like it!”"),
        (own_words.greeting, {"name": "Teodoro Barlow", "goes_by": "Teo"}, "“Dear Teo,”"),
        (own_words.greeting, {"name": "佐藤 由美"}, "“Dear 佐藤 由美,”"),
        (own_words.because, {"why": "run a small agency"}, "“Because you run a small agency.”"),
    ],
)
def test_a_field_shows_the_sentence_that_it_makes(
    sentence: Sentence, values: dict[str, str], expected: str
) -> None:
    assert sentence(values) == expected
    assert sentence({}) == ""


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"source": "event", "found": "the club"}, "“We met at the club.”"),
        ({"source": "business_news", "news": "promoted"}, "“I read of your promotion.”"),
        ({"source": "nowhere", "news": "x", "may_use_name": "x"}, ""),
    ],
)
def test_how_a_contact_was_found_is_shown_as_it_will_be_said(values: dict[str, str], expected: str) -> None:
    assert own_words.how_found(values, None, ME) == expected
    assert own_words.how_found(values, REFERRER, ME) == "“Dana Whitfield suggested I talk to you.”"
