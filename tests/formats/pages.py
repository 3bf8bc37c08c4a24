"""Reading an HTML page as a strict reader would: what is wrong with it, its tags, and its words."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

VOID = {"meta", "rect", "br"}
ATTRIBUTES = {
    "html": {"lang"}, "meta": {"charset", "name", "content", "http-equiv"}, "a": {"href"}, "h2": {"id"},
    "nav": {"aria-label"}, "div": {"class"}, "ul": {"class"},
    "figure": {"class"}, "span": {"class", "role", "aria-label"}, "th": {"scope"}, "td": {"class"},
    "svg": {"viewbox", "preserveaspectratio", "aria-hidden"},
    "rect": {"x", "y", "width", "height", "fill", "stroke", "opacity", "vector-effect"},
}  # fmt: skip
"""What a page may have, by tag: nothing that runs, loads, or sends."""

PLAIN = {
    "head", "title", "style", "li", "p", "body", "header", "main", "h1", "h3", "h4", "ol", "blockquote",
    "figcaption", "table", "caption", "tr",
}  # fmt: skip

PARENTS = {
    "li": {"ul", "ol"}, "tr": {"table"}, "caption": {"table"}, "td": {"tr"}, "th": {"tr"}, "rect": {"svg"},
    "figcaption": {"figure"}, "body": {"html"}, "head": {"html"}, "meta": {"head"}, "title": {"head"},
    "style": {"head"},
}  # fmt: skip
"""In what some tags have to stand; of the others, those in PHRASES hold no block."""

PHRASES = {"p", "h1", "h2", "h3", "h4", "span", "title", "th", "figcaption", "a", "caption"}
WITHIN_PHRASES = {"span", "a", "svg", "rect"}


class Page(HTMLParser):
    """A page that was read: its tags in order, its words by tag, and what is wrong with it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._level = 0
        self._ids: list[str] = []
        self._links: list[str] = []
        self._style = self._policy = ""
        if not text.startswith("<!DOCTYPE html>\n<html"):
            self.problems.append("no doctype")
        if '<meta charset="utf-8">' not in text[:1024]:
            self.problems.append("the encoding is said too late")
        self.feed(text)
        self.close()
        self.problems += [f"not closed: {tag}" for tag in self._open]
        self.problems += [f"id twice: {id_}" for id_ in set(self._ids) if self._ids.count(id_) > 1]
        self.problems += [f"leads nowhere: {link}" for link in self._links if link[1:] not in self._ids]
        digest = base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        expected = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        if self._policy != expected:
            self.problems.append(f"the policy is {self._policy}")
        if re.search(r"url\(|@import|expression|javascript|</", self._style):
            self.problems.append("the style sheet loads or runs something")

    @property
    def text(self) -> str:
        """All words that are shown."""
        return " ".join(words for tag, words in self.words if tag not in ("style", "title"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if len(found) < len(attrs):
            self.problems.append(f"attribute twice in {tag}")
        if tag not in ATTRIBUTES and tag not in PLAIN:
            self.problems.append(f"tag {tag}")
        self.problems += [f"{name} in {tag}" for name in found if name not in ATTRIBUTES.get(tag, ())]
        parent = self._open[-1] if self._open else ""
        if tag in PARENTS and parent not in PARENTS[tag]:
            self.problems.append(f"{tag} in {parent}")
        if PHRASES & set(self._open) and tag not in WITHIN_PHRASES:
            self.problems.append(f"{tag} in a phrase: {self._open}")
        if parent in ("ul", "ol") and tag != "li":
            self.problems.append(f"{tag} in a list")
        if re.fullmatch("h[1-6]", tag):
            if int(tag[1]) > self._level + 1:
                self.problems.append(f"{tag} after h{self._level}")
            self._level = int(tag[1])
        if found.get("id"):
            self._ids.append(str(found["id"]))
        if "href" in found:
            self._links.append(str(found["href"]))
            if not str(found["href"]).startswith("#"):
                self.problems.append(f"a link away: {found['href']}")
        if found.get("http-equiv") == "Content-Security-Policy":
            self._policy = str(found["content"])
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.problems.append(f"{tag} is closed where it is not open")

    def handle_data(self, data: str) -> None:
        tag = self._open[-1] if self._open else ""
        if tag == "style":
            self._style += data
        if data.strip():
            self.words.append((tag, " ".join(data.split())))

    def handle_comment(self, data: str) -> None:
        self.problems.append(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        self.problems.append(f"an instruction: {data}")
