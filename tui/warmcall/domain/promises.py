"""Promises: each is a thing owed, always a noun phrase ("the article"), so that every sentence can say it."""

from __future__ import annotations

import re

_HANDING_OVER = (
    r"(?:send|forward|e-?mail|mail|post|give|bring|hand|lend|show|return"
    r"|pass\s+on|pass|share|text|write\s+up)"
)
_PERSON = r"(?:you|me|him|her|them|us)"
_DETERMINER = (
    r"(?:the|an?|my|our|your|his|her|their|its|some|this|that|these|those|both|two|three|four|five|\d+)\b"
)
_INTENT = re.compile(
    r"^(?:(?:i|we|he|she|they)(?:['’](?:ll|d)|\s+(?:will|would|promised\s+to|should|have\s+to|must|can))?\s+"
    r"|(?:promised|wants|want|remember|don['’]t\s+forget)\s+(?=to\b))",
    re.IGNORECASE,
)
_TO = re.compile(r"^to\s+(?=[a-z])", re.IGNORECASE)
_HANDED = re.compile(rf"^{_HANDING_OVER}\s+(?:{_PERSON}\s+)?(?={_DETERMINER}\s+\S)", re.IGNORECASE)
_TO_WHOM = re.compile(rf"\s+(?:on\s+)?(?:to|for)\s+{_PERSON}$", re.IGNORECASE)
_INTRODUCED = re.compile(rf"^introduce\s+{_PERSON}\s+to\s+(?P<whom>\S.*)$", re.IGNORECASE)
_THING = re.compile(rf"^(?:{_DETERMINER}\s+\S|\S+(?:\s+[A-Z]\S*)*['’]s?\s+\S)", re.IGNORECASE)
_READER = re.compile(r"\b(?:he|she|him|her|hers|his)\b", re.IGNORECASE)
_ACTION = re.compile(
    r"^(?:call|ring|phone|write|send|forward|e-?mail|mail|ask|tell|look|find|check|introduce|put|meet|talk|read|"
    r"get|make|let|come|go|keep|try|give|bring|show|share|visit|thank|text|buy|finish|learn|report)\b",
    re.IGNORECASE,
)
_TO_READER = re.compile(r"\s+(?:to|with)\s+(?:him|her|them|you)\b", re.IGNORECASE)
_NOUNS = {
    re.compile(r"^(?:call|ring|phone)\s+(?P<whom>\S.*)$", re.IGNORECASE): "the call to {}",
    re.compile(r"^(?:write|text)\s+to\s+(?P<whom>\S.*)$", re.IGNORECASE): "the letter to {}",
    re.compile(r"^(?:talk|speak)\s+to\s+(?P<whom>\S.*)$", re.IGNORECASE): "the talk with {}",
    re.compile(r"^meet\s+(?P<whom>\S.*)$", re.IGNORECASE): "the meeting with {}",
}
"""How an action that hands nothing over is said as a thing."""


def as_thing(words: str, theirs: bool = False) -> str:
    """Return a promise as a thing: "the article" for "I'll send her the article".

    Of a promise of `theirs`, which the letter says to them, "her list" becomes "your list". Empty where it
    is not certain which thing is meant.
    """
    text = " ".join(words.split()).rstrip(" .!,;:")
    text = _TO.sub("", _INTENT.sub("", text))
    introduced = _INTRODUCED.match(text)
    if introduced:
        return f"the introduction to {introduced['whom']}"
    handed = _HANDED.sub("", text)
    text = _TO_WHOM.sub("", handed) if handed != text else text
    if theirs:
        text = re.sub(r"^(?:his|her|their)\b", "your", text, flags=re.IGNORECASE)
    if not _THING.match(text) or _ACTION.match(text) or _READER.search(text) or re.search("[‹›]", text):
        return ""
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if re.fullmatch(_DETERMINER, first, re.IGNORECASE) else text


def promise_problem(words: str, theirs: bool = False) -> str:
    """Return why `words` are no promise yet, with the words to write; empty if they are."""
    text = _TO.sub("", _INTENT.sub("", " ".join(words.split()).rstrip(" .!,;:")))
    if not text:
        return "say what was promised: “the article”"
    if as_thing(words, theirs):
        return ""
    if re.search("[‹›]", text):
        return "leave the signs ‹ › out"
    for action, noun in _NOUNS.items():
        if match := action.match(text):
            thing = _TO_READER.sub("", noun.format(match["whom"]))
            return f"say it as a thing: “{thing}”"
    handed = re.sub(rf"^{_HANDING_OVER}\s+(?:{_PERSON}\s+)?", "", text, flags=re.IGNORECASE)
    thing = _TO_WHOM.sub("", handed)
    if pronoun := _READER.search(thing):
        own = re.sub(r"\b(?:his|her|hers)\b", "your", thing[:60], flags=re.IGNORECASE)
        fix = f"“{own}”" if own != thing[:60] and not _ACTION.match(own) else "leave it out"
        return f"they read it, so not “{pronoun[0]}”: {fix}"
    if _ACTION.match(thing) or not thing:
        return "say it as a thing: “the article”, “my resume”"
    return f"say it as a thing: “the {thing[:60]}”"


def promise_sentence(thing: str, theirs: bool = False) -> str:
    """Return the sentence that a promise makes in a letter to the other side."""
    return f"I'd still be glad of {thing}." if theirs else f"I haven't forgotten {thing}."
