"""Lines for other programs: prompts, status lines, cron, jq."""

from __future__ import annotations

from collections.abc import Iterator

from warmcall.cli.manual.blocks import Block, Verbatim, entries
from warmcall.cli.manual.snippets import SNIPPETS


def blocks() -> Iterator[Block]:
    """Yield the text of the topic."""
    for snippet in SNIPPETS:
        yield entries((snippet.title, snippet.about))
        yield Verbatim(snippet.lines)
