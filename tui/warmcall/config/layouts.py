"""Keyboard layouts on which some keys of the app are hard to reach, and which keys act as those instead."""

from __future__ import annotations

from collections.abc import Mapping

_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю.", "qwertyuiop[]asdfghjkl;'zxcvbnm,./"
"""The letters of the ЙЦУКЕН layout, and what the same keys type on a US keyboard."""

_UKRAINIAN_AND_BELARUSIAN = {"і": "s", "ї": "]", "є": "'", "ў": "o"}
"""The letters in which those layouts differ from the Russian one."""


def _cyrillic() -> dict[str, str]:
    letters = dict(zip(*_RUSSIAN, strict=True)) | _UKRAINIAN_AND_BELARUSIAN
    capitals = {letter.upper(): latin.upper() for letter, latin in letters.items() if latin.isalpha()}
    return {**letters, **capitals, ",": "?", "№": "#"}


LAYOUTS: Mapping[str, Mapping[str, str]] = {
    # The digits need Shift on AZERTY, and the brackets AltGr; < and > are one key there.
    "azerty": dict(zip("&é\"'(-è_çà<>", "1234567890[]", strict=True)),
    # The brackets need AltGr on QWERTZ; beside the L are ö and ä, or é and à in western Switzerland.
    "qwertz": {"ö": "[", "ä": "]", "é": "[", "à": "]"},
    "cyrillic": _cyrillic(),
}
"""What the setting `keymap` can name: the sign that a key types there, and the key of the app it acts as."""
