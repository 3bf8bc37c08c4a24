"""Copying on a remote machine: through the terminal, through tmux, or into a file."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping

LONGEST = 50_000
"""Bytes of text a terminal's clipboard sequence is trusted with; many drop more than about 74,000
bytes of base64, which is what this many become."""

_TMUX_SECONDS = 2.0


def copy(
    text: str,
    environ: Mapping[str, str],
    to_terminal: Callable[[str], None],
    to_file: Callable[[str], str],
) -> str:
    """Send `text` to the clipboard; return what was done, claiming no more than is known.

    `to_terminal` writes the terminal's own sequence, `to_file` writes a file and returns its name.

    Raises:
        OSError: if the text is too long for a terminal and cannot be written to a file.
    """
    if len(text.encode("utf-8", "replace")) > LONGEST:
        return f"Too long for the clipboard: written to {to_file(text)}"
    if environ.get("TMUX") and _through_tmux(text):
        return "Sent to tmux's buffer and, if it may, to your clipboard"
    to_terminal(text)
    return "Sent to your terminal's clipboard"


def _through_tmux(text: str) -> bool:
    """Hand `text` to tmux, whose usual settings drop the terminal's own sequence."""
    try:
        done = subprocess.run(
            ["tmux", "load-buffer", "-w", "-"],  # noqa: S607 - the user's own tmux
            input=text.encode("utf-8", "replace"),
            capture_output=True,
            timeout=_TMUX_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
