from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest
from warmcall.domain.answers import Answer, answer_id
from warmcall.domain.decisions import (
    WeighedAnswer,
    WeighedRequirement,
    decision_id,
    decision_sentence,
    evidence_id,
    is_in,
    part_played,
    weighed,
)
from warmcall.domain.records import Decision, Evidence, Requirement
from warmcall.domain.vocabulary import ContactKind, TargetVerdict

from tests.examples import NOW, STAMP, local

DOES_IT, HIRES = ContactKind.PRACTITIONER, ContactKind.HIRING_MANAGER
TO_MEET = {DOES_IT: ["teo", "yumi"], HIRES: ["owen"]}
PAY = Requirement(id="pay", **STAMP, target_id="target", text="I can live on the pay")


def answer(who: str, question: str = "day", **fields: Any) -> Answer:
    talk = f"with {who}"
    given: dict[str, Any] = {
        "id": answer_id(talk, question), "interview_id": talk, "question_id": question, "contact_id": who,
        "kind": DOES_IT, "at": NOW, "target_id": "target", "ask": "What…?", "words": "Much.",
    }  # fmt: skip
    return Answer(**(given | fields))


def said(one: Answer, supports: bool = True, requirement: str = "pay", words: str = "") -> Evidence:
    id_ = evidence_id(requirement, one.interview_id, one.question_id)
    return Evidence(
        id=id_, created_at=NOW, changed_at=NOW, requirement_id=requirement, supports=supports, words=words,
        interview_id=one.interview_id, question_id=one.question_id,
    )  # fmt: skip


def asked(question_id: str) -> Collection[ContactKind]:
    return {"day": [DOES_IT], "path": [DOES_IT, HIRES], "look-for": [HIRES]}.get(question_id, [])


def the_only(*pairs: tuple[Answer, bool]) -> WeighedRequirement:
    """Return the requirement with each of the answers for it, or against it."""
    evidence = [said(one, supports) for one, supports in pairs]
    (found,) = weighed([PAY], evidence, {one.id: one for one, _ in pairs}, asked, TO_MEET)
    return found


@pytest.mark.parametrize(
    ("answers", "could_say"),
    [
        ((), ["teo", "owen", "yumi"]),
        ((answer("isaac"),), ["teo", "yumi"]),
        ((answer("helen", "look-for", kind=HIRES),), ["owen"]),
        ((answer("isaac", "path"),), ["teo", "owen", "yumi"]),
        ((answer("isaac"), answer("helen", "look-for", kind=HIRES)), ["teo", "owen", "yumi"]),
        ((answer("helen", "own", kind=HIRES),), ["owen"]),
    ],
)
def test_those_could_still_say_who_are_to_be_met_and_are_asked_about_it(
    answers: tuple[Answer, ...], could_say: list[str]
) -> None:
    assert list(the_only(*((one, True) for one in answers)).could_say) == could_say


def test_each_side_is_starred_first_then_the_newest() -> None:
    old, new = answer("old", at=local("2026-10-01 10:00")), answer("new")
    starred = answer("starred", at=local("2026-09-01 10:00"), starred=True)
    found = the_only((old, True), (new, True), (starred, True), (answer("no"), False))
    assert [one.answer.contact_id for one in found.supporting] == ["starred", "new", "old"]
    assert [one.answer.contact_id for one in found.opposing] == ["no"]


def test_requirements_stand_in_their_order_and_answers_that_are_gone_are_left_out() -> None:
    last = Requirement(id="day", **STAMP, target_id="target", text="I like the days", order=2)
    kept, gone = answer("isaac"), answer("helen")
    found = weighed([last, PAY], [said(kept), said(gone)], {kept.id: kept}, asked, {})
    assert [one.requirement for one in found] == [PAY, last]
    assert [one.answer for one in found[0].answers] == [kept]
    assert found[0].could_say == ()


def test_the_words_chosen_stand_for_the_answer() -> None:
    one = answer("isaac", words="Much, and late.")
    assert WeighedAnswer(said(one), one).words == "Much, and late."
    assert WeighedAnswer(said(one, words="late"), one).words == "late"


@pytest.mark.parametrize(
    ("verdict", "role", "why", "sentence"),
    [
        (TargetVerdict.GO, "Media Planner", "", "I've decided to go for the work of a Media Planner"),
        (
            TargetVerdict.GO, "Editor", "because I like the days. ",
            "I've decided to go for the work of an Editor, because I like the days",
        ),
        (TargetVerdict.NO, "Editor", "", "I've decided that the work of an Editor isn't for me"),
        (TargetVerdict.NO, " ", "I'd\nwrite", "I've decided that this isn't for me, because I'd write"),
        (TargetVerdict.GO, "", "", "I've decided to go for it"),
        (TargetVerdict.KEEP_ASKING, "Editor", "x", ""),
        (TargetVerdict.ANOTHER_TARGET, "Editor", "x", ""),
    ],
)  # fmt: skip
def test_a_letter_says_what_is_final(verdict: TargetVerdict, role: str, why: str, sentence: str) -> None:
    assert decision_sentence(verdict, role, why) == sentence


@pytest.mark.parametrize(
    ("verdict", "part"),
    [(None, "for, starred"), (TargetVerdict.GO, "for, starred"), (TargetVerdict.NO, "against")],
)
def test_the_part_somebody_played_agrees_with_the_decision(verdict: TargetVerdict | None, part: str) -> None:
    pieces = [
        (answer("isaac", "1", words="for"), True),
        (answer("isaac", "2", words="for,\nstarred", starred=True), True),
        (answer("isaac", "3", words="against"), False),
        (
            answer("isaac", "4", words="secret", starred=True, not_to_repeat=True),
            verdict is not TargetVerdict.NO,
        ),
    ]
    decided = verdict and Decision(id=decision_id("t"), **STAMP, target_id="t", verdict=verdict)
    assert part_played([WeighedAnswer(said(one, yes), one) for one, yes in pieces], decided or None) == part
    assert part_played([], decided or None) == ""


@pytest.mark.parametrize(
    ("words", "there"),
    [("keeping\n clients", True), ("Read six", True), ("", True), ("clients calm", False)],
)
def test_words_are_theirs_if_they_stand_in_the_answer(words: str, there: bool) -> None:
    assert is_in(words, "read six plans, keeping clients\nhappy") is there
