from __future__ import annotations

import pytest

from tests.conftest import Made
from tests.examples import only
from tui.domain.reasons import ReasonKind
from tui.domain.records import Capture, Contact, FollowUp, Interview
from tui.domain.sending import ASK_WHY
from tui.domain.vocabulary import CaptureKind, FollowUpKind

CHECK_IN = FollowUpKind.CHECK_IN
GAP = "‹the reason you write›"


@pytest.fixture
def mei(made: Made) -> Contact:
    made.desk.targeting.save({"name": "Robin Vale", "role": "Media Planner"})
    return made.desk.address_book.add({"name": "Mei Tanaka"})


def meet(made: Made, contact: Contact, said: str = "") -> Interview:
    """Hold a meeting of twenty minutes now, with a starred answer if anything was said."""
    begun = made.desk.interviewing.begin_now(contact.id)
    assert begun is not None
    if said:
        first = begun.checklist[0].id
        made.desk.interviewing.write_notes(begun.id, first, said)
        made.desk.interviewing.star(begun.id, first)
    made.clock.forward(minutes=20)
    made.desk.interviewing.end(begun.id)
    return begun


def check_in(made: Made, contact: Contact, note: str = "") -> FollowUp:
    made.desk.following_up.add(contact.id, CHECK_IN, made.clock.now(), False, note)
    owed = made.book.of_contact(FollowUp, contact.id)
    return only(one for one in owed if one.kind is CHECK_IN and one.done_at is None)


def again(made: Made, follow_up: FollowUp) -> FollowUp:
    found = made.book.get(FollowUp, follow_up.id)
    assert found is not None
    return found


def take_down(made: Made, meeting: Interview, kind: CaptureKind, what: str) -> None:
    made.desk.capturing.take_down(meeting.id, Capture(id="", kind=kind, what=what))


def test_reasons_come_from_the_whole_book(made: Made, mei: Contact) -> None:
    meeting = meet(made, mei, "start small.")
    take_down(made, meeting, CaptureKind.PROMISE, "send the survey")
    promise = only(one for one in made.book.of_contact(FollowUp, mei.id) if one.kind is FollowUpKind.PROMISE)
    take_down(made, meeting, CaptureKind.REFERRAL, "Ana Ruiz")
    ana = only(one for one in made.book.all(Contact) if one.name == "Ana Ruiz")
    made.clock.forward(days=1)
    made.desk.following_up.done(promise.id)
    meet(made, ana)
    made.clock.forward(days=1)
    made.desk.targeting.save({"role": "Editor"})
    found = made.desk.following_up.reasons.proposed(check_in(made, mei))
    assert [(one.kind, one.words) for one in found] == [
        (ReasonKind.ADVICE, "I've done what I said I would: send the survey"),
        (ReasonKind.MET, "I've talked with Ana Ruiz, whose name you gave me"),
        (
            ReasonKind.TARGET,
            "our talk helped me see more clearly what I aim at: the work of an Editor",
        ),
        (ReasonKind.SAID, "I keep coming back to what you said: start small"),
    ]


def test_only_a_check_in_is_given_reasons(made: Made, mei: Contact) -> None:
    meet(made, mei, "start small")
    for owed in made.book.of_contact(FollowUp, mei.id):
        assert made.desk.following_up.reasons.proposed(owed) == ()


def test_taking_a_reason_is_one_change_and_one_undo(made: Made, mei: Contact) -> None:
    owed = check_in(made, mei)
    service = made.desk.following_up
    saved = len(made.saved)
    service.reasons.take(owed.id, " I took your advice ")
    assert len(made.saved) == saved + 1
    assert "why I'm writing: I took your advice." in service.draft(again(made, owed)).body
    assert made.desk.history.undo() == "reason to write"
    assert GAP in service.draft(again(made, owed)).body
    service.reasons.take("gone", "nothing")
    assert len(made.saved) == saved + 2


def test_a_written_text_keeps_its_words_around_the_reason(made: Made, mei: Contact) -> None:
    owed, service = check_in(made, mei), made.desk.following_up
    service.keep_draft(owed.id, "Hello", f"Dear Mei, {GAP}. Bye")
    service.reasons.take(owed.id, "I took your advice")
    assert again(made, owed).body == "Dear Mei, I took your advice. Bye"
    assert service.reasons.fits_in(again(made, owed), "I read it")
    service.reasons.take(owed.id, "I read the paper.")
    assert (again(made, owed).body, again(made, owed).subject) == ("Dear Mei, I read the paper. Bye", "Hello")
    service.keep_draft(owed.id, "Hello", "Dear Mei, all is new.")
    assert not service.reasons.fits_in(again(made, owed), "I read it")
    service.reasons.take(owed.id, "I read it")
    assert again(made, owed).body == "Dear Mei, all is new."
    service.reasons.take(owed.id, "I saw it", anew=True)
    assert (again(made, owed).subject, again(made, owed).body) == ("", "")
    made.desk.history.undo()
    assert again(made, owed).body == "Dear Mei, all is new."


def test_what_has_happened_since_stands_in_the_draft_but_not_twice(made: Made, mei: Contact) -> None:
    meeting = meet(made, mei, "start small")
    take_down(made, meeting, CaptureKind.PROMISE, "send the survey")
    made.clock.forward(hours=1)
    for owed in made.book.of_contact(FollowUp, mei.id):
        if owed.kind is FollowUpKind.PROMISE:
            made.desk.following_up.done(owed.id)
    service = made.desk.following_up
    body = service.draft(check_in(made, mei, "the fair was good")).body
    assert "There's this, too: I've done what I said I would: send the survey." in body
    assert "when we spoke: start small." in body
    owed = again(made, only(one for one in made.book.all(FollowUp) if one.kind is CHECK_IN))
    for reason in service.reasons.proposed(owed):
        service.reasons.take(owed.id, reason.words)
        text = service.draft(again(made, owed)).body
        assert text.count("send the survey") == 1
        assert text.count("start small") == 1


@pytest.mark.parametrize(
    ("note", "written", "said"),
    [
        ("", "Dear Mei, how are you?", ASK_WHY),
        ("any openings at your place?", "Dear Mei.", "Give another reason to write: this one asks for a job"),
        ("", "Here's why I'm writing: do you know of any openings?",
         "Give another reason to write: this one asks for a job"),
    ],
)  # fmt: skip
def test_a_check_in_does_not_go_out_without_a_reason_whatever_is_said(
    made: Made, mei: Contact, note: str, written: str, said: str
) -> None:
    owed = check_in(made, mei, note)
    assert made.desk.following_up.sent(owed.id, "Hello", written) == said
    assert made.desk.following_up.sent(owed.id, "Hello", written, anyway=True) == said
    assert again(made, owed).done_at is None


def test_a_reason_typed_into_the_text_is_kept_with_what_was_sent(made: Made, mei: Contact) -> None:
    owed, service = check_in(made, mei), made.desk.following_up
    written = service.draft(owed).body.replace(GAP, "I took your advice")
    assert [one.what for one in service.look_over(owed, "Since we last spoke", written)] == []
    assert service.sent(owed.id, "Hello", written) == ""
    assert (again(made, owed).note, again(made, owed).body) == ("I took your advice", written)


def test_a_gap_goes_out_only_when_told_to(made: Made, mei: Contact) -> None:
    made.desk.following_up.add(mei.id, FollowUpKind.CONFIRM, made.clock.now(), False, "")
    owed = only(one for one in made.book.all(FollowUp) if one.kind is FollowUpKind.CONFIRM)
    service = made.desk.following_up
    assert service.sent(owed.id, "", "Dear ‹their name›").startswith("Fill the gaps")
    assert service.sent(owed.id, "", " ", anyway=True) == "there is nothing in it yet"
    assert service.sent(owed.id, "", "Dear ‹their name›", anyway=True) == ""
    assert again(made, owed).body == "Dear ‹their name›"
