from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.news_sentence import NewsReading, read_news
from warmcall.domain.vocabulary import News

PROMOTED, HIRED = News.PROMOTED, News.HIRED


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nora Feld has been promoted to Media Supervisor at Tern & Plover.",
         NewsReading("Nora Feld", "Tern & Plover", "Media Supervisor", PROMOTED)),
        ("Nora Feld was promoted to media supervisor.",
         NewsReading("Nora Feld", "", "media supervisor", PROMOTED)),
        ("Ivo Santos was named Director of Planning at Two Lamps, effective Monday.",
         NewsReading("Ivo Santos", "Two Lamps", "Director of Planning", PROMOTED)),
        ("Kei Arai, 34, has been appointed head of planning at Northgate Agency",
         NewsReading("Kei Arai", "Northgate Agency", "head of planning", PROMOTED)),
        ("Lia Okoro-Lindqvist joins Corner & Field as a senior planner.",
         NewsReading("Lia Okoro-Lindqvist", "Corner & Field", "senior planner", HIRED)),
        ("Ludwig van der Berg has joined Stillwater Outdoor.",
         NewsReading("Ludwig van der Berg", "Stillwater Outdoor", "", HIRED)),
        ("Halyard Lane Media has hired Sam O’Petty as media planner.",
         NewsReading("Sam O’Petty", "Halyard Lane Media", "media planner", HIRED)),
        ("Northgate names Ana Ruiz media director.",
         NewsReading("Ana Ruiz", "Northgate", "media director", PROMOTED)),
        ("Smith, Jones & Co. promotes Mei Tanaka to planner",
         NewsReading("Mei Tanaka", "Smith, Jones & Co.", "planner", PROMOTED)),
        ("Ben Ruiz becomes media director at Aozora Planning.",
         NewsReading("Ben Ruiz", "Aozora Planning", "media director", PROMOTED)),
        ("Ben Ruiz promoted to media director", NewsReading("Ben Ruiz", "", "media director", PROMOTED)),
        ("J. T. Marsh was hired by Millrace Staffing in May.",
         NewsReading("J. T. Marsh", "Millrace Staffing", "", HIRED)),
        ("Zoë Müller wurde befördert.", NewsReading()),
        ("The agency was named Agency of the Year.",
         NewsReading("", "", "", PROMOTED)),
        ("Two planners have been promoted to supervisor at Tern & Plover.",
         NewsReading("", "Tern & Plover", "", PROMOTED)),
        ("On Monday, the agency appointed Ana Ruiz as media director.",
         NewsReading("Ana Ruiz", "", "media director", PROMOTED)),
        ("Sales rose.", NewsReading()),
        ("", NewsReading()),
    ],
)  # fmt: skip
def test_what_a_sentence_says_is_proposed_and_nothing_doubtful(sentence: str, expected: NewsReading) -> None:
    assert read_news(sentence) == expected


@given(st.text(max_size=60) | st.lists(st.sampled_from(
    ["Nora", "Feld", "was", "named", "joins", "at", "as", "to", ",", ".", "has", "promoted", "the"]
), max_size=14).map(" ".join))  # fmt: skip
def test_no_sentence_raises_and_what_is_found_stands_in_it(sentence: str) -> None:
    found = read_news(sentence)
    flat = " ".join(sentence.split())
    assert all(part in flat for part in (found.organization, found.title))
