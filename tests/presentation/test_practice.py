from __future__ import annotations

from datetime import timedelta

import pytest
from warmcall.domain.practice_call import (
    CALLS,
    Cost,
    LineSaid,
    PracticeSession,
    PracticeState,
    PractisedCall,
    Summary,
)
from warmcall.domain.script import Script, Step
from warmcall.domain.script_walk import start_walk
from warmcall.domain.vocabulary import Channel, Outcome
from warmcall.presentation import practice as words_of
from warmcall.services.practice_interviews import PracticeSummary
from warmcall.widgets.panel import safe_content
from warmcall.widgets.rich_text import RichPart

from tests.examples import NOW, contact

SCRIPT = Script("ask", "Ask", None, Channel.PHONE, "opening", {"opening": Step("Hello.")})


def plain(parts: list[RichPart]) -> list[str]:
    return safe_content(*parts).plain.split("\n")


def test_a_line_said_is_judged_and_one_under_way_shows_the_one_before() -> None:
    before = LineSaid("ask", "a", "", "Hello.", 9, 10)
    assert plain(words_of.line_timing(31, 17, True, before)) == ["0:31 of about 0:17 · 0:14 over"]
    assert plain(words_of.line_timing(7, 17, False, before)) == [
        "0:07 of about 0:17 · the line before: 0:09 of about 0:10"
    ]
    assert plain(words_of.line_timing(7, 17, False, None)) == ["0:07 of about 0:17"]


@pytest.mark.parametrize("outcome", [*Outcome, None])
def test_every_end_of_a_call_has_words(outcome: Outcome | None) -> None:
    assert words_of.call_ending(outcome)


def test_the_end_of_a_call_shows_how_it_ended_and_what_each_line_took() -> None:
    lines = (
        LineSaid("ask", "a", "", "Hello.", 8, 10),
        LineSaid("ask", "b", "No", "Thank you\x1b[31m.", 31, 17),
        LineSaid("ask", "c", "Yes", "When?", 5, 5),
    )
    title, _, parts = words_of.call_over(PractisedCall(lines, Outcome.SCHEDULED), 3)
    assert title == "Practice · call 3 is over"
    assert plain(parts) == [
        "An interview was set.",
        "",
        "  over   took   text",
        " -0:02   0:08   0:10  Hello.",
        " +0:14   0:31   0:17  Thank you␛[31m.",
        "  0:00   0:05   0:05  When?",
    ]


def test_the_summary_shows_the_ends_the_replies_and_the_lines() -> None:
    summary = Summary(
        3,
        ((Outcome.SCHEDULED, 2), (None, 1)),
        (Cost("We're not hiring", 3, 31, 17), Cost("Sure, when?", 12, 9.5, 10)),
        (Cost("Hello.", 3, 12, 12),),
    )
    title, _, parts = words_of.calls_summary(summary)
    assert title == "Practice · 3 calls"
    assert plain(parts) == [
        "   2 ×  an interview was set",
        "   1 ×  they had to go",
        "They said, your slowest answers first",
        "  over   took   text  times",
        " +0:14   0:31   0:17    3 ×  “We're not hiring”",
        " -0:01   0:09   0:10   12 ×  “Sure, when?”",
        "Your lines, the slowest first",
        "  over   took   text  times",
        "  0:00   0:12   0:12    3 ×  Hello.",
        "Times are means; they begin when you hear the reply.",
    ]


def test_a_practice_of_one_line_says_nothing_of_replies() -> None:
    title, _, parts = words_of.calls_summary(Summary(1, ((None, 1),), (), (Cost("Hello.", 1, 12, 12),)))
    assert title == "Practice · 1 call"
    assert not any("They said" in line for line in plain(parts))


def test_the_first_line_says_that_nobody_is_called_and_keeps_a_countdown_in_sight() -> None:
    assert plain(words_of.call_head("call 1 of 10", "")) == [
        "Practice · call 1 of 10 · nobody is called, nothing is kept"
    ]
    (line,) = plain(words_of.call_head("call 1 of 10", "12:41 left"))
    assert line.startswith("Practice · 12:41 left · call 1 of 10")


def test_a_person_without_a_record_is_called_made_up() -> None:
    mei = contact(name="Mei Tanaka", title="Media Planner", organization="Northgate Agency")
    assert plain(words_of.partner_line(mei)) == ["Mei Tanaka · Media Planner, Northgate Agency"]
    assert plain(words_of.partner_line(contact(id="", name="Alex\nMoreau"))) == ["Alex␊Moreau · made up"]


@pytest.mark.parametrize(
    ("state", "calls", "summing_up", "words"),
    [
        (PracticeState.SPEAKING, 0, False, "said it"),
        (PracticeState.SAID, 0, False, "they answer"),
        (PracticeState.ENDED, 1, False, "next call"),
        (PracticeState.ENDED, CALLS, False, "sum up"),
        (PracticeState.ENDED, 1, True, "go on"),
        (PracticeState.ENDED, CALLS, True, "more calls"),
    ],
)
def test_what_the_key_that_goes_on_does_next(
    state: PracticeState, calls: int, summing_up: bool, words: str
) -> None:
    walk = start_walk({"ask": SCRIPT}, SCRIPT)
    over = (PractisedCall((), None),) * calls
    practice = PracticeSession(contact_id="", walk=walk, since=NOW, state=state, calls=over)
    assert words_of.next_action(practice, summing_up) == words


def test_what_they_say_is_quoted_and_at_the_start_they_pick_up() -> None:
    assert plain(words_of.reply_line("Sure,\nwhen?")) == ["They say  “Sure,␊when?”"]
    assert plain(words_of.reply_line("")) == ["They pick up the phone."]


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (80, " Practice · an interview with nobody, nothing is kept · q leaves"),
        (50, " Practice · nothing is kept"),
        (24, " Practice"),
        (14, ""),
    ],
)
def test_the_first_line_of_a_practice_interview_keeps_the_time_in_sight(width: int, line: str) -> None:
    (shown,) = plain(words_of.interview_head("4:59 left", width, "q"))
    assert shown == line.ljust(width - 10) + "4:59 left"


@pytest.mark.parametrize(
    ("summary", "lines"),
    [
        (
            PracticeSummary(timedelta(minutes=4), timedelta(minutes=5), 5, 5, True, 1, 1),
            ["Time      4:00 of 5:00, kept", "Questions 5 of 5 asked", "Close     asked who else to talk to",
             "Notes     1 answer, 1 word"],
        ),
        (
            PracticeSummary(timedelta(minutes=6), timedelta(minutes=5), 3, 5, False, 0, 0),
            ["Time      6:00 of 5:00, over by 1:00: stop, or ask for more", "Questions 3 of 5 asked",
             "Close     who else to talk to was not asked", "Notes     none"],
        ),
    ],
)  # fmt: skip
def test_how_a_practice_interview_went(summary: PracticeSummary, lines: list[str]) -> None:
    assert plain(words_of.interview_summary(summary))[:-1] == lines


@pytest.mark.parametrize(
    ("seconds", "said", "has_why", "words"),
    [
        (0, False, True, "0:00 of about 1:00"),
        (75, False, True, "1:15 of about 1:00"),
        (44, True, False, "44 seconds: there is room for why you want it"),
        (44, True, True, "44 seconds: there is room for something you have done"),
        (45, True, True, "45 seconds: about a minute, as it should be"),
        (75, True, True, "75 seconds: about a minute, as it should be"),
        (76, True, True, "76 seconds: too long: what would they not miss?"),
    ],
)
def test_the_minute_on_oneself_says_how_long_it_was(
    seconds: float, said: bool, has_why: bool, words: str
) -> None:
    assert plain(words_of.minute_taken(seconds, said, has_why)) == [words]


def test_the_minute_on_oneself_has_what_is_known_of_the_user() -> None:
    assert plain(words_of.minute_on_oneself(("I'm Robin.", "I'm a nurse."), "6"))[:2] == [
        "I'm Robin.",
        "I'm a nurse.",
    ]
    assert plain(words_of.minute_on_oneself((), "6")) == [
        "Nothing is known of you yet: 6  Target fills it in."
    ]
