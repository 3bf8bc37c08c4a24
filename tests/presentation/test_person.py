from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from warmcall.domain.records import AnyRecord, Debrief, replace
from warmcall.domain.vocabulary import CaptureKind, FollowUpKind, Mode, Outcome, Permission
from warmcall.presentation import person
from warmcall.widgets.rich_text import plain_text

from tests.conftest import Bench
from tests.examples import (
    LUIS,
    NOW,
    REFERRER,
    adding,
    attempt,
    capture,
    contact,
    follow_up,
    interview,
    question,
)

FULL = replace(
    LUIS, phone="+1 312 555 0142", email="luis@example.com", zone="America/New_York", referrer_id="dana",
    may_use_name=Permission.YES, notes="Kind.\nBusy.",
)  # fmt: skip


def keys(words: str) -> str:
    return words.replace("{person.follow_up}", "f")


def fields_of(bench: Bench, *records: AnyRecord) -> list[str]:
    bench.store.apply(adding(*records))
    shown = bench.store.contact("luis")
    assert shown is not None
    return (
        plain_text(person.summary(bench.services, shown, keys)).partition("\nHistory")[0].rstrip().split("\n")
    )


def history_of(bench: Bench, *records: AnyRecord) -> list[str]:
    bench.store.apply(adding(LUIS, *records))
    text = plain_text(person.summary(bench.services, LUIS, keys))
    return text[text.index("History") :].split("\n")


def test_an_answer_that_is_not_to_be_repeated_has_its_sign() -> None:
    talk = interview(checklist=(question("a"), question("b", starred=True)), notes={"a": "x", "b": "y"})
    text = plain_text(person.answers_and_debrief(talk, {"b"}))
    assert text == "What about a?\nx\n★ ⊘ What about b?\ny"


def test_how_to_reach_a_contact_what_was_last_what_is_next_and_what_to_say(bench: Bench) -> None:
    bench.services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner"})
    ana = contact(id="ana", name="Ana Ruiz", referrer_id="luis")
    owed = follow_up(FollowUpKind.CALL, "2026-11-24", why="try 2 of 3")
    rang = attempt("2026-11-20 10:05", Outcome.VOICEMAIL)
    assert fields_of(bench, FULL, REFERRER, ana, owed, rang) == [
        "Account Director, Parkway & Sons",
        "○ asked · does the job · named by Dana Whitfield · may be named",
        "☎ +1 312 555 0142   10:00 there",
        "✉ luis@example.com",
        "named  Ana Ruiz",
        "",
        "last   Fri 20 Nov 10:05 · phone: voicemail left",
        "next   ☎ tomorrow, try 2 of 3",
        "",
        "Say",
        "“Hello Luis, this is Robin Vale. Dana Whitfield suggested I talk to you. Have I caught you at a "
        "bad moment?”",
        "",
        "Notes",
        "Kind.",
        "Busy.",
    ]


def test_what_is_not_known_is_left_out_and_a_key_adds_a_follow_up(bench: Bench) -> None:
    assert fields_of(bench, contact()) == [
        "– new · does the job · other",
        "",
        "last   not asked yet",
        "next   nothing owed: f adds something",
    ]


def test_an_unknown_zone_is_said_and_an_unreadable_one_shown(bench: Bench) -> None:
    lines = fields_of(bench, replace(FULL, zone="Mars"))
    assert "☎ +1 312 555 0142   their time unknown" in lines
    assert "zone   Mars" in lines


def test_since_when_the_two_are_connected_is_said(bench: Bench) -> None:
    assert "known  since Mar 2019" in fields_of(bench, replace(FULL, connected_on=date(2019, 3, 4)))


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        (Permission.NOT_ASKED, "named by Dana Whitfield"),
        (Permission.YES, "named by Dana Whitfield · may be named"),
        (Permission.NO, "named by Dana Whitfield · not to be named"),
        (Permission.ASK_LATER, "named by Dana Whitfield · ask first whether they may be named"),
    ],
)
def test_the_source_says_whether_the_referrer_may_be_named(
    bench: Bench, permission: Permission, words: str
) -> None:
    line = f"– new · does the job · {words}"
    assert line in fields_of(bench, replace(FULL, may_use_name=permission), REFERRER)


def test_the_page_begins_with_the_name_made_harmless_and_ends_with_the_history(bench: Bench) -> None:
    named = contact(name="Luis\x1b[31m Ortega")
    bench.store.apply(adding(named))
    lines = plain_text(person.page(bench.services, named, keys)).split("\n")
    assert (lines[0], lines[-2:]) == ("Luis␛[31m Ortega", ["History", "today 09:00 · added"])


def test_the_history_has_everything_that_happened_the_newest_first(bench: Bench) -> None:
    held = interview(
        "2026-11-25 10:00", mode=Mode.VIDEO, ended_at=NOW, checklist=(question("a", starred=True),),
        notes={"a": "Much."}, debrief=Debrief(learned="A lot."),
    )  # fmt: skip
    thanked = follow_up(
        FollowUpKind.THANK_YOU, done_at=held.at.replace(hour=20), subject="Thank you", body="Dear Luis"
    )
    confirmed = follow_up(FollowUpKind.CONFIRM, done_at=NOW, note="by phone")
    tried = attempt("2026-11-24 10:05", Outcome.SCHEDULED, note="Said yes.")
    assert history_of(bench, held, thanked, confirmed, tried) == [
        "History",
        "Wed 25 Nov 14:00 · thank-you: sent",
        "  Thank you",
        "  Dear Luis",
        "Wed 25 Nov 10:00 · interview by video",
        "  ★ What about a?",
        "  Much.",
        "  Learned",
        "  A lot.",
        "tomorrow 10:05 · phone: an interview was set",
        "  Said yes.",
        "today 09:00 · added",
        "today 09:00 · confirm the interview: done",
        "  by phone",
    ]


@pytest.mark.parametrize(
    "changes", [{"done_at": None}, {"dropped": True}, {"kind": FollowUpKind.CALL}], ids=str
)
def test_what_is_open_dropped_or_a_call_is_no_event_of_its_own(bench: Bench, changes: dict[str, Any]) -> None:
    owed = replace(follow_up(FollowUpKind.THANK_YOU, done_at=NOW), **changes)
    assert history_of(bench, owed) == ["History", "today 09:00 · added"]


def test_answers_come_with_general_notes_and_what_was_said_of_the_resume() -> None:
    held = interview(
        checklist=(question("a"), question("b")),
        notes={"a": " Much. ", "b": " ", "": "Kind."},
        captured=(
            capture(CaptureKind.RESUME, "one page"),
            capture(CaptureKind.ON_FILE),
            capture(CaptureKind.REFERRAL, "Ana Ruiz"),
        ),
        debrief=Debrief(learned="A lot.", changes="The place.", next="Ana"),
    )
    given = [
        "What about a?", "Much.", "General notes", "Kind.", "Looked at the resume", "one page",
        "Keeps you on file",
    ]  # fmt: skip
    assert plain_text(person.answers_given(held)).split("\n") == given
    assert plain_text(person.answers_and_debrief(held)).split("\n") == [
        *given, "Learned", "A lot.", "Changes to the target", "The place.", "Who next", "Ana",
    ]  # fmt: skip
