"""Merging two people who are one, and taking them apart again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.domain.records import (
    AnyRecord,
    Attempt,
    Capture,
    Contact,
    DistinctPeople,
    FollowUp,
    Interview,
    MergedPerson,
    Opening,
    PoolPerson,
    Record,
    replace,
)
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import (
    CaptureKind,
    Channel,
    ContactKind,
    FollowUpKind,
    Introduction,
    Outcome,
    Permission,
    Source,
)
from warmcall.services.people_merging import MergeRefused

from tests.conftest import Bench
from tests.examples import (
    NOW,
    STAMP,
    adding,
    attempt,
    contact,
    days,
    follow_up,
    instants,
    interview,
    opening,
    state_of,
    texts,
    whens,
)
from tests.profiles import examples

LIBRARY = Library(content(), Path("/nowhere"))
DANA = contact(id="dana", name="Dana Whitfield")
ZOE = contact(id="zoe", name="Zoë Müller", phone="+1 312 555 0142", email="zoe@example.org")
DOUBLE = contact(
    id="double", name="Zoe Mueller", title="Planner", email="zoe@example.com", notes="At the fair"
)


def pool_person(**fields: Any) -> PoolPerson:
    return PoolPerson(**({"id": "pool", **STAMP, "name": "Zoe Mueller"} | fields))


def with_people(bench: Bench, *records: AnyRecord) -> Bench:
    bench.store.apply(adding(*records))
    return bench


def plain(store: Store) -> dict[tuple[str, str], AnyRecord]:
    """Return every record of `store` by table and id, whenever it changed."""
    return {key: replace(record, changed_at=NOW) for key, record in state_of(store).items()}


def test_all_that_belongs_to_either_is_that_of_the_one_kept(bench: Bench) -> None:
    with_people(
        bench, DANA, ZOE, DOUBLE,
        contact(id="ivo", name="Ivo", referrer_id="double", source=Source.REFERRAL),
        attempt("2026-11-20 10:00", Outcome.VOICEMAIL, id="a", contact_id="double"),
        interview("2026-11-12 10:00", id="m", contact_id="double", named=("ivo",)),
        interview("2026-11-13 10:00", id="by dana", contact_id="dana", named=("double", "zoe"), captured=(
            Capture(id="c", kind=CaptureKind.REFERRAL, what="Zoe", fields={"same_as": "double"}),)),
        follow_up(FollowUpKind.PROMISE, id="p", contact_id="double"),
        follow_up(FollowUpKind.TELL_REFERRER, id="t", contact_id="dana", about_id="double"),
        opening(id="o", contact_id="double"),
    )  # fmt: skip
    merged = bench.services.people_merging.merge("zoe", "double")
    store = bench.store
    assert [person.id for person in store.all(Contact)] == ["dana", "zoe", "ivo"]
    assert store.require(Attempt, "a").contact_id == "zoe"
    assert store.require(Interview, "m").contact_id == "zoe"
    by_dana = store.require(Interview, "by dana")
    assert (by_dana.named, by_dana.captured[0].fields) == (("zoe",), {"same_as": "zoe"})
    assert store.require(FollowUp, "p").contact_id == "zoe"
    assert store.require(FollowUp, "t").about_id == "zoe"
    assert store.require(Contact, "ivo").referrer_id == "zoe"
    assert store.require(Opening, "o").contact_id == "zoe"
    assert merged.closed == ()
    assert len(bench.done) == 1


def test_who_is_kept_serves_the_targets_of_both(bench: Bench) -> None:
    with_people(
        bench,
        replace(ZOE, target_id="planner", also_for=("seller",)),
        replace(DOUBLE, target_id="buyer", also_for=("planner",)),
    )
    bench.services.people_merging.merge("zoe", "double")
    zoe = bench.store.require(Contact, "zoe")
    assert (zoe.target_id, zoe.also_for) == ("planner", ("seller", "buyer"))


def test_the_values_of_one_stay_and_what_has_no_place_goes_into_the_notes(bench: Bench) -> None:
    with_people(bench, ZOE, DOUBLE)
    bench.services.people_merging.merge("zoe", "double")
    zoe = bench.store.require(Contact, "zoe")
    assert (zoe.name, zoe.title, zoe.email) == ("Zoë Müller", "Planner", "zoe@example.org")
    assert zoe.notes == "At the fair\nAlso: Zoe Mueller\nAlso: zoe@example.com"


def test_the_values_of_the_one_merged_can_win(bench: Bench) -> None:
    with_people(bench, ZOE, DOUBLE)
    bench.services.people_merging.merge("zoe", "double", winner_id="double")
    zoe = bench.store.require(Contact, "zoe")
    assert (zoe.name, zoe.email, zoe.phone) == ("Zoe Mueller", "zoe@example.com", "+1 312 555 0142")
    assert "zoe@example.org" in zoe.notes


def test_a_title_is_never_put_with_another_organization(bench: Bench) -> None:
    with_people(
        bench,
        replace(ZOE, organization="Northgate"),
        replace(DOUBLE, organization="Tern & Plover", title="Buyer"),
    )
    bench.services.people_merging.merge("zoe", "double")
    zoe = bench.store.require(Contact, "zoe")
    assert (zoe.organization, zoe.title) == ("Northgate", "")
    assert "Also: Buyer, Tern & Plover" in zoe.notes


@pytest.mark.parametrize("kept", ["zoe", "pool"])
def test_a_contact_and_somebody_of_the_pool_become_the_contact(bench: Bench, kept: str) -> None:
    known = pool_person(
        connected_on=NOW.date(), referrer="Ada", organization="Northgate", email="z@b.org",
        emails=("z@b.org", "z@c.org"), links=("linkedin.com/in/zoe",),
    )  # fmt: skip
    with_people(bench, ZOE, known)
    other = "zoe" if kept == "pool" else "pool"
    bench.services.people_merging.merge(kept, other)
    zoe = bench.store.require(Contact, "zoe")
    assert zoe.organization == "Northgate"
    assert {"Named by: Ada", "Also: z@c.org", "Also: linkedin.com/in/zoe"} <= set(zoe.notes.splitlines())
    assert zoe.connected_on == date(2026, 11, 23)
    assert zoe.email == ("z@b.org" if kept == "pool" else "zoe@example.org")
    assert bench.store.count(PoolPerson) == 0


def test_where_the_other_name_was_found_and_who_gave_it_stay_in_the_notes(bench: Bench) -> None:
    with_people(
        bench,
        contact(id="dana", name="Dana Whitfield"),
        contact(id="ivo", name="Ivo Lund"),
        replace(ZOE, found="the Media Club", referrer_id="dana"),
        replace(DOUBLE, found="the careers fair", referrer_id="ivo"),
    )
    bench.services.people_merging.merge("zoe", "double")
    zoe = bench.store.require(Contact, "zoe")
    assert (zoe.found, zoe.referrer_id) == ("the Media Club", "dana")
    assert {"Found: the careers fair", "Named by: Ivo Lund"} <= set(zoe.notes.splitlines())


def test_two_of_the_pool_become_one_of_the_pool(bench: Bench) -> None:
    with_people(
        bench,
        pool_person(id="one", emails=("a@b.org",), email="a@b.org", kind=None),
        pool_person(id="two", emails=("c@d.org",), email="c@d.org", kind=ContactKind.CONNECTOR, never=True),
    )
    bench.services.people_merging.merge("one", "two")
    one = bench.store.require(PoolPerson, "one")
    assert (one.emails, one.kind, one.never) == (("a@b.org", "c@d.org"), ContactKind.CONNECTOR, True)


MET = interview("2026-11-12 10:00", id="met", contact_id="zoe", ended_at=NOW)
PLANNED = interview("2026-12-12 10:00", id="planned", contact_id="zoe")
TRIED = attempt("2026-11-20 10:00", Outcome.VOICEMAIL, id="tried", contact_id="zoe")
NO = attempt("2026-11-20 10:00", Outcome.DECLINED, id="no", contact_id="zoe")
FIRST_CALL = follow_up(FollowUpKind.CALL, "2026-11-23", id="first", contact_id="double")
CALL = follow_up(FollowUpKind.CALL, "2026-11-25", id="call", contact_id="zoe")
EARLIER = follow_up(FollowUpKind.CALL, "2026-11-20", id="earlier", contact_id="zoe")
CHECK_IN = follow_up(FollowUpKind.CHECK_IN, "2027-02-14", id="check in", contact_id="zoe")
ON_FILE = replace(CHECK_IN, id="on file", contact_id="double", opening_id="o")
PROMISE = follow_up(FollowUpKind.PROMISE, "2026-11-20", id="promise", contact_id="zoe")
MEETING = follow_up(FollowUpKind.INTERVIEW, "2026-12-12 10:00", id="interview", contact_id="zoe")


@pytest.mark.parametrize(
    ("records", "open_ids"),
    [
        ((CALL, FIRST_CALL), {"first"}),
        ((EARLIER, FIRST_CALL), {"earlier"}),
        ((TRIED, CALL, FIRST_CALL), {"call"}),
        ((MET, CHECK_IN, FIRST_CALL), {"check in"}),
        ((MET, FIRST_CALL), {"first"}),
        ((PLANNED, MEETING, FIRST_CALL), {"interview"}),
        ((NO, FIRST_CALL), set()),
        ((PROMISE, CALL), {"promise", "call"}),
        ((PROMISE, CALL, FIRST_CALL), {"promise", "first"}),
        ((FIRST_CALL,), {"first"}),
        ((CALL, CHECK_IN), {"call", "check in"}),
        ((MET, CHECK_IN, ON_FILE), {"check in", "on file"}),
    ],
    ids=lambda value: " ".join(item.id for item in value) if isinstance(value, tuple) else None,
)
def test_one_next_step_remains(bench: Bench, records: tuple[AnyRecord, ...], open_ids: set[str]) -> None:
    with_people(bench, ZOE, DOUBLE, *records)
    merged = bench.services.people_merging.merge("zoe", "double")
    assert {step.id for step in bench.store.open_of_contact("zoe")} == open_ids
    steps = {record.id for record in records if isinstance(record, FollowUp)}
    assert {step.id for step in merged.closed} == steps - open_ids


def test_nobody_refers_or_is_introduced_to_themselves(bench: Bench) -> None:
    with_people(
        bench,
        replace(ZOE, referrer_id="double", source=Source.REFERRAL, may_use_name=Permission.YES),
        replace(DOUBLE, source=Source.ALUMNI),
        follow_up(
            FollowUpKind.OTHER, id="i", contact_id="double", about_id="zoe", introduction=Introduction.ASKED
        ),
    )
    bench.services.people_merging.merge("zoe", "double")
    zoe = bench.store.require(Contact, "zoe")
    assert (zoe.referrer_id, zoe.source) == ("", Source.ALUMNI)
    owed = bench.store.require(FollowUp, "i")
    assert (owed.contact_id, owed.about_id, owed.introduction, owed.dropped) == (
        "zoe", "", Introduction.NONE, True,
    )  # fmt: skip


def test_nothing_is_merged_if_one_was_changed_or_deleted_meanwhile(bench: Bench) -> None:
    with_people(bench, ZOE, DOUBLE)
    bench.services.address_book.edit("double", {"notes": "Moved to Tern & Plover"})
    merging = bench.services.people_merging
    with pytest.raises(MergeRefused, match="Zoe Mueller was changed meanwhile"):
        merging.merge("zoe", "double", seen=(ZOE, DOUBLE))
    bench.services.address_book.delete("double")
    with pytest.raises(MergeRefused, match="not here any more"):
        merging.merge("zoe", "double")
    with pytest.raises(MergeRefused, match="both are"):
        merging.merge("zoe", "zoe")


def test_nobody_is_merged_during_their_interview(bench: Bench) -> None:
    with_people(bench, ZOE, DOUBLE)
    bench.services.interviewing.start_now("double")
    with pytest.raises(MergeRefused, match="interview with Zoe Mueller is running"):
        bench.services.people_merging.merge("zoe", "double")


def test_taking_apart_leaves_what_was_done_since_with_the_one_kept(bench: Bench) -> None:
    moved = attempt("2026-11-20 10:00", Outcome.VOICEMAIL, id="moved", contact_id="double")
    with_people(bench, replace(ZOE, notes="Runs two teams"), DOUBLE, moved)
    services = bench.services
    services.people_merging.merge("zoe", "double")
    zoe = bench.store.require(Contact, "zoe")
    services.address_book.edit("zoe", {"title": "Director", "notes": f"{zoe.notes}\n\nLikes maps"})
    bench.store.apply(adding(attempt("2026-11-23 10:00", Outcome.NO_ANSWER, id="since", contact_id="zoe")))
    apart = services.people_merging.take_apart("zoe")
    assert (apart.kept.id, apart.back.name) == ("zoe", "Zoe Mueller")
    zoe = bench.store.require(Contact, "zoe")
    assert (zoe.title, zoe.notes) == ("Director", "Runs two teams\n\nLikes maps")
    assert bench.store.require(Contact, "double").notes == DOUBLE.notes
    assert bench.store.require(Attempt, "moved").contact_id == "double"
    assert bench.store.require(Attempt, "since").contact_id == "zoe"
    assert bench.store.count(MergedPerson) == 0


def test_people_merged_one_after_the_other_come_apart_in_the_opposite_order(bench: Bench) -> None:
    third = contact(id="third", name="Z. Müller", title="Buyer")
    with_people(bench, ZOE, DOUBLE, third)
    before, merging = plain(bench.store), bench.services.people_merging
    merging.merge("double", "third")
    bench.clock.forward(minutes=1)
    merging.merge("zoe", "double")
    assert merging.take_apart("zoe").back.id == "double"
    assert merging.take_apart("double").back.id == "third"
    assert plain(bench.store) == before
    with pytest.raises(MergeRefused, match="nobody was merged into"):
        merging.take_apart("zoe")


def test_whoever_is_deleted_takes_along_those_merged_into_them(bench: Bench) -> None:
    with_people(bench, ZOE, DOUBLE, contact(id="third", name="Z. Müller"))
    merging = bench.services.people_merging
    merging.merge("double", "third")
    merging.merge("zoe", "double")
    bench.services.address_book.delete("zoe")
    assert bench.store.count(MergedPerson) == 0
    bench.services.history.undo()
    assert merging.take_apart("zoe").back.id == "double"


def test_taking_apart_can_be_undone_and_done_again(bench: Bench) -> None:
    with_people(bench, ZOE, DOUBLE, FIRST_CALL)
    services = bench.services
    before = plain(bench.store)
    services.people_merging.merge("zoe", "double")
    merged = plain(bench.store)
    services.people_merging.take_apart("zoe")
    services.history.undo()
    assert plain(bench.store) == merged
    services.history.redo()
    assert plain(bench.store) == before
    services.history.undo()
    services.history.undo()
    services.history.redo()
    assert plain(bench.store) == merged


def test_two_people_are_remembered_to_be_two(bench: Bench) -> None:
    with_people(bench, ZOE, DOUBLE)
    merging = bench.services.people_merging
    assert not merging.are_distinct("zoe", "double")
    merging.say_distinct("zoe", "double")
    merging.say_distinct("double", "zoe")
    assert merging.are_distinct("zoe", "double")
    assert merging.are_distinct("double", "zoe")
    assert bench.store.count(DistinctPeople) == 1
    bench.services.history.undo()
    assert not merging.are_distinct("zoe", "double")


PEOPLE = ("one", "two", "third")
_people_ids = st.sampled_from(PEOPLE)
_maybe_people_ids = st.sampled_from(["", "gone", *PEOPLE])
_shared_texts = st.sampled_from(["", "Mei Tanaka", "Tanaka", " x "]) | texts
_common: dict[str, Any] = {
    "created_at": instants, "changed_at": instants, "name": _shared_texts, "goes_by": _shared_texts,
    "organization": _shared_texts, "title": _shared_texts, "phone": _shared_texts, "email": _shared_texts,
    "zone": texts, "source": st.sampled_from(Source), "found": texts, "why": texts,
    "may_use_name": st.sampled_from(Permission), "notes": _shared_texts,
}  # fmt: skip


def _contact_of(id_: str) -> st.SearchStrategy[Contact]:
    return st.builds(
        Contact, id=st.just(id_), **_common, kind=st.sampled_from(ContactKind),
        referrer_id=_maybe_people_ids, target_id=texts,
        also_for=st.lists(texts, max_size=2).map(tuple),
    )  # fmt: skip


def _pool_person_of(id_: str) -> st.SearchStrategy[PoolPerson]:
    some = st.lists(texts, max_size=2).map(tuple)
    return st.builds(
        PoolPerson, id=st.just(id_), **_common, kind=st.none() | st.sampled_from(ContactKind),
        referrer=texts, emails=some, phones=some, links=some, connected_on=st.none() | days,
        earlier_work=texts, work_changed_on=st.none() | days, never=st.booleans(),
    )  # fmt: skip


_stamped: dict[str, Any] = {"created_at": instants, "changed_at": instants, "contact_id": _people_ids}
_records = st.one_of(
    st.builds(
        Attempt, id=st.sampled_from("ab"), **_stamped, at=instants, channel=st.sampled_from(Channel),
        outcome=st.none() | st.sampled_from(Outcome),
    ),
    st.builds(
        Interview, id=st.sampled_from("cd"), **_stamped, at=instants, ended_at=st.none() | instants,
        cancelled=st.booleans(), named=st.lists(_people_ids, max_size=4).map(tuple),
        captured=st.lists(
            st.builds(
                Capture, id=texts, kind=st.just(CaptureKind.REFERRAL),
                fields=st.fixed_dictionaries({"same_as": _maybe_people_ids}),
            ),
            max_size=2,
        ).map(tuple),
    ),
    st.builds(
        FollowUp, id=st.sampled_from("efghi"), **_stamped, kind=st.sampled_from(FollowUpKind), due=whens,
        about_id=_maybe_people_ids, introduction=st.sampled_from(Introduction), done_at=st.none() | instants,
        dropped=st.booleans(),
    ),
    st.builds(Opening, id=st.sampled_from("jk"), **_stamped, heard_on=days),
)  # fmt: skip


@st.composite
def _two_people(draw: st.DrawFn) -> tuple[list[Record], bool]:
    """Two people, a third, and records of those who are contacts; and whether the first one's values win."""
    kinds = draw(st.sampled_from(["contacts", "contact and pool", "pool"]))
    one = draw(_pool_person_of("one") if kinds == "pool" else _contact_of("one"))
    two = draw(_contact_of("two") if kinds == "contacts" else _pool_person_of("two"))
    contacts = {person.id for person in (one, two) if isinstance(person, Contact)} | {"third"}
    records = {record.id: record for record in draw(st.lists(_records, max_size=9))}
    kept = [record for record in records.values() if record.contact_id in contacts]
    return [one, two, draw(_contact_of("third")), *kept], draw(st.booleans())


@examples(40, 600)
@given(given_state=_two_people(), take_apart=st.booleans())
def test_merging_and_then_taking_apart_or_undoing_changes_nothing(
    given_state: tuple[list[AnyRecord], bool], take_apart: bool
) -> None:
    records, first_wins = given_state
    bench = Bench(LIBRARY, store=Store(records))
    before, merging = plain(bench.store), bench.services.people_merging
    merging.merge("one", "two", winner_id="one" if first_wins else "two")
    assert merging.person("two") is None
    belonging = [*bench.store.of_contact(Attempt, "two"), *bench.store.of_contact(Interview, "two"),
                 *bench.store.of_contact(FollowUp, "two"), *bench.store.referred_by("two")]  # fmt: skip
    assert belonging == []
    if take_apart:
        merging.take_apart("one")
        assert plain(bench.store) == before
    else:
        bench.services.history.undo()
        assert state_of(bench.store) == state_of(Store(records))


def test_a_merge_of_another_run_can_be_taken_apart(bench: Bench, library: Library) -> None:
    with_people(bench, ZOE, DOUBLE)
    before = plain(bench.store)
    bench.services.people_merging.merge("zoe", "double")
    later = Bench(library, store=bench.store)
    later.clock.forward(days=60)
    assert later.services.history.undo() == ""
    later.services.people_merging.take_apart("zoe")
    assert plain(later.store) == before
