"""People as lines of text, to be read in a pipe or heard."""

from __future__ import annotations

from datetime import timedelta

from warmcall.domain.countdown import Countdown
from warmcall.domain.records import AnyRecord, Debrief
from warmcall.domain.vocabulary import FollowUpKind, Outcome, Posting, QuestionState
from warmcall.presentation.plain_people import owed_line, people_lines, pool_line, whole_person
from warmcall.widgets.rich_text import plain_text

from tests.conftest import Bench
from tests.examples import (
    LUIS,
    NOW,
    REFERRER,
    adding,
    advice,
    attempt,
    contact,
    follow_up,
    interview,
    opening,
    organization,
    pool_person,
    question,
)
from tests.services.test_report import mark


def whole(bench: Bench, *records: AnyRecord) -> list[str]:
    """Return the lines of Luis Ortega, with spaces at their beginning."""
    bench.store.apply(adding(*records))
    luis = bench.store.contact("luis")
    assert luis is not None
    lines = whole_person(bench.services, luis, {"call": "cal"})
    return ["".join(part if isinstance(part, str) else part[0] for part in line) for line in lines]


def test_a_person_is_a_line_with_id_name_work_stage_and_what_is_owed_first(bench: Bench) -> None:
    mei = contact(id="mei", name="Mei Tanaka")
    call = follow_up(FollowUpKind.CALL, "2026-11-20", why="try 2 of 3")
    bench.store.apply(adding(LUIS, mei, attempt("2026-11-17 10:05", Outcome.VOICEMAIL), call))
    assert [plain_text(line) for line in people_lines(bench.services, (LUIS, mei))] == [
        "luis  Luis Ortega · Account Director, Parkway & Sons · asked · call 3 days late, try 2 of 3",
        "mei   Mei Tanaka · new · nothing owed",
    ]
    nora = pool_person(title="Buyer", organization="Two Lamps")
    assert plain_text(pool_line(nora, "nora", 4)) == "nora  Nora Feld · Buyer, Two Lamps · pool"


def test_what_is_owed_says_what_when_and_why_once(bench: Bench) -> None:
    meeting = interview("2026-11-24 14:00")
    bench.store.apply(adding(LUIS, meeting))
    owed = {
        "interview tomorrow 14:00, by phone": follow_up(
            FollowUpKind.INTERVIEW, "2026-11-24 14:00", interview_id="meeting"
        ),
        "promise Wed 25 Nov, the article (theirs)": follow_up(
            FollowUpKind.PROMISE, "2026-11-25", note="the article", waiting=True
        ),
        "lend a book today": follow_up(FollowUpKind.OTHER, note="lend a book"),
        "thank-you today": follow_up(FollowUpKind.THANK_YOU),
    }
    assert [owed_line(bench.services, one) for one in owed.values()] == list(owed)


def test_one_person_whole_has_a_fact_a_line_and_the_history_the_newest_first(bench: Bench) -> None:
    talk = interview(
        "2026-11-20 10:00",
        id="talk luis",
        checklist=(
            question("day", state=QuestionState.ASKED, starred=True),
            question("pay", state=QuestionState.ASKED),
        ),
        notes={"day": "Spreadsheets.\nAnd calls.", "pay": "60 a year."},
        countdown=Countdown(started_at=NOW - timedelta(days=3)),
        ended_at=NOW - timedelta(days=3) + timedelta(minutes=21),
        debrief=Debrief(learned="Ask early.", fit=4),
    )
    luis = contact(
        organization="Parkway & Sons", phone="+1 312 555 0142", zone="America/New_York", notes="Kind.\nBusy."
    )
    lines = whole(
        bench,
        luis,
        contact(id="ana", name="Ana Ruiz", referrer_id="luis"),
        organization("Parkway & Sons", wanted=2, posting=Posting.OPEN),
        follow_up(FollowUpKind.CALL, "2026-11-25", id="call", why="try 2 of 3"),
        attempt("2026-11-17 10:05", Outcome.VOICEMAIL, note="Left my number."),
        talk,
        mark(luis, "pay", not_to_repeat=True),
        opening(what="Buyer"),
        advice("go to the club"),
    )
    assert lines == [
        "Luis Ortega",
        "Id: luis",
        "Kind: practitioner",
        "Organization: Parkway & Sons",
        "Phone: +1 312 555 0142",
        "Zone: America/New_York",
        "Source: other",
        "Stage: met",
        "Their time: 10:00",
        "Where they work: wanted 2 of 3, openings posted",
        "Named to you: Ana Ruiz",
        "",
        "Notes",
        "Kind.",
        "Busy.",
        "",
        "To do",
        "cal  call Wed 25 Nov, try 2 of 3",
        "",
        "Openings",
        "Buyer",
        "Luis Ortega, today · open",
        "",
        "Advice",
        "not followed yet: go to the club",
        "",
        "History, the newest first",
        "today 09:00 · added",
        "Fri 20 Nov 09:00 · interview by phone, 21 minutes",
        "  starred: What about day?",
        "    Spreadsheets.",
        "    And calls.",
        "  not to repeat: What about pay?",
        "    60 a year.",
        "  Learned",
        "    Ask early.",
        "  How it fits",
        "    4 of 5",
        "Tue 17 Nov 10:05 · phone: voicemail left",
        "  Left my number.",
    ]


def test_to_somebody_to_whom_nothing_is_owed_nothing_is_owed(bench: Bench) -> None:
    lines = whole(bench, contact(referrer_id="dana"), REFERRER)
    assert "Their time: unknown" in lines
    assert lines[lines.index("To do") + 1] == "nothing owed"
    assert "Source: named by Dana Whitfield" in lines
