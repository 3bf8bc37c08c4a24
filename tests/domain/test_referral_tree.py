from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.records import Contact
from warmcall.domain.referral_tree import Branch, length, referral_chains

from tests.examples import NOW, contact
from tests.profiles import modest


def person(id_: str, referrer: str = "", at: int = 0) -> Contact:
    return contact(id=id_, name=id_, referrer_id=referrer, created_at=NOW + timedelta(minutes=at))


def tree_of(people: list[Contact]) -> list[Branch]:
    """Return everybody in the order of the tree, those who are alone last."""
    found = referral_chains(people)
    alone = [Branch(id_, 0, (), 0) for id_ in found.alone]
    return [*(branch for chain in found.chains for branch in chain), *alone]


def drawn(people: list[Contact]) -> list[str]:
    """Return the tree as indented ids, with the line signs that `leads` stands for."""
    lines = []
    for branch in tree_of(people):
        signs = "".join("│" if goes_on else " " for goes_on in branch.leads[:-1])
        sign = ("├" if branch.leads[-1] else "└") if branch.leads else ""
        lines.append(f"{signs}{sign}{branch.contact_id}")
    return lines


@pytest.mark.parametrize(
    ("people", "tree"),
    [
        ([], []),
        ([person("dana")], ["dana"]),
        (
            [person("yumi"), person("dana"), person("helen", "dana"), person("luis", "dana"),
             person("mei", "helen")],
            ["dana", "├helen", "│└mei", "└luis", "yumi"],
        ),
        ([person("mei", "gone")], ["mei"]),
        ([person("mei", "mei")], ["mei"]),
        ([person("a", "b"), person("b", "a", 1)], ["a", "└b"]),
        ([person("c", "b", 2), person("b", "a", 1), person("a", "c", 0)], ["a", "└b", " └c"]),
        (
            [person("x", "y"), person("y", "z", 1), person("z", "y", 2), person("short", at=3)],
            ["y", "├x", "└z", "short"],
        ),
        (
            [person("a"), person("b", "a"), person("c"), person("d", "c"), person("e", "d")],
            ["c", "└d", " └e", "a", "└b"],
        ),
    ],
)  # fmt: skip
def test_everybody_stands_under_who_gave_their_name(people: list[Contact], tree: list[str]) -> None:
    assert drawn(people) == tree


@modest
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 13)), max_size=13, unique_by=lambda pair: pair[0])
)
def test_everybody_is_in_the_tree_once_whatever_circles_there_are(links: list[tuple[int, int]]) -> None:
    people = [person(str(id_), str(referrer), id_) for id_, referrer in links]
    tree, by_id = tree_of(people), {one.id: one for one in people}
    assert sorted(branch.contact_id for branch in tree) == sorted(one.id for one in people)
    above: list[Contact] = []
    for branch in tree:
        assert len(branch.leads) == branch.depth <= len(above)
        above = above[: branch.depth]
        if above:
            assert by_id[branch.contact_id].referrer_id == above[-1].id
        above.append(by_id[branch.contact_id])
    assert sum(branch.below for branch in tree) == sum(branch.depth > 0 for branch in tree)
    assert all(length(chain) > 1 for chain in referral_chains(people).chains)


def test_a_chain_of_thousands_is_no_trouble() -> None:
    people = [person(str(at), str(at - 1), at) for at in range(5_000)]
    assert [length(chain) for chain in referral_chains(people).chains] == [5_000]
