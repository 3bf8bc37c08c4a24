from __future__ import annotations

from pathlib import Path

import pytest
from warmcall.terminal.textual_patches import (
    SWITCH,
    decode_input_leniently,
    disable_pixel_mouse,
    split_escape_pairs,
)

from tests.terminal.conftest import Opens, notes
from tests.terminal.emulator import Terminal


@pytest.mark.parametrize(
    ("sign", "shows"),
    [("*", "★"), ("w", "paused"), ("b", "x End"), ("?", "The keys here and now"), ("1", "[1 Queue]")],
)
def test_esc_and_the_key_behind_it_are_two_keys_when_they_arrive_at_once(
    in_the_notes: Terminal, file: Path, sign: str, shows: str
) -> None:
    in_the_notes.burst(f"words\x1b{sign}")
    in_the_notes.wait_for(shows)
    in_the_notes.wait_until(lambda: notes(file) == {"came-to-it": "words"}, "not saved")


def test_it_can_be_turned_off() -> None:
    assert not split_escape_pairs({SWITCH: "1"})
    assert not disable_pixel_mouse({SWITCH: "1"})
    assert not decode_input_leniently({SWITCH: "1"}, "utf-8")


def test_turned_off_the_app_works_all_the_same(open_terminal: Opens, file: Path) -> None:
    at = open_terminal("--db", str(file), **{SWITCH: "1"})
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("[4 Interview]", "x End")


@pytest.mark.parametrize(
    ("locale", "read", "at_once"),
    [
        ("C.UTF-8", "caf\ufffd au lait", True),
        ("C", "caf\ufffd au lait", False),
        ("de_DE.ISO-8859-1", "café au lait", True),
    ],
)
def test_a_byte_of_another_encoding_costs_no_word_beside_it(
    open_terminal: Opens, file: Path, locale: str, read: str, at_once: bool
) -> None:
    at = open_terminal("--db", str(file), LANG=locale)
    at.wait_for("Resume with Mei Tanaka")
    at.press("Enter")
    at.wait_for("[4 Interview]", "x End")
    at.press("Enter")
    at.wait_for("Keys again")
    typed = b"caf\xe9 au lait"
    for piece in [typed] if at_once else [typed[:4], typed[4:]]:
        at.child.send(piece)
        at.wait_for("caf")
    at.wait_until(lambda: notes(file) == {"came-to-it": read}, "not saved")


def test_a_character_that_comes_in_two_pieces_is_one(in_the_notes: Terminal, file: Path) -> None:
    in_the_notes.child.send(b"caf\xc3")
    in_the_notes.wait_for("caf")
    in_the_notes.child.send(b"\xa9")
    in_the_notes.wait_until(lambda: notes(file) == {"came-to-it": "café"}, "not saved")
