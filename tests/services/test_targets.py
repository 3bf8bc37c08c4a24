from __future__ import annotations

import pytest
from warmcall.domain.pipeline import PipelineStep
from warmcall.domain.records import Contact, Target
from warmcall.domain.vocabulary import FollowUpKind, Mode

from tests.conftest import Bench
from tests.examples import adding, contact, follow_up, interview, local, only, profile, target

PLANNER, BUYER = (
    target(id="planner"),
    target(id="buyer", role="Media Buyer", created_at=local("2026-11-24 09:00")),
)


@pytest.fixture
def two(bench: Bench) -> Bench:
    bench.store.apply(adding(profile(target_id="planner"), PLANNER, BUYER))
    return bench


def test_a_target_added_waits_until_it_is_changed_to(bench: Bench) -> None:
    targets = bench.services.targets
    first = targets.add({"role": " Media Planner "})
    assert bench.store.target == first
    second = targets.add({"role": "Media Buyer", "place": "Chicago"})
    assert (bench.store.target, targets.all()) == (first, [first, second])
    assert targets.change_to(second.id) == bench.store.target
    assert bench.services.address_book.add({"name": "Ana"}).target_id == second.id
    bench.services.history.undo()
    assert bench.services.history.undo() == "target: Media Buyer"
    assert bench.store.target == first


def test_a_target_has_a_job(bench: Bench) -> None:
    assert bench.services.targets.problems({"role": "Media Buyer"}) == {}
    assert list(bench.services.targets.problems({"role": " "})) == ["role"]


def test_the_present_target_can_be_deleted_and_its_people_stay(two: Bench) -> None:
    targets = two.services.targets
    both = contact(id="both", target_id="planner", also_for=("buyer",))
    two.store.apply(adding(contact(id="own", target_id="planner"), both))
    assert targets.deletion_problem() == ""
    assert targets.delete("planner") == 1
    assert (two.store.target, two.store.count(Contact), targets.compared().unsaid) == (BUYER, 2, 1)
    assert len(two.services.progress.figures().pipeline.ids) == 2
    assert len(two.saved) == 1
    two.services.history.undo()
    assert two.store.target == PLANNER


def test_the_last_target_stays(two: Bench) -> None:
    targets = two.services.targets
    targets.delete("buyer")
    assert "only target" in targets.deletion_problem()
    assert targets.delete("planner") == 0
    assert only(two.store.all(Target)) == PLANNER


def test_a_person_can_serve_two_targets_and_one_again(two: Bench) -> None:
    targets = two.services.targets
    two.store.apply(adding(contact(target_id="planner", also_for=("deleted",))))
    for target_id, does, expected in (
        ("buyer", True, ("planner", ("buyer",))),
        ("planner", False, ("buyer", ())),
        ("buyer", False, ("", ())),
        ("planner", True, ("planner", ())),
    ):
        changed = targets.set_serves("luis", target_id, does)
        assert (changed.target_id, changed.also_for) == expected
    assert targets.served_by(changed) == [PLANNER]


def test_a_call_and_a_meeting_are_for_the_present_target_if_they_serve_it_else_for_theirs(two: Bench) -> None:
    services = two.services
    two.store.apply(adding(contact(target_id="buyer"), contact(id="old", name="Old", target_id="")))
    luis = two.store.require(Contact, "luis")
    for targets, role in (((), "Media Buyer"), (("planner",), "Media Planner")):
        for id_ in targets:
            luis = services.targets.set_serves("luis", id_, True)
        assert services.drafting.values(luis)["target.role"] == role
        meeting = services.calling.plan_meeting(luis, local("2026-11-30 10:00"), Mode.PHONE, "").interview
        assert meeting is not None
        assert two.store.require(Target, meeting.target_id).role == role
    old = two.store.require(Contact, "old")
    assert services.drafting.values(old)["target.role"] == "Media Planner"
    services.targets.change_to("buyer")
    assert services.drafting.values(luis)["target.role"] == "Media Buyer"


def test_nobody_is_told_that_one_of_two_targets_was_given_up(two: Bench) -> None:
    held = interview("2026-11-20 10:00", target_id="buyer", ended_at=local("2026-11-20 10:20"))
    check_in = follow_up(FollowUpKind.CHECK_IN)
    two.store.apply(adding(contact(target_id="buyer", also_for=("planner",)), held, check_in))
    reasons = two.services.drafting.reasons.proposed(check_in)
    assert not [reason for reason in reasons if "no longer" in reason.words]


def test_targets_are_compared_by_their_people_and_talks(two: Bench) -> None:
    two.store.apply(
        adding(
            contact(id="ana", target_id="planner", also_for=("buyer",)), contact(id="mei", target_id="buyer"),
            interview("2026-11-20 10:00", contact_id="ana", ended_at=local("2026-11-20 10:20")),
        )
    )  # fmt: skip
    planner, buyer = two.services.targets.compared().standings
    assert (planner.is_present, buyer.is_present) == (True, False)
    assert [len(found.pipeline.ids) for found in (planner, buyer)] == [1, 2]
    assert [len(found.pipeline.at_least(PipelineStep.MET)) for found in (planner, buyer)] == [1, 1]
    assert (planner.shared, buyer.shared, planner.talks) == (1, 1, ())
    assert two.services.targets.compared().standings[0] == planner
    assert two.services.targets.compared().standings[0].pipeline is planner.pipeline
