"""The command line of a mail program: words with placeholders in braces, run without a shell."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

MAIL_PLACEHOLDERS: dict[str, str] = {
    "mailto": "a mailto: address with subject and text",
    "eml": "the file of the draft",
    "to": "the address alone",
    "subject": "the subject alone",
    "body_file": "a file with the text alone, which is gone when the program has ended",
}
"""Every placeholder a mail command may use, with what replaces it."""

_NAME = re.compile(r"\{([^{}]*)\}")


class _Code(NamedTuple):
    """Where a program takes code: in the word after `options`, and, if `operand`, in its first operand.

    The first operand of a shell is a script, or, with -c, the code itself.
    """

    options: frozenset[str] = frozenset()
    operand: bool = True


def _code(names: str, options: str = "", operand: bool = True) -> dict[str, _Code]:
    return dict.fromkeys(names.split(), _Code(frozenset(options.split()), operand))


_SHELLS = _code("sh ash bash csh dash elvish fish ksh mksh nu pwsh powershell rc tcsh yash zsh")

_INTERPRETERS = (
    _SHELLS
    | _code("python pypy", "-c")
    | _code("perl ruby lua julia rscript osascript groovy elixir", "-e -E --eval")
    | _code("node nodejs bun deno", "-e -p -pe --eval --print eval")
    | _code("php", "-r -B -R -E")
    | _code("guile expect tclsh", "-c")
    | _code("awk gawk mawk nawk", "-e --source")
    | _code("sed gsed", "-e --expression")
    | _code("emacs emacsclient", "-e -eval --eval --execute", operand=False)
    | _code("ex vi vim nvim view", "-c --cmd", operand=False)
    | _code("env", "-S --split-string", operand=False)
)
"""Programs that run code, by their name without a version."""

_RUN_EVERY_WORD = frozenset((
    "at", "batch", "cmd", "eval", "find", "make", "mosh", "parallel", "rsh", "runuser", "screen", "script",
    "ssh", "su", "tmux", "watch", "xargs",
))  # fmt: skip
"""Programs that give all their words to a shell, or make commands or more words of them."""

_VALUED = frozenset((
    "-F", "-I", "-O", "-W", "-X", "-o", "-r", "-v", "+O", "+o", "--init-file", "--rcfile", "--require",
))  # fmt: skip
"""Options of the interpreters whose next word is neither code nor an operand."""

_CODE_IN_CODE = re.compile(r"\b(eval|xargs|ssh|(ba|da|z|k)?sh\s+-\w*c)\b")
"""What makes a shell run its arguments as code, too."""


class CodeInMailCommand(ValueError):
    """A mail command puts other people's words into code; `fix` says what can be written instead."""

    def __init__(self, program: str, placeholder: str) -> None:
        super().__init__(f"the mail command lets {program} run {{{placeholder}}} as code")
        if program in _SHELLS:
            self.fix = f"make it a word of its own: {program} -c 'mutt -s \"$1\"' {program} {{subject}}"
        else:
            self.fix = "name the mail program itself, and each option as a word of its own"


def mail_words(line: str) -> tuple[str, ...]:
    """Return the words of a mail command, such as `mutt -s {subject} -i {body_file} -- {to}`.

    Raises:
        CodeInMailCommand: if a shell or an interpreter would run what replaces a placeholder. What is in it
            comes from other people: `sh -c "mutt -s '{subject}'"` runs a subject such as `'; rm -rf ~; '`.
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
        raise ValueError("the mail command does not say what to send")
    _refuse_code(words)
    return words


def _refuse_code(words: Sequence[str]) -> None:
    """Refuse a placeholder in what a program runs as code; env, nohup and others may run that program.

    Raises:
        CodeInMailCommand: if there is one.
    """
    for at, word in enumerate(words):
        program = _program(word)
        rest = words[at + 1 :]
        if program in _RUN_EVERY_WORD:
            code = list(rest)
        elif program in _INTERPRETERS:
            code = list(_code_in(program, rest))
        else:
            continue
        for name in (name for word in code for name in _NAME.findall(word)):
            raise CodeInMailCommand(program, name)
        if program != "env":  # env may go on to run another of these
            return


def _program(word: str) -> str:
    """Return the name of a program without its folder, ending and version: "python" for /bin/python3.11."""
    name = re.split(r"[/\\]", word)[-1].lower().removesuffix(".exe")
    return name.rstrip("-.0123456789")


def _code_in(program: str, words: Sequence[str]) -> Iterator[str]:
    """Yield the words that an interpreter runs as code, and its options, which may hold code themselves."""
    known, found = _INTERPRETERS[program], False
    remaining = iter(words)
    for word in remaining:
        if word in known.options:
            yield next(remaining, "")
            found = True
        elif word in _VALUED:
            next(remaining, None)
        elif word[:1] in ("-", "+"):
            yield word
        else:
            if known.operand and not found:
                yield word
            if program in _SHELLS and _CODE_IN_CODE.search(word):
                yield from remaining
            return


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
