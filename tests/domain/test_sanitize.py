from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.sanitize import many_lines, one_line

from tests.examples import modest

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("text", "row", "paragraph"),
    [
        ("plain", "plain", "plain"),
        ("Ünïcode 佐藤 由美 ‹gap› …", "Ünïcode 佐藤 由美 ‹gap› …", "Ünïcode 佐藤 由美 ‹gap› …"),
        ("a\nb", "a␊b", "a\nb"),
        ("a\r\nb\rc", "a␍␊b␍c", "a\nb\nc"),
        ("a\tb", "a␉b", "a b"),
        ("\x1b[2J\x07", "␛[2J␇", "␛[2J␇"),
        ("\x00\x7f", "␀␡", "␀␡"),
        ("\x9b31m\x85", "\ufffd31m\ufffd", "\ufffd31m\ufffd"),
        ("a\u2028b\u2029c", "a␤b␤c", "a␤b␤c"),
        (f"a{BIDI}b\ufeff", "ab", "ab"),
        ("\ud800x\udfff", "\ufffdx\ufffd", "\ufffdx\ufffd"),
        ("👩\u200d🚀", "👩\u200d🚀", "👩\u200d🚀"),
        ("", "", ""),
    ],
)
def test_text_from_outside_is_made_harmless(text: str, row: str, paragraph: str) -> None:
    assert (one_line(text), many_lines(text)) == (row, paragraph)


any_text = st.text(st.characters() | st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp"]))


@modest
@given(any_text)
def test_no_control_character_and_no_override_reaches_the_screen(text: str) -> None:
    for shown in (one_line(text), many_lines(text).replace("\n", "")):
        assert {unicodedata.category(item) for item in shown}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
        assert {unicodedata.bidirectional(item) for item in shown}.isdisjoint(
            {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        )


@modest
@given(any_text)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert many_lines(many_lines(text)) == many_lines(text)
