from __future__ import annotations

import errno
import json
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from tinydb import TinyDB
from warmcall.config.safe_files import FileRefused
from warmcall.domain.change import Change, ChangeKind, Edit
from warmcall.domain.records import TABLE_OF, AnyRecord, Contact
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage import atomic_storage
from warmcall.storage.errors import BadStateFile
from warmcall.storage.migrations import SCHEMA
from warmcall.storage.session_view import ExternalChanges
from warmcall.storage.state_file import StateFile

from tests.examples import NOW, Step, adding, change, contact, follow_up, interview, planned_changes, steps
from tests.profiles import modest

META = {"1": {"id": "meta", "app": "warmcall", "schema": SCHEMA, "revision": 3}}
DOCUMENT = {
    "id": "f1",
    "created_at": "2026-11-23T15:00:00Z",
    "changed_at": "2026-11-23T15:00:00Z",
    "contact_id": "luis",
    "kind": "call",
    "due": "2026-11-23T18:00:00Z",
}

PERSON = {key: DOCUMENT[key] for key in ("created_at", "changed_at")} | {"id": "luis", "name": "Luis Ortega"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "warmcall.json"


def written(path: Path, **tables: Any) -> StateFile:
    path.write_text(json.dumps({"meta": META} | tables))
    return StateFile(path)


def on_disk(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def state(file: StateFile) -> dict[tuple[str, str], AnyRecord]:
    return {(TABLE_OF[type(record)], record.id): record for record in file.load().records}


def test_a_file_that_is_not_there_yet_is_an_empty_book(path: Path) -> None:
    loaded = StateFile(path).load()
    assert (loaded.records, loaded.problems) == ((), ())
    assert not path.exists()


@settings(modest, max_examples=25)
@given(steps)
def test_what_is_saved_is_loaded_again(plan: list[list[Step]]) -> None:
    changes, states = planned_changes(plan)
    with tempfile.TemporaryDirectory() as folder:
        file = StateFile(Path(folder) / "warmcall.json")
        file.save(changes)
        assert state(StateFile(file.path)) == states[-1]
        problems = StateFile(file.path).load().problems
        assert all(problem.endswith(".contact_id: there is no such contact") for problem in problems)


@settings(modest, max_examples=15)
@given(steps)
def test_saving_one_by_one_and_twice_comes_to_the_same(plan: list[list[Step]]) -> None:
    changes, states = planned_changes(plan)
    with tempfile.TemporaryDirectory() as folder:
        file = StateFile(Path(folder) / "warmcall.json")
        for other_change, expected in zip(changes, states[1:], strict=True):
            file.save([other_change])
            file.save([other_change])
            assert state(file) == expected


def test_records_come_back_in_the_order_they_were_added(path: Path) -> None:
    file = StateFile(path)
    names = [f"contact {number}" for number in range(12)]
    file.save([adding(*(contact(id=name) for name in names))])
    assert [record.id for record in StateFile(path).load().records] == names


def test_plain_tinydb_reads_the_records(path: Path) -> None:
    StateFile(path).save([adding(contact(), follow_up(FollowUpKind.CALL, id="f1"))])
    with TinyDB(path) as db:
        assert db.tables() == {"meta", "changes", "contacts", "follow_ups", "versions"}
        assert [item["name"] for item in db.table("contacts")] == ["Luis Ortega"]
        assert [item.doc_id for item in db.table("contacts")] == [1]


def test_every_save_counts_the_revision(path: Path) -> None:
    file = StateFile(path)
    for expected in (1, 2, 3):
        file.save([adding(contact(id=f"c{expected}"))])
        assert on_disk(path)["meta"]["1"]["revision"] == expected


def test_what_nobody_here_knows_survives(path: Path) -> None:
    file = written(
        path,
        follow_ups={"17": DOCUMENT | {"colour": "blue", "of": {"a": [1, 2.5, None]}}},
        plans={"1": {"id": "p", "what": "of a later version"}},
    )
    loaded = file.load()
    assert loaded.problems == ("follow_ups.17.contact_id: there is no such contact",)
    (old,) = loaded.records
    file.save([Change("c", NOW, "note", (Edit("follow_ups", "f1", {"note": ""}, {"note": "new"}),))])
    tables = on_disk(path)
    assert tables["plans"] == {"1": {"id": "p", "what": "of a later version"}}
    kept = tables["follow_ups"]["17"]
    assert (kept["colour"], kept["of"], kept["note"]) == ("blue", {"a": [1, 2.5, None]}, "new")
    assert old.id == "f1"


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (DOCUMENT | {"due": "someday"}, "follow_ups.17.due: invalid"),
        (DOCUMENT | {"due": "2026-11-23T18:00:00"}, "follow_ups.17.due: expected a date with a timezone"),
        (DOCUMENT | {"kind": "tea"}, "follow_ups.17.kind: invalid enum value 'tea'"),
        (DOCUMENT | {"waiting": 3}, "follow_ups.17.waiting: expected true or false"),
        ({"id": "f2"}, "follow_ups.17: object missing required field"),
        ([], "follow_ups.17: expected a record"),
        (None, "follow_ups.17: expected a record"),
        ("call Luis", "follow_ups.17: expected a record"),
        (DOCUMENT | {"id": "f0"}, "follow_ups.17.id: this id is there twice"),
    ],
)
def test_a_bad_record_is_named_and_kept_and_the_others_are_read(
    path: Path, document: object, problem: str
) -> None:
    file = written(path, contacts={"1": PERSON}, follow_ups={"3": DOCUMENT | {"id": "f0"}, "17": document})
    loaded = file.load()
    assert [record.id for record in loaded.records] == ["luis", "f0"]
    (found,) = loaded.problems
    assert found.startswith(problem)
    file.save([adding(follow_up(FollowUpKind.CALL, id="f9"))])
    assert on_disk(path)["follow_ups"]["17"] == document
    assert on_disk(path)["follow_ups"]["18"]["id"] == "f9"


def test_the_place_of_a_problem_goes_into_a_list(path: Path) -> None:
    meeting = {
        **DOCUMENT,
        "at": DOCUMENT["due"],
        "checklist": [{"id": "q", "ask": "?"}, {"id": "r", "ask": 1}],
    }
    (problem,) = written(path, contacts={"1": PERSON}, interviews={"4": meeting}).load().problems
    assert problem.startswith("interviews.4.checklist[1].ask: expected a text")


BAD = {
    b"": "the file is there but empty",
    b"\x00" * 4096: "the file is there but empty",
    b" \n": "the file is there but empty",
    b"{": "line 1, column 2: it is not JSON from there on: expecting a name",
    b'{"meta": {}}\n{': "line 2, column 1: it is not JSON from there on: extra data",
    b"name,phone\nLuis,1": "line 1, column 1: it is not JSON from there on: expecting value",
    b'{"meta": {"1": {"app": "warmcall", "sch': "line 1, column 36: it is not JSON from there on",
    b"\xff\xfe{}": "line 1, column 1: this byte is not UTF-8 text",
    b'{"a": "\xe9"}': "line 1, column 8: this byte is not UTF-8 text",
    b"\xef\xbb\xbf{}": "line 1, column 1: a byte-order mark",
    b"[" * 200_000: "line 1, column 1: what begins there is nested too deep",
    b'{"meta": {"1": {"revision": NaN}}}': "not a warmcall file",
    b'{"a": {},}': "line 1, column 10: it is not JSON from there on: expecting a name",
    b'{"meta": {"1": {"revision": '
    + b"9" * 5000
    + b"}}}": "line 1, column 16: what begins there has a number",
    b"[]": "not the tables of a warmcall file",
    b"null": "not the tables of a warmcall file",
    b'{"meta": []}': "line 1, column 10: it is JSON, but its “meta” is not a table",
    b'{"meta": {"one": {}}}': "not a warmcall file",
    b"{}": "not a warmcall file",
    b'{"meta": {}}': "not a warmcall file",
    b'{"meta": {"1": 7}}': "not a warmcall file",
    b'{"_default": {"1": {"name": "of another TinyDB"}}}': "not a warmcall file",
    b'{"meta": {"1": {"app": "coldcall", "schema": 1}}}': "not a warmcall file",
    b'{"meta": {"1": {"app": "warmcall"}}}': "its schema “null” is not a version",
    b'{"meta": {"1": {"app": "warmcall", "schema": "1"}}}': 'its schema “"1"” is not a version',
    b'{"meta": {"1": {"app": "warmcall", "schema": 0}}}': "its schema “0” is not a version",
    b'{"meta": {"1": {"app": "warmcall", "schema": 1}},\n<<<<<<< HEAD\n"contacts": {}}': (
        "line 2, column 1: a merge conflict was left in it"
    ),
    b'{"meta": {"1": {"app": "warmcall", "schema": 1}}, "x": {"1": '
    + b"[" * 100_000
    + b"]" * 100_000
    + b"}}": ("line 1, column 62: what begins there is nested too deep"),
    b"\x89PNG\r\n\x1a\n\x00\x00": "line 1, column 1: this byte is not UTF-8 text",
    b'{"meta": {"1": {"app": "warmcall", "schema": 1}}}\x00\x00\x00': "line 1, column 50: it is not JSON",
}


@pytest.mark.parametrize(("content", "what"), BAD.items(), ids=[key[:24].decode("latin-1") for key in BAD])
def test_a_bad_file_is_refused_with_a_sentence_and_left_untouched(
    path: Path, content: bytes, what: str
) -> None:
    path.write_bytes(content)
    file = StateFile(path)
    for use in (file.load, lambda: file.save([adding(contact())])):
        with pytest.raises(BadStateFile) as refused:
            use()
        assert what in refused.value.what
        assert str(refused.value).startswith(f"{path}: ")
        assert "Nothing was changed" in str(refused.value)
        assert "--db FILE" in str(refused.value)
    assert path.read_bytes() == content
    assert list(path.parent.glob("*.new")) == []


def test_a_file_of_a_newer_major_version_is_read_and_not_written(path: Path) -> None:
    content = b'{"meta": {"1": {"app": "warmcall", "schema": 99}}}'
    path.write_bytes(content)
    file = StateFile(path)
    assert f"a newer warmcall (schema 99, ours is {SCHEMA})" in file.load().read_only
    with pytest.raises(BadStateFile, match="newer warmcall"):
        file.save([adding(contact())])
    assert path.read_bytes() == content


def test_a_session_whose_file_a_newer_version_migrates_says_so_once_and_never_writes_it(path: Path) -> None:
    file = StateFile(path)
    file.save([adding(contact(), follow_up(FollowUpKind.CALL, "2026-11-24"))])
    loaded = file.load()
    tables = json.loads(path.read_bytes())
    tables["meta"]["1"]["schema"] = 99
    tables["follow_ups"]["1"]["due"] = {"on": "2026-11-24"}
    newer = json.dumps(tables).encode()
    path.write_bytes(newer)
    (message,) = file.check_for_changes().messages
    assert message.startswith("A newer warmcall has written the state file")
    assert file.check_for_changes() == ExternalChanges()
    with pytest.raises(BadStateFile, match="start again with that version"):
        file.save([adding(contact(id="new"))])
    file.write_copy(path.with_name("copy.json"), [adding(contact(id="new"))])
    kept = StateFile(path.with_name("copy.json")).load()
    assert (len(kept.records), kept.problems, path.read_bytes()) == (len(loaded.records) + 1, (), newer)


def test_a_folder_in_its_place_is_refused(path: Path) -> None:
    path.mkdir()
    with pytest.raises(FileRefused, match="it is a folder"):
        StateFile(path)


def test_an_edit_of_a_record_that_went_away_does_nothing(path: Path) -> None:
    file = StateFile(path)
    file.save([adding(contact())])
    file.save([change((contact(id="mei"), contact(id="mei", phone="1")), (contact(id="tom"), None))])
    assert state(file) == {("contacts", "luis"): contact()}


def test_two_sessions_keep_each_others_fields_and_notes(path: Path) -> None:
    before = interview(notes={"q1": "one"})
    StateFile(path).save([adding(contact(), before)])
    here, there = StateFile(path), StateFile(path)
    here.save(
        [change((contact(), contact(phone="1")), (before, interview(notes={"q1": "one", "q2": "two"})))]
    )
    there.save([change((contact(), contact(email="a@b.c")), (before, interview(notes={"q1": "one!"})))])
    assert state(here) == {
        ("contacts", "luis"): contact(phone="1", email="a@b.c"),
        ("interviews", "meeting"): interview(notes={"q1": "one!", "q2": "two"}),
    }


def test_a_record_added_by_another_session_keeps_its_number(path: Path) -> None:
    here, there = StateFile(path), StateFile(path)
    here.save([adding(contact(id="a"))])
    there.save([adding(contact(id="b"))])
    here.save([adding(contact(id="c"))])
    assert {number: item["id"] for number, item in on_disk(path)["contacts"].items()} == {
        "1": "a",
        "2": "b",
        "3": "c",
    }
    assert all(isinstance(record, Contact) for record in here.load().records)


def test_the_last_hundred_changes_are_kept_and_of_large_ones_only_the_ids(path: Path) -> None:
    file = StateFile(path)
    bench = [adding(contact(id=f"c{number}")) for number in range(105)]
    for other_change in bench:
        file.save([other_change])
    large = [
        adding(*(contact(id=f"row{number}") for number in range(1500))),
        adding(contact(id="long", notes="x" * 2_000_000)),
    ]
    for other_change in large:
        file.save([other_change])
    kept = [*StateFile(path).load().changes]
    assert [change.id for change in kept] == [change.id for change in [*bench[7:], *large]]
    assert [edit.after for edit in kept[-1].edits] == [{"id": "long"}]
    assert {len(edit.after or ()) for edit in kept[-2].edits} == {1}
    file.save(
        [change((contact(id="long", notes="x" * 2_000_000), contact(id="long", notes="y" * 6_000_000)))]
    )
    assert [change.id for change in StateFile(path).load().changes] == [change.id for change in kept]


def test_changes_that_are_in_the_file_are_not_applied_again_over_a_later_edit(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    StateFile(path).save([adding(contact())])
    here, there = StateFile(path), StateFile(path)
    here.load()
    first = msgspec.structs.replace(
        change((contact(), contact(phone="1"))), kind=ChangeKind.NOT_UNDOABLE
    )  # the file keeps no note of it
    second = change((contact(phone="1"), contact(phone="1", email="a@b.c")))

    def fail(_folder: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as failing:
        failing.setattr("warmcall.storage.atomic_storage.sync_folder", fail)
        with pytest.raises(OSError, match="Input/output"):
            here.save([first])
    assert on_disk(path)["contacts"]["1"]["phone"] == "1"
    there.load()
    there.save([change((contact(phone="1"), contact(phone="2")))])
    assert here.save([first, second]).messages == ()
    found = on_disk(path)["contacts"]["1"]
    assert (found["phone"], found["email"]) == ("2", "a@b.c")


def test_only_changes_after_the_last_one_in_the_file_are_applied(path: Path) -> None:
    file = StateFile(path)
    file.save([adding(contact())])
    first = msgspec.structs.replace(change((contact(), contact(phone="1"))), kind=ChangeKind.NOT_UNDOABLE)
    second = change((contact(phone="1"), contact(phone="1", email="a@b.c")))
    file.save([first, second])
    other = StateFile(path)
    other.load()
    other.save([change((contact(phone="1", email="a@b.c"), contact(phone="2", email="a@b.c")))])
    third = change((contact(phone="1", email="a@b.c"), contact(phone="1", email="a@b.c", title="Buyer")))
    file.save([first, second, third])
    found = on_disk(path)["contacts"]["1"]
    assert (found["phone"], found["title"]) == ("2", "Buyer")


def test_a_file_too_large_to_be_read_again_is_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = StateFile(path)
    file.save([adding(contact())])
    before = path.read_bytes()
    monkeypatch.setattr(atomic_storage, "STATE_BYTES", len(before) + 500)
    with pytest.raises(OSError, match="File too large"):
        file.save([adding(contact(id="mei", notes="x" * 1000))])
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.new"))
