from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.answers import (
    Answer,
    SameQuestions,
    answer_id,
    answered_by,
    answers_in,
    as_theme,
    matching,
    questions_answered,
    repeatable,
    theme_counts,
    with_theme,
)
from warmcall.domain.question_bank import Question
from warmcall.domain.records import AnswerMark, ChecklistQuestion, Interview, JoinedQuestion
from warmcall.domain.text_folding import folded
from warmcall.domain.vocabulary import ContactKind

from tests.examples import NOW, STAMP, contact, interview, question
from tests.profiles import modest

DOER, MANAGER, _ = ContactKind
ANA = contact(id="ana", name="Ana Ruiz")
BOSS = contact(id="boss", kind=MANAGER)
PEOPLE = {person.id: person for person in (ANA, BOSS)}

DAY = Question(id="day", ask="What fills a day?", priority=2)
PAY = Question(id="pay", ask="What does it pay?", priority=1)
PATH = Question(id="path", ask="How does one come in?", priority=1)


def held(id_: str, contact_id: str, *asked: ChecklistQuestion, days: int = 0, **fields: object) -> Interview:
    at = NOW - timedelta(days=10 - days)
    return interview(
        at, **({"id": id_, "contact_id": contact_id, "ended_at": at, "checklist": asked} | fields)
    )


def mark(interview_id: str, question_id: str, **fields: object) -> AnswerMark:
    stamps = STAMP | {"id": answer_id(interview_id, question_id)}
    return AnswerMark(**stamps, interview_id=interview_id, question_id=question_id, **fields)  # type: ignore[arg-type]


def joined(id_: str, same_as: str) -> JoinedQuestion:
    return JoinedQuestion(**(STAMP | {"id": id_}), same_as=same_as)


def answer(question_id: str, words: str = "words", ask: str = "", **fields: object) -> Answer:
    values = {
        "id": f"i~{question_id}", "interview_id": "i", "question_id": question_id, "contact_id": "ana",
        "kind": DOER, "at": NOW, "target_id": "", "ask": ask, "words": words,
    } | fields  # fmt: skip
    return Answer(**values)  # type: ignore[arg-type]


def test_answers_are_what_was_noted_under_a_question_in_a_real_meeting() -> None:
    talk = held(
        "talk", "ana", question("day", starred=True), question("pay"), question("path"),
        notes={"day": "[03] checking\n[04] calls", "pay": "  ", "": "in general", "dropped": "gone"},
    )  # fmt: skip
    not_held = [
        held("practice", "ana", question("day"), notes={"day": "x"}, practice=True),
        held("cancelled", "ana", question("day"), notes={"day": "x"}, cancelled=True),
        held("going", "ana", question("day"), notes={"day": "x"}, ended_at=None),
        held("orphan", "gone", question("day"), notes={"day": "x"}),
    ]
    marks = [mark("talk", "day", themes=("checking",), not_to_repeat=True), mark("talk", "pay")]
    (found,) = answers_in([*not_held, talk], PEOPLE.get, marks)
    assert (found.id, found.words, found.starred) == ("talk~day", "checking\ncalls", True)
    assert (found.themes, found.not_to_repeat, found.kind) == (("checking",), True, DOER)


def test_one_question_has_everyones_answers_starred_first_then_the_newest() -> None:
    talks = [
        held("old", "ana", question("day", starred=True), notes={"day": "1"}),
        held("mid", "boss", question("path"), question("day"), notes={"day": "2", "path": "3"}, days=1),
        held("new", "ana", question("day"), question("mine"), notes={"day": "4", "mine": "5"}, days=2),
    ]
    same = SameQuestions([DAY, PAY, PATH], [("mine", "My own?")])
    day, path, own = questions_answered(answers_in(talks, PEOPLE.get), same)
    assert [found.words for found in day.answers] == ["1", "4", "2"]
    assert [found.words for found in day.by(MANAGER)] == ["2"]
    assert (path.id, own.ask) == ("path", "My own?")


@pytest.mark.parametrize(
    ("asked", "links", "groups"),
    [
        ([("mine", "what  FILLS a day?")], [], [{"day", "mine"}, {"pay"}]),
        ([("mine", "Your day?")], [], [{"day"}, {"pay"}, {"mine"}]),
        ([("mine", "Your day?")], [("mine", "day")], [{"day", "mine"}, {"pay"}]),
        (
            [("mine", "Your day?"), ("other", "your day?")], [("other", "day")],
            [{"day", "mine", "other"}, {"pay"}],
        ),
        ([], [("pay", "day"), ("day", "pay")], [{"day", "pay"}]),
        ([], [("pay", "pay")], [{"day"}, {"pay"}]),
        ([], [("pay", "gone")], [{"day"}, {"pay"}]),
    ],
)  # fmt: skip
def test_questions_are_one_by_their_words_and_by_what_the_user_says(
    asked: list[tuple[str, str]], links: list[tuple[str, str]], groups: list[set[str]]
) -> None:
    same = SameQuestions([DAY, PAY], asked, [joined(*link) for link in links])
    found: dict[str, set[str]] = {}
    for id_ in ("day", "pay", *(id_ for id_, _ in asked)):
        found.setdefault(same.id_of(id_), set()).add(id_)
    assert list(found.values()) == groups


def test_a_joined_question_stands_under_the_words_of_the_one_it_was_joined_to() -> None:
    same = SameQuestions([DAY, PAY, PATH], joined=[joined("day", "path"), joined("path", "pay")])
    assert {same.id_of(id_) for id_ in ("day", "path", "pay")} == {"pay"}
    assert same.joined_to("pay") == {"day": DAY.ask, "path": PATH.ask}


_ids = st.sampled_from([f"q{number}" for number in range(6)])
_links = st.dictionaries(_ids, _ids, max_size=5)


def _grouped(links: dict[str, str]) -> set[frozenset[str]]:
    bank = [Question(id=f"q{number}", ask=f"Question {number}?", priority=1) for number in range(6)]
    same = SameQuestions(bank, joined=[joined(*link) for link in links.items()])
    groups: dict[str, set[str]] = {}
    for raw in bank:
        groups.setdefault(same.id_of(raw.id), set()).add(raw.id)
    assert all(representative in members for representative, members in groups.items())
    return {frozenset(members) for members in groups.values()}


@given(_links, _ids, _ids)
@modest
def test_joining_and_taking_apart_again_changes_nothing(links: dict[str, str], one: str, other: str) -> None:
    bank = [Question(id=f"q{number}", ask=f"Question {number}?", priority=1) for number in range(6)]
    same = SameQuestions(bank, joined=[joined(*link) for link in links.items()])
    if same.id_of(one) == same.id_of(other) or same.id_of(one) in links:
        return
    before = _grouped(links)
    with_both = links | {same.id_of(one): same.id_of(other)}
    after = _grouped(with_both)
    assert len(after) == len(before) - 1
    assert any({one, other} <= group for group in after)
    del with_both[same.id_of(one)]
    assert _grouped(with_both) == before


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", True), ("CAFE", True), ("café day", True), ("cheking", False), ("pay", False), ("théme", True)],
)
def test_a_word_is_found_in_answer_question_and_themes_without_accents_and_case(
    typed: str, found: bool
) -> None:
    said = answer("day", "We meet in the Café", "What fills a day?", themes=("A Theme",))
    assert bool(matching([said], typed)) is found


@given(st.lists(st.text(alphabet="abéÄß'- ", min_size=1, max_size=8), min_size=1, max_size=5))
@modest
def test_every_word_of_an_answer_finds_it(words: list[str]) -> None:
    said = answer("day", " ".join(words))
    for word in said.words.split():
        assert matching([said], word) == [said]
        assert matching([said], folded(word)) == [said]


def test_themes_are_counted_whatever_their_case() -> None:
    answers = [
        answer("a", themes=("Clients", "planning")),
        answer("b", themes=("clients",)),
        answer("c", themes=("checking", "clients")),
    ]
    assert theme_counts(answers) == [("Clients", 3), ("checking", 1), ("planning", 1)]


@pytest.mark.parametrize(
    ("themes", "theme", "after"),
    [((), "Pay", ("Pay",)), (("hours",), "pay", ("hours", "pay")), (("Pay", "hours"), "pay", ("hours",))],
)
def test_a_theme_is_added_or_taken_away(themes: tuple[str, ...], theme: str, after: tuple[str, ...]) -> None:
    assert with_theme(themes, theme) == after


@pytest.mark.parametrize(
    ("typed", "theme"), [(" # long  days\n", "long days"), ("#", ""), ("x" * 50, "x" * 40), ("c#", "c#")]
)
def test_a_theme_is_a_word_or_two_on_one_line(typed: str, theme: str) -> None:
    assert as_theme(typed) == theme


def test_who_answered_what_is_counted_by_person_and_a_joined_question_counts() -> None:
    same = SameQuestions([DAY, PAY, PATH], joined=[joined("path", "day")])
    answers = [
        answer("path"),
        answer("pay", target_id="other"),
        answer("pay", contact_id="boss", kind=MANAGER),
        answer("pay", contact_id="eve"),
    ]
    assert answered_by(answers, (DOER,), "", same) == [{"day"}, {"pay"}]


def test_what_is_not_to_be_repeated_is_gone_from_what_may_leave() -> None:
    talk = held(
        "talk", "ana", question("day", starred=True), question("pay", starred=True),
        notes={"day": "open", "pay": "in confidence", "": "in general"},
    )  # fmt: skip
    marks = {found.id: found for found in (mark("talk", "pay", not_to_repeat=True), mark("talk", "day"))}
    left = repeatable(talk, marks.get)
    assert left.notes == {"day": "open", "": "in general"}
    assert [asked.starred for asked in left.checklist] == [True, False]
    assert repeatable(talk, lambda _id: None) is talk
