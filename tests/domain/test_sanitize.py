from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.sanitize import many_lines, one_line, plain_line, visible

from tests.profiles import modest

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


SEEN = [
    "", "Ana Ruiz", "naïve café", "佐藤　由美", "می\u200cخواهم", "क्\u200dष", "র\u200d্য", "അവന്\u200d",
    "ශ්\u200dරී", "👩\u200d💻", "👩🏽\u200d⚕\ufe0f", "🏳\ufe0f\u200d🌈", "❤\ufe0f", "葛\U000e0100城",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "ᠮᠣᠩ\u180bᠭᠣᠯ", "tab\tand\nline",
]  # fmt: skip
"""Texts in which every character changes what is seen."""


@pytest.mark.parametrize("text", SEEN)
def test_what_can_be_seen_and_joiners_that_scripts_and_emoji_need_stay(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("A\u200bn\u200ca\u200d", "Ana"),
        ("\u202d+1 312 555 0142\u202c", "+1 312 555 0142"),
        ("\u2066312\u2069", "312"),
        ("\ufeffAna\u2060 Ru\u00adiz\u200e", "Ana Ruiz"),
        ("a\U000e0068\U000e0069", "a"),
        ("🏴\U000e0068\U000e0069", "🏴"),
        ("م\u200c\u200c", "م"),
        ("\ufe0f\u3164\u115f\u061c", ""),
        ("👩\u200d", "👩"),
    ],
)
def test_what_nobody_can_see_is_dropped(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Ana\xa0Ruiz ", "Ana Ruiz"),
        ("Jean\u2011Luc\u202fPicard", "Jean-Luc Picard"),
        ("\u200b", ""),
        ("\u2800\xa0\u3164", ""),
        ("佐藤　由美", "佐藤　由美"),
        ("1990–2000", "1990–2000"),
    ],
)
def test_a_field_has_plain_spaces_and_hyphens(text: str, plain: str) -> None:
    assert plain_line(text) == plain
