from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
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
    lines_in,
)
from warmcall.formats.markdown import WIDTH, markdown, plain

from tests.profiles import modest

PAGE = Document(
    "Mei Tanaka",
    ("Media Planner, Northgate Agency", "Mon 23 Nov 14:00, by phone"),
    (
        DocumentSection(
            "Who they are", (Item("Helen trained her", Mark.POINT, ("three years in the job",)),)
        ),
        DocumentSection(
            "Have ready", (Item("Confirmed", Mark.DONE), Item("Two copies of the resume", Mark.OPEN))
        ),
        DocumentSection(
            "Questions", (Item("Why this?", Mark.NUMBER), Item("Who else?", Mark.NUMBER)), level=3
        ),
    ),
)

HOSTILE = [
    "# a heading", "## ", "a heading\n===", "===", "---", "- - -", "* * *", "_ _ _", "1. a point", "12) x",
    "- a point", "+ a point", "* a point", "> said", ">said", "[a link](http://example.com)", "![x](y)",
    "<b>bold</b>", "<script>alert(1)</script>", "<http://example.com>", "<!-- gone", "&lt;b&gt; &#60;",
    "`code`", "```\ncode", "~~~", "~~gone~~", "*bold* **bold** _it_ __it__", "[ref]: http://example.com",
    "a | b", "| --- |", ":-", "\\# \\", "    indented", "\tindented", "[x] done", "x\n\n# y", "\x1b[31m",
    "trailing \\", "$a$ and x^2^", "https://x.org/~mei/_b_?c=1&amp;d, (see http://x.org/a_(b)).", "www.x.org",
    "ahttp://x.org/*a*", "https://exämple.org/", "mei@example.com", "C# and F#", "snake_case_name",
    "AT&T and R&D", "佐藤 由美 " * 20,
]  # fmt: skip
"""What somebody may have typed or sent, or what an import may hold."""


def tokens(text: str) -> list[Token]:
    """Return what a Markdown reader makes of `text`, the parts of lines included."""
    found = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [inner for token in found for inner in (token, *(token.children or []))]


SHOWN = ("text", "text_special", "softbreak", "paragraph_close", "heading_close")


def read(text: str) -> str:
    """Return the words a reader sees."""
    blank = ("softbreak", "paragraph_close", "heading_close")
    shown = (" " if token.type in blank else token.content for token in tokens(text) if token.type in SHOWN)
    return " ".join("".join(shown).split())


def kinds(text: str) -> set[str]:
    return {token.type for token in tokens(text)}


def document_of(words: str) -> Document:
    """Return a document with `words` in every place."""
    items = tuple(Item(words, mark, (words,)) for mark in Mark)
    parts = (
        Quotations(
            (QuotationGroup(words, (Quotation((words, words), words), Quotation((words,), words, True))),)
        ),
        Tree((TreeEntry(words, words), TreeEntry(words, words, 1, "└─ "))),
        Chart(words, (ChartBar(words, "1", (1.0,), "██", words), ChartBar(words, "12"))),
    )
    return Document(
        words,
        (words,),
        (DocumentSection(words, items, 2, parts[1:]), DocumentSection(words, items, 3, parts)),
    )


ORDINARY = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "bullet_list_open",
    "bullet_list_close", "ordered_list_open", "ordered_list_close", "list_item_open", "list_item_close",
    "inline", "text", "text_special", "softbreak", "blockquote_open", "blockquote_close", "fence",
    "link_open", "link_close",
}  # fmt: skip


def test_a_document_is_headings_list_items_checkboxes_and_numbers() -> None:
    assert markdown(PAGE) == (
        "# Mei Tanaka\n\nMedia Planner, Northgate Agency\n\nMon 23 Nov 14:00, by phone\n\n"
        "## Who they are\n\n- Helen trained her\n  - three years in the job\n\n"
        "## Have ready\n\n- [x] Confirmed\n- [ ] Two copies of the resume\n\n"
        "### Questions\n\n1. Why this?\n2. Who else?\n"
    )


def test_on_paper_it_is_plain_text_with_nothing_escaped() -> None:
    assert plain(PAGE) == (
        "Mei Tanaka\n==========\nMedia Planner, Northgate Agency\nMon 23 Nov 14:00, by phone\n\n"
        "Who they are\n------------\n- Helen trained her\n  three years in the job\n\n"
        "Have ready\n----------\n[x] Confirmed\n[ ] Two copies of the resume\n\n"
        "Questions\n---------\n1. Why this?\n2. Who else?\n"
    )
    assert "C# & [Q] *x*" in plain(Document("x", ("C# & [Q] *x*",)))


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_typed_becomes_a_heading_a_link_html_or_other_markup(words: str) -> None:
    text = markdown(document_of(words))
    assert kinds(text) <= ORDINARY
    headings = [token.tag for token in tokens(text) if token.type == "heading_open"]
    assert headings in (["h1", "h2", "h3", "h4"], []), text
    assert len([token for token in tokens(text) if token.type == "fence"]) == 4
    assert "\x1b" not in text


@pytest.mark.parametrize("words", [item for item in HOSTILE if "\n" not in item and "\x1b" not in item])
def test_a_reader_sees_the_words_as_they_were_typed(words: str) -> None:
    seen = " ".join(words.split())
    assert read(markdown(Document("x", (words,)))) == f"x {seen}"
    assert seen in " ".join(plain(Document("x", (words,))).split())


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("see https://x.org/~mei/_b_, or (http://x.org).", ["https://x.org/~mei/_b_", "http://x.org"]),
        ("http://x.org/a_(b) http://x.org/b)", ["http://x.org/a_(b)", "http://x.org/b"]),
        ("HTTPS://X.ORG:8080?a=1&b#c! http://x.org/?a&amp;b", ["HTTPS://X.ORG:8080?a=1&b#c"]),
        ("mail mei.tanaka+1@example.com.", ["mailto:mei.tanaka+1@example.com"]),
        ("javascript:alert(1) ftp://x.org www.x.org xhttp://x.org https://exämple.org/ http:// a@b", []),
        ("[words](http://x.org)", ["http://x.org"]),
        ("http://x.org<b>", ["http://x.org"]),
    ],
)
def test_an_address_is_a_link_that_shows_where_it_leads(words: str, links: list[str]) -> None:
    found = tokens(markdown(Document("x", (words,))))
    assert [token.attrs["href"] for token in found if token.type == "link_open"] == links
    assert read(markdown(Document("x", (words,)))) == f"x {words}"


@pytest.mark.parametrize(
    "words",
    ["snake_case", "AT&T", "C#", "3-5 p.m.", "Parkway & Sons", "1.5 h", "a_b_c", "$60k to $75k", "5 ^ 3"],
)
def test_ordinary_words_are_not_escaped(words: str) -> None:
    assert markdown(Document("x", (words,))) == f"# x\n\n{words}\n"


@modest
@given(st.text(alphabet=st.characters() | st.sampled_from(list("#*_-=+>[]<>`~|\\&;:.)1 \n")), max_size=200))
def test_whatever_is_typed_no_markup_and_no_wide_line_comes_of_it(words: str) -> None:
    assert kinds(markdown(document_of(words))) <= ORDINARY
    for line in plain(document_of(words)).splitlines():
        assert columns(line) <= WIDTH, line
        assert not any(unicodedata.category(sign) == "Cc" for sign in line)


def test_quotations_trees_and_charts_are_read_in_both_forms() -> None:
    parts = (
        Quotations((
            QuotationGroup("Who does it", (Quotation(("# one", "two"), "Mei Tanaka, 3 Dec", True),)),
            QuotationGroup("", (Quotation(("three",), "Luis"),)),
        )),
        Tree((TreeEntry("Dana", "met"), TreeEntry("佐藤 由美", "asked", 1, "└─ "))),
        Chart("People", (ChartBar("found", "12", (1.0,), "████", "2 new"), ChartBar("met", "4", (), "█"))),
    )  # fmt: skip
    document = Document("x", (), (DocumentSection("y", (), 2, parts), DocumentSection("", (Item("after"),))))
    assert markdown(document) == (
        "# x\n\n## y\n\n### Who does it\n\n> ★ # one\n>\n> two\n>\n> — Mei Tanaka, 3 Dec\n\n"
        "> three\n>\n> — Luis\n\n```\nDana          met\n└─ 佐藤 由美  asked\n```\n\n"
        "People\n\n```\nfound  12  ████  2 new\nmet     4  █\n```\n\nafter\n"
    )
    assert plain(document) == (
        "x\n=\n\ny\n-\n\nWho does it\n★ # one\n  two\n  — Mei Tanaka, 3 Dec\n\n  three\n  — Luis\n"
        "Dana          met\n└─ 佐藤 由美  asked\nPeople\nfound  12  ████  2 new\nmet     4  █\n\nafter\n"
    )


def test_backticks_end_no_block_of_lines_as_they_are() -> None:
    tree = Tree((TreeEntry("``` # a"), TreeEntry("````"), TreeEntry("<b>")))
    text = markdown(Document("x", (), (DocumentSection("y", (), 2, (tree,)),)))
    (fence,) = (token for token in tokens(text) if token.type == "fence")
    assert fence.content == "``` # a\n````\n<b>\n"


def columns(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in line)
    return len(line) + wide - sum(bool(unicodedata.combining(sign)) for sign in line)


def test_lines_are_wrapped_under_their_text_and_markdown_breaks_no_word() -> None:
    link = "https://meet.example.com/" + "x" * 100
    document = Document(
        "x", (), (DocumentSection("y", (Item("word " * 30, Mark.DONE), Item(link, Mark.NUMBER))),)
    )
    lines = markdown(document).splitlines()
    assert lines[4].startswith("- [x] word")
    assert lines[5].startswith("  word")
    assert all(len(line) <= WIDTH for line in lines[:6])
    assert lines[-1] == f"1. <{link}>"
    paper = plain(document).splitlines()
    assert all(len(line) <= WIDTH for line in paper)
    assert "".join(line.strip() for line in paper[-2:]) == f"1. {link}"


def test_a_blank_text_leaves_no_mark() -> None:
    empty = Document("x", ("",), (DocumentSection("y", (Item("", Mark.POINT), Item(" ", Mark.NUMBER))),))
    assert markdown(empty) == "# x\n\n## y\n"
    assert lines_in("\n a \n\n  b\r\n") == ("a", "b")
