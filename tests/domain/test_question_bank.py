from __future__ import annotations

from typing import Any

import msgspec
import pytest
from warmcall.config.library import Library
from warmcall.domain.preparation import minutes_needed
from warmcall.domain.question_bank import (
    ALONE,
    Bank,
    Occasion,
    Question,
    Talk,
    choose,
    faults,
    not_chosen,
    occasions,
    proposals,
)
from warmcall.domain.records import ChecklistQuestion, replace
from warmcall.domain.templates import has_gap
from warmcall.domain.vocabulary import CaptureKind, ContactKind, Mode, QuestionState, Source

from tests.examples import capture, contact, interview, only, question, target

REFERRAL = Question("who", "Who else?", 99, core=True, referral=True)


def bank(*questions: Question) -> Bank:
    return Bank("b", "B", questions, ContactKind.PRACTITIONER)


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
    asked = only(choose(bank(Question("day", "What fills a day?", 1, minutes=3, core=True)), 1, 10))
    assert (asked.id, asked.ask, asked.minutes, asked.state, asked.starred) == (
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
        ((DAY, DAY, REFERRAL), ("questions", "1", "id"), "the id “day” is there twice", False),
        ((Question("", "?", 1), REFERRAL), ("questions", "0", "id"), "“” cannot be an id", False),
        ((REFERRAL, Question("a.b", "?", 1)), ("questions", "1", "id"), "“a.b” cannot be an id", False),
        ((Question("day", " ", 1), REFERRAL), ("questions", "0", "ask"), "the question is empty", False),
        ((DAY,), ("questions",), "no question asks who else to talk to", True),
        (
            (Question("x", "So {why}?", 1), REFERRAL),
            ("questions", "0", "ask"),
            "unknown placeholder {why}",
            False,
        ),
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
    before_the_close = sum(question.minutes for question in checklist if not question.in_close)
    assert before_the_close <= figures.minutes_asked - figures.close_minutes


def test_bundled_questions_of_one_id_are_the_same_question(library: Library) -> None:
    every = [question for bank in library.banks.values() for question in bank.questions]
    assert len({(question.id, question.ask) for question in every}) == len(
        {question.id for question in every}
    )


SEEDS_FIVE = {
    ContactKind.PRACTITIONER: {
        "ordinary-day": "a typical day",
        "who-does-well": "the qualities that matter",
        "came-to-it": "how they got the job",
        "my-experience": "what they think of one's experience so far",
        "advice-entering": "their advice for somebody entering the field",
    },
    ContactKind.HIRING_MANAGER: {
        "good-first-year": "what the work is like for somebody new",
        "look-for": "what is looked for in candidates",
        "judge-skills": "how skills are judged",
        "schooling-counts": "how education is judged",
        "usual-path": "a usual career path",
        "my-background": "what they think of one's background",
        "advice-entering-manager": "their advice for somebody entering the field",
    },
}
"""The ids of what the mission has asked of each kind, with its words."""

CLOSE = {
    ContactKind.PRACTITIONER: ["advice-entering", "not-asked", "who-else"],
    ContactKind.HIRING_MANAGER: ["advice-entering-manager", "not-asked-manager", "who-else-manager"],
    ContactKind.CONNECTOR: ["not-asked-connector", "who-else-connector"],
}


@pytest.mark.parametrize("kind", list(ContactKind))
def test_the_first_checklist_asks_what_the_mission_names_and_closes_with_what_was_not_asked_and_who_else(
    library: Library, kind: ContactKind
) -> None:
    found = library.bank_for(kind)
    assert found is not None
    checklist = choose(found, 5, 10)
    assert SEEDS_FIVE.get(kind, {}).keys() <= {question.id for question in checklist}
    assert [question.id for question in checklist if question.in_close] == CLOSE[kind]
    assert [question.id for question in checklist][-len(CLOSE[kind]) :] == CLOSE[kind]
    assert sum(question.minutes for question in checklist if question.in_close) <= 3
    assert not any(has_gap(question.ask) for question in checklist)


def for_talk(library: Library, kind: ContactKind, *holds: Occasion, **found: str) -> list[ChecklistQuestion]:
    """Return the checklist for a talk of 20 minutes, or of ten where it is one of ten."""
    talk = Talk(10 if Occasion.TEN_MINUTES in holds else 20, 3, holds, found)
    sets = [one_set for one_set in library.sets_for(kind) if one_set.when in holds]
    chosen = library.bank_for(kind)
    assert chosen is not None
    return list(choose(chosen, 5, 10, sets=sets, talk=talk))


@pytest.mark.parametrize("kind", list(ContactKind))
def test_ten_minutes_are_three_questions_the_last_who_else(library: Library, kind: ContactKind) -> None:
    checklist = for_talk(library, kind, Occasion.TEN_MINUTES, Occasion.ALUMNI, Occasion.SECOND_MEETING)
    assert len(checklist) == 3
    assert checklist[-1].referral
    assert minutes_needed(checklist, 3) <= 10


def test_a_second_meeting_begins_with_what_became_of_their_advice(library: Library) -> None:
    checklist = for_talk(
        library, ContactKind.PRACTITIONER, Occasion.SECOND_MEETING, advised="read the rate card"
    )
    assert checklist[0].ask.startswith("You told me to ‹read the rate card›. I did, and this happened")
    assert "came-to-it" not in {question.id for question in checklist}
    assert 5 <= len(checklist) <= 10
    assert [question.id for question in checklist][-2:] == ["write-again", "who-else"]
    blank = for_talk(library, ContactKind.PRACTITIONER, Occasion.SECOND_MEETING)
    assert blank[0].ask.startswith("You told me to ‹what they advised›.")


def test_ten_minutes_with_somebody_met_before_do_not_ask_the_same_again(library: Library) -> None:
    checklist = for_talk(
        library, ContactKind.PRACTITIONER, Occasion.TEN_MINUTES, Occasion.SECOND_MEETING, advised="begin"
    )
    assert [question.id for question in checklist] == ["did-as-told", "where-wrong", "who-else"]


@pytest.mark.parametrize("kind", [ContactKind.PRACTITIONER, ContactKind.HIRING_MANAGER])
@pytest.mark.parametrize("occasion", [found for found in Occasion if found not in ALONE])
def test_what_is_special_about_a_talk_is_asked_besides_as_far_as_the_time_goes(
    library: Library, kind: ContactKind, occasion: Occasion
) -> None:
    usual, special = for_talk(library, kind), for_talk(library, kind, occasion)
    ids = {question.id for question in special}
    assert {question.id for question in usual} < ids
    core = [question.id for found in library.sets_for(kind) if found.when is occasion
            for question in found.questions if question.core]  # fmt: skip
    assert core[0] in ids
    everything = for_talk(library, kind, *(found for found in Occasion if found not in ALONE), read="of it")
    for checklist in (special, everything):
        assert minutes_needed(checklist, 3) <= 20
        assert len(checklist) <= 10
        assert checklist[-1].referral


def test_what_was_read_is_asked_where_something_was_and_stands_in_a_gap(library: Library) -> None:
    usual = for_talk(library, ContactKind.PRACTITIONER)
    checklist = for_talk(library, ContactKind.PRACTITIONER, read="they plan by hand")
    assert [question.ask for question in checklist if question not in usual] == [
        "I'd read that ‹they plan by hand›. Is that how you see it?"
    ]


NOTES = "Plans for garden shops. Helen trained her."


@pytest.mark.parametrize(
    ("fields", "research", "read"),
    [
        ({"notes": NOTES}, "", "Plans for garden shops"),
        (
            {"notes": NOTES, "organization": "Tern"},
            "Reach is a word.\nTern won the ferry.",
            "Tern won the ferry",
        ),
        ({"notes": NOTES, "organization": "Tern"}, "Plover won the ferry.", "Plans for garden shops"),
        ({"notes": "a ‹b›\nc"}, "", "a b"),
        ({"notes": "word " * 30}, "", "word " * 15 + "word…"),
        ({}, "Reach is a word.", None),
    ],
)
def test_what_was_read_comes_from_the_research_on_them_else_from_the_notes(
    fields: dict[str, str], research: str, read: str | None
) -> None:
    assert proposals(contact(**fields), target(research=research), None).get("read") == read


def test_what_they_advised_comes_from_the_last_meeting() -> None:
    said = interview(checklist=(question("a", starred=True),), notes={"a": "begin small. Then go on"})
    assert proposals(contact(), None, said) == {"advised": "begin small"}
    of_resume = replace(said, captured=(capture(CaptureKind.RESUME, "one page."),))
    assert proposals(contact(), None, of_resume) == {"advised": "one page"}


@pytest.mark.parametrize(
    ("fields", "mode", "minutes", "met", "abroad", "expected"),
    [
        ({}, Mode.PHONE, 20, False, False, ()),
        ({}, Mode.PHONE, 10, False, False, (Occasion.TEN_MINUTES,)),
        ({"source": Source.ALUMNI}, Mode.VIDEO, 20, False, False, (Occasion.ALUMNI, Occasion.VIDEO)),
        ({}, Mode.IN_PERSON, 20, True, True, (Occasion.SECOND_MEETING, Occasion.ABROAD)),
        ({"title": "Associate Professor of Law"}, Mode.PHONE, 20, False, False, (Occasion.ACADEMIC,)),
        ({"title": "Owner, and planner"}, Mode.PHONE, 20, False, False, (Occasion.FREELANCE,)),
        ({"title": "Professional Services Lead"}, Mode.PHONE, 20, False, False, ()),
        ({"title": "Self-employed translator"}, Mode.PHONE, 20, False, False, (Occasion.FREELANCE,)),
    ],
)
def test_the_facts_on_record_say_which_occasions_hold(
    fields: dict[str, Any], mode: Mode, minutes: int, met: bool, abroad: bool, expected: tuple[Occasion, ...]
) -> None:
    assert occasions(contact(**fields), mode, minutes, met, abroad) == expected


def test_every_occasion_has_a_bundled_set_for_every_kind(library: Library) -> None:
    for kind in ContactKind:
        sets = library.sets_for(kind)
        assert {found.when for found in sets} == set(Occasion)
        for found in sets:
            assert list(faults(found)) == []
            assert any(question.core for question in found.questions)
            assert all(question.ask.endswith("?") for question in found.questions)


def test_a_bank_says_for_whom_or_when_it_serves() -> None:
    fault = only(faults(Bank("b", "B", (DAY, REFERRAL))))
    assert all(word in fault.fix for word in ("hiring_manager", "second_meeting"))
    assert not list(faults(Bank("b", "B", (DAY,), when=Occasion.VIDEO)))


@pytest.mark.parametrize(
    ("answered", "minutes", "chosen"),
    [
        ("", 20, "q1 q2 q3 q8"),
        ("q1 q2 q3 q8", 20, "q1 q2 q3 q4 q8"),
        ("q1 q4", 20, "q1 q2 q3 q5 q8"),
        ("q4", 20, "q1 q2 q3 q8"),
        ("q1 q4", 10, "q1 q2 q3 q8"),
        ("q1 q2 q3 q4 q5 q6 q7 q8", 20, "q1 q2 q3 q8"),
    ],
)
def test_core_questions_are_asked_of_everybody_and_of_the_others_those_nobody_answered(
    answered: str, minutes: int, chosen: str
) -> None:
    questions = (
        Question(id=f"q{at}", ask=f"{at}?", priority=at, core=at <= 3, referral=at == 8) for at in range(1, 9)
    )
    talk = Talk(minutes)
    found = choose(bank(*questions), 4, 10, lambda question: question.id in answered, talk=talk)
    assert [question.id for question in found] == chosen.split()
