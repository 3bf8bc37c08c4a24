"""The title of a terminal's window, as what was sent to the terminal left it."""

from __future__ import annotations

import re

from tests.terminal.emulator import Terminal

OWN = "the user's own"
"""The title that a window has at first."""


class Window:
    """A terminal's window with a title and saved titles; `deaf` ones accept nothing."""

    def __init__(self) -> None:
        self.title = OWN
        self.saved: list[str] = []
        self.sent: list[str] = []
        self.deaf = False

    def send(self, codes: str) -> bool:
        """Accept codes, as the app's terminal does; return whether it did."""
        if self.deaf:
            return False
        self.sent.append(codes)
        self.read(codes)
        return True

    def read(self, codes: str) -> None:
        """Do what codes ask for."""
        for title, way in re.findall(r"\x1b\][02];([^\x07\x1b]*)(?:\x07|\x1b\\)|\x1b\[(2[23]);2t", codes):
            if way == "22":
                self.saved.append(self.title)
            elif way == "23":
                self.title = self.saved.pop() if self.saved else self.title
            else:
                self.title = title

    @property
    def is_as_found(self) -> bool:
        """Whether it has its own title, and no other is saved."""
        return (self.title, self.saved) == (OWN, [])


def window_of(at: Terminal) -> Window:
    """Return the window of a terminal, as everything sent so far left it."""
    window = Window()
    window.read(at.bytes.decode("utf-8", "replace"))
    return window


def titles(at: Terminal) -> list[str]:
    """Return every title that was set."""
    return re.findall(r"\x1b\][02];([^\x07\x1b]*)", at.bytes.decode("utf-8", "replace"))


def wait_for_title(at: Terminal, title: str) -> None:
    """Read until the window has that title."""
    at.wait_until(lambda: window_of(at).title == title, f"the title is not {title!r}")
