from __future__ import annotations

from typing import Any

import pytest
from warmcall.domain.decisions import WeighedAnswer, WeighedRequirement
from warmcall.domain.records import Decision, Requirement
from warmcall.domain.vocabulary import TargetVerdict
from warmcall.presentation import decision as words_of
from warmcall.services.deciding import DecisionState
from warmcall.services.progress import RatedTalk
from warmcall.widgets.rich_text import RichPart

from tests.domain.test_decisions import answer, said
from tests.examples import CALENDAR, NOW, STAMP, target

TODAY = CALENDAR.day_of(NOW)
NAMES = {"isaac": "Isaac", "priya": "Priya", "teo": "Teo", "owen": "Owen", "yumi": "Yumi"}
PAY = Requirement(id="pay", **STAMP, target_id="target", text="I can live on the pay")


def weighed(who: str, supports: bool = True, words: str = "", **fields: Any) -> WeighedAnswer:
    one = answer(who, **fields)
    return WeighedAnswer(said(one, supports, words=words), one)


def text(parts: list[RichPart]) -> str:
    return "".join(part if isinstance(part, str) else part[0] for part in parts)


def keys(words: str) -> str:
    return (
        words.replace("{decision.", "<")
        .replace("{app.target}", "6")
        .replace("{target.", "<")
        .replace("}", ">")
    )


@pytest.mark.parametrize(
    ("one", "cells"),
    [
        (WeighedRequirement(PAY), ("–", "–", "–", "–")),
        (
            WeighedRequirement(
                PAY,
                (weighed("isaac", starred=True), weighed("priya"), weighed("isaac", question="path")),
                (weighed("priya", supports=False),),
                ("teo", "owen"),
            ),
            ("Isaac ★, Priya", "Priya", "3 for, 1 against", "Teo, Owen"),
        ),
        (
            WeighedRequirement(PAY, could_say=("teo", "owen", "yumi")),
            ("–", "–", "–", "Teo, 2 more"),
        ),
    ],
)
def test_a_requirement_says_who_is_for_it_against_it_and_who_could_say(
    one: WeighedRequirement, cells: tuple[str, ...]
) -> None:
    assert words_of.requirement_cells(one, NAMES.__getitem__) == ("I can live on the pay", *cells)


def test_an_answer_keeps_who_said_it_and_when_and_is_read_whole() -> None:
    one = weighed("isaac", supports=False, words="late", starred=True, not_to_repeat=True)
    assert words_of.evidence_cells(one, "Isaac Brandt", TODAY, CALENDAR) == (
        ("-", "$warning"), "Isaac Brandt", "today", ("★⊘", "$error"), "late",
    )  # fmt: skip
    assert words_of.answer_cells(answer("priya"), None, "Priya Raman", TODAY, CALENDAR) == (
        "", "Priya Raman", "today", "", "Much.",
    )  # fmt: skip
    page = text(words_of.evidence_page(one, "does it"))
    assert page.split("\n") == [
        "What…? · does it", "“late”", "in full: Much.", "Not to be repeated: it stays out of letters",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("decision", "to_tell", "lines"),
    [
        (None, 2, ["Decided: nothing yet   <decide> decides"]),
        (
            {"verdict": TargetVerdict.KEEP_ASKING, "would_change_my_mind": "the pay is enough"}, 2,
            ["Decided: keep asking · today",
             "One more talk would change my mind if it said: the pay is enough"],
        ),
        (
            {"verdict": TargetVerdict.GO, "why": "because I like it."}, 4,
            ["Decided: go · today · because I like it",
             "4 people who helped would like to hear it: <letters> drafts the letters."],
        ),
        (
            {"verdict": TargetVerdict.NO}, 1,
            ["Decided: no · today",
             "One person who helped would like to hear it: <letters> drafts the letters."],
        ),
        (
            {"verdict": TargetVerdict.NO}, 0,
            ["Decided: no · today", "Everybody who helped has your letter, or it is in the queue."],
        ),
        (
            {"verdict": TargetVerdict.ANOTHER_TARGET}, 2,
            ["Decided: another target · today",
             "6 <targets> adds the other job, or changes to it."],
        ),
    ],
)  # fmt: skip
def test_the_decision_says_what_would_change_it_and_what_to_press(
    decision: dict[str, Any] | None, to_tell: int, lines: list[str]
) -> None:
    made = decision and Decision(id="d", **STAMP, target_id="t", decided_at=NOW, **decision)
    state = DecisionState(target(), (), made or None)
    parts = words_of.verdict_lines(state, to_tell, TODAY, CALENDAR, keys)
    assert text(parts).split("\n") == lines


def test_the_question_and_the_ratings_head_the_page() -> None:
    assert words_of.question(target(role="Editor")) == "Is the work of an Editor for you?"
    assert words_of.question(None) == "Is this job for you?"
    talks = [RatedTalk("isaac", NOW, 2, 4), RatedTalk("helen", NOW, 0, 3)]
    assert words_of.ratings(talks) == "fit 4 3 · sure 2 –"
    assert words_of.ratings([]) == ""
