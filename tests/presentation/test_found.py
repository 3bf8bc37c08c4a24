from __future__ import annotations

import pytest
from warmcall.presentation.found import LABEL, excerpt
from warmcall.services.search import Found, Where


@pytest.mark.parametrize(
    ("found", "words", "match"),
    [
        (Found(Where.SAID, "half of it is reading other people's spreadsheets, and more", 37, 49),
         "said: …people's spreadsheets, and more", "spreadsheets"),
        (Found(Where.NOTE, "Rings before nine", 0, 5), "note: Rings before nine", "Rings"),
        (Found(Where.LETTER, "a" * 40 + "b", 40, 41), "letter: …b", "b"),
        (Found(Where.PHONE, "+1 312 555", 3, 6), "phone: +1 312 555", "312"),
    ],
)  # fmt: skip
def test_an_excerpt_begins_near_what_was_found_and_marks_it(found: Found, words: str, match: str) -> None:
    shown = excerpt(found)
    assert (shown.text, shown.text[shown.start : shown.end]) == (words, match)


def test_every_place_has_a_name() -> None:
    assert LABEL.keys() == set(Where)
