from __future__ import annotations

import pytest
from warmcall.domain.objections import ASK_WHY, gap_problem, objection
from warmcall.domain.templates import recast
from warmcall.domain.vocabulary import FollowUpKind

CHECK_IN, THANKS = FollowUpKind.CHECK_IN, FollowUpKind.THANK_YOU
THE_DAY = "Say ‹the day› in your own words first: {message.gap} goes to it"
THEIR_NAME = "Say ‹their name› in your own words first: {message.gap} goes to it"


@pytest.mark.parametrize(
    ("kind", "subject", "body", "reason", "what", "firm"),
    [
        (THANKS, "Thank you", " \n", "", "there is nothing in it yet", True),
        (THANKS, "‹the day›", "Dear Mei", "", THE_DAY, True),
        (THANKS, "", "Dear ‹their name›", "", THEIR_NAME, True),
        (CHECK_IN, "Hello", "Dear Mei", " ", ASK_WHY, True),
        (CHECK_IN, "Hello", "Dear ‹their name›", "", ASK_WHY, True),
        (
            CHECK_IN,
            "Hello",
            "Dear Mei",
            "do you have any openings?",
            "Give another reason to write: this one asks for a job",
            True,
        ),
        (CHECK_IN, "", "Dear ‹their name›", "I took your advice", THEIR_NAME, True),
        (
            CHECK_IN,
            "",
            "Do you have any openings?",
            "I took your advice",
            "It reads like asking for a job: leave that out",
            False,
        ),
    ],
)
def test_what_speaks_against_sending(
    kind: FollowUpKind, subject: str, body: str, reason: str, what: str, firm: bool
) -> None:
    found = objection(kind, subject, body, reason)
    assert found is not None
    assert (found.what, found.firm) == (what, firm)


@pytest.mark.parametrize("kind", list(FollowUpKind))
def test_nothing_speaks_against_a_good_message(kind: FollowUpKind) -> None:
    assert objection(kind, "Hello", "I took your advice.", "I took your advice") is None


def test_a_long_gap_is_named_by_its_beginning_and_braces_in_it_are_no_keys() -> None:
    gap = recast("{app.quit} and half of it is reading other people's spreadsheets")
    assert gap_problem("", f"You told me {gap}.", "call.write") == (
        "Say ‹say it to them: “(app.quit) and half…› in your own words first: {call.write} goes to it"
    )
    assert gap_problem("Hello", "You told me to check a number before I repeat it.") == ""
