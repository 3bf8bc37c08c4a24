"""Other versions of the state file that a sync program leaves beside it while a session runs."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from warmcall.domain.records import Contact
from warmcall.domain.store import Store
from warmcall.domain.vocabulary import FollowUpKind
from warmcall.storage.file_merge import values_beside
from warmcall.storage.state_file import StateFile

from tests.examples import NOW, adding, change, contact, follow_up

NAME = "warmcall.sync-conflict-20261129-101500-ABCDEFG.json"


@pytest.fixture
def here(tmp_path: Path) -> StateFile:
    """Return the file of a session that is running, with Luis in it."""
    file = StateFile(tmp_path / "here" / "warmcall.json")
    file.save([adding(contact())])
    return file


def leave_version(file: StateFile, *changes: object, name: str = NAME) -> Path:
    """Leave a version of the file, with changes of another machine in it, beside it; return its path."""
    elsewhere = file.path.parent.parent / "elsewhere" / "warmcall.json"
    elsewhere.parent.mkdir(exist_ok=True)
    shutil.copy(file.path, elsewhere)
    theirs = StateFile(elsewhere)
    theirs.load()
    theirs.save([*changes])  # type: ignore[list-item]
    path = file.path.with_name(name)
    shutil.copy(elsewhere, path)
    return path


def test_a_version_beside_the_file_is_shown_once_with_what_it_brings(here: StateFile) -> None:
    assert not here.check_for_changes()
    call = follow_up(FollowUpKind.CALL, id="f1", contact_id="ana")
    path = leave_version(
        here, adding(contact(id="ana", name="Ana"), call), change((contact(), contact(phone="2")))
    )
    found = here.check_for_changes()
    assert found.replacement is not None
    assert found.messages == (
        f"Another version of the state file lies beside it, {NAME}: merging it adds 2 records and changes 1",
    )
    assert not here.check_for_changes()
    here.save(found.replacement.changes)
    store = Store(StateFile(here.path).load().records)
    assert store.require(Contact, "luis").phone == "2"
    assert store.get(Contact, "ana") is not None
    while not (found := here.check_for_changes()).messages:
        pass
    assert found.messages == (f"{NAME} has nothing that is not here, and is with the backups now",)
    assert not path.exists()
    assert (here.path.with_name("warmcall.json.backups") / NAME).exists()
    assert not here.check_for_changes()


def test_versions_that_are_no_state_files_and_old_ones_are_left_alone_or_put_away(here: StateFile) -> None:
    broken = here.path.with_name("warmcall.json.orig")
    broken.write_text("{")
    old = here.path.with_name("warmcall (conflicted copy 2026-11-29).json")
    shutil.copy(here.path, old)
    here.save([change((contact(), contact(phone="3")))])
    found = here.check_for_changes()
    assert found.replacement is None
    assert found.messages == (f"{old.name} has nothing that is not here, and is with the backups now",)
    assert broken.read_text() == "{"


def test_a_version_that_changes_is_shown_again(here: StateFile) -> None:
    leave_version(here, adding(contact(id="ana", name="Ana")))
    assert here.check_for_changes().replacement is not None
    leave_version(here, adding(contact(id="ana", name="Ana"), contact(id="tom", name="Tom")))
    here.path.with_name("another").touch()  # the folder has another time now
    found = here.check_for_changes().replacement
    assert found is not None
    assert {edit.id for change in found.changes for edit in change.edits} == {"ana", "tom"}


def test_a_value_given_apart_in_a_version_is_kept_beside_when_that_is_put_away(here: StateFile) -> None:
    leave_version(here, change((contact(), contact(phone="2")), at=NOW))
    here.save([change((contact(), contact(phone="3")), at=NOW + timedelta(hours=1))])
    assert "has nothing that is not here" in here.check_for_changes().messages[0]
    [beside] = values_beside(StateFile(here.path).tables())
    assert (beside.kept, beside.beside) == ("3", "2")
