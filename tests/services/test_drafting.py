from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain import message as messages
from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import CaptureKind, Channel, FollowUpKind, Mode, Outcome
from warmcall.services.calling import CallResult
from warmcall.services.drafting import Drafting

from tests.conftest import Bench
from tests.examples import capture, local, only
from tests.profiles import examples
from tests.services.follow_ups import added, get, owed

CALL, CHECK_IN, CONFIRM = FollowUpKind.CALL, FollowUpKind.CHECK_IN, FollowUpKind.CONFIRM
PROMISE, REPORT, THANKS = FollowUpKind.PROMISE, FollowUpKind.TELL_REFERRER, FollowUpKind.THANK_YOU


@pytest.fixture
def service(bench: Bench) -> Drafting:
    return bench.services.drafting


def test_a_draft_is_kept_as_it_was_written_and_undone_as_one(
    bench: Bench, mei: Contact, service: Drafting
) -> None:
    mine = added(bench, mei, PROMISE)
    for text in ("He", "Here", "Here it is ‹gap›."):
        bench.services.following_up.keep_draft(mine.id, "The article", text)
    kept = get(bench, mine)
    draft = service.draft(kept)
    assert (draft.subject, draft.body) == ("The article", "Here it is ‹gap›.")
    assert bench.services.history.undo() == "write"
    assert get(bench, mine) == mine


def test_the_thank_you_is_drafted_from_what_was_starred(
    bench: Bench, mei: Contact, met: Interview, service: Drafting
) -> None:
    for other_capture in (
        capture(CaptureKind.REFERRAL, "Teo Barlow"),
        capture(CaptureKind.PROMISE, "send you the survey"),
        capture(CaptureKind.RESUME, "keep it to one page."),
    ):
        bench.services.capturing.add(met.id, other_capture)
    draft = service.draft(only(owed(bench, mei, THANKS)))
    assert draft.gaps == ()
    assert draft.subject == "Thank you, Mei"
    for part in (
        "Dear Mei,", "today", "You told me ‹say it to them: “start at a small agency”›", "Teo Barlow",
        "I haven't forgotten the survey.", "Robin Vale",
        "what you advised, ‹say it to them: “keep it to one page”›",
    ):  # fmt: skip
        assert part in draft.body


def test_whoever_named_them_hears_when_they_met_and_nothing_that_was_said(
    bench: Bench, dana: Contact, met: Interview, service: Drafting
) -> None:
    draft = service.draft(only(owed(bench, dana, REPORT)))
    assert draft.gaps == ()
    assert draft.subject == "I spoke with Mei"
    for part in ("Dear Dana,", "Mei Tanaka", "We spoke today, and I see"):
        assert part in draft.body
    assert "small agency" not in draft.body


def test_a_check_in_is_drafted_from_its_reason_and_the_last_meeting(
    bench: Bench, mei: Contact, met: Interview, service: Drafting
) -> None:
    draft = service.draft(added(bench, mei, CHECK_IN, "I went to the Media Club."))
    assert draft.gaps == ()
    assert "I went to the Media Club. You helped me" in draft.body
    assert "small agency" not in draft.body
    assert service.draft(added(bench, mei, CHECK_IN)).gaps == ("follow_up.note",)


def test_a_confirmation_names_the_meeting_it_is_about(bench: Bench, mei: Contact, service: Drafting) -> None:
    bench.services.interviewing.arrange(
        mei.id, local("2026-12-03 14:00"), Mode.VIDEO, "https://meet.example.com"
    )
    draft = service.draft(only(owed(bench, mei, CONFIRM)))
    assert draft.gaps == ()
    for part in ("Thursday 3 December", "14:00", "by video", "https://meet.example.com", "twenty minutes"):
        assert part in draft.body


def test_what_is_not_written_has_an_empty_draft(bench: Bench, mei: Contact, service: Drafting) -> None:
    draft = service.draft(only(owed(bench, mei, CALL)))
    assert (draft.subject, draft.body, draft.gaps) == ("", "", ())


def test_a_draft_to_somebody_who_is_gone_is_empty(bench: Bench, mei: Contact, service: Drafting) -> None:
    mine = added(bench, mei, PROMISE)
    bench.services.address_book.delete(mei.id)
    assert service.draft(mine).body == ""


def test_values_without_a_meeting_leave_its_gaps(bench: Bench, mei: Contact, service: Drafting) -> None:
    values = service.values(mei)
    assert values["contact.name"] == "Mei Tanaka"
    assert not [name for name in values if name.startswith("meeting.")]


def test_a_letter_about_somebody_has_nothing_of_the_readers_own_talk(
    bench: Bench, dana: Contact, mei: Contact, met: Interview, service: Drafting
) -> None:
    values = service.values(dana, only(owed(bench, dana, REPORT)))
    assert not [name for name in values if name.startswith("meeting.")]
    assert (values["about.name"], values["about.when"]) == ("Mei Tanaka", "today")


def test_a_reader_without_an_email_gets_the_short_form_first(
    bench: Bench, mei: Contact, met: Interview, service: Drafting
) -> None:
    thanks = only(owed(bench, mei, THANKS))
    assert [template.id for template in service.templates(thanks)] == ["thank-you", "thank-you-message"]
    bench.services.address_book.edit(mei.id, {"email": ""})
    assert [template.id for template in service.templates(thanks)] == ["thank-you-message", "thank-you"]
    assert service.draft(thanks).subject == ""


def test_a_second_ask_knows_the_first_until_it_is_answered(bench: Bench, mei: Contact) -> None:
    template, service = bench.services.library.messages["ask-email"], bench.services.drafting
    sent = CallResult(outcome=Outcome.SENT, channel=Channel.EMAIL, body="Dear Mei")
    bench.services.calling.record(mei.id, sent)
    bench.clock.forward(days=9)
    again = messages.draft(template, service.values(mei))
    assert again.subject == "A second, shorter note"
    assert "I wrote to you on Monday 23 November, and" in again.body
    bench.services.calling.record(mei.id, CallResult(outcome=Outcome.REPLIED, channel=Channel.EMAIL))
    assert messages.draft(template, service.values(mei)).subject == "Learning about your work"


@pytest.mark.parametrize(
    ("channel", "outcome", "begins"),
    [
        (Channel.PHONE, Outcome.REPLIED, "We spoke on the phone on Monday, and you said I could write. "),
        (Channel.EMAIL, Outcome.REPLIED, "Dana Whitfield suggested I talk to you. "),
        (Channel.PHONE, Outcome.NO_ANSWER, "Dana Whitfield suggested I talk to you. "),
    ],
)
def test_somebody_who_asked_for_a_letter_on_the_phone_is_reminded_of_it(
    bench: Bench, mei: Contact, channel: Channel, outcome: Outcome, begins: str
) -> None:
    template, service = bench.services.library.messages["ask-email"], bench.services.drafting
    bench.services.calling.record(mei.id, CallResult(outcome=outcome, channel=channel))
    bench.clock.forward(days=1)
    assert f"Dear Mei,\n\n{begins}I'm " in messages.draft(template, service.ask_values(mei)).body


def test_somebody_met_is_asked_as_one_knows_them(bench: Bench, mei: Contact, met: Interview) -> None:
    template, service = bench.services.library.messages["ask-email"], bench.services.drafting
    draft = messages.draft(template, service.ask_values(mei))
    assert (draft.subject, "We spoke today" in draft.body) == ("A few more questions", True)


SAID = "half of it is reading other people's plans"


def test_somebody_elses_words_are_remarked_on_and_hold_a_letter_back_once(
    bench: Bench, dana: Contact, mei: Contact, service: Drafting
) -> None:
    talk = bench.services.interviewing.start_now(mei.id)
    assert talk is not None
    bench.services.interview_notes.write(talk.id, talk.checklist[0].id, SAID)
    bench.services.interviewing.end(talk.id)
    letter = added(bench, dana, PROMISE, "the article")
    body, following_up = f"Dear Dana, {SAID}.", bench.services.following_up
    remark = "“half of it is reading other …” are Mei Tanaka's words: remove them"
    assert remark in [found.what for found in service.review(letter, "Hello", body)]
    template = bench.services.library.messages["ask-email"]
    assert remark in [found.what for found in service.review_ask(dana, template, "Hello", body)]
    assert remark not in [found.what for found in service.review_ask(mei, template, "Hello", body)]
    assert following_up.sent(letter.id, "Hello", body) == remark
    assert following_up.sent(letter.id, "Hello", body, anyway=True) == ""


def test_a_letter_written_the_day_before_is_remarked_on_where_it_says_today(
    bench: Bench, mei: Contact, met: Interview, service: Drafting
) -> None:
    thanks = only(owed(bench, mei, THANKS))
    body, what = service.draft(thanks).body, "You spoke on Monday, and it says “today”: change the day"
    assert what not in [found.what for found in service.review(thanks, "", body)]
    bench.clock.forward(days=1)
    assert what in [found.what for found in service.review(thanks, "", body)]


def fitting(service: Drafting, contact: Contact) -> list[tuple[str, str]]:
    return [
        (choice.template.id, choice.about.name if choice.about else "")
        for choice in service.letters_for(contact)
    ]


def test_the_letters_that_fit_follow_from_what_happened(
    bench: Bench, dana: Contact, mei: Contact, service: Drafting
) -> None:
    calling = bench.services.calling
    assert fitting(service, mei) == []
    calling.record(mei.id, CallResult(outcome=Outcome.SENT, channel=Channel.EMAIL))
    calling.record(mei.id, CallResult(outcome=Outcome.REPLIED, channel=Channel.EMAIL))
    assert fitting(service, mei) == [("settle-time", "")]
    calling.record(mei.id, CallResult(outcome=Outcome.REFERRED, person="Ana Ruiz"))
    assert ("thanks-for-name", "Ana Ruiz") in fitting(service, mei)
    calling.record(mei.id, CallResult(outcome=Outcome.DECLINED))
    assert ("thanks-for-no", "") in fitting(service, mei)
    bench.services.interviewing.arrange(dana.id, local("2026-11-24 14:00"), Mode.PHONE, "")
    assert fitting(service, dana)[0] == ("late-email", "")


def test_everybody_who_helped_gets_a_letter_on_the_decision_as_one_change(
    bench: Bench, mei: Contact, met: Interview, service: Drafting
) -> None:
    saved = len(bench.saved)
    assert bench.services.following_up.add_decided() == 2
    assert len(bench.saved) == saved + 1
    letter = only(owed(bench, mei, FollowUpKind.OTHER))
    assert (letter.letter, service.draft(letter).subject) == ("decided", "What I've decided")
    assert bench.services.following_up.add_decided() == 0
    assert bench.services.history.undo() == "letters: what I decided"
    assert owed(bench, mei, FollowUpKind.OTHER) == []


_WORDS = st.lists(
    st.sampled_from([*"abcdefgh", "‹", "›", "“", "”", "{me.name}", "[", ".", "\n"]), max_size=14
)


@examples(10, 60)
@given(_WORDS.map(" ".join), _WORDS.map(" ".join))
def test_no_words_of_one_persons_notes_stand_in_a_letter_to_another(
    library: Library, said_by_mei: str, said_by_dana: str
) -> None:
    bench = Bench(library)
    book, service = bench.services.address_book, bench.services.drafting
    dana = book.add({"name": "Dana Whitfield", "kind": "connector", "email": "dana@example.org"})
    mei = book.add({"name": "Mei Tanaka", "referrer_id": dana.id, "email": "mei@example.com"})
    for person, said, mark in ((dana, said_by_dana, "zebra"), (mei, said_by_mei, "quagga")):
        talk = bench.services.interviewing.start_now(person.id)
        assert talk is not None
        for question in talk.checklist:
            bench.services.interview_notes.write(talk.id, question.id, f"{mark} {said}")
            bench.services.checklists.star(talk.id, question.id)
        for kind in (CaptureKind.PROMISE, CaptureKind.RESUME, CaptureKind.ON_FILE):
            bench.services.capturing.add(talk.id, capture(kind, f"{mark} {said}"))
        bench.services.interviewing.end(talk.id)
    bench.services.following_up.add_decided()
    for person, secret in ((dana, "quagga"), (mei, "zebra")):
        for choice in service.letters_for(person):
            about_id = choice.about.id if choice.about else ""
            bench.services.following_up.add_letter(person.id, choice.template, about_id)
        added(bench, person, CHECK_IN)
        drafts = [
            service.draft(follow_up, template.id)
            for follow_up in owed(bench, person)
            for template in service.templates(follow_up)
        ]
        asks = library.messages_for(messages.Purpose.ASK)
        drafts += [messages.draft(template, service.ask_values(person)) for template in asks]
        for draft in drafts:
            outside = re.sub("‹[^‹›]*›", "", f"{draft.subject}\n{draft.body}")
            assert secret not in draft.subject + draft.body
            assert "‹" not in outside
            assert "›" not in outside
