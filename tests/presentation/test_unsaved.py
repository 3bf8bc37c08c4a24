from __future__ import annotations

from warmcall.presentation.unsaved import bar_words, cannot_save


def test_the_bar_says_why_on_one_line() -> None:
    assert bar_words("disk\nfull") == "not saved: disk␊full, retrying"


def test_it_is_said_what_to_do_and_whether_anything_can_be_lost() -> None:
    assert cannot_save("disk full", "free some space", kept=False) == (
        "Nothing can be saved now: disk full. To go on: free some space. "
        "What you do is kept in memory until then; saving is tried again by itself."
    )
    assert "What you do is safe in a file beside it;" in cannot_save("a", "b", kept=True)
