from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain.articles import with_article
from warmcall.domain.records import Capture, Contact, FollowUp, Interview, Opening, PoolPerson
from warmcall.domain.vocabulary import CaptureKind, ContactKind, FollowUpKind, Permission, Source
from warmcall.services.capturing import Capturing

from tests.conftest import Bench
from tests.examples import adding, capture, only, pool_person, state_of, when
from tests.profiles import modest

REFERRAL, PROMISE = CaptureKind.REFERRAL, CaptureKind.PROMISE
RESUME, ON_FILE = CaptureKind.RESUME, CaptureKind.ON_FILE
CALL, OTHER, THANKS = FollowUpKind.CALL, FollowUpKind.OTHER, FollowUpKind.THANK_YOU
ASK = "ask whether I may use their name with Ana Ruiz"


def talk_with_mei(bench: Bench) -> Interview:
    mei = bench.services.address_book.add({"name": "Mei Tanaka"})
    started = bench.services.interviewing.start_now(mei.id)
    assert started is not None
    return started


@pytest.fixture
def talk(bench: Bench) -> Interview:
    """A talk with Mei Tanaka, under way."""
    return talk_with_mei(bench)


@pytest.fixture
def service(bench: Bench) -> Capturing:
    return bench.services.capturing


def captured(bench: Bench) -> list[Capture]:
    return list(only(bench.store.all(Interview)).captured)


def queue(bench: Bench, contact_id: str) -> list[tuple[FollowUpKind, str]]:
    """Return what is open for a contact but the thank-you, as kind and note."""
    own = bench.store.of_contact(FollowUp, contact_id)
    return [
        (follow_up.kind, follow_up.note)
        for follow_up in own
        if follow_up.done_at is None and follow_up.kind is not THANKS
    ]


def person(bench: Bench, name: str) -> Contact:
    return only(contact for contact in bench.store.all(Contact) if contact.name == name)


KEPT_ON_FILE = "You kept my resume on file in November, and I'd like to keep you up to date"

ONE_OF_EACH = [
    capture(REFERRAL, "Ana Ruiz", why="runs the desk", may_use_name=Permission.YES),
    capture(PROMISE, "the survey", due=when("2026-11-27")),
    capture(RESUME, "one page"),
    capture(ON_FILE, "for the spring"),
    capture(CaptureKind.OPENING, "Media Buyer"),
]


@pytest.mark.parametrize("other_capture", ONE_OF_EACH)
def test_a_capture_is_kept_in_the_running_interview_alone_and_one_undo_removes_it(
    bench: Bench, talk: Interview, service: Capturing, other_capture: Capture
) -> None:
    before, saved = state_of(bench.store), len(bench.saved)
    kept = service.add(talk.id, other_capture)
    assert kept.id
    assert captured(bench) == [kept]
    assert len(bench.saved) == saved + 1
    changed = {key for key, record in state_of(bench.store).items() if before.get(key) != record}
    assert changed == {("interviews", talk.id)}
    bench.services.history.undo()
    assert state_of(bench.store) == before


def test_a_capture_is_edited_and_removed_each_by_one_change(
    bench: Bench, talk: Interview, service: Capturing
) -> None:
    first = service.add(talk.id, capture(REFERRAL, " Ana Ruis "))
    second = service.add(talk.id, capture(ON_FILE))
    assert first.what == "Ana Ruis"
    mended = capture(REFERRAL, "Ana Ruiz", id=first.id)
    service.edit(talk.id, mended)
    assert captured(bench) == [mended, second]
    service.remove(talk.id, first.id)
    assert captured(bench) == [second]
    assert bench.services.history.undo() == "remove referral: Ana Ruiz"
    assert bench.services.history.undo() == "edit referral: Ana Ruiz"
    assert captured(bench) == [first, second]


def test_what_is_not_there_is_neither_edited_nor_removed(
    bench: Bench, talk: Interview, service: Capturing
) -> None:
    saved = len(bench.saved)
    service.remove(talk.id, "no such")
    service.edit(talk.id, capture(ON_FILE, id="no such"))
    assert len(bench.saved) == saved
    with pytest.raises(KeyError):
        service.add("no such", capture(ON_FILE))


def test_the_end_makes_a_referral_a_person_to_be_called(
    bench: Bench, talk: Interview, service: Capturing
) -> None:
    more = {"kind": "hiring_manager", "organization": "Halyard", "phone": "1", "name": "no", "sly": "x"}
    service.add(talk.id, capture(REFERRAL, "Ana Ruiz", why="hires", may_use_name=Permission.YES, fields=more))
    bench.services.interviewing.end(talk.id)
    ana = person(bench, "Ana Ruiz")
    assert (ana.source, ana.referrer_id, ana.notes) == (Source.REFERRAL, talk.contact_id, "hires")
    assert (ana.may_use_name, ana.kind) == (Permission.YES, ContactKind.HIRING_MANAGER)
    assert (ana.organization, ana.phone) == ("Halyard", "1")
    assert only(bench.store.all(Interview)).named == (ana.id,)
    call = only(bench.store.of_contact(FollowUp, ana.id))
    assert (call.kind, call.due, call.why) == (CALL, when("2026-11-25"), "named by Mei Tanaka")
    assert queue(bench, talk.contact_id) == []


@pytest.mark.parametrize(
    ("named", "same_as", "people"),
    [
        (["Ana Ruiz"], "", ["Ana Ruiz"]),
        (["ana ruiz"], "", ["Ana Ruiz"]),
        (["Ana Ruiz", "Ana Ruiz"], "", ["Ana Ruiz"]),
        (["Ana Ruiz"], "new", ["Ana Ruiz", "Ana Ruiz"]),
        (["Ana Ruiz"], "gone", ["Ana Ruiz", "Ana Ruiz"]),
        (["Teo", "teo"], "", ["Ana Ruiz", "Teo"]),
        (["Mei Tanaka"], "", ["Ana Ruiz", "Mei Tanaka"]),
    ],
)
def test_somebody_named_who_is_in_people_is_that_person(
    bench: Bench, talk: Interview, service: Capturing, named: list[str], same_as: str, people: list[str]
) -> None:
    ana = bench.services.address_book.add({"name": "Ana Ruiz"})
    for name in named:
        service.add(talk.id, capture(REFERRAL, name, fields={"same_as": same_as} if same_as else {}))
    bench.services.interviewing.end(talk.id)
    others = [contact.name for contact in bench.store.all(Contact) if contact.id != talk.contact_id]
    assert others == people
    assert len(only(bench.store.all(Interview)).named) == 1
    assert len(bench.store.of_contact(FollowUp, ana.id)) == 1


@pytest.mark.parametrize("met", [False, True])
def test_a_name_given_again_fills_in_what_is_missing_and_owes_a_call_only_to_somebody_not_met(
    bench: Bench, talk: Interview, service: Capturing, met: bool
) -> None:
    services = bench.services
    services.interviewing.end(talk.id)
    ana = services.address_book.add({"name": "Ana Ruiz", "source": "online", "phone": "1"})
    if met:
        meeting = services.interviewing.start_now(ana.id)
        assert meeting is not None
        services.interviewing.end(meeting.id)
    services.following_up.delete_all([owed.id for owed in bench.store.open_of_contact(ana.id)])
    fields = {"same_as": ana.id, "phone": "2", "organization": "Halyard"}
    service.add(talk.id, capture(REFERRAL, "Ana Ruiz", may_use_name=Permission.YES, fields=fields))
    found = person(bench, "Ana Ruiz")
    assert (found.phone, found.organization) == ("1", "Halyard")
    referral = (Source.REFERRAL, talk.contact_id, Permission.YES)
    given = (Source.ONLINE, "", Permission.NOT_ASKED) if met else referral
    assert (found.source, found.referrer_id, found.may_use_name) == given
    owed = [] if met else ["named by Mei Tanaka"]
    assert [follow_up.why for follow_up in bench.store.open_of_contact(ana.id)] == owed


def test_somebody_named_who_is_in_the_pool_becomes_a_contact_in_the_change_that_ends_the_talk(
    bench: Bench, talk: Interview, service: Capturing
) -> None:
    known = pool_person(organization="Northgate", notes="linkedin.com/in/norafeld")
    bench.store.apply(adding(known))
    service.add(talk.id, capture(REFERRAL, "Nora Feld", fields={"same_as": "nora", "phone": "2"}))
    bench.services.interviewing.end(talk.id)
    nora = bench.store.require(Contact, "nora")
    assert (nora.organization, nora.phone, nora.notes) == ("Northgate", "2", known.notes)
    assert (nora.source, nora.referrer_id) == (Source.REFERRAL, talk.contact_id)
    assert [owed.why for owed in bench.store.open_of_contact("nora")] == ["named by Mei Tanaka"]
    assert not bench.store.count(PoolPerson)
    assert bench.services.history.undo()
    assert bench.store.contact("nora") is None
    assert bench.store.require(PoolPerson, "nora").organization == "Northgate"


def test_a_kind_nobody_knows_in_the_file_does_no_harm(
    bench: Bench, talk: Interview, service: Capturing
) -> None:
    service.add(talk.id, capture(REFERRAL, "Ana Ruiz", fields={"kind": "boss"}))
    bench.services.interviewing.end(talk.id)
    assert person(bench, "Ana Ruiz").kind is ContactKind.PRACTITIONER


def test_ask_later_puts_the_asking_into_the_queue_and_the_answer_settles_it(
    bench: Bench, talk: Interview, service: Capturing
) -> None:
    service.add(talk.id, capture(REFERRAL, "Ana Ruiz", may_use_name=Permission.ASK_LATER))
    bench.services.interviewing.end(talk.id)
    ana = person(bench, "Ana Ruiz")
    asking = only(
        follow_up
        for follow_up in bench.store.of_contact(FollowUp, talk.contact_id)
        if follow_up.kind is OTHER
    )
    assert (asking.note, asking.about_id, asking.due) == (ASK, ana.id, when("2026-11-24"))
    bench.services.address_book.edit(ana.id, {"phone": "1"})
    assert queue(bench, talk.contact_id) == [(OTHER, ASK)]
    saved = len(bench.saved)
    bench.services.address_book.edit(ana.id, {"may_use_name": "yes"})
    assert queue(bench, talk.contact_id) == []
    assert len(bench.saved) == saved + 1
    bench.services.history.undo()
    assert queue(bench, talk.contact_id) == [(OTHER, ASK)]
    assert person(bench, "Ana Ruiz").may_use_name is Permission.ASK_LATER


@pytest.mark.parametrize(
    ("theirs", "due", "expected", "why"),
    [
        (False, None, "2026-11-25", "you promised it"),
        (True, None, "2026-11-25", "they promised it"),
        (False, "2026-12-10", "2026-12-10", "you promised it"),
        (False, "2026-12-10 17:00", "2026-12-10 17:00", "you promised it"),
    ],
)
def test_the_end_puts_a_promise_into_the_queue(
    bench: Bench, talk: Interview, service: Capturing,
    theirs: bool, due: str | None, expected: str, why: str,
) -> None:  # fmt: skip
    service.add(talk.id, capture(PROMISE, " it ", theirs=theirs, due=when(due) if due else None))
    bench.services.interviewing.end(talk.id)
    own = bench.store.of_contact(FollowUp, talk.contact_id)
    promise = only(follow_up for follow_up in own if follow_up.kind is FollowUpKind.PROMISE)
    found = (promise.note, promise.due, promise.why, promise.waiting, promise.interview_id)
    assert found == ("it", when(expected), why, theirs, talk.id)


def test_advice_on_the_resume_is_to_be_acted_on_and_on_file_is_a_reason_to_write(
    bench: Bench, talk: Interview, service: Capturing
) -> None:
    service.add(talk.id, capture(RESUME, "one page."))
    service.add(talk.id, capture(ON_FILE))
    bench.services.interviewing.end(talk.id)
    assert queue(bench, talk.contact_id) == [
        (OTHER, "what they advised for my resume: one page"), (FollowUpKind.CHECK_IN, KEPT_ON_FILE),
    ]  # fmt: skip
    assert [capture.kind for capture in captured(bench)] == [RESUME, ON_FILE]
    own = bench.store.of_contact(FollowUp, talk.contact_id)
    bench.services.following_up.done(only(follow_up for follow_up in own if follow_up.kind is THANKS).id)
    own = bench.store.of_contact(FollowUp, talk.contact_id)
    about_file, usual = (follow_up for follow_up in own if follow_up.kind is FollowUpKind.CHECK_IN)
    opening = only(bench.store.all(Opening))
    assert (opening.on_file, opening.contact_id, opening.interview_id) == (True, talk.contact_id, talk.id)
    assert (about_file.opening_id, about_file.due) == (opening.id, when("2027-02-23"))
    assert (usual.opening_id, usual.note) == ("", "")
    assert KEPT_ON_FILE in bench.services.drafting.draft(about_file).body


def test_advice_acted_on_is_proposed_as_the_reason_of_a_check_in_that_has_none(
    bench: Bench, talk: Interview, service: Capturing
) -> None:
    service.add(talk.id, capture(RESUME, "one page"))
    bench.services.interviewing.end(talk.id)
    for kind in (THANKS, OTHER):
        own = bench.store.of_contact(FollowUp, talk.contact_id)
        bench.services.following_up.done(only(follow_up for follow_up in own if follow_up.kind is kind).id)
    own = bench.store.of_contact(FollowUp, talk.contact_id)
    check_in = only(follow_up for follow_up in own if follow_up.kind is FollowUpKind.CHECK_IN)
    assert check_in.note == ""
    proposed = bench.services.drafting.reasons.proposed(check_in)
    assert any("I've changed my resume" in reason.words for reason in proposed)
    assert any("one page" in reason.source for reason in proposed)


def test_captures_of_an_interview_that_never_ends_are_safe_and_nothing_more(
    bench: Bench, talk: Interview, service: Capturing
) -> None:
    for other_capture in ONE_OF_EACH:
        service.add(talk.id, other_capture)
    bench.clock.forward(days=3)
    assert len(captured(bench)) == len(ONE_OF_EACH)
    assert (bench.store.count(Contact), bench.store.count(Opening)) == (1, 0)


@pytest.mark.parametrize("other_capture", ONE_OF_EACH)
def test_after_the_end_a_capture_becomes_what_it_is_at_once_in_one_change(
    bench: Bench, talk: Interview, service: Capturing, other_capture: Capture
) -> None:
    bench.services.interviewing.end(talk.id)
    before, saved = state_of(bench.store), len(bench.saved)
    kept = service.add(talk.id, other_capture)
    assert len(bench.saved) == saved + 1
    results(bench, talk.contact_id, [kept])
    after = state_of(bench.store)
    service.remove(talk.id, kept.id)
    service.edit(talk.id, capture(other_capture.kind, "else", id=kept.id))
    assert state_of(bench.store) == after
    bench.services.history.undo()
    assert state_of(bench.store) == before


def about(told: Capture) -> str:
    """Return the reason to write about a resume on file, or an opening, in a letter of its own."""
    if told.kind is ON_FILE:
        return KEPT_ON_FILE
    job = f" for {with_article(told.what)}" if told.what else ""
    return f"In November you told me about a place{job}. ‹say what came of it›"


def results(bench: Bench, mei_id: str, recorded: list[Capture]) -> None:
    """Assert that each capture has its one result, and that there is no other."""
    referrals = [capture for capture in recorded if capture.kind is REFERRAL]
    named = [bench.store.contact(id_) for id_ in only(bench.store.all(Interview)).named]
    assert [contact and (contact.name, contact.notes, contact.may_use_name) for contact in named] == [
        (capture.what, capture.why, capture.may_use_name) for capture in referrals
    ]
    assert bench.store.count(Contact) == 1 + len(referrals)
    for contact in named:
        assert contact is not None
        assert [follow_up.kind for follow_up in bench.store.of_contact(FollowUp, contact.id)] == [CALL]
    expected_steps: list[tuple[FollowUpKind, str]] = []
    for other_capture in recorded:
        if other_capture.kind is PROMISE:
            expected_steps.append((FollowUpKind.PROMISE, other_capture.what))
        elif other_capture.kind is RESUME and other_capture.what:
            expected_steps.append((OTHER, f"what they advised for my resume: {other_capture.what}"))
        elif other_capture.kind is REFERRAL and other_capture.may_use_name is Permission.ASK_LATER:
            expected_steps.append((OTHER, f"ask whether I may use their name with {other_capture.what}"))
        elif other_capture.kind in (ON_FILE, CaptureKind.OPENING):
            asked = FollowUpKind.CHECK_IN not in [kind for kind, _ in expected_steps]
            expected_steps += [(FollowUpKind.CHECK_IN, about(other_capture))] if asked else []
    assert queue(bench, mei_id) == expected_steps


words = st.sampled_from(["", "Ana", "Ana", "one page", " two  words"])
captures = st.builds(
    Capture,
    id=st.just(""),
    kind=st.sampled_from(CaptureKind),
    what=words.map(lambda text: " ".join(text.split())),
    why=words.map(str.strip),
    theirs=st.booleans(),
    due=st.none() | st.just(when("2026-12-01")),
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
    bench = Bench(library)
    talk = talk_with_mei(bench)
    service = bench.services.capturing
    for what, how in calls:
        present = captured(bench)
        if what == "take down":
            service.add(talk.id, how)
        elif what == "take out" and present:
            service.remove(talk.id, present[how % len(present)].id)
        elif what == "change" and present:
            service.edit(talk.id, capture(how.kind, how.what, id=present[-1].id))
        elif what == "undo" and present:
            bench.services.history.undo()
    before, recorded, saved = state_of(bench.store), captured(bench), len(bench.saved)
    bench.services.interviewing.end(talk.id)
    assert len(bench.saved) == saved + 1
    results(bench, talk.contact_id, recorded)
    ended = state_of(bench.store)
    bench.services.interviewing.end(talk.id)
    assert state_of(bench.store) == ended
    assert bench.services.history.undo() == "end of the interview with Mei Tanaka"
    assert state_of(bench.store) == before
    bench.services.history.redo()
    assert state_of(bench.store) == ended
