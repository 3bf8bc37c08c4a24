from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.text_merge import both, only_adds

from tests.profiles import modest

words = st.text("ab \n", max_size=8)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("", "mine", "", "mine"),
        ("", "", "theirs", "theirs"),
        ("", "same", "same", "same"),
        ("as it was", "as it was, mine", "as it was", "as it was, mine"),
        ("as it was", "as it was", "as it was, theirs", "as it was, theirs"),
        ("", "mine", "theirs", "theirs\nmine"),
        ("", "mine", "theirs\n", "theirs\nmine"),
        ("so", "so mine", "so theirs", "so theirs\n mine"),
        ("begin end", "begin mine end", "begin theirs end", "begin theirs \nmine end"),
        ("begin end", "mine begin end", "begin end theirs", "mine begin end theirs"),
        ("one two three", "two three", "one two three four", "two three four"),
        ("one two three", "one two three four", "two three", "two three four"),
        ("word", "word", "", ""),
        ("word", "", "word and theirs", "word and theirs"),
        ("word", "word mine", "", "\n mine"),
        ("word", "word mine", "another", "another\n mine"),
    ],
)
def test_words_of_both_are_put_together(base: str, ours: str, theirs: str, expected: str) -> None:
    assert both(base, ours, theirs) == expected


@modest
@given(words, words, words)
def test_all_that_both_added_is_in_it(base: str, mine: str, theirs: str) -> None:
    together = both(base, base + mine, base + theirs)
    assert only_adds(base + mine, together)
    assert only_adds(base + theirs, together)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", True), ("", "more", True), ("a", "a more", True), ("a b", "a more b", True),
        ("aa", "aaa", True), ("a", "", False), ("teh", "the", False), ("a b", "b a", False),
    ],
)  # fmt: skip
def test_adding_at_one_place_takes_nothing_away(before: str, after: str, expected: bool) -> None:
    assert only_adds(before, after) is expected
