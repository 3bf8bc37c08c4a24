"""The command line of a mail program: words with a few names in braces, and never a shell."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping

MAIL_PLACEHOLDERS: dict[str, str] = {
    "mailto": "a mailto: address with subject and text",
    "eml": "the file of the draft",
    "to": "the address alone",
    "subject": "the subject alone",
    "body_file": "a file with the text alone, which is gone when the program has ended",
}
"""Every name a mail command may use, with what is put in its place."""

_NAME = re.compile(r"\{([^{}]*)\}")


def mail_words(line: str) -> tuple[str, ...]:
    """Return the words of a mail command, such as `mutt -s {subject} -i {body_file} -- {to}`.

    Raises:
        ValueError: with a sentence, if it is no command, or uses a name in braces that there is not.
    """
    try:
        words = tuple(shlex.split(line))
    except ValueError as error:
        raise ValueError("a quote is not closed in the mail command") from error
    if not words or not words[0].strip():
        raise ValueError("the mail command names no program")
    if "\0" in line:
        raise ValueError("the mail command has a character in it that no command can have")
    names = mail_names(words)
    if _NAME.search(words[0]):
        raise ValueError("the mail command begins with a name in braces, not with a program")
    unknown = sorted(names - MAIL_PLACEHOLDERS.keys())
    if unknown:
        raise ValueError(f"the mail command does not know {{{unknown[0]}}}")
    if not names:
        raise ValueError("the mail command is not told what to send")
    return words


def mail_names(words: tuple[str, ...]) -> set[str]:
    """Return the names in braces that `words` use."""
    return {name for word in words for name in _NAME.findall(word)}


def filled_words(words: tuple[str, ...], values: Mapping[str, str]) -> tuple[str, ...]:
    """Return `words` with `values` in place of their names, each in its own word whatever it holds.

    A value that would begin a word with "-", and so be taken for an option, has a space put before it.
    """
    return tuple(_filled(word, values) for word in words)


def _filled(word: str, values: Mapping[str, str]) -> str:
    text = _NAME.sub(lambda match: values[match.group(1)].replace("\0", " "), word)
    return f" {text}" if text.startswith("-") and word.startswith("{") else text
