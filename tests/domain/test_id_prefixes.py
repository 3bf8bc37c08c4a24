"""Short forms of ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.id_prefixes import LEAST, beginning_with, short_ids


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([], {}),
        (["0123456789abcdef"], {"0123456789abcdef": "0123"}),
        (["aaaa1x", "aaaa2x", "b"], {"aaaa1x": "aaaa1", "aaaa2x": "aaaa2", "b": "b"}),
        (["abcdef", "abcdefgh"], {"abcdef": "abcdef", "abcdefgh": "abcdefg"}),
        (["same", "same"], {"same": "same"}),
    ],
)
def test_a_short_id_is_the_shortest_beginning_that_no_other_shares(
    ids: list[str], expected: dict[str, str]
) -> None:
    assert short_ids(ids) == expected


@given(st.lists(st.text("abc", max_size=8), max_size=12))
def test_a_short_id_finds_its_id_alone_unless_that_begins_another(ids: list[str]) -> None:
    known = {found for found in ids if found}
    for whole, short in short_ids(known).items():
        assert whole.startswith(short)
        assert len(short) >= min(LEAST, len(whole))
        assert beginning_with(known, short) == [whole]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("AB", ["abc", "abd"]), (" abc ", ["abc"]), ("ab", ["abc", "abd"]), ("x", []), (" ", [])],
)
def test_ids_are_found_by_their_beginning_in_any_case(typed: str, found: list[str]) -> None:
    assert beginning_with(["abc", "abd", "b"], typed) == found
