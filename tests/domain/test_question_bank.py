from __future__ import annotations

import msgspec
import pytest
from warmcall.config.library import Library
from warmcall.domain.question_bank import Bank, Question, choose, faults, not_chosen
from warmcall.domain.vocabulary import ContactKind, QuestionState

from tests.examples import only

REFERRAL = Question("who", "Who else?", 99, core=True, referral=True)


def bank(*questions: Question) -> Bank:
    return Bank("b", "B", ContactKind.PRACTITIONER, questions)


def asking(core: int, other: int, referral: bool = True) -> Bank:
    """Return a bank of so many core and other questions; the least important comes first."""
    count = core + other
    questions = [
        Question(f"q{number:02}", f"Question {number}?", number, core=number > other)
        for number in range(count, 0, -1)
    ]
    return bank(*questions, *([REFERRAL] if referral else []))


@pytest.mark.parametrize(
    ("core", "other", "referral", "expected"),
    [
        (6, 10, True, 7),
        (4, 10, True, 5),
        (2, 10, True, 5),
        (12, 3, True, 10),
        (0, 20, True, 10),
        (0, 20, False, 10),
        (2, 10, False, 5),
        (1, 1, True, 3),
        (0, 0, True, 1),
        (0, 0, False, 0),
    ],
)
def test_a_checklist_has_5_to_10_questions_where_the_bank_has_them(
    core: int, other: int, referral: bool, expected: int
) -> None:
    checklist = choose(asking(core, other, referral), 5, 10)
    assert len(checklist) == expected
    assert [question.referral for question in checklist] == [False] * (expected - referral) + [
        True
    ] * referral


def test_core_questions_are_chosen_first_and_asked_by_priority() -> None:
    chosen = [question.id for question in choose(asking(core=3, other=5), 6, 10)]
    assert chosen == ["q01", "q02", "q06", "q07", "q08", "who"]


def test_only_one_question_asks_who_else() -> None:
    other = msgspec.structs.replace(REFERRAL, id="who-2")
    assert [question.id for question in choose(bank(REFERRAL, other), 5, 10)] == ["who"]


def test_chosen_questions_are_open_and_keep_their_words() -> None:
    question = only(choose(bank(Question("day", "What fills a day?", 1, minutes=3, core=True)), 1, 10))
    assert (question.id, question.ask, question.minutes, question.state, question.starred) == (
        "day",
        "What fills a day?",
        3,
        QuestionState.OPEN,
        False,
    )


def test_the_rest_of_the_bank_comes_by_priority() -> None:
    full = asking(core=2, other=4)
    checklist = choose(full, 1, 3)
    assert [question.id for question in checklist] == ["q05", "q06", "who"]
    assert [question.id for question in not_chosen(full, checklist)] == ["q01", "q02", "q03", "q04"]


DAY = Question("day", "What fills a day?", 1)


@pytest.mark.parametrize(
    ("questions", "where", "what", "warning"),
    [
        ((), ("questions",), "the bank has no questions", False),
        ((DAY, DAY, REFERRAL), ("questions", "1", "id"), "the id “day” stands twice", False),
        ((Question("", "?", 1), REFERRAL), ("questions", "0", "id"), "“” cannot be an id", False),
        ((REFERRAL, Question("a.b", "?", 1)), ("questions", "1", "id"), "“a.b” cannot be an id", False),
        ((Question("day", " ", 1), REFERRAL), ("questions", "0", "ask"), "the question is empty", False),
        ((DAY,), ("questions",), "no question asks who else to talk to", True),
    ],
)
def test_a_fault_of_a_bank_is_named_with_its_place(
    questions: tuple[Question, ...], where: tuple[str, ...], what: str, warning: bool
) -> None:
    fault = only(faults(bank(*questions)))
    assert (fault.where, fault.what, fault.warning) == (where, what, warning)
    assert fault.fix


@pytest.mark.parametrize(
    ("kind", "at_least"),
    [(ContactKind.PRACTITIONER, 12), (ContactKind.HIRING_MANAGER, 12), (ContactKind.CONNECTOR, 6)],
)
def test_the_bundled_bank_has_enough_to_choose_from(
    library: Library, kind: ContactKind, at_least: int
) -> None:
    found = library.bank_for(kind)
    assert found is not None
    assert len(found.questions) >= at_least
    assert list(faults(found)) == []
    assert found.questions[-1].referral
    assert [question.referral for question in found.questions].count(True) == 1
    assert [question.priority for question in found.questions] == sorted(
        {question.priority for question in found.questions}
    )
    assert all(question.ask.endswith("?") for question in found.questions)


@pytest.mark.parametrize("kind", list(ContactKind))
def test_the_first_checklist_fits_the_time_asked_for(library: Library, kind: ContactKind) -> None:
    found, figures = library.bank_for(kind), library.cadence
    assert found is not None
    checklist = choose(found, figures.questions_min, figures.questions_max)
    assert 5 <= len(checklist) <= 10
    assert checklist[-1].referral
    before_the_close = sum(question.minutes for question in checklist if not question.referral)
    assert before_the_close <= figures.minutes_asked - figures.close_minutes


def test_no_two_bundled_questions_share_an_id(library: Library) -> None:
    ids = [question.id for bank in library.banks.values() for question in bank.questions]
    assert len(ids) == len(set(ids))


def test_what_nobody_answered_comes_first_and_the_referral_question_stays_last() -> None:
    questions = tuple(
        Question(id=f"q{at}", ask=f"{at}?", priority=at, core=at <= 3, referral=at == 6) for at in range(1, 7)
    )
    offered = bank(*questions)
    chosen = choose(offered, 5, 10, lambda question: question.id in {"q1", "q2", "q5", "q6"})
    assert [question.id for question in chosen] == ["q3", "q4", "q1", "q2", "q6"]
