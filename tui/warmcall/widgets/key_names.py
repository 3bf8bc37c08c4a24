"""The names of keys: as people write them, and as Textual has them."""

from __future__ import annotations

import unicodedata

from textual.keys import KEY_NAME_REPLACEMENTS, format_key, key_to_character

_ARROWS = {"↑": "up", "↓": "down", "←": "left", "→": "right"}

_ALIASES = {
    **_ARROWS,
    "return": "enter", "esc": "escape", "del": "delete", "ins": "insert",
    "pgup": "pageup", "page up": "pageup", "pgdn": "pagedown", "page down": "pagedown", "s-tab": "shift+tab",
    "dot": "full_stop", "period": "full_stop", "star": "asterisk", "hash": "number_sign",
    "question mark": "question_mark",
}  # fmt: skip
"""Textual's names of keys by the other names that people have for them."""

_MOVING = frozenset({"up", "down", "left", "right", "home", "end", "pageup", "pagedown"})

_WITHOUT_SIGN = (
    _MOVING
    | {"enter", "escape", "tab", "shift+tab", "backspace", "delete", "insert"}
    | {f"f{number}" for number in range(1, 13)}
)

_WITH_MODIFIERS = {
    ("shift",): _MOVING | {"tab", "delete"},
    ("ctrl",): _MOVING | {"delete", "underscore", "backslash", "right_square_bracket", "circumflex_accent"},
    ("ctrl", "shift"): _MOVING | {"delete"},
}
"""The keys besides letters that terminals send with Shift or Ctrl held."""

_CTRL_ALIASES = {
    "i": "tab", "m": "enter", "h": "backspace", "left_square_bracket": "escape", "j": "enter",
}  # fmt: skip
"""The key that each of these is the same as with Ctrl held; Ctrl+J is Enter to many terminals."""


class NoSuchKey(ValueError):
    """A text names no key; `fix` says what to write instead."""

    def __init__(self, what: str, fix: str = "write one such as x, S, ctrl+s, F5, Enter or ←") -> None:
        self.what = what
        self.fix = fix
        super().__init__(f"{what}; {fix}")


def name_of(character: str) -> str:
    """Return Textual's name of the key of one character: "s", "S", "question_mark"."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def sign(key: str) -> str:
    """Return the sign that a key, by Textual's name, types into a text; empty if it types none."""
    shown = key_to_character(key) or format_key(key)
    return shown if len(shown) == 1 and shown.isprintable() and name_of(shown) == key else ""


def types(key: str) -> bool:
    """Return whether a key, by Textual's name, types a sign into a text."""
    return bool(sign(key))


def written(key: str) -> str:
    """Return a key, given by Textual's name, as a person writes it."""
    return sign(key) or key


def key_named(words: str) -> str:
    """Return Textual's name of the key that a person writes as "?", "ctrl+s", "F1", "←" or "S".

    Raises:
        NoSuchKey: if there is no such key, or a terminal cannot tell it from another one.
    """
    if len(words) == 1 and words not in _ARROWS:
        return _typed(words)
    words = words.strip()
    shown = words[:20]
    *modifiers, name = _split(words)
    if not name or len(set(modifiers)) < len(modifiers) or not {*modifiers} <= {"ctrl", "shift", "alt"}:
        raise NoSuchKey(f"there is no key “{shown}”")
    if "alt" in modifiers:
        raise NoSuchKey(f"“{shown}” looks like Esc and a letter on a slow line", "write a key without Alt")
    if len(name) == 1 and name not in _ARROWS:
        return _with_letter(modifiers, name, shown)
    name = name.casefold()
    key = _ALIASES.get(name, name)
    if key not in _WITHOUT_SIGN and not types(key):
        raise NoSuchKey(f"there is no key “{shown}”")
    if not modifiers:
        return key
    if types(key):
        return _with_letter(modifiers, sign(key), shown)
    if key not in _WITH_MODIFIERS[tuple(sorted(modifiers))]:
        raise NoSuchKey(f"terminals cannot tell “{shown}” from {name}")
    return "+".join((*sorted(modifiers), key))


def _typed(character: str) -> str:
    if character != " " and (not character.isprintable() or not name_of(character)):
        raise NoSuchKey("there is no such key")
    return name_of(character)


def _split(words: str) -> list[str]:
    """Return the modifiers in `words`, written "ctrl+s", "C-s" or "^s", and last the key."""
    if words.startswith("^") and len(words) > 1:
        return ["ctrl", words[1:]]
    found: list[str] = []
    while True:
        at = next((place for place in range(1, len(words) - 1) if words[place] in "+-"), 0)
        before = words[:at].casefold()
        modifier = {"c": "ctrl", "s": "shift", "m": "alt", "control": "ctrl"}.get(before, before)
        if not at or modifier not in ("ctrl", "shift", "alt"):
            return [*found, words]
        found.append(modifier)
        words = words[at + 1 :]


def _with_letter(modifiers: list[str], letter: str, shown: str) -> str:
    """Return the key of one character with `modifiers` held."""
    key = _typed(letter)
    if modifiers == ["shift"] and letter.isalpha():
        return letter.upper()
    if modifiers == ["ctrl"]:
        if key in ("space", "at"):
            return "ctrl+@"
        if letter.isascii() and letter.isalpha():
            key = letter.lower()
        if key in _CTRL_ALIASES:
            raise NoSuchKey(f"terminals cannot tell “{shown}” from {_CTRL_ALIASES[key]}")
        if (letter.isascii() and letter.isalpha()) or key in _WITH_MODIFIERS[("ctrl",)]:
            return f"ctrl+{key}"
    if modifiers:
        raise NoSuchKey(f"terminals have no key “{shown}”")
    return key
