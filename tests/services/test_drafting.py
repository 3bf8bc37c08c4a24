from __future__ import annotations

import pytest
from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind, Mode
from warmcall.services.drafting import Drafting

from tests.conftest import Bench
from tests.examples import capture, local, only
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
    for part in ("Dear Dana,", "Mei Tanaka", "We spoke today, for the twenty minutes"):
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
