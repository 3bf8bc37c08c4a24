from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.text_folding import fits, folded, folded_words, searchable, span_of, terms

from tests.profiles import modest

TEXTS = st.text(max_size=40)


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("zoe", "Zoë Blum", "Zoë"),
        ("ZOË", "zoe blum", "zoe"),
        ("muller", "Jürgen Müller", "Müller"),
        ("mueller", "Jürgen Müller", "Müller"),
        ("mueller", "Ju\u0308rgen Mu\u0308ller", "Müller"),
        ("müller", "Mueller & Sons", "Mueller"),
        ("soren", "Søren Østergård", "Søren"),
        ("oestergaard", "Søren Østergård", "Østergård"),
        ("łódź", "Lodz", "Lodz"),
        ("lodz", "in Łódź, by the river", "Łódź"),
        ("dordevic", "Đorđević", "Đorđević"),
        ("thorsdottir", "Þórsdóttir", "Þórsdóttir"),
        ("strasse", "Lange Straße 7", "Straße"),
        ("STRASSE", "Lange Straße 7", "Straße"),
        ("istanbul", "İSTANBUL", "İSTANBUL"),
        ("ısparta", "Isparta", "Isparta"),
        ("o'brien", "O’Brien", "O’Brien"),
        ("ad-tech", "Ad‐Tech", "Ad‐Tech"),
        ("ﬁnance", "finance", "finance"),
        ("佐藤", "佐藤 由美", "佐藤"),
        ("3125550142", "+1 (312) 555-0142", "312) 555-0142"),
        ("555 0142", "+1 (312) 555-0142", "555-0142"),
        ("+1 312", "+13125550142", "1312"),
        ("(312) 555-0142", "312.555.0142", "312.555.0142"),
        ("0301234", "+49 30 1234", "30 1234"),
        ("0142", "call 555 0199 or 555 01 42", "01 42"),
        ("12", "12 Main Street", "12"),
        ("+1 312 555 0142", "(312) 555-0142", "312) 555-0142"),
        ("13125550142", "312.555.0142", "312.555.0142"),
        ("011 49 30 1234567", "030/12 34 56-7", "30/12 34 56-7"),
        ("+49 (0)30 1234567", "+49 30 1234567", "30 1234567"),
        ("+442079460958", "+44 (0)20 7946 0958", "44 (0)20 7946 0958"),
        ("020 7946 0958", "+44 (0)20 7946 0958", "0)20 7946 0958"),
        ("0044 20 7946 0959", "020 7946 0959", "20 7946 0959"),
        ("+353 1 555 0110", "01 555 0110", "1 555 0110"),
        ("tel:+13125550142", "312·555·0142", "312·555·0142"),
        ("03-1234-5679", "０３－１２３４－５６７９", "０３－１２３４－５６７９"),
        ("３１２５５５", "312\u00a0555 0142", "312\u00a0555"),
        ("312555", "٣١٢ ٥٥٥", "٣١٢ ٥٥٥"),
        ("odwyer", "Siobhán O’Dwyer", "O’Dwyer"),
        ("jeanluc", "Jean-Luc Picot", "Jean-Luc"),
        ("jean-luc", "Jean Luc Picot", "Jean Luc"),
        ("e-mail", "an email", "email"),
        ("email", "an e-mail", "e-mail"),
        ("ハナコ", "はなこ 佐藤", "はなこ"),
        ("さくら", "ｻｸﾗ", "ｻｸﾗ"),
        ("isik", "IŞIK", "IŞIK"),
        ("tanaka", "Ｔａｎａｋａ", "Ｔａｎａｋａ"),
        ("softly", "soft\u00adly", "soft\u00adly"),
        ('"quote', "the “quote”", "“quote"),
        ("김", "김민수", "김"),
        ("соколов", "Соколо\u0301в", "Соколо\u0301в"),
        ("2 of 3", "try 2 of 3", "2"),
    ],
)
def test_what_is_typed_finds_the_text_and_the_stretch_is_marked(typed: str, text: str, marked: str) -> None:
    wanted = terms(typed)
    assert all(fits(term, searchable(text)) for term in wanted)
    composed = normalize("NFC", text)
    span = span_of(wanted[0], composed)
    assert span is not None
    assert composed[slice(*span)] == marked


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ana", "Ann"),
        ("312 5550143", "+1 (312) 555-0142"),
        ("14", "+1 (312) 555-0412"),
        ("55501", "room 555, from 01:30 on"),
        ("+1 312 555 0142", "+1 412 555 0142"),
        ("co-op", "a cop in opera"),
        ("か", "が"),
    ],
)
def test_what_is_something_else_is_not_found(typed: str, text: str) -> None:
    assert not all(fits(term, searchable(text)) for term in terms(typed))


@given(TEXTS)
@modest
def test_folding_what_is_folded_changes_nothing_however_it_was_composed(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert folded(normalize("NFD", text)) == folded(normalize("NFC", text)) == once


@given(TEXTS)
@modest
def test_every_word_of_a_text_finds_it_in_any_case_and_composition(text: str) -> None:
    found = searchable(text)
    for word in text.split():
        for typed in (word, word.upper(), normalize("NFD", word)):
            if folded_words(typed) == folded_words(word):
                assert all(fits(term, found) for term in terms(typed)), typed
