"""Which content of the state file follows from which."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.storage.change_log import META
from warmcall.storage.raw_table import RawTable
from warmcall.storage.revision import SESSIONS_KEPT, follows, increment_revision, revision_of

from tests.profiles import modest

Content = dict[str, RawTable]


def saved(content: Content, *sessions: str) -> Content:
    """Return what `content` is after a save of each session."""
    meta = content["meta"].copy()
    for session in sessions:
        increment_revision(meta, session)
    return {"meta": meta}


NEW: Content = {"meta": RawTable.of({"1": META})}
KNOWN = saved(NEW, "here", "there", "here")


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        (KNOWN, True),
        (saved(KNOWN, "there"), True),
        (saved(KNOWN, *["there"] * 500), True),
        (saved(KNOWN, *(f"s{number}" for number in range(SESSIONS_KEPT + 5))), True),
        (NEW, False),
        (saved(NEW, "here", "there"), False),
        (saved(NEW, "here", "there", "there"), False),
        (saved(NEW, "here", "there", *["there"] * 9), False),
        (saved(NEW, *["elsewhere"] * 9), False),
    ],
    ids=[
        "the same", "one save more", "many more", "more sessions than are kept",
        "none of it", "one save less", "another save of the same revision", "others of a higher revision",
        "another file",
    ],
)  # fmt: skip
def test_a_content_follows_if_it_has_all_saves_of_the_other(present: Content, expected: bool) -> None:
    assert follows(present, KNOWN) is expected


@pytest.mark.parametrize(
    "meta", [{}, {"revision": "7"}, {"revision": 3, "saves": [1]}, {"saves": {"a": "b"}}]
)
def test_odd_values_somebody_put_there_are_no_alarm(meta: dict[str, object]) -> None:
    odd: Content = {"meta": RawTable.of({"1": META | meta})}
    assert follows(saved(odd, "here"), odd)
    assert revision_of({}) == 0


sessions = st.lists(st.sampled_from("abc"), max_size=6)


@modest
@given(sessions, sessions, sessions)
def test_histories_that_part_follow_only_from_what_they_share(
    shared: list[str], one: list[str], other: list[str]
) -> None:
    begin = saved(NEW, *shared)
    # After a copy was put over the file, a session goes by a new name.
    ends = [saved(begin, *(f"{name}{side}" for name in names)) for side, names in enumerate((one, other))]
    assert all(follows(end, begin) for end in ends)
    for (mine, names), (theirs, _) in itertools.permutations(zip(ends, (one, other), strict=True)):
        assert follows(theirs, mine) is (not names)
