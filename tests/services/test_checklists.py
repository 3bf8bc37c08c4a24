from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.conftest import Made
from tests.examples import interview, local, question
from tui.domain.records import Interview, replace
from tui.domain.vocabulary import ContactKind, Mode, QuestionState


@pytest.mark.parametrize("kind", list(ContactKind))
def test_the_first_choice_has_5_to_10_questions_and_asks_for_names_last(
    made: Made, kind: ContactKind
) -> None:
    checklist = made.desk.checklists.first_choice(kind)
    assert 5 <= len(checklist) <= 10
    assert checklist[-1].referral


def test_the_rest_of_the_bank_can_be_added(made: Made) -> None:
    mei = made.desk.address_book.add({"name": "Mei", "kind": "practitioner"})
    meeting = made.desk.interviewing.arrange(mei.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert meeting is not None
    more = made.desk.checklists.more(meeting)
    bank = made.desk.library.banks["practitioner"]
    assert {one.question.id for one in more} | {one.id for one in meeting.checklist} == {
        one.id for one in bank.questions
    }
    assert len(more) + len(meeting.checklist) == len(bank.questions)


def test_there_is_nothing_to_add_for_somebody_who_is_gone(made: Made) -> None:
    assert made.desk.checklists.more(interview(contact_id="gone")) == []


@pytest.mark.parametrize(
    ("count", "warning"),
    [(0, "fewer than 5"), (4, "fewer than 5"), (5, ""), (10, ""), (11, "more than 10"), (20, "more than 10")],
)
def test_too_few_or_too_many_questions_are_a_warning(made: Made, count: int, warning: str) -> None:
    meeting = interview(checklist=tuple(question(f"q{number}") for number in range(count)))
    found = made.desk.checklists.warning(meeting)
    assert warning in found
    assert bool(found) == bool(warning)


def test_the_range_is_that_of_the_cadence(made: Made) -> None:
    figures = msgspec.structs.replace(made.desk.library.cadence, questions_min=2, questions_max=3)
    library = msgspec.structs.replace(made.desk.library, cadence=figures)
    checklists = Made(library).desk.checklists
    assert len(checklists.first_choice(ContactKind.PRACTITIONER)) == 3
    assert checklists.cadence == figures


def held(
    made: Made, name: str, notes: dict[str, str], kind: str = "practitioner", **fields: Any
) -> Interview:
    """Hold an interview with somebody new, who answered as in `notes`."""
    contact = made.desk.address_book.add({"name": name, "kind": kind})
    meeting = made.desk.interviewing.begin_now(contact.id)
    assert meeting is not None
    listed = fields.pop("checklist", meeting.checklist)
    made.desk.history.commit("held", replace(meeting, notes=notes, checklist=listed, **fields))
    if fields.get("ended_at", True) is not None:
        made.desk.interviewing.end(meeting.id)
    found = made.book.get(Interview, meeting.id)
    assert found is not None
    return found


def first_ids(made: Made, kind: ContactKind = ContactKind.PRACTITIONER) -> list[str]:
    target = made.book.target
    return [one.id for one in made.desk.checklists.first_choice(kind, target.id if target else "")]


def test_what_nobody_answered_yet_comes_first(made: Made) -> None:
    before = first_ids(made)
    held(made, "Mei", {before[0]: "By accident", before[1]: "  "})
    after = first_ids(made)
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
    made: Made, kind: str, fields: dict[str, Any]
) -> None:
    before = first_ids(made)
    held(made, "Mei", {before[0]: "By accident"}, kind, checklist=(question(before[0]),), **fields)
    assert first_ids(made) == before


def test_a_question_is_known_again_by_its_words(made: Made) -> None:
    bank = made.desk.library.banks["practitioner"].questions[0]
    mine = question("mine", ask=f" {bank.ask.upper()} ")
    held(made, "Mei", {"mine": "By accident"}, checklist=(mine,))
    assert bank.id not in first_ids(made)


def test_even_when_everything_was_answered_the_referral_question_is_asked(made: Made) -> None:
    bank = made.desk.library.banks["practitioner"].questions
    everything = tuple(question(one.id, ask=one.ask) for one in bank)
    held(made, "Mei", {one.id: "yes" for one in bank}, checklist=everything)
    chosen = first_ids(made)
    assert chosen == [one.id for one in bank if one.core]
    assert chosen[-1] == "who-else"


def test_questions_to_add_say_how_many_answered_them_unanswered_first(made: Made) -> None:
    held(made, "Mei", {"best-part": "The maps"}, checklist=(question("best-part"),))
    held(made, "Ana", {"best-part": "The people"}, checklist=(question("best-part"),))
    meeting = planned(made)
    offers = made.desk.checklists.more(meeting)
    assert (offers[-1].question.id, offers[-1].answered) == ("best-part", 2)
    assert not any(offer.answered for offer in offers[:-1])


def test_the_users_own_questions_of_earlier_interviews_can_be_chosen_again(made: Made) -> None:
    mine = question("mine", ask="What about Fridays?", state=QuestionState.ASKED, starred=True)
    twice = question("twice", ask="what about  fridays?")
    held(made, "Mei", {"mine": "Free"}, checklist=(mine, question("who-else", referral=True)))
    held(made, "Ana", {}, checklist=(twice, question("other", ask="How did you come to this job?")))
    offers = [offer for offer in made.desk.checklists.more(planned(made)) if offer.own]
    (only_one,) = offers
    assert only_one.question.ask.casefold().split() == ["what", "about", "fridays?"]
    assert (only_one.question.state, only_one.question.starred) == (QuestionState.OPEN, False)
    assert only_one.answered == 1


def planned(made: Made) -> Interview:
    luis = made.desk.address_book.add({"name": "Luis"})
    meeting = made.desk.interviewing.arrange(luis.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert meeting is not None
    return meeting
