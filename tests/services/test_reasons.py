from __future__ import annotations

import pytest
from warmcall.domain.objections import ASK_WHY
from warmcall.domain.reasons import ReasonKind
from warmcall.domain.records import Capture, Contact, FollowUp, Interview
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind

from tests.conftest import Bench
from tests.examples import only, when

CHECK_IN = FollowUpKind.CHECK_IN
GAP = "‹the reason you write›"


@pytest.fixture
def mei(bench: Bench) -> Contact:
    bench.services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner"})
    return bench.services.address_book.add({"name": "Mei Tanaka", "email": "mei@example.com"})


def meet(bench: Bench, contact: Contact, said: str = "") -> Interview:
    """Hold a meeting of twenty minutes now, with a starred answer if anything was said."""
    started = bench.services.interviewing.start_now(contact.id)
    assert started is not None
    if said:
        first = started.checklist[0].id
        bench.services.interview_notes.write(started.id, first, said)
        bench.services.checklists.star(started.id, first)
    bench.clock.forward(minutes=20)
    bench.services.interviewing.end(started.id)
    return started


def check_in(bench: Bench, contact: Contact, note: str = "") -> FollowUp:
    bench.services.following_up.add(contact.id, CHECK_IN, when("2026-11-23"), note)
    owed = bench.store.of_contact(FollowUp, contact.id)
    return only(follow_up for follow_up in owed if follow_up.kind is CHECK_IN and follow_up.done_at is None)


def again(bench: Bench, follow_up: FollowUp) -> FollowUp:
    found = bench.store.get(FollowUp, follow_up.id)
    assert found is not None
    return found


def capture(bench: Bench, meeting: Interview, kind: CaptureKind, what: str) -> None:
    bench.services.capturing.add(meeting.id, Capture(id="", kind=kind, what=what))


def test_reasons_come_from_the_whole_book(bench: Bench, mei: Contact) -> None:
    meeting = meet(bench, mei, "start small.")
    capture(bench, meeting, CaptureKind.PROMISE, "send the survey")
    promise = only(
        follow_up
        for follow_up in bench.store.of_contact(FollowUp, mei.id)
        if follow_up.kind is FollowUpKind.PROMISE
    )
    capture(bench, meeting, CaptureKind.REFERRAL, "Ana Ruiz")
    ana = only(contact for contact in bench.store.all(Contact) if contact.name == "Ana Ruiz")
    bench.clock.forward(days=1)
    bench.services.following_up.done(promise.id)
    meet(bench, ana)
    bench.clock.forward(days=1)
    bench.services.profile_editing.save({"role": "Editor"})
    found = bench.services.drafting.reasons.proposed(check_in(bench, mei))
    assert [(reason.kind, reason.words) for reason in found] == [
        (ReasonKind.ADVICE, "I hope you found the survey useful"),
        (ReasonKind.MET, "I've talked with Ana Ruiz, whose name you gave me"),
        (
            ReasonKind.TARGET,
            "Our talk helped me see more clearly what I aim at, the work of an Editor",
        ),
        (ReasonKind.SAID, "I keep coming back to what you said, ‹say it to them: “start small”›"),
    ]


def test_only_a_check_in_is_given_reasons(bench: Bench, mei: Contact) -> None:
    meet(bench, mei, "start small")
    for owed in bench.store.of_contact(FollowUp, mei.id):
        assert bench.services.drafting.reasons.proposed(owed) == ()


def test_taking_a_reason_is_one_change_and_one_undo(bench: Bench, mei: Contact) -> None:
    owed = check_in(bench, mei)
    drafting = bench.services.drafting
    saved = len(bench.saved)
    drafting.reasons.set(owed.id, " I took your advice ")
    assert len(bench.saved) == saved + 1
    assert "\n\nI took your advice. You helped me" in drafting.draft(again(bench, owed)).body
    assert bench.services.history.undo() == "reason to write"
    assert GAP in drafting.draft(again(bench, owed)).body
    drafting.reasons.set("gone", "nothing")
    assert len(bench.saved) == saved + 2


def test_a_written_text_keeps_its_words_around_the_reason(bench: Bench, mei: Contact) -> None:
    owed = check_in(bench, mei)
    service, drafting = bench.services.following_up, bench.services.drafting
    service.keep_draft(owed.id, "Hello", f"Dear Mei, {GAP}. Bye")
    drafting.reasons.set(owed.id, "I took your advice")
    assert again(bench, owed).body == "Dear Mei, I took your advice. Bye"
    assert drafting.reasons.fits_in(again(bench, owed), "I read it")
    drafting.reasons.set(owed.id, "I read the paper.")
    assert (again(bench, owed).body, again(bench, owed).subject) == (
        "Dear Mei, I read the paper. Bye",
        "Hello",
    )
    service.keep_draft(owed.id, "Hello", "Dear Mei, all is new.")
    assert not drafting.reasons.fits_in(again(bench, owed), "I read it")
    drafting.reasons.set(owed.id, "I read it")
    assert again(bench, owed).body == "Dear Mei, all is new."
    drafting.reasons.set(owed.id, "I saw it", redraft=True)
    assert (again(bench, owed).subject, again(bench, owed).body) == ("", "")
    bench.services.history.undo()
    assert again(bench, owed).body == "Dear Mei, all is new."


def test_what_has_happened_since_stands_in_the_draft_but_not_twice(bench: Bench, mei: Contact) -> None:
    meeting = meet(bench, mei, "start small")
    capture(bench, meeting, CaptureKind.PROMISE, "send the survey")
    bench.clock.forward(hours=1)
    for owed in bench.store.of_contact(FollowUp, mei.id):
        if owed.kind is FollowUpKind.PROMISE:
            bench.services.following_up.done(owed.id)
    drafting = bench.services.drafting
    body = drafting.draft(check_in(bench, mei, "I went to the fair")).body
    assert "I went to the fair. I hope you found the survey useful. You helped me" in body
    assert "start small" not in body
    owed = again(
        bench, only(follow_up for follow_up in bench.store.all(FollowUp) if follow_up.kind is CHECK_IN)
    )
    for reason in drafting.reasons.proposed(owed):
        drafting.reasons.set(owed.id, reason.words)
        text = drafting.draft(again(bench, owed)).body
        assert text.count("the survey") == 1
        assert text.count("start small") < 2


@pytest.mark.parametrize(
    ("note", "written", "said"),
    [
        ("", "Dear Mei, how are you?", ASK_WHY),
        ("any openings at your place?", "Dear Mei.", "Give another reason to write: this one asks for a job"),
        ("", "Do you know of any openings?. You helped me on the way, and I haven't forgotten it.",
         "Give another reason to write: this one asks for a job"),
    ],
)  # fmt: skip
def test_a_check_in_does_not_go_out_without_a_reason_whatever_is_said(
    bench: Bench, mei: Contact, note: str, written: str, said: str
) -> None:
    owed = check_in(bench, mei, note)
    assert bench.services.following_up.sent(owed.id, "Hello", written) == said
    assert bench.services.following_up.sent(owed.id, "Hello", written, anyway=True) == said
    assert again(bench, owed).done_at is None


def test_a_reason_typed_into_the_text_is_kept_with_what_was_sent(bench: Bench, mei: Contact) -> None:
    owed = check_in(bench, mei)
    service, drafting = bench.services.following_up, bench.services.drafting
    written = drafting.draft(owed).body.replace(GAP, "I took your advice")
    assert [remark.what for remark in drafting.review(owed, "Since we last spoke", written)] == []
    assert service.sent(owed.id, "Hello", written) == ""
    assert (again(bench, owed).note, again(bench, owed).body) == ("I took your advice", written)


def test_a_gap_is_not_sent_whoever_insists(bench: Bench, mei: Contact) -> None:
    bench.services.following_up.add(mei.id, FollowUpKind.CONFIRM, when("2026-11-23"), "")
    owed = only(
        follow_up for follow_up in bench.store.all(FollowUp) if follow_up.kind is FollowUpKind.CONFIRM
    )
    service = bench.services.following_up
    assert service.sent(owed.id, "", "Dear ‹their name›").startswith("Say ‹their name› in your")
    assert service.sent(owed.id, "", " ", anyway=True) == "there is nothing in it yet"
    assert service.sent(owed.id, "", "Dear ‹their name›", anyway=True).startswith("Say ‹their name›")
    assert again(bench, owed).done_at is None
