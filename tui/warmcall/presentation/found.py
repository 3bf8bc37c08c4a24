"""Where a search found something, in a few words for its row."""

from __future__ import annotations

from warmcall.domain.sanitize import one_line
from warmcall.services.search import Found, Where
from warmcall.widgets.rich_text import Excerpt

LABEL = {
    Where.NAME: "called",
    Where.WORK: "work",
    Where.PHONE: "phone",
    Where.EMAIL: "email",
    Where.ZONE: "zone",
    Where.SOURCE: "found",
    Where.WHY: "why them",
    Where.NOTE: "note",
    Where.KIND: "kind",
    Where.STAGE: "stage",
    Where.REFERRER: "named by",
    Where.SAID: "said",
    Where.ASKED: "asked",
    Where.TO_ASK: "to ask",
    Where.DEBRIEF: "debrief",
    Where.CAPTURED: "captured",
    Where.MEETING: "interview",
    Where.CALL: "call",
    Where.LETTER: "letter",
    Where.OWED: "owed",
    Where.REASON: "because",
}
"""What an excerpt begins with, by where it is from."""

_BEFORE = 10
"""Letters shown before what was found, so that it is in sight even where there is little room."""

_AFTER = 200
"""Letters shown after it: more than the widest row has room for."""


def excerpt(found: Found) -> Excerpt:
    """Return a few words around what was found: "said: …reading other people's spreadsheets, and being…"."""
    begin = 0
    if found.start > _BEFORE:
        begin = found.text.find(" ", found.start - _BEFORE, found.start) + 1 or found.start
    before = f"{LABEL[found.where]}: {'…' if begin else ''}{one_line(found.text[begin : found.start])}"
    match = one_line(found.text[found.start : found.end])
    after = one_line(found.text[found.end : found.end + _AFTER])
    return Excerpt(before + match + after, len(before), len(before) + len(match))
