from __future__ import annotations

import msgspec
import pytest
from warmcall.domain.job_answers import Draws
from warmcall.domain.records import Interview, JobAnswer, JobPractice, Profile, Target, replace
from warmcall.services.job_answers import JobAnswers, Material

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


def test_what_is_written_for_another_target_than_the_present_stays_with_it(
    bench: Bench, service: JobAnswers
) -> None:
    first = next(iter(bench.store.all(Target))).id
    profile = bench.store.require(Profile, "profile")
    buyer = target(id="buyer", role="Media Buyer")
    bench.services.history.commit("another target", buyer, replace(profile, target_id="buyer"))
    service.write(WHY, "I like deciding.", first)
    state = service.state(WHY, first)
    assert state is not None
    assert (text(service), state.answer.text) == ("", "I like deciding.")
    assert service.state(WHY, "no such target") is None


def test_without_a_target_nothing_can_be_written(bench: Bench) -> None:
    with pytest.raises(LookupError, match="no target"):
        bench.services.job_answers.write(WHY, "Anything.")
    assert bench.saved == []


def material_of(service: JobAnswers, question_id: str, place: str = "") -> dict[Draws, Material]:
    state = service.state(question_id)
    assert state is not None
    return {part.draws: part for part in service.material(state.question, place)}


def test_what_was_learned_stands_beside_an_answer_starred_answers_first(
    bench: Bench, service: JobAnswers, met: Interview
) -> None:
    second = met.checklist[1].id
    bench.services.interview_notes.write(met.id, second, "two questions a plan.")
    bench.services.profile_editing.save({"research": "Planners decide where.\n\nParkway buys late."})
    parts = material_of(service, WHY)
    assert list(parts) == [Draws.INTERVIEWS, Draws.RESEARCH, Draws.YOURSELF]
    assert "I'm Robin Vale." in parts[Draws.YOURSELF].lines
    assert [answer.words for answer in parts[Draws.INTERVIEWS].answers] == [
        "start at a small agency.",
        "two questions a plan.",
    ]
    assert parts[Draws.RESEARCH].lines == ("Planners decide where.", "Parkway buys late.")


def test_what_was_learned_follows_the_records(bench: Bench, service: JobAnswers, met: Interview) -> None:
    before = material_of(service, WHY)
    service.write(WHY, "Anything.")
    state = service.state(WHY)
    assert state is not None
    assert service.material(state.question) is service.material(state.question)
    assert material_of(service, WHY) == before
    bench.services.interview_notes.write(met.id, met.checklist[0].id, "start small.")
    assert material_of(service, WHY) != before


def test_of_one_organization_it_is_what_people_there_said_and_what_is_kept_of_it(
    bench: Bench, service: JobAnswers, met: Interview
) -> None:
    book, mei = bench.services.address_book, met.contact_id
    book.edit(mei, {"organization": "Northgate"})
    bench.services.profile_editing.save({"research": "Planners decide where.\nNorthgate trains for a year."})
    wanted = bench.services.organizations
    wanted.want(bench.services.directory.place_of("Northgate"), 1)
    place = bench.services.directory.place_of("Northgate")
    assert [(known.name, known.answers, known.wanted) for known in service.places()] == [("Northgate", 1, 1)]
    part = material_of(service, "know-of-us", place)[Draws.ORGANIZATION]
    assert (part.place, part.lines) == ("Northgate", ("Northgate trains for a year.",))
    assert [answer.words for answer in part.answers] == ["start at a small agency."]
    assert material_of(service, "know-of-us")[Draws.ORGANIZATION] == Material(Draws.ORGANIZATION)
