"""What is marked "not to repeat" stays here: each way out of the program is tried."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from warmcall.domain.answers import answer_id
from warmcall.domain.records import Contact, Interview
from warmcall.domain.vocabulary import FollowUpKind, Mode
from warmcall.formats.address_book_files import google_csv, vcards
from warmcall.formats.icalendar import calendar_file
from warmcall.formats.markdown import markdown
from warmcall.formats.tables import as_json, contacts_csv
from warmcall.presentation.briefing import briefing
from warmcall.presentation.closing import closing_page
from warmcall.presentation.full_record import full_record
from warmcall.presentation.interview import others_answers
from warmcall.widgets.rich_text import RichPart

from tests.conftest import Bench
from tests.examples import local, question, when

SECRET = "start at a small agency"


def letters(bench: Bench, kind: FollowUpKind) -> str:
    drafting = bench.services.drafting
    owed = [follow_up for follow_up in bench.store.open_follow_ups() if follow_up.kind is kind]
    drafts = [
        drafting.draft(follow_up, template.id)
        for follow_up in owed
        for template in drafting.templates(follow_up)
    ]
    return "\n".join(f"{draft.subject}\n{draft.body}" for draft in drafts)


def check_ins(bench: Bench, mei: Contact) -> str:
    bench.services.following_up.add(mei.id, FollowUpKind.CHECK_IN, when("2026-11-23"), "")
    owed = bench.store.open_of_contact(mei.id, FollowUpKind.CHECK_IN)
    reasons = [reason.words for one in owed for reason in bench.services.drafting.reasons.proposed(one)]
    return letters(bench, FollowUpKind.CHECK_IN) + "\n".join(reasons)


def page_before_the_next_talk(bench: Bench, mei: Contact) -> str:
    coming = bench.services.interviewing.arrange(mei.id, local("2026-12-03 14:00"), Mode.PHONE, "")
    assert coming is not None
    return markdown(briefing(bench.services, coming)) + "\n".join(asked.ask for asked in coming.checklist)


def beside_another_talk(bench: Bench, mei: Contact) -> str:
    first = bench.store.of_contact(Interview, mei.id)[0].checklist[0]
    ana = bench.services.address_book.add({"name": "Ana"})
    talk = bench.services.interviewing.start_now(ana.id)
    assert talk is not None
    return _plain(others_answers(bench.services, talk, question(first.id)))


def said_back_at_the_close(bench: Bench, mei: Contact) -> str:
    (met,) = bench.store.of_contact(Interview, mei.id)
    return _plain(closing_page(bench.services, met, mei, "", str))


def _plain(parts: list[RichPart]) -> str:
    return "".join(part if isinstance(part, str) else part[0] for part in parts)


def other_files(bench: Bench, _mei: Contact) -> str:
    store, time = bench.store, bench.services.time
    calendar = calendar_file(store, time.now(), time.calendar, notes=True)
    return contacts_csv(store) + google_csv(store) + vcards(store) + calendar


WAYS: list[Callable[[Bench, Contact], str]] = [
    lambda bench, _mei: letters(bench, FollowUpKind.THANK_YOU),
    check_ins,
    lambda bench, _mei: markdown(full_record(bench.services)),
    page_before_the_next_talk,
    beside_another_talk,
    said_back_at_the_close,
]


@pytest.mark.parametrize("marked", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_an_answer_gets_out_unless_it_is_not_to_be_repeated(
    bench: Bench, mei: Contact, met: Interview, way: Callable[[Bench, Contact], str], marked: bool
) -> None:
    if marked:
        bench.services.answer_marking.toggle_not_to_repeat(answer_id(met.id, met.checklist[0].id))
    assert (SECRET in way(bench, mei)) is not marked


def test_no_answer_is_in_the_files_of_contacts_and_calendars(
    bench: Bench, mei: Contact, met: Interview
) -> None:
    assert "Mei Tanaka" in other_files(bench, mei)
    assert SECRET not in other_files(bench, mei)


def test_a_backup_has_everything(bench: Bench, met: Interview) -> None:
    bench.services.answer_marking.toggle_not_to_repeat(answer_id(met.id, met.checklist[0].id))
    assert SECRET in as_json(bench.store)


def test_a_letter_written_before_it_was_marked_is_held_back_once(
    bench: Bench, mei: Contact, met: Interview
) -> None:
    (thanks,) = bench.store.open_of_contact(mei.id, FollowUpKind.THANK_YOU)
    body = "Dear Mei, you said one should start at a small agency first. Yours, Robin"
    words = "one should start at a small agency"
    bench.services.interview_notes.write(met.id, met.checklist[0].id, f"[03] {words}")
    assert bench.services.drafting.objection(thanks, "Thank you", body) is None
    bench.services.answer_marking.toggle_not_to_repeat(answer_id(met.id, met.checklist[0].id))
    found = bench.services.drafting.objection(thanks, "Thank you", body)
    assert found is not None
    assert "not to repeat" in found.what
    assert not found.firm
    remarks = [remark.what for remark in bench.services.drafting.review(thanks, "Thank you", body)]
    assert found.what in remarks
    assert not any("your notes" in remark.casefold() for remark in remarks)


@pytest.mark.parametrize("marked", [False, True])
def test_a_thank_you_is_not_asked_to_name_what_may_not_be_repeated(
    bench: Bench, mei: Contact, met: Interview, marked: bool
) -> None:
    if marked:
        bench.services.answer_marking.toggle_not_to_repeat(answer_id(met.id, met.checklist[0].id))
    (thanks,) = bench.store.open_of_contact(mei.id, FollowUpKind.THANK_YOU)
    remarks = bench.services.drafting.review(thanks, "Thank you", "Dear Mei, thank you for the call.")
    assert any(remark.what.startswith("Name one thing they said") for remark in remarks) is not marked
