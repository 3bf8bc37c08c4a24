"""What is in the file after two sessions changed the same records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from warmcall.domain.records import JobAnswer
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage import merge
from warmcall.storage.raw_table import record_id
from warmcall.storage.state_file import StateFile

from tests.examples import STAMP, adding, advice, change, contact, follow_up, interview, local, opening

CALL = follow_up(FollowUpKind.CALL, id="f1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A state file with a contact and their call."""
    path = tmp_path / "warmcall.json"
    StateFile(path).save([adding(contact(), CALL)])
    return path


def opened(path: Path) -> StateFile:
    file = StateFile(path)
    file.load()
    return file


def documents(path: Path) -> dict[str, Any]:
    """Return the documents of the file by the id of their record."""
    tables = json.loads(path.read_bytes())
    names = tables.keys() - {"changes", "versions"}
    return {document["id"]: document for name in names for document in tables[name].values()}


def test_a_restored_record_keeps_the_fields_that_only_the_file_knows(path: Path) -> None:
    tables = json.loads(path.read_bytes())
    tables["contacts"]["1"]["colour"] = "blue"
    tables["follow_ups"]["1"]["weather"] = "rain"
    path.write_text(json.dumps(tables))
    here, there = opened(path), opened(path)
    there.save([change((contact(), None), (CALL, None))])
    assert documents(path).keys() == {"meta"}
    here.save([change((contact(), contact(phone="1")))])
    found = documents(path)
    assert (found["luis"]["phone"], found["luis"]["colour"], found["f1"]["weather"]) == ("1", "blue", "rain")


def test_with_a_record_its_contact_comes_back_as_it_was_when_another_change_deleted_it(path: Path) -> None:
    here, there = opened(path), opened(path)
    called = contact(phone="1")
    there.save([change((contact(), called)), change((CALL, None)), change((called, None))])
    here.save([change((CALL, follow_up(FollowUpKind.CALL, id="f1", note="ask for Ana")))])
    found = documents(path)
    assert (found["luis"]["phone"], found["f1"]["note"]) == ("1", "ask for Ana")


def test_of_a_record_added_under_one_id_by_both_the_later_stays_and_undo_has_the_earlier(path: Path) -> None:
    here, there = opened(path), opened(path)
    here.save([adding(contact(id="new", phone="1", email="a@b.c"))])
    there.save([adding(contact(id="new", phone="2", email="a@b.c"))])
    assert documents(path)["new"]["phone"] == "2"
    (edit,) = [*opened(path).load().changes][-1].edits
    assert (edit.id, edit.before, edit.after) == ("new", {"phone": "1"}, {"phone": "2"})


@pytest.mark.parametrize(
    "added",
    [follow_up(FollowUpKind.CALL, id="f2"), interview(), advice("go to the club"), opening()],
    ids=lambda one: one.id,
)
def test_a_contact_to_whom_another_session_added_a_record_is_not_deleted(path: Path, added: Any) -> None:
    here, there = opened(path), opened(path)
    there.save([adding(added)])
    external = here.save([change((contact(), None), (CALL, None))])
    assert documents(path).keys() == {"meta", "luis", "f1", added.id}
    assert external.messages == (
        "Luis Ortega was changed in another session meanwhile, so it is not deleted",
    )


def own_answer(text: str) -> JobAnswer:
    return JobAnswer(**STAMP, id="target~why", target_id="target", question_id="why", text=text)


def test_the_words_of_both_stay_in_an_answer_to_a_job_interview(path: Path) -> None:
    here, there = opened(path), opened(path)
    here.save([adding(own_answer("I like deciding."))])
    there.save([adding(own_answer("I like a good price."))])
    begun = documents(path)["target~why"]["text"]
    assert set(begun.splitlines()) == {"I like deciding.", "I like a good price."}
    here, there = opened(path), opened(path)
    here.save([change((own_answer(begun), own_answer(f"Well. {begun}")))])
    there.save([change((own_answer(begun), own_answer(f"{begun} So I do.")))])
    assert documents(path)["target~why"]["text"] == f"Well. {begun} So I do."


def test_a_contact_to_whom_a_session_itself_added_a_record_is_deleted(path: Path) -> None:
    here = opened(path)
    meeting = interview()
    here.save([adding(meeting), change((contact(), None), (CALL, None), (meeting, None))])
    assert documents(path).keys() == {"meta"}


def test_fields_that_change_without_the_user_are_no_conflict(path: Path) -> None:
    meeting = interview()
    StateFile(path).save([adding(meeting)])
    here, there = opened(path), opened(path)
    later = interview(current="q2", held_by="there", changed_at=local("2026-11-23 10:00"))
    there.save([change((meeting, later))])
    external = here.save([change((meeting, interview(current="q1", held_by="here")))])
    assert external.messages == ()
    assert documents(path)["meeting"]["held_by"] == "here"
    assert "changed in another session" not in [*opened(path).load().changes][-1].label
    there.check_for_changes()
    third = opened(path)
    here.save([change((interview(current="q1", held_by="here"), interview(current="q3", held_by="here")))])
    assert third.save([change((interview(current="q1", held_by="here"), None))]).messages == ()
    assert "meeting" not in documents(path)


def test_the_records_of_contacts_are_looked_through_once_however_many_contacts_are_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [contact(id=f"c{number}") for number in range(50)]
    owed = [follow_up(FollowUpKind.CALL, id=f"f{number}", contact_id=f"c{number}") for number in range(50)]
    looked_at: list[bytes] = []

    def read_id(line: bytes) -> str:
        looked_at.append(line)
        return record_id(line)

    file = StateFile(tmp_path / "warmcall.json")
    file.load()
    file.save([adding(*people, *owed)])
    monkeypatch.setattr(merge, "record_id", read_id)
    file.save([change(*((call, None) for call in owed), *((person, None) for person in people))])
    assert not StateFile(file.path).load().records
    assert len(looked_at) <= 2 * len(owed)
