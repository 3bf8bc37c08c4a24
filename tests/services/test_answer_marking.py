from __future__ import annotations

import pytest
from warmcall.domain.answers import answer_id
from warmcall.domain.records import AnswerMark, Contact, Difference, Interview, JoinedQuestion
from warmcall.domain.vocabulary import ContactKind, Mode, QuestionState

from tests.conftest import Bench
from tests.examples import adding, contact, interview, local, question, state_of

ANA = contact(id="ana", name="Ana Ruiz")
BOSS = contact(id="boss", name="Owen", kind=ContactKind.HIRING_MANAGER)
TALK = interview(
    "2026-11-16 10:00", id="talk", contact_id="ana", ended_at=local("2026-11-16 10:20"),
    checklist=(question("ordinary-day"), question("mine", ask="What do you read?")),
    notes={"ordinary-day": "Checking plans", "mine": "Nothing"},
)  # fmt: skip
DAY, MINE = answer_id("talk", "ordinary-day"), answer_id("talk", "mine")


@pytest.fixture
def answered(bench: Bench) -> Bench:
    bench.store.apply(adding(ANA, BOSS, TALK))
    return bench


def test_each_mark_is_one_change_and_one_undo(answered: Bench) -> None:
    marking, history = answered.services.answer_marking, answered.services.history
    before = state_of(answered.store)
    marking.toggle_theme(DAY, " # checking ")
    marking.toggle_not_to_repeat(DAY)
    marking.differ(DAY, MINE, "one reads,\nthe other not")
    marking.join("mine", "ordinary-day")
    found = answered.services.answers.all()
    assert (found.by_id[DAY].themes, found.by_id[DAY].not_to_repeat) == (("checking",), True)
    assert [difference.how for difference in found.differences] == ["one reads, the other not"]
    assert [asked.id for asked in found.questions] == ["ordinary-day"]
    assert found.questions[0].others == {"mine": "What do you read?"}
    assert len(answered.done) == 4
    for _ in range(4):
        history.undo()
    assert state_of(answered.store) == before


def test_what_is_taken_back_leaves_no_record(answered: Bench) -> None:
    marking, store = answered.services.answer_marking, answered.store
    for _ in range(2):
        marking.toggle_theme(DAY, "checking")
    for _ in range(2):
        marking.toggle_not_to_repeat(DAY)
    marking.differ(DAY, MINE, "so")
    marking.differ(MINE, DAY, "or so")
    assert store.count(Difference) == 1
    marking.differ(DAY, MINE, " ")
    marking.join("mine", "ordinary-day")
    marking.join("ordinary-day", "mine")
    marking.take_apart("mine")
    marking.toggle_theme(DAY, "#")
    assert [store.count(kind) for kind in (AnswerMark, Difference, JoinedQuestion)] == [0, 0, 0]


def test_a_theme_used_before_keeps_its_words(answered: Bench) -> None:
    answered.services.answer_marking.toggle_theme(DAY, "Café work")
    answered.services.answer_marking.toggle_theme(MINE, "cafe  WORK")
    assert answered.services.answers.all().themes == (("Café work", 2),)


def test_an_answer_differs_from_another_only(answered: Bench) -> None:
    with pytest.raises(ValueError, match="itself"):
        answered.services.answer_marking.differ(DAY, DAY, "how")
    with pytest.raises(KeyError):
        answered.services.answer_marking.toggle_not_to_repeat("gone")


def test_a_question_goes_onto_the_list_of_the_meeting_that_is_planned(answered: Bench) -> None:
    services = answered.services
    meeting = services.interviewing.arrange("boss", local("2026-12-03 10:30"), Mode.PHONE, "")
    assert meeting is not None
    assert services.answers.to_ask_next("ordinary-day") == "boss"
    done = len(answered.done)
    put = services.checklists.put_on_list("boss", "ordinary-day")
    assert put is not None
    assert put.id == meeting.id
    assert len(answered.done) == done + 1
    changed = answered.store.require(Interview, meeting.id)
    asked = next(asked for asked in changed.checklist if asked.id == "ordinary-day")
    assert (asked.state, asked.ask) == (QuestionState.OPEN, "What fills an ordinary day?")
    assert changed.checklist[-1].referral
    assert services.answers.listed_for("ordinary-day") == {"boss"}
    assert services.answers.to_ask_next("ordinary-day") == ""


def test_without_a_meeting_it_is_kept_for_the_next_one_with_them_and_asked_once(answered: Bench) -> None:
    services = answered.services
    assert services.checklists.put_on_list("boss", "mine") is None
    assert [asked.ask for asked in answered.store.require(Contact, "boss").to_ask] == ["What do you read?"]
    assert services.answers.listed_for("mine") == {"boss"}
    first = services.interviewing.start_now("boss")
    assert first is not None
    assert "mine" in {asked.id for asked in first.checklist}
    services.interviewing.end(first.id)
    again = services.interviewing.start_now("boss")
    assert again is not None
    assert "mine" not in {asked.id for asked in again.checklist}


def test_what_is_open_says_whose_list_it_is_on(answered: Bench) -> None:
    services = answered.services
    first = services.answers.still_open().questions[0]
    assert (first.next_to_ask, first.listed) == ("boss", ())
    services.checklists.put_on_list("boss", first.question.id)
    first = services.answers.still_open().questions[0]
    assert (first.next_to_ask, first.listed) == ("", ("boss",))
