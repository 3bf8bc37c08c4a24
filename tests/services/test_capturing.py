from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Made
from tests.examples import capture, local, modest, only, state_of
from tui.domain.records import Capture, Contact, FollowUp, Interview
from tui.domain.vocabulary import CaptureKind, ContactKind, FollowUpKind, Permission, Source
from tui.services.capturing import Capturing
from tui.storage.library import Library

REFERRAL, PROMISE = CaptureKind.REFERRAL, CaptureKind.PROMISE
RESUME, ON_FILE = CaptureKind.RESUME, CaptureKind.ON_FILE
CALL, OTHER, THANKS = FollowUpKind.CALL, FollowUpKind.OTHER, FollowUpKind.THANK_YOU
ASK = "ask whether I may use their name with Ana Ruiz"


def talk_with_mei(made: Made) -> Interview:
    mei = made.desk.address_book.add({"name": "Mei Tanaka"})
    begun = made.desk.interviewing.begin_now(mei.id)
    assert begun is not None
    return begun


@pytest.fixture
def talk(made: Made) -> Interview:
    """A talk with Mei Tanaka, under way."""
    return talk_with_mei(made)


@pytest.fixture
def service(made: Made) -> Capturing:
    return made.desk.capturing


def captured(made: Made) -> list[Capture]:
    return list(only(made.book.all(Interview)).captured)


def queue(made: Made, contact_id: str) -> list[tuple[FollowUpKind, str]]:
    """Return what is open for a contact but the thank-you, as kind and note."""
    own = made.book.of_contact(FollowUp, contact_id)
    return [(one.kind, one.note) for one in own if one.done_at is None and one.kind is not THANKS]


def person(made: Made, name: str) -> Contact:
    return only(one for one in made.book.all(Contact) if one.name == name)


ONE_OF_EACH = [
    capture(REFERRAL, "Ana Ruiz", why="runs the desk", may_use_name=Permission.YES),
    capture(PROMISE, "the survey", due=local("2026-11-27 12:00")),
    capture(RESUME, "one page"),
    capture(ON_FILE, "for the spring"),
]


@pytest.mark.parametrize("one", ONE_OF_EACH)
def test_a_capture_is_kept_in_the_running_interview_alone_and_taken_back_by_one_undo(
    made: Made, talk: Interview, service: Capturing, one: Capture
) -> None:
    before, saved = state_of(made.book), len(made.saved)
    kept = service.take_down(talk.id, one)
    assert kept.id
    assert captured(made) == [kept]
    assert len(made.saved) == saved + 1
    changed = {key for key, record in state_of(made.book).items() if before.get(key) != record}
    assert changed == {("interviews", talk.id)}
    made.desk.history.undo()
    assert state_of(made.book) == before


def test_a_capture_is_changed_and_taken_out_each_by_one_change(
    made: Made, talk: Interview, service: Capturing
) -> None:
    first = service.take_down(talk.id, capture(REFERRAL, " Ana Ruis "))
    second = service.take_down(talk.id, capture(ON_FILE))
    assert first.what == "Ana Ruis"
    mended = capture(REFERRAL, "Ana Ruiz", id=first.id)
    service.change(talk.id, mended)
    assert captured(made) == [mended, second]
    service.take_out(talk.id, first.id)
    assert captured(made) == [second]
    assert made.desk.history.undo() == "take out referral: Ana Ruiz"
    assert made.desk.history.undo() == "edit referral: Ana Ruiz"
    assert captured(made) == [first, second]


def test_what_is_not_there_is_neither_changed_nor_taken_out(
    made: Made, talk: Interview, service: Capturing
) -> None:
    saved = len(made.saved)
    service.take_out(talk.id, "no such")
    service.change(talk.id, capture(ON_FILE, id="no such"))
    assert len(made.saved) == saved
    with pytest.raises(KeyError):
        service.take_down("no such", capture(ON_FILE))


def test_the_end_makes_a_referral_a_person_to_be_called(
    made: Made, talk: Interview, service: Capturing
) -> None:
    more = {"kind": "hiring_manager", "organization": "Halyard", "phone": "1", "name": "no", "sly": "x"}
    service.take_down(
        talk.id, capture(REFERRAL, "Ana Ruiz", why="hires", may_use_name=Permission.YES, fields=more)
    )
    made.desk.interviewing.end(talk.id)
    ana = person(made, "Ana Ruiz")
    assert (ana.source, ana.referrer_id, ana.notes) == (Source.REFERRAL, talk.contact_id, "hires")
    assert (ana.may_use_name, ana.kind) == (Permission.YES, ContactKind.HIRING_MANAGER)
    assert (ana.organization, ana.phone) == ("Halyard", "1")
    assert only(made.book.all(Interview)).named == (ana.id,)
    call = only(made.book.of_contact(FollowUp, ana.id))
    assert (call.kind, call.due, call.why) == (CALL, local("2026-11-25 12:00"), "named by Mei Tanaka")
    assert queue(made, talk.contact_id) == []


def test_a_kind_nobody_knows_in_the_file_does_no_harm(
    made: Made, talk: Interview, service: Capturing
) -> None:
    service.take_down(talk.id, capture(REFERRAL, "Ana Ruiz", fields={"kind": "boss"}))
    made.desk.interviewing.end(talk.id)
    assert person(made, "Ana Ruiz").kind is ContactKind.PRACTITIONER


def test_ask_later_puts_the_asking_into_the_queue_and_the_answer_settles_it(
    made: Made, talk: Interview, service: Capturing
) -> None:
    service.take_down(talk.id, capture(REFERRAL, "Ana Ruiz", may_use_name=Permission.ASK_LATER))
    made.desk.interviewing.end(talk.id)
    ana = person(made, "Ana Ruiz")
    asking = only(one for one in made.book.of_contact(FollowUp, talk.contact_id) if one.kind is OTHER)
    assert (asking.note, asking.about_id, asking.due) == (ASK, ana.id, local("2026-11-24 12:00"))
    made.desk.address_book.edit(ana.id, {"phone": "1"})
    assert queue(made, talk.contact_id) == [(OTHER, ASK)]
    saved = len(made.saved)
    made.desk.address_book.edit(ana.id, {"may_use_name": "yes"})
    assert queue(made, talk.contact_id) == []
    assert len(made.saved) == saved + 1
    made.desk.history.undo()
    assert queue(made, talk.contact_id) == [(OTHER, ASK)]
    assert person(made, "Ana Ruiz").may_use_name is Permission.ASK_LATER


@pytest.mark.parametrize(
    ("theirs", "due", "expected", "why"),
    [
        (False, None, "2026-11-25 12:00", "you promised it"),
        (True, None, "2026-11-25 12:00", "they promised it"),
        (False, "2026-12-10 12:00", "2026-12-10 12:00", "you promised it"),
    ],
)
def test_the_end_puts_a_promise_into_the_queue(
    made: Made, talk: Interview, service: Capturing,
    theirs: bool, due: str | None, expected: str, why: str,
) -> None:  # fmt: skip
    service.take_down(talk.id, capture(PROMISE, " it ", theirs=theirs, due=local(due) if due else None))
    made.desk.interviewing.end(talk.id)
    own = made.book.of_contact(FollowUp, talk.contact_id)
    promise = only(one for one in own if one.kind is FollowUpKind.PROMISE)
    told = (promise.note, promise.due, promise.why, promise.waiting, promise.interview_id)
    assert told == ("it", local(expected), why, theirs, talk.id)


def test_advice_on_the_resume_is_to_be_acted_on_and_on_file_is_a_reason_to_write(
    made: Made, talk: Interview, service: Capturing
) -> None:
    service.take_down(talk.id, capture(RESUME, "one page."))
    service.take_down(talk.id, capture(ON_FILE))
    made.desk.interviewing.end(talk.id)
    assert queue(made, talk.contact_id) == [(OTHER, "mend the resume: one page")]
    assert [one.kind for one in captured(made)] == [RESUME, ON_FILE]
    own = made.book.of_contact(FollowUp, talk.contact_id)
    made.desk.following_up.done(only(one for one in own if one.kind is THANKS).id)
    own = made.book.of_contact(FollowUp, talk.contact_id)
    check_in = only(one for one in own if one.kind is FollowUpKind.CHECK_IN)
    assert check_in.note.startswith("you said you would keep me on file")
    assert check_in.note in made.desk.following_up.draft(check_in).body


def test_advice_acted_on_is_proposed_as_the_reason_of_a_check_in_that_has_none(
    made: Made, talk: Interview, service: Capturing
) -> None:
    service.take_down(talk.id, capture(RESUME, "one page"))
    made.desk.interviewing.end(talk.id)
    for kind in (THANKS, OTHER):
        own = made.book.of_contact(FollowUp, talk.contact_id)
        made.desk.following_up.done(only(one for one in own if one.kind is kind).id)
    own = made.book.of_contact(FollowUp, talk.contact_id)
    check_in = only(one for one in own if one.kind is FollowUpKind.CHECK_IN)
    assert check_in.note == ""
    proposed = made.desk.following_up.reasons.proposed(check_in)
    assert any("one page" in one.words for one in proposed)


def test_captures_of_an_interview_that_never_ends_are_safe_and_nothing_more(
    made: Made, talk: Interview, service: Capturing
) -> None:
    for one in ONE_OF_EACH:
        service.take_down(talk.id, one)
    made.clock.forward(days=3)
    assert len(captured(made)) == 4
    assert made.book.count(Contact) == 1


@pytest.mark.parametrize("one", ONE_OF_EACH)
def test_after_the_end_a_capture_becomes_what_it_is_at_once_in_one_change(
    made: Made, talk: Interview, service: Capturing, one: Capture
) -> None:
    made.desk.interviewing.end(talk.id)
    before, saved = state_of(made.book), len(made.saved)
    kept = service.take_down(talk.id, one)
    assert len(made.saved) == saved + 1
    results(made, talk.contact_id, [kept])
    after = state_of(made.book)
    service.take_out(talk.id, kept.id)
    service.change(talk.id, capture(one.kind, "else", id=kept.id))
    assert state_of(made.book) == after
    made.desk.history.undo()
    assert state_of(made.book) == before


def results(made: Made, mei_id: str, taken: list[Capture]) -> None:
    """Assert that each capture has its one result, and that there is no other."""
    referrals = [one for one in taken if one.kind is REFERRAL]
    named = [made.book.contact(id_) for id_ in only(made.book.all(Interview)).named]
    assert [one and (one.name, one.notes, one.may_use_name) for one in named] == [
        (one.what, one.why, one.may_use_name) for one in referrals
    ]
    assert made.book.count(Contact) == 1 + len(referrals)
    for contact in named:
        assert contact is not None
        assert [one.kind for one in made.book.of_contact(FollowUp, contact.id)] == [CALL]
    wanted: list[tuple[FollowUpKind, str]] = []
    for one in taken:
        if one.kind is PROMISE:
            wanted.append((FollowUpKind.PROMISE, one.what))
        elif one.kind is RESUME and one.what:
            wanted.append((OTHER, f"mend the resume: {one.what}"))
        elif one.kind is REFERRAL and one.may_use_name is Permission.ASK_LATER:
            wanted.append((OTHER, f"ask whether I may use their name with {one.what}"))
    assert queue(made, mei_id) == wanted


words = st.sampled_from(["", "Ana", "Ana", "one page", " two  words"])
captures = st.builds(
    Capture,
    id=st.just(""),
    kind=st.sampled_from(CaptureKind),
    what=words.map(lambda text: " ".join(text.split())),
    why=words.map(str.strip),
    theirs=st.booleans(),
    due=st.none() | st.just(local("2026-12-01 12:00")),
    may_use_name=st.sampled_from(Permission),
    fields=st.dictionaries(st.sampled_from(["kind", "phone", "x"]), words, max_size=2),
)
doings: st.SearchStrategy[list[tuple[str, Any]]] = st.lists(
    st.tuples(st.just("take down"), captures)
    | st.tuples(st.just("take out"), st.integers(0, 5))
    | st.tuples(st.just("change"), captures)
    | st.tuples(st.just("undo"), st.none()),
    max_size=10,
)


@modest
@given(doings)
def test_whatever_was_captured_the_end_makes_of_each_one_thing_and_its_undo_leaves_no_trace(
    library: Library, calls: list[tuple[str, Any]]
) -> None:
    made = Made(library)
    talk = talk_with_mei(made)
    service = made.desk.capturing
    for what, how in calls:
        present = captured(made)
        if what == "take down":
            service.take_down(talk.id, how)
        elif what == "take out" and present:
            service.take_out(talk.id, present[how % len(present)].id)
        elif what == "change" and present:
            service.change(talk.id, capture(how.kind, how.what, id=present[-1].id))
        elif what == "undo" and present:
            made.desk.history.undo()
    before, taken, saved = state_of(made.book), captured(made), len(made.saved)
    made.desk.interviewing.end(talk.id)
    assert len(made.saved) == saved + 1
    results(made, talk.contact_id, taken)
    ended = state_of(made.book)
    made.desk.interviewing.end(talk.id)
    assert state_of(made.book) == ended
    assert made.desk.history.undo() == "end of the interview with Mei Tanaka"
    assert state_of(made.book) == before
    made.desk.history.redo()
    assert state_of(made.book) == ended
