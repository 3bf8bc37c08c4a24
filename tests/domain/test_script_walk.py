from __future__ import annotations

import msgspec
import pytest
from warmcall.domain.script import Reply, Script, Step
from warmcall.domain.script_walk import start_walk
from warmcall.domain.vocabulary import Channel, Outcome

ASK = Script(
    "ask",
    "Ask",
    None,
    Channel.PHONE,
    "opening",
    {
        "opening": Step(
            "Hello.",
            replies={
                "y": Reply("Sure, when?", go="book"),
                "v": Reply("(voicemail) beep", script="voicemail"),
            },
        ),
        "book": Step("When?", outcome=Outcome.SCHEDULED),
    },
)
VOICEMAIL = Script("voicemail", "Beep", None, Channel.VOICEMAIL, "message", {"message": Step("Hi.")})
SCRIPTS = {"ask": ASK, "voicemail": VOICEMAIL}
START = start_walk(SCRIPTS, ASK)


def test_a_walk_begins_at_the_start_of_its_script() -> None:
    assert (START.script, START.step_name, START.step) == (ASK, "opening", ASK.steps["opening"])
    assert START.at_start
    assert START.path == ("ask/opening",)


def test_a_reply_leads_to_the_step_it_names_and_back_leads_away_again() -> None:
    booked = START.after("y")
    assert booked is not None
    assert (booked.step, booked.at_start, booked.path) == (
        ASK.steps["book"],
        False,
        ("ask/opening", "ask/book"),
    )
    assert booked.back() == START
    assert START.back() == START


def test_a_reply_may_lead_into_another_script() -> None:
    beep = START.after("v")
    assert beep is not None
    assert (beep.script, beep.path) == (VOICEMAIL, ("ask/opening", "voicemail/message"))
    assert beep.back() == START


@pytest.mark.parametrize("reply", [Reply("?", script="gone"), Reply("?", go="gone"), Reply("?")])
def test_a_reply_that_names_no_step_leads_nowhere(reply: Reply) -> None:
    script = msgspec.structs.replace(ASK, steps={"opening": Step("Hello.", replies={"y": reply})})
    assert start_walk({"ask": script}, script).after("y") is None


def test_a_letter_without_a_reply_leads_nowhere() -> None:
    assert START.after("x") is None
