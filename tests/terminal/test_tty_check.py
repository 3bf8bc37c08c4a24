from __future__ import annotations

import pytest
from warmcall.terminal.tty_check import refusal


@pytest.mark.parametrize("term", ["xterm-256color", "screen", "tmux-256color", "linux", "vt100"])
def test_a_terminal_is_fit(term: str) -> None:
    assert refusal({"TERM": term}, True, True) == ""


@pytest.mark.parametrize("ends", [(True, False), (False, True), (False, False)])
def test_a_pipe_on_either_side_is_refused_before_anything_else(ends: tuple[bool, bool]) -> None:
    for environ in ({"TERM": "xterm"}, {"TERM": "dumb"}, {}):
        assert refusal(environ, *ends).startswith("the screens need a terminal")


@pytest.mark.parametrize(
    ("environ", "called"),
    [
        ({"TERM": "dumb"}, "dumb"),
        ({"TERM": "unknown"}, "unknown"),
        ({"TERM": ""}, "not set"),
        ({}, "not set"),
    ],
)
def test_a_terminal_that_cannot_place_text_is_refused_with_a_way_on(
    environ: dict[str, str], called: str
) -> None:
    message = refusal(environ, True, True)
    assert f"(TERM is {called})" in message
    assert "`warmcall due`" in message
