"""Runs of words: so many in a row that a text has them from another text, and not by chance."""

from __future__ import annotations

import re
from collections.abc import Iterator

RUN_LENGTH = 6
"""This many words in a row are somebody's own words."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def runs_of(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of `RUN_LENGTH` words of `text`, in lower case and without signs between them."""
    words = [word.replace("’", "'") for word in _WORD.findall(text.casefold())]
    return (tuple(words[at : at + RUN_LENGTH]) for at in range(len(words) - RUN_LENGTH + 1))
