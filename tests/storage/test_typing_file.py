"""The typing file: what is typed is durable at once, and folded into the state file exactly once."""

from __future__ import annotations

import errno
import fcntl
import itertools
import json
import os
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warmcall.domain.change import Change, Edit, edit_between, patched
from warmcall.domain.records import Attempt, Contact, Interview
from warmcall.domain.vocabulary import Channel
from warmcall.storage.process_identity import ProcessIdentity
from warmcall.storage.raw_table import RawTable
from warmcall.storage.state_file import StateFile
from warmcall.storage.typing_file import PAGE_BYTES, TypingCodec, UnreadableLine, decoded, joined

from tests.examples import NOW, adding, attempt, change, contact, interview
from tests.profiles import modest
from tests.storage.calls import close_as_killed

_numbers = itertools.count(1)


def piece(before: Any, after: Any, merge: str = "notes") -> Change:
    """Return the change of a text that is being written."""
    return msgspec.structs.replace(change((before, after), id_=f"piece{next(_numbers)}"), merge=merge)


def noted(text: str, **fields: Any) -> Interview:
    return interview(notes={"q1": text} if text else {}, **fields)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A state file with a contact and an interview."""
    found = tmp_path / "warmcall.json"
    StateFile(found).save([adding(contact(), noted(""))])
    return found


def opened(path: Path) -> StateFile:
    file = StateFile(path)
    file.load()
    return file


def typed(file: StateFile, text: str, before: str = "") -> None:
    assert file.keep_typed([piece(noted(before), noted(text))])


def in_json(path: Path) -> Any:
    [document] = json.loads(path.read_bytes())["interviews"].values()
    return document["notes"]


def at_next_start(path: Path) -> dict[str, str]:
    (found,) = [record for record in StateFile(path).load().records if isinstance(record, Interview)]
    return found.notes


def typing_files(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*typing*"))


def test_typed_words_leave_the_state_file_alone_and_are_there_at_the_next_start(path: Path) -> None:
    before = path.read_bytes()
    file = opened(path)
    typed(file, "so far")
    assert path.read_bytes() == before
    (beside,) = typing_files(path)
    assert (beside.stat().st_mode & 0o777, beside.stat().st_size < 1500) == (0o600, True)
    assert at_next_start(path) == {"q1": "so far"}


def test_a_save_folds_them_and_removes_the_file(path: Path) -> None:
    file = opened(path)
    typed(file, "so")
    typed(file, "so far", before="so")
    assert file.has_typed
    assert not file.save([adding(contact(id="mei"))])
    assert (in_json(path), file.has_typed, typing_files(path)) == ({"q1": "so far"}, False, [])
    labels = [entry["merge"] for entry in json.loads(path.read_bytes())["changes"].values()]
    assert labels == ["", "notes", ""]


def test_each_piece_costs_what_was_typed_and_not_the_whole_text(path: Path) -> None:
    file = opened(path)
    long = "x" * 100_000
    typed(file, long)
    (beside,) = typing_files(path)
    size = beside.stat().st_size
    for end in "abc":
        typed(file, f"{long}{end}", before=long)
        long += end
    assert beside.stat().st_size - size < 3 * 400
    assert at_next_start(path) == {"q1": long}


def test_a_piece_is_written_to_one_page_of_the_disk(path: Path) -> None:
    file = opened(path)
    text = ""
    for _ in range(40):
        typed(file, f"{text}abc", before=text)
        text += "abc"
    (beside,) = typing_files(path)
    ends = list(itertools.accumulate(map(len, beside.read_bytes().splitlines(keepends=True))))
    assert [
        begin for begin, end in itertools.pairwise(ends) if begin // PAGE_BYTES < (end - 1) // PAGE_BYTES
    ] == []
    assert ends[-1] > 2 * PAGE_BYTES
    assert at_next_start(path) == {"q1": text}


def test_a_record_that_begins_with_a_letter_is_kept_too(path: Path) -> None:
    file = opened(path)
    first = attempt(NOW, None, id="call", note="s", channel=Channel.PHONE)
    assert file.keep_typed([piece(None, first)])
    later = msgspec.structs.replace(first, note="so")
    assert file.keep_typed([piece(first, later)])
    file.save(())
    (found,) = [record for record in StateFile(path).load().records if isinstance(record, Attempt)]
    assert found == later


def test_the_words_of_a_session_that_was_killed_are_folded_once_by_the_next_one(path: Path) -> None:
    dead = opened(path)
    typed(dead, "so far")
    close_as_killed(dead)
    (left,) = typing_files(path)
    content = left.read_bytes()
    here = opened(path)
    assert here.fold_due
    here.save(())
    assert (in_json(path), typing_files(path)) == ({"q1": "so far"}, [])
    left.write_bytes(content)  # a power cut may undo the removal
    later = opened(path)
    later.save([piece(noted("so far"), noted("so good"))])
    assert (in_json(path), typing_files(path)) == ({"q1": "so good"}, [])


def test_another_session_sees_the_words_and_its_save_folds_them(path: Path) -> None:
    here, there = opened(path), opened(path)
    typed(there, "so far")
    (edit,) = here.check_for_changes().edits
    assert edit.after == {"notes.q1": "so far"}
    assert not here.check_for_changes()
    assert not here.fold_due
    here.save([adding(contact(id="mei"))])
    assert in_json(path) == {"q1": "so far"}
    assert [edit.table for edit in there.check_for_changes().edits] == ["contacts"]
    assert not there.has_typed
    typed(there, "so far on", before="so far")
    there.save(())
    assert in_json(path) == {"q1": "so far on"}
    assert [edit.after for edit in here.check_for_changes().edits] == [{"notes.q1": "so far on"}]


def test_a_letter_that_another_session_folded_and_was_deleted_since_does_not_come_back(path: Path) -> None:
    here, there = opened(path), opened(path)
    typed(here, "s")
    there.save([adding(contact(id="mei"))])
    typed(here, "", before="s")
    assert [edit.table for edit in here.check_for_changes().edits] == ["contacts"]
    here.save(())
    assert in_json(path) == {}


def test_two_sessions_that_write_in_one_answer_fold_at_once_and_lose_no_word(path: Path) -> None:
    here, there = opened(path), opened(path)
    typed(here, "mine")
    typed(there, "theirs")
    here.check_for_changes()
    assert here.fold_due
    (edit,) = here.save(()).edits
    assert sorted(str((edit.after or {})["notes.q1"]).split("\n")) == ["mine", "theirs"]
    there.check_for_changes()
    there.save(())
    assert sorted(in_json(path)["q1"].split("\n")) == ["mine", "theirs"]


def test_words_for_a_record_that_another_session_deleted_bring_it_back(path: Path) -> None:
    dead, there = opened(path), opened(path)
    typed(dead, "so far")
    close_as_killed(dead)
    for file in typing_files(path):
        file.rename(path.with_name("hidden"))
    there.save([change((contact(), None), (noted(""), None))])
    path.with_name("hidden").rename(typing_files(path)[0] if typing_files(path) else dead._typing.path)
    here = opened(path)
    here.save(())
    assert in_json(path) == {"q1": "so far"}
    assert [record.id for record in StateFile(path).load().records if isinstance(record, Contact)] == ["luis"]


@pytest.mark.parametrize("damage", ["torn", "garbage", "zeros", "cut"])
def test_what_a_power_cut_leaves_at_the_end_costs_only_itself(path: Path, damage: str) -> None:
    dead = opened(path)
    typed(dead, "so far")
    close_as_killed(dead)
    (left,) = typing_files(path)
    whole = left.read_bytes()
    left.write_bytes(
        {
            "torn": whole + whole[-60:-20],
            "garbage": whole + b"\xff\xfe not ours \n",
            "zeros": whole + bytes(500),
            "cut": whole + whole.splitlines(keepends=True)[-1][:-1],
        }[damage]
    )
    opened(path).save(())
    assert (in_json(path), typing_files(path)) == ({"q1": "so far"}, [])


def test_a_line_spoilt_in_the_middle_costs_what_builds_on_it_and_the_file_is_kept(path: Path) -> None:
    dead = opened(path)
    typed(dead, "so")
    typed(dead, "so far", before="so")
    assert dead.keep_typed([piece(contact(), contact(notes="rings back"), merge="else")])
    close_as_killed(dead)
    (left,) = typing_files(path)
    lines = left.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"so", b"xx")
    left.write_bytes(b"".join(lines))
    here = opened(path)
    here.save(())
    people = [record for record in StateFile(path).load().records if isinstance(record, Contact)]
    assert (in_json(path), people[0].notes) == ({}, "rings back")
    (kept,) = typing_files(path)
    assert kept.name.startswith("warmcall.json.damaged-typing-")
    assert kept.read_bytes() == left.read_bytes() if left.exists() else kept.read_bytes() == b"".join(lines)


def test_what_is_no_typing_file_of_ours_is_left_alone(path: Path, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.write_text("x")
    link = path.with_name("warmcall.json.typing-link")
    link.symlink_to(private)
    os.mkfifo(path.with_name("warmcall.json.typing-pipe"))
    path.with_name("warmcall.json.typing-folder").mkdir()
    file = opened(path)
    typed(file, "so far")
    file.save(())
    assert in_json(path) == {"q1": "so far"}
    assert (len(typing_files(path)), private.read_text()) == (3, "x")


def test_a_file_that_was_removed_under_the_session_is_written_again_whole(path: Path) -> None:
    file = opened(path)
    typed(file, "so")
    typing_files(path)[0].unlink()
    typed(file, "so far", before="so")
    assert at_next_start(path) == {"q1": "so far"}


def test_words_that_cannot_be_appended_are_saved_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = opened(path)
    typed(file, "so")
    fsync = os.fsync

    def fail(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    more = [piece(noted("so"), noted("so far"))]
    assert not file.keep_typed(more)
    monkeypatch.setattr(os, "fsync", fsync)
    assert not file.keep_typed(more)  # what the failed sync left is not known
    file.save(more)
    assert (in_json(path), typing_files(path)) == ({"q1": "so far"}, [])
    typed(file, "so far on", before="so far")


def test_without_locks_a_file_is_abandoned_once_its_process_is_gone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    there = opened(path)
    typed(there, "so far")
    here = opened(path)
    assert not here.fold_due
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    monkeypatch.setattr(os, "getpid", lambda: gone.pid)
    typing_files(path)[0].unlink()
    typed(there, "so far on", before="so far")
    here.check_for_changes()
    assert here.fold_due


@pytest.mark.parametrize("name", ["elsewhere", os.uname().nodename], ids=["another name", "the same name"])
def test_a_file_of_another_machine_is_not_removed_while_it_changes(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    there_it_is = ProcessIdentity(7, name, boot="another", machine="another")
    monkeypatch.setattr(ProcessIdentity, "of_this_process", lambda: there_it_is)
    there = opened(path)
    typed(there, "so far")
    close_as_killed(there)  # copied here by a program that copies no locks
    monkeypatch.undo()
    here = opened(path)
    assert not here.fold_due
    here.save([adding(contact(id="mei"))])
    assert (in_json(path), len(typing_files(path))) == ({"q1": "so far"}, 1)
    (left,) = typing_files(path)
    os.utime(left, (0, 0))
    here.check_for_changes()
    assert here.fold_due


documents = st.dictionaries(
    st.sampled_from(["a", "b", "notes"]),
    st.text(max_size=8)
    | st.none()
    | st.integers()
    | st.dictionaries(st.sampled_from("xy"), st.text(max_size=5)),
)


@modest
@given(st.lists(documents, min_size=2, max_size=6), st.sets(st.integers(0, 5)))
def test_changes_come_back_as_they_were_and_a_lost_line_spoils_no_other_value(
    states: list[dict[str, Any]], lost: set[int]
) -> None:
    known = {"contacts": RawTable.of({"1": {"id": "luis", **states[0]}})}
    codec, changes, lines = TypingCodec(), [], []
    for number, (before, after) in enumerate(itertools.pairwise(states), start=1):
        edit = edit_between("contacts", "luis", before, after)
        made = Change(f"c{number}", NOW, "typed", (edit,) if edit else (), merge="m")
        changes.append(made)
        lines.append(codec.encode(number, made, known))
    assert [found.change for found in decoded(lines)[0]] == changes
    left = [line for at, line in enumerate(lines) if at not in lost]
    for found in decoded(left)[0]:
        assert found.change == changes[found.number - 1]
    document = {"id": "luis", **states[0]}
    for whole in joined(changes):
        for edit in whole.edits:
            document = patched(document, edit)
    for name, value in states[-1].items():
        assert document[name] == value or name == "notes"


def test_pieces_of_a_text_that_became_another_one_in_between_are_not_joined() -> None:
    def typed(before: str, after: str) -> Change:
        edits = (Edit("interviews", "meeting", {"notes.q1": before}, {"notes.q1": after, "current": after}),)
        return Change(after, NOW, "typed", edits, merge="m")

    pieces = [typed("so", "so far"), typed("so far", "so far a"), typed("so far b a", "so far b a c")]
    first, second = joined(pieces)
    assert [edit.before for edit in (*first.edits, *second.edits)] == [
        {"notes.q1": "so"},
        {"notes.q1": "so far b a"},
    ]
    assert second == pieces[2]


@pytest.mark.parametrize("line", [b"", b"\n", b"00000000 {}\n", b"x" * 50, b"\x00" * 20, b"a3efd0ef [1]\n"])
def test_garbage_is_no_line(line: bytes) -> None:
    with pytest.raises(UnreadableLine):
        TypingCodec().decode(line)


def test_an_edit_of_a_field_without_a_value_before_is_whole() -> None:
    codec = TypingCodec()
    made = Change("c1", NOW, "typed", (Edit("interviews", "meeting", {}, {"notes.q1": "s"}),), merge="m")
    line = codec.encode(1, made, {})
    assert TypingCodec().decode(line).change == made


def crafted(*edits: object, **fields: object) -> bytes:
    """Return the line of a change with these edits and other fields, right or not."""
    made = {"n": 1, "id": "c", "at": "2026-11-23T15:00:00Z", "label": "notes", "merge": "m", "kind": "do"}
    return checked(json.dumps(made | {"edits": edits} | fields).encode("ascii"))


def checked(text: bytes) -> bytes:
    return b"%08x %s\n" % (zlib.crc32(text), text)


def crafted_edit(**fields: object) -> dict[str, object]:
    right = {
        "table": "interviews",
        "id": "meeting",
        "base": {"id": "meeting"},
        "fields": {"notes.q1": {"after": "x"}},
    }
    return right | fields


BAD_TYPING = {
    "nothing": b"",
    "zeros": bytes(500),
    "utf-16": "typed".encode("utf-16"),
    "no text": b"\x80\x81\xff" * 100,
    "nobody": checked(b'{"warmcall": 7, "host": []}'),
    "deep": checked(b'{"n":1,"edits":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "a number of 5,000 figures": checked(b'{"n":' + b"9" * 5000 + b"}"),
    "no change": checked(b'{"a": 1}'),
    "no object": checked(b"[1, 2]"),
    "a text for a number": crafted(crafted_edit(), n="x"),
    "nothing for a number": crafted(crafted_edit(), n=None),
    "a list for a number": crafted(crafted_edit(), n=[1]),
    "a number that is none": crafted(crafted_edit(), n=float("nan")),
    "edits that are none": crafted(edits=7),
    "an edit that is none": crafted(7),
    "an edit of nothing": crafted({}),
    "an unknown table": crafted(crafted_edit(table="others")),
    "the table of versions": crafted(crafted_edit(table="meta", id="meta", fields={"schema": {"after": 99}})),
    "a list for a table": crafted(crafted_edit(table=["x"])),
    "a list for fields": crafted(crafted_edit(fields=[1])),
    "a list for a record": crafted(crafted_edit(base=[1])),
    "a text for a record": crafted(crafted_edit(base="x")),
    "half a splice": crafted(crafted_edit(fields={"notes.q1": [1]})),
    "a splice of texts": crafted(crafted_edit(fields={"notes.q1": ["a", "b", "c", "d"]})),
    "another id": crafted(
        crafted_edit(table="contacts", id="luis", base={}, fields={"id": {"after": "other"}})
    ),
    "a record without an id": crafted(
        {"table": "contacts", "id": "z", "before": None, "after": {"name": "Z"}}
    ),
    "a record of another id": crafted(
        {"table": "contacts", "id": "z", "before": None, "after": {"id": "luis"}}
    ),
    "a list for a new record": crafted({"table": "contacts", "id": "z", "before": None, "after": [1]}),
    "no time": crafted(crafted_edit(), at="soon"),
    "no kind": crafted(crafted_edit(), kind="other"),
}


@pytest.mark.parametrize("content", BAD_TYPING.values(), ids=BAD_TYPING)
def test_a_bad_typing_file_spoils_neither_the_state_nor_a_save(path: Path, content: bytes) -> None:
    good = path.read_bytes()
    path.with_name("warmcall.json.typing-0123abcd").write_bytes(content)
    file = opened(path)
    assert [record.id for record in file.load().records] == ["luis", "meeting"]
    assert (file.check_for_changes().edits, path.read_bytes()) == ((), good)
    file.save([adding(contact(id="new"))])
    loaded = StateFile(path).load()
    assert ([record.id for record in loaded.records], loaded.problems) == (["luis", "new", "meeting"], ())
