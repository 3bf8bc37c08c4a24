from __future__ import annotations

from warmcall.domain.answers import answer_id, difference_id
from warmcall.domain.records import AnswerMark, Difference, JoinedQuestion, replace
from warmcall.domain.vocabulary import ContactKind, Outcome

from tests.conftest import Bench
from tests.examples import STAMP, adding, attempt, contact, interview, local, question, target

DOER, MANAGER, _ = ContactKind
ANA = contact(id="ana", name="Ana Ruiz")
BOSS = contact(id="boss", name="Owen", kind=MANAGER)
TALK = interview(
    "2026-11-16 10:00", id="talk", contact_id="ana", ended_at=local("2026-11-16 10:20"),
    checklist=(question("ordinary-day"), question("mine", ask="What do you read?")),
    notes={"ordinary-day": "Checking plans", "mine": "Nothing"},
)  # fmt: skip


def test_all_answers_come_with_what_the_user_said_of_them(bench: Bench) -> None:
    day, mine = answer_id("talk", "ordinary-day"), answer_id("talk", "mine")
    stamps = dict(STAMP)
    bench.store.apply(
        adding(
            ANA, TALK,
            AnswerMark(
                **(stamps | {"id": day}), interview_id="talk", question_id="ordinary-day", themes=("plans",)
            ),
            Difference(**(stamps | {"id": difference_id(day, mine)}), answers=(day, mine), how="so or so"),
            Difference(**(stamps | {"id": "half"}), answers=("gone", mine)),
        )
    )  # fmt: skip
    found = bench.services.answers.all()
    assert [asked.id for asked in found.questions] == ["ordinary-day", "mine"]
    assert found.questions[0].ask == "What fills an ordinary day?"
    assert found.themes == (("plans", 1),)
    assert [difference.how for difference in found.differences] == ["so or so"]
    assert found.differing.keys() == {day, mine}


def test_what_is_open_says_who_could_say_it_and_the_most_wanted_comes_first(bench: Bench) -> None:
    bench.store.apply(
        adding(
            ANA, TALK, BOSS,
            contact(id="new"), contact(id="asked"), contact(id="no"), contact(id="late"), contact(id="soon"),
            attempt("2026-11-20 10:00", Outcome.CALL_BACK, contact_id="asked"),
            attempt("2026-11-20 10:00", Outcome.DECLINED, id="x", contact_id="no"),
            interview("2026-12-04 10:00", id="later", contact_id="late"),
            interview("2026-12-01 10:00", id="sooner", contact_id="soon"),
        )
    )  # fmt: skip
    still_open = bench.services.answers.still_open()
    first, second = still_open.questions[:2]
    assert (first.question.id, first.kind, first.could_say) == ("look-for", MANAGER, ("boss",))
    assert (second.question.id, second.could_say) == ("came-to-it", ("soon", "late", "asked", "new"))
    priorities = [asked.question.priority for asked in still_open.questions]
    assert priorities == sorted(priorities)
    assert still_open.answered == 1
    assert "ordinary-day" not in {asked.question.id for asked in still_open.questions}


def test_a_question_joined_to_one_that_is_answered_is_answered(bench: Bench) -> None:
    bench.store.apply(adding(ANA, TALK))
    assert "field-changing" in {asked.id for asked in bench.services.answers.unanswered(DOER)}
    bench.store.apply(adding(JoinedQuestion(**(STAMP | {"id": "mine"}), same_as="field-changing")))
    assert "field-changing" not in {asked.id for asked in bench.services.answers.unanswered(DOER)}


def test_a_question_joined_to_one_that_another_kind_answered_is_answered_for_both(bench: Bench) -> None:
    bench.store.apply(adding(ANA, BOSS, TALK))
    assert "look-for" in {open_.question.id for open_ in bench.services.answers.still_open().questions}
    bench.services.answer_marking.join("mine", "look-for")
    assert "look-for" not in {open_.question.id for open_ in bench.services.answers.still_open().questions}


def test_what_was_answered_for_another_target_is_open_for_this_one_but_answered(bench: Bench) -> None:
    bench.store.apply(
        adding(
            ANA, target(id="buyer"), target(created_at=local("2026-11-24 09:00")),
            replace(TALK, target_id="buyer"),
        )
    )  # fmt: skip
    answers = bench.services.answers
    still_open = [open_.question.id for open_ in answers.still_open().questions]
    never = [question.id for question in answers.never_answered()]
    assert "ordinary-day" in still_open
    assert sorted({*still_open} - {*never}) == ["ordinary-day"]
    bench.services.answer_marking.join("came-to-it", "field-changing")
    assert len(answers.never_answered()) == len(never) - 1


def test_answers_are_brought_together_again_only_after_a_change(bench: Bench) -> None:
    bench.store.apply(adding(ANA, TALK, BOSS))
    found, still_open = bench.services.answers.all(), bench.services.answers.still_open()
    bench.store.apply(adding(attempt("2026-11-20 10:00", Outcome.CALL_BACK, contact_id="ana")))
    assert bench.services.answers.still_open() is still_open, "who was met may not be met again"
    bench.store.apply(adding(attempt("2026-11-20 10:00", Outcome.DECLINED, contact_id="boss")))
    assert bench.services.answers.still_open() is not still_open
    bench.store.apply(adding(contact(id="new")))
    bench.services.address_book.edit("ana", {"notes": "met at the club"})
    assert bench.services.answers.all() is found
    bench.services.address_book.edit("ana", {"kind": MANAGER})
    assert {answer.kind for answer in bench.services.answers.all().by_id.values()} == {MANAGER}
