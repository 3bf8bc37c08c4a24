"""Two sessions on one file, of which one merges two people while the other does something with them."""

from __future__ import annotations

import itertools
from datetime import UTC
from pathlib import Path

import pytest
from warmcall.config.country import country_finder
from warmcall.domain.business_days import usual_noon
from warmcall.domain.records import Attempt, Contact, FollowUp, MergedPerson, replace
from warmcall.domain.vocabulary import FollowUpKind, Outcome
from warmcall.services.clock import Timekeeper
from warmcall.services.people_merging import PeopleMerging

from tests.conftest import FakeClock
from tests.examples import attempt, contact, follow_up, organization, pool_person
from tests.storage.test_two_sessions import Session

ZOE = contact(id="zoe", name="Zoë Müller")
DOUBLE = contact(id="double", name="Zoe Mueller", title="Planner")
CALL = follow_up(FollowUpKind.CALL, id="call", contact_id="double")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Session, Session]:
    numbers, clock = itertools.count(), FakeClock()
    first = Session(tmp_path / "warmcall.json", numbers, clock)
    first.history.commit("add", ZOE, DOUBLE, CALL)
    first.save()
    return first, Session(tmp_path / "warmcall.json", numbers, clock)


def merging_of(session: Session) -> PeopleMerging:
    time = Timekeeper(FakeClock(), session.store, lambda: UTC, country_finder(""), usual_noon)
    return PeopleMerging(session.store, session.history, time)


def test_a_conflict_about_somebody_in_the_pool_or_an_organization_says_the_name(
    pair: tuple[Session, Session],
) -> None:
    here, there = pair
    nora, northgate = pool_person(), organization("Northgate")
    here.history.commit("add", nora, northgate)
    here.save()
    there.check_for_changes()
    here.history.commit("edit", replace(nora, why="a"), replace(northgate, wanted=1))
    here.save()
    there.history.commit("edit", replace(nora, why="b"), replace(northgate, wanted=2))
    there.save()
    here.check_for_changes()
    assert here.notices == [
        "Nora Feld: why changed in another session too. u brings yours back",
        "Northgate: wanted changed in another session too. u brings yours back",
    ]


def test_the_other_session_sees_one_person_and_can_take_them_apart(pair: tuple[Session, Session]) -> None:
    here, there = pair
    merging_of(here).merge("zoe", "double")
    here.save()
    there.check_for_changes()
    assert there.notices == []
    assert there.store.contact("double") is None
    assert there.store.require(FollowUp, "call").contact_id == "zoe"
    merging_of(there).take_apart("zoe")
    there.save()
    here.check_for_changes()
    assert here.store.require(Contact, "double").title == "Planner"
    assert here.store.require(FollowUp, "call").contact_id == "double"
    assert here.store.count(MergedPerson) == 0


def test_a_field_changed_there_at_the_same_time_undoes_the_merge_and_is_kept(
    pair: tuple[Session, Session],
) -> None:
    here, there = pair
    there.history.commit("edit", replace(there.store.require(Contact, "double"), phone="+1 312 555 0142"))
    there.save()
    merging_of(here).merge("zoe", "double")
    here.save()
    there.check_for_changes()
    for session in (here, there):
        assert session.store.require(Contact, "double").phone == "+1 312 555 0142"
        assert session.store.require(FollowUp, "call").contact_id == "double"
        assert session.store.count(MergedPerson) == 0
    assert any("Zoe Mueller" in notice for notice in here.notices)


def test_an_attempt_made_there_at_the_same_time_is_not_lost(pair: tuple[Session, Session]) -> None:
    here, there = pair
    tried = attempt("2026-11-23 10:00", Outcome.VOICEMAIL, id="tried", contact_id="double")
    merging_of(here).merge("zoe", "double")
    here.save()
    there.history.commit("log", tried)
    there.save()
    here.check_for_changes()
    for session in (here, there):
        owner = session.store.require(Attempt, "tried").contact_id
        assert session.store.contact(owner) is not None


def test_two_who_merge_the_same_two_the_other_way_round_lose_neither_name_nor_call(
    pair: tuple[Session, Session],
) -> None:
    here, there = pair
    merging_of(here).merge("zoe", "double")
    merging_of(there).merge("double", "zoe")
    here.save()
    there.save()
    here.check_for_changes()
    people = {person.id for person in here.store.all(Contact)}
    assert people
    assert here.store.require(FollowUp, "call").contact_id in people
    assert {person.id for person in there.store.all(Contact)} == people
