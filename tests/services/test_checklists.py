from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from warmcall.domain.message import draft
from warmcall.domain.preparation import minutes_needed
from warmcall.domain.records import Contact, Interview, from_document, replace, to_document
from warmcall.domain.vocabulary import ContactKind, Mode, Outcome, QuestionState
from warmcall.services.checklists import Checklists, is_abroad

from tests.conftest import Bench
from tests.examples import NOW, attempt, contact, interview, local, question, state_of
from tests.services.follow_ups import now_is


@pytest.mark.parametrize("kind", list(ContactKind))
def test_the_first_choice_has_5_to_10_questions_and_asks_for_names_last(
    bench: Bench, kind: ContactKind
) -> None:
    checklist = bench.services.checklists.first_choice(contact(kind=kind), Mode.PHONE, 20)
    assert 5 <= len(checklist) <= 10
    assert checklist[-1].referral


def test_the_rest_of_the_bank_can_be_added(bench: Bench) -> None:
    mei = bench.services.address_book.add({"name": "Mei", "kind": "practitioner"})
    meeting = bench.services.interviewing.arrange(mei.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert meeting is not None
    more = bench.services.checklists.offers(meeting)
    bank = bench.services.library.banks["practitioner"]
    rest = [offer.question.id for offer in more if not offer.set_id]
    listed = [question.id for question in meeting.checklist]
    assert sorted(rest + listed) == sorted(question.id for question in bank.questions)
    assert {offer.set_title for offer in more} == {
        "", *(found.title for found in bench.services.library.sets_for(mei.kind) if found.id != "ten-minutes")
    }  # fmt: skip


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
    library = bench.services.library.replaced(cadence=figures)
    checklists = Bench(library).services.checklists
    assert len(checklists.first_choice(contact(), Mode.PHONE, 20)) == 3
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
    somebody = contact(kind=kind, target_id=target.id if target else "")
    return [question.id for question in bench.services.checklists.first_choice(somebody, Mode.PHONE, 20)]


def test_the_second_person_is_asked_the_same_and_one_question_that_nobody_answered(bench: Bench) -> None:
    before = first_ids(bench)
    assert "surprised-most" not in before
    held(bench, "Mei", {before[0]: "By accident", before[1]: "  "})
    after = first_ids(bench)
    assert after == [*before[:-3], "surprised-most", *before[-3:]]
    held(bench, "Ana", {"surprised-most": "Invoices"}, checklist=(question("surprised-most"),))
    assert first_ids(bench) == [*before[:-3], "done-well", *before[-3:]]


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
    mine = question("mine", ask=" what SURPRISED  you most?")
    held(bench, "Mei", {"mine": "Invoices", "came-to-it": "So"}, checklist=(mine, question("came-to-it")))
    assert "surprised-most" not in first_ids(bench)


def test_even_when_everything_was_answered_the_referral_question_is_asked(bench: Bench) -> None:
    bank = bench.services.library.banks["practitioner"].questions
    everything = tuple(question(other_question.id, ask=other_question.ask) for other_question in bank)
    held(bench, "Mei", {question.id: "yes" for question in bank}, checklist=everything)
    chosen = first_ids(bench)
    assert chosen == [question.id for question in bank if question.core and not question.gaps]
    assert chosen[-1] == "who-else"


def test_questions_to_add_say_how_many_answered_them_unanswered_first(bench: Bench) -> None:
    held(bench, "Mei", {"best-part": "The maps"}, checklist=(question("best-part"),))
    held(bench, "Ana", {"best-part": "The people"}, checklist=(question("best-part"),))
    meeting = planned(bench)
    offers = [offer for offer in bench.services.checklists.offers(meeting) if not offer.set_id]
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


def test_a_question_that_is_on_the_list_in_other_words_is_not_offered(bench: Bench) -> None:
    held(bench, "Mei", {"mine": "Free", "twice": "Full"}, checklist=(question("mine"), question("twice")))
    meeting = planned(bench)
    marking, listed = bench.services.answer_marking, meeting.checklist[0].id
    assert {"mine", "twice"} <= {offer.question.id for offer in bench.services.checklists.offers(meeting)}
    marking.join("twice", "mine")
    own = [offer.question.id for offer in bench.services.checklists.offers(meeting) if offer.own]
    assert own in (["mine"], ["twice"])
    marking.join("mine", listed)
    offered = {offer.question.id for offer in bench.services.checklists.offers(meeting)}
    assert not offered & {"mine", "twice", listed}


def planned(bench: Bench) -> Interview:
    luis = bench.services.address_book.add({"name": "Luis"})
    meeting = bench.services.interviewing.arrange(luis.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert meeting is not None
    return meeting


@pytest.fixture
def service(bench: Bench) -> Checklists:
    return bench.services.checklists


def test_several_questions_are_added_as_one_change(
    bench: Bench, meeting: Interview, service: Checklists
) -> None:
    ids = [question.id for question in meeting.checklist]
    two = (question("extra"), question("more"), question(ids[0]))
    after = changed(bench, meeting, lambda: service.add_questions(meeting.id, two))
    assert [item[0] for item in after] == [*ids[:-3], "extra", "more", *ids[-3:]]
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


@pytest.mark.parametrize(("dropped", "then"), [(2, 3), (0, 1), (8, 7)])
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
    saved = len(bench.saved)
    service.mark(meeting.id, first, QuestionState.SKIPPED)
    assert len(bench.saved) == saved
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


def test_an_own_question_comes_before_the_close_or_after_another(
    bench: Bench, meeting: Interview, service: Checklists
) -> None:
    own = service.own_question("  What about pay? ")
    assert (own.ask, own.referral) == ("What about pay?", False)
    after = changed(bench, meeting, lambda: service.add_questions(meeting.id, [own]))
    assert [item[0] for item in after][-4:] == [own.id, *(question.id for question in meeting.checklist[-3:])]
    extra = question("extra")
    after = changed(
        bench,
        meeting,
        lambda: service.add_questions(meeting.id, [extra], meeting.checklist[0].id),
    )
    assert [item[0] for item in after][1] == "extra"


def test_a_question_of_the_close_put_back_comes_before_the_referral_question(
    bench: Bench, meeting: Interview, service: Checklists
) -> None:
    not_asked, who_else = meeting.checklist[-2:]
    service.drop(meeting.id, not_asked.id)
    service.add_questions(meeting.id, [not_asked, question("more")], meeting.checklist[0].id)
    listed = [question.id for question in now_is(bench, meeting).checklist]
    assert (listed[1], listed[-2:]) == ("more", [not_asked.id, who_else.id])


def test_an_old_checklist_whose_close_is_the_referral_question_alone_works_as_it_did(
    bench: Bench, meeting: Interview, service: Checklists
) -> None:
    document = to_document(meeting)
    document["checklist"] = [
        {"id": "beginner-needs", "ask": "What?"},
        {"id": "who-else", "ask": "Who?", "referral": True},
    ]
    old = from_document(document, Interview)
    bench.services.history.commit("old", old)
    service.add_questions(meeting.id, [question("more")])
    assert [question.id for question in now_is(bench, meeting).checklist] == [
        "beginner-needs",
        "more",
        "who-else",
    ]
    assert minutes_needed(now_is(bench, meeting).checklist, 3) == 7


def test_the_first_choice_follows_what_is_on_record(bench: Bench) -> None:
    services = bench.services
    services.profile_editing.save({"name": "Robin", "role": "Planner", "phone": "+1 312 555 0118"})
    mei = services.address_book.add(
        {
            "name": "Mei",
            "kind": "practitioner",
            "source": "alumni",
            "phone": "+49 30 123456",
            "notes": "She plans.",
        }
    )
    first = held(bench, "Ana", {})
    again = services.checklists.first_choice(bench.store.require(Contact, first.contact_id), Mode.PHONE, 20)
    assert again[0].id == "did-as-told"
    special = services.checklists.first_choice(mei, Mode.VIDEO, 20)
    assert {"first-year-out", "read-that"} <= {question.id for question in special}
    assert "‹She plans›" in "".join(question.ask for question in special)
    titles = [
        offer.set_title
        for offer in services.checklists.offers(replace(first, contact_id=mei.id, mode=Mode.VIDEO))
    ]
    assert list(dict.fromkeys(titles))[:4] == ["From the same school", "In another country", "By video", ""]
    services.interviewing.arrange(mei.id, local("2026-12-03 14:00"), Mode.VIDEO, "")
    ten = services.calling.plan_meeting(services.address_book.add({"name": "Tom"}), local("2026-11-23 09:00"),
                                        Mode.PHONE, "", minutes=10).interview  # fmt: skip
    assert ten is not None
    assert (len(ten.checklist), ten.countdown.minutes) == (3, 10)


@pytest.mark.parametrize(
    ("phone", "own", "abroad"),
    [("+49 30 123456", "+1 312 555 0118", True), ("+1 416 555 0118", "+1 312 555 0118", True),
     ("+1 787 555 0118", "+1 312 555 0118", False), ("+1 212 555 0118", "+1 312 555 0118", False),
     ("030 123456", "+1 312 555 0118", False), ("+49 30 123456", "", False), ("+", "+1 312 555 0118", False)],
)  # fmt: skip
def test_a_number_of_another_country_says_that_they_are_abroad(phone: str, own: str, abroad: bool) -> None:
    assert is_abroad(phone, own) is abroad


def test_questions_for_career_changers_are_asked_by_themselves_once_they_were_added(bench: Bench) -> None:
    meeting = planned(bench)
    assert "doubt-about-me" not in first_ids(bench)
    added = [offer.question for offer in bench.services.checklists.offers(meeting)
             if offer.question.id == "doubt-about-me"]  # fmt: skip
    bench.services.checklists.add_questions(meeting.id, added)
    assert {"doubt-about-me", "carries-over"} <= set(first_ids(bench))


@pytest.mark.parametrize("kind", list(ContactKind))
def test_a_letter_asks_the_questions_of_the_set_and_these_come_first_when_the_answers_do(
    bench: Bench, kind: ContactKind
) -> None:
    services = bench.services
    services.profile_editing.save({"name": "Robin", "role": "Planner"})
    ana = services.address_book.add({"name": "Ana", "kind": kind, "email": "ana@example.com"})
    letter = services.library.messages["ask-questions"]
    text = draft(letter, services.drafting.ask_values(ana))
    for asked in services.library.email_questions(kind):
        assert asked.ask in text.body
    meeting = services.interviewing.arrange(ana.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert meeting is not None

    def first_set() -> str:
        return next(offer.set_id for offer in services.checklists.offers(meeting) if offer.set_id)

    assert first_set() != "by-email"
    services.history.commit("sent", attempt(NOW, Outcome.SENT, contact_id=ana.id, body=text.body))
    assert (first_set() == "by-email") == (kind is ContactKind.PRACTITIONER), "the others are of the bank"


def test_without_a_close_a_new_question_comes_last(
    bench: Bench, meeting: Interview, service: Checklists
) -> None:
    for closing in meeting.checklist[-3:]:
        service.drop(meeting.id, closing.id)
    service.add_questions(meeting.id, [question("extra")])
    assert now_is(bench, meeting).checklist[-1].id == "extra"
