"""Pastes as one text each, whatever they hold: what a terminal marks as pasted acts as no key.

Textual's parser alone reads escape sequences inside a paste, too: an escape character in it turns into keys
that arrive before the text, and the characters after it are lost.

The mark of the end may never come, as a line can drop bytes. Then every key would be text for ever, so a
paste ends, too, when nothing comes for `QUIET_SECONDS`. If only the line was slow, the rest comes after that:
a burst is text then, for `RESUME_SECONDS`, and no command; single keys act again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from textual.events import Paste
from textual.message import Message

START, END = "\x1b[200~", "\x1b[201~"
"""What a terminal sends before and after a paste ("Bracketed Paste Mode" in XTerm Control Sequences)."""

QUIET_SECONDS = 1.0
"""How long nothing comes in a paste before it ends without its mark: longer than most stalls of a line, and
not so long that somebody who presses a key thinks that the app hangs."""

RESUME_SECONDS = 30.0
"""How long after such an end a burst is taken for the rest of the paste: as long as a bad line stalls."""

BURST = 16
"""From how many characters on in one reading: nobody types so many at once, and no key sends so many."""

MOST_CHARACTERS = 4_000_000
"""The most that is held back; a longer paste is delivered in parts of this size."""


class PasteReader:
    """Stands before `feed` and `tick` of a parser of input, which gets everything but what is inside pastes.

    `clock` returns seconds that only rise, such as `time.monotonic`.
    """

    def __init__(
        self,
        feed: Callable[[str], Iterable[Message]],
        tick: Callable[[], Iterable[Message]] = lambda: (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._feed = feed
        self._tick = tick
        self._clock = clock
        self._pasting = False
        self._pieces: list[str] = []
        self._size = 0
        self._tail = ""  # the last characters, if a mark may start with them
        self._last_at = 0.0  # when something came last in a paste
        self._ended_at: float | None = None  # when the last paste ended without its mark

    def feed(self, data: str) -> Iterator[Message]:
        """Yield what the next piece of the input means; an empty one is the end of the input.

        A mark may begin in one piece and end in the next.
        """
        if not data:
            yield from self._feed(data)
        if self._is_rest_of_paste(data):
            yield from self._feed(START)
            self._pasting, self._tail = True, ""
        while data:
            self._last_at = self._clock()
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
            self._size += len(piece)
            if at >= 0:
                self._ended_at = None
                yield from self._deliver(END)
                yield from self._end()
            elif self._size >= MOST_CHARACTERS:
                yield from self._deliver(self._tail)
                self._pieces, self._size = [self._tail], len(self._tail)

    def tick(self) -> Iterator[Message]:
        """Yield what is due because nothing came for a while; to be called several times a second."""
        if self._pasting and self._clock() - self._last_at >= QUIET_SECONDS:
            self._ended_at = self._clock()
            yield from self._deliver(self._tail)
            self._tail = ""
            yield from self._end()
        yield from self._tick()

    def _is_rest_of_paste(self, data: str) -> bool:
        """Return whether `data` goes on with a paste that ended without its mark."""
        if self._pasting or self._ended_at is None or START in self._tail + data.partition(END)[0]:
            return False
        if self._clock() - self._ended_at > RESUME_SECONDS:
            self._ended_at = None
            return False
        return END in data or len(data) >= BURST

    def _deliver(self, mark: str) -> Iterator[Message]:
        """Yield what was pasted, without the whole or half `mark` at its end, as one text."""
        pasted = "".join(self._pieces).removesuffix(mark)
        self._pieces, self._size = [], 0
        if pasted or mark == END:
            yield Paste(pasted.replace("\0", ""))  # Textual leaves out this character, too

    def _end(self) -> Iterator[Message]:
        """End the paste: the parser has seen its start, and reports one with nothing in it at its end."""
        self._pasting = False
        yield from (message for message in self._feed(END) if not isinstance(message, Paste))


def _start_of(mark: str, text: str) -> str:
    """Return the longest start of `mark` that `text` ends with."""
    return next((mark[:size] for size in range(len(mark) - 1, 0, -1) if text.endswith(mark[:size])), "")
