from __future__ import annotations

from datetime import date

from warmcall.domain.pipeline import PipelineStep
from warmcall.domain.records import Debrief, Week, replace
from warmcall.domain.vocabulary import Channel, ContactKind, FollowUpKind, Outcome, Source

from tests.conftest import Bench
from tests.examples import (
    STAMP,
    adding,
    attempt,
    change,
    contact,
    follow_up,
    interview,
    local,
    profile,
    target,
)

ANA = contact(id="ana", name="Ana Ruiz", created_at=local("2026-11-02 10:00"))
MEI = contact(id="mei", name="Mei Tanaka", referrer_id="ana", source=Source.REFERRAL)
TALK = interview(
    "2026-11-16 10:00", id="talk", contact_id="ana", ended_at=local("2026-11-16 10:20"),
    debrief=Debrief(fit=4, confidence=2),
)  # fmt: skip


def test_the_figures_are_those_of_the_records(bench: Bench) -> None:
    bench.store.apply(
        adding(
            ANA, MEI, TALK, contact(id="boss", kind=ContactKind.HIRING_MANAGER),
            attempt("2026-11-10 10:00", Outcome.SCHEDULED, contact_id="ana"),
            attempt("2026-11-23 08:00", Outcome.SENT, contact_id="mei", channel=Channel.EMAIL),
            attempt("2026-11-23 08:00", Outcome.SENT, id="orphan", contact_id="gone"),
            Week(**STAMP, id="off", monday=date(2026, 11, 16), off=True),
        )
    )  # fmt: skip
    figures = bench.services.progress.figures()
    assert [len(figures.pipeline.at_least(step)) for step in PipelineStep] == [3, 2, 1, 1, 0]
    assert (figures.began, figures.goal) == (date(2026, 11, 2), bench.services.library.cadence.weekly_goal)
    assert [week.asked for week in figures.weeks[-3:]] == [("ana",), (), ("mei",)]
    assert [(week.met, week.off) for week in figures.weeks[-3:]] == [
        ((), False),
        (("ana",), True),
        ((), False),
    ]
    assert [(talk.contact_id, talk.confidence, talk.fit) for talk in figures.talks] == [("ana", 2, 4)]
    assert figures.met == {ContactKind.PRACTITIONER: ("ana",)}
    assert (figures.to_ask, figures.to_meet) == (ContactKind.HIRING_MANAGER, ("boss",))


def test_with_several_targets_each_counts_those_who_serve_it(bench: Bench) -> None:
    planner, buyer = target(id="planner"), target(id="buyer")
    bench.store.apply(
        adding(
            profile(target_id="planner"), planner, buyer,
            replace(ANA, target_id="planner", also_for=("buyer",)), replace(TALK, target_id="buyer"),
            replace(MEI, target_id="buyer"), contact(id="old", target_id="deleted"),
            attempt("2026-11-10 10:00", Outcome.SCHEDULED, contact_id="ana"),
            attempt("2026-11-23 08:00", Outcome.SENT, contact_id="mei", channel=Channel.EMAIL),
        )
    )  # fmt: skip
    progress = bench.services.progress
    of_planner, of_buyer = progress.figures(), progress.figures_for("buyer")
    assert [found.pipeline.at_least(PipelineStep.FOUND) for found in (of_planner, of_buyer)] == [
        ("ana", "old"), ("ana", "mei", "old"),
    ]  # fmt: skip
    assert [found.weeks[-1].asked for found in (of_planner, of_buyer)] == [(), ("mei",)]
    assert [len(found.talks) for found in (of_planner, of_buyer)] == [0, 1]
    assert of_planner.met == of_buyer.met == {ContactKind.PRACTITIONER: ("ana",)}
    assert (of_planner.goal, of_buyer.began) == (0, date(2026, 11, 2))
    assert progress.figures() is of_planner
    bench.store.apply(change((buyer, None)))
    assert len(progress.figures().pipeline.ids) == 3
    assert progress.figures().goal == bench.services.library.cadence.weekly_goal


def test_the_tree_says_how_many_chains_go_on_and_who_is_to_be_told(bench: Bench) -> None:
    tell, told = FollowUpKind.TELL_REFERRER, {"contact_id": "ana", "about_id": "mei"}
    bench.store.apply(adding(ANA, MEI, contact(id="alone")))
    tree = bench.services.progress.referrals()
    assert (tree.ids, tree.chains) == (("ana", "mei", "alone"), [["ana", "mei"]])
    assert (tree.going_on, tree.longest) == (1, 2)
    bench.store.apply(
        adding(
            interview(id="met", contact_id="mei", ended_at=local("2026-11-20 10:20")), TALK,
            follow_up(tell, **told, id="a", done_at=local("2026-11-20 12:00"), dropped=True),
            follow_up(tell, **told, id="b"),
            follow_up(tell, id="c", contact_id="alone", about_id="mei"),
        )
    )  # fmt: skip
    tree = bench.services.progress.referrals()
    assert (tree.going_on, tree.untold, tree.telling["mei"].id) == (0, 1, "b")


def test_they_are_worked_out_again_only_after_a_change_and_on_another_day(bench: Bench) -> None:
    progress = bench.services.progress
    bench.store.apply(adding(ANA))
    figures, tree = progress.figures(), progress.referrals()
    bench.clock.forward(hours=2)
    bench.services.profile_editing.save({"name": "Robin Vale"})
    assert progress.figures() is figures
    assert progress.referrals() is tree
    bench.store.apply(adding(follow_up(FollowUpKind.CALL, contact_id="ana")))
    assert progress.figures() is figures, "what is owed to somebody who was not met is in no figure"
    bench.store.apply(adding(attempt("2026-11-23 08:00", Outcome.VOICEMAIL, contact_id="ana")))
    assert progress.figures() is not figures
    assert progress.referrals().branches is tree.branches
    figures = progress.figures()
    bench.clock.forward(days=1)
    assert progress.figures() is not figures
