from __future__ import annotations

from collections.abc import Callable

import pytest
from warmcall.domain.rates import Rate
from warmcall.domain.records import replace
from warmcall.presentation.progress import (
    ASKED,
    KINDS,
    MET,
    NARROW_CHART_CELLS,
    NEXT,
    SURE,
    bar,
    blocks,
    dots,
    group_head,
    head,
    lines,
    people_of,
    plain_lines,
    share_words,
)
from warmcall.services.progress import ProgressFigures
from warmcall.terminal.ascii_fallback import ascii_for

from tests.conftest import Bench
from tests.screens.driving import fill_with_demo


@pytest.fixture
def demo(bench: Bench) -> ProgressFigures:
    """The figures of the sample data."""
    fill_with_demo(bench)
    return bench.services.progress.figures()


def test_as_lines_to_be_heard_the_figures_are_sentences_without_charts(demo: ProgressFigures) -> None:
    lines = plain_lines(demo, lambda id_: "Mei", lambda at: at.date())
    shown = [line if isinstance(line, str) else line[0] for line in lines]
    assert shown[:6] == [
        "How far they have come",
        "found: 16, 2 not asked yet",
        "asked: 14, 3 still open",
        "agreed: 10 of 11 who answered, likely 68 to 98 %",
        "met: 8",
        "in touch: 3",
    ]
    assert "referral: 6 asked, 5 yes, 0 no, 1 open, likely 65 to 100 %" in shown
    assert "association: 2 asked, 2 yes, 0 no, 0 open" in shown
    assert any(line.startswith("this week: ") for line in shown)
    assert any(line.endswith(" met, a week off") for line in shown)
    assert any(line.startswith("Mei, ") and line.endswith(" of 5") for line in shown)
    assert shown[-2:] == ["Kinds met", "4 doers, 3 managers, 1 connector. Ask a manager next?"]
    assert not set("".join(shown)) & set("█●○▁·")


def test_before_anybody_was_asked_the_lines_say_so(bench: Bench) -> None:
    lines = plain_lines(bench.services.progress.figures(), str, lambda at: at.date())
    assert "nobody is asked yet" in lines
    assert "asked: 0" in lines
    assert lines[-1] == "this week: 0 of 5 asked, 0 met"


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (Rate(0, 0, 3), ""), (Rate(1, 0, 3), ""), (Rate(3, 0, 1), "3 of 3 said yes"),
        (Rate(2, 2, 9), "2 of 4 said yes"), (Rate(6, 3, 2), "6 of 9, likely 40 to 86 %"),
        (Rate(0, 5, 0), "0 of 5, likely 0 to 35 %"),
    ],
)  # fmt: skip
def test_a_share_is_said_from_five_answered_on_with_its_likely_range(rate: Rate, words: str) -> None:
    assert share_words(rate) == words


@pytest.mark.parametrize(
    ("drawn", "shown", "in_ascii"),
    [
        (bar(0, 12, 24), "", ""),
        (bar(1, 1000, 4), "█", "#"),
        (bar(6, 12, 4), "██", "##"),
        (dots(Rate(2, 1, 3), 9), "●●○···", "**o---"),
        (dots(Rate(50, 1, 49), 6), "●●●○··", "***o--"),
        (dots(Rate(0, 0, 0), 6), "", ""),
        ("".join(blocks([0, 1, 3, 5, 9], 5)), "·▁▃▅█", "-__=#"),
        ("".join(blocks([0, 5], 5)), "·█", "-#"),
    ],
)
def test_charts_are_signs_that_differ_in_ascii_too(drawn: str, shown: str, in_ascii: str) -> None:
    assert drawn == shown
    assert "".join(map(ascii_for, drawn)) == in_ascii


def test_the_lines_of_the_sample_data(demo: ProgressFigures) -> None:
    assert head(demo, "Media Planner") == "Media Planner · 11 weeks · 16 people"
    shown = lines(demo, str.upper)
    words = {line.label: (line.number, line.words) for line in shown if line.key}
    assert words["found"] == ("16", "2 not asked yet")
    assert words["asked"] == ("14", "3 still open")
    assert words["agreed"] == ("10", "10 of 11, likely 68 to 98 %")
    assert words["referral"] == ("6", "5 of 5, likely 65 to 100 %")
    assert words[ASKED] == ("0", "this week"), "the goal is one for all targets"
    assert shown[-1].text == "4 doers, 3 managers, 1 connector. Ask a manager next?"
    (sure,) = (line for line in shown if line.key == SURE)
    assert sure.series == ("2", "3", "2", "3", "4", "3", "3", "4")
    (asked,) = (line for line in shown if line.key == ASKED)
    assert (asked.chart, asked.narrow_chart) == ("28 Sep ▄ ▅ ▄ ·   ▅ █ █ ·", "▄▅▄· ▅██·")


def test_each_week_has_a_line_where_there_is_room_and_one_off_says_so(demo: ProgressFigures) -> None:
    weeks = (*demo.weeks[:-3], *(replaced(week, off=True) for week in demo.weeks[-3:]))
    shown = lines(replaced(demo, weeks=weeks), str, each_week=True)
    labels = [line.label for line in shown if line.key.startswith("week:")]
    assert (len(labels), labels[0], labels[-1]) == (9, "this week", "28 Sep")
    this, last = (line for line in shown if line.label in ("this week", "16 Nov"))
    assert (this.chart, this.words) == ("", "a week off")
    assert (last.chart, last.words) == ("█████", "a week off · met 2")


def test_narrow_lines_fit_into_a_list_of_sixty_cells(demo: ProgressFigures) -> None:
    many = replaced(demo, goal=50)
    for line in lines(many, str, narrow=True):
        assert len(line.narrow_chart) <= NARROW_CHART_CELLS
        assert len(line.words) <= 25 + 1
        assert len(line.text) <= 42
    assert [line.text for line in lines(many, str, narrow=True)][-1] == "a manager?"


def test_with_few_answers_no_rates_are_shown_and_with_none_nobody_is_asked(bench: Bench) -> None:
    ana = bench.services.address_book.add({"name": "Ana Ruiz"})
    nobody = lines(bench.services.progress.figures(), str)
    assert " nobody is asked yet" in [line.label for line in nobody]
    assert KINDS not in [line.key for line in nobody]
    assert bench.services.interviewing.start_now(ana.id)
    few = [line.label for line in lines(bench.services.progress.figures(), str)]
    assert " fewer than 5 answered anywhere: no rates yet" in few


@pytest.mark.parametrize(
    ("key", "title", "headings"),
    [
        ("step:FOUND", "found", ["not asked yet", "asked"]),
        ("step:ASKED", "asked", ["● said yes", "○ said no", "· still open"]),
        ("step:AGREED", "agreed", ["not met yet", "met"]),
        ("step:MET", "met", ["", "in touch"]),
        ("step:IN_TOUCH", "in touch", [""]),
        ("source:referral", "referral: asked", ["● said yes", "· still open"]),
        ("source:event", "event: asked", ["● said yes"]),
        ("week:2026-11-16", "week of 16 Nov", ["asked", "met"]),
        (KINDS, "kinds met", [
            "hires for it · not met yet", "does the job · met", "hires for it · met", "can introduce · met",
        ]),
        (NEXT, "hires for it · not met yet", ["hires for it · not met yet"]),
        (SURE, "sure of yourself, and how it fits", [""]),
    ],
)  # fmt: skip
def test_each_line_leads_to_its_people(
    demo: ProgressFigures, key: str, title: str, headings: list[str]
) -> None:
    found = people_of(key, demo)
    people = {id_ for group in found.groups for id_ in group.ids}
    assert group_head(found) == f"{title} · {len(people)} {'person' if len(people) == 1 else 'people'}"
    assert [group.heading for group in found.groups if group.ids] == headings


def test_meetings_by_week_lead_to_the_people_of_each_week(demo: ProgressFigures) -> None:
    groups = people_of(MET, demo).groups
    assert {"week of 16 Nov · 2", "week of 12 Oct · 2"} <= {group.heading for group in groups}
    assert all(group.heading.endswith(f" · {len(group.ids)}") for group in groups)


def test_every_line_with_a_key_has_people_to_be_found(demo: ProgressFigures) -> None:
    for each_week in (True, False):
        for line in lines(demo, str, narrow=True, each_week=each_week):
            assert not line.key or isinstance(people_of(line.key, demo).ids, tuple)


def test_somebody_met_twice_has_both_ratings(demo: ProgressFigures) -> None:
    first = demo.talks[0]
    again = replaced(demo, talks=(first, replaced(first, confidence=0)))
    (group,) = people_of(SURE, again).groups
    assert group.notes == {first.contact_id: "sure 2, fits 4 of 5; fits 4 of 5"}


replaced: Callable[..., ProgressFigures] = replace
