from __future__ import annotations

from typing import Any

import msgspec
import pytest
from warmcall.domain.records import Interview, replace
from warmcall.domain.vocabulary import ContactKind, Mode, QuestionState

from tests.conftest import Bench
from tests.examples import interview, local, question


@pytest.mark.parametrize("kind", list(ContactKind))
def test_the_first_choice_has_5_to_10_questions_and_asks_for_names_last(
    bench: Bench, kind: ContactKind
) -> None:
    checklist = bench.services.checklists.first_choice(kind)
    assert 5 <= len(checklist) <= 10
    assert checklist[-1].referral


def test_the_rest_of_the_bank_can_be_added(bench: Bench) -> None:
    mei = bench.services.address_book.add({"name": "Mei", "kind": "practitioner"})
    meeting = bench.services.interviewing.arrange(mei.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert meeting is not None
    more = bench.services.checklists.more(meeting)
    bank = bench.services.library.banks["practitioner"]
    assert {offer.question.id for offer in more} | {question.id for question in meeting.checklist} == {
        question.id for question in bank.questions
    }
    assert len(more) + len(meeting.checklist) == len(bank.questions)


def test_there_is_nothing_to_add_for_somebody_who_is_gone(bench: Bench) -> None:
    assert bench.services.checklists.more(interview(contact_id="gone")) == []


@pytest.mark.parametrize(
    ("count", "warning"),
    [(0, "fewer than 5"), (4, "fewer than 5"), (5, ""), (10, ""), (11, "more than 10"), (20, "more than 10")],
)
def test_too_few_or_too_many_questions_are_a_warning(bench: Bench, count: int, warning: str) -> None:
    meeting = interview(checklist=tuple(question(f"q{number}") for number in range(count)))
    found = bench.services.checklists.warning(meeting)
    assert warning in found
    assert bool(found) == bool(warning)


def test_the_range_is_that_of_the_cadence(bench: Bench) -> None:
    figures = msgspec.structs.replace(bench.services.library.cadence, questions_min=2, questions_max=3)
    library = msgspec.structs.replace(bench.services.library, cadence=figures)
    checklists = Bench(library).services.checklists
    assert len(checklists.first_choice(ContactKind.PRACTITIONER)) == 3
    assert checklists.cadence == figures


def held(
    bench: Bench, name: str, notes: dict[str, str], kind: str = "practitioner", **fields: Any
) -> Interview:
    """Hold an interview with somebody new, who answered as in `notes`."""
    contact = bench.services.address_book.add({"name": name, "kind": kind})
    meeting = bench.services.interviewing.begin_now(contact.id)
    assert meeting is not None
    listed = fields.pop("checklist", meeting.checklist)
    bench.services.history.commit("held", replace(meeting, notes=notes, checklist=listed, **fields))
    if fields.get("ended_at", True) is not None:
        bench.services.interviewing.end(meeting.id)
    found = bench.store.get(Interview, meeting.id)
    assert found is not None
    return found


def first_ids(bench: Bench, kind: ContactKind = ContactKind.PRACTITIONER) -> list[str]:
    target = bench.store.target
    return [
        question.id for question in bench.services.checklists.first_choice(kind, target.id if target else "")
    ]


def test_what_nobody_answered_yet_comes_first(bench: Bench) -> None:
    before = first_ids(bench)
    held(bench, "Mei", {before[0]: "By accident", before[1]: "  "})
    after = first_ids(bench)
    assert before[0] not in after
    assert after[:5] == before[1:6]
    assert (len(after), after[-1]) == (len(before), before[-1])


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("hiring_manager", {}),
        ("practitioner", {"practice": True}),
        ("practitioner", {"target_id": "another"}),
        ("practitioner", {"ended_at": None}),
    ],
    ids=["of another kind", "a rehearsal", "for another target", "still under way"],
)
def test_an_answer_counts_for_its_kind_and_target_once_it_is_given(
    bench: Bench, kind: str, fields: dict[str, Any]
) -> None:
    before = first_ids(bench)
    held(bench, "Mei", {before[0]: "By accident"}, kind, checklist=(question(before[0]),), **fields)
    assert first_ids(bench) == before


def test_a_question_is_known_again_by_its_words(bench: Bench) -> None:
    bank = bench.services.library.banks["practitioner"].questions[0]
    mine = question("mine", ask=f" {bank.ask.upper()} ")
    held(bench, "Mei", {"mine": "By accident"}, checklist=(mine,))
    assert bank.id not in first_ids(bench)


def test_even_when_everything_was_answered_the_referral_question_is_asked(bench: Bench) -> None:
    bank = bench.services.library.banks["practitioner"].questions
    everything = tuple(question(other_question.id, ask=other_question.ask) for other_question in bank)
    held(bench, "Mei", {question.id: "yes" for question in bank}, checklist=everything)
    chosen = first_ids(bench)
    assert chosen == [question.id for question in bank if question.core]
    assert chosen[-1] == "who-else"


def test_questions_to_add_say_how_many_answered_them_unanswered_first(bench: Bench) -> None:
    held(bench, "Mei", {"best-part": "The maps"}, checklist=(question("best-part"),))
    held(bench, "Ana", {"best-part": "The people"}, checklist=(question("best-part"),))
    meeting = planned(bench)
    offers = bench.services.checklists.more(meeting)
    assert (offers[-1].question.id, offers[-1].answered) == ("best-part", 2)
    assert not any(offer.answered for offer in offers[:-1])


def test_the_users_own_questions_of_earlier_interviews_can_be_chosen_again(bench: Bench) -> None:
    mine = question("mine", ask="What about Fridays?", state=QuestionState.ASKED, starred=True)
    twice = question("twice", ask="what about  fridays?")
    held(bench, "Mei", {"mine": "Free"}, checklist=(mine, question("who-else", referral=True)))
    held(bench, "Ana", {}, checklist=(twice, question("other", ask="How did you come to this job?")))
    offers = [offer for offer in bench.services.checklists.more(planned(bench)) if offer.own]
    (only_one,) = offers
    assert only_one.question.ask.casefold().split() == ["what", "about", "fridays?"]
    assert (only_one.question.state, only_one.question.starred) == (QuestionState.OPEN, False)
    assert only_one.answered == 1


def planned(bench: Bench) -> Interview:
    luis = bench.services.address_book.add({"name": "Luis"})
    meeting = bench.services.interviewing.arrange(luis.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert meeting is not None
    return meeting
