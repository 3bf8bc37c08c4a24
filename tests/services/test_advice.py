from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain.evidence import resume_task
from warmcall.domain.records import Advice, Capture, Contact, FollowUp
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind
from warmcall.domain.when import When
from warmcall.services.advice import AdviceList

from tests.conftest import Bench
from tests.examples import only, state_of, when
from tests.profiles import modest

SENTENCE = "I followed your advice to join the media club"


@pytest.fixture
def mei(bench: Bench) -> Contact:
    bench.services.profile_editing.save({"name": "Robin Vale"})
    return bench.services.address_book.add({"name": "Mei Tanaka", "email": "mei@example.com"})


@pytest.fixture
def advice(bench: Bench) -> AdviceList:
    return bench.services.advice


def tasks(bench: Bench, contact: Contact) -> list[tuple[str, str]]:
    """Return what is in the queue besides calls: its note, and when it is due."""
    return [
        (owed.note, str(owed.due))
        for owed in bench.store.open_of_contact(contact.id)
        if owed.kind is FollowUpKind.OTHER
    ]


def test_only_advice_with_a_day_is_in_the_queue(bench: Bench, mei: Contact, advice: AdviceList) -> None:
    id_ = advice.add(mei.id, " join the media club ", None)
    assert tasks(bench, mei) == []
    advice.edit(id_, mei.id, "join the media club", when("2026-12-01"))
    assert tasks(bench, mei) == [("join the media club", "2026-12-01")]
    advice.edit(id_, mei.id, "one page", when("2026-12-02"), on_resume=True)
    assert tasks(bench, mei) == [(resume_task("one page"), "2026-12-02")]
    advice.edit(id_, mei.id, "one page", None, on_resume=True)
    assert tasks(bench, mei) == []
    assert only(advice.given()).words == "one page"


@pytest.mark.parametrize("due", [None, when("2026-12-01")])
def test_following_it_does_its_task_and_takes_both_back(
    bench: Bench, mei: Contact, advice: AdviceList, due: When | None
) -> None:
    id_ = advice.add(mei.id, "join the media club", due)
    before = state_of(bench.store)
    advice.toggle_followed(id_)
    advice.toggle_told(id_)
    found = only(advice.given())
    assert (found.is_followed, found.known_since, tasks(bench, mei)) == (True, bench.clock.now(), [])
    advice.toggle_followed(id_)
    found = only(advice.given())
    assert (found.is_followed, found.known_since) == (False, None)
    assert len(tasks(bench, mei)) == (due is not None)
    for _ in range(3):
        bench.services.history.undo()
    assert state_of(bench.store) == before


def test_a_task_done_in_the_queue_is_advice_followed(bench: Bench, mei: Contact, advice: AdviceList) -> None:
    advice.add(mei.id, "join the media club", when("2026-12-01"))
    owed = only(found for found in bench.store.open_of_contact(mei.id, FollowUpKind.OTHER))
    bench.services.following_up.done(owed.id)
    assert only(advice.given()).is_followed
    advice.delete(only(advice.given()).id)
    assert (list(advice.given()), bench.store.get(FollowUp, owed.id)) == ([], None)


def test_a_check_in_offers_it_and_tells_them(bench: Bench, mei: Contact, advice: AdviceList) -> None:
    id_ = advice.add(mei.id, "join the media club", None)
    bench.services.following_up.add(mei.id, FollowUpKind.CHECK_IN, when("2026-11-23"), "")
    (letter,) = bench.store.open_of_contact(mei.id, FollowUpKind.CHECK_IN)
    drafting = bench.services.drafting
    assert SENTENCE not in [reason.words for reason in drafting.reasons.proposed(letter)]
    advice.toggle_followed(id_)
    reason = drafting.reasons.proposed(letter)[0]
    assert reason.words == SENTENCE
    drafting.reasons.set(letter.id, reason.words)
    (letter,) = bench.store.open_of_contact(mei.id, FollowUpKind.CHECK_IN)
    draft = drafting.draft(letter)
    assert f"{SENTENCE}." in draft.body
    assert bench.services.following_up.sent(letter.id, draft.subject, draft.body) == ""
    assert only(advice.given()).known_since == bench.clock.now()
    (later,) = bench.store.open_of_contact(mei.id, FollowUpKind.CHECK_IN)
    assert SENTENCE not in [found.words for found in drafting.reasons.proposed(later)]


def test_advice_they_were_told_of_by_hand_is_no_reason_any_more(
    bench: Bench, mei: Contact, advice: AdviceList
) -> None:
    id_ = advice.add(mei.id, "join the media club", None)
    bench.services.following_up.add(mei.id, FollowUpKind.CHECK_IN, when("2026-11-23"), "")
    (letter,) = bench.store.open_of_contact(mei.id, FollowUpKind.CHECK_IN)
    advice.toggle_followed(id_)
    advice.toggle_told(id_)
    assert bench.services.drafting.reasons.proposed(letter) == ()


def test_a_task_of_an_earlier_version_becomes_a_record_with_the_first_change(
    bench: Bench, mei: Contact, advice: AdviceList
) -> None:
    bench.services.following_up.add(mei.id, FollowUpKind.OTHER, when("2026-12-01"), resume_task("one page"))
    given_at = only(advice.given()).given_at
    bench.clock.forward(days=1)
    advice.edit(only(advice.given()).id, mei.id, "two pages", when("2026-12-01"), on_resume=True)
    found = only(advice.given())
    assert (found.words, found.given_at) == ("two pages", given_at)
    assert tasks(bench, mei) == [(resume_task("two pages"), "2026-12-01")]
    assert bench.store.count(Advice) == 1


def test_advice_taken_down_in_an_interview_is_there_at_its_end(
    bench: Bench, mei: Contact, advice: AdviceList
) -> None:
    talk = bench.services.interviewing.start_now(mei.id)
    assert talk is not None
    bench.services.capturing.add(talk.id, Capture(id="", kind=CaptureKind.ADVICE, what="join the media club"))
    assert list(advice.given()) == []
    bench.services.interviewing.end(talk.id)
    found = only(advice.given())
    assert found.record is not None
    assert (found.words, found.contact_id, found.record.interview_id) == (
        "join the media club", mei.id, talk.id,
    )  # fmt: skip
    assert tasks(bench, mei) == []


def test_advice_goes_and_comes_back_with_who_gave_it(bench: Bench, mei: Contact, advice: AdviceList) -> None:
    advice.add(mei.id, "join the media club", None)
    before = state_of(bench.store)
    bench.services.address_book.delete(mei.id)
    assert bench.store.count(Advice) == 0
    bench.services.history.undo()
    assert state_of(bench.store) == before


_steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from([None, when("2026-12-01")])),
        st.tuples(st.just("edit"), st.sampled_from([None, when("2026-12-02")])),
        st.tuples(st.sampled_from(["followed", "told", "delete"]), st.none()),
    ),
    max_size=6,
)


@modest
@given(plan=_steps)
def test_undo_takes_back_whatever_was_done_with_advice(
    library: Library, plan: list[tuple[str, When | None]]
) -> None:
    bench = Bench(library)
    mei = bench.services.address_book.add({"name": "Mei Tanaka"})
    advice, before = bench.services.advice, state_of(bench.store)
    changes = len(bench.saved)
    for step, due in plan:
        first = next(iter(advice.given()), None)
        match step:
            case "add":
                advice.add(mei.id, "join the club", due)
            case _ if first is None:
                continue
            case "edit":
                advice.edit(first.id, mei.id, "read the paper", due)
            case "followed":
                advice.toggle_followed(first.id)
            case "told":
                advice.toggle_told(first.id)
            case _:
                advice.delete(first.id)
    for _ in range(len(bench.saved) - changes):
        bench.services.history.undo()
    assert state_of(bench.store) == before
