from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.config.yaml_folders import convert
from warmcall.config.yaml_source import read_yaml
from warmcall.domain.business_days import Calendar
from warmcall.domain.decisions import is_in
from warmcall.domain.queue import Section
from warmcall.domain.records import Attempt, Contact, Evidence, FollowUp, Interview
from warmcall.domain.stage import stage_of
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind, OpeningEnd, Stage
from warmcall.services.clock import holidays_of
from warmcall.services.demo import Demo, demo_change
from warmcall.services.demo import when as demo_when

from tests.conftest import Bench
from tests.examples import CALENDAR, NOW, local, when

DAYS = [
    "2026-11-23 09:00",
    "2026-11-24 23:59",
    "2026-11-26 12:00",
    "2026-11-28 10:00",
    "2026-11-29 00:00",
    "2026-11-30 16:00",
    "2026-12-31 08:00",
    "2027-01-01 09:00",
    "2027-02-28 17:00",
    "2027-03-01 06:00",
    "2027-03-14 03:30",
    "2028-02-29 09:00",
    "2027-07-04 09:00",
    "2027-10-31 12:00",
]


@cache
def demo() -> Demo:
    return convert(read_yaml((content() / "demo.yaml").read_text(encoding="utf-8")), (), Demo)


def demo_store(library: Library, now: datetime, calendar: Calendar) -> Store:
    numbers = itertools.count()
    store = Store()
    store.apply(demo_change(demo(), library, now, calendar, lambda: f"id{next(numbers)}"))
    return store


@pytest.mark.parametrize(
    ("offset", "at"),
    [
        ("0b", "2026-11-23"),
        ("0b 14:00", "2026-11-23 14:00"),
        ("+1b", "2026-11-24"),
        ("+3b 10:30", "2026-11-27 10:30"),
        ("-1b 15:00", "2026-11-20 15:00"),
        ("-3b 10:05", "2026-11-18 10:05"),
        ("+2d", "2026-11-25"),
        ("-20d 09:00", "2026-11-03 09:00"),
    ],
)
def test_an_offset_is_counted_from_today(offset: str, at: str) -> None:
    assert demo_when(offset, NOW, CALENDAR) == when(at)


@pytest.mark.parametrize("offset", ["", "3", "b", "3w", "1b 9:00", "tomorrow", "+1b 10:00 ", "1.5d"])
def test_what_is_no_offset_is_refused(offset: str) -> None:
    with pytest.raises(ValueError, match="is not an offset"):
        demo_when(offset, NOW, CALENDAR)


@pytest.mark.parametrize("now", DAYS)
@pytest.mark.parametrize(("zone", "country"), [("America/Chicago", "US"), ("Asia/Tokyo", ""), ("UTC", "DE")])
def test_every_contact_is_at_the_stage_the_story_says(
    library: Library, now: str, zone: str, country: str
) -> None:
    calendar = Calendar(ZoneInfo(zone), holidays_of(country))
    store = demo_store(library, local(now, ZoneInfo(zone)), calendar)
    of = store.of_contact
    found = {
        contact.name: stage_of(of(Attempt, contact.id), of(Interview, contact.id), of(FollowUp, contact.id))
        for contact in store.all(Contact)
    }
    assert found == {contact.name: Stage(contact.stage) for contact in demo().contacts}


def test_the_story_has_every_stage() -> None:
    assert {contact.stage for contact in demo().contacts} == set(Stage)


@pytest.mark.parametrize("now", DAYS)
def test_nothing_that_happened_lies_ahead(library: Library, now: str) -> None:
    end_of_day = CALENDAR.day_of(local(now)) + timedelta(days=1)
    store = demo_store(library, local(now), CALENDAR)
    happened = [
        *(attempt.at for attempt in store.all(Attempt)),
        *(interview.ended_at for interview in store.all(Interview) if interview.ended_at),
        *(follow_up.done_at for follow_up in store.all(FollowUp) if follow_up.done_at),
        *(contact.created_at for contact in store.all(Contact)),
    ]
    assert max(CALENDAR.day_of(instant) for instant in happened) < end_of_day


@pytest.fixture
def bench(library: Library) -> Bench:
    """the services over the demo on Monday 23 November 2026, 9:00 in Chicago."""
    bench = Bench(library)
    bench.store.apply(
        demo_change(demo(), library, NOW, CALENDAR, lambda: str(bench.services.history.stamp()["id"]))
    )
    return bench


def test_every_section_of_the_queue_has_something_in_it(bench: Bench) -> None:
    assert {entry.section for entry in bench.services.queue.entries()} == set(Section)


def test_every_message_owed_can_be_drafted_without_a_gap(bench: Bench) -> None:
    gaps = {
        (entry.follow_up.kind, name)
        for entry in bench.services.queue.entries()
        for name in bench.services.drafting.draft(entry.follow_up).gaps
    }
    assert gaps == set()


def test_referrals_point_at_whoever_named_them(bench: Bench) -> None:
    for described in demo().contacts:
        contact = next(contact for contact in bench.store.all(Contact) if contact.name == described.name)
        referrer = bench.store.contact(contact.referrer_id)
        named = [contact.name for contact in demo().contacts if contact.key == described.referrer]
        assert ([referrer.name] if referrer else []) == named


def test_the_pool_shows_what_shortlist_and_duplicates_are_for(bench: Bench) -> None:
    shortlist, duplicates = bench.services.shortlist, bench.services.duplicates
    while not (shortlist.prepare() and duplicates.prepare(1000)):
        pass
    people = {id_: person for id_ in shortlist.ids if (person := shortlist.person(id_))}
    places = {people[id_].name: shortlist.place(id_) for id_ in people}
    assert 0 < len(people) < len(demo().pool)
    held_back = [place.asked_id for place in places.values() if place and place.asked_id]
    assert "Mei Tanaka" in [bench.store.require(Contact, id_).name for id_ in held_back]
    pairs = [
        {person.name for id_ in (pair.left_id, pair.right_id) if (person := shortlist.person(id_))}
        for pair in duplicates.pairs()
    ]
    assert pairs == [{"Helen Marsh", "Helen Marsh-Oyelaran"}]


def test_a_decision_is_under_way_and_its_evidence_is_in_their_words(bench: Bench) -> None:
    state = bench.services.deciding.state()
    weighed = [said for one in state.requirements for said in one.answers]
    assert len(weighed) == bench.store.count(Evidence)
    assert all(is_in(said.words, said.answer.words) for said in weighed)
    assert {said.evidence.supports for said in weighed} == {True, False}
    assert any(not one.answers and one.could_say for one in state.requirements)
    given = bench.services.advice.given()
    assert {(advice.is_followed, advice.known_since is not None) for advice in given} == {
        (True, True), (False, False),
    }  # fmt: skip


def test_the_story_is_one_change_that_needs_an_empty_book(library: Library) -> None:
    change = demo_change(demo(), library, NOW, CALENDAR, lambda: "same")
    assert all(edit.before is None for edit in change.edits)


def test_the_demo_can_be_built_with_other_questions(library: Library) -> None:
    other = library.replaced(banks={})
    store = demo_store(other, NOW, CALENDAR)
    met = next(interview for interview in store.all(Interview) if interview.ended_at and interview.notes)
    assert {question.id for question in met.checklist} >= set(met.notes)
    assert all(question.ask for question in met.checklist)


@pytest.mark.parametrize("now", [*DAYS, "2026-11-23 13:59", "2026-11-23 14:01", "2026-11-27 23:30"])
def test_every_meeting_to_come_lies_ahead_with_its_entry_in_the_queue(library: Library, now: str) -> None:
    store = demo_store(library, local(now), CALENDAR)
    coming = {interview.id: interview.at for interview in store.all(Interview) if interview.ended_at is None}
    assert coming
    assert min(coming.values()) >= local(now)
    owed = [follow_up for follow_up in store.open_follow_ups() if follow_up.kind is FollowUpKind.INTERVIEW]
    assert {follow_up.interview_id: follow_up.due.instant for follow_up in owed} == coming


def test_the_answers_of_the_sample_are_tagged_and_marked(library: Library) -> None:
    bench = Bench(library, store=demo_store(library, NOW, CALENDAR))
    found = bench.services.answers.all()
    assert sum(count == 2 for _, count in found.themes) >= 1
    sides = [{found.by_id[id_].question_id for id_ in pair.answers} for pair in found.differences]
    assert {len(questions) for questions in sides} == {1, 2}, "over one question, and over two"
    assert [answer.starred for answer in found.by_id.values() if answer.not_to_repeat] == [False]


def test_a_letter_is_owed_about_the_resume_on_file_and_none_about_the_opening_applied_for(
    bench: Bench,
) -> None:
    openings = bench.services.openings
    kept, applied_for = openings.listed()
    letter = openings.check_in(kept)
    assert letter is not None
    assert (kept.on_file, letter.due) == (True, when("2027-02-11"))
    assert (applied_for.closed, openings.check_in(applied_for)) == (OpeningEnd.APPLIED, None)


def test_the_target_aimed_at_stands_before_the_other_and_each_has_people(bench: Bench) -> None:
    targets = bench.services.targets.all()
    assert targets[0] == bench.store.target
    assert {target.id for target in targets} == {contact.target_id for contact in bench.store.all(Contact)}
    assert len(targets) == 2
