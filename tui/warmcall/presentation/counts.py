"""Numbers in words: how many of something, how long a text is, and how long it takes aloud."""

from __future__ import annotations

from datetime import timedelta

from warmcall.domain.script import word_count
from warmcall.presentation.countdown import clock_words


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 person", "3,124 people"; `many` is `one` with an s if not given."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def words_in(text: str) -> str:
    """Return how many words a text has: "41 words"."""
    return counted(word_count(text), "word")


def words_and_characters(text: str) -> str:
    """Return how long a written text is: "64 words · 371 characters"."""
    return f"{words_in(text)} · {counted(len(text), 'character')}"


def words_and_seconds(words: int, seconds: int, spoken: float | None = None) -> str:
    """Return how long a text to say is: "41 words · 17 s"; while it is said, "41 words · 5 s of 17 s".

    `spoken` is how many seconds it has been said for, None if that is not counted.
    """
    so_far = "" if spoken is None else f"{int(spoken)} s of "
    return f"{counted(words, 'word')} · {so_far}{seconds} s"


def clock(seconds: float) -> str:
    """Return seconds, without their sign, as m:ss."""
    return clock_words(timedelta(seconds=int(seconds)))


def time_against(seconds: float, meant: float) -> str:
    """Return the time something took against the time it is meant to take: "0:07 of about 0:17"."""
    return f"{clock(seconds)} of {time_meant(meant)}"


def time_meant(meant: float) -> str:
    """Return the time something is meant to take: "about 0:17"."""
    return f"about {clock(meant)}"


def over_or_under(seconds: float, meant: float) -> str:
    """Return how far something was over or under the time it is meant to take: "0:14 over"."""
    over = int(seconds) - int(meant)
    return f"{clock(over)} {'over' if over > 0 else 'under'}" if over else "just in time"
