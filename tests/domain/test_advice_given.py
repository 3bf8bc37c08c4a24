from __future__ import annotations

from typing import Any

import pytest
from warmcall.domain.advice_given import (
    AdviceGiven,
    advice_given,
    advice_id,
    advice_phrase,
    advice_problem,
    followed_sentence,
)
from warmcall.domain.evidence import RESUME_CHANGED, resume_task
from warmcall.domain.records import FollowUp
from warmcall.domain.vocabulary import FollowUpKind

from tests.examples import advice, follow_up, local

DONE = local("2026-11-18 10:00")
LATER = local("2026-11-20 10:00")
CHECK_IN, OTHER = FollowUpKind.CHECK_IN, FollowUpKind.OTHER
SENTENCE = "I followed your advice to join the media club"


def task(id_: str = "task", **fields: Any) -> FollowUp:
    return follow_up(OTHER, **{"id": id_, "note": resume_task("One page only."), **fields})


def the_only(letter: FollowUp, **fields: Any) -> AdviceGiven:
    """Return the advice to join the club, with `letter` as what else they were or are owed."""
    (given,) = advice_given([advice("join the media club", **fields)], [letter], lambda _id: [letter])
    return given


@pytest.mark.parametrize(
    ("letter", "known"),
    [
        (follow_up(CHECK_IN, id="l", note=RESUME_CHANGED, done_at=LATER), True),
        (follow_up(OTHER, id="l", letter="thanks", body="my résumé now…", done_at=LATER), True),
        (follow_up(CHECK_IN, id="l", note="I went to the club", done_at=LATER), False),
        (follow_up(CHECK_IN, id="l", note=RESUME_CHANGED), False),
        (follow_up(CHECK_IN, id="l", note=RESUME_CHANGED, done_at=LATER, dropped=True), False),
        (follow_up(FollowUpKind.PROMISE, id="l", note="the resume", done_at=LATER), False),
        (
            follow_up(FollowUpKind.THANK_YOU, id="l", body="the resume", done_at=local("2026-11-17 09:00")),
            False,
        ),
    ],
)
def test_they_know_from_a_letter_that_speaks_of_the_resume_after_it_was_changed(
    letter: FollowUp, known: bool
) -> None:
    (given,) = advice_given((), [task(done_at=DONE)], lambda _id: [letter])
    assert (given.known_since == LATER) is known
    (undone,) = advice_given((), [task()], lambda _id: [letter])
    assert undone.known_since is None


@pytest.mark.parametrize(
    ("letter", "known"),
    [
        (follow_up(CHECK_IN, note=SENTENCE, done_at=LATER), True),
        (follow_up(CHECK_IN, body="So I went to\njoin the Media Club.", done_at=LATER), True),
        (follow_up(CHECK_IN, body="I went to the club.", done_at=LATER), False),
        (follow_up(CHECK_IN, note=SENTENCE), False),
        (follow_up(CHECK_IN, note=SENTENCE, done_at=local("2026-11-17 09:00")), False),
        (follow_up(FollowUpKind.PROMISE, note=SENTENCE, done_at=LATER), False),
    ],
)
def test_they_know_from_a_letter_that_says_what_was_followed(letter: FollowUp, known: bool) -> None:
    assert (the_only(letter, followed_at=DONE).known_since == LATER) is known
    assert the_only(letter).known_since is None
    by_hand = the_only(letter, followed_at=DONE, told_at=DONE)
    assert by_hand.known_since == DONE


def test_advice_too_short_to_be_found_in_a_letter_is_known_by_its_reason() -> None:
    short = advice("read", followed_at=DONE)
    for note, known in (("I read it", False), (followed_sentence("read"), True)):
        letter = follow_up(CHECK_IN, note=note, done_at=LATER)
        (given,) = advice_given([short], [], {"luis": [letter]}.__getitem__)
        assert (given.known_since is not None) is known


def test_with_a_day_its_task_says_whether_it_was_followed() -> None:
    own = follow_up(OTHER, id="own", done_at=DONE, note="join the club")
    kept = advice("join the club", task_id="own")
    (given,) = advice_given([kept], [own], lambda _id: [])
    assert (given.task, given.followed_at) == (own, DONE)
    for gone in ([], [follow_up(OTHER, id="own", done_at=DONE, dropped=True)]):
        (given,) = advice_given([kept], gone, lambda _id: [])
        assert (given.task, given.is_followed) == (None, False)


def test_advice_on_the_resume_comes_first_of_it_what_is_to_be_done_then_the_newest() -> None:
    tasks = [
        task("old", created_at=local("2026-10-01 10:00")),
        task("done", done_at=DONE),
        task("new", created_at=local("2026-11-01 10:00")),
        task("dropped", done_at=DONE, dropped=True),
        follow_up(OTHER, note="buy a suit"),
    ]
    kept = [advice("join"), advice("one page", on_resume=True, task_id="new", id="kept")]
    check_in = follow_up(CHECK_IN)
    found = advice_given(kept, tasks, lambda _id: [check_in])
    assert [given.id for given in found] == ["kept", advice_id("old"), advice_id("done"), "join"]
    assert [given.is_followed for given in found] == [False, False, True, False]
    assert (found[1].words, found[1].next_letter) == ("One page only", check_in)


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("You should join the media club.", "to join the media club"),
        ("Show your numbers first", "to show my numbers first"),
        ("they said to join AMA", "to join AMA"),
        ("to read the trade paper", "to read the trade paper"),
        ("don't apply online", "not to apply online"),
        ("Never call on Mondays", "never to call on Mondays"),
        ("", ""),
        ("One page, numbers first", ""),
        ("the media club", ""),
        ("ask her brother", ""),
        ("send me the plan", ""),
        ("read ‹a book›", ""),
    ],
)
def test_advice_is_said_as_what_to_do_where_it_is_certain(words: str, phrase: str) -> None:
    assert advice_phrase(words) == phrase
    assert bool(phrase) is not bool(advice_problem(words))
    if words:
        gap = "" if phrase else ", ‹say what you did: "
        assert followed_sentence(words).startswith(f"I followed your advice{gap or f' {phrase}'}")


def test_a_word_for_somebody_else_is_named_in_what_is_wrong() -> None:
    assert advice_problem("ask her brother") == "they will read it: say it without “her”"
