from __future__ import annotations

from datetime import date

import pytest
from warmcall.domain.records import AnyRecord, Debrief, replace
from warmcall.domain.vocabulary import FollowUpKind, OpeningEnd, Outcome, QuestionState
from warmcall.formats.markdown import markdown
from warmcall.presentation.full_record import full_record

from tests.conftest import Bench
from tests.examples import LUIS, ME, NOW, REFERRER, adding, attempt, follow_up, interview, opening, question
from tests.presentation.test_briefing import EARLIER, MEETING, MEI, TARGET


def text_of(bench: Bench, *records: AnyRecord) -> str:
    bench.store.apply(adding(*records))
    return markdown(full_record(bench.services))


def test_the_full_record_has_contacts_history_and_answers_of_everyone_by_name(bench: Bench) -> None:
    bench.store.apply(
        adding(
            ME, TARGET, REFERRER, MEI, EARLIER, MEETING,
            replace(EARLIER, id="practised", practice=True, notes={"a": "Only practice."}),
            attempt(
                "2026-11-19 16:10", Outcome.SCHEDULED, contact_id="mei", note="Said yes.", body="Dear Mei"
            ),
            follow_up(FollowUpKind.CONFIRM, "2026-11-23", contact_id="mei"),
        )
    )  # fmt: skip
    found = full_record(bench.services)
    titles = [section.title for section in found.sections]
    assert titles == [
        "Target", "Dana Whitfield", "History", "Mei Tanaka", "History", "To do", "Answers, 2026-10-06 10:00",
    ]  # fmt: skip
    text = markdown(found)
    for words in (
        "- Source: named by Dana Whitfield", "2026-11-19 16:10 · phone: an interview was set",
        "  - Said yes.",
        "  - Dear Mei", "- ★ What fills a day?", "  - spreadsheets.", "  - Not starred.",
        "2026-11-23 · confirm the interview", "2026-11-24 14:00 · interview by video, planned",
    ):  # fmt: skip
        assert words in text, words
    assert "Only practice." not in text


def test_what_is_known_of_a_contact_is_in_the_record(bench: Bench) -> None:
    known = replace(
        LUIS, goes_by="Lu", found="the Media Club", why="lead a team", connected_on=date(2019, 3, 4)
    )
    text = text_of(bench, known)
    for words in ("Goes by: Lu", "Found: the Media Club", "Why: lead a team", "Connected on: 2019-03-04"):
        assert f"- {words}" in text, words


def test_openings_they_told_of_are_in_the_record(bench: Bench) -> None:
    told = opening("2026-11-03", what="Buyer", organization="Two Lamps", note="From spring on.")
    closed = replace(told, closed=OpeningEnd.APPLIED, closed_on=date(2026, 11, 9))
    kept = opening("2026-11-20", id="kept", on_file=True)
    text = text_of(bench, LUIS, closed, kept)
    assert "- 2026-11-03 · Buyer at Two Lamps, applied 2026-11-09\n  - From spring on.\n" in text
    assert "- 2026-11-20 · resume on file\n" in text


def test_an_empty_store_gives_a_document_that_says_so(bench: Bench) -> None:
    found = full_record(bench.services)
    assert (found.title, found.lines, found.sections) == (
        "warmcall", ("0 contacts, written 2026-11-23 09:00",), (),
    )  # fmt: skip


def test_the_target_is_left_out_while_it_is_empty(bench: Bench) -> None:
    assert "Target" not in text_of(
        bench, replace(TARGET, role="", industry="", place="", why="", research="")
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "2026-11-26 09:00 · interview by phone, planned"),
        ({"cancelled": True}, "2026-11-26 09:00 · interview by phone, cancelled"),
    ],
)
def test_a_meeting_that_was_not_held_says_so(bench: Bench, changes: dict[str, bool], words: str) -> None:
    assert words in text_of(bench, LUIS, replace(interview("2026-11-26 09:00"), **changes))


def test_a_meeting_is_under_way_and_then_has_taken_its_time(bench: Bench) -> None:
    bench.store.apply(adding(LUIS, interview(NOW, checklist=(question("a"),))))
    bench.services.interviewing.start("meeting")
    assert "2026-11-23 09:00 · interview by phone, under way" in markdown(full_record(bench.services))
    bench.clock.forward(minutes=19)
    bench.services.interviewing.end("meeting")
    assert "2026-11-23 09:00 · interview by phone, took 19:00" in markdown(full_record(bench.services))


def test_the_debrief_and_the_general_notes_are_there(bench: Bench) -> None:
    held = interview(
        ended_at=NOW,
        checklist=(question("a", state=QuestionState.ASKED), question("b", state=QuestionState.SKIPPED)),
        notes={"": "Kind."},
        debrief=Debrief(learned="Much.", changes="The place.", next="Ana", fit=4, confidence=2),
    )
    text = text_of(bench, LUIS, held)
    for line in (
        "- What about a?", "- General notes\n  - Kind.", "- Learned\n  - Much.",
        "- What it changes\n  - The place.", "- Whom to talk to next\n  - Ana", "- Fit\n  - 4 of 5",
        "- Confidence\n  - 2 of 5",
    ):  # fmt: skip
        assert line in text, line
    assert "What about b?" not in text


def test_what_was_done_is_history_and_what_was_dropped_is_not(bench: Bench) -> None:
    text = text_of(
        bench,
        LUIS,
        follow_up(FollowUpKind.THANK_YOU, done_at=NOW, body="Thank you."),
        follow_up(FollowUpKind.CHECK_IN, done_at=NOW, dropped=True),
    )
    assert "2026-11-23 09:00 · thank-you: done\n  - Thank you." in text
    assert "keep in touch" not in text
