from __future__ import annotations

from collections.abc import Callable

import pytest
from warmcall.domain.message import Purpose
from warmcall.domain.queue import Section
from warmcall.domain.records import Contact, FollowUp
from warmcall.domain.vocabulary import FollowUpKind, Introduction, Permission
from warmcall.presentation.person import summary
from warmcall.presentation.queue import row_cells
from warmcall.services.introductions import Introductions
from warmcall.widgets.rich_text import plain_text
from warmcall.widgets.rows import Row

from tests.conftest import Bench
from tests.examples import local, only, state_of, when
from tests.services.follow_ups import get, owed

MONDAY = when("2026-11-23")


@pytest.fixture
def asked(bench: Bench, dana: Contact, mei: Contact) -> FollowUp:
    """The introduction to Mei asked of Dana by a letter sent this morning."""
    template = bench.services.library.messages["introduction"]
    letter = bench.services.following_up.add_letter(dana.id, template, mei.id)
    assert bench.services.following_up.sent(letter.id, "Hello", "Would you ask whether I may?") == ""
    return only(other for other in owed(bench, dana) if other.introduction)


def steps(bench: Bench) -> Introductions:
    return bench.services.following_up.introductions


def intro_line(bench: Bench, contact: Contact) -> str:
    """Return how far the introductions of a contact have come, as the person's page says it."""
    person = bench.store.require(Contact, contact.id)
    lines = plain_text(summary(bench.services, person, str)).splitlines()
    return "; ".join(line.removeprefix("intro").strip() for line in lines if line.startswith("intro"))


def test_a_letter_sent_waits_for_its_answer_and_so_does_the_call(
    bench: Bench, dana: Contact, mei: Contact, asked: FollowUp
) -> None:
    assert (asked.introduction, asked.waiting, asked.about_id) == (Introduction.ASKED, True, mei.id)
    assert asked.due == only(owed(bench, mei, FollowUpKind.CALL)).due
    entry = only(entry for entry in bench.services.queue.entries() if entry.follow_up.id == asked.id)
    assert entry.section is Section.WAITING
    what, _, why, _ = Row("", row_cells(bench.services, entry)).texts[2:]
    assert (what, why) == ("introduction to Mei Tanaka", "Dana Whitfield · asked Mon 23 Nov")
    assert intro_line(bench, dana) == "to Mei Tanaka: asked"
    assert intro_line(bench, mei) == "by Dana Whitfield: asked"
    purposes = [choice.template.purpose for choice in bench.services.drafting.letters_for(dana)]
    assert Purpose.INTRODUCTION not in purposes


@pytest.mark.parametrize(
    ("act", "state", "is_open", "waiting", "label"),
    [
        (Introductions.pass_on, Introduction.PASSED_ON, True, True, "introduction passed on"),
        (Introductions.make, Introduction.MADE, True, False, "introduction made"),
        (Introductions.give_up, Introduction.ASKED, False, True, "no introduction"),
    ],
)
def test_each_step_is_one_change(
    bench: Bench, mei: Contact, asked: FollowUp, act: Callable[[Introductions, str], None],
    state: Introduction, is_open: bool, waiting: bool, label: str,
) -> None:  # fmt: skip
    before = state_of(bench.store)
    act(steps(bench), asked.id)
    now = get(bench, asked)
    assert (now.introduction, now.done_at is None, now.waiting) == (state, is_open, waiting)
    assert only(owed(bench, mei, FollowUpKind.CALL)).waiting is (act is Introductions.pass_on)
    assert bench.services.history.undo() == label
    assert state_of(bench.store) == before


def test_passed_on_waits_again_from_that_day(bench: Bench, mei: Contact, asked: FollowUp) -> None:
    bench.clock.move_to(local("2026-11-25 09:00"))
    steps(bench).pass_on(asked.id)
    now, call = get(bench, asked), only(owed(bench, mei, FollowUpKind.CALL))
    assert (now.due, call.due, now.why) == (when("2026-11-30"), when("2026-11-30"), "passed on Wed 25 Nov")


def test_made_brings_the_thanks_and_the_call_and_the_name_may_be_used(
    bench: Bench, dana: Contact, mei: Contact, asked: FollowUp
) -> None:
    steps(bench).make(asked.id)
    thanks, call = get(bench, asked), only(owed(bench, mei, FollowUpKind.CALL))
    assert (thanks.due, call.due, call.why) == (MONDAY, MONDAY, "Dana Whitfield introduced you")
    assert bench.services.drafting.purpose(thanks) is Purpose.THANKS_FOR_INTRODUCTION
    assert "Mei Tanaka" in bench.services.drafting.draft(thanks).body
    person = bench.store.require(Contact, mei.id)
    assert (person.referrer_id, person.may_use_name) == (dana.id, Permission.YES)
    connection = bench.services.drafting.values(person)["contact.connection"]
    assert connection == "Dana Whitfield introduced us"
    bench.services.following_up.done(thanks.id)
    assert get(bench, asked).introduction is Introduction.THANKED
    assert intro_line(bench, mei) == "by Dana Whitfield: thanked"


@pytest.mark.parametrize("act", [Introductions.pass_on, Introductions.make, Introductions.give_up])
def test_an_introduction_that_is_made_or_gone_takes_no_more_steps(
    bench: Bench, asked: FollowUp, act: Callable[[Introductions, str], None]
) -> None:
    steps(bench).make(asked.id)
    saved = len(bench.saved)
    for id_ in (asked.id, "gone"):
        act(steps(bench), id_)
    assert len(bench.saved) == saved


def test_leave_to_use_a_name_does_not_end_the_wait_for_an_introduction(
    bench: Bench, mei: Contact, asked: FollowUp
) -> None:
    for permission in (Permission.ASK_LATER, Permission.YES):
        bench.services.address_book.edit(mei.id, {"may_use_name": permission})
    assert get(bench, asked).done_at is None
