from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain.answers import Answer
from warmcall.domain.records import Contact, Evidence, FollowUp
from warmcall.domain.vocabulary import FollowUpKind, TargetVerdict
from warmcall.services.deciding import Deciding

from tests.conftest import Bench
from tests.examples import only, state_of
from tests.profiles import modest


def talked(bench: Bench, name: str, *said: str) -> Contact:
    """Meet somebody who answers the first questions."""
    person = bench.services.address_book.add({"name": name, "email": "x@example.com"})
    talk = bench.services.interviewing.start_now(person.id)
    assert talk is not None
    for question, words in zip(talk.checklist, said, strict=False):
        bench.services.interview_notes.write(talk.id, question.id, words)
    bench.clock.forward(minutes=20)
    bench.services.interviewing.end(talk.id)
    return person


def answers(bench: Bench) -> list[Answer]:
    return list(bench.services.answers.all().by_id.values())


@pytest.fixture
def mei(bench: Bench) -> Contact:
    bench.services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner"})
    return talked(bench, "Mei Tanaka", "Plans, all day.", "By way of radio.")


@pytest.fixture
def deciding(bench: Bench, mei: Contact) -> Deciding:
    return bench.services.deciding


def sides(deciding: Deciding) -> list[tuple[str, int, int]]:
    return [
        (one.requirement.text, len(one.supporting), len(one.opposing))
        for one in deciding.state().requirements
    ]


def test_an_answer_said_to_be_against_is_no_longer_for(bench: Bench, deciding: Deciding) -> None:
    id_ = deciding.add_requirement(" I like the days ")
    first = answers(bench)[0]
    piece = deciding.add_evidence(id_, first, supports=True)
    deciding.quote(piece, "all day")
    assert deciding.add_evidence(id_, first, supports=False) == piece
    assert sides(deciding) == [("I like the days", 0, 1)]
    assert only(deciding.state().requirements[0].opposing).words == "all day"
    bench.services.history.undo()
    assert sides(deciding) == [("I like the days", 1, 0)]


def test_a_requirement_goes_with_its_evidence_and_the_others_stay(bench: Bench, deciding: Deciding) -> None:
    ids = [deciding.add_requirement(text) for text in ("days", "pay", "place")]
    for id_ in ids[:2]:
        deciding.add_evidence(id_, answers(bench)[0], supports=True)
    deciding.move_requirement(ids[2], -1)
    deciding.move_requirement(ids[0], -1)
    assert [text for text, _, _ in sides(deciding)] == ["days", "place", "pay"]
    deciding.edit_requirement(ids[1], "the pay")
    deciding.delete_requirement(ids[0])
    assert sides(deciding) == [("place", 0, 0), ("the pay", 1, 0)]
    assert bench.store.count(Evidence) == 1


def test_without_a_target_there_is_nothing_to_decide(bench: Bench) -> None:
    deciding = bench.services.deciding
    assert deciding.add_requirement("I like the days") == ""
    deciding.decide(TargetVerdict.GO, "", "")
    assert (bench.saved, deciding.state().decision) == ([], None)


def test_a_decision_keeps_its_day_until_it_is_another(bench: Bench, deciding: Deciding) -> None:
    deciding.decide(TargetVerdict.KEEP_ASKING, "", "the pay is low")
    first = bench.clock.now()
    bench.clock.forward(days=1)
    deciding.decide(TargetVerdict.KEEP_ASKING, "too few", "the pay is low")
    decision = deciding.state().decision
    assert decision is not None
    assert (decision.decided_at, decision.why) == (first, "too few")
    deciding.decide(TargetVerdict.GO, "", "")
    decision = deciding.state().decision
    assert decision is not None
    assert decision.decided_at == bench.clock.now()


def test_a_decision_is_said_to_those_met_and_to_those_who_named_somebody(
    bench: Bench, mei: Contact, deciding: Deciding
) -> None:
    dana = bench.services.address_book.add({"name": "Dana Whitfield", "kind": "connector"})
    talked(bench, "Helen Marsh", "No degree needed.")
    book = bench.services.address_book
    book.add({"name": "Luis Ortega", "source": "referral", "referrer_id": dana.id})
    id_ = deciding.add_requirement("No more school")
    said = {answer.words: answer for answer in answers(bench)}
    deciding.add_evidence(id_, said["Plans, all day."], supports=True)
    deciding.decide(TargetVerdict.GO, "I like the days", "")
    assert bench.services.following_up.add_decided() == 3
    assert bench.services.following_up.to_be_told_decision() == []
    drafts = {
        bench.store.require(Contact, owed.contact_id).name: bench.services.drafting.draft(
            owed, "decided"
        ).body
        for owed in bench.store.all(FollowUp)
        if owed.kind is FollowUpKind.OTHER and owed.letter
    }
    decided = "I've decided to go for the work of a Media Planner, because I like the days."
    assert all(decided in body for body in drafts.values())
    assert all("one of three people" in drafts[name] for name in ("Mei Tanaka", "Helen Marsh"))
    assert "‹which part, in your own words: “Plans, all day”›" in drafts["Mei Tanaka"]
    assert "‹which part, in your own words›" in drafts["Helen Marsh"]
    assert "You pointed me to Luis Ortega" in drafts["Dana Whitfield"]
    assert "‹" not in drafts["Dana Whitfield"]


def test_who_was_met_for_another_target_hears_of_a_decision_only_where_they_are_weighed_in_it(
    bench: Bench, mei: Contact, deciding: Deciding
) -> None:
    talked(bench, "Helen Marsh", "No degree needed.")
    said = {answer.words: answer for answer in answers(bench)}
    other = bench.services.targets.add({"role": "Media Buyer"})
    bench.services.targets.change_to(other.id)
    book, drafting = bench.services.address_book, bench.services.drafting
    ana = book.add({"name": "Ana", "kind": "practitioner"})
    assert drafting.helpers() == []
    id_ = deciding.add_requirement("I like the days")
    deciding.add_evidence(id_, said["Plans, all day."], supports=True)
    assert [person.name for person in drafting.helpers()] == ["Mei Tanaka"]
    assert deciding.state().requirements[0].could_say == (ana.id,)
    bench.services.targets.change_to(bench.services.targets.all()[0].id)
    assert [person.name for person in drafting.helpers()] == ["Mei Tanaka", "Helen Marsh"]
    assert ana.id not in bench.services.answers.could_say(ana.kind)


def test_a_letter_tells_of_the_target_it_was_added_for_whatever_is_aimed_at_later(
    bench: Bench, mei: Contact, deciding: Deciding
) -> None:
    targets, following_up, drafting = (
        bench.services.targets, bench.services.following_up, bench.services.drafting
    )  # fmt: skip
    planner = targets.all()[0]
    other = targets.add({"role": "Media Buyer"})
    targets.set_serves(mei.id, other.id, True)
    deciding.decide(TargetVerdict.NO, "the days are too long", "")
    assert following_up.add_decided() == 1
    targets.change_to(other.id)
    (said,) = [answer for answer in answers(bench) if answer.words == "Plans, all day."]
    deciding.add_evidence(deciding.add_requirement("I like the days"), said, supports=True)
    deciding.decide(TargetVerdict.GO, "", "")
    assert [person.id for person in following_up.to_be_told_decision()] == [mei.id]
    assert following_up.add_decided() == 1
    assert following_up.to_be_told_decision() == []
    first, second = (owed for owed in bench.store.all(FollowUp) if owed.target_id)
    assert "that the work of a Media Planner isn't for me" in drafting.draft(first).body
    assert "to go for the work of a Media Buyer" in drafting.draft(second).body
    targets.delete(planner.id)
    assert "‹What I decided›" in drafting.draft(first).body


_steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "for", "against", "quote", "remove", "delete", "up"]), st.integers(0, 1)
    ),
    max_size=8,
)


@modest
@given(plan=_steps)
def test_undo_takes_back_whatever_was_weighed_and_no_answer_is_on_both_sides(
    library: Library, plan: list[tuple[str, int]]
) -> None:
    bench = Bench(library)
    bench.services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner"})
    talked(bench, "Mei Tanaka", "Plans, all day.", "By way of radio.")
    deciding, given_answers = bench.services.deciding, answers(bench)
    id_ = deciding.add_requirement("I like the days")
    before, changes = state_of(bench.store), len(bench.saved)
    for step, number in plan:
        evidence = [piece.id for piece in bench.store.all(Evidence)]
        match step:
            case "add":
                deciding.add_requirement("I can live on the pay")
            case "for" | "against":
                deciding.add_evidence(id_, given_answers[number], supports=step == "for")
            case "quote" if evidence:
                deciding.quote(evidence[0], "all day")
            case "remove" if evidence:
                deciding.remove_evidence(evidence[-1])
            case "delete":
                deciding.delete_requirement(deciding.state().requirements[-1].requirement.id)
                if not deciding.state().requirements:
                    break
            case "up":
                deciding.move_requirement(id_, 1)
        for one in deciding.state().requirements:
            both = {said.answer.id for said in one.supporting} & {said.answer.id for said in one.opposing}
            assert not both
    for _ in range(len(bench.saved) - changes):
        bench.services.history.undo()
    assert state_of(bench.store) == before
