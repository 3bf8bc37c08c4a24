from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from warmcall.terminal import pastes
from warmcall.terminal.pastes import END, START, PasteReader
from warmcall.terminal.textual_patches import keep_pastes_whole

from tests.profiles import modest

HOSTILE = [
    "plain", "", "\x1b", "a\x1bb", "\x1b[A\x1b[B", "one\x1b:q\rtwo", "\x1b[200~", "\x1bOP", "[201~",
    "\x1b[201", "x\x1b[<0;1;1M", "\x1b]52;c;eA==\x07", "ends with \x1b", "\x03\x04\x11", "\x1b[97;5u",
    "héé\n\tn\r\nx", "\x1b[48;1;1;1;1t", "long " * 2000 + "\x1b" * 40,
]  # fmt: skip
"""Pastes that hold what would be keys, mouse clicks, reports or the start of a mark."""


def read(*pieces: str) -> list[object]:
    """Return the texts pasted and the names of the keys pressed, in order."""
    reader = PasteReader(XTermParser().feed)
    return [found for piece in pieces for found in named(reader.feed(piece))]


def named(messages: Iterable[object]) -> list[object]:
    """Return the texts pasted and the names of the keys pressed among `messages`, and all others."""
    found: list[object] = []
    for message in messages:
        if isinstance(message, events.Paste):
            found.append(("pasted", message.text))
        elif isinstance(message, events.Key):
            found.append(message.key)
        else:
            found.append(message)
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_inside_a_paste_is_text_and_keys_around_it_stay_in_order(text: str) -> None:
    assert read(f"a{START}{text}{END}b") == ["a", ("pasted", text), "b"]
    assert read("a", START, *text, END, "b") == ["a", ("pasted", text), "b"]


@modest
@given(st.sampled_from(HOSTILE[:-1]), st.lists(st.integers(0, 60), max_size=4))
def test_a_paste_may_come_in_any_pieces(text: str, cuts: list[int]) -> None:
    whole = f"q{START}{text}{END}\x1b[A{START}2{END}x"
    edges = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    pieces = [whole[start:end] for start, end in pairwise(edges) if start < end]
    assert read(*pieces) == ["q", ("pasted", text), "up", ("pasted", "2"), "x"]


def test_a_null_character_is_left_out_and_keys_before_a_paste_are_read_first() -> None:
    assert read(f"\x1b[A\x1b{START}a\0b{END}") == ["up", "escape", ("pasted", "ab")]


def test_a_paste_of_megabytes_in_small_pieces_takes_no_time_that_grows_with_what_was_there() -> None:
    piece = "x" * 63 + "\x1b"
    assert read(START, *[piece] * 20_000, END) == [("pasted", piece * 20_000)]


class Reading:
    """A reader whose clock a test turns; it remembers what was pasted and pressed, in order."""

    def __init__(self) -> None:
        parser = XTermParser()
        self.now = 100.0
        self._reader = PasteReader(parser.feed, parser.tick, lambda: self.now)

    def feed(self, data: str) -> list[object]:
        return named(self._reader.feed(data))

    def after(self, seconds: float) -> list[object]:
        self.now += seconds
        return named(self._reader.tick())


@pytest.mark.parametrize("half", ["", "\x1b", "\x1b[20", "\x1b[201"])
def test_a_paste_whose_end_is_lost_is_text_and_then_keys_act(half: str) -> None:
    for text in HOSTILE:
        check_a_paste_without_an_end(text, half)


def check_a_paste_without_an_end(text: str, half: str) -> None:
    reading = Reading()
    assert reading.feed(f"a{START}{text}{half}") == ["a"]
    assert reading.after(0.9) == []
    whole = text + half
    tail = next((END[:size] for size in range(5, 0, -1) if whole.endswith(END[:size])), "")
    whole = whole.removesuffix(tail)
    assert reading.after(0.1) == ([("pasted", whole)] if whole else [])
    assert [reading.feed(key) for key in ("\x03", "\x11", "q", "\x1b[A")] == [
        ["ctrl+c"],
        ["ctrl+q"],
        ["q"],
        ["up"],
    ]
    assert reading.after(60) == []


def test_keys_pressed_into_a_paste_without_an_end_are_text_until_it_is_quiet() -> None:
    reading = Reading()
    reading.feed(f"{START}words")
    assert [reading.after(0.9) + reading.feed("\x03") for _ in range(3)] == [[], [], []]
    assert reading.after(1) == [("pasted", "words\x03\x03\x03")]
    assert reading.feed("\x03") == ["ctrl+c"]


def test_a_paste_on_a_line_that_stalls_runs_no_command() -> None:
    """Its rest comes in bursts, or with its end; what is typed after that acts at once."""
    reading = Reading()
    reading.feed(f"{START}first lines\n")
    assert reading.after(2) == [("pasted", "first lines\n")]
    assert reading.feed("d" * 40) == []
    assert reading.after(5) == [("pasted", "d" * 40)]
    assert reading.feed(f"q\x1b[A{END}x") == [("pasted", "q\x1b[A"), "x"]
    assert reading.feed("d" * 40) == ["d"] * 40
    assert reading.feed(f"{START}next{END}") == [("pasted", "next")]


def test_a_burst_long_after_a_paste_without_an_end_is_keys_and_a_new_paste_is_one() -> None:
    reading = Reading()
    reading.feed(START)
    assert reading.after(1) == []
    assert reading.feed(f"{START}a new paste{END}q") == [("pasted", "a new paste"), "q"]
    reading.feed(f"{START}x")
    assert reading.after(1) == [("pasted", "x")]
    reading.now += 31
    assert reading.feed("j" * 40) == ["j"] * 40


def test_a_paste_without_an_end_is_delivered_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pastes, "MOST_CHARACTERS", 10)
    reading = Reading()
    assert reading.feed(f"{START}0123456789\x1b[2") == [("pasted", "0123456789")]
    assert reading.feed("01~q") == [("pasted", ""), "q"]
    assert reading.feed(f"{START}0123456") == []
    assert reading.feed("789\x1b[A") == [("pasted", "0123456789\x1b[A")]
    assert reading.after(1) == []
    assert reading.feed("q") == ["q"]


def test_the_driver_reads_pastes_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, "XTermParser", XTermParser)
    assert keep_pastes_whole({})
    parser: XTermParser = vars(linux_driver)["XTermParser"](False)
    messages = list(parser.feed(f"{START}a\x1b[A{END}"))
    assert [type(message) for message in messages] == [events.Paste]
    monkeypatch.setattr(pastes, "QUIET_SECONDS", 0.0)
    assert list(parser.feed(f"{START}a")) == []
    assert [type(message) for message in parser.tick()] == [events.Paste]
