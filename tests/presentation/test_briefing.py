from __future__ import annotations

from typing import Any

import pytest
from warmcall.domain.records import AnyRecord, replace
from warmcall.domain.vocabulary import FollowUpKind, Mode, Outcome, Permission
from warmcall.formats.documents import Document, Mark
from warmcall.formats.markdown import plain
from warmcall.presentation.briefing import RESEARCH_LINES, briefing

from tests.conftest import Bench
from tests.examples import AIM, ME, REFERRER, adding, attempt, contact, follow_up, interview, question

MEI = contact(
    id="mei", name="Mei Tanaka", organization="Northgate Agency", title="Media Planner",
    zone="America/New_York",
    phone="+1 312 555 0163", referrer_id="dana", may_use_name=Permission.YES,
    notes="Helen trained her.\n\nDirect.",
)  # fmt: skip
TARGET = replace(
    AIM, why="I like deciding\nwhere the money goes.",
    research="Planners decide where.\nNorthgate  Agency won the ferry.\nBuyers get the price.",
)  # fmt: skip
MEETING = interview(
    "2026-11-24 14:00", contact_id="mei", mode=Mode.VIDEO, place="https://meet.example.com/x",
    checklist=(question("a", ask="How did you come to it?", minutes=3), question("who", referral=True)),
    prepared=("research-read",),
)  # fmt: skip
EARLIER = interview(
    "2026-10-06 10:00", id="earlier", contact_id="mei", ended_at=ME.created_at,
    checklist=(question("a", ask="What fills a day?", starred=True), question("b", ask="Why?")),
    notes={"a": "Reading\nspreadsheets.", "b": "Not starred."},
)  # fmt: skip


def page(bench: Bench, *more: AnyRecord, **changes: Any) -> Document:
    bench.store.apply(adding(ME, TARGET, REFERRER, replace(MEI, **changes), MEETING, *more))
    return briefing(bench.services, MEETING)


def section(document: Document, title: str) -> list[str]:
    """Return the lines under a heading, those under an item indented."""
    (found,) = (section for section in document.sections if section.title == title)
    return [line for item in found.items for line in (item.text, *(f"  {text}" for text in item.more))]


def test_the_page_says_whom_when_and_where_with_their_hour(bench: Bench) -> None:
    found = page(bench)
    assert found.title == "Mei Tanaka"
    assert found.lines == (
        "Media Planner, Northgate Agency",
        "Tue 24 Nov 14:00 (15:00 theirs), by video · 20 minutes",
        "https://meet.example.com/x",
    )
    assert section(found, "Who they are") == [
        "Practitioner: does the job", "+1 312 555 0163", "Helen trained her.", "Direct.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Named by Dana Whitfield, whose name you may use"),
        ({"may_use_name": Permission.NO}, "Named by Dana Whitfield, who is not to be named"),
        ({"may_use_name": Permission.NOT_ASKED}, "Named by Dana Whitfield"),
        ({"referrer_id": ""}, "Found through: other"),
    ],
)
def test_the_page_says_how_they_were_found(bench: Bench, changes: dict[str, Any], words: str) -> None:
    assert section(page(bench, **changes), "How you met") == [words]


def test_the_page_says_what_was_said_so_far_in_its_order_without_practice(bench: Bench) -> None:
    found = page(
        bench,
        attempt("2026-11-19 16:10", Outcome.SCHEDULED, contact_id="mei", note="Said yes.\nCall her."),
        attempt("2026-11-18 09:20", Outcome.NO_ANSWER, contact_id="mei"),
        EARLIER,
        replace(EARLIER, id="practised", practice=True),
        follow_up(FollowUpKind.PROMISE, contact_id="mei", note="send the article"),
        follow_up(FollowUpKind.PROMISE, "2026-11-25", contact_id="mei", note="the list", waiting=True),
    )
    assert section(found, "What was said so far") == [
        "Tue 6 Oct 10:00, interview by phone",
        "  What fills a day? Reading spreadsheets.",
        "Wed 18 Nov 09:20, phone: no answer",
        "Thu 19 Nov 16:10, phone: an interview was set",
        "  Said yes.",
        "  Call her.",
        "You promised: send the article",
        "They promised: the list",
    ]


def test_the_page_has_the_research_on_their_organization_and_the_target_in_three_lines(bench: Bench) -> None:
    found = page(bench)
    assert section(found, "Your research") == ["Northgate Agency won the ferry."]
    assert section(found, "Your target") == [
        "Media Planner in advertising, Chicago",
        "I like deciding where the money goes.",
        "You: a recent graduate in marketing who ran a student paper",
    ]


def test_where_no_research_names_them_its_beginning_stands_there(bench: Bench) -> None:
    found = page(bench, organization="Elsewhere")
    assert section(found, "Your research")[0] == "Planners decide where."
    lines = "\n".join(f"line {number}" for number in range(RESEARCH_LINES + 2))
    bench.store.apply(adding(replace(TARGET, research=lines)))
    shown = section(briefing(bench.services, MEETING), "Your research")
    assert shown[-1] == "2 more lines are on Target"
    assert len(shown) == RESEARCH_LINES + 1


def test_the_page_has_the_preparation_for_the_mode_and_the_questions_with_their_minutes(bench: Bench) -> None:
    found = page(bench)
    ready = section(found, "Have ready · 1 of 12")
    assert "Link tested, camera and sound too" in ready
    assert not any("Way there" in text for text in ready)
    marks = {item.text: item.mark for section in found.sections for item in section.items}
    assert marks["Research read once more"] is Mark.DONE
    assert marks["Day and time confirmed"] is Mark.OPEN
    assert section(found, "2 questions, about 6 of 20 minutes") == [
        "How did you come to it? (3 min)",
        "What about who? (2 min)",
        "2 questions: fewer than 5 may leave time empty",
    ]


def test_too_many_minutes_are_pointed_out(bench: Bench) -> None:
    full = replace(MEETING, checklist=tuple(question(f"q{at}", minutes=6) for at in range(3)))
    bench.store.apply(adding(MEI, full))
    titles = [section.title for section in briefing(bench.services, full).sections]
    assert "3 questions, about 21 of 20 minutes: more than fits" in titles


def test_a_bare_contact_gives_a_page_all_the_same(bench: Bench) -> None:
    bench.store.apply(adding(contact(), interview()))
    found = briefing(bench.services, interview())
    assert [section.title for section in found.sections][:2] == ["Who they are", "How you met"]
    assert plain(found).startswith("Luis Ortega\n===========\nMon 23 Nov 09:00, by phone · 20 minutes\n")
