"""A round through the screens of a warmcall that draws its own signs in ASCII."""

from __future__ import annotations

from tests.terminal.emulator import Terminal

NAME = "李美玲 Zoe\u0301 Ångström 🎉"

STEPS: tuple[tuple[str, str, str], ...] = (
    ("", "m Mei Tanaka", ""),
    ("z", "a week", ""),
    ("Esc", "[1 Queue]", "a week"),
    ("?", "The keys here and now", ""),
    ("?", "[1 Queue]", "The keys here and now"),
    (":", "Find anything by its name", ""),
    ("Esc", "[1 Queue]", "Find anything by its name"),
    ("2", "Dana Whitfield", ""),
    ("Enter", "named", "Enter Open"),
    ("q", "Enter Open", ""),
    ("6", "Planners decide", ""),
    ("3", "They say", ""),
    ("o", "How did it end?", ""),
    ("Esc", "They say", "How did it end?"),
    ("Tab", "Say the number slowly", ""),
    ("6", "Planners decide", ""),
    ("4", "s Start", ""),
    ("b", "P Print", ""),
    ("Esc", "s Start", "P Print"),
    ("s", "x End", ""),
    ("*", "> * How", ""),
    ("Enter", "Leave notes", ""),
    ("é 你好 – “so”…", "Leave notes", ""),
    ("Esc", "x End", "Leave notes"),
    ("r", "Named by", ""),
    ("Esc", "x End", "Named by"),
    ("x", "e Debrief", "x End"),
    ("6", "Planners decide", ""),
    ("P", "They pick up the phone", ""),
    ("Esc", "Planners decide", ""),
)
"""Keys, what the screen shows after each, and what it shows no more."""


def go_round(at: Terminal) -> None:
    """Walk over the screens and the dialogs, in a window of two sizes, and out of the app."""
    for key, text, gone in STEPS:
        at.press(*filter(None, [key]))
        at.wait_for(text, gone=gone)
    at.press("2", "a")
    at.wait_for("A new contact")
    at.press(NAME, "Tab", "ctrl+s")
    at.wait_for("to be called", gone="A new contact")
    at.resize(120, 40)
    at.press("1")
    at.wait_for("[1 Queue]", "History")
    at.press("6")
    at.wait_for("[6 Target]")
    at.press("3")
    at.wait_for("[3 Call]", "Say the number slowly")
    for text in ("Ask by email", "Ask three questions by email", "Ask in a short message", "They say"):
        at.press("Tab")
        at.wait_for(text)
    at.wait_for("+1  312  555  0194")
    at.press("ctrl+q")
    assert at.wait_for_end() == 0
