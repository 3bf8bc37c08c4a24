"""A shell on a terminal, and whether a program that ran there left the terminal as it was."""

from __future__ import annotations

import re
import shlex
import termios
from collections.abc import Sequence
from typing import Any

from tests.terminal.emulator import Terminal
from tests.terminal.fork_server import ForkedChild

SHELL = ("bash", "--norc", "--noprofile", "--noediting", "-i")
"""A shell with jobs that changes nothing of the terminal by itself, and so hides nothing."""

PROMPT = "shell>"

_FOUND_ON = frozenset({b"7", b"25"})
"""The private modes that a terminal has at first: wrapping, and the cursor shown."""

_MODES = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_PAIRS = (
    (re.compile(rb"\x1b\[>[0-9]*u"), re.compile(rb"\x1b\[<[0-9]*u")),
    (re.compile(rb"\x1b\[22;2t"), re.compile(rb"\x1b\[23;2t")),
)
"""What is saved and restored: how keys are reported, and the title of the window."""


class Found:
    """How a terminal was found, to be compared with how it is left: by a shell's job, or at the end."""

    def __init__(self, at: Terminal) -> None:
        self._at = at
        child = at.child
        self._line = child.attributes_found if isinstance(child, ForkedChild) else self._attributes()

    def check(self) -> None:
        """See that the modes of the screen and of the line are as they were, and the cursor and its style."""
        sent = self._at.bytes
        assert not modes_left(sent), f"left behind: {modes_left(sent)}"
        for changed, restored in _PAIRS:
            assert len(changed.findall(sent)) == len(restored.findall(sent)), changed
        assert self._attributes() == self._line
        cursor = self._at.screen.cursor
        assert not cursor.hidden
        assert cursor.attrs == self._at.screen.default_char

    def _attributes(self) -> list[Any]:
        child = self._at.child
        if isinstance(child, ForkedChild):
            return child.attributes_left
        return termios.tcgetattr(child.child_fd)


def modes_left(sent: bytes) -> set[bytes]:
    """Return the private modes that are not as they are at first, after all that was sent."""
    now: dict[bytes, bool] = {}
    for numbers, how in _MODES.findall(sent):
        now |= dict.fromkeys(numbers.split(b";"), how == b"h")
    return {number for number, on in now.items() if on != (number in _FOUND_ON)}


def run(at: Terminal, program: Sequence[str]) -> None:
    """Have the shell run a program, and print its exit code after it."""
    at.press(f"{shlex.join(program)}; printf '\\ncode %s\\n' $?\r")


def prompts(at: Terminal) -> int:
    """Return how often the shell has shown its prompt."""
    return at.bytes.count(PROMPT.encode())


def wait_for_prompt(at: Terminal, before: int) -> None:
    """Read until the shell has shown more prompts than before a program was stopped.

    A line typed earlier, while the terminal is still set for the program, is no line for the shell.
    """
    at.wait_until(lambda: prompts(at) > before, "no prompt")


def wait_for_code(at: Terminal, code: int) -> None:
    """Read until the shell says that exit code and waits again."""
    at.wait_for(f"\ncode {code}\n{PROMPT}")
