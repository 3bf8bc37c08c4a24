from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain.cadence import Cadence
from warmcall.domain.script import Reply, Script, Step, faults, word_count
from warmcall.domain.script_warnings import TYPICAL_WORDS, typical, typical_seconds, warnings
from warmcall.domain.templates import PLACEHOLDERS, fill
from warmcall.domain.vocabulary import Channel, Outcome

from tests.examples import ordinary_values
from tests.profiles import modest

FIGURES = Cadence()
OPENING = "Hello, this is {me.name}. I'm not expecting an opening. Could you spare {me.minutes} minutes?"
VOICEMAIL = f"This is {{me.name}}, {{me.phone}}. {'well ' * 70}. Again {{me.name}}, {{me.phone}}. Thank you."
OPENING_AT = ("steps", "start", "say")


def script(say: str, channel: Channel = Channel.PHONE, **others: str) -> Script:
    """Return a script whose first step says `say`, and whose other steps say what `others` hold."""
    steps = {"start": Step(say, replies={"y": Reply("Yes", go="start")})}
    steps |= {name: Step(text, outcome=Outcome.SCHEDULED) for name, text in others.items()}
    return Script("ask", "Ask", None, channel, "start", steps)


def warned(script: Script) -> list[str]:
    return [fault.what for fault in warnings(script, FIGURES)]


NO_NAME = "the opening does not say your name"
NO_ASK = "the opening asks for nothing"
NO_MINUTES = "the opening does not say how many minutes you ask for"
NO_ASSURANCE = "the opening does not say that no job is expected"


@pytest.mark.parametrize(
    ("say", "missing"),
    [
        (OPENING, []),
        ("", []),
        ("Hello.", [NO_NAME, NO_ASK, NO_MINUTES, NO_ASSURANCE]),
        (OPENING.replace("{me.name}", "{me.first_name}"), []),
        (OPENING.replace("{me.name}", "{contact.name}"), [NO_NAME]),
        (OPENING.replace("minutes?", "minutes."), [NO_ASK]),
        (OPENING.replace("{me.minutes}", "20"), []),
        (OPENING.replace("{me.minutes}", "fifteen"), []),
        (OPENING.replace("{me.minutes}", "twenty-five"), []),
        (OPENING.replace("spare {me.minutes} minutes", "have a fifteen-minute talk"), []),
        (OPENING.replace("{me.minutes}", "a few"), [NO_MINUTES]),
        (OPENING.replace("{me.minutes}", "often"), [NO_MINUTES]),
        (OPENING.replace("{me.minutes} minutes", "twenty of your time"), [NO_MINUTES]),
        (OPENING.replace("not expecting an opening", "not after a job"), []),
        (OPENING.replace("I'm not expecting an opening", "It isn't about a job"), []),
        (OPENING.replace("I'm not expecting an opening", "It isn’t about a job"), []),
        (
            OPENING.replace("I'm not expecting an opening", "I won't ask you to hire me, or for a position"),
            [],
        ),
        (OPENING.replace("I'm not expecting an opening", "I don't ask to work for you"), []),
        (OPENING.replace("I'm not expecting an opening", "I need no vacancy"), []),
        (OPENING.replace("not expecting an opening", "hoping for a job"), [NO_ASSURANCE]),
        (OPENING.replace("an opening", "anything"), [NO_ASSURANCE]),
        (OPENING.replace("not expecting an opening", "not in a hurry. I'd like a job"), [NO_ASSURANCE]),
    ],
)
def test_an_opening_says_name_ask_minutes_and_that_no_job_is_expected(say: str, missing: list[str]) -> None:
    found = list(warnings(script(say), FIGURES))
    assert [fault.what for fault in found] == missing
    for fault in found:
        assert (fault.where, fault.warning) == (OPENING_AT, True)
        assert fault.fix


@pytest.mark.parametrize(
    ("count", "what", "fix"),
    [
        (112, [], ""),
        (113, ["the step “book” takes about 46 s to say"], "cut about 1 word: 45 s are listened to"),
        (150, ["the step “book” takes about 60 s to say"], "cut about 38 words: 45 s are listened to"),
    ],
)
@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.VOICEMAIL])
def test_no_step_should_take_longer_than_is_listened_to(
    channel: Channel, count: int, what: list[str], fix: str
) -> None:
    start = OPENING if channel is Channel.PHONE else VOICEMAIL
    found = list(warnings(script(start, channel, book="word " * count), FIGURES))
    assert [fault.what for fault in found] == what
    assert [fault.fix for fault in found] == [fix] * len(what)
    assert all(fault.where == ("steps", "book", "say") and fault.warning for fault in found)


def test_the_figures_are_those_of_the_cadence() -> None:
    assert warned(script(OPENING)) == []
    slow = Cadence(speaking_words_per_minute=10)
    assert [fault.what for fault in warnings(script(OPENING), slow)] == [
        "the step “start” takes about 90 s to say"
    ]


SHORT = VOICEMAIL.replace("well " * 70, "well " * 10)
LONG = VOICEMAIL.replace("well " * 70, "well " * 110)


@pytest.mark.parametrize(
    ("say", "what", "fix"),
    [
        (VOICEMAIL, [], []),
        (
            SHORT,
            ["the voicemail takes about 11 s to say"],
            ["say a little more: it should take 30 to 45 s"],
        ),
        (
            LONG,
            ["the voicemail takes about 51 s to say"],
            ["cut about 15 words: it should take 30 to 45 s"],
        ),
        (
            VOICEMAIL.replace(", {me.phone}", "", 1),
            ["the voicemail does not say your number near its start"],
            ["begin with {me.phone}"],
        ),
        (
            VOICEMAIL.replace("Again {me.name}, {me.phone}", "Goodbye then"),
            ["the voicemail does not say your name and number near its end"],
            ["say again at the end {me.name} and {me.phone}"],
        ),
        (
            f"{'well ' * 40} {{me.name}}, {{me.phone}} {'well ' * 40}",
            [
                "the voicemail does not say your name and number near its start",
                "the voicemail does not say your name and number near its end",
            ],
            ["begin with {me.name} and {me.phone}", "say again at the end {me.name} and {me.phone}"],
        ),
    ],
)
def test_a_voicemail_has_its_own_length_and_gives_name_and_number_at_both_ends(
    say: str, what: list[str], fix: list[str]
) -> None:
    found = list(warnings(script(say, Channel.VOICEMAIL), FIGURES))
    assert [fault.what for fault in found] == what
    assert [fault.fix for fault in found] == fix
    assert all(fault.where == OPENING_AT and fault.warning for fault in found)


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.MESSAGE])
def test_what_is_not_spoken_is_not_timed(channel: Channel) -> None:
    assert warned(script("word " * 500, channel)) == []


def test_in_person_only_the_time_counts() -> None:
    assert warned(script("Hello.", Channel.IN_PERSON)) == []
    assert warned(script("word " * 120, Channel.IN_PERSON)) == ["the step “start” takes about 48 s to say"]


def test_a_script_without_its_start_is_warned_of_its_other_steps_only() -> None:
    lost = Script("ask", "Ask", None, Channel.PHONE, "gone", {"a": Step("word " * 120)})
    assert warned(lost) == ["the step “a” takes about 48 s to say"]


@pytest.mark.parametrize(
    ("template", "count"),
    [
        ("Hello {contact.first_name}.", 2),
        ("Hello[ {contact.connection}].", 9),
        ("[{contact.connection}. ][I'm {me.background}. ]Hi.", 20),
        ("{no.such}", 1),
        ("", 0),
    ],
)
def test_a_placeholder_counts_as_what_usually_stands_there(template: str, count: int) -> None:
    assert word_count(typical(template)) == count


def test_every_placeholder_has_a_typical_length() -> None:
    assert TYPICAL_WORDS.keys() == PLACEHOLDERS.keys()
    assert min(TYPICAL_WORDS.values()) >= 1


@pytest.mark.parametrize("name", sorted(ordinary_values()))
def test_a_typical_length_is_near_that_of_an_ordinary_value(name: str) -> None:
    value = ordinary_values()[name]
    assert not value or abs(word_count(value) - TYPICAL_WORDS[name]) <= 4


def test_the_bundled_scripts_need_no_warning(library: Library) -> None:
    assert [warned(script) for script in library.scripts.values() if warned(script)] == []


def test_the_typical_time_is_near_that_of_the_filled_text(library: Library) -> None:
    for script in library.scripts.values():
        for step in script.steps.values():
            filled = word_count(fill(step.say, ordinary_values()).text)
            assert abs(typical_seconds(step.say, FIGURES) - filled * 60 / 150) <= 3


@modest
@given(st.text(), st.sampled_from(Channel), st.integers(0, 3), st.integers(1, 3))
def test_any_text_can_be_checked(say: str, channel: Channel, most: int, words_a_minute: int) -> None:
    figures = Cadence(
        opening_seconds_max=most, voicemail_seconds_max=most, speaking_words_per_minute=words_a_minute
    )
    assert all(fault.warning for fault in warnings(script(say, channel), figures))
    assert all(not fault.warning for fault in faults(script(say, channel), frozenset()))
