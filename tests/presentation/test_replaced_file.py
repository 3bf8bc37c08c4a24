from __future__ import annotations

import pytest
from warmcall.presentation.replaced_file import bar_words, conflict_notice, merged_back


@pytest.mark.parametrize(
    ("older", "expected"),
    [
        (True, "older file: F merges back, ^x leaves it"),
        (False, "other file: F merges back, ^x leaves it"),
    ],
)
def test_the_bar_names_both_keys(older: bool, expected: str) -> None:
    assert bar_words(older, "F", "^x") == expected


def test_what_was_not_merged_is_said_and_not_more_than_can_be_read() -> None:
    assert merged_back("u", ["Mei: phone"]) == (
        "Merged back, as one change; u undoes it\nNot merged: Mei: phone"
    )
    assert merged_back("u", ["it"] * 6).splitlines()[-1] == "and 2 more; the backup has all of it"


def test_conflict_files_are_named_on_one_line() -> None:
    left = ", left by a sync, merge or backup program: `warmcall check` says what to do"
    assert conflict_notice([]) == ""
    assert conflict_notice(["a.orig"]) == f"Beside the state file: a.orig{left}"
    assert conflict_notice(["a\n.orig", "b~", "c", "d"]) == (
        f"Beside the state file: a␊.orig, b~ and 2 more{left}"
    )
