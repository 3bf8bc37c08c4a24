from __future__ import annotations

import pytest
from warmcall.domain.objections import ASK_WHY, objection
from warmcall.domain.vocabulary import FollowUpKind

CHECK_IN, THANKS = FollowUpKind.CHECK_IN, FollowUpKind.THANK_YOU
GAPS = "Fill the gaps in ‹ › first: {message.edit} goes into the text"


@pytest.mark.parametrize(
    ("kind", "subject", "body", "reason", "what", "firm"),
    [
        (THANKS, "Thank you", " \n", "", "there is nothing in it yet", True),
        (THANKS, "‹the day›", "Dear Mei", "", GAPS, False),
        (THANKS, "", "Dear ‹their name›", "", GAPS, False),
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
        (CHECK_IN, "", "Dear ‹their name›", "I took your advice", GAPS, False),
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
