from __future__ import annotations

from datetime import date

import pytest
from warmcall.domain.records import Capture, FollowUp, Opening, Organization, replace
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind, OpeningEnd, Outcome
from warmcall.services.calling import CallResult
from warmcall.services.openings import ON_FILE, Openings

from tests.conftest import Bench
from tests.examples import adding, contact, follow_up, interview, only, profile, state_of, target, when

TODAY = date(2026, 11, 23)
FIELDS = {"contact_id": "luis", "organization": "", "what": "Media Buyer", "kind": "opening", "note": ""}


@pytest.fixture
def openings(bench: Bench) -> Openings:
    luis = contact(organization="Parkway & Sons", email="luis@example.org", target_id="target")
    bench.store.apply(adding(profile(target_id="target"), target(), luis))
    return bench.services.openings


def owed(bench: Bench) -> list[FollowUp]:
    return bench.store.open_of_contact("luis", FollowUpKind.CHECK_IN)


def test_an_opening_and_the_letter_about_it_are_one_change(bench: Bench, openings: Openings) -> None:
    before = state_of(bench.store)
    told = openings.add(FIELDS, TODAY)
    assert (told.organization, told.on_file, told.target_id) == ("Parkway & Sons", False, "target")
    assert (only(owed(bench)).due, only(owed(bench)).opening_id) == (when("2027-02-23"), told.id)
    assert only(bench.store.all(Organization)).name == "Parkway & Sons"
    assert openings.at(bench.services.directory.index.place_of("parkway and sons")) == [told]
    assert openings.of_contact("luis") == openings.listed() == [told]
    assert len(bench.saved) == 1
    bench.services.history.undo()
    assert state_of(bench.store) == before


def test_somewhere_or_somebody_is_needed(openings: Openings) -> None:
    assert openings.problems(FIELDS) == {}
    assert openings.problems({"organization": "Two Lamps"}) == {}
    assert list(openings.problems({"organization": " "})) == ["organization"]
    assert list(openings.problems({"contact_id": "gone"})) == ["contact_id"]


def test_nobody_is_written_to_about_an_opening_that_nobody_told_of(bench: Bench, openings: Openings) -> None:
    told = openings.add({"organization": "Two Lamps", "what": "a buyer"}, TODAY)
    assert openings.check_in(told) is None
    assert bench.store.count(FollowUp) == 0


@pytest.mark.parametrize(("note", "kept"), [("", "You kept my resume"), ("I moved", "I moved")])
def test_nobody_is_owed_two_letters_on_one_day(
    bench: Bench, openings: Openings, note: str, kept: str
) -> None:
    bench.store.apply(adding(follow_up(FollowUpKind.CHECK_IN, "2027-02-23", note=note)))
    openings.add({**FIELDS, "kind": ON_FILE}, TODAY)
    openings.add(FIELDS, TODAY)
    assert only(owed(bench)).note.startswith(kept)


def test_closing_drops_the_letter_and_reopening_owes_it_again(bench: Bench, openings: Openings) -> None:
    told = openings.add(FIELDS, TODAY)
    openings.close(told.id, OpeningEnd.APPLIED)
    closed = bench.store.require(Opening, told.id)
    assert (closed.closed, closed.closed_on, owed(bench)) == (OpeningEnd.APPLIED, TODAY, [])
    openings.reopen(told.id)
    assert bench.store.require(Opening, told.id).closed_on is None
    assert only(owed(bench)).opening_id == told.id
    for _ in range(2):
        bench.services.history.undo()
    assert only(owed(bench)).due == when("2027-02-23")


def test_a_letter_that_was_begun_stays_when_its_opening_goes(bench: Bench, openings: Openings) -> None:
    told = openings.add(FIELDS, TODAY)
    openings.delete(told.id)
    assert (bench.store.count(Opening), bench.store.count(FollowUp)) == (0, 0)
    bench.services.history.undo()
    bench.services.following_up.keep_draft(only(owed(bench)).id, "", "Dear Luis,")
    openings.delete(told.id)
    assert only(owed(bench)).body == "Dear Luis,"


def test_a_change_of_the_day_moves_the_letter(bench: Bench, openings: Openings) -> None:
    told = openings.add(FIELDS, TODAY)
    openings.edit(told.id, {"kind": ON_FILE}, date(2026, 12, 7))
    changed = only(owed(bench))
    assert (changed.due, changed.note[:39]) == (when("2027-03-08"), "You kept my resume on file in December,")
    assert changed.why == "3 months after they kept your resume on file"


def test_once_it_is_known_who_told_of_it_a_letter_is_owed(bench: Bench, openings: Openings) -> None:
    told = openings.add({"organization": "Two Lamps"}, TODAY)
    openings.edit(told.id, {"contact_id": "luis"}, TODAY)
    assert only(owed(bench)).opening_id == told.id
    openings.edit(told.id, {"contact_id": ""}, TODAY)
    openings.close(told.id, OpeningEnd.GONE)
    openings.edit(told.id, {"contact_id": "luis"}, TODAY)
    assert owed(bench) == []


def test_an_opening_is_for_the_target_its_letter_speaks_of(bench: Bench, openings: Openings) -> None:
    buyer = target(id="buyer", role="Media Buyer")
    bench.store.apply(adding(buyer, contact(id="ana", name="Ana", target_id="buyer")))
    assert openings.add({"contact_id": "ana"}, TODAY).target_id == "buyer"
    letter = only(bench.store.open_of_contact("ana", FollowUpKind.CHECK_IN))
    assert "a place for a Media Buyer" in letter.note
    assert openings.add({"organization": "Two Lamps"}, TODAY).target_id == "target"
    both = contact(id="eve", name="Eve", target_id="target", also_for=("buyer",))
    talk = interview("2026-11-23 08:00", id="talk", contact_id="eve", target_id="buyer")
    bench.store.apply(adding(both, talk))
    told = openings.new("eve", interview_id="talk")
    (letter,) = (record for record in openings.records_for(told) if isinstance(record, FollowUp))
    assert (told.target_id, "a place for a Media Buyer" in letter.note) == ("buyer", True)
    bench.store.apply(adding(told, letter))
    assert letter.note in [reason.words for reason in bench.services.drafting.reasons.proposed(letter)]


def test_one_key_goes_through_all_that_may_become_of_it(bench: Bench, openings: Openings) -> None:
    told = openings.add(FIELDS, TODAY)
    ends = [openings.next_end(told.id) for _ in range(4)]
    assert ends == [OpeningEnd.APPLIED, OpeningEnd.NOT_FOR_ME, OpeningEnd.GONE, OpeningEnd.OPEN]
    assert only(owed(bench)).opening_id == told.id


def test_a_word_with_them_meanwhile_does_not_put_the_letter_off(bench: Bench, openings: Openings) -> None:
    openings.add({**FIELDS, "kind": ON_FILE}, TODAY)
    bench.store.apply(adding(follow_up(FollowUpKind.CHECK_IN, "2026-12-01", id="usual")))
    bench.services.calling.record("luis", CallResult(outcome=Outcome.REPLIED))
    assert bench.store.require(FollowUp, "usual").due != when("2026-12-01")
    assert when("2027-02-23") in [one.due for one in owed(bench) if one.opening_id]


def test_a_call_can_end_with_the_resume_on_file(bench: Bench, openings: Openings) -> None:
    before = len(bench.saved)
    result = CallResult(outcome=Outcome.DECLINED, on_file=True)
    planned = bench.services.calling.plan("luis", result)
    assert [one.kind for one in planned.owed] == [FollowUpKind.CHECK_IN]
    bench.services.calling.record("luis", result)
    assert len(bench.saved) == before + 1
    assert only(openings.listed()).on_file
    assert only(owed(bench)).due == when("2027-02-23")


def test_the_letter_says_why_it_is_written_and_asks_for_nothing(bench: Bench, openings: Openings) -> None:
    openings.add({**FIELDS, "kind": ON_FILE}, TODAY)
    drafting, letter = bench.services.drafting, only(owed(bench))
    body = drafting.draft(letter).body
    assert "You kept my resume on file in November, and I'd like to keep you up to date." in body
    assert drafting.objection(letter, "", body) is None
    assert "opening" not in body
    usual = replace(letter, id="usual", note="", opening_id="")
    bench.store.apply(adding(usual))
    assert not any("on file" in reason.words for reason in drafting.reasons.proposed(usual))
    bench.services.following_up.delete(letter.id)
    assert any("on file" in reason.words for reason in drafting.reasons.proposed(usual))


def test_what_a_letter_of_its_own_says_is_offered_in_no_other(bench: Bench, openings: Openings) -> None:
    meeting = bench.services.interviewing.start_now("luis")
    assert meeting is not None
    bench.services.capturing.add(meeting.id, Capture(id="", kind=CaptureKind.ON_FILE, what=""))
    bench.clock.forward(minutes=10)
    bench.services.interviewing.end(meeting.id)
    bench.store.apply(adding(follow_up(FollowUpKind.CHECK_IN, "2026-12-01", id="usual")))
    reasons = bench.services.drafting.reasons
    offered = {
        bool(one.opening_id): [reason.words for reason in reasons.proposed(one)] for one in owed(bench)
    }
    assert offered == {
        True: ["You kept my resume on file in November, and I'd like to keep you up to date"],
        False: [],
    }
