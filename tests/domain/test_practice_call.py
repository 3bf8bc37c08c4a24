from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.domain import practice_call as rules
from warmcall.domain.practice_call import (
    CALLS,
    LINES_BEFORE_ENDING,
    LINES_MAX,
    Cost,
    LineSaid,
    PracticeSession,
    PracticeState,
    PractisedCall,
    Summary,
)
from warmcall.domain.script import Reply, Script, Step
from warmcall.domain.script_walk import ScriptWalk, start_walk
from warmcall.domain.vocabulary import Channel, ContactKind, Outcome

from tests.examples import NOW
from tests.profiles import modest

BOOK = Step("When?", outcome=Outcome.SCHEDULED)
STEPS = {
    "opening": Step(
        "Hello.",
        replies={
            "y": Reply("Sure, when?", go="book", weight=3),
            "h": Reply("We're not hiring", go="reassure", weight=2),
            "v": Reply("(voicemail) beep", script="voicemail", weight=5),
        },
    ),
    "reassure": Step("I'm not asking.", replies={"h": Reply("We're not hiring", go="opening")}),
    "book": BOOK,
}
ASK = Script("ask", "Ask", None, Channel.PHONE, "opening", STEPS)
BEEP = Script(
    "voicemail",
    "Beep",
    None,
    Channel.VOICEMAIL,
    "message",
    {"message": Step("Hi.", outcome=Outcome.VOICEMAIL)},
)
SCRIPTS = {"ask": ASK, "voicemail": BEEP}


class Loaded(Random):
    """Dice that always fall on the same number between 0 and 1."""

    def __init__(self, falls: float) -> None:
        super().__init__(0)
        self._falls = falls

    def random(self) -> float:
        return self._falls


def said(reply: str, seconds: float, text_seconds: float = 10, step: str = "a", text: str = "") -> LineSaid:
    return LineSaid("ask", step, reply, text or f"line {step}", seconds, text_seconds)


def practice(**fields: object) -> PracticeSession:
    return msgspec.structs.replace(rules.start_practice("", start_walk(SCRIPTS, ASK), NOW), **fields)


def at(
    step: str, lines: tuple[LineSaid, ...] = (), scripts: Mapping[str, Script] = SCRIPTS
) -> PracticeSession:
    return practice(walk=ScriptWalk(scripts, (("ask", step),)), lines=lines, state=PracticeState.SAID)


def walked(scripts: Mapping[str, Script], script: Script, dice: Random) -> PractisedCall:
    """Return one whole call, every line said in no time."""
    present = rules.start_practice("", start_walk(scripts, script), NOW)
    while present.state is not PracticeState.ENDED:
        present = rules.answer(rules.say_line(present, "words", 1, NOW), NOW, dice)
    return present.calls[-1]


@pytest.mark.parametrize(
    ("step", "given_replies", "late", "weights"),
    [
        ("opening", [], False, {"y": 3, "h": 2, "v": 5}),
        ("opening", ["We're not hiring"], False, {"y": 3, "h": 0, "v": 5}),
        ("opening", [], True, {"y": 3, "h": 0, "v": 5}),
        ("opening", ["Sure, when?", "(voicemail) beep"], True, {"y": 0, "h": 2, "v": 0}),
        ("reassure", ["We're not hiring"], False, {"h": 1}),
        ("reassure", [], True, {"h": 1}),
    ],
)
def test_replies_weigh_what_the_script_says_unless_given_before_or_without_an_end_in_sight(
    step: str, given_replies: list[str], late: bool, weights: dict[str, int]
) -> None:
    assert rules.weights(ScriptWalk(SCRIPTS, (("ask", step),)), given_replies, late) == weights


@pytest.mark.parametrize("reply", [Reply("?", script="gone"), Reply("?", go="gone"), Reply("?")])
def test_a_reply_that_leads_nowhere_weighs_nothing_and_the_call_is_broken_off(reply: Reply) -> None:
    script = msgspec.structs.replace(ASK, steps={"opening": Step("Hello.", replies={"y": reply})})
    scripts = {"ask": script}
    assert rules.weights(start_walk(scripts, script), [], False) == {"y": 0}
    assert rules.answer(at("opening", scripts=scripts), NOW, Random(0)).calls == (PractisedCall((), None),)


@pytest.mark.parametrize(
    ("falls", "letter"), [(0.0, "y"), (0.29, "y"), (0.3, "h"), (0.49, "h"), (0.5, "v"), (0.99, "v")]
)
def test_each_reply_has_its_share_of_the_dice(falls: float, letter: str) -> None:
    assert rules.choose({"y": 3, "x": 0, "h": 2, "v": 5}, Loaded(falls)) == letter


@pytest.mark.parametrize("weights", [{}, {"y": 0}, {"y": 0, "h": -1}])
def test_nothing_is_chosen_where_nothing_weighs_anything(weights: dict[str, int]) -> None:
    assert rules.choose(weights, Random(0)) == ""


@modest
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 100), min_size=1), st.integers(0, 2**32))
def test_a_reply_without_weight_is_never_chosen(weights: dict[str, int], seed: int) -> None:
    letter = rules.choose(weights, Random(seed))
    assert weights[letter] > 0 if any(weights.values()) else letter == ""


def test_replies_come_about_as_often_as_they_weigh() -> None:
    dice = Random(3)
    found = Counter(rules.choose({"y": 1, "v": 4}, dice) for _ in range(2000))
    assert 3 < found["v"] / found["y"] < 5


@pytest.mark.parametrize(
    ("step", "lines", "falls", "outcome"),
    [
        ("book", 1, 0.99, Outcome.SCHEDULED),
        ("either", 1, 0.2, Outcome.CALL_BACK),
        ("either", LINES_BEFORE_ENDING, 0.99, Outcome.CALL_BACK),
        ("opening", LINES_MAX, 0.99, None),
    ],
)
def test_a_call_ends_where_the_script_lets_it_and_is_broken_off_when_it_lasts(
    step: str, lines: int, falls: float, outcome: Outcome | None
) -> None:
    either = Step("Later?", outcome=Outcome.CALL_BACK, replies={"y": Reply("Now", go="book")})
    scripts = SCRIPTS | {"ask": msgspec.structs.replace(ASK, steps=STEPS | {"either": either})}
    spoken = tuple(said("", 1) for _ in range(lines))
    after = rules.answer(at(step, spoken, scripts), NOW, Loaded(falls))
    assert after.state is PracticeState.ENDED
    assert after.calls == (PractisedCall(spoken, outcome),)
    assert after.lines == ()


def test_a_call_that_may_end_may_also_go_on() -> None:
    either = Step("Later?", outcome=Outcome.CALL_BACK, replies={"y": Reply("Now", go="book")})
    scripts = SCRIPTS | {"ask": msgspec.structs.replace(ASK, steps=STEPS | {"either": either})}
    after = rules.answer(at("either", (said("", 1),), scripts), NOW, Loaded(0.3))
    assert (after.state, after.walk.step_name, after.reply) == (PracticeState.SPEAKING, "book", "Now")


def test_a_reply_may_lead_into_another_script() -> None:
    after = rules.answer(at("opening", (said("", 1),)), NOW, Loaded(0.9))
    assert (after.walk.script.id, after.walk.step_name, after.reply) == (
        "voicemail",
        "message",
        "(voicemail) beep",
    )


def test_the_time_of_a_line_begins_with_the_reply_and_ends_when_it_was_said() -> None:
    later, end = NOW + timedelta(seconds=40), NOW + timedelta(seconds=71)
    answered = rules.answer(at("opening", (said("", 1),)), later, Loaded(0.4))
    assert answered.spoken(end) == timedelta(seconds=31)
    after = rules.say_line(answered, "I'm not asking.", 17, end)
    assert after.last == LineSaid("ask", "reassure", "We're not hiring", "I'm not asking.", 31, 17)
    assert after.spoken(end + timedelta(hours=1)) == timedelta(seconds=31)


def test_a_restarted_line_is_timed_anew_and_one_said_is_not() -> None:
    later = NOW + timedelta(minutes=9)
    assert rules.restart_line(practice(), later).since == later
    assert rules.restart_line(at("opening"), later) == at("opening")


def test_a_clock_set_back_makes_no_time_below_nothing() -> None:
    assert practice().spoken(NOW - timedelta(hours=1)) == timedelta()


def test_nothing_is_said_twice_and_nobody_answers_before_it_was_said() -> None:
    once = rules.say_line(practice(), "Hello.", 1, NOW)
    assert rules.say_line(once, "Hello.", 1, NOW) == once
    assert rules.answer(practice(), NOW, Random(0)) == practice()


def test_calls_are_counted_from_one_to_ten() -> None:
    over = PractisedCall((), None)
    assert practice().number == 1
    assert practice(calls=(over,)).number == 2
    assert practice(calls=(over,), state=PracticeState.ENDED).number == 1
    assert not practice(calls=(over,) * (CALLS - 1)).complete
    assert practice(calls=(over,) * CALLS).complete


def test_the_next_call_begins_at_the_start_and_remembers_those_before() -> None:
    over = PractisedCall((said("", 1),), Outcome.DECLINED)
    after = rules.next_call(
        practice(calls=(over,), state=PracticeState.ENDED, reply="No"), start_walk(SCRIPTS, ASK), NOW
    )
    assert after == practice(calls=(over,))


def test_the_summary_counts_the_ends_and_puts_the_costliest_replies_and_lines_first() -> None:
    first = PractisedCall(
        (said("", 8, step="o"), said("We're not hiring", 31, 17, "n"), said("Sure, when?", 9, 10, "b")),
        Outcome.SCHEDULED,
    )
    second = PractisedCall((said("", 10, step="o"), said("We're not hiring", 21, 17, "n")), None)
    third = PractisedCall((), Outcome.SCHEDULED)
    pending_attempt = (said("Who gave you my name?", 32, 11, "n", "other words"),)
    assert rules.summary(practice(calls=(second, first, third), lines=pending_attempt)) == Summary(
        3,
        ((Outcome.SCHEDULED, 2), (None, 1)),
        (
            Cost("Who gave you my name?", 1, 32, 11),
            Cost("We're not hiring", 2, 26, 17),
            Cost("Sure, when?", 1, 9, 10),
        ),
        (
            Cost("line n", 3, 28, 15),
            Cost("line o", 2, 9, 10),
            Cost("line b", 1, 9, 10),
        ),
    )


@pytest.mark.parametrize(("seconds", "over"), [(31, 14), (17, 0), (12, -5)])
def test_a_cost_is_what_goes_over_the_time_of_the_text(seconds: int, over: int) -> None:
    assert Cost("?", 1, seconds, 17).over == over


@st.composite
def scripts(draw: st.DrawFn) -> dict[str, Script]:
    """Draw scripts whose replies lead about anywhere, to steps with and without an end."""
    names = ["start", "b", "c", "d"]
    ids = ["one", "two"]
    replies = st.builds(Reply, st.sampled_from("xyz"), go=st.sampled_from(names), weight=st.integers(1, 100))
    others = st.builds(Reply, st.sampled_from("xyz"), script=st.sampled_from([*ids, "gone"]))
    steps = st.builds(
        Step,
        st.just("words"),
        replies=st.dictionaries(st.sampled_from("abcd"), replies | others, max_size=3),
        outcome=st.none() | st.sampled_from(Outcome),
    )
    whole = st.fixed_dictionaries(dict.fromkeys(names, steps))
    return {id_: Script(id_, id_, None, Channel.PHONE, "start", draw(whole)) for id_ in ids}


@modest
@given(scripts(), st.integers(0, 2**32))
def test_every_call_ends_within_so_many_lines_whatever_the_script(
    drawn: dict[str, Script], seed: int
) -> None:
    call = walked(drawn, drawn["one"], Random(seed))
    assert 1 <= len(call.lines) <= LINES_MAX
    assert walked(drawn, drawn["one"], Random(seed)) == call
    last = drawn[call.lines[-1].script].steps[call.lines[-1].step]
    assert call.outcome in (None, last.outcome)


@pytest.mark.parametrize("kind", ContactKind)
def test_calls_by_the_bundled_scripts_always_come_to_an_end_of_their_own(
    library: Library, kind: ContactKind
) -> None:
    for seed in range(40):
        call = walked(library.scripts, library.scripts_for(kind)[0], Random(seed))
        assert call.outcome is not None, seed
        given_replies = [line.reply for line in call.lines]
        assert len(set(given_replies)) == len(given_replies), seed


def test_the_bundled_scripts_lead_to_many_different_calls(library: Library) -> None:
    dice = Random(1)
    script = library.scripts_for(ContactKind.PRACTITIONER)[0]
    calls = [walked(library.scripts, script, dice) for _ in range(200)]
    answers = Counter(call.lines[1].reply for call in calls)
    assert set(answers) == {reply.hear for reply in script.steps["opening"].replies.values()}
    assert answers["(voicemail) beep"] > answers["Email me instead"]
