"""Pastes as one text each, whatever they hold: what a terminal marks as pasted acts as no key.

Textual's parser alone reads escape sequences inside a paste, too: an escape character in it turns into keys
that arrive before the text, and the characters after it are lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from textual.events import Paste
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"
"""What a terminal sends before and after a paste ("Bracketed Paste Mode" in XTerm Control Sequences)."""


class PasteReader:
    """Stands before the `feed` of a parser of input, which gets everything but what is inside pastes."""

    def __init__(self, feed: Callable[[str], Iterable[Message]]) -> None:
        self._feed = feed
        self._pasting = False
        self._pieces: list[str] = []
        self._tail = ""  # the last characters, if a mark may start with them

    def feed(self, data: str) -> Iterator[Message]:
        """Yield what the next piece of the input means; an empty one is the end of the input.

        A mark may begin in one piece and end in the next.
        """
        if not data:
            yield from self._feed(data)
        while data:
            mark = END if self._pasting else START
            seen = self._tail + data
            at = seen.find(mark)
            end = len(data) if at < 0 else at + len(mark) - len(self._tail)
            self._tail = _start_of(mark, seen) if at < 0 else ""
            piece, data = data[:end], data[end:]
            if not self._pasting:
                yield from self._feed(piece)
                self._pasting = at >= 0
                continue
            self._pieces.append(piece)
            if at >= 0:
                pasted = "".join(self._pieces).removesuffix(END)
                self._pieces, self._pasting = [], False
                yield Paste(pasted.replace("\0", ""))  # Textual leaves out this character, too
                # The parser has seen the start of a paste; at its end it reports one with nothing in it.
                yield from (message for message in self._feed(END) if not isinstance(message, Paste))


def _start_of(mark: str, text: str) -> str:
    """Return the longest start of `mark` that `text` ends with."""
    return next((mark[:size] for size in range(len(mark) - 1, 0, -1) if text.endswith(mark[:size])), "")
