from __future__ import annotations

import pytest
from warmcall.presentation.counts import (
    counted,
    over_or_under,
    time_against,
    words_and_characters,
    words_and_seconds,
    words_in,
)


@pytest.mark.parametrize(
    ("count", "words", "said"),
    [
        (0, ("word",), "0 words"),
        (1, ("word",), "1 word"),
        (1, ("person", "people"), "1 person"),
        (3124, ("person", "people"), "3,124 people"),
    ],
)
def test_a_number_has_its_noun(count: int, words: tuple[str, ...], said: str) -> None:
    assert counted(count, *words) == said


@pytest.mark.parametrize(
    ("text", "length", "with_characters"),
    [
        ("", "0 words", "0 words · 0 characters"),
        ("I", "1 word", "1 word · 1 character"),
        ("Dear Mei,", "2 words", "2 words · 9 characters"),
    ],
)
def test_a_written_text_is_as_long_as_its_words(text: str, length: str, with_characters: str) -> None:
    assert (words_in(text), words_and_characters(text)) == (length, with_characters)


@pytest.mark.parametrize(
    ("spoken", "said"), [(None, "1 word · 17 s"), (5.9, "1 word · 5 s of 17 s"), (0, "1 word · 0 s of 17 s")]
)
def test_a_text_to_say_is_as_long_as_it_takes(spoken: float | None, said: str) -> None:
    assert words_and_seconds(1, 17, spoken) == said


@pytest.mark.parametrize(
    ("seconds", "text_seconds", "against", "verdict"),
    [
        (31, 17, "0:31 of about 0:17", "0:14 over"),
        (17.9, 17, "0:17 of about 0:17", "just in time"),
        (12, 17, "0:12 of about 0:17", "0:05 under"),
        (75, 0, "1:15 of about 0:00", "1:15 over"),
    ],
)
def test_a_time_is_shown_against_the_time_of_the_text(
    seconds: float, text_seconds: float, against: str, verdict: str
) -> None:
    assert time_against(seconds, text_seconds) == against
    assert over_or_under(seconds, text_seconds) == verdict
