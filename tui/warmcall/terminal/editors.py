"""Which editor the user has: the one they name, else one that is usual."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Mapping

_EDITORS = ("nano", "vi")
"""The editors that are looked for where none is named; nano first, since it shows its own keys."""


class NoEditor(Exception):
    """There is no editor to open; the message is a sentence that says what to do."""


def editor_words(environ: Mapping[str, str]) -> list[str]:
    """Return the words of the user's editor command: `$VISUAL`, else `$EDITOR`, else nano or vi.

    Raises:
        NoEditor: if there is none, or it has an unclosed quote.
    """
    for variable in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(environ.get(variable, ""))
        except ValueError as error:
            raise NoEditor(f"{variable} has a quote in it that is not closed") from error
        if words and words[0]:
            return words
    for name in _EDITORS:
        if shutil.which(name, path=environ.get("PATH", "")):
            return [name]
    raise NoEditor("There is neither nano nor vi here: set EDITOR or VISUAL to your editor")
