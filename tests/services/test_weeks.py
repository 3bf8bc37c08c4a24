"""The weeks as the services count them, and what the user says of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from warmcall.config.library import Library
from warmcall.domain.records import Contact, Week
from warmcall.domain.vocabulary import FollowUpKind, Mode, Outcome, TargetChange
from warmcall.domain.weeks import Rhythm
from warmcall.services.calling import CallResult
from warmcall.services.services import Services
from warmcall.services.weeks import Weeks

from tests.conftest import Bench
from tests.examples import local
from tests.screens.driving import fill_with_demo

MONDAY, NEXT, LAST = date(2026, 11, 23), date(2026, 11, 30), date(2026, 11, 16)


@pytest.fixture
def demo(bench: Bench) -> Bench:
    fill_with_demo(bench)
    return bench


def names(people: tuple[Contact, ...]) -> list[str]:
    return [person.name.split()[0] for person in people]


def test_the_week_of_the_sample_data(demo: Bench) -> None:
    demo.clock.move_to(local("2026-11-27 16:00"))
    review = demo.services.weeks.review(MONDAY)
    assert (review.goal, review.is_present, review.rhythm.asked) == (5, True, 0)
    waiting = [(entry.follow_up.kind, str(entry.follow_up.due)[:10]) for entry in review.waiting]
    assert waiting == [
        (FollowUpKind.THANK_YOU, "2026-11-23"), (FollowUpKind.PROMISE, "2026-11-19"),
        (FollowUpKind.PROMISE, "2026-11-24"), (FollowUpKind.TELL_REFERRER, "2026-11-23"),
    ]  # fmt: skip
    assert names(review.ready) == ["Maximiliana", "Luis", "Teodoro", "Ingrid"]
    assert review.more == 1
    week_before = demo.services.weeks.review(LAST)
    assert (names(week_before.met), names(week_before.thanked)) == (["Helen", "Priya"], ["Helen"])
    assert names(week_before.named) == ["Mei", "Teodoro"]
    assert (week_before.rhythm.asked, week_before.waiting, week_before.ready) == (5, (), ())


def test_an_ask_counts_at_once_and_so_does_its_undo(demo: Bench) -> None:
    services, weeks = demo.services, demo.services.weeks
    luis = next(person for person in demo.store.all(Contact) if person.name == "Luis Ortega")
    assert weeks.asked_now() == 0
    services.calling.record(luis.id, CallResult(outcome=Outcome.NO_ANSWER))
    assert weeks.asked_now() == 0
    services.calling.record(luis.id, CallResult(outcome=Outcome.VOICEMAIL))
    services.calling.record(luis.id, CallResult(outcome=Outcome.DECLINED))
    assert weeks.asked_now() == weeks.review(MONDAY).rhythm.asked == 1
    services.history.undo()
    services.history.undo()
    assert weeks.asked_now() == 0


def test_a_call_that_confirms_asks_nobody(demo: Bench) -> None:
    mei = next(person for person in demo.store.all(Contact) if person.name == "Mei Tanaka")
    demo.services.calling.record(mei.id, CallResult(outcome=Outcome.REPLIED, path=("call-confirm/opening",)))
    assert demo.services.weeks.asked_now() == 0


def test_the_week_is_that_of_the_zone_the_user_is_in(library: Library) -> None:
    bench = Bench(library, zone=ZoneInfo("Asia/Tokyo"))
    luis = bench.services.address_book.add({"name": "Luis"})
    bench.clock.move_to(local("2026-11-22 23:30", ZoneInfo("Asia/Tokyo")))
    bench.services.calling.record(luis.id, CallResult(outcome=Outcome.VOICEMAIL))
    assert (bench.services.weeks.present(), bench.services.weeks.asked_now()) == (LAST, 1)
    bench.services.profile_editing.save({"name": "Robin", "zone": "Pacific/Auckland"})
    assert (bench.services.weeks.present(), bench.services.weeks.asked_now()) == (MONDAY, 1)


@pytest.mark.parametrize(
    ("now", "offered"),
    [("2026-11-26 23:59", False), ("2026-11-27 00:00", True), ("2026-11-29 23:59", True),
     ("2026-11-30 00:00", False)],
)  # fmt: skip
def test_a_look_back_is_offered_from_friday_to_sunday(demo: Bench, now: str, offered: bool) -> None:
    demo.clock.move_to(local(now))
    assert demo.services.weeks.is_offered() is offered


@pytest.mark.parametrize(
    "act",
    [
        lambda weeks: weeks.finish(MONDAY),
        lambda weeks: weeks.set_off(MONDAY, True),
        lambda weeks: weeks.offer(False),
    ],
)
def test_a_look_back_is_not_offered_once_it_is_done_or_declined_and_undo_offers_it_again(
    demo: Bench, act: Callable[[Weeks], None]
) -> None:
    demo.clock.move_to(local("2026-11-27 16:00"))
    act(demo.services.weeks)
    assert not demo.services.weeks.is_offered()
    demo.services.history.undo()
    assert demo.services.weeks.is_offered()


def test_a_refusal_outlives_the_week_and_can_be_taken_back(demo: Bench) -> None:
    weeks = demo.services.weeks
    weeks.offer(False)
    demo.clock.move_to(local("2026-12-11 16:00"))
    assert not weeks.is_offered()
    weeks.offer(True)
    assert weeks.is_offered()


def test_nothing_is_offered_to_somebody_who_has_tried_nobody(bench: Bench, services: Services) -> None:
    services.address_book.add({"name": "Luis"})
    bench.clock.move_to(local("2026-11-27 16:00"))
    assert not services.weeks.is_offered()


def test_a_week_off_counts_for_nothing(demo: Bench) -> None:
    weeks = demo.services.weeks
    before = weeks.review(MONDAY).rhythm
    weeks.set_off(LAST, True)
    assert weeks.is_off(LAST)
    after = weeks.review(MONDAY).rhythm
    assert (before.before[-1], after.before[-1]) == (5, None)
    assert (after.with_ask, after.counted) == (before.with_ask - 1, before.counted - 1)
    weeks.set_off(LAST, False)
    assert weeks.review(MONDAY).rhythm == before


def test_what_was_learned_is_kept_with_its_week(bench: Bench) -> None:
    weeks = bench.services.weeks
    weeks.write(LAST, " They plan  in flights. ", TargetChange.A_LITTLE)
    weeks.write(LAST, "They plan  in flights.", TargetChange.A_LITTLE)
    (kept,) = bench.store.all(Week)
    assert (kept.monday, kept.learned, kept.changes) == (
        LAST,
        "They plan  in flights.",
        TargetChange.A_LITTLE,
    )
    assert weeks.review(MONDAY).learned_before == (kept,)
    assert [change.label for change in bench.done] == ["what you learned this week"]


def test_the_next_week_has_those_to_be_called_and_the_rest_of_the_goal(services: Services) -> None:
    for name in ("Ana", "Ben", "Cleo", "Dora", "Emil", "Finn"):
        person = services.address_book.add({"name": name})
    review = services.weeks.review(MONDAY)
    assert (len(review.ready), review.more) == (6, 0)
    services.interviewing.arrange(person.id, local("2026-11-24 10:00"), Mode.PHONE, "")
    assert names(services.weeks.review(MONDAY).ready) == ["Ana", "Ben", "Cleo", "Dora", "Emil"]
    services.weeks.set_off(NEXT, True)
    assert services.weeks.review(MONDAY).next_off


def test_before_the_first_ask_there_is_nothing_to_count(services: Services) -> None:
    assert services.weeks.review(MONDAY).rhythm == Rhythm(0, (), 0, 0)
