from __future__ import annotations

import pytest
from warmcall.domain.practice_call import Cost, LineSaid, PractisedCall, Summary
from warmcall.domain.vocabulary import Outcome
from warmcall.presentation import practice as words
from warmcall.widgets.panel import safe_content
from warmcall.widgets.rich_text import RichPart

from tests.examples import contact


def plain(parts: list[RichPart]) -> list[str]:
    return safe_content(*parts).plain.split("\n")


@pytest.mark.parametrize(
    ("seconds", "text_seconds", "against", "verdict"),
    [
        (31, 17, "0:31 of about 0:17", "0:14 over"),
        (17.9, 17, "0:17 of about 0:17", "just in time"),
        (12, 17, "0:12 of about 0:17", "0:05 under"),
        (75, 0, "1:15 of about 0:00", "1:15 over"),
    ],
)
def test_a_time_is_told_against_the_time_of_the_text(
    seconds: float, text_seconds: float, against: str, verdict: str
) -> None:
    assert words.time_against_text(seconds, text_seconds) == against
    assert words.over_or_under(seconds, text_seconds) == verdict


def test_a_line_said_is_judged_and_one_under_way_shows_the_one_before() -> None:
    before = LineSaid("ask", "a", "", "Hello.", 9, 10)
    assert plain(words.line_timing(31, 17, True, before)) == ["0:31 of about 0:17 · 0:14 over"]
    assert plain(words.line_timing(7, 17, False, before)) == [
        "0:07 of about 0:17 · the line before: 0:09 of about 0:10"
    ]
    assert plain(words.line_timing(7, 17, False, None)) == ["0:07 of about 0:17"]


@pytest.mark.parametrize("outcome", [*Outcome, None])
def test_every_end_of_a_call_has_words(outcome: Outcome | None) -> None:
    assert words.call_ending(outcome)


def test_the_end_of_a_call_tells_how_it_ended_and_what_each_line_took() -> None:
    lines = (
        LineSaid("ask", "a", "", "Hello.", 8, 10),
        LineSaid("ask", "b", "No", "Thank you\x1b[31m.", 31, 17),
        LineSaid("ask", "c", "Yes", "When?", 5, 5),
    )
    title, _, parts = words.call_over(PractisedCall(lines, Outcome.SCHEDULED), 3)
    assert title == "Practice · call 3 is over"
    assert plain(parts) == [
        "A meeting was set.",
        "",
        "  over   took   text",
        " -0:02   0:08   0:10  Hello.",
        " +0:14   0:31   0:17  Thank you␛[31m.",
        "  0:00   0:05   0:05  When?",
    ]


def test_the_summary_tells_the_ends_the_replies_and_the_lines() -> None:
    summary = Summary(
        3,
        ((Outcome.SCHEDULED, 2), (None, 1)),
        (Cost("We're not hiring", 3, 31, 17), Cost("Sure, when?", 12, 9.5, 10)),
        (Cost("Hello.", 3, 12, 12),),
    )
    title, _, parts = words.calls_summary(summary)
    assert title == "Practice · 3 calls"
    assert plain(parts) == [
        "   2 ×  a meeting was set",
        "   1 ×  they had to go",
        "They said, the costliest first",
        "  over   took   text  times",
        " +0:14   0:31   0:17    3 ×  “We're not hiring”",
        " -0:01   0:09   0:10   12 ×  “Sure, when?”",
        "Your lines, the costliest first",
        "  over   took   text  times",
        "  0:00   0:12   0:12    3 ×  Hello.",
        "Times are means; they begin when you hear the reply.",
    ]


def test_a_practice_of_one_line_says_nothing_of_replies() -> None:
    title, _, parts = words.calls_summary(Summary(1, ((None, 1),), (), (Cost("Hello.", 1, 12, 12),)))
    assert title == "Practice · 1 call"
    assert not any("They said" in line for line in plain(parts))


def test_the_first_line_says_that_nobody_is_called_and_keeps_a_countdown_in_sight() -> None:
    assert plain(words.call_head("call 1 of 10", "")) == [
        "Practice · call 1 of 10 · nobody is called, nothing is kept"
    ]
    (line,) = plain(words.call_head("call 1 of 10", "12:41 left"))
    assert line.startswith("Practice · 12:41 left · call 1 of 10")


def test_a_person_made_up_is_said_to_be() -> None:
    mei = contact(name="Mei Tanaka", title="Media Planner", organization="Northgate Agency")
    assert plain(words.partner_line(mei)) == ["Mei Tanaka · Media Planner, Northgate Agency"]
    assert plain(words.partner_line(contact(id="", name="Alex\nMoreau"))) == ["Alex␊Moreau · made up"]
