from __future__ import annotations

import pytest
from warmcall.domain.records import Contact
from warmcall.presentation.referrals import DEEPEST, head, referral_line, tree_signs

from tests.conftest import Bench
from tests.examples import adding, contact, interview
from tests.screens.driving import fill_with_demo


def test_the_tree_of_the_sample_data(bench: Bench) -> None:
    fill_with_demo(bench)
    tree = bench.services.progress.referrals()
    assert head(tree) == "3 of 4 chains go on · owed: 1 not told yet · the longest: 3 people"
    found = {line.name: line for id_ in tree.ids for line in [referral_line(bench.services, tree, id_)]}
    drawn = [(line.name, line.kind, line.stage[0], line.told[0]) for line in found.values()]
    assert drawn[:7] == [
        ("Dana Whitfield", "professor", "met 21 Sep", ""),
        ("├─ Helen Marsh", "hires for it", "met 17 Nov", "told Dana ✔"),
        ("│  └─ Mei Tanaka", "does the job", "today 14:00", ""),
        ("└─ Luis Ortega", "hires for it", "call today", ""),
        ("Isaac Brandt", "event", "met 12 Oct", ""),
        ("└─ Priya Raman", "does the job", "met 20 Nov", "tell Isaac, today"),
        ("   └─ Teodoro Barlow", "does the job", "call tomorrow", ""),
    ]
    assert found["Ruth Okafor-Lindqvist"].stage[0] == "held"
    assert found["Gordon Pike"].stage[0] == "declined"
    assert found["Owen Achterberg"].stage == ("Thu 26 10:30", "$primary")
    assert found["Maximiliana Konstantinidou-Featherstonehaugh"].stage == ("call 4 d late", "$warning")
    assert found["佐藤 由美"].stage == ("waiting", "")


def test_what_is_to_be_told_is_late_the_day_after_it_was_due(bench: Bench) -> None:
    fill_with_demo(bench)
    bench.clock.forward(days=2)
    tree = bench.services.progress.referrals()
    told = [referral_line(bench.services, tree, id_).told for id_ in tree.ids]
    assert ("tell Isaac, 2 d late", "$warning") in told


def test_people_without_a_chain_are_listed_all_the_same(bench: Bench) -> None:
    bench.store.apply(adding(contact(id="a", name="Ana Ruiz"), interview(contact_id="a", practice=True)))
    assert head(bench.services.progress.referrals()) == "Nobody has named anybody yet"
    assert bench.services.progress.referrals().ids == ("a",)


@pytest.mark.parametrize(
    ("leads", "signs"),
    [
        ((), ""), ((True,), "├─ "), ((False,), "└─ "), ((True, False), "│  └─ "), ((False, True), "   ├─ "),
        ((True,) * (DEEPEST + 2), f"…  {'│  ' * DEEPEST}├─ "),
    ],
)  # fmt: skip
def test_lines_lead_to_each_person(leads: tuple[bool, ...], signs: str) -> None:
    assert tree_signs(leads) == signs


def test_names_given_in_a_circle_are_drawn_from_the_first(bench: Bench) -> None:
    circle: list[Contact] = [contact(id="a", referrer_id="b"), contact(id="b", referrer_id="a")]
    bench.store.apply(adding(*circle))
    tree = bench.services.progress.referrals()
    assert [referral_line(bench.services, tree, id_).name for id_ in tree.ids] == [
        "Luis Ortega", "└─ Luis Ortega",
    ]  # fmt: skip
