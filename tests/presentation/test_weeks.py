from __future__ import annotations

from datetime import date

import pytest
from warmcall.domain.records import Contact
from warmcall.domain.vocabulary import Outcome, TargetChange
from warmcall.presentation.weeks import as_text, asked, following, head, offer, queue_title, week_name
from warmcall.services.calling import CallResult
from warmcall.widgets.rich_text import plain_text

from tests.conftest import Bench
from tests.examples import local
from tests.screens.driving import fill_with_demo

MONDAY, NEXT, LAST = date(2026, 11, 23), date(2026, 11, 30), date(2026, 11, 16)


@pytest.mark.parametrize(
    ("monday", "words"),
    [
        (MONDAY, "Mon 23 to Fri 27 Nov"),
        (NEXT, "Mon 30 Nov to Fri 4 Dec"),
        (date(2026, 12, 28), "Mon 28 Dec to Fri 1 Jan"),
    ],
)
def test_a_week_is_named_by_its_working_days(monday: date, words: str) -> None:
    assert week_name(monday) == words


@pytest.mark.parametrize(
    ("count", "off", "words"),
    [(0, False, "asked 0 of 5"), (5, False, "asked 5 of 5"), (7, False, "asked 7, with a goal of 5"),
     (3, True, "week off")],
)  # fmt: skip
def test_a_week_says_how_many_were_asked_and_never_that_it_is_too_few(
    count: int, off: bool, words: str
) -> None:
    assert asked(count, 5, off) == words


def keys(words: str) -> str:
    return words.replace("{queue.week}", "R").replace("{week.shortlist}", "S")


def shown(bench: Bench, monday: date) -> list[str]:
    """Return the lines above and below the questions."""
    review = bench.services.weeks.review(monday)
    above, below = plain_text(head(bench.services, review)), plain_text(following(review, keys))
    return [*filter(None, above.splitlines()), *filter(None, below.splitlines())]


def test_a_look_back_is_exact_and_kind(bench: Bench) -> None:
    fill_with_demo(bench)
    bench.clock.move_to(local("2026-11-27 16:00"))
    luis = next(person for person in bench.store.all(Contact) if person.name == "Luis Ortega")
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.VOICEMAIL))
    assert shown(bench, MONDAY) == [
        "Your week · Mon 23 to Fri 27 Nov · 2 minutes",
        "Asked 1 of 5 people   ●○○○○",
        "last weeks  2 0 off 3 6 5   weeks with an ask: 9 of 10",
        "Waiting on you: thanks to Priya (4 days late), the one-page budget from the student paper for Helen"
        " (8 days late), the survey of student readers for Priya (3 days late),"
        " a word to Isaac on how it went (4 days late)",
        "Next week 5? 4 ready: Maximiliana, Teo, Ingrid, Luis. 1 more from the shortlist: S",
        "Learned before",
        "9 Nov   Most planners began as assistants, or came over from the selling side.",
        "5 Oct   A call gets a name in a minute where an email takes a week.",
    ]
    assert queue_title(bench.services) == "Owed · asked 1 of 5 this week"
    assert offer(bench.services, keys) == "Your week: asked 1 of 5. R looks back at it, in 2 minutes."
    bench.services.weeks.write(LAST, "Ask by phone.", TargetChange.A_LITTLE)
    bench.services.weeks.set_off(NEXT, True)
    bench.services.weeks.finish(MONDAY)
    lines = shown(bench, MONDAY)
    assert lines[0] == "Your week · Mon 23 to Fri 27 Nov · looked back on"
    assert lines[-5:-2] == ["Next week is off.", "Learned before", "16 Nov  Ask by phone."]
    assert shown(bench, LAST)[:4] == [
        "Your week · Mon 16 to Fri 20 Nov",
        "Asked 5 of 5 people   ●●●●●",
        "last weeks  3 2 0 off 3 6   weeks with an ask: 8 of 9",
        "Met 2 · thanked 1 · named by them: Mei, Teo",
    ]
    copied = as_text(bench.services, bench.services.weeks.review(LAST), keys)
    assert copied.splitlines()[-2:] == ["Ask by phone.", "Changes the target: a little"]


def test_a_week_off_says_so_and_nothing_more(bench: Bench) -> None:
    fill_with_demo(bench)
    assert queue_title(bench.services) == "Owed"
    bench.services.weeks.set_off(MONDAY, True)
    assert shown(bench, MONDAY)[1] == "Week off: it is not counted"
    assert queue_title(bench.services) == "Owed · week off"
    bench.services.weeks.set_off(LAST, True)
    assert "last weeks  2 0 off 3 6 off" in shown(bench, MONDAY)[2]


def test_before_the_first_ask_it_says_where_the_count_begins(bench: Bench) -> None:
    lines = shown(bench, MONDAY)
    assert lines[2] == "The first ask begins the count of weeks."
    assert lines[3] == "Next week 5? Nobody is ready yet. 5 from the shortlist: S"
    bench.services.address_book.add({"name": "Ana [b]Ruiz"})
    assert shown(bench, MONDAY)[3] == "Next week 5? 1 ready: Ana. 4 more from the shortlist: S"
