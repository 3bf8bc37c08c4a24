from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from warmcall.terminal.pastes import END, START, PasteReader
from warmcall.terminal.textual_patches import keep_pastes_whole

from tests.examples import modest

HOSTILE = [
    "plain", "", "\x1b", "a\x1bb", "\x1b[A\x1b[B", "one\x1b:q\rtwo", "\x1b[200~", "\x1bOP", "[201~",
    "\x1b[201", "x\x1b[<0;1;1M", "\x1b]52;c;eA==\x07", "ends with \x1b", "\x03\x04\x11", "\x1b[97;5u",
    "héé\n\tn\r\nx", "\x1b[48;1;1;1;1t", "long " * 2000 + "\x1b" * 40,
]  # fmt: skip
"""Pastes that hold what would be keys, mouse clicks, reports or the start of a mark."""


def read(*pieces: str) -> list[object]:
    """Return the texts pasted and the names of the keys pressed, in order."""
    reader = PasteReader(XTermParser().feed)
    found: list[object] = []
    for piece in pieces:
        for message in reader.feed(piece):
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


def test_the_driver_reads_pastes_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, "XTermParser", XTermParser)
    assert keep_pastes_whole({})
    parser: XTermParser = vars(linux_driver)["XTermParser"](False)
    messages = list(parser.feed(f"{START}a\x1b[A{END}"))
    assert [type(message) for message in messages] == [events.Paste]
