"""Keys as people write them become the names the screens know."""

from __future__ import annotations

import string

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import _character_to_key
from warmcall.widgets.key_names import NoSuchKey, key_named, name_of, types, written


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("x", "x"), ("S", "S"), ("shift+s", "S"), ("?", "question_mark"), ("question_mark", "question_mark"),
        ("[", "left_square_bracket"), ("+", "plus"), ("-", "minus"), ("^", "circumflex_accent"),
        ("/", "slash"), ("slash", "slash"), (" ", "space"), ("Space", "space"), ("7", "7"), ("é", "é"),
        ("ctrl+s", "ctrl+s"), ("Ctrl+S", "ctrl+s"), ("ctrl-s", "ctrl+s"), ("C-s", "ctrl+s"), ("^s", "ctrl+s"),
        ("control+s", "ctrl+s"), ("ctrl+_", "ctrl+underscore"), ("^_", "ctrl+underscore"),
        ("ctrl+space", "ctrl+@"), ("ctrl+\\", "ctrl+backslash"),
        ("F1", "f1"), ("f12", "f12"), ("Enter", "enter"), ("Return", "enter"), ("Esc", "escape"),
        ("escape", "escape"), ("Tab", "tab"), ("shift+Tab", "shift+tab"), ("S-Tab", "shift+tab"),
        ("←", "left"), ("left", "left"), ("↓", "down"), ("PgUp", "pageup"), ("page down", "pagedown"),
        ("Del", "delete"), ("Home", "home"), ("ctrl+←", "ctrl+left"), ("ctrl+shift+up", "ctrl+shift+up"),
        ("shift+ctrl+up", "ctrl+shift+up"), ("*", "asterisk"), ("star", "asterisk"), (" x ", "x"),
    ],
)  # fmt: skip
def test_a_key_is_understood_as_people_write_it(words: str, key: str) -> None:
    assert key_named(words) == key


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "no key"), ("xy", "no key “xy”"), ("ctrl+", "no key"), ("f13", "no key"), ("x, y", "no key"),
        ("alt+x", "without Alt"), ("M-x", "without Alt"), ("ctrl+alt+x", "without Alt"),
        ("ctrl+i", "from tab"), ("^[", "from escape"), ("ctrl+h", "from backspace"), ("ctrl+m", "from enter"),
        ("ctrl+1", "no key"), ("ctrl+?", "no key"), ("shift+1", "no key"), ("ctrl+shift+s", "no key"),
        ("ctrl+enter", "from enter"), ("shift+f1", "f1"), ("ctrl+ctrl+s", "no key"), ("\t", "no such key"),
        ("hyper+x", "no key"), ("ctrl+é", "no key"),
    ],
)  # fmt: skip
def test_what_no_terminal_sends_is_refused_with_a_fix(words: str, said: str) -> None:
    with pytest.raises(NoSuchKey) as raised:
        key_named(words)
    assert said in str(raised.value)
    assert raised.value.fix


def test_a_sign_is_called_as_textual_calls_it_and_can_be_written_again() -> None:
    for character in (*string.printable[:95], "é", "ß", "€", "…"):
        key = name_of(character)
        assert key == _character_to_key(character)
        assert key_named(character) == key
        assert key_named(written(key)) == key


def _sequences() -> list[tuple[object, ...]]:
    return [keys for keys in ANSI_SEQUENCES_KEYS.values() if isinstance(keys, tuple)]


def test_every_other_key_is_one_that_terminals_send() -> None:
    sent = {str(getattr(key, "value", key)) for keys in _sequences() for key in keys}
    for modifier in ("", "shift+", "ctrl+", "ctrl+shift+"):
        for name in ("up", "left", "home", "PgDn", "Tab", "Del", "Ins", "F5", "s", "_", "\\", "]", "Enter"):
            try:
                key = key_named(f"{modifier}{name}")
            except NoSuchKey:
                continue
            assert key in sent or types(key), f"{modifier}{name}"


@pytest.mark.parametrize(
    ("key", "text"), [("x", True), ("question_mark", True), ("space", True), ("f1", False), ("ctrl+s", False)]
)
def test_keys_that_type_a_sign_are_distinguished_from_others(key: str, text: bool) -> None:
    assert types(key) is text
