from __future__ import annotations

import pytest
from warmcall.widgets.card_lines import PROSE_CELLS, fitted, lines_of
from warmcall.widgets.rich_text import Card, CardGroup, RichPart


def words(group: CardGroup, width: int) -> list[str]:
    return [
        "".join(part if isinstance(part, str) else part[0] for part in line.parts)
        for line in lines_of(group, width)
    ]


def test_cards_stand_under_their_title_with_a_blank_line_between() -> None:
    first = Card("a", "★", (("Ana", "bold"), " · Oct"), "one two three\nfour", ("a note",))
    found = words(CardGroup("Who does it", (first, Card("b", " ", ("Ben",), "five"))), 12)
    assert found == [
        " Who does it", "★ Ana · Oct", "   one two", "   three", "   four", "   a note", "",
        "  Ben", "   five",
    ]  # fmt: skip


def test_without_cards_the_group_says_so() -> None:
    assert words(CardGroup("Who hires", (), "nobody asked yet"), 10) == [
        " Who hires",
        " nobody",
        " asked yet",
    ]


def test_lines_are_never_longer_than_prose_is_read_well() -> None:
    card = Card("a", " ", ("Ana",), "word " * 60)
    assert max(map(len, words(CardGroup("", (card,)), 200))) <= PROSE_CELLS + 3


@pytest.mark.parametrize(
    ("width", "found"), [(9, "Ana · Oct"), (8, "Ana · O…"), (4, "Ana…"), (3, "Ana"), (0, "")]
)
def test_a_first_line_is_cut_with_an_ellipsis(width: int, found: str) -> None:
    parts: list[RichPart] = [("Ana", "bold"), " · Oct"]
    assert "".join(text for text, _ in fitted(parts, width)) == found
