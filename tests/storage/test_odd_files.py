"""Files as hands, other programs and failing disks leave them: read if possible, never written over."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import Query, TinyDB
from warmcall.config.safe_files import FileRefused
from warmcall.domain.records import Contact, MergedPerson, Opening, replace, to_document
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage.backups import content_of
from warmcall.storage.errors import BadStateFile
from warmcall.storage.json_parser import file_content, tables_of
from warmcall.storage.raw_table import RawTable
from warmcall.storage.record_decoder import records_in
from warmcall.storage.state_file import StateFile

from tests.examples import NOW, adding, change, contact, follow_up, interview
from tests.profiles import examples

STRANGE = [
    "NaN",
    "-Infinity",
    "1000000000000000000000000000000",
    "1e400",
    "1.10",
    "1E5",
    r'"\ud800"',
    r'"caf\u00e9 \ud83d\ude00"',
    '{"a":[1,{"b":null}]}',
    "-0.0",
]
"""Values that faster or stricter encoders would change or refuse."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "warmcall.json"


def filled(path: Path) -> StateFile:
    file = StateFile(path)
    people = [contact(id=f"c{number}", name=f"Person {number}") for number in range(5)]
    call = follow_up(FollowUpKind.CALL, id="f1", contact_id="c1")
    file.save([adding(*people, call, interview(contact_id="c2", notes={"q1": "one\ntwo"}))])
    return file


@pytest.mark.parametrize("indent", [None, 2, "\t"])
@pytest.mark.parametrize("value", STRANGE)
def test_a_strange_value_in_a_field_nobody_knows_survives_letter_for_letter(
    path: Path, value: str, indent: Any
) -> None:
    filled(path)
    tables = json.loads(path.read_bytes())
    tables["contacts"]["2"]["odd"] = "HERE"
    tables["contacts"]["3"]["odd"] = "HERE"
    path.write_text(json.dumps(tables, indent=indent).replace('"HERE"', value))
    file = StateFile(path)
    loaded = file.load()
    assert (loaded.problems, len(loaded.records)) == ((), 7)
    person = next(
        contact for contact in loaded.records if isinstance(contact, Contact) and contact.id == "c2"
    )
    for number in (1, 2):
        file.save([change((person, contact(id="c2", name="Person 2", phone=str(number))))])
    text = path.read_text()
    assert text.count('"odd"') == 2
    assert f'"odd":{value}' in text.replace('"odd": ', '"odd":')
    assert json.loads(path.read_bytes())["contacts"]["3"]["phone"] == "2"


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("name", r'"\ud800"', "contacts.2.name: half a character"),
        ("created_at", "7", "contacts.2.created_at: expected a date, got a whole number"),
        ("id", '"c0"', "contacts.2.id: this id is there twice"),
        ("id", '""', "contacts.2.id: it has two ids, or an empty one"),
        ("kind", "NaN", "contacts.2.kind: expected a text"),
        ("created_at", '"9999-12-31T00:00:00Z"', "contacts.2.created_at: expected a date from 1900 to 2199"),
        ("changed_at", '"0001-01-01T00:00:00Z"', "contacts.2.changed_at: expected a date from 1900 to 2199"),
    ],
)
def test_a_bad_field_is_named_and_the_record_kept_as_it_is(
    path: Path, field: str, value: str, place: str
) -> None:
    filled(path)
    tables = json.loads(path.read_bytes())
    tables["contacts"]["2"][field] = "HERE"
    path.write_text(json.dumps(tables).replace('"HERE"', value))
    bad = json.dumps(tables["contacts"]["2"], separators=(",", ":")).replace('"HERE"', value)
    file = StateFile(path)
    loaded = file.load()
    assert any(problem.startswith(place) for problem in loaded.problems), loaded.problems
    assert len(loaded.records) == 6
    file.save([adding(contact(id="new"))])
    assert bad in path.read_text()


def test_a_number_too_big_for_any_clock_is_named(path: Path) -> None:
    filled(path)
    path.write_text(path.read_text().replace('"minutes":20', f'"minutes":{10**30}'))
    (problem,) = StateFile(path).load().problems
    assert problem == "interviews.1.countdown.minutes: the number is too big"


def test_a_number_too_big_is_named_in_a_record_that_holds_the_plain_values_of_another(path: Path) -> None:
    original = to_document(contact(id="gone"))
    merged = MergedPerson(
        id="m1", created_at=NOW, changed_at=NOW, table="contacts", original=original, kept_id="c1"
    )
    StateFile(path).save([adding(contact(id="c1"), merged)])
    path.write_text(path.read_text().replace('"original":{', f'"original":{{"odd":[{10**30}],'))
    loaded = StateFile(path).load()
    assert loaded.problems == ("merged_people.1.original: the number is too big",)
    assert [record.id for record in loaded.records] == ["c1"]


def test_only_an_opening_may_be_without_a_contact(path: Path) -> None:
    told_by_nobody = Opening(
        id="o1", created_at=NOW, changed_at=NOW, organization="Lakeshore", heard_on=NOW.date()
    )
    told_by_somebody_gone = replace(told_by_nobody, id="o2", contact_id="gone")
    file = StateFile(path)
    file.save(
        [adding(told_by_nobody, told_by_somebody_gone, follow_up(FollowUpKind.CALL, id="f", contact_id=""))]
    )
    assert StateFile(path).load().problems == (
        "follow_ups.1.contact_id: there is no such contact",
        "openings.2.contact_id: there is no such contact",
    )


def test_tables_and_numbers_that_stand_twice_are_all_kept(path: Path) -> None:
    filled(path)
    line = path.read_bytes()
    more = b'\n"contacts":{"1":{"id":"twice","name":"T"},"2":{"id":"again"},"x y":{"id":"odd"}},'
    path.write_bytes(line.replace(b"{", b"{" + more, 1))
    file = StateFile(path)
    assert len(file.load().records) == 7
    file.save([adding(contact(id="new"))])
    ids = [load["id"] for load in json.loads(path.read_bytes())["contacts"].values()]
    assert sorted(ids) == ["again", "c0", "c1", "c2", "c3", "c4", "new", "odd", "twice"]


@pytest.mark.parametrize("number", ["²", "٣", "one", 'a":b', "-1", "1" * 30, ""])
def test_a_document_by_another_name_than_a_number_is_named_and_kept(path: Path, number: str) -> None:
    filled(path)
    tables = json.loads(path.read_bytes())
    tables["contacts"][number] = {"id": "odd", "name": "Odd"}
    path.write_text(json.dumps(tables))
    file = StateFile(path)
    (problem,) = file.load().problems
    assert problem.endswith("the key of a document has to be a whole number")
    file.save([adding(contact(id="new"))])
    kept = json.loads(path.read_bytes())["contacts"]
    assert (kept[number], kept["6"]["id"]) == ({"id": "odd", "name": "Odd"}, "new")


def test_what_is_no_ordinary_file_is_not_read(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(FileRefused, match="it is a named pipe"):
        StateFile(path)
    path.unlink()
    file = StateFile(path)
    os.mkfifo(path)
    with pytest.raises(FileRefused, match="is now a named pipe"):
        file.load()


def test_a_bad_file_offers_the_newest_good_backup(path: Path) -> None:
    file = filled(path)
    file.save([adding(contact(id="new"))])
    file.backups.write_waiting()
    good = path.read_bytes()
    path.write_bytes(good[:-40])
    with pytest.raises(BadStateFile, match=r"bring back the backup of .* \(5 contacts, 1 interviews\)"):
        StateFile(path).load()
    (backup,) = StateFile(path).backups.listed()
    kept = StateFile(path).backups.restore(backup.path)
    assert kept is not None
    assert content_of(kept) == good[:-40]
    assert len(StateFile(path).load().records) == 7


@examples(usual=60, long=150)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=3), st.booleans())
def test_a_file_with_flipped_bytes_is_read_or_refused_and_never_written(
    flips: list[tuple[int, int]], laid_out_by_hand: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warmcall.json"
        filled(path)
        if laid_out_by_hand:
            path.write_text(json.dumps(json.loads(path.read_bytes()), indent=1))
        content = bytearray(path.read_bytes())
        for at, byte in flips:
            content[at % len(content)] = byte
        path.write_bytes(content)
        file = StateFile(path)
        try:
            loaded = file.load()
        except BadStateFile:
            with pytest.raises(BadStateFile):
                file.save([adding(contact(id="new"))])
            assert path.read_bytes() == content
            return
        assert path.read_bytes() == content
        if not loaded.read_only:
            tables = json.loads(content)
            file.save([adding(contact(id="new"))])
            after = json.loads(path.read_bytes())
            kept = {
                name: table for name, table in after.items() if name not in ("meta", "changes", "contacts")
            }
            assert repr(kept) == repr({name: tables[name] for name in kept})
            assert [*map(repr, after["contacts"].values())][:-1] == [
                *map(repr, tables.get("contacts", {}).values())
            ]


@examples(usual=60, long=150)
@given(st.binary(max_size=40), st.integers(0, 2000), st.integers(0, 60))
def test_our_own_layout_is_read_exactly_as_the_standard_decoder_reads_it(
    piece: bytes, at: int, length: int
) -> None:
    people = RawTable.of({"1": {"id": "a", "n": 1.5}, "2": {"id": "b", "t": '"},'}})
    tables = {"meta": RawTable.of({"1": {"id": "m"}}), "contacts": people, "empty": RawTable()}
    good = b"".join(file_content(tables))
    at %= len(good)
    raw = good[:at] + piece + good[at + length % 7 :]
    try:
        expected = json.loads(raw.decode())
        fits = isinstance(expected, dict) and all(isinstance(table, dict) for table in expected.values())
    except ValueError:
        fits = False
    for known in (None, tables):
        try:
            found = {name: dict(table) for name, table in tables_of(raw, Path("x"), known).items()}
        except BadStateFile:
            assert not fits
        else:
            assert fits
            if raw.count(b'"contacts"') == 1:
                assert found.keys() == expected.keys()


_TYPED = st.sampled_from(
    [b'"', b"}", b",\n", b"\n", b',\n"2":{"id":"c1",', b'"id":"x",', b'"id":"",', b"\\u0063", b"NaN", b"1800",
     b"0", b',"x":{"y":1},\n"7":{"id":"c7"}', b"9" * 4301, b"\\ud800", "é".encode(), b""]
)  # fmt: skip


@examples(usual=150, long=600)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 12), _TYPED), min_size=1, max_size=2))
def test_records_decoded_with_their_table_are_those_decoded_one_by_one(
    typed: list[tuple[int, int, bytes]],
) -> None:
    raw = _people_and_calls()
    for at, length, piece in typed:
        at %= len(raw)
        raw = raw[:at] + piece + raw[at + length :]
    _reads_the_same_either_way(raw)


@pytest.mark.parametrize(
    "typed",
    [
        b'"x":{"y":1,\n"z":2},',
        b'"x":1,\n"7":{"id":"c7"},',
        b'"x":' + b"9" * 4301 + b",",
        b'"x":"' + b"9" * 4301 + b'",',
        b'"id":"c2",',
        b'"x":"\xc3\xa9",',
        b'"x":"\\ud800",',
    ],
)
def test_what_only_a_closer_look_shows_is_read_the_same_either_way(typed: bytes) -> None:
    raw = _people_and_calls()
    for before in (b'"name":"Person 0"', b'"name":"Person 2"', b'"kind":"call"'):
        _reads_the_same_either_way(raw.replace(before, typed + before, 1))


def _people_and_calls() -> bytes:
    people = [contact(id=f"c{number}", name=f"Person {number}") for number in range(3)]
    calls = [follow_up(FollowUpKind.CALL, id=f"f{number}", contact_id=f"c{number}") for number in range(2)]
    tables = {
        "contacts": RawTable.of({str(at): to_document(one) for at, one in enumerate(people, 1)}),
        "follow_ups": RawTable.of({str(at): to_document(one) for at, one in enumerate(calls, 1)}),
    }
    return b"".join(file_content(tables))


def _reads_the_same_either_way(raw: bytes) -> None:
    try:
        apart = tables_of(raw, Path("x"))
    except BadStateFile as error:
        with pytest.raises(BadStateFile, match=re.escape(str(error))):
            tables_of(raw, Path("x"), with_records=True)
        return
    together = tables_of(raw, Path("x"), with_records=True)
    assert [len(table) for table in together.values()] == [len(table) for table in apart.values()]
    assert records_in(together) == records_in(apart)
    assert [[*table.lines.items()] for table in together.values()] == [
        [*table.lines.items()] for table in apart.values()
    ]


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.parametrize(
    ("text", "typed", "lines"),
    [
        (b'"b"}\n', b'"b"},\n', None),
        (b'"a"},\n', b'"a"}\n', None),
        (b'"a"},\n', b'"a"},\n\n', [b'"1":{"id":"a"}', b'"2":{"id":"b"}']),
        (b'"1":{', b'"1": {\n', [b'"1":{"id":"a"}', b'"2":{"id":"b"}']),
        (b'"1":{', b'"1":{"x":NaN,\n', [b'"1":{"x":NaN,"id":"a"}', b'"2":{"id":"b"}']),
        (b'"a"}', b'"a","2":{}},"3":{\n}', [b'"1":{"id":"a","2":{}}', b'"3":{}', b'"2":{"id":"b"}']),
    ],
)
def test_commas_and_line_feeds_typed_by_hand_are_read_as_json_has_them(
    text: bytes, typed: bytes, lines: list[bytes] | None, is_known: bool
) -> None:
    tables = {"contacts": RawTable.of({"1": {"id": "a"}, "2": {"id": "b"}}), "empty": RawTable()}
    raw = b"".join(file_content(tables)).replace(text, typed, 1)
    try:
        found = [*tables_of(raw, Path("x"), tables if is_known else None)["contacts"].lines.values()]
    except BadStateFile:
        found = None
    assert found == lines


def test_a_half_written_edit_by_hand_is_read_when_it_is_whole(path: Path) -> None:
    file = filled(path)
    file.load()
    whole = path.read_bytes().replace(b"Person 3", b"Somebody else")
    path.write_bytes(whole[:200])
    with pytest.raises(BadStateFile):
        file.check_for_changes()
    path.write_bytes(whole)
    (edit,) = file.check_for_changes().edits
    assert (edit.id, edit.before, edit.after) == ("c3", {"name": "Person 3"}, {"name": "Somebody else"})
    assert not file.check_for_changes()


def test_plain_tinydb_may_write_in_between(path: Path) -> None:
    file = filled(path)
    file.load()
    with TinyDB(path) as db:
        db.table("contacts").update({"phone": "7"}, Query().id == "c1")
        db.table("contacts").insert({"id": "mine", "note": "not quite a contact"})
        db.table("plans").insert({"what": "of my own"})
    news = file.save([change((contact(id="c2", name="Person 2"), contact(id="c2", name="P", phone="1")))])
    assert [(edit.id, edit.after) for edit in news.edits] == [("c1", {"phone": "7"})]
    tables = json.loads(path.read_bytes())
    assert [table.get("phone") for table in tables["contacts"].values()] == ["", "7", "1", "", "", None]
    assert tables["plans"] == {"1": {"what": "of my own"}}


def test_a_field_that_was_left_out_by_hand_is_no_difference(path: Path) -> None:
    filled(path)
    tables = json.loads(path.read_bytes())
    del tables["contacts"]["4"]["notes"], tables["contacts"]["4"]["kind"]
    path.write_text(json.dumps(tables))
    file = StateFile(path)
    person = next(record for record in file.load().records if record.id == "c3")
    assert isinstance(person, Contact)
    edited = contact(id="c3", name="Person 3", notes="new")
    assert file.save([change((person, edited))]).messages == ()
    changes = json.loads(path.read_bytes())["changes"]
    assert not any("another session" in change["label"] for change in changes.values())
    assert file.save([change((edited, None))]).messages == ()
    assert "4" not in json.loads(path.read_bytes())["contacts"]


def test_tinydbs_own_calls_work_on_our_file(path: Path) -> None:
    file = filled(path)
    people = file.db.table("contacts")
    number = people.insert({"id": "mine", "name": "Mine"})
    assert number == 6
    file.save([adding(contact(id="saved"))])
    assert people.insert_multiple([{"id": "x"}, {"id": "y"}]) == [8, 9]
    assert people.update({"phone": "3"}, Query().id == "mine") == [6]
    assert people.search(Query().phone == "3") == [{"id": "mine", "name": "Mine", "phone": "3"}]
    assert people.remove(Query().id.one_of(["x", "y"])) == [8, 9]
    assert people.get(doc_id=7) == people.get(Query().id == "saved")
    people.update(lambda item: item.setdefault("deep", []).append(1), doc_ids=[6])
    people.update(lambda item: item["deep"].append(2), doc_ids=[6])
    assert len(people) == 7
    with TinyDB(path) as plain:
        assert plain.table("contacts").get(doc_id=6) == {
            "id": "mine",
            "name": "Mine",
            "phone": "3",
            "deep": [1, 2],
        }
        assert plain.table("meta").all()[0]["revision"] == 8
    assert {edit.id for edit in file.check_for_changes().edits} == set()
    file.db.drop_table("changes")
    assert "changes" not in json.loads(path.read_bytes())


def test_plain_tinydb_opens_it_in_the_c_locale(path: Path) -> None:
    StateFile(path).save([adding(contact(name="Zoë 佐藤 \U0001f600"))])
    script = "import sys, tinydb; print(ascii(tinydb.TinyDB(sys.argv[1]).table('contacts').all()[0]['name']))"
    ran = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", script, path],
        env={
            "LC_ALL": "C",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == ascii("Zoë 佐藤 \U0001f600")


@pytest.mark.long
def test_a_hundred_megabytes_are_read_and_edited(path: Path) -> None:
    people = [contact(id=f"c{number}", notes="x" * 3000) for number in range(33_000)]
    StateFile(path).save([adding(*people)])
    assert path.stat().st_size > 100_000_000
    file = StateFile(path)
    assert len(file.load().records) == 33_000
    file.save([change((people[7], contact(id="c7", notes="short")))])
    assert len(StateFile(path).load().records) == 33_000
    raw = path.read_bytes()
    path.write_bytes(raw[:-9] + b"x")
    with pytest.raises(BadStateFile, match=r"line \d+, column"):
        StateFile(path).load()
    assert path.read_bytes() == raw[:-9] + b"x"
