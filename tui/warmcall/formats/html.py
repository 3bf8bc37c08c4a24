"""Documents as one HTML page that needs nothing else: no script, no link, no file beside it. Pure functions.

Every text of a document is escaped. The policy of the page (Content Security Policy Level 3, W3C) allows its
own style sheet, known by its hash, and nothing more, so that even a mistake here could run or load nothing.
A browser makes a PDF of it by printing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from warmcall.domain.sanitize import one_line
from warmcall.formats.documents import (
    Chart,
    ChartBar,
    Document,
    DocumentSection,
    Item,
    Mark,
    Part,
    Quotation,
    Quotations,
    Tree,
    marked,
)

LIGHT = {"text": "#1c1e21", "quiet": "#555a61", "accent": "#1d5c78", "rule": "#d3d6da", "page": "#fdfdfc"}
DARK = {"text": "#e7e7e4", "quiet": "#aab0b7", "accent": "#86bfd9", "rule": "#3d4248", "page": "#16181b"}
"""The colours of the page; text, quiet text and accent are read on the page's colour."""

_STYLE = """
:root { color-scheme: light dark; LIGHT }
@media (prefers-color-scheme: dark) { :root { DARK } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 56rem; background: var(--page);
  color: var(--text); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; }
h2 { margin: 2.75rem 0 .75rem; padding-bottom: .25rem; font-size: 1.35rem;
  border-bottom: 2px solid var(--accent); }
h3 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
h4 { margin: 1rem 0 .25rem; font-size: .95rem; color: var(--accent); }
p, li, blockquote { max-width: 72ch; unicode-bidi: plaintext; }
p { margin: .5rem 0; }
header p, nav, figcaption, .about { color: var(--quiet); }
nav ul { padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; }
a { color: var(--accent); text-underline-offset: .2em; }
ul, ol { margin: .5rem 0; padding-left: 1.4rem; }
li { margin: .2rem 0; }
.ticks { padding-left: 0; list-style: none; }
.beside { display: grid; gap: 0 2.5rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); }
figure { margin: 0 0 1.1rem; }
.quotation { padding-left: .9rem; border-left: 3px solid var(--rule); }
.starred { border-left-color: var(--accent); }
blockquote { margin: 0; }
blockquote p { margin: 0 0 .3rem; }
figcaption { font-size: .9rem; }
.quotation figcaption::before { content: "— "; }
.tree ul { margin: 0; padding-left: 1.1rem; border-left: 1px solid var(--rule); list-style: none; }
.tree > ul { padding-left: 0; border-left: 0; }
.tree li { margin: .3rem 0; }
.about { font-size: .9rem; }
.tree .about::before { content: " · "; }
table { width: 100%; max-width: 46rem; border-collapse: collapse; margin: .5rem 0 1rem; }
caption { padding: .25rem 0; text-align: left; color: var(--quiet); }
th, td { padding: .2rem .75rem .2rem 0; text-align: left; vertical-align: top; font-weight: normal; }
th { width: 9.5rem; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.bar { width: 40%; min-width: 6rem; }
svg { display: block; width: 100%; height: .8rem; margin-top: .4rem; color: var(--accent); }
@media (max-width: 34rem) {
  th { width: auto; white-space: normal; }
  th, td { padding-right: .6rem; }
  .bar { width: 28%; min-width: 4.5rem; }
  td.about { width: 34%; }
}
@media print {
  @page { margin: 18mm; }
  :root { color-scheme: light; LIGHT --page: #ffffff; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav { display: none; }
  .beside { display: block; }
  h1, h2, h3, h4, caption { break-after: avoid; }
  figure, table, li { break-inside: avoid; }
  p, blockquote { orphans: 3; widows: 3; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""

_DEEPEST = 6
"""So many lists stand in each other at most in a tree: more would leave no room for names on a phone."""

_NOT_IN_HTML = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
"""Noncharacters, which the HTML standard calls an error (WHATWG HTML, 13.2.3.5)."""

_SEGMENT = (
    'fill="currentColor"',
    'fill="none" stroke="currentColor" vector-effect="non-scaling-stroke"',
    'fill="currentColor" opacity="0.25"',
)
"""How the segments of a bar are drawn, in order: full, hollow, pale. Numbers in words stand beside."""

_BAR_UNITS, _GAP_UNITS = 100, 0.4
"""The width of a bar of full length, and of what is left free between two segments."""


def html(document: Document) -> str:
    """Return `document` as an HTML page."""
    style = _style()
    policy = f"default-src 'none'; style-src 'sha256-{_sha256(style)}'; base-uri 'none'; form-action 'none'"
    title = _text(document.title) or "Report"
    titled = [section for section in document.sections if section.title.strip() and section.level == 2]
    ids = {id(section): f"part-{number}" for number, section in enumerate(titled, start=1)}
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{title}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<header>",
        f"<h1>{title}</h1>",
        *(f"<p>{_text(line)}</p>" for line in document.lines if line.strip()),
        "</header>",
        *_contents([(ids[id(section)], section.title) for section in titled]),
        "<main>",
        *(line for section in document.sections for line in _section(section, ids.get(id(section), ""))),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _style() -> str:
    """Return the style sheet with its colours."""
    light, dark = (
        " ".join(f"--{name}: {color};" for name, color in colors.items()) for colors in (LIGHT, DARK)
    )
    return _STYLE.replace("LIGHT", light).replace("DARK", dark)


def _sha256(style: str) -> str:
    """Return the hash by which the policy knows the style sheet."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _contents(titles: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the links to the sections, for a page too long to be scrolled through."""
    if len(titles) > 2:
        yield '<nav aria-label="Contents">'
        yield "<ul>"
        yield from (f'<li><a href="#{id_}">{_text(title)}</a></li>' for id_, title in titles)
        yield "</ul>"
        yield "</nav>"


def _section(section: DocumentSection, id_: str) -> Iterator[str]:
    if section.title.strip():
        anchor = f' id="{id_}"' if id_ else ""
        yield f"<h{section.level}{anchor}>{_text(section.title)}</h{section.level}>"
    yield from _items(section.items)
    for part in section.parts:
        yield from _part(part, section.level + 1)


def _items(items: Iterable[Item]) -> Iterator[str]:
    """Yield paragraphs, and each run of items of one kind as a list."""
    for mark, run in groupby((item for item, _ in marked(items)), key=lambda item: item.mark):
        if mark is Mark.NONE:
            for item in run:
                yield from (f"<p>{_text(text)}</p>" for text in (item.text, *item.more))
            continue
        tag = "ol" if mark is Mark.NUMBER else "ul"
        yield f'<{tag} class="ticks">' if mark in (Mark.DONE, Mark.OPEN) else f"<{tag}>"
        sign = {Mark.DONE: "☑ ", Mark.OPEN: "☐ "}.get(mark, "")
        for item in run:
            below = "".join(f"<li>{_text(text)}</li>" for text in item.more if text.strip())
            yield f"<li>{sign}{_text(item.text)}{f'<ul>{below}</ul>' if below else ''}</li>"
        yield f"</{tag}>"


def _part(part: Part, level: int) -> Iterator[str]:
    match part:
        case Quotations():
            yield from _quotations(part, level)
        case Tree():
            yield from _tree(part)
        case Chart():
            yield from _chart(part)


def _quotations(quotations: Quotations, level: int) -> Iterator[str]:
    yield '<div class="beside">'
    for group in quotations.groups:
        yield "<div>"
        if group.title.strip():
            yield f"<h{level}>{_text(group.title)}</h{level}>"
        yield from map(_quotation, group.quotations)
        yield "</div>"
    yield "</div>"


def _quotation(quotation: Quotation) -> str:
    star = '<span role="img" aria-label="starred">★</span> ' if quotation.starred else ""
    lines = "".join(
        f"<p>{star if number == 0 else ''}{_text(line)}</p>" for number, line in enumerate(quotation.lines)
    )
    starred = " starred" if quotation.starred else ""
    return (
        f'<figure class="quotation{starred}"><blockquote>{lines}</blockquote>'
        f"<figcaption>{_text(quotation.by)}</figcaption></figure>"
    )


def _tree(tree: Tree) -> Iterator[str]:
    """Yield the tree as lists in lists; a deeper entry than `_DEEPEST` stands on that depth."""
    if not tree.entries:
        return
    yield '<div class="tree">'
    depth = -1
    for entry in tree.entries:
        wanted = min(entry.depth, _DEEPEST, depth + 1)
        if wanted > depth:
            yield "<ul>"
        else:
            yield "</li>" + "</ul></li>" * (depth - wanted)
        about = f'<span class="about">{_text(entry.about)}</span>' if entry.about.strip() else ""
        yield f"<li><span>{_text(entry.text)}{about}</span>"
        depth = wanted
    yield "</li></ul>" * (depth + 1)
    yield "</div>"


def _chart(chart: Chart) -> Iterator[str]:
    """Yield a table of the numbers, with a bar in each row that says the same again."""
    yield "<table>"
    if chart.title.strip():
        yield f"<caption>{_text(chart.title)}</caption>"
    has_bars = any(bar.parts for bar in chart.bars)
    for bar in chart.bars:
        drawn = f'<td class="bar">{_bar(bar)}</td>' if has_bars else ""
        yield (
            f'<tr><th scope="row">{_text(bar.label)}</th><td class="number">{_text(bar.number)}</td>'
            f'{drawn}<td class="about">{_text(bar.words)}</td></tr>'
        )
    yield "</table>"


def _bar(bar: ChartBar) -> str:
    """Return the drawing of a bar; empty for one without length."""
    drawn, at = "", 0.0
    for number, part in enumerate(bar.parts):
        length = max(0.0, min(part, 1.0) * _BAR_UNITS)
        if length:
            look = _SEGMENT[number % len(_SEGMENT)]
            inset = 0.5 if "stroke" in look else 0.0
            width = max(length - 2 * inset - _GAP_UNITS, _GAP_UNITS)
            drawn += (
                f'<rect x="{at + inset:.4g}" y="{inset:.4g}" '
                f'width="{width:.4g}" height="{8 - 2 * inset:.4g}" {look}/>'
            )
            at += length
    if not drawn:
        return ""
    return f'<svg viewBox="0 0 {_BAR_UNITS} 8" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'


def _text(text: str) -> str:
    """Return words as they stand between tags or in an attribute, on one line."""
    return escape(_NOT_IN_HTML.sub("\ufffd", " ".join(one_line(text.strip()).split())))
