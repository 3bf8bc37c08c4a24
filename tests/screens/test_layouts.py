"""On a keyboard without the keys of the app at hand, others act as those; a text takes what is typed."""

from __future__ import annotations

import pytest
from warmcall.config.layouts import LAYOUTS
from warmcall.presentation.keyboard import other_layout
from warmcall.screens.when_form import WhenDialog
from warmcall.widgets.form import Choice
from warmcall.widgets.text_fields import Line

from tests.conftest import Bench
from tests.screens.driving import driven


@pytest.mark.parametrize(
    ("layout", "keys", "top"),
    [
        ("azerty", "é", "[2 People]"), ("azerty", '"', "[3 Call]"), ("azerty", "-", "[6 Target]"),
        ("azerty", ">", "[2 People]"), ("qwertz", "ä", "[2 People]"), ("qwertz", "äö", "[1 Queue]"),
        ("cyrillic", "ъ", "[2 People]"), ("cyrillic", "ї", "[2 People]"), ("cyrillic", "с", "[3 Call]"),
    ],
)  # fmt: skip
async def test_a_key_of_the_layout_acts_as_the_one_that_is_hard_to_reach(
    demo: Bench, layout: str, keys: str, top: str
) -> None:
    async with driven(demo, layout=LAYOUTS[layout]) as at:
        await at.press(*keys)
        assert top in at.top


async def test_a_text_takes_the_letters_and_a_choice_the_keys(demo: Bench) -> None:
    async with driven(demo, layout=LAYOUTS["cyrillic"]) as at:
        await at.press("ф", "Я", "я")
        assert at.one(Line, "field-name").value == "Яя"
        await at.press("tab", "с")
        assert at.one(Choice, "field-kind").value == "connector"


async def test_the_users_own_keymap_comes_before_the_layout(demo: Bench) -> None:
    async with driven(demo, layout=LAYOUTS["azerty"], keymap={"queue.snooze": ("é",)}) as at:
        await at.press("é")
        assert at.shows(WhenDialog)


async def test_a_letter_that_is_no_latin_one_says_so_once(demo: Bench) -> None:
    async with driven(demo) as at:
        await at.press("я")
        assert at.last_said == other_layout("я")
        at.said.clear()
        await at.press("ф", "ö")
        assert at.said == []


@pytest.mark.parametrize(
    ("letter", "setting"),
    [("я", "keymap: cyrillic"), ("é", "keymap: azerty"), ("ß", "keymap: qwertz"), ("ψ", ""), ("あ", "")],
)
def test_the_setting_named_is_the_one_for_the_letter(letter: str, setting: str) -> None:
    words = other_layout(letter)
    assert letter in words
    assert ("keymap:" in words, setting in words) == (bool(setting), True)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_layout_takes_a_letter_or_a_digit_away(layout: str) -> None:
    assert [typed for typed in LAYOUTS[layout] if typed.isascii() and typed.isalnum()] == []
