from __future__ import annotations

from datetime import timedelta

import pytest
from warmcall.domain.proposals import PROPOSED_FOR, Proposal, ProposalKind, proposal
from warmcall.domain.records import AnyRecord, replace
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import ContactKind, Outcome

from tests.examples import NOW, attempt, contact, interview, local, profile, target

DOER, MANAGER = ContactKind.PRACTITIONER, ContactKind.HIRING_MANAGER
ANA, MEI = contact(id="ana", name="Ana"), contact(id="mei", name="Mei")
HELEN = contact(id="helen", name="Helen", kind=MANAGER)
LUIS = contact(id="luis", name="Luis", kind=MANAGER, referrer_id="ana")
AIM = target(id="aim", research="Planners plan.")
ANOTHER = target(id="another")
ME = profile(target_id="aim")
RESEARCH = Proposal(ProposalKind.RESEARCH)


def met(who: str, **more: object) -> AnyRecord:
    at = "2026-11-20 10:00"
    return interview(at, id=f"met {who}", contact_id=who, ended_at=local(at), **more)


def tried(who: str) -> AnyRecord:
    return attempt("2026-11-19 10:00", Outcome.NO_ANSWER, contact_id=who, id=f"tried {who}")


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], None),
        ([ANA], RESEARCH),
        ([ANA, ME, replace(AIM, research=" ")], RESEARCH),
        ([ANA, ME, AIM], None),
        ([ANA, tried("ana")], None),
        ([ANA, met("ana")], None),
    ],
)
def test_research_is_asked_for_before_the_first_call(
    records: list[AnyRecord], expected: Proposal | None
) -> None:
    assert proposal(Store(records), NOW) == expected


BOTH: list[AnyRecord] = [ME, AIM, ANA, MEI, met("ana"), met("mei")]
ASK_MANAGER, ASK_DOER = ProposalKind.HIRING_MANAGER, ProposalKind.PRACTITIONER


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (BOTH, Proposal(ASK_MANAGER, 2)),
        (BOTH[:-1], None),
        ([*BOTH, HELEN], Proposal(ASK_MANAGER, 2, HELEN)),
        ([*BOTH, HELEN, LUIS], Proposal(ASK_MANAGER, 2, LUIS)),
        ([*BOTH, HELEN, tried("helen")], None),
        ([*BOTH, HELEN, met("helen")], None),
        ([*BOTH[:-1], met("mei", cancelled=True)], None),
        ([*BOTH[:-1], met("mei", practice=True)], None),
        ([*BOTH[:-1], ANOTHER, met("mei", target_id=ANOTHER.id)], None),
        ([ME, AIM, HELEN, LUIS, met("helen"), met("luis")], Proposal(ASK_DOER, 2)),
        ([ME, AIM, HELEN, LUIS, ANA, met("helen"), met("luis")], Proposal(ASK_DOER, 2, ANA)),
    ],
)
def test_after_two_of_one_kind_the_other_kind_is_proposed(
    records: list[AnyRecord], expected: Proposal | None
) -> None:
    assert proposal(Store(records), NOW) == expected


def test_a_proposal_does_not_nag() -> None:
    last = local("2026-11-20 10:00")
    assert proposal(Store(BOTH), last + PROPOSED_FOR) is not None
    assert proposal(Store(BOTH), last + PROPOSED_FOR + timedelta(minutes=1)) is None
