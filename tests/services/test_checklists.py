from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from warmcall.domain.records import Interview, replace
from warmcall.domain.vocabulary import ContactKind, Mode, QuestionState
from warmcall.services.checklists import Checklists

from tests.conftest import Bench
from tests.examples import interview, local, question, state_of


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
    more = bench.services.checklists.offers(meeting)
    bank = bench.services.library.banks["practitioner"]
    assert {offer.question.id for offer in more} | {question.id for question in meeting.checklist} == {
        question.id for question in bank.questions
    }
    assert len(more) + len(meeting.checklist) == len(bank.questions)


def test_there_is_nothing_to_add_for_somebody_who_is_gone(bench: Bench) -> None:
    assert bench.services.checklists.offers(interview(contact_id="gone")) == []


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
    meeting = bench.services.interviewing.start_now(contact.id)
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
    offers = bench.services.checklists.offers(meeting)
    assert (offers[-1].question.id, offers[-1].answered) == ("best-part", 2)
    assert not any(offer.answered for offer in offers[:-1])


def test_the_users_own_questions_of_earlier_interviews_can_be_chosen_again(bench: Bench) -> None:
    mine = question("mine", ask="What about Fridays?", state=QuestionState.ASKED, starred=True)
    twice = question("twice", ask="what about  fridays?")
    held(bench, "Mei", {"mine": "Free"}, checklist=(mine, question("who-else", referral=True)))
    held(bench, "Ana", {}, checklist=(twice, question("other", ask="How did you come to this job?")))
    offers = [offer for offer in bench.services.checklists.offers(planned(bench)) if offer.own]
    (only_one,) = offers
    assert only_one.question.ask.casefold().split() == ["what", "about", "fridays?"]
    assert (only_one.question.state, only_one.question.starred) == (QuestionState.OPEN, False)
    assert only_one.answered == 1


def planned(bench: Bench) -> Interview:
    luis = bench.services.address_book.add({"name": "Luis"})
    meeting = bench.services.interviewing.arrange(luis.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert meeting is not None
    return meeting


@pytest.fixture
def meeting(bench: Bench) -> Interview:
    mei = bench.services.address_book.add({"name": "Mei"})
    arranged = bench.services.interviewing.arrange(mei.id, local("2026-12-03 14:00"), Mode.VIDEO, "")
    assert arranged is not None
    return arranged


@pytest.fixture
def service(bench: Bench) -> Checklists:
    return bench.services.checklists


def now_is(bench: Bench, meeting: Interview) -> Interview:
    found = bench.store.get(Interview, meeting.id)
    assert found is not None
    return found


def test_several_questions_are_added_as_one_change(
    bench: Bench, meeting: Interview, service: Checklists
) -> None:
    ids = [question.id for question in meeting.checklist]
    two = (question("extra"), question("more"), question(ids[0]))
    after = changed(bench, meeting, lambda: service.add_questions(meeting.id, two))
    assert [item[0] for item in after] == [*ids[:-1], "extra", "more", ids[-1]]
    after = changed(
        bench,
        meeting,
        lambda: service.add_questions(meeting.id, (question("now"),), ids[0]),
    )
    assert [item[0] for item in after][:2] == [ids[0], "now"]


def test_a_referral_question_put_back_goes_last(
    bench: Bench, meeting: Interview, service: Checklists
) -> None:
    referral = meeting.checklist[-1]
    service.drop(meeting.id, referral.id)
    service.add_questions(meeting.id, [referral], meeting.checklist[0].id)
    assert now_is(bench, meeting).checklist[-1] == referral


@pytest.mark.parametrize(("dropped", "then"), [(2, 3), (0, 1), (6, 5)])
def test_dropping_the_current_question_goes_to_the_one_after_it(
    bench: Bench, meeting: Interview, service: Checklists, dropped: int, then: int
) -> None:
    ids = [question.id for question in meeting.checklist]
    bench.services.interviewing.start(meeting.id)
    bench.services.interview_notes.go_to(meeting.id, ids[dropped])
    service.drop(meeting.id, ids[dropped])
    assert now_is(bench, meeting).current == ids[then]


def changed(bench: Bench, meeting: Interview, do: Callable[[], object]) -> list[tuple[str, str, bool, str]]:
    """Do it as one change that one undo takes back; return what the checklist was in between."""
    before, saved = state_of(bench.store), len(bench.saved)
    do()
    assert len(bench.saved) == saved + 1
    found = [
        (question.id, question.state, question.starred, question.ask)
        for question in now_is(bench, meeting).checklist
    ]
    bench.services.history.undo()
    assert state_of(bench.store) == before
    bench.services.history.redo()
    return [(id_, state, star, ask) for id_, state, star, ask in found]


def test_the_checklist_can_be_marked_and_starred(
    bench: Bench, meeting: Interview, service: Checklists
) -> None:
    first = meeting.checklist[0].id
    after = changed(bench, meeting, lambda: service.mark(meeting.id, first, QuestionState.ASKED))
    assert after[0][1] == QuestionState.ASKED
    assert changed(bench, meeting, lambda: service.star(meeting.id, first))[0][2]
    assert not changed(bench, meeting, lambda: service.star(meeting.id, first))[0][2]
    after = changed(bench, meeting, lambda: service.mark(meeting.id, first, QuestionState.OPEN))
    assert after[0][1] == QuestionState.OPEN


def test_the_checklist_can_be_reworded_moved_and_shortened(
    bench: Bench, meeting: Interview, service: Checklists
) -> None:
    ids = [question.id for question in meeting.checklist]
    after = changed(bench, meeting, lambda: service.reword(meeting.id, ids[0], " How so? "))
    assert after[0][3] == "How so?"
    after = changed(bench, meeting, lambda: service.move(meeting.id, ids[0], 1))
    assert [item[0] for item in after][:3] == [ids[1], ids[0], ids[2]]
    bench.services.interview_notes.write(meeting.id, ids[2], "kept")
    after = changed(bench, meeting, lambda: service.drop(meeting.id, ids[2]))
    assert ids[2] not in [item[0] for item in after]
    assert now_is(bench, meeting).notes == {ids[2]: "kept"}


def test_moving_past_the_ends_is_no_change(bench: Bench, meeting: Interview, service: Checklists) -> None:
    saved = len(bench.saved)
    service.move(meeting.id, meeting.checklist[0].id, -1)
    service.move(meeting.id, meeting.checklist[-1].id, 1)
    service.move(meeting.id, "no such", 1)
    service.drop(meeting.id, "no such")
    service.star(meeting.id, "no such")
    assert len(bench.saved) == saved


def test_an_own_question_comes_before_the_referral_or_after_another(
    bench: Bench, meeting: Interview, service: Checklists
) -> None:
    own = service.own_question("  What about pay? ")
    assert (own.ask, own.referral) == ("What about pay?", False)
    after = changed(bench, meeting, lambda: service.add_questions(meeting.id, [own]))
    assert [item[0] for item in after][-2:] == [own.id, meeting.checklist[-1].id]
    extra = question("extra")
    after = changed(
        bench,
        meeting,
        lambda: service.add_questions(meeting.id, [extra], meeting.checklist[0].id),
    )
    assert [item[0] for item in after][1] == "extra"


def test_without_a_referral_question_a_new_one_comes_last(
    bench: Bench, meeting: Interview, service: Checklists
) -> None:
    service.drop(meeting.id, meeting.checklist[-1].id)
    service.add_questions(meeting.id, [question("extra")])
    assert now_is(bench, meeting).checklist[-1].id == "extra"
