"""What shells run to complete a command line, and what answers them.

The scripts give the words before the cursor, one a line and quoted as they were typed, and the word being
typed. They get a line for each thing that fits: its type, the word, and what it is, between tabs. The type
is "plain", or that of click ("file", "dir") for what the shell knows better. Click's own scripts are not
used: they call `warmcall` by its name, cut words at blanks and descriptions at commas.
"""

from __future__ import annotations

import os
import re

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, split_arg_string

SHELLS = {"bash": "warmcall.bash", "zsh": "_warmcall", "fish": "warmcall.fish"}
"""The file of each shell's script in `warmcall/completions`; the package is installed with them in the places
where the shells look for such files, under the names they look for."""

_BREAKS = re.compile("[\n\x1f]")


class _WordsComplete(ShellComplete):
    """Answers the scripts: "words_complete" in `COMPLETING`."""

    name = "words"

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the cursor without the command, and the one being typed, unquoted."""
        typed = _unquoted(os.environ.get("COMP_TYPED", ""))
        words = [_unquoted(word) for word in _BREAKS.split(os.environ.get("COMP_WORDS", ""))][1:]
        for at in range(len(words) - 1, 0, -1):
            if words[at] == "=" and words[at - 1].startswith("--"):  # bash has --kind=x in three words
                del words[at]
        if typed == "=" and words and words[-1].startswith("--"):
            typed = ""
        return words, typed

    def complete(self) -> str:
        """Return what fits; nothing if that cannot be found out, as nobody reads an error here."""
        try:
            return super().complete()
        except (Exception, SystemExit):
            return ""

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return the line of what fits; an empty one for a word that no line can hold."""
        about = " ".join((item.help or "").split())
        return f"{item.type}\t{item.value}\t{about}" if item.value.isprintable() else ""


def script_for(shell: str) -> str:
    """Return what a shell, one of SHELLS, reads at its start."""
    from importlib.resources import files  # a shell that completes a word does not ask for it

    return (files("warmcall") / "completions" / SHELLS[shell]).read_text(encoding="utf-8")


def register() -> None:
    """Have click answer the scripts."""
    add_completion_class(_WordsComplete)


def _unquoted(word: str) -> str:
    return "".join(split_arg_string(word)[:1])
