"""The command line of a mail program: words with placeholders in braces, run without a shell."""

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
"""Every placeholder a mail command may use, with what replaces it."""

_NAME = re.compile(r"\{([^{}]*)\}")


def mail_words(line: str) -> tuple[str, ...]:
    """Return the words of a mail command, such as `mutt -s {subject} -i {body_file} -- {to}`.

    Raises:
        ValueError: with a sentence, if it is no command, or uses an unknown placeholder.
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
    """Return the placeholders that `words` use."""
    return {name for word in words for name in _NAME.findall(word)}


def filled_words(words: tuple[str, ...], values: Mapping[str, str]) -> tuple[str, ...]:
    """Return `words` with their placeholders replaced by `values`; a value never makes another word.

    A value at the beginning of a word that starts with "-" gets a space before it, so that it is no option.
    """
    return tuple(_filled(word, values) for word in words)


def _filled(word: str, values: Mapping[str, str]) -> str:
    text = _NAME.sub(lambda match: values[match.group(1)].replace("\0", " "), word)
    return f" {text}" if text.startswith("-") and word.startswith("{") else text
