"""What is kept of each contact is what would be worked out anew, and only the contacts concerned are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain.records import replace
from warmcall.domain.vocabulary import Outcome
from warmcall.services import contact_changes, pipelines, progress, stages, weeks

from tests.conftest import Bench
from tests.examples import (
    NOW,
    Step,
    adding,
    attempt,
    attempts,
    change,
    contact,
    contacts,
    follow_ups,
    interviews,
    planned_changes,
    profile,
    target,
    targets,
)
from tests.profiles import examples

_target_ids = st.sampled_from(["", "targets-a", "targets-b", "gone"])
_lately = st.integers(0, 80).map(lambda days: NOW - timedelta(days=days))
_searching: st.SearchStrategy[Any] = st.one_of(
    targets,
    st.builds(
        replace, contacts, target_id=_target_ids, also_for=st.lists(_target_ids, max_size=1).map(tuple)
    ),
    st.builds(replace, attempts, at=_lately, outcome=st.sampled_from(Outcome)),
    st.builds(replace, interviews, at=_lately, target_id=_target_ids, ended_at=st.none() | _lately),
    follow_ups,
)
_steps: st.SearchStrategy[list[list[Step]]] = st.lists(
    st.lists(st.tuples(_searching, st.sampled_from([False, False, False, True])), min_size=1, max_size=4),
    max_size=12,
)
"""The changes of a search with up to three targets and contacts, all within the weeks that are counted."""


def shown(bench: Bench) -> object:
    """Return what the services say of how the search goes."""
    services = bench.services
    ids = sorted(bench.store.target_ids)
    return (
        [services.progress.figures_for(id_) for id_ in (ids or [""])],
        services.targets.compared(),
        dict(services.weeks.asked_by_week()),
        services.progress.referrals(),
        services.answers.still_open(),
        services.deciding.state(),
    )


@given(_steps)
@examples(usual=30, long=600)
def test_what_is_kept_over_changes_is_what_is_worked_out_anew(
    library: Library, plan: list[list[Step]]
) -> None:
    kept = Bench(library)
    for made in planned_changes(plan)[0]:
        kept.store.apply(made)
        assert shown(kept) == shown(Bench(library, store=kept.store))


@contextmanager
def counted(place: object, name: str) -> Iterator[list[object]]:
    """Collect the first argument of each call of a function of a module."""
    calls: list[object] = []
    function = getattr(place, name)

    def call(first: object, *rest: object) -> object:
        calls.append(first)
        return function(first, *rest)

    with patch.object(place, name, call):
        yield calls


def test_after_a_change_only_whom_it_is_about_is_looked_at_again(bench: Bench) -> None:
    ids = [f"c{number}" for number in range(9)]
    people = [contact(id=id_, target_id="planner") for id_ in ids]
    bench.store.apply(
        adding(
            profile(target_id="planner"), target(id="planner"), target(id="buyer"), *people,
            *(attempt("2026-11-20 10:00", Outcome.SENT, id=f"a {id_}", contact_id=id_) for id_ in ids),
        )
    )  # fmt: skip
    shown(bench)
    with (
        counted(pipelines, "progress_of") as looked_at,
        counted(weeks, "asks_of") as asks,
        counted(stages, "stage_of") as staged,
        counted(progress, "referral_chains") as trees,
    ):
        bench.store.apply(adding(attempt("2026-11-23 08:00", Outcome.SCHEDULED, contact_id="c4")))
        figures = bench.services.progress.figures()
        shown(bench)
        assert [getattr(one, "id", "") for one in looked_at] == ["c4"]
        assert (len(asks), len(staged), len(trees)) == (1, 1, 0)
        bench.store.apply(change((people[2], replace(people[2], notes="met at the club"))))
        assert bench.services.progress.figures() is figures
        bench.store.apply(change((people[3], replace(people[3], target_id="buyer", referrer_id="c4"))))
        standings = bench.services.targets.compared().standings
        assert {one.target.id: len(one.pipeline.ids) for one in standings} == {"planner": 8, "buyer": 1}
        assert bench.services.progress.referrals().chains == [["c4", "c3"]]
        shown(bench)
        assert (len(looked_at), len(asks), len(staged), len(trees)) == (2, 1, 1, 1)


def test_a_change_not_heard_of_yet_counts(bench: Bench) -> None:
    bench.store.apply(adding(contact(id="ana")))
    assert len(bench.services.progress.figures().pipeline.ids) == 1
    bench.store.update(adding(contact(id="mei")))
    assert len(bench.services.progress.figures().pipeline.ids) == 2


def test_after_many_changes_at_once_everybody_is_looked_at_in_one_go(bench: Bench) -> None:
    bench.store.apply(adding(contact(id="ana")))
    changes = contact_changes.ContactChanges(bench.store)
    assert changes.since_last_asked() is None
    bench.store.apply(adding(contact(id="mei")))
    assert changes.since_last_asked() == (frozenset(), ("mei",))
    with patch.object(contact_changes, "_MANY", 2):
        bench.store.apply(adding(*(contact(id=f"c{number}") for number in range(3))))
    bench.store.apply(adding(contact(id="luis")))
    assert changes.since_last_asked() is None
    assert changes.since_last_asked() == (frozenset(), ())
