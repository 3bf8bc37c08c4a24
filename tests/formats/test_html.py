from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.themes import contrast
from warmcall.formats.documents import (
    Chart,
    ChartBar,
    Document,
    DocumentSection,
    Item,
    Mark,
    Quotation,
    QuotationGroup,
    Quotations,
    Tree,
    TreeEntry,
)
from warmcall.formats.html import DARK, LIGHT, html

from tests.formats.pages import Page
from tests.formats.test_markdown import HOSTILE
from tests.profiles import modest

IN_HTML = [
    "</title><script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", '" onload="alert(1)',
    "' x='", "]]>", "<!--", "-->", "<svg/onload=alert(1)>", "&#x3c;script&#x3e;", "&lt", "\x00", "\ufffe",
    "\U0001ffff", "\ud800", "\u202egnp.exe", "javascript:alert(1)", "<base href=//x>", "a\u2028b",
]  # fmt: skip


def document_of(words: str) -> Document:
    """Return a document with `words` in every place."""
    items = tuple(Item(words, mark, (words,)) for mark in Mark)
    quotation = Quotation((words, words), words, starred=True)
    parts = (
        Quotations((QuotationGroup(words, (quotation,)), QuotationGroup(words, (quotation,)))),
        Tree((TreeEntry(words, words), TreeEntry(words, words, 1))),
        Chart(words, (ChartBar(words, words, (0.5, 0.25), words, words),)),
    )
    sections = (DocumentSection(words, items, 2, parts), DocumentSection(words, items, 3, parts))
    return Document(words, (words,), (*sections, DocumentSection("y"), DocumentSection("z")))


def shape(page: Page) -> list[tuple[str, dict[str, str | None]]]:
    return page.tags


ORDINARY = shape(Page(html(document_of("x"))))


@pytest.mark.parametrize("words", [*HOSTILE, *IN_HTML])
def test_whatever_was_typed_stays_text(words: str) -> None:
    page = Page(html(document_of(words)))
    assert page.problems == []
    assert shape(page) == ORDINARY


@modest
@given(st.text(alphabet=st.characters() | st.sampled_from(list("<>&\"'=/-![]x ")), max_size=60))
def test_no_text_changes_the_shape_of_a_page(words: str) -> None:
    page = Page(html(document_of(f"x{words}")))
    assert page.problems == []
    assert shape(page) == ORDINARY
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", page.text)


def test_a_reader_sees_the_words_as_they_were_typed() -> None:
    words = "Parkway & Sons <b>said</b> “5 > 3” in C#"
    page = Page(html(document_of(words)))
    assert page.words[0] == ("title", words)
    assert page.text.count(words) > 20


def test_a_page_is_titled_sized_for_a_phone_and_leads_to_its_sections() -> None:
    page = Page(html(Document("A", ("by B",), tuple(DocumentSection(f"part {n}") for n in range(3)))))
    assert page.problems == []
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in page.tags
    assert page.tags[0] == ("html", {"lang": "en"})
    assert [words for tag, words in page.words if tag == "a"] == ["part 0", "part 1", "part 2"]
    assert [words for tag, words in page.words if tag == "title"] == ["A"]
    short = Page(html(Document("A", (), (DocumentSection("part"),))))
    assert "nav" not in [tag for tag, _ in short.tags]


def test_a_tree_is_lists_in_lists_and_no_deeper_than_a_phone_has_room_for() -> None:
    depths = [0, 1, 2, 1, 0, *range(1, 40), 0]
    page = Page(html(Document("A", (), (DocumentSection("b", (), 2, (Tree(tuple(
        TreeEntry(f"n{number}", "", depth) for number, depth in enumerate(depths)
    )),)),))))  # fmt: skip
    assert page.problems == []
    assert [words for _, words in page.words if words.startswith("n")] == [
        f"n{number}" for number in range(len(depths))
    ]
    few = html(Document("A", (), (DocumentSection("b", (), 2, (Tree(
        (TreeEntry("a"), TreeEntry("b", "", 1), TreeEntry("c", "", 1), TreeEntry("d"))
    ),)),)))  # fmt: skip
    assert re.sub(r"\s|</?span>", "", few[few.index('<div class="tree">') : few.index("</main>")]) == (
        '<divclass="tree"><ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul></div>'
    )


def test_a_bar_says_nothing_that_its_number_does_not() -> None:
    bars = (
        ChartBar("found", "12", (1.0,)),
        ChartBar("met", "0", (0.0,)),
        ChartBar("all", "3", (0.5, 0.5, 0.5)),
    )
    text = html(Document("A", (), (DocumentSection("b", (), 2, (Chart("c", bars),)),)))
    page = Page(text)
    assert page.problems == []
    assert text.count('aria-hidden="true"') == text.count("<svg") == 2
    rects = [found for tag, found in page.tags if tag == "rect"]
    assert len(rects) == 4
    assert all(float(str(rect["x"])) >= 0 and float(str(rect["width"])) > 0 for rect in rects)
    looks = {(rect.get("fill"), rect.get("stroke"), rect.get("opacity")) for rect in rects[1:]}
    assert len(looks) == 3, "segments differ by more than colour"


@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_text_can_be_read_on_the_page(colors: dict[str, str]) -> None:
    assert contrast(colors["text"], colors["page"]) >= 7
    assert contrast(colors["quiet"], colors["page"]) >= 4.5
    assert contrast(colors["accent"], colors["page"]) >= 4.5


def test_on_paper_no_answer_is_torn_and_every_colour_is_a_dark_one() -> None:
    style = Page(html(Document("A"))).words
    sheet = next(words for tag, words in style if tag == "style")
    paper = sheet[sheet.index("@media print") :]
    assert "figure, table, li { break-inside: avoid; }" in paper
    assert f"--text: {LIGHT['text']};" in paper
    assert "--page: #ffffff;" in paper
    assert "@media (prefers-color-scheme: dark)" in sheet
