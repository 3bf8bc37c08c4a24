"""Two readers of Markdown, written by different people, make the same page of an export and of a report."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import unquote

import mistune
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from warmcall.config.library import Library
from warmcall.domain.records import Interview
from warmcall.formats.markdown import markdown
from warmcall.presentation.briefing import briefing
from warmcall.presentation.full_record import full_record
from warmcall.presentation.report import report_text

from tests.conftest import Bench
from tests.formats.test_markdown import HOSTILE, PAGE, document_of
from tests.profiles import modest
from tests.screens.driving import fill_with_demo

Piece = tuple[str, ...]

STRICT = MarkdownIt("commonmark"), mistune.create_markdown(escape=True)
GITHUB = (
    MarkdownIt("commonmark", {"linkify": True}).enable(["table", "strikethrough", "linkify"]),
    mistune.create_markdown(escape=True, plugins=["strikethrough", "table", "url", "footnotes", "math"]),
)
"""Each reader as it is, and with what GitHub has besides, such as links of addresses."""


class _Shown(HTMLParser):
    """What a page shows: its tags, where its links lead, and its words, with one space between them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._verbatim = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._verbatim = self._verbatim or tag == "pre"
        leads = (unquote(value or "") for name, value in attrs if name in ("href", "start"))
        self.pieces.append((tag, *leads))

    def handle_endtag(self, tag: str) -> None:
        self._verbatim = self._verbatim and tag != "pre"
        self.pieces.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        words = data if self._verbatim else unquote(" ".join(data.split()))
        if words:
            self.pieces.append(("", words))


def shown(page: object) -> list[Piece]:
    return _Shown(str(page)).pieces


def assert_same(text: str) -> None:
    strict = shown(STRICT[0].render(text))
    assert shown(STRICT[1](text)) == strict, text
    for page in (GITHUB[0].render(text), GITHUB[1](text)):
        assert shown(page) == strict, text


def test_whatever_was_typed_it_is_the_same_page() -> None:
    for words in HOSTILE:
        assert_same(markdown(document_of(words)))


def test_the_exports_and_the_report_of_the_sample_data_are_the_same_page(library: Library) -> None:
    bench = Bench(library)
    fill_with_demo(bench)
    services = bench.services
    interview = next(found for found in services.store.all(Interview) if found.is_planned)
    for text in (
        markdown(PAGE),
        markdown(full_record(services)),
        markdown(briefing(services, interview)),
        report_text(services, True, False),
        report_text(services, False, False),
    ):
        assert_same(text)


SIGNS = st.sampled_from(
    [*"#*_-=+>[]<`~|\\&;:.)1($^@{}!\"' \na", "http://x.org", "www.", "a@b.org", "1.", "--"]
)


@modest
@given(st.lists(SIGNS, max_size=25).map("".join))
def test_any_signs_are_the_same_page(words: str) -> None:
    assert_same(markdown(document_of(words)))
