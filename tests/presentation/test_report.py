"""The report as a document: its order, its words, and what is left out where there is nothing."""

from __future__ import annotations

import pytest
from warmcall.config.library import Library
from warmcall.domain.answers import answer_id, difference_id
from warmcall.domain.decisions import decision_id, evidence_id
from warmcall.domain.records import Decision, Difference, Evidence, Requirement
from warmcall.domain.vocabulary import TargetVerdict
from warmcall.formats.documents import Chart, Document, Item, Quotations, Tree
from warmcall.formats.html import html
from warmcall.formats.markdown import markdown
from warmcall.presentation.report import report_document
from warmcall.services.report import gather_report

from tests.conftest import Bench
from tests.examples import NOW, STAMP
from tests.screens.driving import fill_with_demo
from tests.services.test_report import HELEN, MEI, mark, report_of, talk


@pytest.fixture
def demo(bench: Bench) -> Document:
    fill_with_demo(bench)
    return report_document(gather_report(bench.services, names=True))


def items(document: Document, title: str) -> tuple[Item, ...]:
    return next(section.items for section in document.sections if section.title == title)


def chart(document: Document, title: str) -> Chart:
    (found,) = next(section.parts for section in document.sections if section.title == title)
    assert isinstance(found, Chart)
    return found


def test_it_says_whose_it_is_and_goes_from_the_aim_to_the_figures(demo: Document) -> None:
    assert demo.title == "Media Planner: what I learned"
    assert demo.lines == ("By Robin Vale · 23 November 2026 · from talks with 8 people",)
    assert [section.title for section in demo.sections if section.level == 2 and section.title] == [
        "What I aim at",
        "The decision",
        "What I took from each talk",
        "What they said, question by question",
        "Still unanswered, most wanted first",
        "Advice",
        "Openings heard of",
        "Who led to whom",
        "How the search went",
        "Where the names came from",
        "Week by week",
    ]


def test_each_question_has_the_words_of_all_who_answered_starred_first(demo: Document) -> None:
    (section,) = (section for section in demo.sections if section.title == "What fills an ordinary day?")
    (part,) = section.parts
    assert isinstance(part, Quotations)
    (group,) = part.groups
    said = {quotation.by: quotation for quotation in group.quotations}
    isaac = said["Isaac Brandt, Media Supervisor, Northgate Agency, 12 October 2026"]
    priya = said["Priya Raman, Senior Media Planner, Tern & Plover, 20 November 2026"]
    assert (isaac.starred, priya.starred) == (True, False)
    assert isaac.lines[0].startswith("read six people's plans")
    stars = [quotation.starred for quotation in group.quotations]
    assert stars == sorted(stars, reverse=True)


def test_what_is_unanswered_is_as_much_as_one_talk_has_room_for(demo: Document) -> None:
    (doers, managers) = items(demo, "Still unanswered, most wanted first")
    assert (doers.text, managers.text) == (
        "Those who do the job could say",
        "Those who hire for it could say",
    )
    assert len(doers.more) == 9
    assert doers.more[-1].startswith("and ")


def test_the_tree_has_the_chains_and_counts_the_others(demo: Document) -> None:
    (tree,) = (part for section in demo.sections for part in section.parts if isinstance(part, Tree))
    assert [(entry.lines + entry.text, entry.about) for entry in tree.entries[:3]] == [
        ("Dana Whitfield", "professor · in touch"),
        ("├─ Helen Marsh", "hires for it · thanked"),
        ("│  └─ Mei Tanaka", "does the job · scheduled"),
    ]
    assert Item("5 others came another way, and led to nobody yet.") in [
        item for section in demo.sections for item in section.items
    ]


def test_figures_have_their_numbers_in_words(demo: Document) -> None:
    steps = {bar.label: (bar.number, bar.parts, bar.words) for bar in chart(demo, "How the search went").bars}
    assert steps["agreed"] == ("10", (0.625,), "10 of 11, likely 68 to 98 %")
    assert items(demo, "How the search went")[0] == Item("Met: 4 doers, 3 managers, 1 connector")
    assert items(demo, "How the search went")[1].text.startswith(
        "Sure of myself after each talk, 1 to 5: 2 (Dana Whitfield), 3 (Isaac Brandt)"
    )
    sources = {bar.label: bar for bar in chart(demo, "Where the names came from").bars}
    assert sources["alumni"].words == "1 yes, 1 still open"
    assert sources["referral"].parts == pytest.approx((5 / 6, 0, 1 / 6))
    assert sources["referral"].words == "5 yes, 1 still open; 5 of 5, likely 65 to 100 %"
    weeks = chart(demo, "Week by week")
    assert weeks.title == "People asked", "the goal is one for all targets"
    assert (weeks.bars[1].label, weeks.bars[1].number, weeks.bars[1].words) == ("16 Nov", "5", "met 2")


def test_groups_have_headings_where_several_kinds_answered(library: Library) -> None:
    talks = (talk(MEI, {"day": "Spreadsheets."}), talk(HELEN, {"day": "Meetings.", "pay": "Little."}))
    document = report_document(report_of(library, MEI, HELEN, *talks, names=False))
    groups = {
        section.title: [(group.title, group.quotations[0].by) for group in part.groups]
        for section in document.sections
        for part in section.parts
        if isinstance(part, Quotations)
    }
    assert groups == {
        "What about day?": [
            ("Those who do the job", "Practitioner 1, November 2026"),
            ("Those who hire for it", "Hiring manager 1, November 2026"),
        ],
        "What about pay?": [("", "Hiring manager 1, November 2026")],
    }
    assert document.lines[1].startswith("Names, organizations, numbers and addresses are left out.")


def test_themes_and_differences_are_said_before_the_answers(library: Library) -> None:
    ids = (answer_id("talk helen", "day"), answer_id("talk mei", "day"))
    document = report_document(
        report_of(
            library, MEI, HELEN, talk(MEI, {"day": "Long."}), talk(HELEN, {"day": "Short."}),
            mark(MEI, "day", themes=("hours",)), mark(HELEN, "day", themes=("Hours", "pay")),
            Difference(id=difference_id(*ids), **STAMP, answers=ids, how="how long it is"),
        )
    )  # fmt: skip
    assert items(document, "What they said, question by question") == (Item("Themes: hours (2), pay (1)"),)
    assert items(document, "What about day?") == (
        Item("Themes: hours (2), pay (1)"),
        Item("Mei Tanaka and Helen Marsh differ: how long it is"),
    )


def test_the_decision_comes_before_what_was_learned_with_what_speaks_for_it(library: Library) -> None:
    document = report_document(
        report_of(
            library, MEI, talk(MEI, {"day": "Spreadsheets."}),
            Requirement(id="r1", **STAMP, target_id="target", text="I like numbers", order=1),
            Requirement(id="r2", **STAMP, target_id="target", text="It pays", order=2),
            Evidence(
                id=evidence_id("r1", "talk mei", "day"), **STAMP, requirement_id="r1",
                interview_id="talk mei", question_id="day", supports=True,
            ),
            Decision(
                id=decision_id("target"), **STAMP, target_id="target", verdict=TargetVerdict.KEEP_ASKING,
                why="one talk is little", decided_at=NOW,
            ),
        )
    )  # fmt: skip
    titles = [section.title for section in document.sections]
    at = titles.index("The decision")
    assert titles[at : at + 3] == [
        "The decision", "What must be true: I like numbers", "What must be true: It pays",
    ]  # fmt: skip
    assert items(document, "The decision") == (
        Item("Decided on 23 November 2026: keep asking"), Item("Why: one talk is little"),
    )  # fmt: skip
    (part,) = document.sections[at + 1].parts
    assert isinstance(part, Quotations)
    assert [(group.title, [said.lines for said in group.quotations]) for group in part.groups] == [
        ("For it", [("Spreadsheets.",)])
    ]
    assert document.sections[at + 2].items == (Item("Nothing was said of it yet."),)
    assert at < titles.index("What they said, question by question")


def test_of_what_was_said_and_may_not_be_repeated_it_does_not_say_that_nothing_was(library: Library) -> None:
    document = report_document(
        report_of(
            library, MEI, talk(MEI, {"day": "Spreadsheets."}), mark(MEI, "day", not_to_repeat=True),
            Requirement(id="r1", **STAMP, target_id="target", text="I like numbers"),
            Evidence(
                id=evidence_id("r1", "talk mei", "day"), **STAMP, requirement_id="r1",
                interview_id="talk mei", question_id="day", supports=True,
            ),
        )
    )  # fmt: skip
    assert items(document, "What must be true: I like numbers") == ()
    assert "Spreadsheets" not in markdown(document) + html(document)
