from __future__ import annotations

from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.config.library import Library
from warmcall.config.paths import content
from warmcall.domain.change import Edit
from warmcall.domain.found_people import FileKind, FoundPeople, FoundPerson, LeftReason, LeftRow
from warmcall.domain.person_keys import KeyKind
from warmcall.domain.records import (
    Contact,
    FollowUp,
    MergedPerson,
    Organization,
    PoolPerson,
    from_document,
    to_document,
)
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import ContactKind, News, Source
from warmcall.formats.address_book_files import google_csv, vcards
from warmcall.formats.found_values import clean_line, clean_notes
from warmcall.formats.people_files import people_in
from warmcall.formats.tables import as_json, contacts_csv
from warmcall.services.importing import ImportPlan, RowResult

from tests.conftest import Bench
from tests.examples import STAMP, adding, contact
from tests.profiles import modest

bundled = cache(partial(Library, content(), Path("/nonexistent")))
ADDED, MERGED, KNOWN = RowResult.ADDED, RowResult.MERGED, RowResult.KNOWN


def person(name: str, **fields: Any) -> FoundPerson:
    for one, several in (("email", "emails"), ("phone", "phones")):
        if one in fields:
            fields.setdefault(several, (fields[one],))
    return FoundPerson(line=0, name=name, **fields)


def file(*people: FoundPerson, kind: FileKind = FileKind.LINKEDIN, left: int = 0) -> FoundPeople:
    lines = tuple(_at(line, one) for line, one in enumerate(people, 1))
    return FoundPeople(
        kind=kind,
        people=lines,
        left=tuple(LeftRow(line=99 + n, reason=LeftReason.NO_NAME) for n in range(left)),
    )


def _at(line: int, one: FoundPerson) -> FoundPerson:
    return msgspec.structs.replace(one, line=line)


def run(bench: Bench, *files: FoundPeople, origin: str = "LinkedIn, 23 Nov 2026") -> ImportPlan:
    plan = bench.services.importing.plan(files, [origin] * len(files))
    bench.services.importing.commit(plan)
    return plan


def results(plan: ImportPlan) -> list[RowResult]:
    return [row.result for row in plan.rows]


def pool(bench: Bench) -> dict[str, PoolPerson]:
    return {one.name: one for one in bench.store.all(PoolPerson)}


MEI = person("Mei Tanaka", organization="Northgate Agency", title="Media Planner",
             links=("https://www.linkedin.com/in/mei",), notes="https://www.linkedin.com/in/mei",
             connected_on=date(2019, 3, 1), source=Source.ONLINE)  # fmt: skip


def test_people_stand_in_the_pool_are_owed_nothing_and_go_with_one_undo(bench: Bench) -> None:
    plan = run(bench, file(MEI, person("Luis Ortega", phone="+1 312 555 0142"), left=1))
    assert results(plan) == [ADDED, ADDED]
    assert plan.left == 1
    mei = pool(bench)["Mei Tanaka"]
    assert mei == PoolPerson(
        id=mei.id, created_at=mei.created_at, changed_at=mei.changed_at, name="Mei Tanaka",
        organization="Northgate Agency", title="Media Planner", source=Source.ONLINE, notes=MEI.notes,
        links=MEI.links, connected_on=date(2019, 3, 1),
    )  # fmt: skip
    assert bench.store.count(Contact) == bench.store.count(FollowUp) == 0
    assert len(bench.saved) == 1
    assert bench.services.history.undo() == "import 2 people"
    assert bench.store.count(PoolPerson) == 0


def test_what_is_saved_is_what_the_store_holds(bench: Bench) -> None:
    full = person(
        "Zoë", goes_by="Zo", kind=ContactKind.CONNECTOR, email="z@a.example", phone="5550142",
        never=True, zone="Europe/Berlin", connected_on=date(2019, 3, 1),
        work_changed_on=date(2020, 1, 1), referrer="Dana",
    )  # fmt: skip
    run(bench, file(MEI, full))
    for edit in bench.saved[0].edits:
        record = from_document(edit.after or {}, PoolPerson)
        assert edit == Edit("pool", record.id, None, to_document(record))


def test_the_same_file_again_adds_nobody_and_changes_nothing(bench: Bench) -> None:
    two = file(
        MEI,
        person("Mei Tanaka", email="mei@a.example", organization="Northgate Agency, Inc."),
        person("Sam Petty"),
        person("Sam Petty", phone="555 0142"),
        person("Kei", organization="Aozora"),
    )
    first = run(bench, two)
    assert results(first) == [ADDED, MERGED, MERGED, ADDED, ADDED]
    again = run(bench, two)
    assert results(again) == [KNOWN] * 5
    assert again.does_nothing
    assert len(bench.saved) == 1


def test_two_rows_about_one_person_are_one_with_what_both_say(bench: Bench) -> None:
    plan = run(
        bench,
        file(
            MEI, person("Mei Tanaka", organization="northgate agency", email="mei@a.example", goes_by="Mimi")
        ),
    )
    mei = pool(bench)["Mei Tanaka"]
    assert (mei.email, mei.emails, mei.goes_by, mei.title) == (
        "mei@a.example", ("mei@a.example",), "Mimi", "Media Planner"
    )  # fmt: skip
    assert (plan.rows[1].same_line, plan.rows[1].because) == (1, KeyKind.ORGANIZATION)


def test_an_organization_that_a_contact_gets_has_a_record_until_undo(bench: Bench) -> None:
    bench.services.address_book.add({"name": "Mei Tanaka", "notes": MEI.notes})
    run(bench, file(MEI, person("Ada Quist", organization="Parkway & Sons")))
    assert [place.name for place in bench.store.all(Organization)] == ["Northgate Agency"]
    bench.services.history.undo()
    assert not bench.store.count(Organization)


def test_a_contact_gets_what_is_empty_and_the_rest_in_the_notes(bench: Bench) -> None:
    mei = bench.services.address_book.add(
        {"name": "Mei Tanaka", "email": "mei@northgate.example", "notes": "Runs two teams."}
    )
    row = person(
        "Tanaka, Mei", title="Planner", organization="Northgate", phone="+1 312 555 0142",
        email="mei@northgate.example", emails=("mei@northgate.example", "mei@home.example"),
        notes="Home: mei@home.example\nhttps://www.linkedin.com/in/mei",
    )  # fmt: skip
    plan = run(bench, file(row, kind=FileKind.GOOGLE))
    assert [(one.result, one.person_id, one.because) for one in plan.rows] == [
        (MERGED, mei.id, KeyKind.EMAIL)
    ]
    after = bench.store.require(Contact, mei.id)
    assert (after.name, after.title, after.organization, after.phone) == (
        "Mei Tanaka", "Planner", "Northgate", "+1 312 555 0142"
    )  # fmt: skip
    assert after.notes == "Runs two teams.\nHome: mei@home.example\nhttps://www.linkedin.com/in/mei"
    assert results(run(bench, file(row, kind=FileKind.GOOGLE))) == [KNOWN]
    other = person("Mei Tanaka", organization="Northgate", email="m@x.example", phone="+1 312 555 0199")
    run(bench, file(other))
    assert bench.store.require(Contact, mei.id).notes.endswith("Email: m@x.example\nPhone: +1 312 555 0199")
    assert results(run(bench, file(other))) == [KNOWN]
    assert bench.store.count(PoolPerson) == 0


def test_who_named_a_contact_is_kept_as_a_note_and_said_once(bench: Bench) -> None:
    mei = bench.services.address_book.add({"name": "Mei Tanaka", "email": "mei@a.example"})
    row = person("Mei Tanaka", email="mei@a.example", referrer="Dana Whitfield", news=News.HIRED)
    assert results(run(bench, file(row))) == [MERGED]
    after = bench.store.require(Contact, mei.id)
    assert (after.notes, after.news) == ("Named by: Dana Whitfield", News.HIRED)
    assert results(run(bench, file(row))) == [KNOWN]


NEWER = _at(1, person("Mei Tanaka", organization="Two Lamps", title="Media Director", links=MEI.links,
                      connected_on=MEI.connected_on, notes=MEI.notes))  # fmt: skip


def test_a_newer_file_says_who_changed_job_and_an_older_one_changes_nothing(bench: Bench) -> None:
    run(bench, file(MEI))
    plan = run(bench, file(NEWER))
    assert [(row.news, row.work_before) for row in plan.moved] == [
        ("Media Director, Two Lamps", "Media Planner, Northgate Agency")
    ]
    mei = pool(bench)["Mei Tanaka"]
    assert (mei.title, mei.organization, mei.earlier_work, mei.work_changed_on) == (
        "Media Director", "Two Lamps", "Media Planner, Northgate Agency", date(2026, 11, 23)
    )  # fmt: skip
    assert run(bench, file(MEI)).does_nothing
    assert run(bench, file(NEWER)).does_nothing
    google = person("Mei Tanaka", organization="Tern", links=MEI.links)
    plan = run(bench, file(google, kind=FileKind.GOOGLE), origin="Google, 1 Dec 2026")
    assert (plan.moved, pool(bench)["Mei Tanaka"].organization) == ([], "Two Lamps")
    assert pool(bench)["Mei Tanaka"].notes.endswith("Google, 1 Dec 2026: now Tern")


def test_a_contact_keeps_the_work_on_record_and_the_news_is_noted_once(bench: Bench) -> None:
    mei = bench.services.address_book.add(
        {
            "name": "Mei Tanaka",
            "organization": "Northgate Agency",
            "title": "Media Planner",
            "notes": MEI.notes,
        }
    )
    plan = run(bench, file(NEWER))
    assert [row.news for row in plan.moved] == ["Media Director, Two Lamps"]
    after = bench.store.require(Contact, mei.id)
    assert (after.organization, after.title) == ("Northgate Agency", "Media Planner")
    assert after.notes == f"{MEI.notes}\nLinkedIn, 23 Nov 2026: now Media Director, Two Lamps"
    again = run(bench, file(NEWER), origin="LinkedIn, 1 Jan 2027")
    assert again.does_nothing
    assert not again.moved


def test_of_two_rows_about_one_person_here_only_the_first_is_news(bench: Bench) -> None:
    run(bench, file(person("Mei Tanaka", email="a@a.example", phone="555 01 42 77", organization="Tern")))
    both = file(person("Mei Tanaka", email="a@a.example", organization="Northgate"),
                person("Mei Tanaka", phone="555-0142-77", organization="Two Lamps"))  # fmt: skip
    assert [row.news for row in run(bench, both).rows] == ["Northgate", ""]
    assert run(bench, both).does_nothing


def test_those_merged_by_hand_stay_merged(bench: Bench) -> None:
    kept = PoolPerson(id="kept", **STAMP, name="Mei Sato", organization="Tern")
    gone = PoolPerson(id="gone", **STAMP, name="Mei Tanaka", organization="Northgate")
    merged = MergedPerson(id="m", **STAMP, table="pool", original=to_document(gone), kept_id="kept")
    bench.store.apply(adding(kept, merged))
    plan = run(bench, file(person("Mei Tanaka", organization="Northgate")))
    assert [(row.person_id, row.news) for row in plan.rows] == [("kept", "")]
    assert bench.store.require(PoolPerson, "kept").organization == "Tern"


def test_another_name_of_an_organization_is_that_organization(bench: Bench) -> None:
    bench.store.apply(adding(Organization(id="o", **STAMP, name="Smith Jones", other_names=("SJ Media",))))
    bench.services.address_book.add({"name": "Jo Ray", "organization": "Smith, Jones & Co."})
    assert results(run(bench, file(person("Jo Ray", organization="SJ Media")))) != [ADDED]


def test_own_records_come_back_as_those_here(bench: Bench) -> None:
    here = contact(id="c1", name="Mei Tanaka")
    bench.store.apply(adding(here))
    rows = file(person("Mei Tanaka-Smith", record_id="c1"), person("Luis", record_id="c2"),
                person("Evil", record_id="../c3"), kind=FileKind.OWN_JSON)  # fmt: skip
    plan = run(bench, rows)
    assert [(row.result, row.because) for row in plan.rows] == [
        (MERGED, KeyKind.RECORD), (ADDED, None), (ADDED, None)
    ]  # fmt: skip
    assert plan.rows[1].person_id == "c2"
    assert "/" not in plan.rows[2].person_id


def test_an_import_in_steps_is_one_change_and_refused_when_people_changed_since(bench: Bench) -> None:
    importing = bench.services.importing
    many = file(*(person(f"Person {n}", organization="Tern") for n in range(1200)))
    plan = importing.plan([many])
    edits = importing.edits(plan)
    steps = importing.commit_in_steps(plan, edits)
    assert steps is not None
    counts = [bench.store.count(PoolPerson) for _ in steps]
    assert counts == [0, 500, 1000, 1200]
    assert len(bench.saved) == 1
    assert importing.is_outdated(plan)
    assert importing.commit_in_steps(plan, edits) is None
    bench.services.history.undo()
    assert bench.store.count(PoolPerson) == 0


def test_planning_stops_where_progress_says_so_and_nothing_is_done(bench: Bench) -> None:
    def stop(done: int, every: int) -> None:
        assert (done, every) == (500, 600)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bench.services.importing.plan([file(*(person(f"P {n}") for n in range(600)))], on_progress=stop)
    assert bench.store.empty


_rows = st.lists(
    st.builds(
        lambda name, **fields: person(name, **{key: value for key, value in fields.items() if value}),
        st.sampled_from(
            ["Mei Tanaka", "Tanaka, Mei", "M. Tanaka", "Mei", "Luis Ortega", "Zoë Müller", "Zoe Mueller"]
        ),
        organization=st.sampled_from(["", "", "Tern", "Two Lamps", "Two Lamps Inc."]),
        title=st.sampled_from(["", "Planner", "Director"]),
        email=st.sampled_from(["", "", "mei@a.example", "info@a.example"]),
        phone=st.sampled_from(["", "", "+1 312 555 0142", "312 555 0142"]),
        links=st.sampled_from([(), (), ("linkedin.com/in/a",), ("linkedin.com/in/b",)]),
        connected_on=st.sampled_from([None, date(2019, 3, 1), date(2020, 4, 1)]),
        notes=st.sampled_from(["", "met at the fair", "linkedin.com/in/a"]),
    ),
    max_size=7,
)


@modest
@given(_rows, _rows)
def test_importing_twice_adds_nobody_and_every_row_is_accounted_for(
    one: list[FoundPerson], other: list[FoundPerson]
) -> None:
    bench = Bench(bundled())
    for rows in (one, other):
        plan = run(bench, file(*rows))
        assert [row.row.line for row in plan.rows] == list(range(1, len(rows) + 1))
        again = run(bench, file(*rows))
        assert again.count(ADDED) == 0
        assert again.does_nothing, (again.changed, again.rows)


_lines = st.text(max_size=8).map(clean_line)
_known = st.builds(
    lambda number, **fields: Contact(id=f"c{number}", **STAMP, **fields),
    st.integers(0, 9),
    name=_lines.filter(bool) | st.sampled_from(["Mei Tanaka", "Tanaka, Mei", "Mei"]),
    organization=_lines | st.sampled_from(["", "Tern"]),
    title=_lines,
    email=st.sampled_from(["", "mei@a.example"]),
    phone=st.sampled_from(["", "+1 312 555 0142"]),
    notes=st.text(max_size=8).map(clean_notes),
)


@modest
@given(st.lists(_known, max_size=4, unique_by=lambda one: one.id))
def test_nobody_who_was_exported_is_added_again(some: list[Contact]) -> None:
    bench = Bench(bundled(), store=Store(some))
    for text in (
        as_json(bench.store),
        contacts_csv(bench.store),
        vcards(bench.store),
        google_csv(bench.store),
    ):
        if some:
            found = people_in(text.encode())
            plan = bench.services.importing.plan([found])
            assert plan.count(ADDED) == 0
            assert len(plan.rows) + plan.left == len(some)
