from __future__ import annotations

import msgspec
import pytest
from warmcall.domain.records import JobAnswer, JobPractice, Profile, Target, replace
from warmcall.services.job_answers import JobAnswers

from tests.conftest import Bench
from tests.examples import target

WHY, YOU = "why-this-work", "why-you"


@pytest.fixture
def service(bench: Bench) -> JobAnswers:
    bench.services.profile_editing.save({"name": "Robin Vale", "role": "Media Planner"})
    return bench.services.job_answers


def text(service: JobAnswers, question_id: str = WHY) -> str:
    state = service.state(question_id)
    assert state is not None
    return state.answer.text


def test_four_questions_wait_for_an_answer_once_there_is_a_target(bench: Bench, service: JobAnswers) -> None:
    assert Bench(bench.services.library).services.job_answers.states() == []
    states = service.states()
    assert [state.question.id for state in states] == [WHY, YOU, "know-of-us", "about-yourself"]
    assert {(state.answer.text, state.words, state.seconds) for state in states} == {("", 0, 0)}
    assert list(bench.store.all(JobAnswer)) == []
    assert service.state("something else") is None


def test_an_answer_is_written_piece_by_piece_and_counted_as_it_is_spoken(
    bench: Bench, service: JobAnswers
) -> None:
    for words in ("I like", "I like deciding", "I like deciding where it goes."):
        service.write(WHY, words)
        bench.clock.forward(seconds=2)
    state = service.state(WHY)
    assert state is not None
    assert (state.words, state.seconds) == (6, 3)
    assert all(change.merge for change in bench.saved[1:]), "pieces of a text go to the typing file"
    assert bench.services.history.undo() == "your answer"
    assert text(service) == ""


def test_two_sessions_make_the_same_record(bench: Bench, service: JobAnswers) -> None:
    service.write(WHY, "Here.")
    (here,) = bench.store.all(JobAnswer)
    there = Bench(bench.services.library, session="there")
    there.store.apply(bench.saved[0])
    there.services.job_answers.write(WHY, "There.")
    assert [answer.id for answer in there.store.all(JobAnswer)] == [here.id]


def test_each_practice_is_kept_as_one_change_and_apart_from_what_is_typed(
    bench: Bench, service: JobAnswers
) -> None:
    service.write(WHY, "I like deciding.")
    practice = JobPractice(at=bench.clock.now(), before=2, after=4, seconds=52)
    saved = len(bench.saved)
    service.practised(WHY, practice)
    assert len(bench.saved) == saved + 1
    service.practised(YOU, msgspec.structs.replace(practice, before=1))
    service.write(WHY, "I like deciding where it goes.")
    state, unwritten = service.state(WHY), service.state(YOU)
    assert state is not None
    assert unwritten is not None
    assert (state.answer.practices, unwritten.answer.text) == ((practice,), "")
    assert bench.services.history.undo() == "your answer"
    assert text(service) == "I like deciding."
    bench.services.history.undo()
    assert bench.services.history.undo() == "practised your answer"
    assert service.state(WHY) != state
    assert [answer.practices for answer in bench.store.all(JobAnswer)] == [()]


def test_answers_belong_to_the_target_aimed_at_now(bench: Bench, service: JobAnswers) -> None:
    service.write(WHY, "I like deciding.")
    profile = bench.store.require(Profile, "profile")
    buyer = target(id="buyer", role="Media Buyer")
    bench.services.history.commit("another target", buyer, replace(profile, target_id="buyer"))
    assert text(service) == ""
    service.write(WHY, "I like a good price.")
    first = next(iter(bench.store.all(Target)))
    bench.services.history.commit(
        "back", replace(bench.store.require(Profile, "profile"), target_id=first.id)
    )
    assert text(service) == "I like deciding."


def test_without_a_target_nothing_can_be_written(bench: Bench) -> None:
    with pytest.raises(LookupError, match="no target"):
        bench.services.job_answers.write(WHY, "Anything.")
    assert bench.saved == []
