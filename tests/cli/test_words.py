"""The words of closed lists on the command line."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest
from warmcall.cli.words import CHANNEL, KIND, MODE, NEWS, OUTCOME, PERMISSION, SOURCE, WordType
from warmcall.domain.vocabulary import Channel, ContactKind, Mode, News, Outcome, Permission, Source

LISTS: list[tuple[WordType[Any], type[StrEnum]]] = [
    (KIND, ContactKind), (SOURCE, Source), (CHANNEL, Channel), (OUTCOME, Outcome), (MODE, Mode),
    (PERMISSION, Permission), (NEWS, News),
]  # fmt: skip


@pytest.mark.parametrize(("words", "values"), LISTS, ids=lambda each: getattr(each, "name", ""))
def test_every_value_has_one_usual_word_and_is_known_as_it_is_in_the_file(
    words: WordType[Any], values: type[StrEnum]
) -> None:
    assert sorted(words.usual.values()) == sorted(values)
    for value in values:
        assert words.read(words.word_for(value)) is value
        assert words.read(value) is value


@pytest.mark.parametrize(
    ("words", "typed", "meant"),
    [
        (KIND, "manager", ContactKind.HIRING_MANAGER),
        (KIND, "Hiring Manager", ContactKind.HIRING_MANAGER),
        (KIND, "prac", ContactKind.PRACTITIONER),
        (SOURCE, "linkedin", Source.ONLINE),
        (SOURCE, " PLACEMENT office ", Source.PLACEMENT_OFFICE),
        (CHANNEL, "e-mail", Channel.EMAIL),
        (OUTCOME, "callback", Outcome.CALL_BACK),
        (OUTCOME, "no_answer", Outcome.NO_ANSWER),
        (MODE, "zoom", Mode.VIDEO),
        (PERMISSION, "", Permission.NOT_ASKED),
    ],
)
def test_words_are_read_as_people_type_them(words: WordType[Any], typed: str, meant: StrEnum) -> None:
    assert words.read(typed) is meant


@pytest.mark.parametrize("typed", ["", "boss\x1b[31m", "a" * 999, "e"])
def test_a_word_of_no_list_is_refused_with_the_list(typed: str) -> None:
    with pytest.raises(ValueError, match="is not one of scheduled, talk-now, voicemail") as refused:
        OUTCOME.read(typed)
    assert len(str(refused.value)) < 200
    assert "\x1b" not in str(refused.value)
